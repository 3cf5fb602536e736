"""Value of a rung, gates, quorum and exits: where an actor stands next month (model 7.2 to 7.4)."""

from sim.model.parameters import Parameters
from sim.model.policy import Policy
from sim.model.rules.ordinal import TOLERANCE, climb_chance, fall_chance, may_climb, may_fall
from sim.model.slots import Draws
from sim.model.state import Actor, State
from sim.model.vocab import RECOGNITION, TOP_LEVEL


def score(policy: Policy, state: State) -> float:
    """Conditionality score C in [0, 1]: issue levels weighted by the policy (7.2).

    1 where the case has no issues: nothing is asked.
    """
    world = state.world
    if world.issues == 0:
        return 1.0
    weighted = 0.0
    for k in range(world.issues):
        weighted += policy.issue_weights[k] * world.level[k]
    return weighted / TOP_LEVEL


def peers_at(actor: Actor, rung: int, state: State) -> float:
    """Share of the actor's reference group that stands at `rung` or above, in [0, 1]."""
    ties = state.ties[actor.index]
    share = 0.0
    for j in range(len(state.actors)):
        if state.actors[j].rung >= rung:
            share += ties[j]
    return share


def reciprocity(policy: Policy, state: State) -> float:
    """Recent moves of the authority, weighted by the policy; negative after a tightening."""
    world = state.world
    weighted = 0.0
    for k in range(world.issues):
        weighted += policy.issue_weights[k] * world.concessions[k]
    return TOP_LEVEL * weighted


def value_terms(
    actor: Actor, rung: int, policy: Policy, parameters: Parameters, state: State
) -> tuple[float, ...]:
    """Terms of the value of `rung` (1 to 7), in utility, in the order in which they add up (7.3).

    Anchor, stance, threshold, then rights, security, resources, humanitarian motive, peers,
    reciprocity, momentum, domestic cost, grievance, durability, and the reservation at rung 7.
    """
    world = state.world
    reservation = 0.0
    if rung == RECOGNITION:
        reservation = policy.reservation + actor.reservation_offset
    return (
        actor.anchor,
        policy.stance,
        -parameters.thresholds[rung],
        policy.weight_rights
        * parameters.loading_rights[rung]
        * (actor.score - policy.reference_score),
        policy.weight_security * parameters.loading_security[rung] * policy.security_stake,
        policy.weight_resources
        * parameters.loading_resources[rung]
        * (policy.resource_stake * world.opportunity),
        policy.weight_humanitarian * parameters.loading_humanitarian[rung] * world.need,
        policy.weight_peers * parameters.loading_peers[rung] * peers_at(actor, rung, state),
        policy.weight_reciprocity
        * parameters.loading_reciprocity[rung]
        * reciprocity(policy, state),
        policy.weight_momentum
        * parameters.loading_momentum[rung]
        * (world.momentum * world.mediation),
        -policy.weight_domestic
        * parameters.loading_domestic[rung]
        * (actor.domestic_salience * (1.0 - actor.score)),
        -policy.weight_grievance * parameters.loading_grievance[rung] * actor.grievance,
        policy.weight_durability * parameters.loading_durability[rung] * world.durability,
        -reservation,
    )


def sum_terms(terms: tuple[float, ...]) -> float:
    """The fourteen terms of a value, added in order."""
    first = terms[0] + terms[1] + terms[2] + terms[3] + terms[4] + terms[5] + terms[6]
    return first + terms[7] + terms[8] + terms[9] + terms[10] + terms[11] + terms[12] + terms[13]


def value(actor: Actor, rung: int, state: State) -> float:
    """Value of `rung` (1 to 7) to the actor, in utility (7.3)."""
    policy = state.policies[actor.policy]
    parameters = state.parameters[state.world.parameters]
    return sum_terms(value_terms(actor, rung, policy, parameters, state))


def is_open(actor: Actor, rung: int, state: State) -> bool:
    """Whether the gate, the quorum and the cap let the actor climb to `rung` (7.4)."""
    policy = state.policies[actor.policy]
    if rung > actor.cap or actor.score < policy.gates[rung] - TOLERANCE:
        return False
    return rung < RECOGNITION or peers_at(actor, RECOGNITION, state) >= policy.quorum


def gate_missed(actor: Actor, state: State) -> bool:
    """Whether the score misses the gate of the present rung by more than the slack (7.4)."""
    slack = state.parameters[state.world.parameters].gate_slack
    return actor.score < state.policies[actor.policy].gates[actor.rung] - slack - TOLERANCE


def chance_to_climb(actor: Actor, state: State) -> float:
    """Chance in a month of the next rung of the ladder; 0 where it is closed or there is none."""
    above = state.world.rung_above[actor.rung]
    if actor.rung == RECOGNITION or not is_open(actor, above, state):
        return 0.0
    parameters = state.parameters[state.world.parameters]
    return climb_chance(
        parameters.climb_rate,
        value(actor, above, state),
        parameters.dead_band,
        parameters.noise,
    )


def may_leave(actor: Actor, draw: float, state: State) -> bool:
    """Whether `draw` could mean a fall, whatever the value of the rung: by choice or by a gate."""
    if may_fall(draw, state.policies[actor.policy].descent_rate):
        return True
    exit_rate = state.parameters[state.world.parameters].exit_rate
    return may_fall(draw, exit_rate) and gate_missed(actor, state)


def chance_to_fall(actor: Actor, state: State) -> float:
    """Chance of falling a rung in a month: the kernel, then the exit floor, then iota (7.4)."""
    if actor.rung == 0:
        return 0.0
    parameters = state.parameters[state.world.parameters]
    chance = fall_chance(
        state.policies[actor.policy].descent_rate,
        value(actor, actor.rung, state),
        parameters.dead_band,
        parameters.noise,
    )
    if gate_missed(actor, state):
        chance = max(chance, parameters.exit_rate)
    if actor.rung == RECOGNITION:
        chance = chance * parameters.derecognition_factor
    return chance


def decide(actor: Actor, state: State, draws: Draws) -> None:
    """Step 5 for one actor: its rung at the end of the month, the present one or one next to it."""
    actor.next_rung = actor.rung
    if actor.rung_forced:
        return
    parameters = state.parameters[state.world.parameters]
    draw = draws.ladder[actor.index]
    if may_climb(draw, parameters.climb_rate):
        if draw > 1.0 - chance_to_climb(actor, state):
            actor.next_rung = state.world.rung_above[actor.rung]
    elif may_leave(actor, draw, state) and draw < chance_to_fall(actor, state):
        actor.next_rung = state.world.rung_below[actor.rung]
