"""Accounts and ranges that hold in every month of every world (model 10, 1 to 8; model 2)."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.agents import ActorAgent
from sim.case.case import Case
from sim.case.ties import tie_weights
from sim.metrics import Metrics
from sim.rules.engagement import chance_to_climb, chance_to_fall
from sim.rules.interventions import acts
from sim.schema import columns
from sim.state import Actor, Pool, Project
from sim.state import World as WorldRecord
from sim.vocab import ISSUES, RECOGNITION, RUNGS, TOP_LEVEL
from tests.worlds import Month, World, cases, examples, months_of, worlds

few = examples(0.5)


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


@few
@given(worlds())
def test_rungs_move_one_step_a_month_unless_forced(world: World) -> None:
    """Invariant 1."""
    for month in months_of(world):
        for actor, before in zip(month.model.state.actors, month.actors, strict=True):
            forced_from = actor.rung if actor.rung_forced else before.rung
            assert bounded_steps(actor.rung, forced_from, RUNGS - 1)


@few
@given(worlds())
def test_levels_move_one_step_a_month_unless_forced(world: World) -> None:
    """Invariant 1."""
    for month in months_of(world):
        now = month.model.state.world
        for k in range(ISSUES):
            forced_from = now.level[k] if now.level_forced[k] else month.world.level[k]
            assert bounded_steps(now.level[k], forced_from, TOP_LEVEL)


@few
@given(worlds())
def test_stages_move_one_step_a_month(world: World) -> None:
    """Invariant 1; nothing forces a stage."""
    for month in months_of(world):
        state = month.model.state
        rows = [*zip(state.pools, month.pools, strict=True)]
        rows += zip(state.projects, month.projects, strict=True)
        assert all(bounded_steps(row.stage, before.stage, TOP_LEVEL) for row, before in rows)


@few
@given(worlds())
def test_a_held_rung_or_level_stays_where_it_is_put(world: World) -> None:
    """7.5, 9: what an intervention sets is not moved in the same month."""
    for month in months_of(world):
        state = month.model.state
        for event in state.events:
            if acts(event, state):
                put = events_that_put(event, state)
                assert put is None or put in values_put(event, state)


def events_that_put(event: Any, state: Any) -> int | None:
    """The rung or level at which an event's target stands; None for other events."""
    if event.verb == 0:
        return int(state.actors[event.target].rung)
    return int(state.world.level[event.target]) if event.verb == 1 else None


def values_put(event: Any, state: Any) -> set[int]:
    """What the events of the month put the same target at; the last in file order counts."""
    return {
        int(each.value)
        for each in state.events
        if (each.verb, each.target) == (event.verb, event.target) and acts(each, state)
    }


# 2: weights


@given(cases())
def test_ties_are_shares(case: Case) -> None:
    """Invariant 2: rows of W add up to 0 or 1 within 1e-7, nobody looks to itself."""
    ties = tie_weights(case)
    sums = ties.sum(axis=1)
    assert np.all(ties >= 0.0)
    assert np.all(np.diag(ties) == 0.0)
    assert np.all((sums == 0.0) | (np.abs(sums - 1.0) <= 1e-7))


@few
@given(worlds())
def test_issue_weights_are_shares_for_members_and_for_who_follows_them(world: World) -> None:
    """Invariant 2: ω ≥ 0 adds up to 1 within 1e-12, and delegation keeps it."""
    start = world.compiled().start
    used = np.union1d(start.policy_of, start.actors["policy"].astype(np.int64))
    weights = start.policies["issue_weights"][used]
    assert np.all(weights >= 0.0)
    assert np.all(np.abs(weights.sum(axis=1) - 1.0) <= 1e-12)


# 3: pools


@few
@given(worlds())
def test_pools_balance(world: World) -> None:
    """Invariant 3: B₀ + interest - paid - awards + moved in - moved out = B ≥ 0."""
    opening = [float(row["balance"]) for row in world.compiled().start.pools]
    for month in months_of(world):
        for first, pool in zip(opening, month.model.state.pools, strict=True):
            expected = first + pool.earned - pool.paid - pool.awarded + pool.moved
            assert near(pool.balance, expected, first)
            assert pool.balance >= 0.0


@few
@given(worlds())
def test_what_is_moved_into_pools_left_others(world: World) -> None:
    """Invariant 3: moves between pools add up to nothing."""
    for month in months_of(world):
        assert near(sum(pool.moved for pool in month.model.state.pools), 0.0, 1e4)


@few
@given(worlds())
def test_tranches_go_to_three_destinations(world: World) -> None:
    """Invariant 3: all that is paid goes to reserves, to debt and imports or to the window."""
    for month in months_of(world):
        now, pools = month.model.state.world, month.model.state.pools
        paid = sum(pool.paid for pool in pools)
        assert near(paid, now.reserves + now.debt_paid + now.window_paid, paid)
        assert near(sum(pool.payment for pool in pools), now.tranches)


@few
@given(worlds())
def test_a_tranche_is_paid_only_while_disbursing(world: World) -> None:
    """7.10: with stage 4 at the month's opening, at most the tranche and at most the balance."""
    for month in months_of(world):
        for pool, before in zip(month.model.state.pools, month.pools, strict=True):
            assert 0.0 <= pool.payment <= (pool.tranche if before.stage == TOP_LEVEL else 0.0)
            gained = pool.moved - before.moved - (pool.awarded - before.awarded)
            assert pool.payment <= before.balance + gained + 1e-9


# 4: relief


@few
@given(worlds())
def test_relief_is_carried_over_or_delivered(world: World) -> None:
    """Invariant 4: K = K₀ + ΣH - ΣDel ≥ 0, and Del ≤ ΣH + K."""
    carried = float(world.compiled().start.world[0]["carry_over"])
    for month in months_of(world):
        now = month.model.state.world
        assert 0.0 <= now.delivered <= now.pledged + carried + 1e-9
        carried += now.pledged - now.delivered
        assert near(now.carry_over, carried, now.pledged)
        assert now.carry_over >= 0.0


@few
@given(worlds())
def test_the_appeal_adds_up_until_its_reset(world: World) -> None:
    """7.8: sums restart in January and July, before the month's own pledges."""
    for month in months_of(world):
        now, reset = month.model.state.world, month.model.state.world.calendar in (1, 7)
        for name, added in (("appeal_pledged", now.pledged), ("appeal_required", now.required)):
            before = 0.0 if reset else getattr(month.world, name)
            assert near(getattr(now, name), before + added)
        assert now.price == month.world.price or reset


# 5: trade


@few
@given(worlds())
def test_trade_is_what_is_wanted_less_what_is_lost(world: World) -> None:
    """Invariant 5: ΣT = Σb - (1-ψ)·lost, T ≥ 0, and T = b where all corridors are open."""
    for month in months_of(world):
        now, actors = month.model.state.world, month.model.state.actors
        lost = (1.0 - month.world.rerouting) * now.trade_lost
        if any(actor.trade > 0.0 for actor in actors):
            assert near(now.trade, now.trade_wanted - lost, now.trade_wanted)
        assert all(actor.trade >= 0.0 for actor in actors)
        if now.trade_lost == 0.0:
            assert all(actor.trade == actor.trade_wanted for actor in actors)


# 6: people


@few
@given(worlds())
def test_people_are_born_and_move_but_do_not_vanish(world: World) -> None:
    """Invariant 6: population and refugees together change by natural growth only."""
    for month in months_of(world):
        now, actors = month.model.state.world, month.model.state.actors
        before = month.world.population + sum(actor.refugees for actor in month.actors)
        after = now.population + sum(actor.refugees for actor in actors)
        growth = parameters_of(month).population_growth / 12 * month.world.population
        assert near(after, before + growth)
        assert now.population > 0.0
        assert all(actor.refugees >= 0.0 for actor in actors)


# 7: revenue and reported totals


@few
@given(worlds())
def test_revenue_is_customs_domestic_revenue_and_royalties(world: World) -> None:
    """Invariant 7."""
    for month in months_of(world):
        now, own, state = month.model.state.world, parameters_of(month), month.model.state
        customs = own.customs_rate * sum(actor.trade for actor in state.actors)
        income = month.world.gdp / now.gdp_start
        domestic = own.domestic_rate * own.gdp_value / 12 * income
        opened = zip(state.projects, month.projects, strict=True)
        royalties = sum(project.royalty for project, before in opened if before.stage == TOP_LEVEL)
        assert near(now.revenue, customs + domestic + royalties)


@few
@given(worlds())
def test_reported_totals_are_sums_of_actors(world: World) -> None:
    """Invariant 7, on the trajectories of the kernel."""
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
    "salience_base": (0, 1),
    "domestic_salience": (0, 1),
    "grievance": (0, 1.5),
    "relief_share": (0, 1),
    "development_share": (0, 1),
    "relief_budget": (0, math.inf),
    "budget_cut": (0, 1),
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


@few
@given(worlds())
def test_states_stay_in_their_ranges(world: World) -> None:
    """Invariant 8, with the ranges of model 2."""
    for month in months_of(world):
        state = month.model.state
        assert outside(state.world, WORLD_RANGES) == []
        assert [outside(actor, ACTOR_RANGES) for actor in state.actors] == [[]] * len(state.actors)


@few
@given(worlds())
def test_slow_states_stay_above_their_floors(world: World) -> None:
    """Invariant 8: what a month writes keeps the floors of its own parameters."""
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


@few
@given(worlds())
def test_every_field_is_a_finite_number(world: World) -> None:
    """Invariant 8: no NaN and no infinity, in the state or in what is reported."""
    for month in months_of(world):
        assert [name for name, value in fields(month) if not math.isfinite(value)] == []
    metrics = world.recorded(2).metrics
    assert [name for name in columns(Metrics) if not np.all(np.isfinite(metrics[name]))] == []


class Watched(ActorAgent):
    """An actor that remembers the chances on which it decided."""

    def decide(self) -> None:
        state = self.model.state
        self.chances = chance_to_climb(self, state), chance_to_fall(self, state)
        super().decide()


@few
@given(worlds())
def test_chances_of_a_decision_add_up_to_less_than_one(world: World) -> None:
    """Invariant 8: p↑ + p↓ < 1, none negative, none beyond the ends of the ladder."""
    for month in months_of(world, actor_class=Watched):
        for actor, before in zip(month.model.state.actors, month.actors, strict=True):
            climb, fall = actor.chances
            assert climb >= 0.0
            assert fall >= 0.0
            assert climb + fall < 1.0
            stood = before.rung if not actor.rung_forced else None
            assert climb == 0.0 or stood != RECOGNITION
            assert fall == 0.0 or stood != 0


def test_the_ranges_name_fields_of_the_state() -> None:
    assert set(ACTOR_RANGES) <= set(columns(Actor))
    assert set(WORLD_RANGES) <= set(columns(WorldRecord))


@pytest.mark.parametrize("value", [math.nan, math.inf, -0.1, 1.1])
def test_a_value_outside_its_range_is_seen(value: float) -> None:
    row = type("Row", (), {"drought": value})
    assert outside(row, {"drought": (0, 1)}) == [("drought", pytest.approx(value, nan_ok=True))]
