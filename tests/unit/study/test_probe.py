"""What a study will take."""

import random
from pathlib import Path

import pytest

from sim.runs import probe
from sim.runs.probe import NoProbe, Pace, bytes_on_disk, measured, memory
from sim.runs.sweep import CHUNK
from sim.store.chunk import Failure
from sim.study.plan import Planned
from tests.studies import TABLES


def test_time_is_that_of_points_and_runs_over_threads() -> None:
    pace = Pace(runs=1000.0, point=0.01)
    assert pace.seconds(points=100, runs=4000, threads=2) == pytest.approx(2.5, rel=0.01)


def test_a_point_of_many_chunks_is_set_up_for_each_of_them() -> None:
    pace = Pace(runs=1e12, point=1.0)
    assert pace.seconds(points=2, runs=400 * CHUNK, threads=1) == pytest.approx(402)


def test_a_pace_is_measured(done: Planned) -> None:
    pace = measured(done, seconds=0.05)
    assert pace.runs > 1
    assert 0 < pace.point < 10


def test_what_it_takes_to_set_up_a_point_does_not_blur_the_pace(
    done: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Setting up takes a time that differs a lot; a run takes none that counts beside it."""
    now, made, chance = [0.0], probe.run_stretch, random.Random(1)
    ready_one = probe.ready_point

    def setting_up(*args: object) -> object:
        now[0] += chance.uniform(0.1, 0.9)
        return ready_one(*args)

    def running(*args: object) -> object:
        now[0] += 0.001
        return made(*args)

    monkeypatch.setattr(probe, "ready_point", setting_up)
    monkeypatch.setattr(probe, "run_stretch", running)
    monkeypatch.setattr("time.perf_counter", lambda: now[0])
    pace = measured(done, seconds=0.01)
    assert pace.runs == pytest.approx(100 / 0.001)
    assert 0.1 < pace.point < 0.9


def test_a_study_none_of_whose_points_can_be_run_has_no_pace(
    done: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        probe, "run_piece", lambda common, piece: Failure(0, "compile", "too large")
    )
    with pytest.raises(NoProbe, match=r"^too large$"):
        measured(done, seconds=0.05)


def test_a_point_that_fails_is_passed_over(done: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    first = next(iter(done.points)).id
    run = probe.run_piece

    def picky(common: object, piece: object) -> object:
        return Failure(0, "run", "x") if piece.stretch.point == first else run(common, piece)

    monkeypatch.setattr(probe, "run_piece", picky)
    assert measured(done, seconds=0.05).runs > 1


def test_bytes_are_about_those_on_the_disk(done: Planned) -> None:
    names = [name for name in TABLES if name != "codebook.csv"]
    files: list[Path] = [
        *(done.folder / name for name in names),
        *(done.folder / "chunks").iterdir(),
    ]
    taken = sum(file.stat().st_size for file in files)
    assert bytes_on_disk(done) == pytest.approx(taken, rel=0.3)


def test_more_threads_take_more_memory(done: Planned) -> None:
    assert memory(done, 8) > memory(done, 1) > 10_000_000
