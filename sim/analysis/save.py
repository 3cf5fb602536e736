"""The tables of a comparison as CSV files in a folder of their own."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any, get_type_hints

from sim.analysis.compare import Difference, Parting, RungChance
from sim.io.files import whole_folder
from sim.measures.codebook import CODEBOOK_HEADER, CodebookRow
from sim.store.folder import Packer, joined
from sim.store.manifest import short_hash
from sim.store.read import Result
from sim.store.tables import as_csv, number

TABLES = {"outcomes.csv": Difference, "partings.csv": Parting, "rungs.csv": RungChance}
"""The files of a comparison, and what a row of each is."""


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


def codebook_rows() -> Iterator[CodebookRow]:
    """What every column of the tables means, as the fields of their rows declare it."""
    for file, kind in TABLES.items():
        for name, hint in get_type_hints(kind, include_extras=True).items():
            yield (file, name, *hint.__metadata__, "")


def save_comparison(
    results: Sequence[Result],
    differences: Sequence[Difference],
    partings: Sequence[Parting],
    chances: Sequence[RungChance],
    out: Path,
) -> Path:
    """Write the `TABLES` and a codebook of their columns; the folder. Raises CannotWrite."""
    compared = [result.folder.name for result in results]
    names = joined([result.name for result in results])
    folder = out / f"compare-{names}-{short_hash(compared)}"
    with whole_folder(folder) as partial:
        packer = Packer(partial)
        for (file, kind), rows in zip(
            TABLES.items(), (differences, partings, chances), strict=True
        ):
            packer.write(file, table(kind, rows))
        packer.write("codebook.csv", as_csv(CODEBOOK_HEADER, codebook_rows()))
        title = f"Comparison: {joined([result.title for result in results])}"
        named = {"title": title, "compares": [result.name for result in results]}
        sizes = {"runs": min(result.runs for result in results), "months": results[0].months}
        packer.finish({**named, **sizes, "compared": compared})
    return folder
