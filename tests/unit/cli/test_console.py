"""Numbers and tables for reading."""

import json
import math

import pytest

from sim.cli.console import blocks, change, percent, print_json, shown, table


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12345.678, "12,346"),
        (1000.0, "1,000"),
        (999.94, "999.9"),
        (123.456, "123.5"),
        (12.345, "12.35"),
        (1.0, "1.00"),
        (0.04321, "0.0432"),
        (0.0, "0"),
        (-12345.678, "-12,346"),
        (-0.5, "-0.5"),
        (math.nan, "–"),
    ],
)
def test_a_number_is_shown_with_about_four_digits(value: float, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.5, "+0.5"), (-0.5, "-0.5"), (0.0, "0"), (math.nan, "–")]
)
def test_a_difference_has_its_sign(value: float, text: str) -> None:
    assert change(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0"),
        (0.0049, "<1"),
        (0.005, "<1"),
        (0.006, "1"),
        (0.5, "50"),
        (0.994, "99"),
        (0.995, ">99"),
        (1.0, "100"),
    ],
)
def test_a_chance_above_nought_never_reads_as_nought(share: float, text: str) -> None:
    assert percent(share) == text


def test_columns_of_a_table_are_aligned() -> None:
    lines = list(table(["name", "n"], [["a", "1"], ["long name", "1,000"]]))
    assert lines == ["name           n", "a              1", "long name  1,000"]


def test_the_first_columns_may_be_aligned_to_the_left() -> None:
    assert list(table(["a", "b", "c"], [["x", "long", "1"]], left=2))[1] == "x  long  1"
    assert list(table(["a", "b", "c"], [["x", "y", "10"]], left=2)) == ["a  b   c", "x  y  10"]


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (40, ["                    a      b", "  Label of the row  1  2,000"]),
        (24, ["    a      b", "  Label of the row", "    1  2,000"]),
        (10, ["    a", "        b", "  Label of", "    the", "    row", "    1", "    2,000"]),
    ],
)
def test_a_table_stacks_its_blocks_where_the_terminal_is_narrow(
    monkeypatch: pytest.MonkeyPatch, columns: int, lines: list[str]
) -> None:
    monkeypatch.setattr("sim.cli.console.terminal_width", lambda: columns)
    assert list(blocks(["a", "b"], [("Label of the row", ["1", "2,000"])])) == lines


def test_a_long_label_is_folded_beside_its_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.cli.console.terminal_width", lambda: 44)
    label = "Relief delivered, with carry-over (US$ m)"
    assert list(blocks(["mean"], [(label, ["6,970"])])) == [
        "                                      mean",
        "  Relief delivered, with carry-over",
        "    (US$ m)                          6,970",
    ]


def test_json_keeps_letters_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"name": "Türkiye"})
    out = capsys.readouterr().out
    assert "Türkiye" in out
    assert json.loads(out) == {"name": "Türkiye"}
