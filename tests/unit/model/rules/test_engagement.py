"""Score, value of a rung, gates, quorum and exits, by hand (model 7.2 to 7.4)."""

import math
from typing import Any

import pytest

from sim.model.rules.engagement import (
    chance_to_climb,
    chance_to_leave,
    decide,
    gate_missed,
    is_open,
    may_leave,
    peers_at,
    reciprocity,
    score,
    value,
    value_terms,
)
from sim.model.state import State
from tests.states import draws, near, state

RI = [0.30, 0.20, 0.10, 0.15, 0.20, 0.05]
"""Issue weights of the rights profile (8)."""

THRESHOLDS = [0.0, 0.25, 0.5, 0.75, 1.0, 2.1, 3.0]
"""τ of rungs 1 to 7 (7.3)."""

LOADINGS = {
    "rights": [0.1, 0.3, 0.5, 0.6, 0.8, 1, 1],
    "security": [1, 1, 1, 1, 0.9, 0.8, 0.5],
    "resources": [0.5, 0.8, 1, 1, 1, 1, 0.6],
    "humanitarian": [1, 1, 0.8, 0.5, 0.2, 0, 0],
    "peers": [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1],
    "reciprocity": [0.2, 0.5, 1, 1, 1, 1, 0.8],
    "momentum": [0.5, 1, 1, 0.6, 0.4, 0.2, 0],
    "domestic": [0, 0.05, 0.15, 0.3, 0.5, 0.75, 1],
    "grievance": [0.2, 0.4, 0.6, 0.8, 1, 1, 1],
    "durability": [0.3, 0.5, 0.8, 1, 1, 1, 1],
}
"""Λ of rungs 1 to 7 (7.3)."""

FEATURES = {
    "rights": 0.5 - 0.3,
    "security": 0.7,
    "resources": 0.9 * 0.8,
    "humanitarian": 0.6,
    "peers": 0.375,
    "reciprocity": 4 * (0.30 * 0.2 - 0.20 * 0.1),
    "momentum": 0.4 * 0.75,
    "domestic": -0.8 * (1 - 0.5),
    "grievance": -0.25,
    "durability": 0.45,
}
"""φ with its sign in the state below (7.3)."""

WEIGHTS = {name: f"weight_{name}" for name in FEATURES}


def observed(**follows: Any) -> State:
    """An actor that sees something of every feature, with half its peers at the top, none below."""
    actor = {
        "follows": {
            "issue_weights": RI,
            "reference_score": 0.3,
            "security_stake": 0.7,
            "resource_stake": 0.9,
            **follows,
        },
        "score": 0.5,
        "domestic_salience": 0.8,
        "grievance": 0.25,
    }
    world = {
        "opportunity": 0.8,
        "need": 0.6,
        "momentum": 0.4,
        "mediation": 0.75,
        "durability": 0.45,
        "concessions": [0.2, -0.1, 0.0, 0.0, 0.0, 0.0],
    }
    return state(
        world, [actor, {"rung": 7}, {"rung": 0}], ties=[[0, 0.375, 0.625], [0, 0, 0], [0, 0, 0]]
    )


def values(s: State) -> list[float]:
    """Value of rungs 1 to 7 to the first actor."""
    return [value(s.actors[0], rung, s) for rung in range(1, 8)]


def at_value(**given: Any) -> State:
    """An actor on rung 3 for whom every value is 0 but for what is given: λ↑ .09, κ .45, s .35."""
    follows = {"descent_rate": 0.01, **given.pop("follows", {})}
    actor = {"rung": 3, "follows": follows, **given}
    return state({}, [actor], parameters={"thresholds": [0.0] * 8})


def test_a_score_is_the_weighted_level_of_issues_over_four() -> None:
    """7.2: C = Σ ω x / 4, at the levels of 2024-02 under the rights profile: .75/4."""
    s = state({"level": [0, 1, 1, 0, 2, 1]}, [{"follows": {"issue_weights": RI}}])
    assert score(s.policies[0], s) == near(0.1875)


def test_a_score_is_one_where_every_issue_meets_the_benchmark() -> None:
    """7.2: Σ ω = 1 and x = 4."""
    s = state({"level": [4] * 6}, [{"follows": {"issue_weights": RI}}])
    assert score(s.policies[0], s) == near(1.0)


def test_a_score_is_one_where_there_are_no_issues() -> None:
    """7.2: nothing is asked."""
    s = state({"issues": 0, "level": [2] * 6}, [{"follows": {"issue_weights": RI}}])
    assert score(s.policies[0], s) == 1.0


def test_a_single_issue_is_weighed_like_any_other() -> None:
    """7.2: C = ω x / 4."""
    s = state({"issues": 1, "level": [2]}, [{"follows": {"issue_weights": [1.0]}}])
    assert score(s.policies[0], s) == 0.5


@pytest.mark.parametrize(("rung", "share"), [(1, 1.0), (2, 1.0), (3, 0.75), (5, 0.75), (6, 0.25)])
def test_peers_count_by_weight_if_they_stand_at_the_rung_or_above(rung: int, share: float) -> None:
    """7.3: P = Σ W 1[L ≥ ℓ]."""
    s = state(
        {},
        [{"rung": 7}, {"rung": 2}, {"rung": 5}, {"rung": 7}],
        ties=[[0, 0.25, 0.5, 0.25], [0] * 4, [0] * 4, [0] * 4],
    )
    assert peers_at(s.actors[0], rung, s) == share


def test_reciprocity_is_four_times_the_weighted_memory_of_concessions() -> None:
    """7.3: φ_Q = 4 Σ ω ẋ = 4 (.3·.2 - .2·.1)."""
    s = observed()
    assert reciprocity(s.policies[0], s) == near(0.16)


def test_without_weights_a_rung_is_worth_anchor_and_stance_less_its_threshold() -> None:
    """7.3: V = α + a - τ."""
    s = observed(stance=0.3)
    s.actors[0].anchor = 0.2
    assert values(s) == near([0.5 - threshold for threshold in THRESHOLDS])


@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_adds_weight_times_loading_times_what_is_seen(feature: str) -> None:
    """7.3: sign · w · Λ · φ on top of -τ, at every rung, with w = 2."""
    s = observed(**{WEIGHTS[feature]: 2.0})
    if feature == "peers":
        s.actors[1].rung = 7
    added = [2.0 * loading * FEATURES[feature] for loading in LOADINGS[feature]]
    expected = [gain - threshold for gain, threshold in zip(added, THRESHOLDS, strict=True)]
    assert values(s) == near(expected)


def test_the_strength_of_a_cascade_loads_peers_on_recognition() -> None:
    """7.3: Λ_P7 = 4 multiplies the share of .375 at rung 7, so V = .5·4·.375 - 3."""
    s = observed(weight_peers=0.5)
    s.parameters[0].loading_peers[7] = 4.0
    assert value(s.actors[0], 7, s) == near(0.75 - 3.0)


def test_the_reservation_and_its_offset_bear_on_recognition_alone() -> None:
    """7.3: - (ρ + ρ̃) 1[ℓ = 7]."""
    s = observed(reservation=0.75)
    s.actors[0].reservation_offset = 0.5
    expected = [-threshold for threshold in THRESHOLDS]
    expected[6] -= 1.25
    assert values(s) == near(expected)


def test_the_terms_stand_in_the_order_of_the_document() -> None:
    """7.3: α, a, -τ, then R S E H P Q M D G B, then -ρ; here at rung 7 with weights of 1."""
    s = observed(stance=0.3, reservation=0.75, **dict.fromkeys(WEIGHTS.values(), 1.0))
    s.actors[0].anchor = 0.2
    features = [LOADINGS[name][6] * seen for name, seen in FEATURES.items()]
    terms = value_terms(s.actors[0], 7, s.policies[0], s.parameters[0], s)
    assert list(terms) == near([0.2, 0.3, -3.0, *features, -0.75])


def test_a_value_is_the_sum_of_its_terms_in_their_order() -> None:
    """7.3: terms added in this order, one by one, to the last bit."""
    s = observed(stance=0.3, **dict.fromkeys(WEIGHTS.values(), 0.7))
    added = 0.0
    for term in value_terms(s.actors[0], 4, s.policies[0], s.parameters[0], s):
        added += term
    assert value(s.actors[0], 4, s) == added


def gated(gate: float, rung: int = 6, **actor: Any) -> State:
    """An actor before a gate at `rung`, all others open."""
    gates = [0.0] * 8
    gates[rung] = gate
    return state({}, [{"follows": {"gates": gates}, **actor}])


@pytest.mark.parametrize(("seen", "opens"), [(0.16, True), (0.15, True), (0.149999, False)])
def test_a_gate_opens_from_its_score_on(seen: float, opens: bool) -> None:
    """7.4: open iff C ≥ gate."""
    s = gated(0.15, score=seen)
    assert is_open(s.actors[0], 6, s) is opens


def test_a_gate_opens_to_an_equal_score_that_was_rounded_down() -> None:
    """7.4, 7.12: .4 is .4, though these levels sum to .39999999999999997."""
    s = state(
        {"level": [0, 0, 0, 4, 4, 4]}, [{"follows": {"issue_weights": RI, "gates": [0.4] * 8}}]
    )
    s.actors[0].score = score(s.policies[0], s)
    assert s.actors[0].score < 0.4
    assert is_open(s.actors[0], 5, s)


@pytest.mark.parametrize("level", [[0, 0, 0, 0, 2, 4], [0, 0, 0, 2, 1, 2]])
def test_a_gate_of_fifteen_hundredths_opens_however_the_levels_add_up(level: list[int]) -> None:
    """7.4: gate 6 of engagement without recognition is .15."""
    gates = [0, 0, 0, 0, 0, 0, 0.15, 2]
    s = state({"level": level}, [{"follows": {"issue_weights": RI, "gates": gates}}])
    s.actors[0].score = score(s.policies[0], s)
    assert s.actors[0].score == near(0.15)
    assert is_open(s.actors[0], 6, s)
    s.actors[0].score = math.nextafter(0.15, 0.0)
    assert is_open(s.actors[0], 6, s)


def test_a_gate_of_two_is_a_ceiling_for_every_score() -> None:
    """7.4: a ceiling is a gate above 1, written 2."""
    s = gated(2.0, score=1.0)
    assert not is_open(s.actors[0], 6, s)
    assert is_open(s.actors[0], 5, s)


def test_no_actor_climbs_above_its_cap() -> None:
    """7.4: open iff ℓ ≤ cap."""
    s = gated(0.0, cap=4)
    assert is_open(s.actors[0], 4, s)
    assert not is_open(s.actors[0], 5, s)


def among_recognisers(share: float) -> State:
    """An actor that wants half of its peers at recognition first."""
    actors = [{"follows": {"quorum": 0.5}}, {"rung": 7}, {"rung": 6}]
    return state({}, actors, ties=[[0, share, 1 - share], [0] * 3, [0] * 3])


@pytest.mark.parametrize(("share", "opens"), [(0.5, True), (0.75, True), (0.25, False)])
def test_recognition_opens_from_the_quorum_of_peers_on(share: float, opens: bool) -> None:
    """7.4: ℓ < 7 or P_7 ≥ q."""
    s = among_recognisers(share)
    assert is_open(s.actors[0], 7, s) is opens


def test_no_quorum_is_asked_below_recognition() -> None:
    """7.4: ℓ < 7 or …"""
    s = among_recognisers(0.25)
    assert is_open(s.actors[0], 6, s)


@pytest.mark.parametrize(("seen", "missed"), [(0.33, False), (0.32, False), (0.319999, True)])
def test_a_gate_is_missed_by_more_than_the_slack(seen: float, missed: bool) -> None:
    """7.4: the gate of the present rung is missed by more than ε = .08, here .4."""
    s = gated(0.4, rung=3, score=seen)
    s.actors[0].rung = 3
    assert gate_missed(s.actors[0], s.actors[0].rung, s) is missed


def test_equal_to_the_slack_is_not_missed_however_it_was_rounded() -> None:
    """7.4: .72 misses the gate .8 by exactly ε, though .8 - .08 is .7200000000000001."""
    s = gated(0.8, rung=3, score=0.72)
    s.actors[0].rung = 3
    assert not gate_missed(s.actors[0], s.actors[0].rung, s)


def test_only_the_gate_of_the_present_rung_can_be_missed() -> None:
    """7.4: bad = C < gate_L - ε; the gate above does not push."""
    s = gated(0.9, rung=4, score=0.0)
    s.actors[0].rung = 3
    assert not gate_missed(s.actors[0], s.actors[0].rung, s)


def test_a_climb_follows_the_value_of_its_rung() -> None:
    """7.1, 7.3: p↑ = .09 σ((V_4-.45)/.35), with V_4 = α - τ_4 = 1.2 - .75 = κ."""
    s = state({}, [{"rung": 3, "anchor": 1.2}])
    assert chance_to_climb(s.actors[0], 4, s) == near(0.045)


def test_there_is_no_climb_from_the_top_or_through_a_closed_gate() -> None:
    """7.1, 7.4: p↑ = 0 at the top level and where a rung is not open."""
    top, closed = at_value(rung=7, anchor=9.0), gated(2.0, rung=4, anchor=9.0)
    closed.actors[0].rung = 3
    assert decided(top, 1.0 - 1e-9) == 7
    assert chance_to_climb(closed.actors[0], 4, closed) == 0.0


def test_a_fall_follows_the_value_of_the_present_rung() -> None:
    """7.1, 7.3: p↓ = .01 σ((-V_3-.45)/.35), with V_3 = α - τ_3 = .05 - .5 = -κ."""
    s = state({}, [{"rung": 3, "anchor": 0.05, "follows": {"descent_rate": 0.01}}])
    assert chance_to_leave(s.actors[0], s.actors[0].rung, s) == near(0.005)


def test_nobody_falls_from_the_lowest_rung() -> None:
    """7.1: p↓ = 0 at the lowest level."""
    assert decided(at_value(rung=0, anchor=-9.0), 0.0) == 0


def out_of_its_gate(rung: int, descent_rate: float, anchor: float) -> State:
    """An actor on a rung whose gate it misses by far; a low anchor makes p↓ all but λ↓."""
    follows = {"gates": [0.9] * 8, "descent_rate": descent_rate}
    return state({}, [{"rung": rung, "anchor": anchor, "follows": follows}])


def test_a_missed_gate_lifts_the_chance_of_a_fall_to_the_exit() -> None:
    """7.4: p↓ := max(p↓, exit), exit = .10."""
    s = out_of_its_gate(3, 0.01, 9.0)
    assert chance_to_leave(s.actors[0], s.actors[0].rung, s) == 0.1


def test_a_missed_gate_leaves_a_larger_chance_as_it_is() -> None:
    """7.4: the exit is a floor; λ↓ = .12 under isolation, with V far below."""
    s = out_of_its_gate(3, 0.12, -99.0)
    assert chance_to_leave(s.actors[0], s.actors[0].rung, s) == near(0.12)


def test_recognition_is_sticky_also_where_its_gate_is_missed() -> None:
    """7.4: kernel, floor, ι in this order: .05 · max(p↓, .10)."""
    assert [decided(out_of_its_gate(7, 0.01, 9.0), draw) for draw in (0.00499, 0.00501)] == [6, 7]


def test_recognition_is_sticky_by_the_derecognition_factor() -> None:
    """7.4: at L = 7, p↓ is multiplied by ι = .05; here V = -κ, so .05 · .01 / 2."""
    draws_and_rungs = {0.000249: 6, 0.000251: 7}
    for draw, rung in draws_and_rungs.items():
        assert decided(at_value(rung=7, anchor=-0.45), draw) == rung


@pytest.mark.parametrize(("rate", "most"), [(0.01, 0.1), (0.12, 0.12)])
def test_a_draw_that_may_mean_a_fall_knows_the_exit(rate: float, most: float) -> None:
    """7.4: below max(λ↓, exit) where the gate is missed, below λ↓ where it is not."""
    missed, kept = out_of_its_gate(3, rate, 0.0), at_value(follows={"descent_rate": rate})
    assert may_leave(missed.actors[0], 3, most - 1e-9, 1.0, missed)
    assert not may_leave(missed.actors[0], 3, most, 1.0, missed)
    assert may_leave(kept.actors[0], 3, rate - 1e-9, 1.0, kept)
    assert not may_leave(kept.actors[0], 3, rate, 1.0, kept)


def decided(s: State, draw: float) -> int:
    """The first actor's rung at the end of the month."""
    decide(s.actors[0], s, draws(s, ladder=draw))
    return int(s.actors[0].next_rung)


@pytest.mark.parametrize(("draw", "rung"), [(0.9551, 4), (0.9549, 3), (0.5, 3)])
def test_an_actor_climbs_where_its_draw_exceeds_one_less_the_chance(draw: float, rung: int) -> None:
    """7.1: u > 1-p↑ with p↑ = .045."""
    assert decided(at_value(anchor=0.45), draw) == rung


@pytest.mark.parametrize(("draw", "rung"), [(0.0049, 2), (0.0051, 3), (0.0101, 3)])
def test_an_actor_falls_where_its_draw_is_below_the_chance(draw: float, rung: int) -> None:
    """7.1: u < p↓ with p↓ = .005."""
    assert decided(at_value(anchor=-0.45), draw) == rung


def test_a_draw_that_equals_the_chance_moves_nobody() -> None:
    """7.1: both comparisons strict."""
    climbing, falling = at_value(anchor=0.45), at_value(anchor=-0.45)
    assert decided(climbing, 1.0 - chance_to_climb(climbing.actors[0], 4, climbing)) == 3
    assert decided(falling, chance_to_leave(falling.actors[0], 3, falling)) == 3


@pytest.mark.parametrize(("draw", "rung"), [(0.0999, 2), (0.1001, 3)])
def test_an_actor_out_of_its_gate_falls_at_the_exit_rate(draw: float, rung: int) -> None:
    """7.4: p↓ is the floor .10 though the kernel gives next to nothing."""
    assert decided(out_of_its_gate(3, 0.01, 9.0), draw) == rung


def test_an_actor_before_a_closed_gate_stays_whatever_the_draw() -> None:
    """7.4: open↑ = 0."""
    s = gated(2.0, rung=4, anchor=9.0)
    s.actors[0].rung, s.parameters[0].climb_reach = 3, 0.0
    assert decided(s, 0.999999) == 3


@pytest.mark.parametrize("draw", [0.0, 0.999999])
def test_an_actor_that_was_forced_is_not_moved(draw: float) -> None:
    """9: force_rung is not moved by the kernel that month."""
    assert decided(at_value(anchor=0.0, rung_forced=1), draw) == 3


def test_each_actor_has_a_draw_of_its_own() -> None:
    """7.12: slot 0 of the actor."""
    s = state({}, [{"rung": 3, "anchor": 99.0}, {"rung": 3, "anchor": 99.0}])
    drawn = draws(s, ladder=[0.5, 0.96])
    for actor in s.actors:
        decide(actor, s, drawn)
    assert [actor.next_rung for actor in s.actors] == [3, 4]


def leaping(reach: float = 0.2, **actor: Any) -> State:
    """An actor for whom rungs 5 and 6 have chances of .06 and .03, and rung 7 next to none."""
    chances = {5: 0.06, 6: 0.03}
    costs = [0.0] * 7 + [99.0]
    for rung, chance in chances.items():
        costs[rung] = -0.45 - 0.35 * math.log(chance / 0.09 / (1.0 - chance / 0.09))
    given = {"rung": 4, "follows": {"descent_rate": 0.01}, **actor}
    return state({}, [given], parameters={"thresholds": costs, "climb_reach": reach})


@pytest.mark.parametrize(
    ("draw", "rung"), [(0.94 - 1e-9, 4), (0.9401, 5), (0.994 - 1e-9, 5), (0.9941, 6)]
)
def test_one_draw_is_held_against_every_further_rung(draw: float, rung: int) -> None:
    """A.vi: p₅ = .06, p₆ = .03, θ = .2, L = 4: leaps from 1 - .2·.03 = .994 on."""
    assert decided(leaping(), draw) == rung


def test_without_reach_a_climb_is_of_one_rung() -> None:
    """7.1: θ = 0, with 0⁰ = 1, is the single step."""
    assert decided(leaping(reach=0.0), 0.9999999) == 5


def test_a_rung_in_between_need_be_neither_open_nor_reached() -> None:
    """7.1: the farthest rung that the draw reaches; rung 5 is shut."""
    s = leaping(follows={"gates": [0, 0, 0, 0, 0, 2, 0, 0]})
    assert [decided(s, draw) for draw in (0.9939, 0.9941)] == [4, 6]


def test_no_leap_goes_beyond_the_cap() -> None:
    assert decided(leaping(cap=5), 0.9999999) == 5


def test_leaps_are_counted_by_the_rungs_that_the_ladder_has() -> None:
    """7.1 with the ladder 0 4 6 7: rung 6 is next, 1 - .03 and not 1 - .2·.03."""
    s = leaping()
    s.world.rung_above = [4, 4, 4, 4, 6, 6, 7, 7]
    assert [decided(s, draw) for draw in (0.9699, 0.9701)] == [4, 6]


@pytest.mark.parametrize(
    ("draw", "rung"), [(0.00399, 1), (0.00401, 2), (0.0199, 2), (0.0201, 3), (0.0999, 3)]
)
def test_a_fall_goes_to_the_lowest_rung_that_the_draw_reaches(draw: float, rung: int) -> None:
    """7.1: θ p̄ of every rung left; gates 2 to 4 are missed, so .1, .02 and .004 from 4 on."""
    follows = {"gates": [0, 0, 0.9, 0.9, 0.9, 0.9, 0, 0], "descent_rate": 0.0}
    s = state({}, [{"rung": 4, "follows": follows}], parameters={"climb_reach": 0.2})
    assert decided(s, draw) == rung


def test_recognition_holds_against_falls_of_any_length() -> None:
    """7.1: ι_L is that of the rung left first: .05·.1 and .05·.2·.1."""
    s = out_of_its_gate(7, 0.0, 9.0)
    s.parameters[0].climb_reach = 0.2
    assert [decided(s, draw) for draw in (0.0009, 0.0011, 0.0051)] == [5, 6, 7]


def keen(line: float = 0.91, **actor: Any) -> State:
    """An actor whose keenest tenth of governments put an interest above conditions."""
    follows = {"interest": 0.1, "reference_score": 0.5, "gates": [0.0] + [0.9] * 7}
    follows |= {"weight_rights": 2.0, "weight_domestic": 3.0, **actor.pop("follows", {})}
    return state({}, [{"line": line, "domestic_salience": 1.0, "follows": follows, **actor}])


@pytest.mark.parametrize(("line", "waived"), [(0.91, True), (0.9, False), (0.1, False)])
def test_a_keen_line_leaves_out_rights_and_the_cost_at_home(line: float, waived: bool) -> None:
    """7.3: where ℓ > 1 - y, R is max(C - c, 0) and D is 0; else 2·.8·(-.5) and -3·.5·1."""
    assert value(keen(line).actors[0], 5, keen(line)) == near(-1.0 if waived else -1.0 - 0.8 - 1.5)


def test_a_keen_line_still_counts_rights_above_their_reference() -> None:
    """7.3: max(C - c, 0) = .3, at loading .8 and weight 2."""
    s = keen(score=0.8)
    assert value(s.actors[0], 5, s) == near(-1.0 + 2.0 * 0.8 * 0.3)


def test_an_interest_counts_up_to_the_exchange_of_charges() -> None:
    """7.3, 7.4: m ≤ 5."""
    s = keen()
    assert value(s.actors[0], 6, s) == near(-2.1 - 2.0 * 0.5 - 3.0 * 0.75)
    assert [is_open(s.actors[0], rung, s) for rung in (4, 5, 6)] == [True, True, False]
    assert [gate_missed(s.actors[0], rung, s) for rung in (4, 5, 6)] == [False, False, True]


def test_an_interest_opens_no_ceiling() -> None:
    """7.4: only gates up to 1 are waived."""
    s = keen(follows={"gates": [0, 0, 0, 0, 1.0, 2.0, 0, 0]})
    assert [is_open(s.actors[0], rung, s) for rung in (4, 5)] == [True, False]


def test_the_leaning_is_added_to_the_anchor() -> None:
    """7.3: V = (α + Z) + a - τ; with no ties Z = z."""
    s = observed(stance=0.3)
    s.ties[0][:] = [0.0, 0.0, 0.0]
    s.actors[0].anchor, s.actors[0].disposition = 0.2, 0.4
    assert values(s) == near([0.9 - threshold for threshold in THRESHOLDS])
