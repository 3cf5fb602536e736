"""What never counts or changes nothing is told, and what counts is not."""

import pytest

from sim.planning.compile import compile_scenario
from sim.planning.effects import without_effect
from tests.scenarios import load, with_interventions


def told(*lines: str) -> dict[int, str]:
    """What is told of interventions, by their places."""
    loaded = load(with_interventions(*lines))
    made = compile_scenario(loaded.case, loaded.scenario)
    return without_effect(loaded.case, loaded.scenario.interventions, made.planned)


NOTHING = "changes nothing: without it everything is the same"
ISOLATE = "{month: %d, verb: set_policy, select: {group: West}, policy: isolation}"
ENGAGE = "{month: %d, verb: set_policy, select: {all: true}, policy: mediator}"
WHEN = "when: {quantity: need, at_least: 0.7}"


@pytest.mark.parametrize(
    ("lines", "never"),
    [
        ((ISOLATE % 6, ENGAGE % 6), {0: 1}),
        ((ENGAGE % 6, ISOLATE % 6), {}),
        ((ISOLATE % 6, ENGAGE % 7), {}),
        ((ISOLATE % 6, ENGAGE % 5), {}),
        (
            (
                "{month: 3, verb: set_global, param: fatigue, to: 0.01}",
                "{month: 3, verb: set_global, param: fatigue, to: 0.02}",
            ),
            {0: 1},
        ),
        (
            (
                "{month: 3, verb: set_issue, issue: EDU, level: 3}",
                "{month: 3, verb: set_issue, issue: [EDU, EMP], level: 1}",
            ),
            {0: 1},
        ),
        (
            (
                "{month: 3, verb: set_issue, issue: [EDU, EMP], level: 3}",
                "{month: 3, verb: set_issue, issue: EDU, level: 1}",
            ),
            {},
        ),
        (
            (
                "{month: 4, until: 8, verb: force_rung, select: {id: PAK}, rung: 2}",
                "{month: 4, until: 9, verb: force_rung, select: {id: PAK}, rung: 3}",
            ),
            {0: 1},
        ),
        (
            (
                "{month: 4, until: 9, verb: force_rung, select: {id: PAK}, rung: 2}",
                "{month: 4, until: 8, verb: force_rung, select: {id: PAK}, rung: 3}",
            ),
            {},
        ),
        (
            (
                "{month: 4, verb: hold, quantity: need, to: 0.5}",
                "{month: 4, verb: hold, quantity: need, to: 0.6}",
            ),
            {0: 1},
        ),
        (
            (
                f"{{month: 4, {WHEN}, verb: set_issue, issue: EDU, level: 3}}",
                f"{{month: 4, {WHEN}, verb: set_issue, issue: EDU, level: 1}}",
            ),
            {0: 1},
        ),
        (
            (
                f"{{month: 4, {WHEN}, verb: set_issue, issue: EDU, level: 3}}",
                "{month: 4, verb: set_issue, issue: EDU, level: 1}",
            ),
            {},
        ),
    ],
)
def test_what_is_undone_where_it_begins_is_told_with_what_counts_instead(
    lines: tuple[str, ...], never: dict[int, int]
) -> None:
    assert told(*lines) == {
        place: f"never counts; interventions[{other}] does, on the same numbers"
        for place, other in never.items()
    }


def test_one_with_a_name_is_called_by_it() -> None:
    line = "{name: opening, month: 6, verb: set_policy, select: {all: true}, policy: mediator}"
    assert told(ISOLATE % 6, line)[0].startswith("never counts; intervention opening does")


@pytest.mark.parametrize(
    "line",
    [
        "{month: 2, verb: shift, select: {id: PAK}, param: stance, by: 0}",
        "{month: 2, verb: scale, select: {group: West}, param: trade_factor, by: 1}",
        "{month: 2, verb: set, select: {id: PAK}, param: asset_stance, to: 0.7}",
        "{month: 2, verb: shock, kind: budget, severity: 0, select: {id: USA}}",
        "{month: 2, verb: shock, kind: atrocity, severity: 0, select: {id: USA}}",
        "{month: 2, verb: shock, kind: drought, severity: 0, months: 3}",
    ],
)
def test_what_changes_nothing_is_told(line: str) -> None:
    assert told(line) == {0: NOTHING}


@pytest.mark.parametrize(
    "line",
    [
        "{month: 2, verb: shift, select: {id: PAK}, param: stance, by: 0.1}",
        "{month: 2, verb: set, select: {custodian: true}, param: asset_stance, to: 0.7}",
        "{month: 2, verb: set, select: {id: PAK}, param: asset_stance, to: -0.7}",
        "{month: 2, verb: freeze_authority}",
        "{month: 2, verb: pitch}",
        "{month: 2, verb: shock, kind: quake}",
        f"{{month: 2, {WHEN}, verb: set_global, param: fatigue, to: 0.01}}",
    ],
)
def test_what_counts_is_not_told(line: str) -> None:
    assert told(line) == {}
