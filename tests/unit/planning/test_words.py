"""A scenario in words, and how two scenarios differ."""

from pathlib import Path

import pytest

from sim.io.reader import parse_yaml
from sim.planning.words import Change, differences
from sim.scenario.load import Loaded, load_document
from tests.scenarios import HEAD, interventions, with_interventions
from tests.states import afghanistan

START = afghanistan().starts["2024-02"]
EDU = "{issue: EDU, at_least: 3}"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{month: 6, verb: pitch}", "in month 6 (2024-07) only: pitch"),
        ("{month: 6, every: 3, verb: pitch}", "from month 6 (2024-07) on: pitch every: 3"),
        ("{month: 6, until: 7, verb: pitch}", "month 6 (2024-07) to 7 (2024-08): pitch"),
        ("{month: 1, verb: freeze_authority}", "from month 1 (2024-02) on: freeze_authority"),
        (
            "{month: 20, verb: shock, kind: drought, severity: 0.8, months: 8}",
            "month 20 (2025-09) to 27 (2026-04): shock kind: drought, severity: 0.8, months: 8",
        ),
        (
            "{month: 6, verb: set_litigation, pool: litigation, outcome: release}",
            "in month 6 (2024-07), for good: set_litigation pool: litigation, outcome: release",
        ),
        (
            "{month: 1, verb: hold, quantity: need, to: 0.7}",
            "from month 1 (2024-02) on: hold quantity: need, to: 0.7",
        ),
        (
            f"{{name: offer, month: 6, when: {EDU}, verb: pitch}}",
            "offer: when in month 6 (2024-07) or later EDU is at least at level 3, "
            "then once: pitch",
        ),
        (
            f"{{month: 6, deadline: 12, until: 18, when: {EDU}, verb: freeze_authority}}",
            "when in month 6 (2024-07) to 12 (2025-01) EDU is at least at level 3, "
            "then to 18 (2025-07): freeze_authority",
        ),
        (
            f"{{month: 6, while: {EDU}, verb: freeze_authority}}",
            "month 6 (2024-07) to the end, while EDU is at least at level 3: freeze_authority",
        ),
        (
            f"{{month: 6, until: 7, while: {EDU}, verb: pitch}}",
            "month 6 (2024-07) to 7 (2024-08), while EDU is at least at level 3: pitch",
        ),
        (
            "{month: 6, verb: shift, select: {group: West, not: {id: USA}}, param: stance, by: 1}",
            "from month 6 (2024-07) on: shift "
            "select: {group: [West], not: {id: [USA]}}, param: stance, by: 1.0",
        ),
    ],
)
def test_an_intervention_is_a_line(line: str, words: str) -> None:
    [verb] = interventions(line)
    assert verb.sentence(START) == words


def loaded(*lines: str, more: str = "") -> Loaded:
    text = with_interventions(*lines, head=HEAD + more)
    return load_document("x", Path("x.yaml"), parse_yaml(text, "x.yaml"))


def test_scenarios_that_do_the_same_have_no_difference() -> None:
    one = loaded("{month: 6, verb: pitch}")
    assert list(differences(one, loaded("{month: 6, verb: pitch}", more="question: Why?\n"))) == []


def test_each_difference_is_named_with_both_values() -> None:
    one = loaded("{month: 6, verb: pitch}", "{name: it, month: 7, verb: pitch}")
    two = loaded(
        "{month: 8, verb: pitch}",
        "{name: it, month: 9, verb: pitch}",
        more="months: 48\nnumbers: {parameters.noise: 0.3}\n",
    )
    assert list(differences(one, two)) == [
        Change("months", "60", "48"),
        Change("numbers.parameters.noise", "0.35", "0.3"),
        Change(
            "intervention it",
            "it: in month 7 (2024-08) only: pitch",
            "it: in month 9 (2024-10) only: pitch",
        ),
        Change("intervention", "in month 6 (2024-07) only: pitch", None),
        Change("intervention", None, "in month 8 (2024-09) only: pitch"),
    ]


def test_what_stands_twice_differs_only_as_often_as_it_does() -> None:
    once, twice = loaded(*["{month: 6, verb: pitch}"]), loaded(*["{month: 6, verb: pitch}"] * 2)
    added = Change("intervention", None, "in month 6 (2024-07) only: pitch")
    assert list(differences(once, twice)) == [added]
