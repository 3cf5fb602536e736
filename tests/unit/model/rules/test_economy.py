"""Revenue, stress, output and unemployment, by hand (model 7.11)."""

import math

import pytest

from sim.model.rules.economy import (
    collect_revenue,
    demand,
    income_a_head,
    revenue,
    stress,
    unemployment,
    update_gdp,
)
from tests.states import near, state

DOMESTIC = 0.068 * 17_200 / 12
"""Domestic revenue of a month at the start, US$ m (7.13)."""


def test_revenue_is_customs_and_domestic_revenue_and_royalties() -> None:
    """7.11: customs ΣT + domrate Ȳ/12 (Y/Y₀) + royalties = 14.5 + 97.4667·1.1 + 3."""
    parameters = state().parameters[0]
    assert revenue(100.0, 1.1, 3.0, parameters) == near(14.5 + 1.1 * DOMESTIC + 3.0)
    assert near(97.46666666666667) == DOMESTIC


@pytest.mark.parametrize(
    ("received", "level"), [(240.0, 0.27), (250.0, 0.15), (265.0, 0.0), (100.0, 1.0)]
)
def test_stress_rises_with_the_share_of_missing_revenue(received: float, level: float) -> None:
    """7.11: clip(.15 + 3 (1 - Rev/Need), 0, 1) with Need = 250."""
    assert stress(received, 250.0, state().parameters[0]) == near(level)


def test_the_revenue_that_is_needed_grows_by_two_per_cent_a_year() -> None:
    """7.11: Need = 222.3·1.02^((t-1)/12), in month 13 226.746; Rev = 14.5 + 97.4667·.9 + 3."""
    s = state({"month": 13, "trade": 100.0, "gdp": 90.0, "royalties": 3.0})
    collect_revenue(s)
    received = 17.5 + 0.9 * DOMESTIC
    assert s.world.revenue == near(received)
    assert s.world.next_stress == near(min(1.0, 0.15 + 3 * (1 - received / 255)))


def test_in_the_first_month_the_need_for_revenue_is_that_of_the_start() -> None:
    """7.11: 1.02^0; here Rev = 123.25 + 97.4667."""
    s = state({"month": 1, "trade": 850.0})
    collect_revenue(s)
    assert s.world.next_stress == near(0.15 + 3 * (1 - (123.25 + DOMESTIC) / 222.3))


def test_half_a_year_on_the_need_has_grown_by_the_root_of_that() -> None:
    """7.11: 1.02^(6/12) in month 7."""
    s = state({"month": 7, "trade": 850.0})
    collect_revenue(s)
    assert s.world.next_stress == near(0.15 + 3 * (1 - (123.25 + DOMESTIC) / (222.3 * 1.02**0.5)))


def test_outside_money_beyond_that_of_the_start_is_demand() -> None:
    """7.11: 12 (.15·10 + .80·20 + .10·30 + .40·5 + .45·50)/17200."""
    world = {
        "delivered": 110.0,
        "delivered_start": 100.0,
        "development": 90.0,
        "development_start": 70.0,
        "trade": 1030.0,
        "trade_start": 1000.0,
        "investment": 5.0,
        "tranches": 50.0,
    }
    s = state(world)
    assert demand(s.parameters[0], s) == near(12 * (1.5 + 16 + 3 + 2 + 22.5) / 17_200)


def test_idle_capacity_catches_up() -> None:
    """7.11: Yb (1 + (.022 + .09 (1 - 76/100))/12)."""
    s = state({"gdp_trend": 76.0})
    update_gdp(s)
    assert s.world.next_gdp_trend == near(76 * (1 + (0.022 + 0.09 * 0.24) / 12))


def test_above_the_level_of_2020_there_is_no_catching_up() -> None:
    """7.11: max(0, 1 - Yb/100)."""
    s = state({"gdp_trend": 120.0})
    update_gdp(s)
    assert s.world.next_gdp_trend == near(120 * (1 + 0.022 / 12))


def test_output_moves_an_eighth_of_the_way_to_the_new_trend_with_its_demand() -> None:
    """7.11: Y ← Y + .12 (Y* - Y), Y* = Yb' (1 + 12·.45·50/17200)."""
    s = state({"gdp": 90.0, "tranches": 50.0})
    update_gdp(s)
    target = 100 * (1 + 0.022 / 12) * (1 + 12 * 22.5 / 17_200)
    assert s.world.next_gdp == near(90 + 0.12 * (target - 90))


def test_drought_and_a_ban_on_womens_work_cost_output() -> None:
    """7.11: - .08 dr - .05 (x_EMP,0 - x_EMP)/4, here dr = .5 and EMP from 3 to 1."""
    s = state({"drought": 0.5, "level": [0, 1, 0, 0, 0, 0], "level_start": [0, 3, 0, 0, 0, 0]})
    update_gdp(s)
    target = 100 * (1 + 0.022 / 12) * (1 - 0.04 - 0.025)
    assert s.world.next_gdp == near(100 + 0.12 * (target - 100))


def test_womens_work_that_opens_adds_output() -> None:
    """7.11: the same term with its other sign, EMP from 1 to 4."""
    s = state({"level": [0, 4, 0, 0, 0, 0], "level_start": [0, 1, 0, 0, 0, 0]})
    update_gdp(s)
    target = 100 * (1 + 0.022 / 12) * (1 + 0.05 * 3 / 4)
    assert s.world.next_gdp == near(100 + 0.12 * (target - 100))


@pytest.mark.parametrize("swing", [-0.1, 0.2])
def test_the_target_of_output_swings(swing: float) -> None:
    """7.11: Y* = Yb'·[…]·f(s_Y)."""
    s = state({"output_swing": swing})
    update_gdp(s)
    target = 100 * (1 + 0.022 / 12) * (1 + math.tanh(swing))
    assert s.world.next_gdp == near(100 + 0.12 * (target - 100))


def test_output_and_its_trend_stay_positive() -> None:
    """2: Y > 0 and Yb > 0."""
    s = state({"gdp": 0.0, "gdp_trend": 0.0})
    update_gdp(s)
    assert 0.0 < s.world.next_gdp < 0.001
    assert 0.0 < s.world.next_gdp_trend < 0.001


def test_income_a_head_is_measured_against_the_start() -> None:
    """7.11: gpc = (Y/Y₀)(pop₀/pop) = .9·(40/50)."""
    world = {"gdp": 72.0, "gdp_start": 80.0, "population": 50.0}
    assert income_a_head(state(world)) == near(0.72)


@pytest.mark.parametrize(
    ("gdp", "share"), [(100.0, 0.18), (90.0, 0.23), (140.0, 0.02), (10.0, 0.6)]
)
def test_unemployment_follows_income_a_head(gdp: float, share: float) -> None:
    """7.11: clip(.18 - .5 (gpc-1), .02, .6)."""
    assert unemployment(state({"gdp": gdp})) == near(share)


def test_the_month_reports_unemployment_by_its_opening_output() -> None:
    """3: steps 3 to 12 read S."""
    s = state({"gdp": 90.0})
    update_gdp(s)
    assert s.world.unemployment == near(0.23)
