"""Running a study: what is missing is cut into tasks, run anywhere, and kept as it comes back."""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from threading import Thread

from sim.engine.ensemble import threads_by_default
from sim.io.errors import Interrupted, NoCluster, PointFailed
from sim.runs.cluster import OnCluster
from sim.runs.status import Work, work_of
from sim.runs.task import Task, piece_of, run_piece, run_task
from sim.scenario.limits import CHUNK
from sim.store.chunk import ATOM, Entry, NotAChunk, Stretch, decoded
from sim.store.chunks import Store
from sim.store.lock import WHOLE, Share, locked
from sim.study.plan import Planned

PIECES = 250
"""Points of a chunk at most: where they have few runs, most of the work is to set them up."""

GLANCE = 5.0
"""Seconds without a result after which a cluster is looked at."""

AHEAD = 2
"""Tasks that wait for each worker."""

PATIENCE = 0.2
"""Seconds between two looks at whether to stop, while rules are compiled."""


def tasks_of(planned: Planned, missing: dict[str, list[Stretch]], chunk: int) -> Iterator[Task]:
    """Tasks of about `chunk` runs, of `PIECES` stretches at most, for all that is missing."""
    if not missing:
        return
    pieces, runs = [], 0
    for point in planned.points:
        for stretch in missing.pop(point.id, ()):
            for part in cut(stretch, chunk, runs):
                pieces.append(piece_of(point, part))
                runs += part.runs
                if runs >= chunk or len(pieces) >= PIECES:
                    yield Task(planned.common, tuple(pieces))
                    pieces, runs = [], 0
    if pieces:
        yield Task(planned.common, tuple(pieces))


def cut(stretch: Stretch, chunk: int, begun: int) -> Iterator[Stretch]:
    """A stretch in parts that fill tasks of `chunk` runs; the first has `begun` runs already."""
    first = stretch.first
    while first < stretch.last:
        atoms = max(1, (chunk - begun) // ATOM)
        last = min(first + atoms * ATOM, stretch.last)
        yield Stretch(stretch.point, first, last - first)
        first, begun = last, 0


def warm_up(planned: Planned, stop: Callable[[], bool]) -> None:
    """Compile what the runs need, apart; a wish to stop does not wait for it.

    Raises Interrupted, or the error of the compiler.
    """
    point = next(iter(planned.points))
    piece = piece_of(point, Stretch(point.id, 0, 1))
    done: Future[object] = Future()

    def work_apart() -> None:
        try:
            done.set_result(run_piece(planned.common, piece))
        except Exception as error:
            done.set_exception(error)

    Thread(target=work_apart, daemon=True).start()
    while not wait([done], timeout=PATIENCE).done:
        if stop():
            raise Interrupted
    done.result()


def run_tasks(
    tasks: Iterator[Task],
    store: Store,
    share: Share,
    executor: Executor,
    window: int,
    stop: Callable[[], bool],
    progress: Callable[[int], None],
    fail_fast: bool,
) -> None:
    """Run tasks, `window` of them at a time, and keep their chunks as they come.

    Once `stop` says so, a task fails, or a point where `fail_fast` is set, nothing new begins and
    what had begun is kept; then raises Interrupted, or the first error. Tasks that wait for a
    thread have not begun; those that wait in another executor are awaited, too, as it may not tell
    them from those that have.
    """
    running: dict[Future[bytes], Task] = {}
    error: BaseException | None = None
    while True:
        while error is None and not stop() and len(running) < window:
            task = next(tasks, None)
            if task is None:
                break
            running[executor.submit(run_task, task)] = task
        if isinstance(executor, ThreadPoolExecutor) and (error is not None or stop()):
            running = {future: task for future, task in running.items() if not future.cancel()}
        if not running:
            break
        done = wait(running, timeout=GLANCE, return_when=FIRST_COMPLETED).done
        if not done and isinstance(executor, OnCluster):
            executor.look()
        for future in done:
            task = running.pop(future)
            try:
                if isinstance(executor, OnCluster):
                    executor.check(future)
                entries = kept(store, future, share, task)
                progress(task.runs)
                if fail_fast:
                    refuse_failures(entries)
            except Exception as failed:
                error = error or failed
    if error is not None:
        raise error
    if stop():
        raise Interrupted


def refuse_failures(entries: list[Entry]) -> None:
    """Raise PointFailed for the first of some stretches that failed, if one did."""
    for entry in entries:
        if failure := entry.failure:
            where = f"point {entry.stretch.point}, run {failure.run}: {failure.message}"
            raise PointFailed(f"{where}; nothing more was begun, and what was run is kept")


def kept(store: Store, future: Future[bytes], share: Share, task: Task) -> list[Entry]:
    """Keep what a task came back with; raises its error, or NoCluster for what is no chunk of it.

    A worker elsewhere may be broken: what it sends, or ends with, is not trusted.
    """
    if isinstance(ended := future.exception(), KeyboardInterrupt | SystemExit | GeneratorExit):
        raise NoCluster(f"a worker ended with {type(ended).__name__}; what was run is kept")
    try:
        content = future.result()
        layout, entries = decoded(content)
        if (layout, tuple(entry.stretch for entry in entries)) != (store.layout, task.stretches):
            raise NotAChunk
        return store.put(content, share)
    except NotAChunk:
        raise NoCluster("a worker sent something else than the runs it was asked for") from None


def run_study(
    planned: Planned,
    *,
    share: Share = WHOLE,
    executor: Executor | None = None,
    workers: int | None = None,
    chunk: int = CHUNK,
    fail_fast: bool = False,
    stop: Callable[[], bool] = lambda: False,
    begun: Callable[[Work, list[str]], None] = lambda work, damaged: None,
    progress: Callable[[int], None] = lambda runs: None,
) -> None:
    """Run what a study, or a share of it, still lacks.

    `executor` is any executor with `workers` workers; threads of this process unless given. `begun`
    is told how much is done already and which chunks were damaged, `progress` the runs of each
    chunk that is kept. Raises Busy, CannotWrite, Interrupted, PointFailed at the first point that
    fails where `fail_fast` is set, or the error of an executor.
    """
    store, count = planned.store, workers or threads_by_default()
    with locked(planned.folder, share):
        store.clear(share)
        contents = store.contents()
        store.set_aside(contents.damaged)
        work = work_of(planned, share, contents)
        begun(work, contents.damaged)
        if executor is None and work.missing:
            warm_up(planned, stop)
        pool = executor or ThreadPoolExecutor(count)
        try:
            tasks = tasks_of(planned, work.missing, chunk)
            run_tasks(tasks, store, share, pool, AHEAD * count, stop, progress, fail_fast)
        finally:
            if executor is None:
                pool.shutdown(wait=True, cancel_futures=True)
