"""`experiments.csv`: a row for each point, with every factor and how the point stands."""

from collections.abc import Callable
from pathlib import Path

from sim.io.files import StagedFile, refusals, sync
from sim.runs.standing import Standing, standing_of
from sim.runs.task import COMPILING
from sim.store.chunks import Contents
from sim.store.lock import WHOLE, locked
from sim.store.tables import as_csv
from sim.study.levers import Value
from sim.study.load import LoadedStudy
from sim.study.plan import Planned, check_free, planned, write_plan
from sim.study.points import Point
from sim.study.schema import AFTER, BEFORE

EXPERIMENTS = "experiments.csv"


def cell(value: Value | None) -> str:
    """A value with all its digits; blank where a block does not have the factor.

    >>> cell(0.1), cell(4.0), cell(1e-07), cell("isolation"), cell(None)
    ('0.1', '4', '1e-07', 'isolation', '')
    """
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value or ""


def line(cells: list[str]) -> str:
    """A line of CSV."""
    return as_csv(cells, [])


def header(planned: Planned) -> str:
    """The names of the columns."""
    return line([*BEFORE, *(factor.name for factor in planned.points.factors), *AFTER])


def row(planned: Planned, point: Point, names: list[str], standing: Standing) -> str:
    """The row of a point; `names` are those of all factors."""
    values, name_of_base = point.values, planned.study.bases[point.scenario].name
    failure = standing.failure
    told = ["", "", ""]
    if failure is not None:
        run = "" if failure.stage == COMPILING else str(failure.run)
        told = [failure.stage, run, failure.message]
    before = line([str(point.number), point.id, point.block.name, name_of_base, str(point.world)])
    factors = [cell(values.get(name)) for name in names]
    wanted = str(planned.points.wanted[point.id])
    after = line([wanted, standing.status, str(standing.runs), *told])
    return ",".join([before.removesuffix("\n"), *factors, after])


def write_experiments(
    planned: Planned, contents: Contents, progress: Callable[[int], None] = lambda points: None
) -> None:
    """Write the table on its own, as before anything is run; raises CannotWrite."""
    table = StagedFile(planned.folder / EXPERIMENTS)
    try:
        table.write(header(planned))
        names = [factor.name for factor in planned.points.factors]
        for point in planned.points:
            runs = planned.points.wanted[point.id]
            table.write(row(planned, point, names, standing_of(contents, point.id, runs)))
            progress(1)
        table.sync()
        table.publish()
    finally:
        table.discard()


def plan_study(
    study: LoadedStudy, folder: Path, progress: Callable[[int], None] = lambda points: None
) -> Planned:
    """Plan a study in a folder, which is made, and write its design.

    `progress` is told each point twice: when it gets its name, and when it is written.

    What a folder holds already is kept: points and runs may be added to it. Raises Busy,
    CannotWrite, or PlanChanged where another study or other results stand there.
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
