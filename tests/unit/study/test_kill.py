"""Processes that run a study are killed at moments of chance: what they kept is whole."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sim.io.errors import Interrupted
from sim.runs.gather import gather_study
from sim.runs.status import count
from sim.runs.sweep import run_study
from sim.study.plan import Planned
from tests.studies import chunks, planned, tables, text_of

ROOT = Path(__file__).parents[3]
LONG_ENOUGH = 60.0


def begun(folder: Path, *options: str) -> subprocess.Popen[str]:
    """`sim study run` in a process of its own."""
    command = [sys.executable, "-m", "sim", "study", "run", str(folder), *options]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for_chunks(found: Planned, more: int) -> None:
    """Wait until so many more chunks are there."""
    before, end = len(chunks(found.folder)), time.monotonic() + LONG_ENOUGH
    while len(chunks(found.folder)) < before + more:
        assert time.monotonic() < end, "no chunk appears"
        time.sleep(0.002)


@contextmanager
def running(found: Planned, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs the study; it does not outlive the block."""
    child = begun(found.folder, *options)
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def kill_once(found: Planned, chance: random.Random, *options: str) -> None:
    """Run on, and kill the process a moment after some chunks were kept."""
    with running(found, "--chunk", "100", *options):
        wait_for_chunks(found, chance.randint(1, 5))
        time.sleep(chance.uniform(0, 0.04))


def whole(folder: Path, text: str) -> dict[str, bytes]:
    """The tables of a study that ran without a break."""
    found = planned(folder, text)
    run_study(found)
    gather_study(found)
    return tables(found.folder)


def test_a_study_that_is_killed_loses_nothing_and_resumes(tmp_path: Path) -> None:
    chance = random.Random(20240201)
    text = text_of(runs=1_500)
    found = planned(tmp_path / "killed", text)
    for _ in range(2):
        kill_once(found, chance)
        contents = found.store.contents()
        assert contents.damaged == []
        assert 0 < count(found, contents).runs < 9_000
    kept = set(chunks(found.folder))
    run_study(found)
    assert kept < set(chunks(found.folder))
    assert not list((found.folder / "chunks").glob(".partial-*"))
    gather_study(found)
    assert tables(found.folder) == whole(tmp_path / "whole", text)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_finishes_the_chunk_and_says_how_to_go_on(
    tmp_path: Path, number: signal.Signals
) -> None:
    found = planned(tmp_path, text_of(runs=1_500))
    with running(found, "--chunk", "100") as child:
        wait_for_chunks(found, 2)
        child.send_signal(number)
        _, err = child.communicate(timeout=LONG_ENOUGH)
    assert child.returncode == 130
    assert f"To go on: sim study run {found.folder} --chunk 100" in err
    assert "Traceback" not in err
    contents = found.store.contents()
    assert contents.damaged == []
    assert not list((found.folder / "chunks").glob(".partial-*"))
    assert 0 < count(found, contents).runs < 9_000


LONG = text_of(runs=2_000).replace("months: 6", "months: 60")


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of the long study, run without a break on one thread."""
    found = planned(tmp_path_factory.mktemp("unbroken"), LONG)
    run_study(found, workers=1)
    gather_study(found)
    return tables(found.folder)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
def test_twenty_kills_lose_nothing(tmp_path: Path, unbroken: dict[str, bytes], seed: int) -> None:
    chance = random.Random(seed)
    found = planned(tmp_path, LONG)
    for _ in range(20):
        kill_once(found, chance, "--threads", str(chance.randint(1, 3)))
        assert found.store.contents().damaged == []
    run_study(found)
    gather_study(found)
    assert tables(found.folder) == unbroken


@pytest.mark.soak
def test_all_shards_killed_at_once_lose_nothing(tmp_path: Path, unbroken: dict[str, bytes]) -> None:
    chance = random.Random(1)
    found = planned(tmp_path, LONG)
    for _ in range(20):
        children = [
            begun(found.folder, "--shard", f"{number}/3", "--threads", "1", "--chunk", "100")
            for number in (1, 2, 3)
        ]
        try:
            wait_for_chunks(found, chance.randint(1, 6))
            time.sleep(chance.uniform(0, 0.04))
        finally:
            for child in children:
                child.kill()
            for child in children:
                child.communicate()
        if count(found, found.store.contents()).runs > 9_000:
            break
    run_study(found)
    gather_study(found)
    assert tables(found.folder) == unbroken


@pytest.mark.soak
@pytest.mark.parametrize("at_once", [100, 300, 1_000, 2_500, 50_000])
def test_stops_at_any_chunk_lose_nothing(
    tmp_path: Path, unbroken: dict[str, bytes], at_once: int
) -> None:
    found = planned(tmp_path, LONG)
    for _ in range(5):
        kept: list[int] = []
        try:
            run_study(found, chunk=at_once, progress=kept.append, stop=lambda kept=kept: bool(kept))
        except Interrupted:
            continue
    run_study(found)
    gather_study(found)
    assert tables(found.folder) == unbroken
