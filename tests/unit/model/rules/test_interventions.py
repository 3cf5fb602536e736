"""Step 1: what interventions do to parameters and state, by hand (model 9)."""

from typing import Any

import pytest

from sim.model.rules import interventions
from sim.model.rules.interventions import (
    apply_interventions,
    clear_flags,
    is_active,
    is_litigation,
    keep_held_quantities,
)
from sim.model.state import State
from sim.model.vocab import Quantity
from tests.states import draws, near, new_clause, new_condition, new_event, state


@pytest.mark.parametrize(
    ("given", "months"),
    [
        ({"first": 3, "last": 3}, [3]),
        ({"first": 3, "last": 6}, [3, 4, 5, 6]),
        ({"first": 3, "last": 11, "every": 4}, [3, 7, 11]),
        ({"first": 3, "last": 10, "every": 4}, [3, 7]),
        ({"first": 10, "last": 2**31, "every": 1}, [10, 11, 12]),
    ],
)
def test_an_event_acts_at_its_month_then_each_so_many_to_its_last(
    given: dict[str, int], months: list[int]
) -> None:
    """9: at `month`, then each `every` months to `until`, inclusive."""
    event = new_event(**given)
    found = [month for month in range(1, 13) if is_active(event, state({"month": month}))]
    assert found == months


def test_flags_of_the_month_before_are_lifted() -> None:
    """3: what was imposed on a month ends with it."""
    world = {
        "quake": 1,
        "forum_scheduled": 1,
        "civil_society": 1,
        "pitch_scheduled": 1,
        "level": [1, 2, 3, 4, 0, 1],
        "level_forced": [1] * 6,
        "level_opened": [9] * 6,
    }
    actor = {"rung": 4, "rung_opened": 2, "rung_forced": 1, "corridor_held": 1, "atrocity": 0.4}
    s = state(world, [actor, actor])
    clear_flags(s)
    found = (s.world.quake, s.world.forum_scheduled, s.world.civil_society, s.world.pitch_scheduled)
    assert found == (0, 0, -1, 0)
    assert s.world.level_forced == [0] * 6
    for each in s.actors:
        assert (each.rung_forced, each.corridor_held, each.atrocity) == (0, 0, 0.0)


def test_rungs_and_levels_are_noted_as_the_month_opens() -> None:
    """7.5: Δx and L_t > L_(t-1) are measured across the whole month."""
    s = state(
        {"level": [1, 2, 3, 4, 0, 1], "level_opened": [9] * 6}, [{"rung": 4, "rung_opened": 2}]
    )
    clear_flags(s)
    assert s.world.level_opened == [1, 2, 3, 4, 0, 1]
    assert s.world.level_opened is not s.world.level
    assert s.actors[0].rung_opened == 4


def after(*events: Any, month: int = 1, **given: Any) -> State:
    """A state of two actors and two pools after step 1."""
    actors = given.pop("actors", [{"rung": 3}, {"rung": 4}])
    pools = [{"balance": 100.0, "lock": 1.0, "stage": 1}, {"balance": 50.0, "stage": 2}]
    s = state({"month": month, **given}, actors, pools=pools, events=events)
    apply_interventions(s, draws(s))
    return s


def test_a_month_takes_its_rows_of_parameters_and_policies() -> None:
    """9: actor and global parameters of the month are rebuilt; month 2 takes the second rows."""
    s = state({"month": 2}, [{}, {}])
    s = s._replace(parameters_of=[[0, 5, 0]], policy_of=[[[0, 1], [7, 8], [0, 1]]])
    events = [new_event(first=9)]
    apply_interventions(s._replace(parameters=s.parameters * 6, events=events), draws(s))
    assert s.world.parameters == 5
    assert [actor.policy for actor in s.actors] == [7, 8]


def test_an_event_outside_its_months_does_nothing() -> None:
    """9: state verbs act at `month`."""
    s = after(new_event(first=2, last=3, verb=interventions.QUAKE), month=1)
    assert s.world.quake == 0


def test_a_forced_actor_stands_on_the_rung_and_keeps_where_it_came_from() -> None:
    """9: force_rung, set in step 1."""
    s = after(new_event(verb=interventions.FORCE_RUNG, target=1, value=7.0))
    assert [(actor.rung, actor.rung_forced, actor.rung_opened) for actor in s.actors] == [
        (3, 0, 3),
        (7, 1, 4),
    ]


@pytest.mark.parametrize(("before", "openness"), [(1.0, 0.15), (0.1, 0.1)])
def test_a_closed_corridor_is_held(before: float, openness: float) -> None:
    """9: o ← min(o, .15) each month; no recovery while held."""
    s = after(
        new_event(verb=interventions.CLOSE_CORRIDOR, target=0),
        actors=[{"openness": before}, {"openness": 1.0}],
    )
    assert [(actor.openness, actor.corridor_held) for actor in s.actors] == [
        (openness, 1),
        (1.0, 0),
    ]


def test_a_budget_cut_takes_its_severity_off_what_was_left() -> None:
    """9: cut ← cut (1 - severity)."""
    event = new_event(verb=interventions.BUDGET_CUT, target=1, value=0.25)
    s = after(event, actors=[{"budget_cut": 0.8}, {"budget_cut": 0.8}])
    assert [actor.budget_cut for actor in s.actors] == near([0.8, 0.6])


@pytest.mark.parametrize(("severity", "held"), [(2.0, 0.0), (-1.0, 1.0)])
def test_what_a_cut_leaves_is_a_share(severity: float, held: float) -> None:
    """2: cut in 0 to 1."""
    event = new_event(verb=interventions.BUDGET_CUT, target=0, value=severity)
    assert after(event, actors=[{"budget_cut": 0.8}]).actors[0].budget_cut == held


def test_atrocities_of_a_month_add_up() -> None:
    """9: shock atrocity(severity)."""
    events = [
        new_event(verb=interventions.ATROCITY, target=0, value=severity) for severity in (0.2, 0.3)
    ]
    assert [actor.atrocity for actor in after(*events).actors] == near([0.5, 0.0])


def test_an_issue_is_set_and_not_moved_that_month() -> None:
    """9: set_issue, set in step 1."""
    s = after(new_event(verb=interventions.SET_ISSUE, target=3, value=2.0), level=[1] * 6)
    assert s.world.level == [1, 1, 1, 2, 1, 1]
    assert s.world.level_forced == [0, 0, 0, 1, 0, 0]
    assert s.world.level_opened == [1] * 6


@pytest.mark.parametrize(
    ("severity", "left", "expected"),
    [(0.3, 2, (0.9, 10)), (0.95, 12, (0.95, 12)), (0.3, 12, (0.9, 12))],
)
def test_a_drought_by_intervention_is_the_worse_of_the_two(
    severity: float, left: int, expected: tuple[float, int]
) -> None:
    """9: drought: max with the present one; .9 for 10 months against what was there."""
    event = new_event(verb=interventions.DROUGHT, value=0.9, months=10)
    s = after(event, drought=severity, drought_left=left)
    assert (s.world.drought, s.world.drought_left) == expected


def test_a_quake_is_a_flag_of_the_month() -> None:
    """9: quake: flag."""
    assert after(new_event(verb=interventions.QUAKE)).world.quake == 1


@pytest.mark.parametrize("seated", [1, 0, -1])
def test_a_forum_is_scheduled_with_or_without_civil_society(seated: int) -> None:
    """9: schedule_forum(civil_society)."""
    world = after(new_event(verb=interventions.FORUM, value=float(seated))).world
    assert (world.forum_scheduled, world.civil_society) == (1, seated)


def test_a_pitch_is_scheduled() -> None:
    """9: pitch."""
    assert after(new_event(verb=interventions.PITCH)).world.pitch_scheduled == 1


def pools(s: State) -> list[tuple[float, float, int]]:
    """Lock, balance and stage of each pool."""
    return [(pool.lock, pool.balance, pool.stage) for pool in s.pools]


def test_a_release_lifts_the_lock_and_keeps_balance_and_stage() -> None:
    """7.10: release: lock 0, the pool keeps its own stage."""
    s = after(new_event(verb=interventions.RELEASE_LITIGATION, target=0))
    assert pools(s) == [(0.0, 100.0, 1), (0.0, 50.0, 2)]
    assert [(pool.moved, pool.awarded) for pool in s.pools] == [(0.0, 0.0), (0.0, 0.0)]


def test_an_outcome_for_the_fund_moves_the_balance() -> None:
    """7.10: fund: lock 0 and the balance moves to another pool."""
    s = after(new_event(verb=interventions.MOVE_LITIGATION, target=0, destination=1))
    assert pools(s) == [(0.0, 0.0, 1), (0.0, 150.0, 2)]
    assert [(pool.moved, pool.awarded) for pool in s.pools] == [(-100.0, 0.0), (100.0, 0.0)]


def test_an_award_takes_the_balance_away() -> None:
    """7.10: award: lock 0 and the balance leaves."""
    s = after(new_event(verb=interventions.AWARD_LITIGATION, target=0))
    assert pools(s) == [(0.0, 0.0, 1), (0.0, 50.0, 2)]
    assert [(pool.moved, pool.awarded) for pool in s.pools] == [(0.0, 100.0), (0.0, 0.0)]


def test_balances_that_move_and_leave_add_up() -> None:
    """10, invariant 3: moved in, moved out and awards, on top of those before."""
    move = new_event(verb=interventions.MOVE_LITIGATION, target=0, destination=1)
    award = new_event(verb=interventions.AWARD_LITIGATION, target=1)
    s = state(
        pools=[{"balance": 100.0, "moved": 5.0}, {"balance": 50.0, "moved": 7.0, "awarded": 3.0}],
        events=[move, award],
    )
    apply_interventions(s, draws(s))
    assert [pool.moved for pool in s.pools] == [-95.0, 107.0]
    assert [pool.awarded for pool in s.pools] == [0.0, 153.0]


def test_only_three_verbs_end_a_litigation() -> None:
    litigation = {
        interventions.RELEASE_LITIGATION,
        interventions.MOVE_LITIGATION,
        interventions.AWARD_LITIGATION,
    }
    assert {verb for verb in range(100) if is_litigation(verb)} == litigation


def test_events_act_in_the_order_of_the_file() -> None:
    """3: interventions in file order, so the last one stands."""
    rungs = [
        new_event(verb=interventions.FORCE_RUNG, target=0, value=float(rung)) for rung in (7, 2)
    ]
    assert after(*rungs).actors[0].rung == 2


def set_by(*events: tuple[int, float]) -> dict[str, float]:
    """What stands in month 3 after events of these first months and values, verb by verb."""
    targets = {
        interventions.FORCE_RUNG: 0,
        interventions.SET_ISSUE: 0,
        interventions.FORUM: -1,
        interventions.HOLD: int(Quantity.NEED),
    }
    each = [
        new_event(verb=verb, target=target, first=first, last=9, value=value)
        for verb, target in targets.items()
        for first, value in events
    ]
    s = state({"month": 3}, [{}], events=each)
    apply_interventions(s, draws(s))
    world = s.world
    return {
        "rung": s.actors[0].rung,
        "level": world.level[0],
        "seat": world.civil_society,
        "need": world.need,
    }


@pytest.mark.parametrize("name", ["rung", "level", "seat", "need"])
def test_of_two_that_began_together_the_later_one_of_the_file_stands(name: str) -> None:
    assert set_by((2, 1.0), (2, 3.0))[name] == 3.0


@pytest.mark.parametrize("name", ["rung", "level", "seat", "need"])
def test_of_two_the_one_that_began_later_stands_wherever_it_is_in_the_file(name: str) -> None:
    assert set_by((1, 1.0), (2, 3.0))[name] == 3.0
    assert set_by((2, 3.0), (1, 1.0))[name] == 3.0


# Conditions


@pytest.mark.parametrize(
    ("lasting", "holds", "months"),
    [(1, 0, []), (1, 1, [5, 8, 11]), (0, 1, [3, 6, 9, 12]), (0, 0, [])],
)
def test_an_event_begins_with_its_condition_or_keeps_to_its_own_months(
    lasting: int, holds: int, months: list[int]
) -> None:
    """What waits for a condition counts from the month in which that was met, here 5."""
    event = new_event(first=3, last=12, every=3, condition=0)
    condition = new_condition(lasting=lasting, holds=holds, met=5)
    found = [
        month
        for month in range(1, 15)
        if is_active(event, state({"month": month}, conditions=[condition]))
    ]
    assert found == months


def test_a_pattern_of_conditions_has_rows_of_its_own() -> None:
    clause = new_clause(quantity=Quantity.NEED, low=0.5)
    s = state({"need": 0.5}, [{}], conditions=[new_condition(switch=1)], clauses=[clause])
    s = s._replace(parameters_of=[[0], [1]], policy_of=[[[0]], [[3]]], parameters=s.parameters * 2)
    apply_interventions(s, draws(s))
    assert (s.world.parameters, s.actors[0].policy) == (1, 3)
    s.world.need = 0.4
    apply_interventions(s, draws(s))
    assert (s.world.parameters, s.actors[0].policy) == (0, 0)


# Holding

HELD = {
    Quantity.NEED: "need",
    Quantity.STRESS: "stress",
    Quantity.MOMENTUM: "momentum",
    Quantity.HARD_LINE: "hard_line",
    Quantity.COHESION: "cohesion",
    Quantity.GDP: "gdp",
}


@pytest.mark.parametrize(("to", "kept"), [(float("nan"), 0.3), (0.7, 0.7)])
@pytest.mark.parametrize("quantity", HELD)
def test_a_held_quantity_ends_the_month_as_it_began(
    quantity: Quantity, to: float, kept: float
) -> None:
    name = HELD[quantity]
    s = after(new_event(verb=interventions.HOLD, target=int(quantity), value=to), **{name: 0.3})
    for other in HELD.values():
        setattr(s.world, f"next_{other}", 0.9)
    keep_held_quantities(s)
    assert getattr(s.world, f"next_{name}") == kept
    assert s.world.held[quantity] == 1
    others = [getattr(s.world, f"next_{other}") for other in HELD.values() if other != name]
    assert others == [0.9] * 5


def test_what_was_held_is_free_in_the_next_month() -> None:
    s = after(new_event(verb=interventions.HOLD, target=int(Quantity.NEED), value=0.7))
    clear_flags(s)
    s.world.next_need = 0.9
    keep_held_quantities(s)
    assert s.world.next_need == 0.9


def test_a_held_rung_and_a_held_issue_are_not_moved() -> None:
    s = after(
        new_event(verb=interventions.HOLD_RUNG, target=1),
        new_event(verb=interventions.HOLD_ISSUE, target=3),
        level=[1] * 6,
    )
    assert [(actor.rung, actor.rung_forced) for actor in s.actors] == [(3, 0), (4, 1)]
    assert s.world.level_forced == [0, 0, 0, 1, 0, 0]
    assert s.world.level == [1] * 6
