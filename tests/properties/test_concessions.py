"""What the authority concedes moves with what it gains and loses, run by run (model 10, 30)."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sim.model.rules.authority import stake
from sim.scenario.selection import Selection
from sim.scenario.verbs.base import Intervention
from sim.scenario.verbs.rows import Shift
from tests.properties.pairs import (
    QUIET,
    Pair,
    Stage,
    first_above,
    highest,
    hold,
    recorded,
    set_global,
    stages,
)
from tests.properties.planting import replaced
from tests.properties.statements import asks
from tests.worlds import AGENTS, World, every_run, hundredths, some

ONE_WAY: tuple[Intervention, ...] = (
    *QUIET,
    hold("cohesion"),
    set_global("asset_up_rate", 0.0),
    set_global("asset_down_rate", 0.0),
)
"""Nobody meets; need, stress, cohesion, belief in rewards and the stages of pools stay."""

RESTLESS_ISSUES: tuple[Intervention, ...] = (
    set_global("concession_rate", 0.15),
    set_global("tightening_rate", 0.15),
    set_global("noise", 0.8),
)
"""An authority that moves often, so that few months show much."""


def levels(world: World, runs: int | None = None) -> Any:
    """Levels `[run, month, issue]` of a world."""
    return recorded(world, runs).issues["level"]


def unconceded_stake(actor: Any, parameters: Any, state: Any) -> float:
    """The stake in an actor at its score on the levels of the start: no concession lowers it."""
    seen, weights = actor.score, state.policies[actor.policy].issue_weights
    start = state.world.level_start
    asked = sum(weights[k] * start[k] for k in range(len(start))) / 4.0
    actor.score = asked if state.world.issues else 1.0
    found = stake(actor, parameters, state)
    actor.score = seen
    return found


@st.composite
def authority_stages(draw: DrawFn) -> Stage:
    """A world whose authority moves often, over a year."""
    stage = draw(stages(12))
    return stage._replace(shared=(*stage.shared, *RESTLESS_ISSUES))


@st.composite
def harder_authority(draw: DrawFn) -> Pair:
    """An authority as it is, and one with more hard-liners or for whom ideology weighs more."""
    stage = draw(authority_stages())
    param, most = draw(st.sampled_from((("ideology_weight", 4.0), ("hard_line_rest", 0.6))))
    to = highest(stage, param) + draw(hundredths(0.02, most))
    to = min(to, 1.0) if param == "hard_line_rest" else to
    harder = set_global(param, to, draw(st.integers(1, stage.months - 1)))
    return Pair(stage.world(harder, after=ONE_WAY), stage.world(after=ONE_WAY))


@st.composite
def more_credible_rewards(draw: DrawFn) -> Pair:
    """Rewards as they are, and more credible ones from some actors."""
    stage = draw(authority_stages())
    month, by = draw(st.integers(1, stage.months - 1)), draw(hundredths(0.1, 2.0))
    chosen = Selection(id=draw(some(list(stage.case.actors), 1)))
    verb = Shift(verb="shift", month=month, select=chosen, param="reward_credibility", by=by)
    return Pair(stage.world(after=ONE_WAY), stage.world(verb, after=ONE_WAY))


def no_level_is_higher(pair: Pair, issue: int | None = None) -> str:
    """Where an issue, or any, stands higher in the first world; leverage is that of the start."""
    with every_run(AGENTS), replaced(stake, unconceded_stake):
        found = [levels(world) for world in pair]
    return first_above(*(each if issue is None else each[:, :, issue] for each in found))


@asks(30, harder_authority(), times=2.0)
def test_30_a_harder_line_raises_no_issue(pair: Pair) -> None:
    """A harder line, or more weight on ideology, raises no issue in any month, where nobody
    meets, cohesion stays and a concession lowers no leverage.
    """
    assert no_level_is_higher(pair) == ""


@asks(30, more_credible_rewards(), times=2.0)
def test_30_more_credible_rewards_lower_no_issue(pair: Pair) -> None:
    """More credible rewards lower no issue in any month, under the same conditions."""
    assert no_level_is_higher(pair) == ""
