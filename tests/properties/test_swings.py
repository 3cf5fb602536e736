"""Swings and switches: what chance moves, and what it must leave alone (model 10, 38 to 42)."""

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sim.model.rules import swings
from sim.model.state import State
from sim.scenario.verbs.base import Intervention
from tests.properties.pairs import (
    FROZEN,
    ROUNDING,
    Pair,
    Stage,
    first_above,
    recorded,
    set_global,
    stages,
    with_numbers,
)
from tests.properties.statements import asks
from tests.worlds import (
    START,
    Span,
    World,
    difference,
    documented,
    hundredths,
    interventions,
    months_of,
    scenario_of,
)

SPREADS = ("money", "giving", "output", "hardship", "trade", "appeal", "interest")
HAZARDS = ("leaving_rate", "coming_back_rate", "expulsion_rate", "expulsion_end_rate")
OWN = (*(f"{n}_spread" for n in SPREADS), *HAZARDS, "swing_half_life", "expulsion_factor")
"""The parameters of swings and switches."""

WORLD_SWINGS = ("money_swing", "output_swing", "hardship_swing", "trade_swing", "appeal_swing")
ACTOR_SWINGS = ("giving_swing", "away", "expelling")


def chance_moved(state: State) -> list[Any]:
    """All swings and switches of a state."""
    own = [getattr(state.world, name) for name in WORLD_SWINGS]
    own += [getattr(actor, name) for actor in state.actors for name in ACTOR_SWINGS]
    return [*own, *(pool.interest_swing for pool in state.pools)]


@asks(38, st.floats(-3.0, 3.0))
def test_38_the_factors_of_opposite_swings_add_up_to_two(swing: float) -> None:
    """The factors of a swing and of its opposite are positive and add up to 2."""
    up, down = swings.swing_factor(swing), swings.swing_factor(-swing)
    assert min(up, down) > 0.0
    assert abs(up + down - 2.0) <= 4e-16


@asks(38)
def test_38_spread_adds_no_money() -> None:
    """Pledges do not depend on the spread of budgets in the mean, where issues are frozen and
    pledges do not answer to need.
    """
    after = (*FROZEN, set_global("need_elasticity", 0.0))
    still = tuple(set_global(f"{name}_spread", 0.0) for name in ("money", "giving"))
    stage = Stage(documented(), 24, 20240201, ())
    moved, rested = (
        recorded(stage.world(after=verbs), 300).metrics["relief_pledged"].sum(axis=1)
        for verbs in (after, (*after, *still))
    )
    error = np.std(moved - rested, ddof=1) / np.sqrt(len(moved))
    assert abs(np.mean(moved) - np.mean(rested)) < 4.0 * error


def without_chance(stage: Stage) -> World:
    """A world in which nothing swings and nobody leaves or expels."""

    def rested(path: str, value: float) -> float:
        if path == f"starts.{START}.hardship":
            return 0.0
        still = path.endswith("_spread") or path.split(".")[-1] in HAZARDS
        return 0.0 if path.startswith("parameters.") and still else value

    case = with_numbers(stage.case, rested)
    return stage._replace(case=case, shared=others(stage.shared)).world(after=())


def others(verbs: tuple[Intervention, ...]) -> tuple[Intervention, ...]:
    """The interventions that leave swings, switches and budgets alone."""
    return tuple(
        verb
        for verb in verbs
        if getattr(verb, "param", "") not in OWN and getattr(verb, "kind", "") != "budget"
    )


@asks(39, stages(), times=0.5)
def test_39_without_spreads_and_hazards_every_factor_is_one(stage: Stage) -> None:
    """Without spreads, hazards and hardship at the start every swing rests, and every factor is
    exactly 1 in every month.
    """
    for month in months_of(without_chance(stage)):
        state = month.model.state
        assert not any(chance_moved(state))
        assert {actor.money for actor in state.actors} == {1.0}
        assert state.world.appeal_factor == 1.0


@st.composite
def leavers(draw: DrawFn) -> tuple[Stage, int, int]:
    """A world, a month in it after the first, and the place of one actor."""
    stage = draw(stages())
    place = draw(st.integers(0, len(stage.case.actors) - 1))
    return stage, draw(st.integers(2, stage.months)), place


STAYING = (set_global("leaving_rate", 0.0), set_global("coming_back_rate", 0.0))
"""Nobody leaves or comes back by chance."""


def money_in(stage: Stage, month: int, place: int, away: int) -> list[tuple[float, float]]:
    """Relief and development money by actor in a month in which one of them is away, or not."""
    world = stage._replace(shared=others(stage.shared)).world(after=STAYING)
    flows: list[tuple[float, float]] = []
    for each in months_of(world, months=month):
        state = each.model.state
        flows = [(actor.pledged, actor.development) for actor in state.actors]
        if state.world.month == month - 1:
            state.actors[place].away = away
    return flows


@asks(40, leavers(), times=0.5)
def test_40_who_is_away_gives_nothing_and_changes_nobody_else_s_money(
    drawn: tuple[Stage, int, int],
) -> None:
    """An actor that is away gives neither relief nor development money, and changes no other
    actor's money in that month.
    """
    stage, month, place = drawn
    gone, there = (money_in(stage, month, place, away) for away in (1, 0))
    assert gone[place] == (0.0, 0.0)
    assert [*gone[:place], *gone[place + 1 :]] == [*there[:place], *there[place + 1 :]]


@st.composite
def one_seed(draw: DrawFn) -> Pair:
    """Two scenarios of one case and seed that leave the parameters of chance alone."""
    stage = draw(stages())
    verbs = st.lists(interventions(stage.case, Span(1, stage.months)), max_size=4)
    return Pair(
        *(
            World(stage.case, scenario_of(stage.case, stage.months, list(chosen)), stage.seed)
            for chosen in (others(tuple(draw(verbs))), others(tuple(draw(verbs))))
        )
    )


@asks(41, one_seed(), times=0.5)
def test_41_scenarios_of_a_seed_share_swings_and_switches(pair: Pair) -> None:
    """Swings and switches are the same, bit for bit, in any two scenarios of a seed and case that
    leave their parameters alone.
    """
    for one, other in zip(*(months_of(world) for world in pair), strict=True):
        assert chance_moved(one.model.state) == chance_moved(other.model.state)


def expelling(stage: Stage, factor: float, rate: float) -> World:
    """A world in which hosts expel at a rate, by a factor."""
    chance = (set_global("expulsion_factor", factor), set_global("expulsion_rate", rate))
    return stage._replace(shared=others(stage.shared)).world(after=chance)


@asks(42, stages())
def test_42_to_expel_once_as_many_changes_nothing(stage: Stage) -> None:
    """Where a host that expels sends as many people home as before, it changes nothing."""
    worlds = (expelling(stage, 1.0, rate) for rate in (0.5, 0.0))
    assert difference(*map(recorded, worlds)) == ""


@st.composite
def expulsions(draw: DrawFn) -> Pair:
    """Hosts that expel by a factor, and by a larger one."""
    stage, low = draw(stages()), draw(hundredths(0.0, 8.0))
    factors = (low, low + draw(hundredths(0.1, 8.0)))
    return Pair(*(expelling(stage, factor, 0.5) for factor in factors))


@asks(42, expulsions())
def test_42_more_forceful_expulsion_never_lowers_returns(pair: Pair) -> None:
    """The more people a host that expels sends home, the more return in a month that begins with
    the same numbers of refugees.
    """
    less, more = (recorded(world).metrics["returned"][:, :2] for world in pair)
    assert first_above(less, more, ROUNDING) == ""
