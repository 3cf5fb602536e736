"""What offers and threats do to the authority, and what they do not do (model 7.5a, 10)."""

from dataclasses import replace
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sim.engine.plain import plain_state
from sim.model.rules import offers as rules
from sim.model.vocab import TOP_LEVEL
from sim.scenario.clauses import Clause
from sim.scenario.selection import Selection
from sim.scenario.verbs.base import Intervention
from sim.scenario.verbs.rows import Shift
from tests.properties.pairs import Pair, Stage, hold, set_global, with_numbers
from tests.properties.statements import asks
from tests.properties.test_concessions import ONE_WAY, authority_stages, no_level_is_higher
from tests.worlds import (
    Span,
    World,
    difference,
    first_months,
    hundredths,
    interventions,
    offers,
    scenario_of,
    some,
    worlds,
)

ALONE: tuple[Intervention, ...] = (
    *ONE_WAY,
    hold("hard_line"),
    set_global("word_kept", 0.0),
    set_global("word_broken", 0.0),
)
"""Nothing moves the authority but the offers, and belief in words stays, too."""

BY_OFFERS = (
    "offer_talk",
    "offer_nearness",
    "offer_doubt",
    "threat_loss",
    "resistance_weight",
    "word_kept",
    "word_broken",
    "stake_relief",
    "stake_recognition",
)
"""Parameters that offers alone read."""


def is_silent(world: World) -> bool:
    return not any(verb.announced for verb in world.scenario.interventions)


@asks(44, worlds().filter(is_silent), st.sampled_from(BY_OFFERS), st.floats(0.0, 1.0))
def test_44_where_nothing_is_announced_offers_change_nothing(
    world: World, name: str, to: float
) -> None:
    """Where nothing is announced, no parameter of offers changes any bit of a run."""
    case = with_numbers(world.case, lambda path, value: to if path.endswith(f".{name}") else value)
    other = replace(world, case=case)
    assert difference(world.recorded(2), other.recorded(2)) == ""


@st.composite
def announced(draw: DrawFn, stage: Stage, **terms: Any) -> Intervention:
    """An offer over one issue that changes nothing but what the authority expects."""
    issue = draw(st.sampled_from(list(stage.case.issues)))
    asked = Clause(issue=issue, at_least=draw(st.integers(1, TOP_LEVEL)))
    return Shift(
        verb="shift",
        month=draw(st.integers(1, 6)),
        **{"while": [asked]},
        announced=True,
        select=Selection(id=draw(some(list(stage.case.actors), 1))),
        param="stance",
        by=0.0,
        **terms,
    )


@st.composite
def smaller_and_larger_promises(draw: DrawFn) -> tuple[Pair, str]:
    """A promise, and one that is worth more or more credible; and the issue it hangs on."""
    stage = draw(authority_stages().filter(lambda each: each.case.issues))
    offer = draw(announced(stage, worth=draw(st.integers(1, 40)) * 100.0))
    key = draw(st.sampled_from(("worth", "credibility")))
    offer = offer.model_copy(update={"credibility": draw(hundredths(0.1, 0.7))})
    more = offer.model_copy(update={key: getattr(offer, key) * 2.0})
    pair = Pair(*(stage.world(each, after=ALONE) for each in (offer, more)))
    return pair, offer.while_[0].issue


def level_of(pair: Pair, issue: str) -> str:
    """Where an issue stands higher in the first world, leverage being that of the start."""
    place = list(pair.one.case.issues).index(issue)
    return no_level_is_higher(pair, place)


@asks(45, smaller_and_larger_promises(), times=2.0)
def test_45_a_larger_promise_lowers_no_issue_it_hangs_on(given: tuple[Pair, str]) -> None:
    """A promise that is worth more, or more credible, lowers the issue on which it hangs in no
    month, where nothing else moves the authority and a concession lowers no leverage.
    """
    assert level_of(*given) == ""


@st.composite
def weaker_and_stronger_resistance(draw: DrawFn) -> tuple[Pair, str]:
    """A threat over an issue under more resistance, and under less."""
    stage = draw(authority_stages().filter(lambda each: each.case.issues))
    offer = draw(announced(stage, worth=draw(st.integers(-40, -1)) * 100.0))
    less, more = sorted((draw(hundredths(0.0, 2.0)), draw(hundredths(0.0, 4.0))))
    pair = Pair(
        *(
            stage.world(offer, set_global("resistance_weight", weight), after=ALONE)
            for weight in (more, less)
        )
    )
    return pair, offer.while_[0].issue


@asks(46, weaker_and_stronger_resistance(), times=2.0)
def test_46_more_resistance_raises_no_issue_that_is_threatened(given: tuple[Pair, str]) -> None:
    """More resistance to threats raises the issue that is threatened in no month, under the same
    conditions.
    """
    assert level_of(*given) == ""


@st.composite
def worlds_with_offers(draw: DrawFn) -> World:
    """A world with an offer, whatever else happens in it."""
    stage = draw(authority_stages().filter(lambda each: each.case.issues))
    span = Span(1, stage.months)
    verbs = [*stage.shared, *draw(st.lists(interventions(stage.case, span), max_size=2))]
    verbs.append(draw(offers(stage.case, span)))
    return World(stage.case, scenario_of(stage.case, stage.months, verbs), stage.seed)


def alone(world: World) -> tuple[Any, int]:
    """The start of a world in the first month of its last offer, all others unsaid; its place."""
    start = world.compiled().start
    copies = {name: getattr(start, name).copy() for name in ("world", "conditions")}
    state: Any = plain_state(start._replace(**copies))
    place = [i for i, each in enumerate(state.conditions) if each.announced][-1]
    for i, condition in enumerate(state.conditions):
        condition.announced = int(i == place)
    state.world.month = state.conditions[place].first
    return state, place


@asks(47, worlds_with_offers())
def test_47_over_a_path_pulls_add_up_to_what_was_offered(world: World) -> None:
    """The pulls along any path add up to what is offered at its end less that at its beginning,
    so there is nothing to win by going to and fro; where an offer is met, all of it counts.
    """
    state, place = alone(world)
    asked = [each for each in state.clauses if each.condition == place]
    assume(len(asked) == 1)
    issue, parameters = asked[0].target, state.parameters[0]
    near, total, last = [], 0.0, 0.0
    for level in range(TOP_LEVEL + 1):
        state.world.level[issue] = level
        near.append(rules.nearness(place, issue, 0, parameters, state))
        if level > 0:
            assert rules.pull(issue, 0, -1, parameters, state) == last
        last = rules.pull(issue, 1, 0, parameters, state)
        total += last if level < TOP_LEVEL else 0.0
    worth = rules.offered(place, parameters, state)
    assert abs(total - worth * (near[-1] - near[0])) <= 1e-12 * max(1.0, abs(worth))
    assert max(near) == 1.0


def met(world: World, recorded: Any) -> int:
    """The first month in which any condition holds; past the end for none."""
    holds = recorded.conditions["holds"].any(axis=(0, 2))
    return int(holds.argmax()) if holds.any() else world.scenario.months + 1


@asks(48, worlds_with_offers())
def test_48_a_word_that_will_be_broken_works_until_it_is(world: World) -> None:
    """Offers that will be broken are the same as those that are kept, bit for bit, until the first
    condition is met.
    """
    verbs = world.scenario.interventions
    recorded = []
    for kept in (1.0, 0.0):
        own = [verb.model_copy(update={"kept": kept} if verb.announced else {}) for verb in verbs]
        scenario = scenario_of(world.case, world.scenario.months, own)
        recorded.append(replace(world, scenario=scenario).recorded())
    month = met(world, recorded[0])
    assert difference(*(first_months(each, month - 1) for each in recorded)) == ""
