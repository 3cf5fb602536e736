"""The folder of a study: its design before anything is run, its tables over all that was."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sim.io.errors import CannotWrite, Damaged
from sim.io.files import StagedFile, refusals, sync, write_whole
from sim.measures.members import Reals
from sim.runs.codebook import COLUMNS, EXPERIMENTS, RUNS, TABLES, codebook_rows
from sim.runs.rows import (
    experiment_row,
    line,
    month_lines,
    month_text,
    outcome_rows,
    paired_rows,
    runs_text,
    text_of,
)
from sim.runs.statistics import read_point
from sim.runs.status import DONE, Counts, count, standing_of
from sim.store.chunks import Contents
from sim.store.lock import WHOLE, locked
from sim.store.manifest import MANIFEST, sealed
from sim.study.content import FORMAT
from sim.study.load import LoadedStudy
from sim.study.plan import Planned, check_free, planned, write_plan
from sim.study.schema import AFTER, BEFORE


def headers(planned: Planned) -> Iterator[str]:
    """The names of the columns of each of the `TABLES`."""
    factors = [factor.name for factor in planned.points.factors]
    with_factors = {
        EXPERIMENTS: [*BEFORE, *factors, *AFTER],
        RUNS: ["point", "scenario", *factors, "run", *planned.study.recording.outcomes],
    }
    yield from (line(with_factors.get(name) or [*COLUMNS[name]]) for name in TABLES)


def write_experiments(
    planned: Planned, contents: Contents, progress: Callable[[int], None] = lambda points: None
) -> None:
    """Write the table on its own, as before anything is run; raises CannotWrite."""
    table = StagedFile(planned.folder / EXPERIMENTS)
    try:
        table.write(next(headers(planned)))
        names = [factor.name for factor in planned.points.factors]
        for point in planned.points:
            runs = planned.points.wanted[point.id]
            table.write(
                experiment_row(planned, point, names, standing_of(contents, point.id, runs))
            )
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


def gather_study(planned: Planned, progress: Callable[[int], None] = lambda points: None) -> Counts:
    """Write the tables over all runs that are kept; `progress` is told each point.

    Points that failed or are not finished are rows of `experiments.csv` and nothing else. Raises
    Busy, CannotWrite, or Damaged where a chunk is not as it was written: it is moved out of the
    way, its runs must be run again, and no table is written.
    """
    folder, store = planned.folder, planned.store
    with locked(folder, WHOLE):
        contents = store.contents()
        if contents.damaged:
            store.set_aside(contents.damaged)
            raise Damaged(damage(folder, contents.damaged))
        try:
            return write_tables(planned, contents, progress)
        except OSError as error:
            raise CannotWrite(f"{folder}: {error.strerror}") from None


def damage(folder: Path, names: list[str]) -> str:
    """What is said of damaged chunks, and how to mend them."""
    listed = "\n".join(f"  {name}" for name in names)
    return (
        f"{folder}: {len(names)} damaged chunks, moved to damaged/:\n{listed}\n"
        f"run their runs again: sim study run {folder}"
    )


def write_tables(planned: Planned, contents: Contents, progress: Callable[[int], None]) -> Counts:
    """Write all tables, which appear together."""
    tables: list[StagedFile] = []
    try:
        tables += (StagedFile(planned.folder / name) for name in TABLES)
        for table, text in zip(tables, headers(planned), strict=True):
            table.write(text)
        tables[-1].write(text_of(codebook_rows(planned)))
        _write_points(planned, contents, tables, progress)
        hashes = {table.path.name: table.sync() for table in tables}
        for table in tables:
            table.publish()
    finally:
        for table in tables:
            table.discard()
    counts = count(planned, contents)
    write_whole(planned.folder / MANIFEST, manifest(planned, contents, counts, hashes))
    return counts


def _write_points(
    planned: Planned,
    contents: Contents,
    tables: Sequence[StagedFile],
    progress: Callable[[int], None],
) -> None:
    """Write the rows of all points, one after the other."""
    experiments, outcomes, differences, months, runs_table, _ = tables
    lines, recording = month_lines(planned), planned.study.recording
    factors = [factor.name for factor in planned.points.factors]
    reference: tuple[int, Reals] | None = None
    for point in planned.points:
        number, runs = point.number, planned.points.wanted[point.id]
        standing = standing_of(contents, point.id, runs)
        experiments.write(experiment_row(planned, point, factors, standing))
        if standing.status == DONE:
            read = read_point(planned.store, standing, runs)
            values = recording.with_shares(read.outcomes)
            first, others = reference = reference or (number, values)
            outcomes.write(text_of(outcome_rows(number, recording, values)))
            if number != first:
                differences.write(text_of(paired_rows(number, first, recording, values, others)))
            months.write(month_text(lines, number, read.months[0], runs))
            runs_table.write(runs_text(planned, point, read.outcomes, factors))
        progress(number)


def manifest(planned: Planned, contents: Contents, counts: Counts, hashes: dict[str, str]) -> str:
    """What the folder holds: chunks and their bytes, and the hash of each table."""
    bases = planned.study.bases.values()
    content = {
        "format": FORMAT,
        "title": planned.study.study.title,
        "compares": [base.name for base in bases],
        "factors": [factor.name for factor in planned.points.factors],
        "points": len(planned.points),
        "case": planned.study.case.id,
        "start": next(iter(bases)).start,
        "months": planned.study.months,
        "runs": counts.runs,
        "seed": planned.study.study.seed,
        "code_hash": planned.common.code,
        "status": counts.points,
        "chunks": contents.files,
    }
    return sealed(content, hashes)
