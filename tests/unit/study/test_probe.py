"""What a study will take."""

from pathlib import Path

import pytest

from sim.study import probe
from sim.study.chunk import Failure
from sim.study.plan import Planned
from sim.study.probe import NoProbe, Pace, bytes_on_disk, measured, memory


def test_time_is_that_of_points_and_runs_over_threads() -> None:
    assert Pace(runs=1000.0, point=0.01).seconds(points=100, runs=4000, threads=2) == 2.5


def test_a_pace_is_measured(done: Planned) -> None:
    pace = measured(done, seconds=0.05)
    assert pace.runs > 1
    assert 0 < pace.point < 10


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
    names = ("experiments.csv", "outcomes.csv", "months.csv.gz")
    files: list[Path] = [
        *(done.folder / name for name in names),
        *(done.folder / "chunks").iterdir(),
    ]
    taken = sum(file.stat().st_size for file in files)
    assert bytes_on_disk(done) == pytest.approx(taken, rel=0.3)


def test_more_threads_take_more_memory(done: Planned) -> None:
    assert memory(done, 8) > memory(done, 1) > 10_000_000
