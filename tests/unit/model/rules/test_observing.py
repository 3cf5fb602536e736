"""What all see before anyone acts, by hand (model 7.2, 7.3, 7.6)."""

import math
from typing import Any

import pytest

from sim.model.rules.observing import opportunity, update_observations
from tests.states import near, state


@pytest.mark.parametrize(
    ("grievances", "worth"),
    [([0.0, 0.0], 1.0), ([0.2, 0.1], 0.895), ([1.0, 0.0], 0.7), ([0.8, 0.8], 0.7)],
)
def test_insecurity_discounts_opportunity(grievances: list[float], worth: float) -> None:
    """7.3: 1 - .3 clip(2 Σ sal g/Σ sal, 0, 1), with sal 3 and 1: .3·2·(.6 + .1)/4 = .105."""
    actors = [
        {"salience": weight, "grievance": grievance}
        for weight, grievance in zip([3.0, 1.0], grievances, strict=True)
    ]
    assert opportunity(state({}, actors)) == near(worth)


def test_grievance_is_a_mean_also_of_little_weight() -> None:
    """7.3: 1 - .3·2·.2·.25/.25."""
    actors = [{"salience": 0.25, "grievance": 0.2}]
    assert opportunity(state({}, actors)) == near(0.88)


def test_grievances_of_actors_without_weight_do_not_count() -> None:
    """7.3: [sal] sums; Σ sal = 0 guards the division."""
    assert opportunity(state({}, [{"salience": 0.0, "grievance": 1.0}])) == 1.0


@pytest.mark.parametrize(("left", "worth"), [(6, 1.05), (1, 1.05), (0, 1.0)])
def test_a_fresh_pitch_lifts_opportunity(left: int, worth: float) -> None:
    """7.3: + .10 ps 1[pt > 0], with ps = .5."""
    assert opportunity(state({"pitch_left": left, "pitch_strength": 0.5})) == near(worth)


def test_all_observe_scores_mediation_opportunity_and_durability() -> None:
    """7.2, 7.3, 7.6: C = 2/4 and 1/4; med at rung 7 is 1; 1 - e^(-18/36)."""
    actors = [
        {"follows": {"issue_weights": [1.0, 0, 0, 0, 0, 0], "mediator": 1.0}, "rung": 7},
        {"follows": {"issue_weights": [0, 1.0, 0, 0, 0, 0]}, "grievance": 0.1},
    ]
    s = state({"level": [2, 1, 0, 0, 0, 0], "tenure": 18.0}, actors)
    update_observations(s)
    assert [actor.score for actor in s.actors] == near([0.5, 0.25])
    assert s.world.mediation == near(1.0)
    assert s.world.opportunity == near(0.97)
    assert s.world.durability == near(1 - math.exp(-0.5))


def seen(world: dict[str, Any]) -> tuple[float, int]:
    """The score and its policy of an actor whose score was .9 by its policy on level 2."""
    levels = {"level": [2, 0, 0, 0, 0, 0], "level_scored": [2, 0, 0, 0, 0, 0]}
    follows = {"issue_weights": [1.0, 0, 0, 0, 0, 0]}
    s = state(levels | world, [{"score": 0.9, "follows": follows}])
    update_observations(s)
    return s.actors[0].score, s.actors[0].policy_scored


def test_a_score_is_computed_anew_once_a_level_is_another_one() -> None:
    assert seen({}) == (0.9, 0)
    assert seen({"level": [3, 0, 0, 0, 0, 0]}) == (near(0.75), 0)
    assert seen({"month": 0}) == (near(0.5), 0)


def test_a_score_is_computed_anew_where_a_level_moves_back() -> None:
    """Levels are noted each time that scores are computed."""
    follows = {"issue_weights": [1.0, 0, 0, 0, 0, 0]}
    s = state({"level": [3, 0, 0, 0, 0, 0], "level_scored": [2] * 6}, [{"follows": follows}])
    update_observations(s)
    assert s.world.level_scored == [3, 0, 0, 0, 0, 0]
    s.world.level[0] = 2
    update_observations(s)
    assert s.actors[0].score == near(0.5)


def test_a_score_is_computed_anew_once_the_policy_is_another_one() -> None:
    follows = [{"issue_weights": [share, 0, 0, 0, 0, 0]} for share in (1.0, 0.5)]
    s = state({"level": [4, 0, 0, 0, 0, 0]}, [{"follows": each} for each in follows])
    update_observations(s)
    s.actors[0].policy = 1
    update_observations(s)
    assert [(actor.score, actor.policy_scored) for actor in s.actors] == [(0.5, 1), (0.5, 1)]
