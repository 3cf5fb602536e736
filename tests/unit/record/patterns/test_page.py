"""The page says what the figures say."""

from sim.record.patterns.estimate import Figure
from sim.record.patterns.judge import judge
from sim.record.patterns.page import PICTURE, page
from tests.unit.record.patterns.example import a_file

BOUNDED = {"kind": "number", "path": "parameters.ratio", "low": 0.2, "high": 0.4}
RUN = {"kind": "positive", "ensemble": "one", "metric": "gdp", "month": 3}


def lines() -> list[str]:
    """The lines of a page with a pattern that is met in part and one that is missed."""
    file = a_file(P1=[{**BOUNDED, "reference": 0.3, "reference_half": 0.05}, RUN], P2=[BOUNDED])
    figures = {
        "P1": [Figure(0.3, 0.27, 0.33, 0.1, 0.5), Figure(2.0)],
        "P2": [Figure(0.5, note="N")],
    }
    return page("somewhere", file, judge(file, figures), 1234, 7).splitlines()


def test_the_page_begins_with_the_caution_and_what_it_rests_on() -> None:
    text = " ".join(lines())
    for words in (
        "from `seeds/somewhere/patterns.yaml`",
        "**Calibration, not validation.**",
        "1,234 runs of each ensemble, seed 7: 0 met, 1 partly, 1 missed",
        "one: anything from 2021-09, 24 months",
        f"({PICTURE})",
    ):
        assert words in text


def test_every_pattern_has_its_line_and_its_tests() -> None:
    found = lines()
    assert "| P1 | A fact | partly | met |" in found
    assert "| P2 | A fact | missed | met |" in found
    first = "| a quantity |  | 0.30 [0.27, 0.33] | of it | 0.2 to 0.4 | yes | 0.1 … 0.5 | 0.3 |"
    assert first in found
    assert "| a quantity | one | 2 | of it | at most 1 | no |  |  |" in found
    assert "N" in found


def test_lines_of_text_are_folded() -> None:
    assert max(len(line) for line in lines() if not line.startswith("|")) <= 100
