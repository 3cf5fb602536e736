"""Frozen pools: stages, tranches, interest and where the money goes (model 7.10)."""

from collections.abc import Sequence

from sim.model.calendar import MONTHS_A_YEAR
from sim.model.rules.ordinal import may_climb, may_fall, move_level
from sim.model.rules.swings import swing_factor
from sim.model.slots import Draws
from sim.model.state import Actor, Pool, State
from sim.model.vocab import DISBURSING


def willingness(actor: Actor, state: State) -> float:
    """Readiness of one custodian to release, in utility."""
    world = state.world
    parameters = state.parameters[world.parameters]
    return (
        parameters.asset_intercept
        + parameters.asset_conditions * actor.score
        + parameters.asset_rung * (actor.rung - parameters.asset_rung_reference)
        + parameters.asset_momentum * world.momentum * world.mediation
        + state.policies[actor.policy].asset_stance
        - parameters.asset_domestic * actor.domestic_salience * (1.0 - actor.score)
    )


def release_value(pool: Pool, stage: int, vetoes: Sequence[int], state: State) -> float:
    """Value of moving a pool on from a stage: that of its least willing custodian, and of all."""
    world = state.world
    parameters = state.parameters[world.parameters]
    least = 0.0
    first = True
    for actor in state.actors:
        if vetoes[actor.index]:
            own = willingness(actor, state)
            if first or own < least:
                least = own
                first = False
    pitched = parameters.pitch_on_assets * world.pitch_strength if world.pitch_left > 0 else 0.0
    return (
        least
        + parameters.asset_need * world.need
        + pitched
        - parameters.asset_lock * pool.lock
        - parameters.asset_stage * stage
    )


def move_pools(state: State, draws: Draws) -> None:
    """Step 7: each pool keeps its stage or moves by one."""
    parameters = state.parameters[state.world.parameters]
    for j in range(len(state.pools)):
        pool = state.pools[j]
        draw = draws.pool[j]
        pool.next_stage = pool.stage
        if pool.suspended:
            continue
        if may_climb(draw, parameters.asset_up_rate) or may_fall(draw, parameters.asset_down_rate):
            value = release_value(pool, pool.stage, state.vetoes[j], state)
            pool.next_stage = move_level(
                pool.stage,
                DISBURSING,
                draw,
                value,
                value + parameters.asset_retention,
                parameters.asset_up_rate,
                parameters.asset_down_rate,
                parameters.dead_band,
                parameters.noise,
            )


def pay_tranches(state: State) -> None:
    """Step 9: tranches and interest of each pool, US$ m; interest is on the opening balance.

    A tranche takes no more than the instalments of deals leave.
    """
    world = state.world
    world.tranches = 0.0
    world.interest = 0.0
    for pool in state.pools:
        pool.payment = pool.instalments
        if pool.stage == DISBURSING and not pool.suspended:
            pool.payment += min(max(pool.balance - pool.instalments, 0.0), pool.tranche)
        rate = pool.interest_rate * swing_factor(pool.interest_swing)
        interest = pool.balance * rate / MONTHS_A_YEAR
        balance = pool.balance + interest - pool.payment + pool.taken_back
        pool.next_balance = max(balance, 0.0)
        pool.next_paid = pool.paid + pool.payment
        pool.next_earned = pool.earned + interest
        pool.next_returned = pool.returned + pool.taken_back
        world.tranches += pool.payment
        world.interest += interest
    world.humanitarian_window = state.parameters[world.parameters].share_to_relief * world.tranches


def spend_tranches(state: State) -> None:
    """Step 10: what pools pay goes to reserves, to debt and imports, and to relief.

    What deals take back leaves the reserves.
    """
    world = state.world
    parameters = state.parameters[world.parameters]
    reserves = world.reserves + parameters.share_to_reserves * world.tranches
    world.next_reserves = max(reserves - world.taken_back, 0.0)
    world.next_debt_paid = world.debt_paid + parameters.share_to_debt * world.tranches
    world.next_window_paid = world.window_paid + world.humanitarian_window
