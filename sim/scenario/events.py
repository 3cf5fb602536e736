"""State verbs of a scenario as events of the schedule, one for each target, in file order."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sim.case.case import Case
from sim.scenario.verbs.base import Intervention
from sim.schema import dtype
from sim.state import Event


def events(
    case: Case, interventions: Sequence[Intervention], conditions: Sequence[int]
) -> npt.NDArray[np.void]:
    """All events in file order; `conditions[i]` is that of intervention i, -1 for none."""
    rows = [
        (*event, condition)
        for each, condition in zip(interventions, conditions, strict=True)
        for event in each.events(case)
    ]
    return np.array(rows, dtype(Event))
