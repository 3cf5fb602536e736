"""Trade, rerouting and extractive projects, by hand (model 7.11)."""

import math
from typing import Any

import pytest

from sim.model.rules.trade import (
    move_projects,
    project_value,
    update_investment,
    update_rerouting,
    update_trade,
)
from sim.model.state import State
from tests.states import draws, near, state


def trading(*actors: dict[str, Any], **world: Any) -> State:
    """The trade of a month."""
    s = state({"trade": 99.0, "trade_wanted": 99.0, "trade_lost": 99.0, **world}, actors)
    update_trade(s)
    return s


def test_trade_grows_with_the_rungs_climbed_since_the_start() -> None:
    """7.11: T0/12 (1 + .35 (L-L₀)/7) = 100·1.1 and 100·.95."""
    s = trading(
        {"trade_capacity": 1200.0, "rung": 6, "rung_start": 4},
        {"trade_capacity": 1200.0, "rung": 3, "rung_start": 4},
    )
    assert [actor.trade for actor in s.actors] == near([110.0, 95.0])


def test_trade_follows_income_by_an_elasticity() -> None:
    """7.11: (Y/Y₀)^.6 = (90/80)^.6."""
    s = trading({"trade_capacity": 1200.0}, gdp=90.0, gdp_start=80.0)
    assert s.world.trade == near(100 * 1.125**0.6)


@pytest.mark.parametrize("swing", [-0.3, 0.5])
def test_all_trade_swings(swing: float) -> None:
    """7.11: b = … · f(s_T)."""
    s = trading({"trade_capacity": 1200.0}, trade_swing=swing)
    assert s.world.trade == near(100.0 * (1 + math.tanh(swing)))


def test_a_scenario_may_scale_trade() -> None:
    """9: flow factor T."""
    s = trading({"trade_capacity": 1200.0, "follows": {"trade_factor": 1.25}})
    assert s.world.trade == near(125.0)


def test_with_open_corridors_all_that_is_wanted_is_traded() -> None:
    """10, invariant 5: all o = 1 ⇒ T = b; totals are those of this month."""
    s = trading({"trade_capacity": 1200.0}, {"trade_capacity": 600.0}, rerouting=0.8)
    assert [actor.trade for actor in s.actors] == near([100.0, 50.0])
    found = (s.world.trade_wanted, s.world.trade, s.world.trade_lost)
    assert found == near((150.0, 150.0, 0.0))


def test_a_share_of_what_a_closed_corridor_costs_goes_elsewhere() -> None:
    """7.11: lost = 100·.85; T = b o (1 + .2·85/215); ΣT = Σb - (1-ψ) lost = 300 - 68."""
    s = trading(
        {"trade_capacity": 1200.0, "openness": 0.15}, {"trade_capacity": 2400.0}, rerouting=0.2
    )
    lift = 1 + 0.2 * 85 / 215
    assert [actor.trade for actor in s.actors] == near([15 * lift, 200 * lift])
    assert (s.world.trade_lost, s.world.trade) == near((85.0, 232.0))


def test_where_every_corridor_is_closed_all_trade_is_lost() -> None:
    """7.11: Σ b o = 0 guards the division; nothing can go elsewhere."""
    s = trading({"trade_capacity": 1200.0, "openness": 0.0}, rerouting=0.8)
    assert (s.world.trade, s.world.trade_lost, s.actors[0].trade) == near((0.0, 100.0, 0.0))


def test_a_little_that_passes_is_enough_for_another_way() -> None:
    """7.11: b = 1 each, o = 0 and .5: T = .5 (1 + .2·1.5/.5); the guard is at 0 alone."""
    s = trading(
        {"trade_capacity": 12.0, "openness": 0.0},
        {"trade_capacity": 12.0, "openness": 0.5},
        rerouting=0.2,
    )
    assert s.world.trade == near(0.8)


@pytest.mark.parametrize(
    ("lost", "before", "after"),
    [
        (30.1, 0.3, 0.36),
        (30.0, 0.3, 0.29),
        (0.0, 0.3, 0.29),
        (99.0, 0.79, 0.8),
        (0.0, 0.205, 0.2),
    ],
)
def test_large_losses_teach_to_reroute(lost: float, before: float, after: float) -> None:
    """7.11: clip(ψ + .06 if lost > 30 else ψ - .01, .2, .8)."""
    s = state({"trade_lost": lost, "rerouting": before})
    update_rerouting(s)
    assert s.world.next_rerouting == near(after)


def sponsored(**project: Any) -> State:
    """A project of the second actor, which stands on rung 6 with a grievance of .25; CT is 2."""
    given = {"sponsor": 1, "base_value": -0.75, "up_rate": 0.05, "down_rate": 0.06, **project}
    actors = [{"rung": 0, "grievance": 1.0}, {"rung": 6, "grievance": 0.25}]
    return state({"level": [0, 0, 0, 0, 2, 0]}, actors, projects=[given])


def test_a_project_is_worth_its_sponsor_s_rung_and_safety() -> None:
    """7.11: v₀ + .9 L/7 + .3 x_CT/4 - .8 g of the sponsor."""
    s = sponsored()
    assert project_value(s.projects[0], s) == near(-0.75 + 0.9 * 6 / 7 + 0.15 - 0.2)


def at_value(value: float, stage: int) -> State:
    """A project that is worth `value` to a sponsor on rung 0 without grievance; CT is 0."""
    project = {"base_value": value, "up_rate": 0.05, "down_rate": 0.06, "stage": stage}
    return state({}, [{}], projects=[project])


def stage_after(s: State, draw: float) -> int:
    """The project's stage at the end of the month."""
    move_projects(s, draws(s, project=draw))
    return int(s.projects[0].next_stage)


@pytest.mark.parametrize(("draw", "stage"), [(0.9751, 3), (0.9749, 2), (0.5, 2)])
def test_a_project_moves_on_at_its_own_rate(draw: float, stage: int) -> None:
    """7.11: λ↑ = .05; V = κ, so p↑ = .025."""
    assert stage_after(at_value(0.45, 2), draw) == stage


@pytest.mark.parametrize(("draw", "stage"), [(0.0299, 1), (0.0301, 2), (0.5, 2)])
def test_a_project_falls_back_at_its_own_rate(draw: float, stage: int) -> None:
    """7.11: λ↓ = .06 and V↓ = V↑ = -κ, so p↓ = .03."""
    assert stage_after(at_value(-0.45, 2), draw) == stage


def test_a_project_has_stages_from_none_to_producing() -> None:
    """2: y in 0 to 4."""
    assert stage_after(at_value(99.0, 4), 0.99) == 4
    assert stage_after(at_value(99.0, 3), 0.99) == 4
    assert stage_after(at_value(-99.0, 0), 0.0) == 0


def test_each_project_has_a_draw_of_its_own() -> None:
    """7.12: slot 0 of the project."""
    project = {"base_value": 99.0, "up_rate": 0.05, "stage": 1}
    s = state({}, [{}], projects=[project, project])
    move_projects(s, draws(s, project=[0.5, 0.99]))
    assert [each.next_stage for each in s.projects] == [1, 2]


OIL = [12.5] * 12 + [15.0] * 36 + [0.0] * 192
"""Contracted investment of the oil project (5)."""


def invested(**project: Any) -> Any:
    """A project after the flows of a month."""
    given = {"schedule": OIL, "royalty": 3.0, "investment": 99.0, **project}
    s = state({"investment": 99.0, "royalties": 99.0}, projects=[given])
    update_investment(s)
    return s


@pytest.mark.parametrize(
    ("months", "money"), [(0, 3.75), (11, 3.75), (12, 4.5), (13, 4.5), (47, 4.5), (48, 0.0)]
)
def test_three_tenths_of_the_schedule_are_invested(months: int, money: float) -> None:
    """7.11: .3 × schedule at month inv+1, then inv + 1; 12.5 to month 12, 15 to 48, then 0."""
    s = invested(stage=3, months_invested=months)
    assert (s.projects[0].investment, s.world.investment) == near((money, money))
    assert s.projects[0].next_months_invested == months + 1


def test_beyond_the_end_of_its_schedule_a_project_takes_its_last_month() -> None:
    """7.11: no index out of range, however long a run."""
    s = invested(stage=3, months_invested=500, schedule=[0.0] * 239 + [10.0])
    assert s.world.investment == near(3.0)


@pytest.mark.parametrize("stage", [0, 1, 2])
def test_investment_pauses_below_investing(stage: int) -> None:
    """7.11: with y ≥ 3 in S; it pauses below stage 3."""
    s = invested(stage=stage, months_invested=13)
    assert (s.projects[0].investment, s.world.investment) == (0.0, 0.0)
    assert s.projects[0].next_months_invested == 13


@pytest.mark.parametrize(("stage", "royalty"), [(4, 3.0), (3, 0.0)])
def test_only_a_producing_project_pays_its_royalty(stage: int, royalty: float) -> None:
    """7.11: y = 4: royalty, beside the investment."""
    s = invested(stage=stage)
    assert (s.world.royalties, s.world.investment) == near((royalty, 3.75))


def test_investment_and_royalties_add_up_over_projects() -> None:
    """7.11: I and royalties of all."""
    project = {"schedule": OIL, "stage": 4}
    s = state(projects=[{**project, "royalty": 3.0}, {**project, "royalty": 6.0}])
    update_investment(s)
    assert (s.world.investment, s.world.royalties) == near((7.5, 9.0))
