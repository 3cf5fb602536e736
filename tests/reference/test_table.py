"""`docs/scenarios.md` is made from what stands here now, without playing everything again."""

import re

import pytest

from sim.scenario.load import load_scenario
from tests.reference.cells import kind, label, places_for, places_of, printed, signed
from tests.reference.figures import ENTRIES, Entry, Figure
from tests.reference.table import BEYOND, CHANGED, PAGE, Line, section, shown, sources

TEXT = PAGE.read_text(encoding="utf-8")
AGAIN = "docs/scenarios.md is stale: python -m tests.reference.table"


def plain(text: str) -> str:
    """Text with single blanks."""
    return " ".join(text.split())


def part(entry: Entry) -> str:
    """What the page says of one scenario."""
    title = load_scenario(entry.name).scenario.title
    [found] = re.findall(
        rf"^## {re.escape(f'{entry.number} {title}')}$(.*?)(?=^## |\Z)",
        TEXT,
        re.DOTALL | re.MULTILINE,
    )
    return str(found)


def test_the_page_is_made_from_the_present_figures_readings_and_results() -> None:
    assert f"from {sources()}." in TEXT, AGAIN


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.name)
def test_the_page_has_the_words_of_each_scenario(entry: Entry) -> None:
    scenario = load_scenario(entry.name).scenario
    said = plain(part(entry))
    assert f"`{entry.name}`" in said
    for words in (scenario.question, scenario.description, scenario.cannot_say):
        assert plain(words) in said, AGAIN


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.name)
def test_the_page_has_every_figure_of_each_scenario(entry: Entry) -> None:
    rows = [line.split(" | ") for line in part(entry).splitlines() if line.startswith("| ")][2:]
    assert [(row[0].removeprefix("| "), row[1]) for row in rows] == [
        (label(figure), kind(figure)) for figure in shown(entry)
    ]
    documents = [row[4].removesuffix(f" {BEYOND}") for row in rows]
    assert documents == [printed(each) if each.half else "" for each in shown(entry)], AGAIN


def test_every_figure_is_shown_once() -> None:
    for entry in ENTRIES.values():
        figures = shown(entry)
        assert len(figures) == len(set(figures))
        assert set(entry.figures) <= set(figures)


@pytest.mark.parametrize(("beyond", "changed"), [(True, False), (False, True)])
def test_a_mark_needs_its_reason(beyond: bool, changed: bool) -> None:
    entry = ENTRIES["donor-fatigue"]
    marked = Line(Figure("gdp", "difference", 1, 0.5), ("a", "b"), beyond, changed)
    with pytest.raises(KeyError):
        list(section(entry, [marked], {"readings": {}, "beyond": {}}))
    why = {"readings": {}, "beyond": {"donor-fatigue": {"gdp": "Because."}}}
    assert "Because." in "".join(section(entry, [marked], why))


def test_marks_on_the_page_are_those_counted_in_its_head() -> None:
    head = plain(TEXT.partition("\n## ")[0])
    rows = [line for line in TEXT.splitlines() if line.startswith("| ")]
    for mark, words in ((BEYOND, "lie beyond"), (CHANGED, "differ in a printed digit")):
        [counted] = re.findall(rf"(\d+) {words}", head)
        assert sum(mark in row for row in rows) == int(counted)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure("trade", "mean", each="year"), "Trade (US$ m), a year"),
        (Figure("mean_rung:East", "mean"), "Mean rung: East (rung, 0 to 7), at the end"),
        (Figure("need_share", "difference", months=(24, 24)), "Need share (share), month 24"),
        (Figure("access", "mean", months=(17, 60)), "Access (share), months 17 to 60"),
        (Figure("forums_refused", "ratio", per="forums_held"), "Forums refused over forums held"),
        (Figure("coverage", "mean"), "Coverage (share)"),
    ],
)
def test_a_label_says_what_in_which_unit_and_when(figure: Figure, words: str) -> None:
    assert label(figure) == words


def test_those_left_out_are_named() -> None:
    found = label(Figure("recognitions_ever", "mean", without=("CHN", "RUS")))
    assert found == "States ever at formal recognition without CHN and RUS (states)"


@pytest.mark.parametrize(
    ("value", "places", "of", "text"),
    [
        (-1234.5, 0, "difference", "−1,234"),
        (0.2, 1, "difference", "+0.2"),
        (0.2, 1, "mean", "0.2"),
        (-0.001, 2, "difference", "0.00"),
    ],
)
def test_a_difference_has_its_sign(value: float, places: int, of: str, text: str) -> None:
    assert signed(value, places, Figure("gdp", of)) == text


@pytest.mark.parametrize(
    ("low", "high", "more", "places"),
    [
        (0.939, 0.951, 0, 3),
        (0.939, 0.951, 1, 4),
        (0.93, 0.96, 0, 2),
        (1234.5, 1300, 0, 0),
        (1234.5, 1300, 1, 0),
        (0, 1, 1, 0),
        (0.5, 0.5, 0, 2),
    ],
)
def test_a_range_deserves_decimals_by_its_width(
    low: float, high: float, more: int, places: int
) -> None:
    assert places_for(low, high, more) == places


@pytest.mark.parametrize(("half", "places"), [(0.0005, 3), (0.005, 2), (0.5, 0), (50, 0), (3, 0)])
def test_a_printed_figure_keeps_its_decimals(half: float, places: int) -> None:
    assert places_of(Figure("gdp", "mean", half=half)) == places


def test_words_stand_for_a_figure_that_was_not_printed() -> None:
    assert printed(Figure("gdp", "difference", 0, 0.05, words="±0")) == "±0"
    assert printed(Figure("gdp", "difference", 0.5, 0.05)) == "+0.5"
    assert kind(Figure("gdp", "quantile", at=0.05)) == "5 % quantile"
