"""Planning a study: its folder is made, or grows by points and runs."""

from collections.abc import Callable
from pathlib import Path

from sim.io.files import refusals, sync
from sim.study.experiments import write_experiments
from sim.study.load import LoadedStudy
from sim.study.lock import WHOLE, locked
from sim.study.plan import Planned, check_free, planned, write_plan


def plan_study(
    study: LoadedStudy, folder: Path, progress: Callable[[int], None] = lambda points: None
) -> Planned:
    """Plan a study in a folder, which is made, and write its design.

    `progress` is told each point twice: when it gets its name, and when it is written.

    What a folder holds already is kept: points and runs may be added to it. Raises Busy,
    CannotWrite, or NotAsPlanned where another study or other results stand there.
    """
    check_free(folder)
    new = planned(folder, study, progress)
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
        sync(folder.parent)
        with locked(folder, WHOLE):
            write_plan(new)
            write_experiments(new, new.store.contents(), progress)
    return new
