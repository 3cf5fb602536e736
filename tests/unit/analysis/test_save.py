"""The tables of a comparison as files."""

import csv
import io
import json
import math
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from sim.analysis.compare import (
    Difference,
    Parting,
    RungChance,
    differences,
    partings,
    rung_chances,
)
from sim.analysis.save import cell, plain, save_comparison, table
from sim.io.errors import CannotWrite
from sim.store.manifest import digest
from sim.store.read import Result, read_result


@dataclass(frozen=True)
class Row:
    """A row of three kinds."""

    name: str
    share: float
    month: int | None


@pytest.fixture(scope="module")
def results(made: dict[str, Path]) -> list[Result]:
    return [read_result(folder) for folder in made.values()]


def saved(results: list[Result], out: Path) -> Path:
    """The folder of a comparison."""
    rows, parted, chances = differences(results), partings(results), rung_chances(results)
    return save_comparison(results, rows, parted, chances, out)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1 / 3, "0.3333333333"), (math.nan, ""), (None, ""), (3, 3), ("x", "x"), (2.0, "2")],
)
def test_a_cell_has_ten_digits_and_is_blank_where_unknown(value: object, text: object) -> None:
    assert cell(value) == text


def test_a_table_has_its_fields_as_columns() -> None:
    rows = [Row("a, b", 0.5, 3), Row("c", math.nan, None)]
    assert table(Row, rows) == 'name,share,month\n"a, b",0.5,3\nc,,\n'


def test_in_json_what_is_unknown_is_null() -> None:
    assert plain(Row("a", math.nan, None)) == {"name": "a", "share": None, "month": None}
    assert plain(Row("a", 1 / 3, 3)) == {"name": "a", "share": 1 / 3, "month": 3}


def test_a_comparison_has_three_tables_and_a_manifest(
    results: list[Result], tmp_path: Path
) -> None:
    folder = saved(results, tmp_path)
    names = {"outcomes.csv", "partings.csv", "rungs.csv", "codebook.csv", "manifest.json"}
    assert {path.name for path in folder.iterdir()} == names
    assert folder.name.startswith("compare-baseline+human-rights-conditionality-")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["compared"] == [result.folder.name for result in results]
    for name, found in manifest["files"].items():
        assert digest((folder / name).read_bytes()) == found


@pytest.mark.parametrize(
    ("file", "kind"),
    [("outcomes.csv", Difference), ("partings.csv", Parting), ("rungs.csv", RungChance)],
)
def test_each_table_has_the_columns_of_its_rows(
    results: list[Result], tmp_path: Path, file: str, kind: type
) -> None:
    text = (saved(results, tmp_path) / file).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == [field.name for field in fields(kind)]
    assert len(rows) > 1


def test_the_codebook_says_what_every_column_means(results: list[Result], tmp_path: Path) -> None:
    folder = saved(results, tmp_path)
    rows = list(csv.DictReader((folder / "codebook.csv").read_text().splitlines()))
    explained = {(row["file"], row["column"]) for row in rows if row["unit"] and row["meaning"]}
    files = ("outcomes.csv", "partings.csv", "rungs.csv")
    heads = {file: (folder / file).read_text().split("\n")[0].split(",") for file in files}
    assert explained == {(file, column) for file in files for column in heads[file]}
    assert len(rows) == len(explained)


def test_the_same_comparison_has_the_same_bytes(results: list[Result], tmp_path: Path) -> None:
    one, other = saved(results, tmp_path / "one"), saved(results, tmp_path / "other")
    assert one.name == other.name
    for path in one.iterdir():
        assert path.read_bytes() == (other / path.name).read_bytes()


def test_another_order_is_another_comparison(results: list[Result], tmp_path: Path) -> None:
    assert saved(results[::-1], tmp_path).name != saved(results, tmp_path).name


def test_a_comparison_that_cannot_be_written_is_told(results: list[Result], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        saved(results, tmp_path / "file")
