"""The verbs of a scenario, each one class: its fields, checks, sentence and contribution."""

from typing import Annotated, get_args

from pydantic import Field

from sim.scenario.verbs.base import Intervention
from sim.scenario.verbs.happenings import Pitch, ScheduleForum, SetLitigation, Shock
from sim.scenario.verbs.rows import (
    FreezeAuthority,
    Scale,
    SetGlobal,
    SetParameter,
    SetPolicy,
    Shift,
)
from sim.scenario.verbs.state import CloseCorridor, ForceRung, Hold, SetIssue

AnyIntervention = Annotated[
    SetPolicy
    | Shift
    | SetParameter
    | Scale
    | SetGlobal
    | FreezeAuthority
    | Hold
    | ScheduleForum
    | Pitch
    | CloseCorridor
    | ForceRung
    | SetIssue
    | Shock
    | SetLitigation,
    Field(discriminator="verb"),
]
"""An intervention by any verb: the one list of them, in the order of the README's table."""

VERBS: dict[str, type[Intervention]] = {
    get_args(kind.model_fields["verb"].annotation)[0]: kind
    for kind in get_args(get_args(AnyIntervention)[0])
}
"""The class of each verb."""
