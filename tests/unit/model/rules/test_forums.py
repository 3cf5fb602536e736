"""Mediation, forums, hosted conferences, pitches and domestic salience, by hand (model 7.6)."""

import math
from typing import Any

import pytest

from sim.model.rules.forums import (
    attends,
    hold_forum,
    host_conference,
    make_pitch,
    mediation,
    refusal_chance,
    update_pitch,
    update_salience,
)
from sim.model.state import State
from tests.states import draws, near, state

MEDIATOR = {"follows": {"mediator": 1.0}}


@pytest.mark.parametrize(
    ("rung", "strength"), [(3, 0.4), (4, 0.4 + 0.6 * 4 / 7), (5, 0.4 + 0.6 * 5 / 7), (7, 1.0)]
)
def test_a_mediator_with_a_mission_mediates_the_more_the_higher_it_stands(
    rung: int, strength: float
) -> None:
    """7.6: med = .4 + .6 max{L/7 : mediator-flagged, L ≥ 4}; no such mediator gives .4."""
    assert mediation(state({}, [{**MEDIATOR, "rung": rung}])) == near(strength)


@pytest.mark.parametrize("order", [[6, 4], [4, 6]])
def test_the_highest_mediator_counts(order: list[int]) -> None:
    """7.6: max."""
    s = state({}, [{**MEDIATOR, "rung": rung} for rung in order])
    assert mediation(s) == near(0.4 + 0.6 * 6 / 7)


def test_others_than_mediators_do_not_mediate() -> None:
    """7.6: mediator-flagged only."""
    assert mediation(state({}, [{"rung": 7}])) == 0.4


@pytest.mark.parametrize("imposed", [0.9, 0.0])
def test_mediation_may_be_imposed(imposed: float) -> None:
    """9: set_global med overrides 7.6."""
    s = state({}, [{**MEDIATOR, "rung": 7}], parameters={"mediation_override": imposed})
    assert mediation(s) == imposed


@pytest.mark.parametrize(
    ("hard_line", "stress", "chance"),
    [
        (0.65, 0.25, 0.3),
        (0.45, 0.0, 0.3),
        (0.45 + math.log(3) / 8, 0.0, 0.45),
        (0.85, 0.5 + math.log(3) / 6.4, 0.15),
    ],
)
def test_a_hard_line_refuses_and_stress_lets_it_give_in(
    hard_line: float, stress: float, chance: float
) -> None:
    """7.6: .6 σ(8 (η - .45 - .8 m)); σ is .5 at 0, .75 at log 3, .25 at -log 3."""
    assert refusal_chance(state({"hard_line": hard_line, "stress": stress})) == near(chance)


def forum(s: State, **drawn: float) -> tuple[int, int, float]:
    """Whether a forum is held, whether it is refused, and the momentum it leaves from .5."""
    s.world.momentum = 0.5
    hold_forum(s, draws(s, **drawn))
    return s.world.forum_held, s.world.forum_refused, s.world.next_momentum


def test_without_a_forum_momentum_decays() -> None:
    """7.6: μ ← .92 μ; hazard .08, strict."""
    assert forum(state(), forum=0.08) == near((0, 0, 0.46))


def test_a_forum_without_civil_society_is_attended() -> None:
    """7.6: μ ← .92 μ + .35; civil society is seated where u < .5, strict."""
    assert forum(state(), forum=0.0799, civil_society=0.5, refusal=0.0) == near((1, 0, 0.81))


@pytest.mark.parametrize(
    ("refusal", "refused", "left"), [(0.2999, 1, 0.01), (0.3, 0, 0.81), (0.9, 0, 0.81)]
)
def test_a_forum_with_civil_society_may_be_refused(
    refusal: float, refused: int, left: float
) -> None:
    """7.6: refused with probability .3 here; μ ← .92 μ - .45, else attended."""
    s = state({"hard_line": 0.45})
    assert forum(s, forum=0.0, civil_society=0.4999, refusal=refusal) == near((1, refused, left))


def test_a_scheduled_forum_is_held_whatever_the_draw() -> None:
    """7.6: held at hazard .08 or when scheduled."""
    assert forum(state({"forum_scheduled": 1}), forum=0.99) == near((1, 0, 0.81))


@pytest.mark.parametrize(("seated", "drawn", "refused"), [(1, 0.99, 1), (0, 0.0, 0), (-1, 0.0, 1)])
def test_a_schedule_says_whether_civil_society_is_seated(
    seated: int, drawn: float, refused: int
) -> None:
    """7.6: seated as the schedule says, by chance where it does not say."""
    s = state({"forum_scheduled": 1, "civil_society": seated, "hard_line": 0.45})
    assert forum(s, civil_society=drawn, refusal=0.0)[1] == refused


def test_momentum_stays_between_minus_one_and_one() -> None:
    """2: μ in -1 to 1."""
    high, low = state({"momentum": 1.0}), state({"momentum": -1.0, "hard_line": 0.45})
    hold_forum(high, draws(high, forum=0.0))
    hold_forum(low, draws(low, forum=0.0, civil_society=0.0, refusal=0.0))
    assert (high.world.next_momentum, low.world.next_momentum) == (1.0, -1.0)


def test_the_flags_of_the_last_forum_are_forgotten() -> None:
    """3: the flags are those of this month."""
    s = state({"forum_held": 1, "forum_refused": 1})
    assert forum(s, forum=0.9)[:2] == (0, 0)


def invited(anchor: float, **actor: Any) -> State:
    """An actor to whom rung 3 is worth `anchor`."""
    return state({}, [{"anchor": anchor, **actor}], parameters={"thresholds": [0.0] * 8})


@pytest.mark.parametrize(("drawn", "attended"), [(0.4999, True), (0.5, False)])
def test_an_actor_attends_by_the_value_of_a_standing_channel(drawn: float, attended: bool) -> None:
    """7.6: σ((V_3-κ)/s), one half where V_3 = κ; strict."""
    s = invited(0.45)
    assert attends(s.actors[0], s, draws(s, attendance=drawn)) is attended


@pytest.mark.parametrize(("drawn", "attended"), [(0.7499, True), (0.7501, False)])
def test_attendance_is_as_noisy_as_a_decision(drawn: float, attended: bool) -> None:
    """7.6: σ(log 3) = .75 where V_3 = κ + s log 3."""
    s = invited(0.45 + 0.35 * math.log(3))
    assert attends(s.actors[0], s, draws(s, attendance=drawn)) is attended


def test_gates_do_not_keep_an_actor_from_a_conference() -> None:
    """7.6: gates aside."""
    s = invited(99.0, rung=0, cap=0, follows={"gates": [2.0] * 8})
    assert attends(s.actors[0], s, draws(s))


@pytest.mark.parametrize(("drawn", "hosted"), [(0.0399, 1), (0.04, 0)])
def test_the_authority_hosts_a_conference_now_and_then(drawn: float, hosted: int) -> None:
    """7.6: hazard .04, strict; only then does anybody attend."""
    s = state({"conference": 1 - hosted}, [{"anchor": 99.0, "attended": 1}, {"anchor": -99.0}])
    host_conference(s, draws(s, conference=drawn))
    assert s.world.conference == hosted
    assert [actor.attended for actor in s.actors] == [hosted, 0]


@pytest.mark.parametrize(
    ("drawn", "stress", "scheduled", "pitched"),
    [
        (0.0299, 0.21, 0, 1),
        (0.03, 0.21, 0, 0),
        (0.0299, 0.2, 0, 0),
        (0.9, 0.0, 1, 1),
    ],
)
def test_a_plan_is_pitched_by_chance_under_stress_or_as_scheduled(
    drawn: float, stress: float, scheduled: int, pitched: int
) -> None:
    """7.6: hazard .03 and m > .2, or by intervention."""
    s = state({"stress": stress, "pitch_scheduled": scheduled, "pitch": 1 - pitched})
    make_pitch(s, draws(s, pitch=drawn))
    assert s.world.pitch == pitched


def pitched(**world: Any) -> tuple[int, float, int]:
    """Months left, strength and count of pitches at the end of a month."""
    s = state({"next_level": world.get("level", [0] * 6), **world})
    update_pitch(s)
    return s.world.next_pitch_left, s.world.next_pitch_strength, s.world.next_pitches


@pytest.mark.parametrize(("left", "then"), [(6, 5), (1, 0), (0, 0)])
def test_a_pitch_runs_down(left: int, then: int) -> None:
    """7.6: for the six months t+1 … t+6; strength and count stay."""
    assert pitched(pitch_left=left, pitch_strength=0.5, pitches=2) == (then, 0.5, 2)


@pytest.mark.parametrize(("before", "strength"), [(0, 1.0), (1, 0.5), (2, 0.25), (5, 1 / 32)])
def test_each_pitch_is_worth_half_of_the_last(before: int, strength: float) -> None:
    """7.6: ps = ½^pn, then pn ← pn + 1; a new pitch replaces a running one."""
    found = pitched(pitch=1, pitch_left=3, pitch_strength=0.7, pitches=before)
    assert found == (6, strength, before + 1)


def test_an_easing_makes_pitches_fresh_again() -> None:
    """7.6: pn counts the pitches since the last month with any Δx > 0."""
    eased = {"level": [0] * 6, "next_level": [0, 0, 0, 0, 1, 0]}
    assert pitched(**eased, pitches=3, pitch_left=2, pitch_strength=0.25) == (1, 0.25, 0)


def test_a_pitch_in_the_month_of_an_easing_has_full_strength() -> None:
    """7.6: reset, if so, before this month's pitch."""
    eased = {"level": [0] * 6, "next_level": [0, 0, 0, 0, 1, 0]}
    assert pitched(**eased, pitch=1, pitches=3) == (6, 1.0, 1)


def test_a_tightening_makes_no_pitch_fresh() -> None:
    """7.6: Δx > 0."""
    tightened = {"level": [1] * 6, "next_level": [0] + [1] * 5}
    assert pitched(**tightened, pitch=1, pitches=1) == (6, 0.5, 2)


def salience_after(refused: int = 0, **actor: Any) -> float:
    """Domestic salience at the end of the month."""
    s = state({"forum_refused": refused}, [actor])
    update_salience(s.actors[0], s)
    return float(s.actors[0].next_domestic_salience)


def test_domestic_salience_returns_to_its_base() -> None:
    """7.6: dom + .05 (dom0-dom)."""
    assert salience_after(domestic_salience=0.4, salience_base=0.8) == near(0.42)


@pytest.mark.parametrize(("base", "lift"), [(0.41, 0.05), (0.4, 0.0)])
def test_a_refusal_is_felt_where_the_base_is_high(base: float, lift: float) -> None:
    """7.6: + .05 refused 1[dom0 > .4]."""
    after = salience_after(1, domestic_salience=base, salience_base=base)
    assert after == near(base + lift)


@pytest.mark.parametrize(("base", "lift"), [(0.41, 0.3), (0.4, 0.0)])
def test_an_atrocity_is_felt_where_the_base_is_high(base: float, lift: float) -> None:
    """7.6: + atrocity 1[dom0 > .4]."""
    after = salience_after(domestic_salience=base, salience_base=base, atrocity=0.3)
    assert after == near(base + lift)


def test_domestic_salience_stays_between_nought_and_one() -> None:
    """2: dom in 0 to 1."""
    assert salience_after(domestic_salience=0.9, salience_base=0.9, atrocity=0.5) == 1.0
    assert salience_after(domestic_salience=0.9, salience_base=0.9, atrocity=-2.0) == 0.0
