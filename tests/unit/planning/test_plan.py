"""A plan, and numbers put into it: what is refused, and what is the same whatever was there."""

import math

import pytest
from hypothesis import given

from sim.case.number_id import NumberId
from sim.engine.block import copy_block, start_of, views_of
from sim.engine.prepare import compiled_prepare
from sim.io.errors import CannotCompile
from sim.model.plan import NO_FAULT
from sim.planning.compile import compile_scenario, prepared
from sim.planning.plan import Planned, make_plan
from tests.scenarios import load, with_interventions
from tests.starts import fill_only
from tests.states import afghanistan
from tests.worlds import World, worlds

RUNG = NumberId("actors", "PAK", "rung_2024_02")
LEVEL = NumberId("starts", "2024-02", "levels", 0)
SHIFT = "{month: 3, verb: shift, select: {id: PAK}, param: stance, by: 1}"


def planned(*lines: str) -> Planned:
    """The plan of a scenario with these interventions."""
    loaded = load(with_interventions(*lines))
    return make_plan(loaded.case, loaded.scenario, 12)


def refusal(found: Planned, changes: dict[NumberId, float]) -> list[str]:
    """The lines with which other numbers are refused."""
    numbers = found.numbers.copy()
    for number, value in changes.items():
        numbers[found.places.of[number]] = value
    with pytest.raises(CannotCompile) as caught:
        prepared(found, numbers, "T", fill_only)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (9.0, "must be between 0 and 7, not 9"),
        (-1.0, "must be between 0 and 7, not -1"),
        (2.5, "must be a whole number, not 2.5"),
        (math.nan, "must be a finite number, not nan"),
        (math.inf, "must be a finite number, not inf"),
    ],
)
def test_a_number_out_of_bounds_is_refused_by_its_name(value: float, fault: str) -> None:
    assert refusal(planned(), {RUNG: value}) == [f"{RUNG} {fault}"]


def test_all_numbers_out_of_bounds_are_told_at_once() -> None:
    assert refusal(planned(), {RUNG: 8.0, LEVEL: 1.5}) == [
        "actors.PAK.rung_2024_02 must be between 0 and 7, not 8",
        "starts.2024-02.levels.0 must be a whole number, not 1.5",
    ]


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("verb: force_rung, select: {id: PAK}, rung: 2", "rung", 8.0),
        ("verb: set_issue, issue: EDU, level: 2", "level", 5.0),
        ("verb: shock, kind: atrocity, select: {id: USA}, severity: 0.5", "severity", 1.5),
        ("verb: scale, select: {id: PAK}, param: trade_factor, by: 2", "by", -1.0),
        ("verb: set, select: {id: PAK}, param: descent_rate, to: 0.1", "to", 1.1),
        ("verb: set_global, param: drought_months, to: 5", "to", 61.0),
        ("verb: hold, quantity: need, to: 0.5", "to", 0.96),
    ],
)
def test_a_number_of_an_intervention_has_bounds_of_its_own(
    line: str, field: str, value: float
) -> None:
    found = planned(f"{{name: mine, month: 2, {line}}}")
    [fault] = refusal(found, {NumberId("interventions", "mine", field): value})
    assert fault.startswith(f"interventions.mine.{field} must be ")


def test_a_step_that_leaves_the_bounds_is_told_with_whose_number_it_is() -> None:
    found = planned("{month: 3, verb: shift, select: {id: PAK}, param: descent_rate, by: 0.1}")
    [fault] = refusal(found, {NumberId("interventions", "0", "by"): 1.0})
    assert fault.startswith("descent_rate of PAK must be between 0 and 1, not 1.")


def test_a_number_put_in_is_the_scenario_that_says_so() -> None:
    """What a slider does: `by` in the vector, or in the file."""
    found = planned(SHIFT)
    numbers = found.numbers.copy()
    numbers[found.places.of[NumberId("interventions", "0", "by")]] = 0.123
    mine = prepared(found, numbers, "T", fill_only)
    theirs = planned(SHIFT.replace("by: 1", "by: 0.123"))
    yours = prepared(theirs, theirs.numbers, "T", fill_only)
    assert [each.tobytes() for each in mine] == [each.tobytes() for each in yours]


def test_a_number_of_the_case_put_in_is_the_case_that_has_it() -> None:
    loaded = load(with_interventions(SHIFT))
    found = planned(SHIFT)
    changed = loaded.case.with_numbers({RUNG: 3.0, LEVEL: 2.0})
    numbers = found.numbers.copy()
    numbers[found.places.of[RUNG]], numbers[found.places.of[LEVEL]] = 3.0, 2.0
    mine = prepared(found, numbers, "T")
    yours = compile_scenario(changed, loaded.scenario, 12).start
    assert [each.tobytes() for each in mine] == [each.tobytes() for each in yours]


@pytest.mark.kernel
@given(worlds())
def test_a_start_is_the_same_whatever_stood_there_before(world: World) -> None:
    """Filled and anchored with other numbers, then with its own, as in studies."""
    prepare = compiled_prepare()
    found = make_plan(world.case, world.scenario, world.scenario.months)
    block = copy_block(found.template, found.layout)
    room, start = views_of(block, found.layout), start_of(block, found.layout)
    if prepare(found.numbers, found.plan, room, start)[0] != NO_FAULT:
        return
    once = block.tobytes()
    middle = found.numbers.copy()
    halved = [i for i, low in enumerate(found.plan.low) if low <= middle[i] / 2]
    whole = set(found.plan.must_be_whole.tolist())
    middle[[i for i in halved if i not in whole]] /= 2
    prepare(middle, found.plan, room, start)
    assert block.tobytes() != once
    prepare(found.numbers, found.plan, room, start)
    assert block.tobytes() == once


def test_equal_plans_come_of_equal_scenarios() -> None:
    """A plan says nothing of values: other numbers of the case make the same one."""
    loaded = load(with_interventions(SHIFT))
    one = make_plan(loaded.case, loaded.scenario, 12)
    other = make_plan(afghanistan().with_numbers({RUNG: 3.0}), loaded.scenario, 12)
    assert [each.tobytes() for each in one.plan] == [each.tobytes() for each in other.plan]
    assert one.template.tobytes() == other.template.tobytes()
