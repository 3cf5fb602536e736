"""Swings and switches, by hand (model 7.1a)."""

import math
from typing import Any

import pytest

from sim.model.rules.swings import (
    kept_share,
    move_swings,
    moved_swing,
    moved_switch,
    new_share,
    quantile,
    swing_factor,
)
from tests.states import draws, near, state


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (0.0, -15.684130295),
        (0.0005, -4.884520601),
        (0.01, -2.766217995),
        (0.25, -0.490129072),
        (0.5, 0.0),
        (0.9, 1.138044462),
    ],
)
def test_quantiles_of_the_model_document(draw: float, expected: float) -> None:
    """7.1a: sgn(2u-1)·(-ln max(1-|2u-1|, 2^-32))/√2."""
    assert quantile(draw) == pytest.approx(expected, abs=5e-10)


@pytest.mark.parametrize("draw", [0.0, 2.0**-32, 0.1, 0.3, 0.499, 0.75, 0.999, 1.0 - 2.0**-32])
def test_a_quantile_is_that_of_laplace(draw: float) -> None:
    """7.1a: the cumulative distribution at variance 1 gives the draw back."""
    size = quantile(draw)
    tail = 0.5 * math.exp(-math.sqrt(2.0) * abs(size))
    assert (tail if size < 0.0 else 1.0 - tail) == pytest.approx(draw, abs=2.0**-32)


def test_half_of_a_swing_is_gone_after_its_half_life() -> None:
    """7.1a: ρ = exp(-ln 2/T_s), with T_s = 12."""
    kept = kept_share(12.0)
    assert kept == near(0.9438743126816935)
    assert new_share(kept) == near(0.3303048317231533)
    assert kept**12 == near(0.5)


@pytest.mark.parametrize(
    ("swing", "draw", "moved"),
    [
        (1.0, 0.5, 0.8),
        (0.0, 0.9, 0.6 * 0.5 * 1.1380444617808734),
        (1.0, 0.1, 0.8 - 0.6 * 0.5 * 1.1380444617808734),
        (2.9, 1.0 - 2.0**-32, 3.0),
        (-2.9, 0.0, -3.0),
    ],
)
def test_a_swing_keeps_a_share_and_gains_a_draw(swing: float, draw: float, moved: float) -> None:
    """7.1a: clip(ρ s + √(1-ρ²) σ q(u), -3, 3), with ρ = .8 and σ = .5."""
    assert moved_swing(swing, 0.8, 0.5, draw) == near(moved)


@pytest.mark.parametrize("swing", [-20.0, -3.0, -0.5, 0.0, 0.2, 3.0, 3.0000001, 4.0, 50.0])
def test_the_factor_of_a_swing_is_one_more_than_its_tanh(swing: float) -> None:
    """7.1a: f(s) = 1 + tanh s."""
    assert swing_factor(swing) == near(1.0 + math.tanh(swing))


@pytest.mark.parametrize(
    ("on", "draw", "after"),
    [(0, 0.0999, 1), (0, 0.1, 0), (0, 0.9, 0), (1, 0.2999, 0), (1, 0.3, 1), (1, 0.0, 0)],
)
def test_a_switch_goes_on_and_off_by_its_hazards(on: int, draw: float, after: int) -> None:
    """7.1a: w ← 1[u < .1] if w = 0, else 1[u ≥ .3]."""
    assert moved_switch(on, 0.1, 0.3, draw) == after


SPREADS = {
    "money_spread": 0.1,
    "output_spread": 0.2,
    "hardship_spread": 0.3,
    "trade_spread": 0.4,
    "appeal_spread": 0.5,
    "giving_spread": 0.6,
    "interest_spread": 0.7,
}


def test_each_swing_has_its_spread_and_its_draw() -> None:
    """7.1a, 7.12: from rest, √(1-ρ²) σ q(u) with T_s = 12; each of its own draw."""
    drawn = [0.6, 0.65, 0.7, 0.75, 0.8]
    s = state({}, [{}, {}], pools=[{}, {}], parameters=SPREADS)
    names = ("money_swing", "output_swing", "hardship_swing", "trade_swing", "appeal_swing")
    given: dict[str, Any] = dict(zip(names, drawn, strict=True))
    move_swings(s, draws(s, giving_swing=[0.1, 0.5], interest_swing=[0.5, 0.9], **given))
    added = new_share(kept_share(12.0))
    found = [getattr(s.world, name) for name in names]
    assert found == near([added * (0.1 + 0.1 * k) * quantile(u) for k, u in enumerate(drawn)])
    assert [actor.giving_swing for actor in s.actors] == near([added * 0.6 * quantile(0.1), 0.0])
    assert [pool.interest_swing for pool in s.pools] == near([0.0, added * 0.7 * quantile(0.9)])
    assert s.world.appeal_factor == near(swing_factor(found[4]))


def giver(**actor: Any) -> Any:
    """An actor after step 2 of a month, in which all budgets stand at f(.2) before it."""
    s = state({"money_swing": 0.2}, [{"budget_cut": 0.5, "giving_swing": -0.1, **actor}])
    move_swings(s, draws(s))
    return s.actors[0]


def test_money_is_the_cut_and_both_factors() -> None:
    """7.8: money = (1 - away) cut f(s_M) f(s_G)."""
    kept = kept_share(12.0)
    assert giver().money == near(0.5 * swing_factor(0.2 * kept) * swing_factor(-0.1 * kept))


def test_who_is_away_gives_nothing() -> None:
    """7.1a: while on, neither relief nor development money; at .5 nobody leaves or comes back."""
    assert (giver(away=1).away, giver(away=1).money) == (1, 0.0)


@pytest.mark.parametrize(
    ("away", "drawn", "after"), [(0, 0.0039, 1), (0, 0.004, 0), (1, 0.0399, 0), (1, 0.04, 1)]
)
def test_donors_leave_and_come_back(away: int, drawn: float, after: int) -> None:
    """7.1a: .004 and .04 a month, each actor by its own draw."""
    s = state({}, [{"away": away}, {}])
    move_swings(s, draws(s, leaving=[drawn, 0.5]))
    assert [actor.away for actor in s.actors] == [after, 0]
    assert (s.actors[0].money == 0.0) is bool(after)


@pytest.mark.parametrize(
    ("expelling", "drawn", "after"), [(0, 0.0119, 1), (0, 0.012, 0), (1, 0.2499, 0), (1, 0.25, 1)]
)
def test_hosts_expel_and_stop(expelling: int, drawn: float, after: int) -> None:
    """7.1a: .012 and .25 a month, each actor by its own draw."""
    s = state({}, [{}, {"expelling": expelling}])
    move_swings(s, draws(s, expulsion=[0.5, drawn]))
    assert [actor.expelling for actor in s.actors] == [0, after]
