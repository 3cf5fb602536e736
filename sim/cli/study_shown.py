"""What `compare` and `plot` show of a study's folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.analysis.points import differences_from
from sim.cli.console import change, percent, print_json, shown, table
from sim.io.errors import visible
from sim.io.files import whole_folder
from sim.store.folder import Packer
from sim.store.manifest import short_hash
from sim.store.study import StudyTables, is_study, read_study

if TYPE_CHECKING:
    from pandas import DataFrame

MOST_ROWS = 30
"""Points of an outcome that are printed."""


def study_among(names: Sequence[str]) -> StudyTables | None:
    """The study whose folder is named; None where no name is one.

    Raises UsageError where more is named, MissingFile or Damaged.
    """
    if not any(is_study(Path(name)) for name in names):
        return None
    if len(names) > 1:
        raise click.UsageError("the folder of a study stands alone: its points are compared")
    return read_study(Path(names[0]))


def compare_points(
    study: StudyTables, reference: int | None, everything: bool, as_json: bool
) -> None:
    """Print how the points of a study differ from one of them, run by run: the first one, or given.

    Raises UsageError for a reference that is no point with runs.
    """
    columns = ["point", "scenario", *study.factors]
    try:
        table_of = study.differences if reference is None else differences_from(study, reference)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    rows = table_of.merge(study.experiments[columns], on="point")
    if as_json:
        print_json(rows.astype(object).where(rows.notna(), None).to_dict("records"))
        return
    click.echo(visible(study.title))
    for (outcome, unit), own in rows.groupby(["outcome", "unit"], sort=False, dropna=False):
        click.echo(f"\n{visible(str(outcome))}, {visible(str(unit))}")
        header = [*columns, "difference", "higher", "equal", "lower"]
        for line in table(header, [*_lines(own, columns, everything)]):
            click.echo(f"  {visible(line)}")
        if len(own) > MOST_ROWS and not everything:
            click.echo(f"  and {len(own) - MOST_ROWS:,} more points; --all shows them")
    written = reference is None
    reference = next(iter(rows["reference"]), reference)
    click.echo(
        f"\nAgainst point {reference}, run by run: mean difference ± its standard error; shares "
        f"(%) of the pairs of runs."
    )
    if written:
        click.echo(f"in {study.folder}: differences.csv")


def _lines(rows: DataFrame, columns: Sequence[str], everything: bool) -> Iterator[list[str]]:
    for row in (rows if everything else rows.head(MOST_ROWS)).to_dict("records"):
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


def plot_points(
    study: StudyTables,
    picture: str | None,
    metrics: Sequence[str],
    form: tuple[str, str],
    out: Path,
) -> list[Path]:
    """Draw the points of a study into a folder below `out`; the paths of the pictures.

    `form` is the name of the paper and the kind of file. Raises UsageError for a picture or a
    metric that the study does not have.
    """
    from sim.figures.points import draw_all
    from sim.figures.save import save
    from sim.figures.style import PAPERS

    width, kind = form
    try:
        figures = draw_all(study, picture, metrics, PAPERS[width])
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    asked = [study.manifest.get("identity"), picture, metrics, form]
    folder = out / f"plot-{study.folder.resolve().name}-{short_hash(asked)}"
    with whole_folder(folder) as partial:
        for name, figure in figures.items():
            save(figure, partial / f"{name}.{kind}")
        named = {"title": f"Pictures: {study.title}", "compares": study.manifest.get("compares")}
        Packer(partial).finish({**named, "results": [study.folder.name], "width": width})
    return [folder / f"{name}.{kind}" for name in figures]
