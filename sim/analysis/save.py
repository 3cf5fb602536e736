"""The tables of a comparison as CSV files in a folder of their own."""

import math
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from sim.analysis.compare import Difference, Parting, RungChance
from sim.store.folder import Packer, appearing, joined
from sim.store.manifest import short_hash
from sim.store.read import Result
from sim.store.tables import as_csv, number


def cell(value: object) -> object:
    """A value as it stands in a table; blank for what is unknown."""
    if value is None:
        return ""
    return number(value) if isinstance(value, float) else value


def table(kind: type[Any], rows: Sequence[Any]) -> str:
    """Dataclasses of one kind as CSV text."""
    header = [field.name for field in fields(kind)]
    return as_csv(header, ([cell(value) for value in astuple(row)] for row in rows))


def plain(row: Any) -> dict[str, object]:
    """A dataclass as a dictionary for JSON; NaN becomes null."""
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in values.items()
    }


def save_comparison(
    results: Sequence[Result],
    differences: Sequence[Difference],
    partings: Sequence[Parting],
    chances: Sequence[RungChance],
    out: Path,
) -> Path:
    """Write `outcomes.csv`, `partings.csv` and `rungs.csv`; the folder. Raises CannotWrite."""
    compared = [result.folder.name for result in results]
    names = joined([result.name for result in results])
    folder = out / f"compare-{names}-{short_hash(compared)}"
    with appearing(folder) as partial:
        packer = Packer(partial)
        packer.write("outcomes.csv", table(Difference, differences))
        packer.write("partings.csv", table(Parting, partings))
        packer.write("rungs.csv", table(RungChance, chances))
        title = f"Comparison: {joined([result.title for result in results])}"
        named = {"title": title, "compares": [result.name for result in results]}
        sizes = {"runs": min(result.runs for result in results), "months": results[0].months}
        packer.finish({**named, **sizes, "compared": compared})
    return folder
