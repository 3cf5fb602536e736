"""The authority: concession or tightening on each issue, and its memories (model 7.5)."""

from sim.model.arithmetic import exponential
from sim.model.parameters import Parameters
from sim.model.rules.offers import pull, resistance
from sim.model.rules.ordinal import TOLERANCE, clip, may_climb, may_fall, move_level
from sim.model.slots import Draws
from sim.model.state import Actor, State
from sim.model.vocab import DISBURSING, TOP_LEVEL


def pays_now(actor: Actor, state: State) -> bool:
    """Whether a pool the actor can veto is disbursing: money being paid out is no leverage."""
    for j in range(len(state.pools)):
        pool = state.pools[j]
        if pool.stage == DISBURSING and not pool.suspended and state.vetoes[j][actor.index]:
            return True
    return False


def stake(actor: Actor, parameters: Parameters, state: State) -> float:
    """What the authority could still win from the actor, in shares of its revenue at the start."""
    custody = 0.0 if pays_now(actor, state) else actor.custody
    policy = state.policies[actor.policy]
    worth = (
        parameters.stake_development * actor.development_capacity
        + custody
        + parameters.stake_political * actor.salience
    )
    withheld = policy.development_conditionality * (1.0 - actor.score)
    return withheld * worth / state.world.revenue_start


def reward(issue: int, parameters: Parameters, state: State) -> float:
    """G: credible rewards for a concession on `issue`, over all actors."""
    total = 0.0
    for actor in state.actors:
        policy = state.policies[actor.policy]
        total += (
            policy.reward_credibility
            * actor.belief
            * policy.issue_weights[issue]
            * stake(actor, parameters, state)
        )
    return total


def coercion(state: State) -> float:
    """Share of political weight that coerces, in [0, 1]: negative asset stances."""
    total = 0.0
    for actor in state.actors:
        total += actor.salience * clip(-state.policies[actor.policy].asset_stance, 0.0, 1.0)
    return total / state.world.salience_total if state.world.salience_total > 0.0 else 0.0


def concession_value(issue: int, parameters: Parameters, state: State) -> float:
    """U: value to the authority of a concession on `issue`, in utility."""
    world = state.world
    ideology = parameters.ideological_cost[issue]
    return (
        parameters.issue_intercept[issue]
        + parameters.reward_weight * reward(issue, parameters, state)
        + parameters.stress_weight * world.stress
        + parameters.momentum_weight * world.momentum
        - parameters.ideology_weight * ideology * world.hard_line
        - parameters.cohesion_weight * ideology * (1.0 - world.cohesion)
        - parameters.coercion_weight * coercion(state)
    )


def move_issues(state: State, draws: Draws) -> None:
    """Step 6: each issue keeps its level or moves by one."""
    world = state.world
    parameters = state.parameters[world.parameters]
    settling = 1.0 + parameters.settling_factor * exponential(
        -world.tenure / parameters.settling_months
    )
    climb_rate = parameters.concession_rate * settling
    fall_rate = parameters.tightening_rate * settling
    for k in range(world.issues):
        world.next_level[k] = world.level[k]
        draw = draws.issue[k]
        if world.level_forced[k] or parameters.authority_frozen:
            continue
        if may_climb(draw, climb_rate) or may_fall(draw, fall_rate):
            value = concession_value(k, parameters, state) - resistance(k, parameters, state)
            world.next_level[k] = move_level(
                world.level[k],
                TOP_LEVEL,
                draw,
                value + parameters.reward_weight * pull(k, 1, 0, parameters, state),
                value + parameters.reward_weight * pull(k, 0, -1, parameters, state),
                climb_rate,
                fall_rate,
                parameters.dead_band,
                parameters.noise,
            )


def any_issue_eased(state: State) -> bool:
    """Whether any issue stands higher than when the month opened, by whatever cause."""
    world = state.world
    for k in range(world.issues):
        if world.next_level[k] > world.level_opened[k]:
            return True
    return False


def owes_reward(actor: Actor, parameters: Parameters, state: State) -> bool:
    """Whether an issue that weighs with the actor was eased this month."""
    world = state.world
    policy = state.policies[actor.policy]
    for k in range(world.issues):
        if policy.issue_weights[k] > parameters.window_issue_weight + TOLERANCE:
            if world.next_level[k] > world.level_opened[k]:
                return True
    return False


def gave_reward(actor: Actor, state: State) -> bool:
    """Whether the actor climbed, or a pool it can veto paid, while a reward was due."""
    if actor.window == 0:
        return False
    if actor.next_rung > actor.rung_opened:
        return True
    for j in range(len(state.pools)):
        if state.pools[j].payment > 0.0 and state.vetoes[j][actor.index]:
            return True
    return False


def update_reward_belief(actor: Actor, parameters: Parameters, state: State) -> None:
    """Step 12 for one actor: the authority's belief in its rewards, and an open window."""
    won = gave_reward(actor, state)
    belief = actor.belief
    if actor.word == 1:
        belief += parameters.word_kept
    elif won:
        belief += parameters.credibility_step
    elif actor.window == 1:
        belief -= parameters.credibility_step
    if actor.word == -1:
        belief -= parameters.word_broken
    belief += parameters.credibility_reversion * (1.0 - actor.belief)
    actor.next_belief = clip(belief, 0.0, 1.5)
    actor.next_window = 0 if won or actor.word == 1 else max(actor.window - 1, 0)


def open_reward_windows(parameters: Parameters, state: State) -> None:
    """Step 12: after an easing a reward is owed by those with whom the issue weighs."""
    if any_issue_eased(state):
        for actor in state.actors:
            if owes_reward(actor, parameters, state):
                actor.next_window = parameters.reward_window


def update_authority(state: State, draws: Draws) -> None:
    """Step 12: the memory of concessions, cohesion, the hard-line share and tenure."""
    world = state.world
    parameters = state.parameters[world.parameters]
    conceded = 0.0
    for k in range(world.issues):
        moved = world.next_level[k] - world.level_opened[k]
        world.next_concessions[k] = (
            parameters.memory_decay * world.concessions[k]
            + parameters.memory_gain * moved / TOP_LEVEL
        )
        conceded += parameters.ideological_cost[k] * max(moved, 0) / TOP_LEVEL
    rally = 0.0
    for actor in state.actors:
        if actor.incident and actor.corridor:
            rally = parameters.cohesion_rally
    world.next_cohesion = clip(
        world.cohesion
        + parameters.cohesion_reversion * (parameters.cohesion_rest - world.cohesion)
        - parameters.cohesion_concession * conceded
        - parameters.cohesion_stress * world.stress
        + rally,
        0.0,
        1.0,
    )
    hard_line = world.hard_line + parameters.hard_line_reversion * (
        parameters.hard_line_rest - world.hard_line
    )
    if draws.soft_faction < parameters.soft_faction_hazard:
        hard_line -= parameters.soft_faction_shift
    if draws.hard_faction < parameters.hard_faction_hazard:
        hard_line += parameters.hard_faction_shift
    world.next_hard_line = clip(hard_line, 0.0, 1.0)
    world.next_tenure = world.tenure + 1.0
