"""What moves by chance from month to month: swings of amounts, and switches (model 7.1a).

They read nothing but their own last value and the draws of the month, so all scenarios of a seed
share them.
"""

import math

from sim.model.arithmetic import (
    ROOT_HALF,
    STRIDE,
    exponential,
    logarithm_of_share,
    tanh,
    tanh_near_zero,
)
from sim.model.rules.ordinal import clip
from sim.model.slots import Draws
from sim.model.state import State

WIDEST = 3.0
"""How far a swing may lie from rest, on either side."""

LEAST_TAIL = 1.0 / STRIDE
"""Distance between two draws: the least tail beside a draw that counts."""

LN2 = 0.6931471805599453


def swing_factor(swing: float) -> float:
    """f: what a swing makes of an amount, 1 + tanh of it; 1 at rest, between 0 and 2.

    The factors of a swing and of its opposite add up to 2, so the mean is 1 whatever the spread.

    >>> swing_factor(0.0), swing_factor(0.5) + swing_factor(-0.5)
    (1.0, 2.0)
    """
    return 1.0 + tanh(swing)


def quantile(draw: float) -> float:
    """q: quantile of Laplace's distribution with mean 0 and variance 1.

    >>> quantile(0.5), quantile(0.25) + quantile(0.75)
    (0.0, 0.0)
    """
    centred = 2.0 * draw - 1.0
    size = -logarithm_of_share(max(1.0 - abs(centred), LEAST_TAIL)) * ROOT_HALF
    return size if centred > 0.0 else -size


def kept_share(half_life: float) -> float:
    """Share of a swing that is left after a month, when half of it is after `half_life` months."""
    return exponential(-LN2 / half_life)


def new_share(kept: float) -> float:
    """What a month adds to a swing, in spreads, so that its long-run spread stays the same."""
    return math.sqrt(1.0 - kept * kept)


def moved_swing(swing: float, kept: float, spread: float, draw: float) -> float:
    """A swing after a month of which `kept` is left; `spread` is its long-run s.d., in logs."""
    moved = kept * swing + new_share(kept) * spread * quantile(draw)
    return clip(moved, -WIDEST, WIDEST)


def moved_switch(on: int, on_chance: float, off_chance: float, draw: float) -> int:
    """A switch after a month: one that is off goes on, and one that is on goes off, by chance."""
    return int(draw >= off_chance) if on else int(draw < on_chance)


def move_world_swings(state: State, draws: Draws, kept: float) -> None:
    """The budgets of all donors, output, hardship, trade and the appeal."""
    world = state.world
    parameters = state.parameters[world.parameters]
    world.money_swing = moved_swing(
        world.money_swing, kept, parameters.money_spread, draws.money_swing
    )
    world.output_swing = moved_swing(
        world.output_swing, kept, parameters.output_spread, draws.output_swing
    )
    world.hardship_swing = moved_swing(
        world.hardship_swing, kept, parameters.hardship_spread, draws.hardship_swing
    )
    world.trade_swing = moved_swing(
        world.trade_swing, kept, parameters.trade_spread, draws.trade_swing
    )
    world.appeal_swing = moved_swing(
        world.appeal_swing, kept, parameters.appeal_spread, draws.appeal_swing
    )
    world.appeal_factor = swing_factor(world.appeal_swing)


def move_budgets(state: State, draws: Draws, kept: float) -> None:
    """What each actor's budgets are multiplied by, and whether it gives at all.

    Nothing jumps in the loop, so that the compiler moves several actors at once.
    """
    parameters = state.parameters[state.world.parameters]
    common = swing_factor(state.world.money_swing)
    for i in range(len(state.actors)):
        actor = state.actors[i]
        moved = moved_swing(
            actor.giving_swing, kept, parameters.giving_spread, draws.giving_swing[i]
        )
        away = moved_switch(
            actor.away, parameters.leaving_rate, parameters.coming_back_rate, draws.leaving[i]
        )
        actor.giving_swing = moved
        actor.away = away
        money = actor.budget_cut * common * (1.0 + tanh_near_zero(moved))
        actor.money = 0.0 if away else money


def move_swings(state: State, draws: Draws) -> None:
    """Step 2: all swings and switches."""
    parameters = state.parameters[state.world.parameters]
    kept = kept_share(parameters.swing_half_life)
    move_world_swings(state, draws, kept)
    move_budgets(state, draws, kept)
    for actor in state.actors:
        actor.expelling = moved_switch(
            actor.expelling,
            parameters.expulsion_rate,
            parameters.expulsion_end_rate,
            draws.expulsion[actor.index],
        )
    for j in range(len(state.pools)):
        pool = state.pools[j]
        pool.interest_swing = moved_swing(
            pool.interest_swing, kept, parameters.interest_spread, draws.interest_swing[j]
        )
