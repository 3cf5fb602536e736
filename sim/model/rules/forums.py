"""Forums, conferences the authority hosts, and its recovery-plan pitches (model 7.6)."""

from sim.model.arithmetic import scaled
from sim.model.rules.authority import any_issue_eased
from sim.model.rules.engagement import value
from sim.model.rules.ordinal import clip, logistic
from sim.model.slots import Draws
from sim.model.state import Actor, State
from sim.model.vocab import RECOGNITION, STANDING_CHANNEL


def mediation(state: State) -> float:
    """med: strength of mediation, by the highest mediator in place, or as imposed."""
    parameters = state.parameters[state.world.parameters]
    if parameters.mediation_override >= 0.0:
        return parameters.mediation_override
    highest = 0
    for actor in state.actors:
        if actor.rung > highest and actor.rung >= parameters.mediation_rung:
            if state.policies[actor.policy].mediator > 0.0:
                highest = actor.rung
    return parameters.mediation_base + parameters.mediation_span * (highest / RECOGNITION)


def refusal_chance(state: State) -> float:
    """Chance that the authority refuses a forum at which civil society is seated."""
    world = state.world
    parameters = state.parameters[world.parameters]
    pull = world.hard_line - parameters.refusal_midpoint - parameters.refusal_stress * world.stress
    return parameters.refusal_most * logistic(parameters.refusal_slope * pull)


def hold_forum(state: State, draws: Draws) -> None:
    """Step 4: whether a forum is held or refused, and the momentum it leaves."""
    world = state.world
    parameters = state.parameters[world.parameters]
    world.forum_held = 0
    world.forum_refused = 0
    change = 0.0
    if world.forum_scheduled or draws.forum < parameters.forum_hazard:
        world.forum_held = 1
        change = parameters.momentum_held
        seated = world.civil_society == 1
        if world.civil_society < 0:
            seated = draws.civil_society < parameters.civil_society_share
        if seated and draws.refusal < refusal_chance(state):
            world.forum_refused = 1
            change = -parameters.momentum_refused
    world.next_momentum = clip(parameters.momentum_decay * world.momentum + change, -1.0, 1.0)


def attends(actor: Actor, state: State, draws: Draws) -> bool:
    """Whether the actor sends a delegation to the authority's conference, gates aside."""
    parameters = state.parameters[state.world.parameters]
    readiness = (value(actor, STANDING_CHANNEL, state) - parameters.dead_band) / parameters.noise
    return draws.attendance[actor.index] < logistic(readiness)


def host_conference(state: State, draws: Draws) -> None:
    """Step 4: whether the authority hosts a conference, and who attends."""
    world = state.world
    world.conference = 0
    if draws.conference < state.parameters[world.parameters].conference_hazard:
        world.conference = 1
    for actor in state.actors:
        actor.attended = 0
        if world.conference and attends(actor, state, draws):
            actor.attended = 1


def make_pitch(state: State, draws: Draws) -> None:
    """Step 4: whether the authority pitches a recovery plan."""
    world = state.world
    parameters = state.parameters[world.parameters]
    world.pitch = 0
    by_chance = (
        draws.pitch < parameters.pitch_hazard and world.stress > parameters.pitch_least_stress
    )
    if world.pitch_scheduled or by_chance:
        world.pitch = 1


def update_pitch(state: State) -> None:
    """Step 12: how long and how strongly the last pitch still works (the cheap-talk discount)."""
    world = state.world
    world.next_pitch_left = max(world.pitch_left - 1, 0)
    world.next_pitch_strength = world.pitch_strength
    world.next_pitches = 0 if any_issue_eased(state) else world.pitches
    if world.pitch:
        world.next_pitch_left = state.parameters[world.parameters].pitch_months
        world.next_pitch_strength = scaled(1.0, -int(world.next_pitches))
        world.next_pitches = world.next_pitches + 1


def update_salience(actor: Actor, state: State) -> None:
    """Step 12 for one actor: domestic salience after refusals and atrocities."""
    parameters = state.parameters[state.world.parameters]
    salience = actor.domestic_salience + parameters.salience_reversion * (
        actor.salience_base - actor.domestic_salience
    )
    if actor.salience_base > parameters.salience_threshold:
        if state.world.forum_refused:
            salience += parameters.refusal_shock
        salience += actor.atrocity
    actor.next_domestic_salience = clip(salience, 0.0, 1.0)
