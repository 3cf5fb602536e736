"""What is known of a scenario before its numbers are put in."""

from dataclasses import dataclass

from sim.engine.block import Layout, Words
from sim.model.plan import Plan
from sim.planning.month_rows import MonthRows
from sim.planning.vector import Places, Reals


@dataclass(frozen=True)
class Target:
    """What a step changes: a number of an actor's row, or of the parameters where none is named.

    `row` is the array and the place of the row; `touch` is the place of the intervention that
    changes it, -1 where the row is only made.
    """

    row: tuple[str, int]
    touch: int = -1
    actor: str = ""
    param: str = ""


@dataclass(frozen=True)
class Planned:
    """The plan of a scenario, its numbers as they are, and what stays whatever they are.

    `template` is a block with all that does not depend on numbers; `targets[i]` is what step i of
    the plan changes, and `conditions[i]` the condition of intervention i, -1 for none.
    """

    plan: Plan
    layout: Layout
    template: Words
    numbers: Reals
    places: Places
    rows: MonthRows
    targets: tuple[Target, ...]
    actors: tuple[str, ...]
    conditions: tuple[int, ...]
