"""What `patterns.yaml` may say, and that its names must lead somewhere."""

from typing import Any, get_args

import pytest

from sim.io.errors import BadFile
from sim.io.places import shipped
from sim.io.reader import parse_yaml
from sim.io.validation import validate
from sim.record.patterns.checks import AnyCheck
from sim.record.patterns.file import PatternsFile
from sim.record.patterns.play import load_patterns
from sim.scenario.limits import LONGEST
from sim.scenario.setting import Setting
from tests.states import afghanistan

SHIPPED = (shipped("seeds") / "afghanistan" / "patterns.yaml").read_text(encoding="utf-8")


def faults(old: str, new: str) -> list[str]:
    """What is wrong with the shipped file after its first `old` became `new`."""
    assert old in SHIPPED
    document = parse_yaml(SHIPPED.replace(old, new, 1), "p.yaml")
    try:
        validate(PatternsFile, document, Setting(afghanistan(), None, LONGEST))
    except BadFile as error:
        return str(error).splitlines()
    return []


def test_there_are_eighteen_patterns_and_each_test_has_a_known_kind() -> None:
    file = load_patterns("afghanistan").file
    assert list(file.patterns) == [f"P{number}" for number in range(1, 19)]
    union, _ = get_args(AnyCheck)
    tests = [check for pattern in file.patterns.values() for check in pattern.tests]
    assert {type(check) for check in tests} == set(get_args(union))
    assert all(check.reference is not None for check in tests)


def test_every_file_that_a_pattern_names_as_its_source_exists() -> None:
    words = [
        word.strip(";:,.")
        for pattern in load_patterns("afghanistan").file.patterns.values()
        for word in pattern.source.split()
        if ".csv" in word
    ]
    seeds = shipped("seeds")
    folders = (seeds, seeds / "afghanistan")
    assert len(words) >= 10
    assert [word for word in words if not any((each / word).is_file() for each in folders)] == []


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("kind: reaching", "kind: reachin", "patterns.P1.tests[0].kind", "did you mean reaching?"),
        ("kind: state}", "kind: stat}", "patterns.P1.tests[0].who", "unknown kind 'stat'"),
        ("kind: state}", "kind: state, id: UN}", "patterns.P1.tests[0].who", "selects nobody"),
        ("ensemble: early", "ensemble: earl", "tests[0].ensemble", "did you mean early?"),
        ("metric: relief_pledged", "metric: relief", "tests[0].over.metric", "did you mean relief"),
        ("refreezes]", "refreeze]", "P10.tests[1].metrics", "did you mean refreezes?"),
        ("project: oil", "project: oi", "tests[1].project", "did you mean oil?"),
        ("parameters.delivery_ratio", "parameters.ratio", "P18.tests[0].path", "unknown path"),
        ("fit: kosovo", "fit: kosov", "P17.tests[0].fit", "did you mean kosovo?"),
        ('start: "2021-09"', 'start: "2021-10"', "ensembles.early.start", "unknown start"),
        ("last: 46", "last: 61", "P1.tests[0].months.last", "beyond the 60 months"),
        ("month: 60", "month: 61", "P10.tests[0].month", "beyond the 60 months"),
        ("year: 2025", "year: 2026", "P7.tests[2].over.year", "beyond the 60 months"),
        ("year: 2022", "year: 2021", "P7.tests[0].under.year", "beyond the 60 months"),
        ("less: late", "less: lat", "P14.tests[0].over.less", "did you mean late?"),
        ("last: 46", "last: -1", "P1.tests[0].months.last", "must be 0 or more"),
        ("{first: 0, last: 46}", "{first: 47, last: 46}", "P1.tests[0].months", "lies before"),
        ("{first: 0, last: 12}", "{first: 12, last: 12}", "P4.tests[0]", "two months that differ"),
        ("low: 0.4\n", "low: 0.9\n", "P1.tests[0]", "high 0.85 lies below low 0.9"),
        ("        reference: 0.62\n", "", "P1.tests[0]", "go together"),
        ("        high: 3\n", "", "P2.tests[1]", "needs a bound"),
    ],
)
def test_a_wrong_name_or_month_is_said_with_its_place(
    old: str, new: str, where: str, message: str
) -> None:
    [fault] = faults(old, new)
    assert fault.startswith("p.yaml:")
    assert where in fault
    assert message in fault


def test_the_shipped_file_has_no_fault() -> None:
    assert faults("caution", "caution") == []


@pytest.mark.parametrize("when", [{}, {"year": 2022, "months": {"first": 1, "last": 2}}])
def test_an_amount_has_one_time(when: dict[str, Any]) -> None:
    text = str({"ensemble": "early", "metric": "gdp", **when}).replace("'", "")
    [fault] = faults("{ensemble: early, metric: relief_pledged, year: 2023}", text)
    assert "needs a year or months, and not both" in fault
