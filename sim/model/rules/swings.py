"""What moves by chance from month to month: swings of amounts, and switches (model 7.1a).

They read nothing but their own last value and the draws of the month, so all scenarios of a seed
share them.
"""

import math

from sim.model.arithmetic import exponential, logarithm
from sim.model.rules.ordinal import clip, logistic
from sim.model.slots import Draws
from sim.model.state import State

WIDEST = 3.0
"""How far a swing may lie from rest, on either side."""

LEAST_TAIL = 2.0**-32
"""Distance between two draws: the least tail beside a draw that counts."""

LN2 = 0.6931471805599453


def swing_factor(swing: float) -> float:
    """f: what a swing makes of an amount, 1 + tanh of it; 1 at rest, between 0 and 2.

    The factors of a swing and of its opposite add up to 2, so the mean is 1 whatever the spread.

    >>> swing_factor(0.0), swing_factor(0.5) + swing_factor(-0.5)
    (1.0, 2.0)
    """
    return 2.0 * logistic(2.0 * swing)


def quantile(draw: float) -> float:
    """q: quantile of Laplace's distribution with mean 0 and variance 1.

    >>> quantile(0.5), quantile(0.25) + quantile(0.75)
    (0.0, 0.0)
    """
    centred = 2.0 * draw - 1.0
    size = -logarithm(max(1.0 - abs(centred), LEAST_TAIL))[0] / math.sqrt(2.0)
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
    if on:
        return 1 if draw >= off_chance else 0
    return 1 if draw < on_chance else 0


def move_world_swings(state: State, draws: Draws) -> None:
    """Step 2: the budgets of all donors, output, hardship, trade and the appeal."""
    world = state.world
    parameters = state.parameters[world.parameters]
    kept = kept_share(parameters.swing_half_life)
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


def move_donors(state: State, draws: Draws) -> None:
    """Step 2: each actor's budget, whether it gives at all, and whether it expels refugees."""
    parameters = state.parameters[state.world.parameters]
    kept = kept_share(parameters.swing_half_life)
    common = swing_factor(state.world.money_swing)
    for actor in state.actors:
        i = actor.index
        actor.giving_swing = moved_swing(
            actor.giving_swing, kept, parameters.giving_spread, draws.giving_swing[i]
        )
        actor.away = moved_switch(
            actor.away, parameters.leaving_rate, parameters.coming_back_rate, draws.leaving[i]
        )
        actor.expelling = moved_switch(
            actor.expelling,
            parameters.expulsion_rate,
            parameters.expulsion_end_rate,
            draws.expulsion[i],
        )
        actor.money = 0.0
        if not actor.away:
            actor.money = actor.budget_cut * common * swing_factor(actor.giving_swing)


def move_interest(state: State, draws: Draws) -> None:
    """Step 2: the interest of each pool."""
    parameters = state.parameters[state.world.parameters]
    kept = kept_share(parameters.swing_half_life)
    for j in range(len(state.pools)):
        pool = state.pools[j]
        pool.interest_swing = moved_swing(
            pool.interest_swing, kept, parameters.interest_spread, draws.interest_swing[j]
        )
