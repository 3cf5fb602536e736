"""The one step up or down: its ends, its strictness and the coupling theorem (model 7.1, 7.4)."""

from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sim.agents.cast import Cast
from sim.agents.model import EngagementModel
from sim.engine.draws import draw_month_as_lists
from sim.model.rules.engagement import chance_to_climb, chance_to_leave, decide
from sim.model.rules.month import open_month
from sim.model.rules.ordinal import climb_chance, clip, fall_chance, logistic, move_level
from sim.model.vocab import RECOGNITION
from tests.worlds import World, copied, worlds

WORDS = 2**32
"""Draws are words of 32 bits over this."""

TOP = 4

words = (
    st.integers(0, WORDS - 1) | st.integers(0, WORDS // 8) | st.integers(WORDS * 3 // 4, WORDS - 1)
)
draws = words.map(lambda word: word / WORDS)
utilities = st.floats(-20.0, 20.0)
rates = st.floats(0.0, 0.49)
bands = st.floats(0.0, 1.0)
noises = st.floats(0.05, 2.0)


class Copy(NamedTuple):
    """One of two copies of a kernel that share a draw."""

    level: int
    value: float
    keeping: float
    climb_rate: float
    fall_rate: float


@st.composite
def copies(draw: DrawFn) -> tuple[Copy, Copy]:
    """Two copies, the second at least as high; at equal levels it values both at least as much.

    A gate that is closed is a rate of climbing of 0, a floor under the chance to fall a larger one.
    """
    low = draw(st.integers(0, TOP))
    high = draw(st.integers(low, TOP))
    first = Copy(low, draw(utilities), draw(utilities), draw(rates), draw(rates))
    if high > low:
        return first, Copy(high, draw(utilities), draw(utilities), draw(rates), draw(rates))
    more = st.floats(0.0, 5.0)
    second = Copy(
        low,
        first.value + draw(more),
        first.keeping + draw(more),
        draw(st.floats(first.climb_rate, 0.49)),
        draw(st.floats(0.0, first.fall_rate)),
    )
    return first, second


def moved(copy: Copy, draw: float, dead_band: float, noise: float) -> int:
    """The level of a copy after a month."""
    rates = (copy.climb_rate, copy.fall_rate)
    return move_level(copy.level, TOP, draw, copy.value, copy.keeping, *rates, dead_band, noise)


@given(copies(), draws, bands, noises)
def test_copies_that_share_a_draw_keep_their_order(
    pair: tuple[Copy, Copy], draw: float, dead_band: float, noise: float
) -> None:
    """The monotone coupling theorem of 7.1."""
    one, other = (moved(copy, draw, dead_band, noise) for copy in pair)
    assert one <= other


any_step = st.builds(Copy, st.integers(0, TOP), utilities, utilities, rates, rates)


@given(any_step, draws, bands, noises)
def test_a_step_is_at_most_one_and_stays_on_the_scale(
    copy: Copy, draw: float, dead_band: float, noise: float
) -> None:
    level = moved(copy, draw, dead_band, noise)
    assert 0 <= level <= TOP
    assert abs(level - copy.level) <= 1


@given(any_step, draws, bands, noises)
def test_a_step_is_what_the_text_says(
    copy: Copy, draw: float, dead_band: float, noise: float
) -> None:
    """7.1: level - 1[u < p↓] + 1[u > 1 - p↑], though `step` asks first whether u could matter."""
    up = climb_chance(copy.climb_rate, copy.value, dead_band, noise) if copy.level < TOP else 0.0
    down = fall_chance(copy.fall_rate, copy.keeping, dead_band, noise) if copy.level else 0.0
    expected = copy.level - int(draw < down) + int(draw > 1.0 - up)
    assert moved(copy, draw, dead_band, noise) == expected


@given(any_step, bands, noises)
def test_both_comparisons_are_strict(copy: Copy, dead_band: float, noise: float) -> None:
    """7.1: a draw that equals a chance moves nothing."""
    up = climb_chance(copy.climb_rate, copy.value, dead_band, noise)
    down = fall_chance(copy.fall_rate, copy.keeping, dead_band, noise)
    assert moved(copy, 1.0 - up, dead_band, noise) <= copy.level
    assert moved(copy, down, dead_band, noise) >= copy.level


@given(st.integers(0, TOP), utilities, utilities, draws, bands, noises)
def test_without_rates_nothing_moves(
    level: int, value: float, keeping: float, draw: float, dead_band: float, noise: float
) -> None:
    """Invariant 25."""
    assert moved(Copy(level, value, keeping, 0.0, 0.0), draw, dead_band, noise) == level


@given(any_step, draws)
def test_a_wide_dead_band_holds_every_level(copy: Copy, draw: float) -> None:
    """Invariant 25: κ → ∞; the draw 0 falls by any chance above 0, however small."""
    assume(draw > 0.0)
    assert moved(copy, draw, 1e3, 1.0) == copy.level


@given(any_step, draws)
def test_without_noise_values_decide_up_to_the_rates(copy: Copy, draw: float) -> None:
    """Invariant 25: s → 0 makes thresholds of the dead band."""
    band = 0.5
    assume(all(abs(abs(value) - band) > 1e-3 for value in (copy.value, copy.keeping)))
    climbs = copy.level < TOP and copy.value > band and draw > 1.0 - copy.climb_rate
    falls = copy.level > 0 and copy.keeping < -band and draw < copy.fall_rate
    assert moved(copy, draw, band, 1e-6) == copy.level + int(climbs) - int(falls)


@given(rates, utilities, st.floats(0.0, 5.0), bands, noises)
def test_chances_follow_values_and_stay_below_their_rates(
    rate: float, value: float, more: float, dead_band: float, noise: float
) -> None:
    up, higher = (climb_chance(rate, v, dead_band, noise) for v in (value, value + more))
    down, lower = (fall_chance(rate, v, dead_band, noise) for v in (value, value + more))
    assert 0.0 <= up <= higher <= rate
    assert rate >= down >= lower >= 0.0


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_logistic_is_a_share_and_symmetric(value: float) -> None:
    assert 0.0 <= logistic(value) <= 1.0
    assert logistic(value) + logistic(-value) == pytest.approx(1.0, abs=1e-15)


@given(st.floats(allow_nan=False), bands, bands)
def test_clip_holds_a_value_between_its_ends(value: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert low <= clip(value, low, high) <= high
    assert clip(value, low, high) == value or not low < value < high


# Whole actors, with gates, quorum, cap, exits and stickiness


class Standing(NamedTuple):
    """An actor in the middle of a month of a random world."""

    actor: Any
    state: Any
    months: int


def standing(world: World, months: int, place: int) -> Standing:
    """An actor of a world after some months, once the next month has opened."""
    compiled = world.compiled()
    model = EngagementModel(Cast(compiled.start, compiled.uids), world.seed, collect=False)
    for _ in range(min(months, compiled.months - 1)):
        model.step()
    open_month(model.state, drawn(model))
    actors = model.state.actors
    return Standing(actors[place % len(actors)], model.state, months)


def drawn(model: EngagementModel) -> Any:
    """The draws of the month that opens."""
    month = model.state.world.month + 1
    return draw_month_as_lists(model.uids, model.run_number, month, model.key_seed)


def decided(actor: Any, state: Any, draw: float) -> int:
    """The rung an actor chooses with this draw."""
    ladder = [draw] * len(state.actors)
    decide(actor, state, SimpleNamespace(ladder=ladder))
    return int(actor.next_rung)


class Standings(NamedTuple):
    """How two copies of one actor differ, the second standing higher in every respect."""

    world: World
    months: int
    place: int
    rungs: tuple[int, int]
    anchor: float
    gates: float
    draw: float
    reach: float


@st.composite
def standings(draw: DrawFn) -> Standings:
    """Two copies on any rungs of the ladder, the second no lower, and a draw near an end."""
    world = draw(worlds())
    low, high = sorted(draw(st.tuples(*[st.sampled_from(world.case.ladder)] * 2)))
    anchor, gates = draw(st.floats(0, 3)), draw(st.floats(0, 1))
    reach = draw(st.sampled_from((0.0, 0.5, 1.0)) | st.floats(0, 1))
    return Standings(
        world, draw(places), draw(places), (low, high), anchor, gates, draw(draws), reach
    )


def higher_than(actor: Any, rung: int, anchor: float, gates: float, state: Any) -> Any:
    """A copy of the actor on a rung, that values all of them more and has lower gates."""
    other = copied(actor)
    other.rung = rung
    other.anchor += anchor
    policy = copied(state.policies[actor.policy])
    policy.gates = [gate - gates for gate in policy.gates]
    state.policies.append(policy)
    other.policy = len(state.policies) - 1
    return other


places = st.integers(0, 7)


def with_reach(state: Any, reach: float) -> None:
    """Let climbs and falls leap so far this month."""
    state.parameters[state.world.parameters].climb_reach = reach


@given(standings())
def test_actors_that_share_a_draw_keep_their_order(given: Standings) -> None:
    """7.1 with 7.3: at every rung a higher value and a lower gate, on the same rung or any two."""
    actor, state, _ = standing(given.world, given.months, given.place)
    with_reach(state, given.reach)
    actor.rung_forced, actor.rung = 0, given.rungs[0]
    other = higher_than(actor, given.rungs[1], given.anchor, given.gates, state)
    assert decided(actor, state, given.draw) <= decided(other, state, given.draw)


def by_the_text(actor: Any, state: Any, draw: float) -> int:
    """The rung after a month as 7.1 has it: the draw is held against all other rungs."""
    ladder = [0]
    while ladder[-1] < RECOGNITION:
        ladder.append(int(state.world.rung_above[ladder[-1]]))
    own, at = state.parameters[state.world.parameters], ladder.index(actor.rung)
    climbs = [
        rung
        for steps, rung in enumerate(ladder[at + 1 :])
        if draw > 1.0 - own.climb_reach**steps * chance_to_climb(actor, rung, state)
    ]
    falls = [
        ladder[at - 1 - steps]
        for steps, rung in enumerate(reversed(ladder[1 : at + 1]))
        if draw
        < (own.derecognition_factor if actor.rung == RECOGNITION else 1.0)
        * own.climb_reach**steps
        * chance_to_leave(actor, rung, state)
    ]
    return max(climbs) if climbs else min(falls, default=int(actor.rung))


@given(standings())
def test_an_actor_moves_as_far_as_its_draw_leads(given: Standings) -> None:
    """7.1: one draw against every rung; which of them are asked first is no matter."""
    actor, state, _ = standing(given.world, given.months, given.place)
    with_reach(state, given.reach)
    actor.rung_forced, actor.rung = 0, given.rungs[0]
    up = chance_to_climb(actor, state.world.rung_above[actor.rung], state)
    down = chance_to_leave(actor, actor.rung, state) if actor.rung else 0.0
    for u in (given.draw, down, 1.0 - up, 0.0, 1.0 - 1.0 / WORDS):
        assert decided(actor, state, u) == by_the_text(actor, state, u)


@given(standings())
def test_without_reach_a_move_is_to_the_next_rung(given: Standings) -> None:
    """7.1: θ = 0 is the single step."""
    actor, state, _ = standing(given.world, given.months, given.place)
    with_reach(state, 0.0)
    actor.rung_forced, actor.rung = 0, given.rungs[0]
    above, below = (each[actor.rung] for each in (state.world.rung_above, state.world.rung_below))
    assert decided(actor, state, given.draw) in (below, actor.rung, above)
