"""Accounts and ranges that hold in every month of every world (model 10, 1 to 8; model 2)."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sim.agents.model import ActorAgent
from sim.case.case import Case
from sim.model.metrics import Metrics
from sim.model.rules.engagement import chance_to_climb, chance_to_leave
from sim.model.rules.interventions import FORCE_RUNG, SET_ISSUE, first_month, is_active
from sim.model.schema import columns
from sim.model.state import Actor, Pool, Project
from sim.model.state import World as WorldRecord
from sim.model.vocab import GDP, RECOGNITION, TOP_LEVEL
from sim.scenario.verbs.happenings import SetLitigation
from sim.scenario.verbs.state import SetIssue
from tests.properties.pairs import SINGLE_STEPS
from tests.properties.statements import asks
from tests.starts import ties_of
from tests.worlds import (
    Month,
    Span,
    World,
    cases,
    imposed_states,
    months_of,
    scenario_of,
    some,
    worlds,
)


def near(one: float, other: float, scale: float = 0.0) -> bool:
    """Whether two amounts are equal but for rounding; `scale` is the largest amount on the way."""
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9 + 1e-9 * scale)


def parameters_of(month: Month) -> Any:
    """The global parameters of the month."""
    return month.model.state.parameters[month.model.state.world.parameters]


# 1: whole numbers


def bounded_steps(now: Any, before: Any, top: int) -> bool:
    """Whether a level is a whole number within bounds and moved by one at most."""
    return isinstance(now, int) and 0 <= now <= top and abs(now - before) <= 1


@asks(1, worlds(), times=0.5)
def test_1_rungs_move_one_step_a_month_unless_forced(world: World) -> None:
    """A rung is one of the ladder; without leaps it moves to the next at most, unless forced."""
    ladder = world.case.ladder
    for month in months_of(world.with_last(SINGLE_STEPS)):
        for actor, before in zip(month.model.state.actors, month.actors, strict=True):
            forced_from = actor.rung if actor.rung_forced else before.rung
            assert isinstance(actor.rung, int)
            assert actor.rung in ladder
            assert abs(ladder.index(actor.rung) - ladder.index(forced_from)) <= 1


@asks(1, worlds(), times=0.5)
def test_1_levels_move_one_step_a_month_unless_forced(world: World) -> None:
    """A level of an issue is a whole number from 0 to 4 and moves by one a month at most,
    unless forced.
    """
    for month in months_of(world):
        now = month.model.state.world
        for k in range(now.issues):
            forced_from = now.level[k] if now.level_forced[k] else month.world.level[k]
            assert bounded_steps(now.level[k], forced_from, TOP_LEVEL)


@asks(1, worlds(), times=0.5)
def test_1_stages_move_one_step_a_month(world: World) -> None:
    """A stage of a pool or project is a whole number from 0 to 4 and moves by one a month at
    most.

    Nothing forces a stage.
    """
    for month in months_of(world):
        state = month.model.state
        rows = [*zip(state.pools, month.pools, strict=True)]
        rows += zip(state.projects, month.projects, strict=True)
        assert all(bounded_steps(row.stage, before.stage, TOP_LEVEL) for row, before in rows)


@st.composite
def imposed(draw: DrawFn) -> World:
    """A world in which a level and perhaps a rung are held somewhere, last in the file."""
    world = draw(worlds())
    last = world.scenario.months
    month = draw(st.integers(1, last))
    verbs = [
        *world.scenario.interventions,
        draw(imposed_states(world.case, Span(month, last))),
    ]
    if world.case.issues:
        verbs.append(
            SetIssue(
                verb="set_issue",
                month=month,
                until=draw(st.integers(month, last)),
                issue=draw(some(world.case.issues, 1)),
                level=draw(st.integers(0, 4)),
            )
        )
    return replace(world, scenario=scenario_of(world.case, last, verbs))


@asks(1, imposed(), times=0.5)
def test_1_a_rung_or_level_that_is_set_is_not_moved(world: World) -> None:
    """A rung or level that an intervention sets is not moved in the same month."""
    for month in months_of(world):
        state = month.model.state
        for event in state.events:
            if is_active(event, state):
                put = where_it_stands(event, state)
                assert put is None or put == last_put(event, state)


def where_it_stands(event: Any, state: Any) -> int | None:
    """The rung or level at which an event's target stands; None for events that set neither."""
    if event.verb == FORCE_RUNG:
        return int(state.actors[event.target].rung)
    return int(state.world.level[event.target]) if event.verb == SET_ISSUE else None


def last_put(event: Any, state: Any) -> int:
    """What the same target is put at by the event that began last; the later of two in the list."""
    found = [
        each
        for each in state.events
        if (each.verb, each.target) == (event.verb, event.target) and is_active(each, state)
    ]
    return int(sorted(found, key=lambda each: first_month(each, state))[-1].value)


# 2: weights


@asks(2, cases())
def test_2_ties_are_shares(case: Case) -> None:
    """The weights an actor gives to others are not negative and add up to 0 or 1.

    Rows of W add up to 0 or 1 within 1e-7, nobody looks to itself.
    """
    ties = ties_of(case)
    sums = ties.sum(axis=1)
    assert np.all(ties >= 0.0)
    assert np.all(np.diag(ties) == 0.0)
    assert np.all((sums == 0.0) | (np.abs(sums - 1.0) <= 1e-7))


@asks(2, worlds(), times=0.5)
def test_2_issue_weights_are_shares_for_members_and_followers(world: World) -> None:
    """Issue weights are not negative and add up to 1, for members and for who follows them.

    The sum is 1 within 1e-12, and delegation keeps it.
    """
    start = world.compiled().start
    used = np.union1d(start.policy_of, start.actors["policy"].astype(np.int64))
    weights = start.policies["issue_weights"][used]
    assert np.all(weights >= 0.0)
    if not world.case.issues:
        assert not weights.any()
        return
    assert np.all(np.abs(weights.sum(axis=1) - 1.0) <= 1e-12)


# 3: pools


@asks(3, worlds(), times=0.5)
def test_3_pools_balance(world: World) -> None:
    """A pool holds what it began with, has earned and was returned, less what was paid, awarded
    and moved away.

    B₀ + interest - paid + returned - awards + moved in - moved out = B ≥ 0.
    """
    opening = [float(row["balance"]) for row in world.compiled().start.pools]
    for month in months_of(world):
        for first, pool in zip(opening, month.model.state.pools, strict=True):
            expected = first + pool.earned - pool.paid - pool.awarded + pool.moved + pool.returned
            assert near(pool.balance, expected, first)
            assert pool.balance >= 0.0


@st.composite
def moved_pools(draw: DrawFn) -> World:
    """A world in which a pool is moved to another one."""
    world = draw(worlds().filter(lambda world: len(world.case.pools) > 1))
    one, other = draw(st.permutations(sorted(world.case.pools)))[:2]
    month = draw(st.integers(1, world.scenario.months))
    moved = SetLitigation(verb="set_litigation", month=month, pool=one, outcome="fund", to=other)
    verbs = [*world.scenario.interventions, moved]
    return replace(world, scenario=scenario_of(world.case, world.scenario.months, verbs))


@asks(3, moved_pools(), times=0.5)
def test_3_what_is_moved_into_pools_left_others(world: World) -> None:
    """What was moved into pools left other pools: moves add up to nothing."""
    for month in months_of(world):
        assert near(sum(pool.moved for pool in month.model.state.pools), 0.0, 1e4)


@asks(3, worlds(), times=0.5)
def test_3_tranches_go_to_three_destinations(world: World) -> None:
    """All that pools paid and was not returned went to reserves, to debt and imports, or to the
    humanitarian window.
    """
    for month in months_of(world):
        now, pools = month.model.state.world, month.model.state.pools
        paid = sum(pool.paid for pool in pools)
        kept = paid - sum(pool.returned for pool in pools)
        assert near(kept, now.reserves + now.debt_paid + now.window_paid, paid)
        assert near(sum(pool.payment for pool in pools), now.tranches)


@asks(3, worlds(), times=0.5)
def test_3_a_tranche_is_paid_only_while_disbursing(world: World) -> None:
    """A pool pays only while disbursing, at most its tranche and at most its balance, but for
    deals; suspended it pays nothing.

    7.8: with stage 4 at the month's opening, at most the tranche and at most the balance.
    """
    for month in months_of(world):
        for pool, before in zip(month.model.state.pools, month.pools, strict=True):
            tranche = pool.tranche if before.stage == TOP_LEVEL and not pool.suspended else 0.0
            assert 0.0 <= pool.payment <= (pool.instalments + tranche) * (1.0 + 1e-12)
            assert pool.instalments == 0.0 or not pool.suspended
            gained = pool.moved - before.moved - (pool.awarded - before.awarded)
            assert pool.payment <= before.balance + gained + 1e-9


# 4: relief


@asks(4, worlds(), times=0.5)
def test_4_relief_is_carried_over_or_delivered(world: World) -> None:
    """Relief that was pledged is delivered or carried over, and no more is delivered than there
    is.

    K = K₀ + ΣH - ΣDel ≥ 0, and Del ≤ ΣH + K.
    """
    carried = float(world.compiled().start.world[0]["carry_over"])
    for month in months_of(world):
        now = month.model.state.world
        assert 0.0 <= now.delivered <= now.pledged + carried + 1e-9
        carried += now.pledged - now.delivered
        assert near(now.carry_over, carried, now.pledged)
        assert now.carry_over >= 0.0


@asks(4, worlds(), times=0.5)
def test_4_the_appeal_adds_up_until_its_reset(world: World) -> None:
    """The sums of an appeal hold the pledges and requirements since January or July.

    7.8: sums restart in January and July, before the month's own pledges.
    """
    for month in months_of(world):
        now, reset = month.model.state.world, month.model.state.world.calendar in (1, 7)
        for name, added in (("appeal_pledged", now.pledged), ("appeal_required", now.required)):
            before = 0.0 if reset else getattr(month.world, name)
            assert near(getattr(now, name), before + added)
        assert now.price == month.world.price or reset


# 5: trade


@asks(5, worlds(), times=0.5)
def test_5_trade_is_what_is_wanted_less_what_is_lost(world: World) -> None:
    """Trade is what is wanted less what is lost and not rerouted; with open corridors it is
    what is wanted.

    ΣT = Σb - (1-ψ)·lost, T ≥ 0, and T = b where all corridors are open.
    """
    for month in months_of(world):
        now, actors = month.model.state.world, month.model.state.actors
        lost = (1.0 - month.world.rerouting) * now.trade_lost
        if any(actor.trade > 0.0 for actor in actors):
            assert near(now.trade, now.trade_wanted - lost, now.trade_wanted)
        assert all(actor.trade >= 0.0 for actor in actors)
        if now.trade_lost == 0.0:
            assert all(actor.trade == actor.trade_wanted for actor in actors)


# 6: people


@asks(6, worlds(), times=0.5)
def test_6_people_are_born_and_move_but_do_not_vanish(world: World) -> None:
    """People at home and refugees together change by natural growth alone."""
    for month in months_of(world):
        now, actors = month.model.state.world, month.model.state.actors
        before = month.world.population + sum(actor.refugees for actor in month.actors)
        after = now.population + sum(actor.refugees for actor in actors)
        growth = parameters_of(month).population_growth / 12 * month.world.population
        assert near(after, before + growth)
        assert now.population > 0.0
        assert all(actor.refugees >= 0.0 for actor in actors)


# 7: revenue and reported totals


@asks(7, worlds(), times=0.5)
def test_7_revenue_is_customs_domestic_revenue_and_royalties(world: World) -> None:
    """Revenue is customs, domestic revenue and royalties."""
    for month in months_of(world):
        now, own, state = month.model.state.world, parameters_of(month), month.model.state
        customs = own.customs_rate * sum(actor.trade for actor in state.actors)
        gdp = now.gdp if now.held[GDP] else month.world.gdp  # what is held was put there first
        income = gdp / now.gdp_start
        domestic = own.domestic_rate * own.gdp_value / 12 * income
        opened = zip(state.projects, month.projects, strict=True)
        royalties = sum(project.royalty for project, before in opened if before.stage == TOP_LEVEL)
        assert near(now.revenue, customs + domestic + royalties)


@asks(7, worlds(), times=0.5)
def test_7_reported_totals_are_sums_of_actors(world: World) -> None:
    """Reported totals are the sums of the actors', pools' and projects' own amounts."""
    recorded = world.recorded(2)
    for total, part in (
        ("relief_pledged", "relief_pledged"),
        ("development", "development"),
        ("trade", "trade"),
    ):
        assert np.allclose(recorded.metrics[total], recorded.actors[part].sum(axis=2), 1e-9, 1e-9)
    for total, part in (("assets_frozen", "balance"), ("assets_paid", "paid")):
        assert np.allclose(recorded.metrics[total], recorded.pools[part].sum(axis=2), 1e-9, 1e-9)
    invested = recorded.projects["investment"].sum(axis=2)
    assert np.allclose(recorded.metrics["investment"], invested, 1e-9, 1e-9)


# 8: ranges

ACTOR_RANGES = {
    "rung": (0, 7),
    "line": (0, 1),
    "salience_base": (0, 1),
    "domestic_salience": (0, 1),
    "grievance": (0, 1.5),
    "relief_share": (0, 1),
    "development_share": (0, 1),
    "relief_budget": (0, math.inf),
    "budget_cut": (0, 1),
    "giving_swing": (-3, 3),
    "away": (0, 1),
    "expelling": (0, 1),
    "money": (0, 4),
    "belief": (0, 1.5),
    "window": (0, 6),
    "openness": (0, 1),
    "refugees": (0, math.inf),
    "score": (0, 1),
    "pledged": (0, math.inf),
    "development": (0, math.inf),
    "trade": (0, math.inf),
}
WORLD_RANGES = {
    "level": (0, 4),
    "hard_line": (0, 1),
    "cohesion": (0, 1),
    "momentum": (-1, 1),
    "stress": (0, 1),
    "tenure": (0, math.inf),
    "slow_budget": (0, 1),
    "attention": (0, math.inf),
    "carry_over": (0, math.inf),
    "appeal_pledged": (0, math.inf),
    "appeal_required": (0, math.inf),
    "money_swing": (-3, 3),
    "output_swing": (-3, 3),
    "hardship_swing": (-3, 3),
    "trade_swing": (-3, 3),
    "appeal_swing": (-3, 3),
    "appeal_factor": (1e-9, 2),
    "hardship_factor": (0, 2),
    "reach": (1e-9, 1),
    "price": (1e-9, math.inf),
    "gdp": (1e-9, math.inf),
    "gdp_trend": (1e-9, math.inf),
    "population": (1e-9, math.inf),
    "need": (0.15, 0.95),
    "health": (0, 1),
    "rerouting": (0, 1),
    "reserves": (0, math.inf),
    "debt_paid": (0, math.inf),
    "drought": (0, 1),
    "drought_left": (0, math.inf),
    "pitch_left": (0, math.inf),
    "pitch_strength": (0, 1),
    "pitches": (0, math.inf),
    "access": (0, 1),
    "food_insecure": (0, 1),
    "unemployment": (0.02, 0.6),
    "mediation": (0, math.inf),
    "durability": (0, 1),
}
ROUNDING = 1e-12


def outside(row: Any, ranges: dict[str, tuple[float, float]]) -> list[tuple[str, Any]]:
    """Fields of a record that lie outside their ranges."""
    return [
        (name, value)
        for name, (low, high) in ranges.items()
        for value in as_list(getattr(row, name))
        if not low - ROUNDING <= value <= high + ROUNDING
    ]


def as_list(value: Any) -> list[Any]:
    """A field's values."""
    return value if isinstance(value, list) else [value]


@asks(8, worlds(), times=0.5)
def test_8_states_stay_in_their_ranges(world: World) -> None:
    """Every state lies in its declared range.

    With the ranges of model 2.
    """
    for month in months_of(world):
        state = month.model.state
        assert outside(state.world, WORLD_RANGES) == []
        assert [outside(actor, ACTOR_RANGES) for actor in state.actors] == [[]] * len(state.actors)


@asks(8, worlds(), times=0.5)
def test_8_slow_states_stay_above_their_floors(world: World) -> None:
    """Slow states keep the floors and ceilings of the month's parameters."""
    for month in months_of(world):
        now, own = month.model.state.world, parameters_of(month)
        assert own.fatigue_floor <= now.slow_budget
        assert own.rerouting_least <= now.rerouting <= own.rerouting_most
        assert now.price == month.world.price or now.price >= own.requirement_floor


def fields(month: Month) -> Iterator[tuple[str, Any]]:
    """Every field of every record."""
    state = month.model.state
    rows = [(WorldRecord, state.world)]
    rows += [(Actor, row) for row in state.actors]
    rows += [(Pool, row) for row in state.pools]
    rows += [(Project, row) for row in state.projects]
    for record, row in rows:
        for name in columns(record):
            yield from ((name, value) for value in as_list(getattr(row, name)))


@asks(8, worlds(), times=0.5)
def test_8_every_field_is_a_finite_number(world: World) -> None:
    """Every field of the state and of what is reported is a finite number."""
    for month in months_of(world):
        assert [name for name, value in fields(month) if not math.isfinite(value)] == []
    metrics = world.recorded(2).metrics
    assert [name for name in columns(Metrics) if not np.all(np.isfinite(metrics[name]))] == []


class Watched(ActorAgent):
    """An actor that remembers the chances on which it decided."""

    def decide(self) -> None:
        state = self.model.state
        rungs = range(1, RECOGNITION + 1)
        self.chances = [
            (chance_to_climb(self, rung, state), chance_to_leave(self, rung, state))
            for rung in rungs
        ]
        super().decide()


@asks(8, worlds(), times=0.5)
def test_8_chances_of_a_decision_add_up_to_less_than_one(world: World) -> None:
    """The chances of a climb to a rung and of a fall from any are not negative and add up to less
    than 1.
    """
    for month in months_of(world, actor_class=Watched):
        for actor in month.model.state.actors:
            climbs, falls = zip(*actor.chances, strict=True)
            assert min(climbs) >= 0.0
            assert min(falls) >= 0.0
            assert max(climbs) + max(falls) < 1.0


def test_the_ranges_name_fields_of_the_state() -> None:
    assert set(ACTOR_RANGES) <= set(columns(Actor))
    assert set(WORLD_RANGES) <= set(columns(WorldRecord))


@pytest.mark.parametrize("value", [math.nan, math.inf, -0.1, 1.1])
def test_a_value_outside_its_range_is_seen(value: float) -> None:
    row = type("Row", (), {"drought": value})
    assert outside(row, {"drought": (0, 1)}) == [("drought", pytest.approx(value, nan_ok=True))]
