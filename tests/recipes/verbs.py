"""The recipes of verbs: a class, a rule for what acts on the state, and a test."""

from tests.recipes.copy import Copy

PARAMETER_VERB = '''\
"""A verb by which actors lose interest."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from sim.case.case import Case
from sim.case.numbers import Real
from sim.scenario.verbs.base import TO_THE_END, How, RowChange
from sim.scenario.verbs.rows import OnPolicies


class LoseInterest(OnPolicies):
    """The actors' stake in resources shrinks to a share of it."""

    examples = (("`select: {group: $group}, by: 0.5}`", TO_THE_END),)
    amount = "by"

    verb: Literal["lose_interest"]
    by: Annotated[Real, Field(ge=0, le=1)]

    def changes(self, case: Case) -> Iterator[RowChange]:
        """The stake of each actor that it reaches."""
        yield RowChange(self.reached(case), How.TIMES, "resource_stake", None, self.amount)
'''

TEST_OF_PARAMETER_VERB = '''\
"""The verb by which actors lose interest."""

from sim.scenario.compile import compile_scenario
from tests.scenarios import load, with_interventions


def test_the_stake_shrinks_from_its_month_on() -> None:
    line = "{month: 3, verb: lose_interest, select: {id: RUS}, by: 0.5}"
    loaded = load(with_interventions(line))
    found = compile_scenario(loaded.case, loaded.scenario, 6)
    place = found.actors.index("RUS")
    rows = found.start.policy_of[0, :, place]
    stakes = found.start.policies["resource_stake"][rows].tolist()
    whole = loaded.case.value("actors", "RUS", "resource_stake")
    assert stakes == [whole] * 2 + [whole * 0.5] * 4
'''

STATE_VERB = '''\
"""A verb by which health services break down."""

from collections.abc import Iterator
from typing import Literal

from sim.case.case import Case
from sim.model.rules import interventions
from sim.scenario.parts import Share
from sim.scenario.verbs.base import Effect, Intervention


class BreakHealth(Intervention):
    """Health services lose a share of what they were."""

    examples = (("`loss: 0.2}`", "its month"),)
    amount = "loss"

    verb: Literal["break_health"]
    loss: Share

    def _effects(self, case: Case) -> Iterator[Effect]:
        yield Effect(interventions.BREAK_HEALTH, value=self.loss)
'''

RULE_OF_STATE_VERB = """\
    elif event.verb == PITCH:
        world.pitch_scheduled = 1
    elif event.verb == BREAK_HEALTH:
        world.health = world.health * (1.0 - event.value)
"""

TEST_OF_STATE_VERB = '''\
"""The verb by which health services break down."""

from sim.model.rules import interventions
from tests.states import near, new_event, state


def test_health_loses_its_share() -> None:
    event = new_event(verb=interventions.BREAK_HEALTH, value=0.25)
    s = state({"health": 0.8}, events=[event])
    interventions.apply_interventions(s)
    assert s.world.health == near(0.6)
'''


def with_parameter_verb(tree: Copy) -> None:
    """The recipe of a verb that changes numbers, which needs no rule."""
    tree.write("sim/scenario/verbs/interest.py", PARAMETER_VERB)
    tree.write("tests/unit/scenario/test_interest.py", TEST_OF_PARAMETER_VERB)


def with_state_verb(tree: Copy) -> None:
    """The recipe of a verb that acts on the state, by a rule beside those of the others."""
    rules = "sim/model/rules/interventions.py"
    tree.write("sim/scenario/verbs/breakdown.py", STATE_VERB)
    tree.replace(rules, "HOLD_ISSUE = 14\n", "HOLD_ISSUE = 14\nBREAK_HEALTH = 15\n")
    tree.replace(rules, "".join(RULE_OF_STATE_VERB.splitlines(True)[:2]), RULE_OF_STATE_VERB)
    tree.write("tests/unit/rules/test_breakdown.py", TEST_OF_STATE_VERB)
