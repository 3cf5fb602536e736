"""Step 3: what all see before anyone acts in the month (model 7.2, 7.3, 7.6)."""

from sim.model.arithmetic import exponential
from sim.model.rules.engagement import score
from sim.model.rules.forums import mediation
from sim.model.rules.ordinal import clip
from sim.model.state import State


def opportunity(state: State) -> float:
    """opp: worth of resources and trade, discounted by insecurity, lifted by a fresh pitch."""
    world = state.world
    parameters = state.parameters[world.parameters]
    aggrieved = 0.0
    for actor in state.actors:
        aggrieved += actor.salience * actor.grievance
    if world.salience_total > 0.0:
        aggrieved = aggrieved / world.salience_total
    insecurity = clip(parameters.insecurity_scale * aggrieved, 0.0, 1.0)
    pitched = 0.0
    if world.pitch_left > 0:
        pitched = parameters.pitch_on_opportunity * world.pitch_strength
    return 1.0 - parameters.insecurity_discount * insecurity + pitched


def note_levels(state: State) -> bool:
    """Whether any level is another one than when scores were computed last; notes the levels.

    Before month 1 no score is known.
    """
    world = state.world
    moved = world.month == 0
    for k in range(world.issues):
        if world.level[k] != world.level_scored[k]:
            world.level_scored[k] = world.level[k]
            moved = True
    return moved


def update_scores(state: State) -> None:
    """The score of each actor, computed where its policy or a level is another one than before."""
    moved = note_levels(state)
    for actor in state.actors:
        if moved or actor.policy != actor.policy_scored:
            actor.score = score(state.policies[actor.policy], state)
            actor.policy_scored = actor.policy


def update_observations(state: State) -> None:
    """Scores of all actors, mediation, opportunity and the durability of control."""
    world = state.world
    parameters = state.parameters[world.parameters]
    update_scores(state)
    world.mediation = mediation(state)
    world.opportunity = opportunity(state)
    world.durability = 1.0 - exponential(-world.tenure / parameters.durability_months)
