"""Shocks from outside: drought, earthquake and elections (model 7.6, 7.11)."""

from sim.model.rules.ordinal import clip
from sim.model.slots import Draws
from sim.model.state import State


def in_season(calendar: int, first: int, last: int) -> bool:
    """Whether a calendar month lies in a season that may run over the turn of the year.

    >>> in_season(12, 11, 4), in_season(4, 11, 4), in_season(5, 11, 4), in_season(5, 3, 6)
    (True, True, False, True)
    """
    if first <= last:
        return first <= calendar <= last
    return calendar >= first or calendar <= last


def draw_disasters(state: State, draws: Draws) -> None:
    """Step 2: drought onset and earthquake."""
    world = state.world
    parameters = state.parameters[world.parameters]
    season = in_season(
        world.calendar, parameters.drought_season_start, parameters.drought_season_end
    )
    if season and world.drought_left == 0 and draws.drought < parameters.drought_hazard:
        severity = parameters.drought_low + parameters.drought_span * draws.drought_severity
        world.drought = clip(severity, 0.0, 1.0)
        world.drought_left = parameters.drought_months
    if draws.quake < parameters.quake_hazard:
        world.quake = 1


def draw_elections(state: State, draws: Draws) -> None:
    """Step 2: elections move base salience."""
    parameters = state.parameters[state.world.parameters]
    for actor in state.actors:
        i = actor.index
        if actor.electorate and draws.election[i] < parameters.election_rate:
            swing = parameters.election_swing * (2.0 * draws.election_swing[i] - 1.0)
            actor.salience_base = clip(actor.salience_base + swing, 0.0, 1.0)


def update_drought(state: State) -> None:
    """Step 12: the drought's timer; at 0 the drought is over."""
    world = state.world
    world.next_drought_left = max(world.drought_left - 1, 0)
    world.next_drought = world.drought if world.next_drought_left > 0 else 0.0
