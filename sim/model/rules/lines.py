"""Lines of governments: how a government leans, and when another one follows (model 7.3)."""

from math import sqrt

from sim.model.arithmetic import logarithm
from sim.model.policy import Policy
from sim.model.slots import Draws
from sim.model.state import Actor, State
from sim.model.vocab import CHARGE_EXCHANGE

HALF_A_WORD = 1.0 / 8589934592.0
"""2^-33, half the grain of a draw; added to one, it leaves neither end of a line within reach."""

LOGISTIC_UNIT = 0.5513288954217921
"""√3/π: scale of the logistic distribution whose standard deviation is 1."""


def disposition(line: float, spread: float) -> float:
    """What a line is worth, in utility: logistic over lines, with mean 0 and s.d. `spread`.

    >>> disposition(0.5, 0.6), round(disposition(0.8, 0.6), 9)
    (0.0, 0.458582483)
    """
    return spread * (LOGISTIC_UNIT * logarithm(line / (1.0 - line))[0])


def draw_lines(state: State, draws: Draws) -> None:
    """Step 2: every actor's line in month 1, and later that of a government that turns over."""
    world = state.world
    parameters = state.parameters[world.parameters]
    for actor in state.actors:
        i = actor.index
        if world.month == 1 or draws.line_turnover[i] < parameters.line_turnover:
            actor.line = draws.line[i] + HALF_A_WORD
            actor.disposition = disposition(actor.line, parameters.line_spread)


def leaning(actor: Actor, common: float, squares: float, sharing: float) -> float:
    """What the actor's own line and those of whom it looks to add to the value of every rung.

    `common` is the sum of their dispositions by tie, `squares` that of squares of ties. Both parts
    have the same spread, so `sharing` changes how many move together and not how often one moves.
    """
    if squares == 0.0:
        return actor.disposition
    return sqrt(1.0 - sharing) * actor.disposition + sqrt(sharing) * common / sqrt(squares)


def interest_prevails(actor: Actor, rung: int, policy: Policy) -> bool:
    """Whether the government puts a bilateral interest above conditions on `rung`."""
    return rung <= CHARGE_EXCHANGE and actor.line > 1.0 - policy.interest
