"""Lines of governments, by hand (model 7.3)."""

import math
from typing import Any

import pytest

from sim.model.rules.engagement import peers_and_leaning
from sim.model.rules.lines import disposition, draw_lines, interest_prevails
from tests.states import draws, near, state


@pytest.mark.parametrize(
    ("line", "worth"),
    [(0.5, 0.0), (0.8, 0.458582483), (0.9, 0.726836040), (0.975, 1.211896437), (0.2, -0.458582483)],
)
def test_a_line_is_worth_its_place_on_a_logistic_distribution(line: float, worth: float) -> None:
    """A.vi, for σ = .6."""
    assert disposition(line, 0.6) == pytest.approx(worth, abs=5e-10)


def test_dispositions_have_the_spread_that_is_asked() -> None:
    """Mean 0 and standard deviation σ over all lines."""
    worth = [disposition((place + 0.5) / 20_000, 0.6) for place in range(20_000)]
    assert math.fsum(worth) == pytest.approx(0.0, abs=1e-9)
    assert math.sqrt(math.fsum(z * z for z in worth) / len(worth)) == pytest.approx(0.6, rel=1e-3)


def governed(month: int, turnover: float, drawn: float, **actor: Any) -> Any:
    """An actor after step 2 of a month, with lines that turn over at .1 a month."""
    given = {"line": 0.3, "disposition": -0.7, **actor}
    s = state({"month": month}, [given], parameters={"line_turnover": 0.1, "line_spread": 0.6})
    draw_lines(s, draws(s, line_turnover=turnover, line=drawn))
    return s.actors[0]


def test_every_line_is_drawn_in_month_1() -> None:
    """7.4b: whatever the turnover draws."""
    assert governed(1, 0.999, 0.8).line == near(0.8 + 2.0**-33)


@pytest.mark.parametrize(("turnover", "line"), [(0.0999, 0.8), (0.1, 0.3), (0.5, 0.3)])
def test_later_a_line_is_drawn_where_the_government_turns_over(
    turnover: float, line: float
) -> None:
    """7.4b: u < ν_z, strict."""
    actor = governed(2, turnover, 0.8)
    assert actor.line == pytest.approx(line, abs=1e-9)
    assert (actor.disposition == -0.7) is (line == 0.3)


def test_institutions_have_lines_too() -> None:
    assert governed(1, 0.5, 0.8, institution=1).disposition == pytest.approx(0.458582, abs=1e-6)


@pytest.mark.parametrize("drawn", [0.0, 1.0 - 2.0**-32])
def test_no_line_is_worth_all_or_nothing(drawn: float) -> None:
    """ℓ in (0, 1): the draw and half a grain."""
    assert abs(governed(1, 0.5, drawn).disposition) < 8.0


def leaned(sharing: float, own: list[float], ties: list[float]) -> float:
    """The leaning of the first actor, which looks to others with these dispositions."""
    actors = [{"disposition": each} for each in own]
    rows = [ties, *[[0.0] * len(own)] * (len(own) - 1)]
    s = state({}, actors, parameters={"line_sharing": sharing}, ties=rows)
    return peers_and_leaning(s.actors[0], 0, s)[1]


def test_a_leaning_is_shared_with_those_whom_one_looks_to() -> None:
    """√(1-c) z + √c ΣWz/√ΣW², with c = .36: .8·.5 + .6·(.6·1 - .4·.5)/√.52."""
    leaning = leaned(0.36, [0.5, 1.0, -0.5], [0.0, 0.6, 0.4])
    assert leaning == near(0.4 + 0.6 * 0.4 / math.sqrt(0.52))


@pytest.mark.parametrize(("sharing", "leaning"), [(0.0, 0.5), (1.0, 1.0)])
def test_nothing_is_shared_at_0_and_all_at_1(sharing: float, leaning: float) -> None:
    assert leaned(sharing, [0.5, 1.0], [0.0, 1.0]) == leaning


def test_who_looks_to_nobody_leans_by_its_own_line() -> None:
    assert leaned(0.9, [0.5, 1.0], [0.0, 0.0]) == 0.5


@pytest.mark.parametrize(
    ("line", "rung", "prevails"), [(0.76, 5, True), (0.75, 5, False), (0.76, 6, False)]
)
def test_an_interest_prevails_with_the_keenest_lines(
    line: float, rung: int, prevails: bool
) -> None:
    """7.3: m ≤ 5 and ℓ > 1 - y, with y = .25."""
    s = state({}, [{"line": line, "follows": {"interest": 0.25}}])
    assert interest_prevails(s.actors[0], rung, s.policies[0]) is prevails
