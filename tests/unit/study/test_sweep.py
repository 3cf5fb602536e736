"""Running a study: the same bytes however it is run, and nothing lost on the way."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from sim.io.errors import Busy, CannotWrite, Interrupted, PointFailed
from sim.runs import sweep, task
from sim.runs.gather import gather_study, plan_study
from sim.runs.status import Work, count
from sim.runs.sweep import cut, run_study
from sim.runs.task import Task, run_task
from sim.store.chunk import Stretch
from sim.store.chunks import Store
from sim.store.lock import WHOLE, Share, locked
from sim.study.load import load_study
from sim.study.plan import Planned, open_study
from tests.studies import chunks, planned, tables, text_of, written


def gathered(found: Planned) -> dict[str, bytes]:
    """The tables of a study that has been run."""
    gather_study(found)
    return tables(found.folder)


@pytest.mark.parametrize("how", [{"workers": 2}, {"chunk": 100}, {"chunk": 700, "workers": 3}])
def test_threads_and_chunks_do_not_change_a_byte(
    folder: Path, tmp_path: Path, how: dict[str, int]
) -> None:
    found = planned(tmp_path)
    run_study(found, **how)
    assert gathered(found) == tables(folder)


def test_shards_do_not_change_a_byte(folder: Path, tmp_path: Path) -> None:
    found = planned(tmp_path)
    for number in (2, 3, 1):
        run_study(found, share=Share(number, 3), workers=1, chunk=150)
    assert gathered(found) == tables(folder)


def test_any_executor_will_do(folder: Path, tmp_path: Path) -> None:
    found = planned(tmp_path)
    with ThreadPoolExecutor(3) as pool:
        run_study(found, executor=pool, workers=3, chunk=200)
    assert gathered(found) == tables(folder)


@pytest.mark.soak
def test_processes_do_not_change_a_byte(folder: Path, tmp_path: Path) -> None:
    found = planned(tmp_path)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, context) as pool:
        run_study(found, executor=pool, workers=2, chunk=200)
    assert gathered(found) == tables(folder)


def test_shares_split_the_work_without_overlap(tmp_path: Path) -> None:
    found = planned(tmp_path)
    done: list[Work] = []
    for number in (1, 2):
        run_study(found, share=Share(number, 2), begun=lambda work, _: done.append(work))
    assert [work.done for work in done] == [0, 0]
    assert sum(work.total for work in done) == 1500
    assert all(work.total > 0 for work in done)


def refuse(each: Task) -> bytes:
    """Stands for the work where nothing may be run."""
    raise AssertionError("must not be run again")


def test_what_is_there_is_not_run_again(
    done: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planned(tmp_path)
    run_study(found)
    before = chunks(found.folder)
    monkeypatch.setattr(sweep, "run_task", refuse)
    amounts: list[tuple[int, int]] = []
    run_study(
        open_study(found.folder), begun=lambda work, _: amounts.append((work.done, work.total))
    )
    assert amounts == [(1500, 1500)]
    assert chunks(found.folder) == before


def counting(runs: list[int]) -> Callable[[Task], bytes]:
    """The work, which notes how many runs each task has."""

    def run(each: Task) -> bytes:
        runs.append(each.runs)
        return run_task(each)

    return run


def grown(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Planned, int]:
    """A study that was run, then grown to `text` and run on; and how many runs that took."""
    run_study(planned(folder))
    found = plan_study(load_study(written(folder, text)), folder / "out")
    runs: list[int] = []
    monkeypatch.setattr(sweep, "run_task", counting(runs))
    run_study(found, workers=1)
    monkeypatch.undo()
    return found, sum(runs)


def test_more_replications_run_what_is_new_and_atoms_that_were_not_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = text_of(runs=400)
    found, runs = grown(tmp_path / "one", text, monkeypatch)
    assert runs == 6 * 200
    fresh = planned(tmp_path / "other", text)
    run_study(fresh)
    assert gathered(found) == gathered(fresh)


def test_more_points_run_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = text_of().replace("steps: 3", "steps: 5")
    found, runs = grown(tmp_path / "one", text, monkeypatch)
    assert runs == 4 * 250
    fresh = planned(tmp_path / "other", text)
    run_study(fresh)
    assert gathered(found) == gathered(fresh)


def test_a_stop_finishes_what_has_begun_and_a_resume_does_the_rest(
    folder: Path, tmp_path: Path
) -> None:
    found = planned(tmp_path)
    kept: list[int] = []
    with pytest.raises(Interrupted):
        run_study(found, workers=1, chunk=100, progress=kept.append, stop=lambda: len(kept) >= 3)
    before = count(found, found.store.contents())
    assert before.runs == sum(kept)
    assert 0 < before.runs < before.wanted
    run_study(found)
    assert gathered(found) == tables(folder)


def test_a_stop_does_not_wait_for_tasks_that_have_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planned(tmp_path)
    runs: list[int] = []
    monkeypatch.setattr(sweep, "run_task", counting(runs))
    monkeypatch.setattr(sweep, "AHEAD", 10)
    kept: list[int] = []
    with pytest.raises(Interrupted):
        run_study(found, workers=1, chunk=100, progress=kept.append, stop=lambda: bool(kept))
    assert len(runs) == len(kept) < 10
    assert count(found, found.store.contents()).runs == sum(kept)


def test_a_chunk_takes_no_more_than_so_many_points(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planned(tmp_path)
    monkeypatch.setattr(sweep, "PIECES", 2)
    run_study(found)
    assert len(chunks(found.folder)) == 3
    assert gathered(found) == tables(folder)


def test_a_stop_before_anything_begins_runs_nothing(tmp_path: Path) -> None:
    found = planned(tmp_path)
    with pytest.raises(Interrupted):
        run_study(found, stop=lambda: True)
    assert chunks(found.folder) == []


def test_an_error_of_a_worker_keeps_what_others_did(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planned(tmp_path)
    calls: list[Task] = []

    def fail_once(each: Task) -> bytes:
        calls.append(each)
        if len(calls) == 4:
            raise MemoryError
        return run_task(each)

    monkeypatch.setattr(sweep, "run_task", fail_once)
    with pytest.raises(MemoryError):
        run_study(found, workers=2, chunk=100)
    assert len(chunks(found.folder)) == len(calls) - 1 >= 3
    run_study(found)
    assert gathered(found) == tables(folder)


def test_a_full_disk_is_told_and_nothing_is_lost(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planned(tmp_path)
    put, kept = Store.put, []

    def full_after_three(store: Store, content: bytes, share: Share) -> object:
        if len(kept) >= 3:
            raise CannotWrite(f"{store.chunks}: No space left on device")
        kept.append(content)
        return put(store, content, share)

    monkeypatch.setattr(Store, "put", full_after_three)
    with pytest.raises(CannotWrite, match="No space left on device"):
        run_study(found, workers=2, chunk=100)
    assert len(chunks(found.folder)) == 3
    monkeypatch.undo()
    run_study(found)
    assert gathered(found) == tables(folder)


@pytest.mark.parametrize("harm", ["cut", "edit"])
def test_runs_of_a_damaged_chunk_are_run_again(folder: Path, tmp_path: Path, harm: str) -> None:
    found = planned(tmp_path)
    run_study(found, chunk=300)
    file = chunks(found.folder)[1]
    content = bytearray(file.read_bytes())
    content[-9] ^= 64
    file.write_bytes(content[:-100] if harm == "cut" else content)
    told: list[list[str]] = []
    run_study(found, begun=lambda amount, damaged: told.append(damaged))
    assert told == [[file.name]]
    assert (found.folder / "damaged" / file.name).exists()
    assert gathered(found) == tables(folder)


def test_two_processes_in_one_folder_are_told(tmp_path: Path) -> None:
    found = planned(tmp_path)
    with locked(found.folder, WHOLE), pytest.raises(Busy):
        run_study(found)
    with locked(found.folder, Share(1, 2)):
        with pytest.raises(Busy):
            gather_study(found)
        run_study(found, share=Share(2, 2))


def test_a_point_that_fails_is_a_row_and_the_rest_goes_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planned(tmp_path)
    ready = task.ready_point

    def picky(common: object, piece: task.Piece) -> object:
        values = dict(zip(piece.change.paths, piece.change.values, strict=True))
        if values["parameters.climb_rate"] > 0.2:
            raise ZeroDivisionError('so large, "no" way')
        return ready(common, piece)

    monkeypatch.setattr(task, "ready_point", picky)
    run_study(found, chunk=200)
    counts = gather_study(found)
    assert counts.points == {"done": 4, "part": 0, "failed": 2, "planned": 0}
    assert counts.unfinished == 0
    fine = tables(folder)["outcomes.csv"].decode().splitlines()
    kept = tables(found.folder)["outcomes.csv"].decode().splitlines()
    assert kept == [line for line in fine if line.split(",")[0] not in ("5", "6")]
    rows = tables(found.folder)["experiments.csv"].decode().splitlines()
    assert rows[5].endswith(',failed,250,compile,,"ZeroDivisionError: so large, ""no"" way"')


def test_a_study_may_stop_at_the_first_point_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planned(tmp_path)

    def fail(common: object, piece: task.Piece) -> object:
        raise ZeroDivisionError("no way")

    monkeypatch.setattr(task, "ready_point", fail)
    with pytest.raises(PointFailed, match="run 0: ZeroDivisionError: no way"):
        run_study(found, workers=1, chunk=100, fail_fast=True)
    counts = count(found, found.store.contents())
    assert 0 < counts.runs < counts.wanted
    run_study(found, workers=1, chunk=100)
    assert count(found, found.store.contents()).points["failed"] == 6


@pytest.mark.parametrize("chunk", [100, 200, 10_000])
def test_the_first_run_that_fails_is_told_whatever_the_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    found = planned(tmp_path)
    made = task.tools()

    def spoil(*args: object) -> None:
        made.loop(*args)
        first, recorded = args[-2], args[-1]
        for run in (117, 230):
            if first <= run < first + len(recorded.metrics):
                recorded.metrics["gdp"][run - first, 2] = float("inf")

    monkeypatch.setattr(task, "tools", lambda: task.Tools(spoil, made.prepare))
    run_study(found, workers=1, chunk=chunk)
    assert gather_study(found).points["failed"] == 6
    rows = tables(found.folder)["experiments.csv"].decode().splitlines()[1:]
    assert all(",failed,250,run,117," in row for row in rows)
    assert tables(found.folder)["outcomes.csv"].decode().count("\n") == 1


@pytest.mark.parametrize(
    ("runs", "chunk", "begun", "expected"),
    [
        (250, 100, 0, [100, 100, 50]),
        (250, 1000, 0, [250]),
        (250, 200, 100, [100, 150]),
        (250, 1, 0, [100, 100, 50]),
        (250, 199, 0, [100, 100, 50]),
        (30, 2500, 2490, [30]),
    ],
)
def test_a_stretch_is_cut_at_atoms(runs: int, chunk: int, begun: int, expected: list[int]) -> None:
    parts = list(cut(Stretch("p", 300, runs), chunk, begun))
    assert [part.runs for part in parts] == expected
    assert [part.first for part in parts] == [300 + sum(expected[:i]) for i in range(len(parts))]


def test_an_error_while_rules_are_compiled_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full, say; nothing waits for rules that will never be there."""
    found = planned(tmp_path)

    def fail(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sweep, "run_piece", fail)
    looks: list[None] = []

    def stop() -> bool:
        looks.append(None)
        return len(looks) > 20

    with pytest.raises(OSError, match="No space left"):
        run_study(found, stop=stop)


def test_nothing_is_compiled_where_nothing_is_missing(
    done: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planned(tmp_path)
    run_study(found)
    monkeypatch.setattr(sweep, "run_piece", refuse)
    run_study(found)
