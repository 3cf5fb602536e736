"""The patterns: the committed page and table belong together, and the model still gives them."""

import re
from collections.abc import Iterator

import pytest
from PIL import Image

from sim.record.ensemble import Runs
from sim.record.patterns.checks import AnyCheck, CaseNumber, Fitted
from sim.record.patterns.estimate import Figure
from sim.record.patterns.judge import verdict
from sim.record.patterns.page import PICTURE
from sim.record.patterns.play import Patterns, chosen, figures, load_patterns
from tests.reference.refresh_patterns import CASE, PAGE, TABLE, figures_in, page_of, read

PAGE_TEXT = PAGE.read_text(encoding="utf-8")
TABLE_TEXT = TABLE.read_text(encoding="utf-8")

SEED, RUNS = 1, 4_000
"""Those of the reference: its document names 4,000 runs, and its figures are those of seed 1."""

ROUNDING = 1.1
"""Half units of the last digit: a figure may have been rounded from one that was rounded."""

LARGEST_PICTURE = 200_000
"""Bytes."""


@pytest.fixture(scope="module")
def patterns() -> Patterns:
    return load_patterns(CASE)


def cells(line: str) -> list[str]:
    """The cells of a line of a table in Markdown."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def inside(value: float, bounds: str) -> bool:
    """Whether a value lies within bounds in words."""
    if bounds.startswith("at most"):
        return value <= float(bounds.removeprefix("at most"))
    if bounds.startswith("at least"):
        return value >= float(bounds.removeprefix("at least"))
    low, high = bounds.split(" to ")
    return float(low) <= value <= float(high)


def sections(page: str) -> Iterator[tuple[str, list[bool], list[bool]]]:
    """Each pattern of a page: its verdict, what its tests claim, and what their figures say."""
    for part in page.split("\n## P")[1:]:
        section = part.split("\n## ")[0]
        flat = " ".join(section.split())
        found = re.search(r"\*\*Verdict: (\w+)\.\*\*", flat)
        assert found is not None
        lines = [cells(line) for line in section.splitlines() if line.startswith("| ")]
        tests = [line for line in lines if line[0] not in ("test", "---")]
        claimed = [line[5] == "yes" for line in tests]
        yield found[1], claimed, [inside(float(line[2].split()[0]), line[4]) for line in tests]


def test_the_page_was_written_from_the_present_patterns_and_table(patterns: Patterns) -> None:
    assert page_of(patterns, TABLE_TEXT) == PAGE_TEXT


def test_the_verdicts_of_the_page_follow_from_its_own_figures() -> None:
    found = list(sections(PAGE_TEXT))
    assert len(found) == 18
    for word, claimed, true in found:
        assert claimed == true
        assert word == verdict(true)


def test_a_page_with_another_verdict_or_figure_is_noticed() -> None:
    word, claimed, true = next(sections(PAGE_TEXT.replace("| 0.620 [", "| 0.920 [", 1)))
    assert (word, claimed, true) == ("met", [True], [False])
    word, _, true = next(sections(PAGE_TEXT.replace("Verdict: met", "Verdict: missed", 1)))
    assert word != verdict(true)


def test_the_page_shows_its_picture_which_is_small() -> None:
    picture = PAGE.parent / PICTURE
    assert f"({PICTURE})" in PAGE_TEXT
    assert picture.stat().st_size < LARGEST_PICTURE
    assert Image.open(picture).width > 1000


def test_the_verdicts_are_those_of_the_document(patterns: Patterns) -> None:
    words = {line["pattern"]: line["verdict"] for line in read(TABLE_TEXT)}
    assert words == {name: one.reference for name, one in patterns.file.patterns.items()}


def close(figure: Figure, check: AnyCheck) -> bool:
    """Whether a figure is the reference's, but for its rounding."""
    assert check.reference is not None
    assert check.reference_half is not None
    return abs(figure.value - check.reference) <= ROUNDING * check.reference_half


def compared(patterns: Patterns, found: dict[str, list[Figure]]) -> dict[str, list[bool]]:
    """Which figures are the reference's; fits are not, since the document does not weigh them."""
    return {
        name: [
            close(figure, check)
            for figure, check in zip(own, patterns.file.patterns[name].tests, strict=True)
            if not isinstance(check, Fitted)
        ]
        for name, own in found.items()
    }


@pytest.mark.soak
def test_every_figure_is_the_one_that_the_document_prints(patterns: Patterns) -> None:
    found = figures(patterns, chosen(patterns, []), Runs(RUNS, SEED))
    assert [name for name, each in compared(patterns, found).items() if not all(each)] == []
    off = {name: [figure.scaled(1.1) for figure in own] for name, own in found.items()}
    numbers = {
        name: [not isinstance(each, CaseNumber) for each in patterns.file.patterns[name].tests]
        for name in found
    }
    assert sum(not all(each) for each in compared(patterns, off).values()) >= len(numbers) - 4


@pytest.mark.soak
def test_the_model_still_gives_the_table(patterns: Patterns) -> None:
    first = read(TABLE_TEXT)[0]
    how = Runs(int(first["runs"]), int(first["seed"]))
    ours, theirs = figures(patterns, chosen(patterns, []), how), figures_in(read(TABLE_TEXT))
    for name, own in theirs.items():
        fits = [isinstance(check, Fitted) for check in patterns.file.patterns[name].tests]
        for one, other, fit in zip(ours[name], own, fits, strict=True):
            assert one.value == pytest.approx(other.value, rel=1e-3 if fit else 1e-8, abs=1e-9)
