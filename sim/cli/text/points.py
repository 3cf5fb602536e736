"""The points of a study as text: how each outcome differs from that of another point."""

from collections.abc import Iterator, Sequence
from typing import Any

from pandas import DataFrame

from sim.cli.console import change, percent, shown, table
from sim.io.errors import visible
from sim.store.study import StudyTables

MOST_ROWS = 30
"""Points of an outcome that are printed."""


def planned(study: StudyTables, differences: DataFrame) -> tuple[DataFrame, list[str]]:
    """Differences with what was planned for each point, and the names of those columns."""
    columns = ["point", "scenario", *study.factors]
    return differences.merge(study.experiments[columns], on="point"), columns


def point_records(study: StudyTables, differences: DataFrame) -> list[dict[Any, Any]]:
    """Differences of the points of a study for JSON."""
    rows, _ = planned(study, differences)
    records: list[dict[Any, Any]] = rows.astype(object).where(rows.notna(), None).to_dict("records")
    return records


def point_lines(study: StudyTables, differences: DataFrame, everything: bool) -> Iterator[str]:
    """How the points of a study differ from the reference of `differences`, run by run."""
    rows, columns = planned(study, differences)
    yield visible(study.title)
    for (outcome, unit), own in rows.groupby(["outcome", "unit"], sort=False, dropna=False):
        yield f"\n{visible(str(outcome))}, {visible(str(unit))}"
        header = [*columns, "difference", "higher", "equal", "lower"]
        shown_rows = own if everything else own.head(MOST_ROWS)
        for line in table(header, [*_cells(shown_rows, columns)]):
            yield f"  {visible(line)}"
        if len(own) > MOST_ROWS and not everything:
            yield f"  and {len(own) - MOST_ROWS:,} more points; --all shows them"
    reference = next(iter(rows["reference"]), None)
    yield (
        f"\nAgainst point {reference}, run by run: mean difference ± its standard error; shares "
        f"(%) of the pairs of runs."
    )
    if differences is study.differences:
        yield f"in {study.folder}: differences.csv"


def _cells(rows: DataFrame, columns: Sequence[str]) -> Iterator[list[str]]:
    for row in rows.to_dict("records"):
        error = shown(float(row["standard_error"]))
        shares = [float(row[name]) for name in ("higher", "equal", "lower")]
        yield [
            *(_cell(row[name]) for name in columns),
            f"{change(float(row['difference']))} ±{error}",
            *("–" if share != share else percent(share) for share in shares),
        ]


def _cell(value: object) -> str:
    """A factor for reading; blank where a block does not have it."""
    if isinstance(value, float):
        return "" if value != value else f"{value:g}"
    return str(value)
