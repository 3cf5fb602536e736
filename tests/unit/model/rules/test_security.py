"""Incidents, grievances and corridors, by hand (model 7.7)."""

from typing import Any

import pytest

from sim.model.rules.security import draw_incidents, militancy, update_grievance
from sim.model.state import State
from tests.states import draws, near, state


@pytest.mark.parametrize(
    ("ct", "bor", "multiplier"), [(0, 0, 1.6), (2, 1, 1.05), (4, 2, 0.5), (4, 4, 0.2), (3, 4, 0.2)]
)
def test_militancy_falls_with_order_at_the_border_and_with_counter_terrorism(
    ct: int, bor: int, multiplier: float
) -> None:
    """7.7: clip(1.6 - x_BOR/4 - .6 x_CT/4, .2, 1.6)."""
    assert militancy(state({"level": [3, 3, 3, 3, ct, bor]})) == near(multiplier)


@pytest.mark.parametrize("issue", range(6))
def test_each_issue_curbs_militancy_once_by_its_curb(issue: int) -> None:
    """7.7: 1.6 - .5 x/4, with x = 4 for one issue."""
    level = [0] * 6
    level[issue] = 4
    s = state({"level": level}, parameters={"incident_curb": [0.5] * 6})
    assert militancy(s) == near(1.1)


def neighbour(**actor: Any) -> State:
    """A neighbour with a stake of .5 while nothing checks militants: multiplier 1.6."""
    given = {"corridor": 1, "follows": {"security_stake": 0.5}, **actor}
    return state({}, [given])


def struck(s: State, **drawn: Any) -> tuple[int, float]:
    """Whether the first actor has an incident, and how open its corridor is."""
    draw_incidents(s, draws(s, **drawn))
    return s.actors[0].incident, s.actors[0].openness


@pytest.mark.parametrize(("drawn", "incident"), [(0.0279, 1), (0.0281, 0)])
def test_an_incident_happens_by_the_stake_at_a_corridor(drawn: float, incident: int) -> None:
    """7.7: .035·.5·1·1.6 = .028."""
    assert struck(neighbour(), incident=drawn)[0] == incident


def test_without_a_stake_nothing_happens_at_any_draw() -> None:
    """7.12: events happen when u < p, strictly."""
    assert struck(neighbour(follows={"security_stake": 0.0}), incident=0.0)[0] == 0


@pytest.mark.parametrize(("drawn", "incident"), [(0.0097, 1), (0.0099, 0)])
def test_far_from_a_corridor_incidents_are_rarer(drawn: float, incident: int) -> None:
    """7.7: .35 without a corridor: .028·.35 = .0098."""
    assert struck(neighbour(corridor=0), incident=drawn)[0] == incident


def test_last_month_s_incident_is_forgotten() -> None:
    """3: a flag of this month."""
    assert struck(neighbour(incident=1)) == (0, 1.0)


@pytest.mark.parametrize(("drawn", "openness"), [(0.3499, 0.15), (0.35, 1.0)])
def test_an_incident_may_close_the_corridor(drawn: float, openness: float) -> None:
    """7.7: with prob. .35, o ← min(o, .15) in step 2."""
    assert struck(neighbour(), incident=0.0, closure=drawn) == (1, openness)


def test_a_corridor_that_is_closed_further_stays_so() -> None:
    """7.7: min(o, .15)."""
    assert struck(neighbour(openness=0.05), incident=0.0, closure=0.0) == (1, 0.05)


def test_nothing_closes_where_nothing_happened() -> None:
    """7.7: an incident closes the crossing."""
    assert struck(neighbour(), incident=0.9, closure=0.0) == (0, 1.0)


def test_without_a_corridor_nothing_closes() -> None:
    """2: o is always 1 without a corridor."""
    assert struck(neighbour(corridor=0), incident=0.0, closure=0.0) == (1, 1.0)


def test_each_actor_has_draws_of_its_own() -> None:
    """7.12: slots 1 and 2 of the actor."""
    given = {"corridor": 1, "follows": {"security_stake": 1.0}}
    s = state({}, [given, given, given])
    draw_incidents(s, draws(s, incident=[0.9, 0.0, 0.0], closure=[0.0, 0.9, 0.0]))
    assert [actor.incident for actor in s.actors] == [0, 1, 1]
    assert [actor.openness for actor in s.actors] == [1.0, 1.0, 0.15]


def remembered(**actor: Any) -> Any:
    """An actor at the end of the month."""
    s = state({}, [actor])
    update_grievance(s.actors[0], s.parameters[0])
    return s.actors[0]


@pytest.mark.parametrize(
    ("incident", "attended", "grievance"), [(0, 0, 0.45), (1, 0, 0.75), (0, 1, 0.40), (1, 1, 0.70)]
)
def test_grievance_decays_grows_by_incidents_and_is_shed_at_conferences(
    incident: int, attended: int, grievance: float
) -> None:
    """7.7: .9 g + .3 inc - .05 att, from .5."""
    actor = remembered(grievance=0.5, incident=incident, attended=attended)
    assert actor.next_grievance == near(grievance)


def test_grievance_stays_within_its_bounds() -> None:
    """7.7: clip(…, 0, 1.5)."""
    assert remembered(grievance=0.0, attended=1).next_grievance == 0.0
    assert remembered(grievance=1.5, incident=1).next_grievance == 1.5


@pytest.mark.parametrize(
    ("before", "after"), [(0.15, 0.4675), (0.0, 0.37), (0.98, 1.0), (1.0, 1.0)]
)
def test_a_corridor_reopens(before: float, after: float) -> None:
    """7.7: o ← min(1, o + .35 (1-o) + .02)."""
    assert remembered(openness=before).next_openness == near(after)


def test_a_corridor_that_is_held_does_not_reopen() -> None:
    """7.7: unless held closed by an intervention this month."""
    assert remembered(openness=0.15, corridor_held=1).next_openness == 0.15
