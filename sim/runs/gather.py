"""The tables of a study: a row for each point, its outcomes, its series by month."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from sim.io.errors import CannotWrite, Damaged
from sim.io.files import StagedFile, write_whole
from sim.measures.distribution import Reals
from sim.runs.codebook import CODEBOOK, DIFFERENCES, MONTHS, OUTCOMES, RUNS, codebook_rows
from sim.runs.experiments import EXPERIMENTS, header, line, row
from sim.runs.paired import (
    HEADER,
    OVER_PAIRS,
    Kept,
    kept,
    paired_rows,
    runs_header,
    runs_text,
)
from sim.runs.standing import DONE, Counts, count, standing_of
from sim.runs.statistics import by_month, read_point, spreads_of
from sim.store.chunks import Contents
from sim.store.lock import WHOLE, locked
from sim.store.manifest import MANIFEST, sealed
from sim.store.tables import QUANTILE_NAMES, Row, as_csv, number
from sim.study.content import FORMAT
from sim.study.plan import Planned

OUTCOMES_HEADER = ("point", "outcome", "unit", "runs", "mean", "sd", "mc_error", *QUANTILE_NAMES)
MONTHS_HEADER = ("point", "metric", "unit", "subject", "month", "date", "runs")
OVER_RUNS = ("mean", "sd", "least", "greatest")
POINT, COUNT = "\0", "\1"
"""Stand for the number of a point and its runs in the rows of months, which are laid out once."""


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
    names = (EXPERIMENTS, OUTCOMES, DIFFERENCES, MONTHS, RUNS, CODEBOOK)
    tables: list[StagedFile] = []
    try:
        tables += (StagedFile(planned.folder / name) for name in names)
        for table, text in zip(tables, _headers(planned), strict=True):
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
    lines = month_lines(planned)
    factors = [factor.name for factor in planned.points.factors]
    reference: tuple[int, Kept] | None = None
    for point in planned.points:
        runs = planned.points.wanted[point.id]
        standing = standing_of(contents, point.id, runs)
        experiments.write(row(planned, point, factors, standing))
        if standing.status == DONE:
            read = read_point(planned.store, standing, runs)
            own = kept(planned, read.outcomes)
            reference = reference or (point.number, own)
            outcomes.write(text_of(outcome_rows(point.number, own)))
            if point.number != reference[0]:
                differences.write(text_of(paired_rows(point.number, own, *reference)))
            months.write(month_text(lines, point.number, read.months[0], runs))
            runs_table.write(runs_text(planned, point, read.outcomes, factors))
        progress(point.number)


def text_of(rows: Iterable[Row]) -> str:
    """Rows as CSV, without a header."""
    return as_csv((), rows).removeprefix("\n")


def _headers(planned: Planned) -> Iterator[str]:
    yield header(planned)
    yield as_csv(OUTCOMES_HEADER, [])
    yield as_csv((*HEADER, *OVER_PAIRS), [])
    yield as_csv((*MONTHS_HEADER, *OVER_RUNS), [])
    yield runs_header(planned)
    yield as_csv(("file", "column", "unit", "meaning"), [])


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


def outcome_rows(point: int, own: Kept) -> Iterator[tuple[object, ...]]:
    """Rows of `outcomes.csv` for a point: outcomes first, then shares of runs."""
    spreads = spreads_of(own.values, own.whole)
    for name, unit, spread in zip(own.names, own.units, spreads, strict=True):
        numbers = (spread.mean, spread.deviation, spread.error, *spread.quantiles)
        yield (point, name, unit, spread.runs, *map(number, numbers))


def month_lines(planned: Planned) -> str:
    """The rows of `months.csv.gz` for any point, with room for its number and for four values."""
    recorded, case = planned.study.recorded, planned.study.case
    base = next(iter(planned.study.bases.values()))
    start = case.starts[base.start]
    lines = []
    for metric, subject in recorded.series:
        unit = recorded.known.months[metric][0]
        for month in range(planned.study.months + 1):
            when = start.calendar.date(month)
            head = line([POINT, metric, unit, subject, str(month), str(when)]).removesuffix("\n")
            lines.append(f"{head.replace('%', '%%')},{COUNT},%.10g,%.10g,%.10g,%.10g\n")
    return "".join(lines)


def month_text(lines: str, point: int, months: Reals, runs: int) -> str:
    """The rows of `months.csv.gz` for a point; blank for what is unknown."""
    values = tuple(by_month(months, runs).ravel().tolist())
    text = (lines % values).replace(POINT, str(point)).replace(COUNT, str(runs))
    return text.replace(",nan", ",") if runs == 1 else text
