"""Droughts, earthquakes and elections, by hand (model 7.6, 7.11)."""

from typing import Any

import pytest

from sim.model.rules.shocks import (
    draw_disasters,
    draw_elections,
    in_season,
    update_drought,
)
from sim.model.state import State
from tests.states import draws, near, state


@pytest.mark.parametrize("calendar", [11, 12, 1, 2, 3, 4])
def test_a_season_over_the_turn_of_the_year_holds_both_its_ends(calendar: int) -> None:
    """7.11: Nov-Apr."""
    assert in_season(calendar, 11, 4)


@pytest.mark.parametrize("calendar", [5, 6, 7, 8, 9, 10])
def test_a_season_over_the_turn_of_the_year_leaves_out_the_summer(calendar: int) -> None:
    """7.11: Nov-Apr."""
    assert not in_season(calendar, 11, 4)


@pytest.mark.parametrize(
    ("calendar", "inside"), [(2, False), (3, True), (5, True), (6, True), (7, False), (12, False)]
)
def test_a_season_within_a_year(calendar: int, inside: bool) -> None:
    assert in_season(calendar, 3, 6) is inside


def test_a_season_of_one_month() -> None:
    assert [month for month in range(1, 13) if in_season(month, 5, 5)] == [5]


def shaken(world: dict[str, Any], **drawn: float) -> tuple[float, int]:
    """Severity of the drought and months of it left after step 2."""
    s = state({"calendar": 11, **world})
    draw_disasters(s, draws(s, **drawn))
    return s.world.drought, s.world.drought_left


@pytest.mark.parametrize(("drawn", "left"), [(0.0699, 10), (0.07, 0)])
def test_a_drought_begins_in_the_season(drawn: float, left: int) -> None:
    """7.11: onset .07 a month, severity .3 + .7 u = .65, drt = 10."""
    severity = 0.65 if left else 0.0
    assert shaken({}, drought=drawn, drought_severity=0.5) == near((severity, left))


def test_no_drought_is_worse_than_one() -> None:
    """2: dr in 0 to 1, also where the mildest is raised: .9 + .7·.5."""
    s = state({"calendar": 11}, parameters={"drought_low": 0.9})
    draw_disasters(s, draws(s, drought=0.0, drought_severity=0.5))
    assert s.world.drought == 1.0


def test_no_drought_begins_in_summer() -> None:
    """7.11: in Nov-Apr."""
    assert shaken({"calendar": 5}, drought=0.0) == (0.0, 0)


def test_no_drought_begins_during_another() -> None:
    """7.11: if drt = 0."""
    assert shaken({"drought": 0.4, "drought_left": 1}, drought=0.0) == (0.4, 1)


@pytest.mark.parametrize(("drawn", "quake"), [(0.0499, 1), (0.05, 0)])
def test_the_earth_quakes_now_and_then(drawn: float, quake: int) -> None:
    """7.11: quake .05 a month."""
    s = state()
    draw_disasters(s, draws(s, quake=drawn))
    assert s.world.quake == quake


def test_a_quake_by_intervention_stays() -> None:
    """9: shock quake sets the flag in step 1."""
    s = state({"quake": 1})
    draw_disasters(s, draws(s, quake=0.9))
    assert s.world.quake == 1


def unsettled(drawn: dict[str, float], **actor: Any) -> Any:
    """An actor after step 2."""
    s = state({}, [{"electorate": 1, "salience_base": 0.5, **actor}])
    draw_elections(s, draws(s, **drawn))
    return s.actors[0]


@pytest.mark.parametrize(
    ("drawn", "swing", "base"),
    [(0.0208, 1.0, 0.65), (0.0208, 0.0, 0.35), (0.0208, 0.75, 0.575), (1 / 48, 1.0, 0.5)],
)
def test_an_election_moves_base_salience(drawn: float, swing: float, base: float) -> None:
    """7.6: at rate 1/48 a month, dom0 + .15 (2u - 1)."""
    actor = unsettled({"election": drawn, "election_swing": swing})
    assert actor.salience_base == near(base)


def test_without_an_electorate_there_is_no_election() -> None:
    """7.6: where the flag is set."""
    actor = unsettled({"election": 0.0, "election_swing": 1.0}, electorate=0)
    assert actor.salience_base == 0.5


@pytest.mark.parametrize(("base", "swing", "held"), [(0.95, 1.0, 1.0), (0.05, 0.0, 0.0)])
def test_base_salience_stays_between_nought_and_one(base: float, swing: float, held: float) -> None:
    """7.6: clip(…, 0, 1)."""
    actor = unsettled({"election": 0.0, "election_swing": swing}, salience_base=base)
    assert actor.salience_base == held


def test_each_actor_has_draws_of_its_own() -> None:
    """7.12: slots 5 and 6 of the actor."""
    given = {"electorate": 1, "salience_base": 0.5}
    s = state({}, [given, given])
    draw_elections(s, draws(s, election=[0.5, 0.0], election_swing=[0.0, 1.0]))
    assert [actor.salience_base for actor in s.actors] == near([0.5, 0.65])


def ending(severity: float, left: int) -> State:
    """A drought at the end of a month."""
    s = state({"drought": severity, "drought_left": left})
    update_drought(s)
    return s


@pytest.mark.parametrize(
    ("left", "then", "severity"), [(10, 9, 0.6), (2, 1, 0.6), (1, 0, 0.0), (0, 0, 0.0)]
)
def test_a_drought_runs_down_and_ends(left: int, then: int, severity: float) -> None:
    """7.11: step 12 lowers drt by 1, at 0 severity 0; so it acts in months t … t+len-1."""
    world = ending(0.6, left).world
    assert (world.next_drought_left, world.next_drought) == (then, severity)
