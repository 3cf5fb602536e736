"""Tasks: pure functions from stretches of runs to the bytes of a chunk."""

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.engine.ensemble import simulate
from sim.io.errors import CannotCompile, CodeMismatch
from sim.measures.members import members_of
from sim.measures.reader import Reader
from sim.measures.sweep import MEAN
from sim.planning.compile import compile_scenario
from sim.runs import task as module
from sim.runs.task import Piece, Task, ready_point, run_piece, run_task
from sim.store.chunk import Failure, Read, Stretch, decoded
from sim.study import ready
from sim.study.plan import Planned
from sim.study.points import Point, changed


def piece(point: Point, first: int = 0, runs: int = 100) -> Piece:
    """Some runs of a point."""
    return Piece(Stretch(point.id, first, runs), point.scenario, point.change)


def pieces(done: Planned, runs: int = 100) -> list[Piece]:
    """Some runs of every point."""
    return [piece(point, runs=runs) for point in done.points]


def test_runs_are_those_of_the_changed_scenario(done: Planned) -> None:
    """Point by point what `sim run` would give for the scenario in full."""
    for point in done.points:
        full = changed(done.study.bases[point.scenario], point.change)
        made = compile_scenario(full.case, full.scenario, done.study.months)
        read = run_piece(done.common, piece(point, runs=130))
        assert isinstance(read, Read)
        [chunk] = simulate(made.start, made.uids, 6, 130, done.study.study.seed, chunk=130)
        who, names = members_of(full.case, made.conditions), done.common.outcomes
        whole, _ = Reader(who, names).read_months(who, chunk.trajectories, 0)
        for name, values, own in zip(names, read.outcomes, whole, strict=True):
            assert np.array_equal(values, own, equal_nan=True), (point.number, name)


def test_a_point_is_compiled_as_its_scenario_in_full_would_be(done: Planned) -> None:
    for point in done.points:
        full = changed(done.study.bases[point.scenario], point.change)
        plain = compile_scenario(full.case, full.scenario, done.study.months)
        fast = ready_point(done.common, piece(point)).made
        for one, other in zip(plain.start, fast.start, strict=True):
            assert one.tobytes() == other.tobytes()


def test_points_differ(done: Planned) -> None:
    """Else the tests above would hold for a task that ignores the change."""
    contents = {run_task(Task(done.common, (each,)))[-8000:] for each in pieces(done)}
    assert len(contents) == 6


def test_a_stretch_is_the_same_whatever_comes_before_it(done: Planned) -> None:
    point = next(iter(done.points))
    whole = run_piece(done.common, piece(point, 0, 250))
    part = run_piece(done.common, piece(point, 100, 150))
    assert isinstance(whole, Read)
    assert isinstance(part, Read)
    assert np.array_equal(whole.outcomes[:, 100:], part.outcomes, equal_nan=True)
    assert np.array_equal(whole.months[1:], part.months)
    assert whole.months.shape[0] == 3


def test_means_by_month_add_up_to_the_outcomes(done: Planned) -> None:
    read = run_piece(done.common, piece(next(iter(done.points)), 0, 250))
    assert isinstance(read, Read)
    names = [name for name, _ in done.common.series]
    means = read.months[:, names.index("relief_pledged"), MEAN, 1:].sum(axis=1)
    pledged = means @ [100, 100, 50]
    total = read.outcomes[done.common.outcomes.index("relief_pledged")].sum()
    assert pledged == pytest.approx(total, rel=1e-12)


def test_batches_do_not_change_a_byte(done: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    task = Task(done.common, tuple(pieces(done, 250)))
    before = run_task(task)
    monkeypatch.setattr(module, "BATCH", 20)
    monkeypatch.setattr(module, "_ROOMS", module._Rooms())
    assert run_task(task) == before


def test_a_task_that_was_pickled_gives_the_same_bytes(done: Planned) -> None:
    task = Task(done.common, tuple(pieces(done)))
    again = pickle.loads(pickle.dumps(task))
    assert run_task(again) == run_task(task)
    assert pickle.loads(pickle.dumps(task)).common is again.common


def test_a_chunk_says_which_runs_it_holds(done: Planned) -> None:
    task = Task(done.common, tuple(pieces(done)))
    layout, entries = decoded(run_task(task))
    assert layout == done.common.layout
    assert [entry.stretch for entry in entries] == [each.stretch for each in task.pieces]
    assert task.runs == 600


def test_a_worker_with_other_code_refuses(done: Planned) -> None:
    common = replace(done.common, code="0123456789")
    with pytest.raises(CodeMismatch, match="0123456789 where the study was planned"):
        run_task(Task(common, ()))


def failing(done: Planned, monkeypatch: pytest.MonkeyPatch, error: Exception, name: str) -> Failure:
    """How the runs of a point fail where a part of the work raises."""

    def fail(*args: object) -> None:
        raise error

    monkeypatch.setattr(module, name, fail)
    found = run_piece(done.common, piece(next(iter(done.points)), 100, 100))
    assert isinstance(found, Failure)
    return found


def test_numbers_that_make_no_run_are_a_failure(
    done: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = CannotCompile("this point: from month 1: climb_rate is too large")
    found = failing(done, monkeypatch, error, "ready_point")
    assert found == Failure(100, "compile", "from month 1: climb_rate is too large")


def test_any_other_error_is_a_failure_with_its_kind(
    done: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = failing(done, monkeypatch, ZeroDivisionError("by zero"), "run_stretch")
    assert found == Failure(100, "run", "ZeroDivisionError: by zero")


@pytest.mark.parametrize("error", [MemoryError(), OSError(5, "I/O error")])
def test_what_says_nothing_about_a_point_is_no_failure_of_it(
    done: Planned, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    with pytest.raises(type(error)):
        failing(done, monkeypatch, error, "ready_point")


def test_a_failure_keeps_the_other_stretches_of_its_chunk(
    done: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = Task(done.common, tuple(pieces(done)))
    whole = decoded(run_task(task))[1]
    ready = module.ready_point

    def picky(common: object, piece: Piece) -> object:
        values = dict(zip(piece.change.paths, piece.change.values, strict=True))
        if values["parameters.climb_rate"] > 0.2:
            raise CannotCompile("too large")
        return ready(common, piece)

    monkeypatch.setattr(module, "ready_point", picky)
    entries = decoded(run_task(task))[1]
    assert [entry.failure is None for entry in entries] == [True] * 4 + [False] * 2
    assert [entry.stretch for entry in entries] == [entry.stretch for entry in whole]


def test_the_kernel_is_told_the_run_of_a_number_that_is_not_finite(
    done: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = module.tools().loop

    def spoil(*args: object) -> None:
        loop(*args)
        first, recorded = args[-2], args[-1]
        if first <= 142 < first + len(recorded.metrics):
            recorded.metrics["gdp"][142 - first, 3] = np.nan

    monkeypatch.setattr(module, "tools", lambda: module.Tools(spoil, module.compiled_prepare()))
    found = run_piece(done.common, piece(next(iter(done.points)), 0, 250))
    assert isinstance(found, Failure)
    assert (found.run, found.stage) == (142, "run")
    assert found.message.startswith("gdp is no finite number in run 142, month 3")


def test_nothing_of_this_machine_is_in_a_chunk(done: Planned, tmp_path: Path) -> None:
    content = run_task(Task(done.common, tuple(pieces(done))))
    assert str(done.folder).encode() not in content
    assert b"/" not in content.split(b"\n")[0]


def test_an_error_of_the_compiler_is_no_failure_of_a_point(
    done: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ValueError("the cache is broken")

    monkeypatch.setattr(module, "tools", fail)
    with pytest.raises(ValueError, match="the cache is broken"):
        run_task(Task(done.common, tuple(pieces(done))))


def test_what_tasks_share_may_come_while_that_of_another_study_does(
    done: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads of a worker unpickle tasks of two studies; each keeps the last study only."""

    class Forgetful(dict[str, object]):
        def __setitem__(self, name: str, value: object) -> None:
            super().__setitem__(name, value)
            self.clear()

    monkeypatch.setattr(ready, "_RESTORED", Forgetful())
    assert pickle.loads(pickle.dumps(done.common)).layout == done.common.layout
