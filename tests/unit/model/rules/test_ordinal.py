"""The one step up or down with a dead band (model 7.1), by hand."""

import math

import pytest

from sim.model.rules.ordinal import (
    climb_chance,
    clip,
    fall_chance,
    logistic,
    may_climb,
    may_fall,
    move_level,
)
from tests.states import near

HALF_UP = {"value": 0.45, "keeping": 9.0, "climb_rate": 0.5, "fall_rate": 0.25}
"""V↑ = κ, so p↑ is half of λ↑: 0.25; V↓ is so high that p↓ is nil."""

HALF_DOWN = {"value": -9.0, "keeping": -0.45, "climb_rate": 0.25, "fall_rate": 0.5}
"""V↓ = -κ, so p↓ is half of λ↓: 0.25; V↑ is so low that p↑ is nil."""


def moved(level: int, draw: float, given: dict[str, float], top: int = 4) -> int:
    """The level after a step with κ = .45 and s = .35 (7.13)."""
    return move_level(level, top, draw, dead_band=0.45, noise=0.35, **given)


def test_the_logistic_is_one_half_at_nought_and_three_quarters_at_log_three() -> None:
    """7: σ(v) = 1/(1+e^-v)."""
    assert logistic(0.0) == 0.5
    assert logistic(math.log(3)) == near(0.75)
    assert logistic(-math.log(3)) == near(0.25)


@pytest.mark.parametrize(("value", "limit"), [(800.0, 1.0), (-800.0, 0.0)])
def test_the_logistic_does_not_overflow(value: float, limit: float) -> None:
    """7: σ has its limits far out."""
    assert logistic(value) == limit


def test_a_climb_is_likely_by_the_value_above_the_dead_band() -> None:
    """7.1: p↑ = λ↑ σ((V↑-κ)/s), here with (V↑-κ)/s = log 3."""
    assert climb_chance(0.09, 0.45 + 0.35 * math.log(3), 0.45, 0.35) == near(0.0675)


def test_a_fall_is_likely_by_the_value_below_the_dead_band() -> None:
    """7.1: p↓ = λ↓ σ((-V↓-κ)/s), here with (-V↓-κ)/s = log 3."""
    assert fall_chance(0.04, -0.45 - 0.35 * math.log(3), 0.45, 0.35) == near(0.03)


def test_between_the_bands_a_climb_and_a_fall_are_both_unlikely() -> None:
    """7.1: at V = 0 both chances are λ σ(-κ/s), a quarter of λ for κ/s = log 3."""
    assert climb_chance(0.1, 0.0, math.log(3), 1.0) == near(0.025)
    assert fall_chance(0.1, 0.0, math.log(3), 1.0) == near(0.025)


@pytest.mark.parametrize(("draw", "may"), [(0.75, False), (0.7500001, True), (0.2, False)])
def test_only_a_draw_above_one_less_the_rate_may_mean_a_climb(draw: float, may: bool) -> None:
    """7.1: u > 1-p↑, strict, and p↑ is at most λ↑ = .25."""
    assert may_climb(draw, 0.25) is may


@pytest.mark.parametrize(("draw", "may"), [(0.25, False), (0.2499999, True), (0.8, False)])
def test_only_a_draw_below_the_rate_may_mean_a_fall(draw: float, may: bool) -> None:
    """7.1: u < p↓, strict, and p↓ is at most λ↓ = .25."""
    assert may_fall(draw, 0.25) is may


@pytest.mark.parametrize(("draw", "level"), [(0.7500001, 3), (0.75, 2), (0.6, 2), (0.1, 2)])
def test_a_step_leads_up_where_the_draw_exceeds_one_less_the_chance(
    draw: float, level: int
) -> None:
    """7.1: + 1[u > 1-p↑], strict, with p↑ = .25; p↓ is nil whatever the draw."""
    assert moved(2, draw, HALF_UP) == level


@pytest.mark.parametrize(("draw", "level"), [(0.2499999, 1), (0.25, 2), (0.4, 2), (0.9, 2)])
def test_a_step_leads_down_where_the_draw_is_below_the_chance(draw: float, level: int) -> None:
    """7.1: - 1[u < p↓], strict, with p↓ = .25; p↑ is nil whatever the draw."""
    assert moved(2, draw, HALF_DOWN) == level


def test_nothing_climbs_above_the_top() -> None:
    """7.1: p↑ = 0 at the top level."""
    assert moved(4, 0.99, HALF_UP) == 4
    assert moved(3, 0.99, HALF_UP, top=3) == 3


def test_nothing_falls_below_the_lowest_level() -> None:
    """7.1: p↓ = 0 at the lowest level."""
    assert moved(0, 0.01, HALF_DOWN) == 0


def test_the_step_below_the_top_and_above_the_lowest_is_open() -> None:
    """7.1: only the ends themselves are closed."""
    assert moved(3, 0.99, HALF_UP) == 4
    assert moved(1, 0.01, HALF_DOWN) == 0


def test_a_value_is_held_between_its_bounds() -> None:
    """7: clip(v, a, b)."""
    assert [clip(value, -1.0, 2.0) for value in (-3.0, 0.5, 7.0)] == [-1.0, 0.5, 2.0]
