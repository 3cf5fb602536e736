"""Dots of the record, from tables of a few rows."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from sim.io.errors import BadFile
from sim.record.dots import Dot, Record, span
from tests.unit.record.patterns.example import a_case

TABLE = """\
year,until,who,money,rung,growth
2022,2022-03,SO,,4,10
2021,2021-10,NO,1.5,2,-20
2020,2020-02,NO,2.5,5,50
2021,2021-11,UN,9,0,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def dots(folder: Path, **parts: Any) -> list[Dot]:
    """The dots of a record of some kind."""
    adapter: TypeAdapter[Any] = TypeAdapter(Record)
    case = a_case()
    case.value_at = lambda path: {"a.b": 3.0, "a.c": 1.0}[path]
    found: list[Dot] = adapter.validate_python(parts).dots(case, folder)
    return found


def test_a_year_a_month_and_a_day() -> None:
    assert span("2023") == (2023.0, 2024.0)
    assert span("2023-12") == pytest.approx((2023 + 11 / 12, 2024.0))
    first, last = span("2023-12-31")
    assert first == last == pytest.approx(2024.0, abs=0.002)


def test_rows_with_a_value_become_dots(folder: Path) -> None:
    found = dots(folder, kind="rows", table="t.csv", first="year", value="money", times=1000)
    assert [(dot.first, dot.last, dot.value) for dot in found] == [
        (2021.0, 2022.0, 1500.0),
        (2020.0, 2021.0, 2500.0),
        (2021.0, 2022.0, 9000.0),
    ]


def test_rows_can_be_kept_and_have_an_end_of_their_own(folder: Path) -> None:
    parts = {"kind": "rows", "table": "t.csv", "first": "year", "last": "until", "value": "money"}
    [one] = dots(folder, **parts, where={"who": ["UN", "XX"]})
    assert (one.first, one.last, one.value) == (2021.0, pytest.approx(2021 + 11 / 12), 9.0)
    assert one.middle == pytest.approx(2021 + 11 / 24)


def test_the_mean_of_selected_actors_by_date(folder: Path) -> None:
    parts = {"kind": "by_actor", "table": "t.csv", "actor": "who", "date": "year", "value": "rung"}
    found = dots(folder, **parts, who={"kind": ["state"]})
    assert [(dot.first, dot.value) for dot in found] == [
        (2022.0, 4.0),
        (2021.0, 2.0),
        (2020.0, 5.0),
    ]
    everyone = dots(folder, **parts, who={"all": True})
    assert (everyone[1].first, everyone[1].value) == (2021.0, 1.0)


def test_growth_is_compounded_from_the_base_year_on(folder: Path) -> None:
    parts = {"kind": "growth", "table": "t.csv", "year": "year", "value": "growth"}
    found = dots(folder, **parts, base_year=2020, base=100.0)
    assert [(dot.first, dot.value) for dot in found] == [
        (2021.0, pytest.approx(80.0)),
        (2022.0, pytest.approx(88.0)),
    ]


def test_numbers_of_the_case(folder: Path) -> None:
    found = dots(folder, kind="numbers", at={"2021-09": "a.b", "2024-01": "a.c"})
    assert [dot.value for dot in found] == [3.0, 1.0]


@pytest.mark.parametrize("key", ["first", "value", "last"])
def test_a_column_that_is_not_there_is_named(folder: Path, key: str) -> None:
    parts = {"kind": "rows", "table": "t.csv", "first": "year", "value": "money", key: "yeer"}
    with pytest.raises(BadFile, match=r"t.csv:1:1: no column 'yeer', did you mean year\?"):
        dots(folder, **parts)


def test_a_column_to_keep_rows_by_must_be_there(folder: Path) -> None:
    parts = {"kind": "rows", "table": "t.csv", "first": "year", "value": "money"}
    with pytest.raises(BadFile, match="no column 'whom', did you mean who"):
        dots(folder, **parts, where={"whom": ["NO"]})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1.5", "1.5%", "t.csv:3:4: money: '1.5%' is not a number"),
        ("1.5", "nan", "'nan' is not a number"),
        ("2020,", "2020-13,", "t.csv:4:1: year: '2020-13' is not a year, month or day"),
        ("2020,", ",", "year: '' is not a year, month or day"),
    ],
)
def test_a_cell_of_another_form_is_named(folder: Path, old: str, new: str, message: str) -> None:
    (folder / "t.csv").write_text(TABLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        dots(folder, kind="rows", table="t.csv", first="year", value="money")
    assert message in str(caught.value)
