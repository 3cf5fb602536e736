"""Folders of results and studies that somebody spoiled: clear lines, or fine; never a traceback.

What a file says of itself agrees with it, as whoever forges one sees to it.
"""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.compare import differences, partings, rung_chances
from sim.io.errors import LegationError, visible
from sim.runs.gather import gather_study
from sim.runs.make import Order, make_result
from sim.runs.status import count
from sim.runs.sweep import run_study
from sim.scenario.load import load_scenario
from sim.store.chunks import name_of
from sim.store.manifest import MANIFEST
from sim.store.read import Result, read_result
from sim.study.plan import PLAN, open_study
from tests.forging import PACKED, forged, restated
from tests.properties.test_fuzz import ODD, VALUES, parts
from tests.studies import planned
from tests.worlds import examples

TABLES = ("summary.csv", "actors.csv", "codebook.csv", "scenario.yaml", PACKED, "fingerprints.u32")

PIECES = (
    *(piece.encode() for piece in ODD),
    b"\xff",
    b"=1+1",
    b"1e308",
    b"300",
    b"\n",
    b",",
    b"\r",
)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small result. Not to be changed."""
    out = tmp_path_factory.mktemp("result")
    return make_result(load_scenario("baseline"), Order(runs=3, months=2), out)[0]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small study that was run. Not to be changed."""
    found = planned(tmp_path_factory.mktemp("study"))
    run_study(found, workers=1)
    return found.folder


def spoiled(data: st.DataObject, raw: bytes) -> bytes:
    """Some bytes with up to three cuts, repeats and odd pieces."""
    for _ in range(data.draw(st.integers(1, 3))):
        first = data.draw(st.integers(0, len(raw)))
        last = min(len(raw), first + data.draw(st.sampled_from((0, 0, 1, 4, 40, 400))))
        raw = raw[:first] + data.draw(st.sampled_from((*PIECES, raw[first:last] * 2))) + raw[last:]
    return raw


def restructured(data: st.DataObject, text: str) -> str:
    """JSON in which up to two values are other values, or gone."""
    content = json.loads(text)
    for _ in range(data.draw(st.integers(1, 2))):
        *way, last = data.draw(st.sampled_from(parts(content)))
        at: Any = content
        for key in way:
            at = at[key]
        if data.draw(st.booleans()):
            at[last] = data.draw(VALUES)
        else:
            del at[last]
        if not content:
            break
    return json.dumps(content)


def unpacked(path: Path) -> bytes:
    """The bytes of a file, those of a packed one unpacked."""
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.name == PACKED else raw


def compared(base: Result, other: Result) -> None:
    """All that a comparison reads of two results."""
    differences([base, other])
    partings([base, other])
    rung_chances([base, other])
    assert other.begun is not None
    assert other.groups is not None


def lines_of(work: Callable[[], object]) -> list[str]:
    """The lines with which some work is refused; none where it is fine."""
    try:
        work()
    except LegationError as error:
        return str(error).split("\n")
    return []


def used(folder: Path) -> None:
    """Open, count and gather a study."""
    found = open_study(folder)
    count(found, found.store.contents())
    gather_study(found)


def spoil_result(data: st.DataObject, result: Path) -> None:
    """Spoil a result and read it."""
    with TemporaryDirectory() as out:
        if data.draw(st.booleans()):
            folder = forged(result, Path(out))
            restated(folder, restructured(data, (folder / MANIFEST).read_text()))
        else:
            name = data.draw(st.sampled_from(TABLES))
            folder = forged(result, Path(out), **{name: spoiled(data, unpacked(result / name))})
        [folder] = Path(out).iterdir()
        told = lines_of(lambda: compared(read_result(result), read_result(folder)))
        assert len(told) <= 1
        assert visible("".join(told)) == "".join(told)


def spoil_study(data: st.DataObject, study: Path) -> None:
    """Spoil the plan of a study or add a chunk that is none, and open and gather it."""
    with TemporaryDirectory() as out:
        folder = Path(shutil.copytree(study, Path(out) / "copy"))
        chunk = data.draw(st.sampled_from(sorted((folder / "chunks").iterdir())))
        kind = data.draw(st.sampled_from(("plan", "plan", "head", "bytes", "study")))
        if kind == "plan":
            text = restructured(data, (folder / PLAN).read_text())
            (folder / PLAN).write_bytes(text.encode("utf-8", "surrogatepass"))
        elif kind == "study":
            path = folder / "study.yaml"
            path.write_bytes(spoiled(data, path.read_bytes()))
        else:
            raw = chunk.read_bytes()
            if kind == "bytes":
                raw = spoiled(data, raw)
            else:
                head, rest = raw.split(b"\n", 1)
                other = restructured(data, head.decode())
                raw = other.encode("utf-8", "surrogatepass") + b"\n" + rest
            (folder / "chunks" / name_of(raw)).write_bytes(raw)
        told = lines_of(lambda: used(folder))
        assert all(line.strip() for line in told)


@examples(1)
@given(st.data())
def test_a_spoiled_result_is_told_in_clear_lines(result: Path, data: st.DataObject) -> None:
    spoil_result(data, result)


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_a_spoiled_study_is_told_in_clear_lines(study: Path, data: st.DataObject) -> None:
    spoil_study(data, study)


@pytest.mark.soak
@settings(max_examples=3_000, deadline=None)
@given(st.data())
def test_thousands_of_spoiled_results_are_told(result: Path, data: st.DataObject) -> None:
    spoil_result(data, result)


@pytest.mark.soak
@settings(max_examples=2_000, deadline=None)
@given(st.data())
def test_thousands_of_spoiled_studies_are_told(study: Path, data: st.DataObject) -> None:
    spoil_study(data, study)


def test_what_is_not_spoiled_is_fine(result: Path, study: Path, tmp_path: Path) -> None:
    """Else the tests above would show nothing."""
    compared(read_result(result), read_result(forged(result, tmp_path)))
    folder = Path(shutil.copytree(study, tmp_path / "study"))
    assert gather_study(open_study(folder)).unfinished == 0
