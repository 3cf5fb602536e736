"""Concessions, tightenings and the authority's memories, by hand (model 7.5)."""

import math
from typing import Any

import pytest

from sim.model.rules.authority import (
    any_issue_eased,
    coercion,
    concession_value,
    gave_reward,
    move_issues,
    open_reward_windows,
    owes_reward,
    pays_now,
    reward,
    stake,
    update_authority,
    update_reward_belief,
)
from sim.model.state import State
from sim.model.vocab import Quantity
from tests.states import draws, near, new_clause, new_condition, new_part, state

INDIFFERENT = {
    "reward_weight": 0.0,
    "stress_weight": 0.0,
    "momentum_weight": 0.0,
    "ideology_weight": 0.0,
    "cohesion_weight": 0.0,
    "coercion_weight": 0.0,
}
"""Weights of an authority whose utility is the intercept alone."""


def custodian(stage: int, vetoes: list[list[int]]) -> State:
    """A custodian with something to give and one pool at `stage`; revenue at the start 1,000."""
    actor = {
        "salience": 4.0,
        "development_capacity": 100.0,
        "custody": 500.0,
        "score": 0.5,
        "belief": 0.9,
        "follows": {
            "development_conditionality": 0.6,
            "reward_credibility": 0.35,
            "issue_weights": [0.3, 0.2, 0.1, 0.15, 0.2, 0.05],
        },
    }
    return state({}, [actor], pools=[{"stage": stage}], vetoes=vetoes)


@pytest.mark.parametrize(
    ("stage", "vetoes", "pays"), [(4, [[1]], True), (3, [[1]], False), (4, [[0]], False)]
)
def test_a_custodian_pays_while_a_pool_it_can_veto_disburses(
    stage: int, vetoes: list[list[int]], pays: bool
) -> None:
    """7.5: any pool with i in its veto set at stage 4."""
    s = custodian(stage, vetoes)
    assert pays_now(s.actors[0], s) is pays


def test_a_stake_is_what_is_withheld_of_money_custody_and_weight() -> None:
    """7.5: χ^d (1-C)(1.5 Dmax + pool + 60 sal)/Rev₀ = .6·.5·(150 + 500 + 240)/1000."""
    s = custodian(3, [[1]])
    assert stake(s.actors[0], s.parameters[0], s) == near(0.267)


def test_money_that_is_being_paid_out_is_no_longer_a_stake() -> None:
    """7.5: pool counts as 0 while it disburses: .6·.5·(150 + 240)/1000."""
    s = custodian(4, [[1]])
    assert stake(s.actors[0], s.parameters[0], s) == near(0.117)


def test_a_reward_adds_up_credible_stakes_by_the_weight_of_the_issue() -> None:
    """7.5: G = Σ cr · cred · ω · stake; the second actor has stake .3·60·2/1000 = .036."""
    s = custodian(3, [[1]])
    two = state(
        {},
        [
            vars(s.actors[0]) | {"follows": vars(s.policies[0])},
            {
                "salience": 2.0,
                "score": 0.7,
                "belief": 1.1,
                "follows": {
                    "development_conditionality": 1.0,
                    "reward_credibility": 0.85,
                    "issue_weights": [0.1, 0, 0, 0, 0.9, 0],
                },
            },
        ],
    )
    expected = 0.35 * 0.9 * 0.3 * 0.267 + 0.85 * 1.1 * 0.1 * 0.036
    assert reward(0, two.parameters[0], two) == near(expected)


def test_coercion_is_the_weight_of_hostile_stances() -> None:
    """7.5: Σ sal clip(-F, 0, 1)/Σ sal = (3·1 + 1·0 + 1·.4)/5."""
    actors = [
        {"salience": 3.0, "follows": {"asset_stance": -1.2}},
        {"salience": 1.0, "follows": {"asset_stance": 0.5}},
        {"salience": 1.0, "follows": {"asset_stance": -0.4}},
    ]
    assert coercion(state({}, actors)) == near(0.68)


def test_coercion_is_a_share_also_of_little_weight() -> None:
    """7.5: .4·.5/.5."""
    actors = [{"salience": 0.5, "follows": {"asset_stance": -0.4}}]
    assert coercion(state({}, actors)) == near(0.4)


def test_there_is_no_coercion_among_actors_without_weight() -> None:
    """7.5: Σ sal = 0 guards the division."""
    actors = [{"salience": 0.0, "follows": {"asset_stance": -1.0}}]
    assert coercion(state({}, actors)) == 0.0


def test_a_concession_is_worth_rewards_and_relief_less_ideology_and_coercion() -> None:
    """7.5: A + 6G + .9m + .25μ - 2.6 I η - .6 I (1-coh) - .5 coerc; CT: A = .55, I = .35."""
    s = custodian(3, [[1]])
    s.policies[0].asset_stance = -0.4
    world = s.world
    world.stress, world.momentum, world.hard_line, world.cohesion = 0.3, 0.2, 0.6, 0.75
    gain = 6.0 * (0.35 * 0.9 * 0.2 * 0.267)
    expected = 0.55 + gain + 0.27 + 0.05 - 2.6 * 0.35 * 0.6 - 0.6 * 0.35 * 0.25 - 0.5 * 0.4
    assert concession_value(4, s.parameters[0], s) == near(expected)


def test_costs_and_intercepts_of_the_issues_are_those_of_the_document() -> None:
    """7.13: A = .15 0 .2 -.2 .55 .15 and I = 1 .9 .6 .9 .35 .5; η = 1, full cohesion."""
    s = state({"hard_line": 1.0, "cohesion": 1.0}, [])
    intercepts, costs = [0.15, 0, 0.2, -0.2, 0.55, 0.15], [1, 0.9, 0.6, 0.9, 0.35, 0.5]
    expected = [a - 2.6 * i for a, i in zip(intercepts, costs, strict=True)]
    assert [concession_value(k, s.parameters[0], s) for k in range(6)] == near(expected)


def at_utility(utility: float, tenure: float = 0.0, **given: Any) -> State:
    """An authority to whom every concession is worth `utility`."""
    level = given.pop("level", [2] * 6)
    parameters = {**INDIFFERENT, "issue_intercept": [utility] * 6, **given.pop("parameters", {})}
    return state({"level": level, "tenure": tenure, **given}, [], parameters=parameters)


def issues_after(s: State, draw: float) -> list[int]:
    """Levels at the end of the month under one draw for all issues."""
    move_issues(s, draws(s, issue=draw))
    return list(s.world.next_level)


@pytest.mark.parametrize(("draw", "level"), [(0.9626, 3), (0.9624, 2), (0.5, 2)])
def test_a_new_authority_concedes_at_two_and_a_half_times_the_rate(draw: float, level: int) -> None:
    """7.5: λ↑ = .03 v, v = 1 + 1.5 e^0 = 2.5; U = κ, so p↑ = .075/2 = .0375."""
    assert issues_after(at_utility(0.45), draw) == [level] * 6


@pytest.mark.parametrize(("draw", "level"), [(0.0437, 1), (0.0438, 2), (0.5, 2)])
def test_a_new_authority_tightens_at_two_and_a_half_times_the_rate(draw: float, level: int) -> None:
    """7.5: λ↓ = .035 v = .0875; U = -κ, so p↓ = .04375."""
    assert issues_after(at_utility(-0.45), draw) == [level] * 6


def test_an_authority_settles_within_years() -> None:
    """7.5: v = 1 + 1.5 e^(-ten/12); after a year p↑ = .03 (1 + 1.5/e)/2 = .0232773."""
    chance = 0.03 * (1 + 1.5 / math.e) / 2
    assert issues_after(at_utility(0.45, tenure=12.0), 1 - chance + 1e-9) == [3] * 6
    assert issues_after(at_utility(0.45, tenure=12.0), 1 - chance - 1e-9) == [2] * 6


def test_the_value_of_a_concession_decides_on_both_directions() -> None:
    """7.5: V↑ = V↓ = U, so a high U prevents a tightening and a low U a concession."""
    assert issues_after(at_utility(9.0), 0.0001) == [2] * 6
    assert issues_after(at_utility(-9.0), 0.9999) == [2] * 6


def test_an_issue_moves_within_its_five_levels() -> None:
    """2: x in 0 to 4."""
    assert issues_after(at_utility(9.0, level=[4] * 6), 0.9999) == [4] * 6
    assert issues_after(at_utility(-9.0, level=[0] * 6), 0.0001) == [0] * 6
    assert issues_after(at_utility(9.0, level=[3] * 6), 0.9999) == [4] * 6


def test_a_frozen_authority_moves_nothing() -> None:
    """9: freeze_authority."""
    frozen = at_utility(9.0, parameters={"authority_frozen": 1})
    assert issues_after(frozen, 0.9999) == [2] * 6


def test_a_forced_issue_stays_and_the_others_move() -> None:
    """9: set_issue is not moved by the kernel that month."""
    s = at_utility(9.0, level_forced=[1, 0, 0, 0, 0, 0])
    assert issues_after(s, 0.9999) == [2, 3, 3, 3, 3, 3]


def test_each_issue_has_a_draw_of_its_own() -> None:
    """7.12: slot 0 of the issue."""
    s = at_utility(9.0)
    move_issues(s, draws(s, issue=[0.5, 0.9999, 0.5, 0.5, 0.5, 0.5]))
    assert s.world.next_level == [2, 3, 2, 2, 2, 2]


def moved(after: list[int], **follows: Any) -> State:
    """An authority whose issues stood at level 1 when the month opened."""
    world = {"level_opened": [1] * 6, "level": [1] * 6, "next_level": after}
    return state(world, [{"follows": follows}])


@pytest.mark.parametrize(
    ("after", "is_eased"),
    [([1, 1, 1, 1, 1, 2], True), ([1] * 6, False), ([0, 0, 1, 1, 1, 1], False)],
)
def test_the_month_brought_an_easing_if_any_issue_rose(after: list[int], is_eased: bool) -> None:
    """7.5: Δx measured across the whole month."""
    assert any_issue_eased(moved(after)) is is_eased


def test_an_imposed_change_counts_as_a_move() -> None:
    """7.5: Δx = x_t - x_(t-1), so that set_issue counts: level 3 is forced, 1 stood before."""
    s = moved([3, 1, 1, 1, 1, 1])
    s.world.level = [3, 1, 1, 1, 1, 1]
    assert any_issue_eased(s)


@pytest.mark.parametrize(
    ("weight", "owed"),
    [(0.2, True), (0.1, False), (math.nextafter(0.1, 1.0), False), (0.100001, True), (0.05, False)],
)
def test_a_reward_is_owed_for_issues_that_weigh_more_than_a_tenth(
    weight: float, owed: bool
) -> None:
    """7.5: ω > .1; a tenth is a tenth, however a mean of weights was rounded."""
    s = moved([2, 1, 1, 1, 1, 1], issue_weights=[weight, 0.9, 0, 0, 0, 0])
    assert owes_reward(s.actors[0], s.parameters[0], s) is owed


def test_nothing_is_owed_for_a_tightening() -> None:
    """7.5: any Δx > 0."""
    s = moved([0, 1, 1, 1, 1, 1], issue_weights=[1.0, 0, 0, 0, 0, 0])
    assert not owes_reward(s.actors[0], s.parameters[0], s)


def waiting(window: int, belief: float = 0.9, **actor: Any) -> State:
    """An actor in whose window nothing has happened yet."""
    given = {"rung": 3, "next_rung": 3, "window": window, "belief": belief, **actor}
    world = {"next_level": [0] * 6}
    return state(world, [given], pools=[{"payment": 0.0}], vetoes=[[0]])


def remembered(s: State) -> tuple[float, int]:
    """Belief and window at the end of the month."""
    update_reward_belief(s.actors[0], s.parameters[0], s)
    open_reward_windows(s.parameters[0], s)
    return s.actors[0].next_belief, s.actors[0].next_window


def test_a_climb_rewards_while_the_window_is_open() -> None:
    """7.5: win > 0 and L_t > L_(t-1)."""
    s = waiting(1, next_rung=4)
    assert gave_reward(s.actors[0], s)
    s.actors[0].window = 0
    assert not gave_reward(s.actors[0], s)


def test_a_climb_by_intervention_rewards_too() -> None:
    """7.5: measured from the rung at the end of the month before."""
    s = waiting(3, rung=5, rung_opened=3, next_rung=5)
    assert gave_reward(s.actors[0], s)


def test_neither_a_fall_nor_standing_still_rewards() -> None:
    """7.5: L_t > L_(t-1)."""
    for rung in (2, 3):
        s = waiting(3, next_rung=rung)
        assert not gave_reward(s.actors[0], s)


@pytest.mark.parametrize(
    ("payment", "veto", "rewards"), [(0.5, 1, True), (50.0, 0, False), (0.0, 1, False)]
)
def test_a_pool_that_paid_rewards_for_its_custodians(
    payment: float, veto: int, rewards: bool
) -> None:
    """7.5: a pool with i in its veto set paid this month."""
    s = waiting(3)
    s.pools[0].payment = payment
    s.vetoes[0][0] = veto
    assert gave_reward(s.actors[0], s) is rewards


def test_a_reward_raises_belief_and_closes_the_window() -> None:
    """7.5: cred + .05 + .004 (1-cred); win ← 0."""
    assert remembered(waiting(4, next_rung=4)) == near((0.9504, 0))


def test_the_end_of_a_window_without_reward_lowers_belief() -> None:
    """7.5: miss where win = 1 and no reward: cred - .05 + .004 (1-cred)."""
    assert remembered(waiting(1)) == near((0.8504, 0))


@pytest.mark.parametrize(("window", "left"), [(0, 0), (2, 1), (6, 5)])
def test_a_window_runs_down_and_belief_returns_to_one(window: int, left: int) -> None:
    """7.5: win ← max(win-1, 0); cred + .004 (1-cred)."""
    assert remembered(waiting(window)) == near((0.9004, left))


def test_a_concession_opens_a_window_of_six_months_also_after_a_reward() -> None:
    """7.5: last, if any Δx > 0 on an issue with ω > .1, win ← 6; no penalty for an open one."""
    s = waiting(1, next_rung=4, follows={"issue_weights": [1.0, 0, 0, 0, 0, 0]})
    s.world.next_level[0] = 1
    assert remembered(s) == near((0.9504, 6))


@pytest.mark.parametrize(
    ("word", "given", "expected"),
    [
        (1, {"window": 0}, (0.9 + 0.1 + 0.0004, 0)),
        (1, {"window": 3, "next_rung": 4}, (0.9 + 0.1 + 0.0004, 0)),
        (1, {"window": 1}, (0.9 + 0.1 + 0.0004, 0)),
        (-1, {"window": 0}, (0.9 - 0.25 + 0.0004, 0)),
        (-1, {"window": 3}, (0.9 - 0.25 + 0.0004, 2)),
        (-1, {"window": 3, "next_rung": 4}, (0.9 + 0.05 - 0.25 + 0.0004, 0)),
        (-1, {"window": 1}, (0.9 - 0.05 - 0.25 + 0.0004, 0)),
    ],
)
def test_a_word_kept_or_broken_moves_belief(
    word: int, given: dict[str, Any], expected: tuple[float, int]
) -> None:
    """7.5a: w⁺ in place of reward or miss; w⁻ beside them; win ← 0 after a kept word."""
    assert remembered(waiting(word=word, **given)) == near(expected)


def pulled(level: int, draw: float, worth: float) -> int:
    """Where an indifferent authority goes on issue 0, for which 2 is asked and `worth` offered."""
    s = state(
        {"level": [level] * 6, "tenure": 1e9},
        [{"salience": 1.0}],
        parameters={
            **INDIFFERENT,
            "issue_intercept": [0.0] * 6,
            "reward_weight": 1.0,
            "offer_nearness": 0.0,
            "resistance_weight": 0.0,
            "threat_loss": 1.0,
            "dead_band": 0.0,
            "noise": 1.0,
            "concession_rate": 0.2,
            "tightening_rate": 0.2,
        },
        conditions=[new_condition(announced=1, credibility=1.0)],
        clauses=[new_clause(quantity=Quantity.LEVEL, target=0, low=2.0)],
        parts=[new_part(actor=0, worth=worth)],
    )
    move_issues(s, draws(s, issue=draw))
    return s.world.next_level[0]


@pytest.mark.parametrize(
    ("level", "draw", "without", "promised"),
    [(1, 0.85, 1, 2), (0, 0.85, 0, 0), (2, 0.85, 2, 2), (2, 0.08, 1, 2), (1, 0.08, 0, 0)],
)
def test_an_offer_moves_the_value_of_the_step_that_meets_it_alone(
    level: int, draw: float, without: int, promised: int
) -> None:
    """7.5a: V↑ = U + α_G Ω(1,0), V↓ = U + α_G Ω(0,-1); U = 0, so a step has the chance .1."""
    assert pulled(level, draw, 0.0) == without
    assert pulled(level, draw, 3.0) == promised


def test_a_threat_is_resisted_by_what_a_concession_costs() -> None:
    """7.5a: R = α_R I η τ takes from the value of every step; here .5·1·.62·1 = .31."""
    cost = {**INDIFFERENT, "issue_intercept": [0.31] * 6, "ideological_cost": [1.0] * 6}
    s = state(
        {"level": [1] * 6, "tenure": 1e9, "hard_line": 0.62},
        [{"salience": 1.0}],
        parameters={
            **cost,
            "resistance_weight": 0.5,
            "dead_band": 0.0,
            "noise": 1e-6,
            "concession_rate": 0.2,
            "tightening_rate": 0.2,
        },
        conditions=[new_condition(announced=1, credibility=0.0)],
        clauses=[new_clause(quantity=Quantity.LEVEL, target=0, low=2.0)],
        parts=[new_part(actor=0, worth=-1.0)],
    )
    move_issues(s, draws(s, issue=0.89))
    assert s.world.next_level[:2] == [1, 2]
    move_issues(s, draws(s, issue=0.91))
    assert s.world.next_level[:2] == [2, 2]


def test_belief_stays_between_nought_and_one_and_a_half() -> None:
    """2: cred in 0 to 1.5."""
    assert remembered(waiting(3, belief=1.49, next_rung=4)) == (1.5, 0)
    assert remembered(waiting(1, belief=0.02)) == (0.0, 0)


def authority(**world: Any) -> State:
    """An authority at rest: η̄ = .62, coh̄ = .70, no stress, nothing moves."""
    given = {"hard_line": 0.62, "cohesion": 0.70, "next_level": [0] * 6, **world}
    return state(given, [{"corridor": 1}, {"corridor": 1}, {"corridor": 0}])


def test_the_memory_of_concessions_decays_and_takes_up_moves() -> None:
    """7.5: ẋ ← .85 ẋ + .5 Δx/4; Δx = 1, -1 and 0 from ẋ = .2."""
    s = authority(
        concessions=[0.2] * 6, level_opened=[1, 1, 1, 1, 1, 1], next_level=[2, 0, 1, 1, 1, 1]
    )
    update_authority(s, draws(s))
    assert s.world.next_concessions == near([0.295, 0.045, 0.17, 0.17, 0.17, 0.17])


def test_at_rest_cohesion_and_the_hard_line_stay() -> None:
    """7.5: reversion to coh̄ and η̄ is nil at these."""
    s = authority()
    update_authority(s, draws(s))
    assert (s.world.next_cohesion, s.world.next_hard_line) == near((0.70, 0.62))


def test_cohesion_reverts_and_suffers_from_concessions_and_stress() -> None:
    """7.5: coh + .05 (.7-coh) - .08 Σ I max(Δx, 0)/4 - .01 m; EDU up two levels, INC down one."""
    s = authority(
        cohesion=0.5, stress=0.4, level_opened=[0, 0, 0, 1, 0, 0], next_level=[2, 0, 0, 0, 0, 0]
    )
    update_authority(s, draws(s))
    assert s.world.next_cohesion == near(0.5 + 0.01 - 0.08 * 1.0 * 2 / 4 - 0.004)


def test_incidents_at_corridors_rally_the_authority_once() -> None:
    """7.5: + .03 · 1[any incident this month with an actor that has a corridor]."""
    s = authority()
    s.actors[0].incident = s.actors[1].incident = 1
    update_authority(s, draws(s))
    assert s.world.next_cohesion == near(0.73)


def test_an_incident_far_from_any_corridor_rallies_nobody() -> None:
    """7.5: only actors with a corridor."""
    s = authority()
    s.actors[2].incident = 1
    update_authority(s, draws(s))
    assert s.world.next_cohesion == near(0.70)


@pytest.mark.parametrize(
    ("soft", "hard", "share"),
    [
        (0.0099, 0.5, 0.5015 - 0.20),
        (0.01, 0.5, 0.5015),
        (0.5, 0.0149, 0.5015 + 0.12),
        (0.5, 0.015, 0.5015),
        (0.0, 0.0, 0.5015 - 0.08),
    ],
)
def test_faction_events_move_the_hard_line(soft: float, hard: float, share: float) -> None:
    """7.5: η + .03 (.62-η) - .20 · 1[u < .01] + .12 · 1[u' < .015], from η = .4977… to .5015."""
    s = authority(hard_line=(0.5015 - 0.0186) / 0.97)
    update_authority(s, draws(s, soft_faction=soft, hard_faction=hard))
    assert s.world.next_hard_line == near(share)


def test_cohesion_and_the_hard_line_stay_between_nought_and_one() -> None:
    """2: η and coh in 0 to 1."""
    low, high = authority(cohesion=0.0, stress=1.0, hard_line=0.0), authority(hard_line=1.0)
    low.world.level_opened, low.world.next_level = [0] * 6, [4] * 6
    high.world.cohesion = 1.0
    high.actors[0].incident = 1
    update_authority(low, draws(low, soft_faction=0.0))
    update_authority(high, draws(high, hard_faction=0.0))
    assert (low.world.next_cohesion, low.world.next_hard_line) == (0.0, 0.0)
    assert (high.world.next_cohesion, high.world.next_hard_line) == (1.0, 1.0)


def test_a_month_adds_to_tenure() -> None:
    """2: ten, months since the start of control."""
    s = authority(tenure=30.0)
    update_authority(s, draws(s))
    assert s.world.next_tenure == 31.0
