"""Value of a rung, gates, quorum and exits: where an actor stands next month (model 7.2 to 7.4)."""

from sim.model.parameters import Parameters
from sim.model.policy import Policy
from sim.model.rules.lines import interest_prevails, leaning
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


def peers_and_leaning(actor: Actor, rung: int, state: State) -> tuple[float, float]:
    """Share of the reference group that stands at `rung` or above, in [0, 1], and the leaning.

    One walk over the ties gives both, since every value asks for them.
    """
    ties = state.ties[actor.index]
    share, common, squares = 0.0, 0.0, 0.0
    for j in range(len(state.actors)):
        if state.actors[j].rung >= rung:
            share += ties[j]
        common += ties[j] * state.actors[j].disposition
        squares += ties[j] * ties[j]
    sharing = state.parameters[state.world.parameters].line_sharing
    return share, leaning(actor, common, squares, sharing)


def peers_at(actor: Actor, rung: int, state: State) -> float:
    """Share of the actor's reference group that stands at `rung` or above, in [0, 1]."""
    return peers_and_leaning(actor, rung, state)[0]


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

    Anchor with leaning, stance, threshold, then rights, security, resources, humanitarian motive,
    peers, reciprocity, momentum, domestic cost, grievance, durability, reservation at rung 7. Where
    an interest prevails, rights never hinder and contact costs nothing at home.
    """
    world = state.world
    peers, lean = peers_and_leaning(actor, rung, state)
    rights = actor.score - policy.reference_score
    cost_at_home = actor.domestic_salience * (1.0 - actor.score)
    if interest_prevails(actor, rung, policy):
        rights = max(rights, 0.0)
        cost_at_home = 0.0
    reservation = 0.0
    if rung == RECOGNITION:
        reservation = policy.reservation + actor.reservation_offset
    return (
        actor.anchor + lean,
        policy.stance,
        -parameters.thresholds[rung],
        policy.weight_rights * parameters.loading_rights[rung] * rights,
        policy.weight_security * parameters.loading_security[rung] * policy.security_stake,
        policy.weight_resources
        * parameters.loading_resources[rung]
        * (policy.resource_stake * world.opportunity),
        policy.weight_humanitarian * parameters.loading_humanitarian[rung] * world.need,
        policy.weight_peers * parameters.loading_peers[rung] * peers,
        policy.weight_reciprocity
        * parameters.loading_reciprocity[rung]
        * reciprocity(policy, state),
        policy.weight_momentum
        * parameters.loading_momentum[rung]
        * (world.momentum * world.mediation),
        -policy.weight_domestic * parameters.loading_domestic[rung] * cost_at_home,
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


def gate(actor: Actor, rung: int, policy: Policy) -> float:
    """Score that `rung` asks for: none where an interest prevails, unless it is a ceiling."""
    asked = policy.gates[rung]
    if asked <= 1.0 and interest_prevails(actor, rung, policy):
        return 0.0
    return asked


def is_open(actor: Actor, rung: int, state: State) -> bool:
    """Whether the gate, the quorum and the cap let the actor climb to `rung` (7.4)."""
    policy = state.policies[actor.policy]
    if rung > actor.cap or actor.score < gate(actor, rung, policy) - TOLERANCE:
        return False
    return rung < RECOGNITION or peers_at(actor, RECOGNITION, state) >= policy.quorum


def gate_missed(actor: Actor, rung: int, state: State) -> bool:
    """Whether the score misses the gate of `rung` by more than the slack (7.4)."""
    slack = state.parameters[state.world.parameters].gate_slack
    return actor.score < gate(actor, rung, state.policies[actor.policy]) - slack - TOLERANCE


def chance_to_climb(actor: Actor, rung: int, state: State) -> float:
    """Chance in a month of a climb to `rung`, were it the next one; 0 where it is closed."""
    if not is_open(actor, rung, state):
        return 0.0
    parameters = state.parameters[state.world.parameters]
    return climb_chance(
        parameters.climb_rate,
        value(actor, rung, state),
        parameters.dead_band,
        parameters.noise,
    )


def chance_to_leave(actor: Actor, rung: int, state: State) -> float:
    """Chance in a month of falling from `rung`, were it the present one: the kernel, then exit."""
    parameters = state.parameters[state.world.parameters]
    chance = fall_chance(
        state.policies[actor.policy].descent_rate,
        value(actor, rung, state),
        parameters.dead_band,
        parameters.noise,
    )
    if gate_missed(actor, rung, state):
        chance = max(chance, parameters.exit_rate)
    return chance


def may_leave(actor: Actor, rung: int, draw: float, share: float, state: State) -> bool:
    """Whether `draw` could be below a share of the chance to leave, whatever `rung` is worth."""
    if may_fall(draw, share * state.policies[actor.policy].descent_rate):
        return True
    exit_rate = state.parameters[state.world.parameters].exit_rate
    return may_fall(draw, share * exit_rate) and gate_missed(actor, rung, state)


def highest_reached(actor: Actor, draw: float, state: State) -> int:
    """The highest rung to which `draw` leads, each rung leapt over counting less; or the present.

    A rung in between need be neither reached nor open.
    """
    parameters = state.parameters[state.world.parameters]
    rung, reached, share = actor.rung, actor.rung, 1.0
    while rung < RECOGNITION and may_climb(draw, share * parameters.climb_rate):
        rung = state.world.rung_above[rung]
        if draw > 1.0 - share * chance_to_climb(actor, rung, state):
            reached = rung
        share *= parameters.climb_reach
    return reached


def lowest_reached(actor: Actor, draw: float, state: State) -> int:
    """The lowest rung to which `draw` leads, each rung leapt over counting less; or the present.

    From recognition every chance is smaller (iota).
    """
    parameters = state.parameters[state.world.parameters]
    steepest = max(state.policies[actor.policy].descent_rate, parameters.exit_rate)
    rung, reached, share = actor.rung, actor.rung, 1.0
    if rung == RECOGNITION:
        share = parameters.derecognition_factor
    while rung > 0 and may_fall(draw, share * steepest):
        below = state.world.rung_below[rung]
        if may_leave(actor, rung, draw, share, state):
            if draw < share * chance_to_leave(actor, rung, state):
                reached = below
        rung = below
        share *= parameters.climb_reach
    return reached


def decide(actor: Actor, state: State, draws: Draws) -> None:
    """Step 5 for one actor: its rung at the end of the month."""
    actor.next_rung = actor.rung
    if actor.rung_forced:
        return
    draw = draws.ladder[actor.index]
    if may_climb(draw, state.parameters[state.world.parameters].climb_rate):
        actor.next_rung = highest_reached(actor, draw, state)
    else:
        actor.next_rung = lowest_reached(actor, draw, state)
