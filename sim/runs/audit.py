"""Running a sample of chunks again: the same bytes must come out."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sim.engine.ensemble import threads_by_default
from sim.runs.task import Task, piece_of, run_task
from sim.store.chunk import Stretch
from sim.store.chunks import Contents, name_of
from sim.study.plan import Planned
from sim.study.points import Point


@dataclass(frozen=True)
class Audit:
    """Chunks that were run again, those of them that came out otherwise, and damaged ones.

    `chunks` is the number of those that hold runs of the study.
    """

    checked: tuple[str, ...]
    differing: tuple[str, ...]
    damaged: tuple[str, ...]
    chunks: int


def own(planned: Planned, contents: Contents) -> list[str]:
    """The chunks that hold runs of the study; one of other points or months is left alone."""
    wanted = planned.points.wanted
    return sorted({place.file for point in wanted for place in contents.places.get(point, ())})


def sample(files: list[str], share: float, chance: random.Random) -> list[str]:
    """At least one chunk, and this share of all."""
    return sorted(chance.sample(files, min(len(files), max(1, round(share * len(files))))))


def task_of(planned: Planned, points: dict[str, Point], stretches: list[Stretch]) -> Task:
    """The task that made a chunk."""
    pieces = (piece_of(points[stretch.point], stretch) for stretch in stretches)
    return Task(planned.common, tuple(pieces))


def made_again(task: Task) -> str:
    """The name of the chunk that a task makes."""
    return name_of(run_task(task))


def audit(
    planned: Planned,
    share: float,
    chance: random.Random,
    threads: int | None = None,
    progress: Callable[[int], None] = lambda chunks: None,
) -> Audit:
    """Run a random sample of chunks again and hold the bytes against those that are kept."""
    store = planned.store
    contents = store.contents()
    files = own(planned, contents)
    stretches = {name: store.stretches(name) for name in sample(files, share, chance)}
    wanted = {stretch.point for each in stretches.values() for stretch in each}
    points = {point.id: point for point in planned.points if point.id in wanted}
    tasks = {
        name: task_of(planned, points, each)
        for name, each in stretches.items()
        if each and all(stretch.point in points for stretch in each)
    }
    differing = []
    with ThreadPoolExecutor(threads or threads_by_default()) as pool:
        names = zip(tasks, pool.map(made_again, tasks.values()), strict=True)
        for done, (name, again) in enumerate(names, 1):
            if again != name:
                differing.append(name)
            progress(done)
    return Audit(tuple(tasks), tuple(differing), tuple(contents.damaged), len(files))
