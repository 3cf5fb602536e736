"""Of two interventions on the same numbers the one that began later counts, conditions included."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.planning.compile import Compiled, compile_scenario
from sim.scenario.orders import ordered, rival_pairs
from sim.scenario.verbs.base import Intervention
from tests.scenarios import faults, interventions, load, with_interventions
from tests.states import afghanistan
from tests.worlds import run

MONTHS = 14
VALUES = (0.11, 0.12, 0.13)
"""Values of fatigue, one for each intervention."""


def need(place: int, month: int, value: float) -> str:
    """An intervention that puts the need to a value for one month, so that others can wait."""
    times = f"name: need{place}, month: {month}, until: {month}"
    return f"{{{times}, verb: hold, quantity: need, to: {value}}}"


def waiting(value: float, least: float, month: int = 1, more: str = "") -> str:
    """An intervention on fatigue that waits until need was put to a value."""
    when = f"when: {{quantity: need, at_least: {least}}}"
    return f"{{month: {month}, {more}{when}, verb: set_global, param: fatigue, to: {value}}}"


def plain(value: float, month: int) -> str:
    """One that begins in a month."""
    return f"{{month: {month}, verb: set_global, param: fatigue, to: {value}}}"


def compiled(*lines: str) -> Compiled:
    """Fourteen months under these interventions."""
    loaded = load(with_interventions(*lines))
    return compile_scenario(loaded.case, loaded.scenario, MONTHS)


def fatigue(*lines: str) -> list[float]:
    """The fatigue of each month, as a run meets it."""
    made = compiled(*lines)
    recorded = run(made, 1, 1)
    holds = recorded.conditions["holds"][0, 1:]
    switches = made.start.conditions["switch"]
    patterns = (holds * switches).sum(axis=1)
    rows = [made.start.parameters_of[int(p), month] for month, p in enumerate(patterns)]
    return [float(made.start.parameters[row]["fatigue"]) for row in rows]


def expected(begins: dict[int, int]) -> list[float]:
    """What counts in each month where intervention i, in file order, begins in a month."""
    found = []
    for month in range(1, MONTHS + 1):
        begun = sorted((first, i) for i, first in begins.items() if first <= month)
        found.append(VALUES[begun[-1][1]] if begun else 0.008)
    return found


@pytest.mark.kernel
@pytest.mark.parametrize("waits_first", [True, False])
@pytest.mark.parametrize("month", [3, 5, 6, 7, 9])
def test_one_that_waits_against_one_that_does_not(waits_first: bool, month: int) -> None:
    """Need is put above the mark in month 5, so that the month after opens with it met."""
    lines = [waiting(VALUES[0], 0.94), plain(VALUES[1], month)]
    begins = {0: 6, 1: month}
    if not waits_first:
        lines = [plain(VALUES[0], month), waiting(VALUES[1], 0.94)]
        begins = {0: month, 1: 6}
    assert fatigue(*lines, need(0, 5, 0.945)) == expected(begins)


@pytest.mark.kernel
@given(st.permutations([(0.90, 4), (0.92, 7), (0.94, 7)]), st.integers(1, 9))
def test_two_that_wait_against_each_other_and_one_that_does_not(
    marks: list[tuple[float, int]], month: int
) -> None:
    """Need is put higher and higher, month by month; each mark is met in a month of its own."""
    lines = [waiting(VALUES[i], marks[i][0]) for i in (0, 1)] + [plain(VALUES[2], month)]
    puts = [need(0, 3, 0.91), need(1, 6, 0.945)]
    assert fatigue(*lines, *puts) == expected({0: marks[0][1], 1: marks[1][1], 2: month})


@pytest.mark.parametrize("month", [2, 8])
def test_no_switch_is_spent_where_months_tell_the_order(month: int) -> None:
    """What waits from month 3 to month 5 begins after month 2 and before month 8."""
    lines = (waiting(0.2, 0.9, 3, "deadline: 5, "), plain(0.1, month))
    found = ordered(afghanistan(), interventions(*lines))
    assert len(found.conditions.distinct) == 1
    assert [each.condition for each in found.rivalries] == [-1]


def test_no_switch_is_spent_on_what_commutes_or_does_not_meet() -> None:
    when = "when: {quantity: need, at_least: 0.9}"
    on = "verb: shift, select: {id: %s}, param: %s, by: 1"
    lines = (
        f"{{month: 1, {when}, {on % ('PAK', 'stance')}}}",
        f"{{month: 5, {on % ('PAK', 'stance')}}}",
        f"{{month: 5, {on % ('CHN', 'stance')}}}",
        f"{{month: 5, {on % ('PAK', 'reservation')}}}",
    )
    assert ordered(afghanistan(), interventions(*lines)).rivalries == ()


def test_too_many_orders_are_refused() -> None:
    """Six that wait, of which each may begin before or after the seventh and each other."""
    lines = [waiting(0.1 + i / 100, 0.8 + i / 100) for i in range(5)]
    found = faults(with_interventions(*lines))
    assert len(found) == 1
    assert "more than 8 different conditions on policies and parameters, of which 10" in found[0]


def rung(*lines: str) -> list[int]:
    """The rung of Pakistan in each month."""
    made = compiled(*lines)
    place = made.actors.index("PAK")
    rungs: Any = run(made, 1, 1).actors["rung"][0, 1:, place]
    return [int(each) for each in rungs]


def forced(month: int, to: int) -> str:
    """Pakistan is held on a rung from a month on."""
    return f"{{month: {month}, until: 14, verb: force_rung, select: {{id: PAK}}, rung: {to}}}"


@pytest.mark.kernel
@pytest.mark.parametrize("lines", [(forced(3, 1), forced(6, 2)), (forced(6, 2), forced(3, 1))])
def test_of_two_rungs_the_one_that_began_later_counts(lines: tuple[str, str]) -> None:
    assert rung(*lines)[2:] == [1] * 3 + [2] * 9


@pytest.mark.kernel
def test_of_two_rungs_in_one_month_the_later_one_of_the_file_counts() -> None:
    assert rung(forced(3, 1), forced(3, 2))[2:] == [2] * 12
    assert rung(forced(3, 2), forced(3, 1))[2:] == [1] * 12


def level(*lines: str) -> list[int]:
    """The level of the first issue in each month."""
    levels: Any = run(compiled(*lines), 1, 1).issues["level"][0, 1:, 0]
    return [int(each) for each in levels]


def imposed(month: int, to: int) -> str:
    """An issue is held at a level from a month on."""
    return f"{{month: {month}, until: 14, verb: set_issue, issue: EDU, level: {to}}}"


@pytest.mark.kernel
@pytest.mark.parametrize("lines", [(imposed(3, 1), imposed(6, 3)), (imposed(6, 3), imposed(3, 1))])
def test_of_two_levels_the_one_that_began_later_counts(lines: tuple[str, str]) -> None:
    assert level(*lines)[2:] == [1] * 3 + [3] * 9


def held(month: int, to: str) -> str:
    """Need is held from a month on."""
    return f"{{month: {month}, verb: hold, quantity: need{to}}}"


@pytest.mark.kernel
@pytest.mark.parametrize("later_first", [True, False])
def test_of_two_held_values_the_one_that_began_later_counts(later_first: bool) -> None:
    lines = [held(3, ", to: 0.5"), held(6, ", to: 0.6"), held(8, "")]
    found = run(compiled(*(reversed(lines) if later_first else lines)), 1, 1).metrics["need_share"]
    assert found[0, 3:].tolist() == pytest.approx([0.5] * 3 + [0.6] * 9)


def many(count: int, verb: str) -> list[Intervention]:
    """So many interventions of one kind, in any month."""
    lines = (f"{{month: {1 + i % 13}, verb: {verb}}}" for i in range(count))
    return load(with_interventions(*lines)).scenario.interventions


def test_what_commutes_or_changes_no_number_is_held_against_nothing() -> None:
    moves = many(2_000, "shift, select: {all: true}, param: stance, by: 0.001")
    assert rival_pairs(afghanistan(), moves) == []
    assert rival_pairs(afghanistan(), many(2_000, "pitch")) == []


def test_too_many_interventions_on_one_number_are_refused() -> None:
    own = "set_global, param: fatigue, to: 0.01"
    assert len(many(200, own)) == 200
    assert faults(with_interventions(*[f"{{month: 1, verb: {own}}}"] * 300)) == [
        "x.yaml:3:1: interventions: more than 20,000 pairs of interventions on the same numbers"
    ]
