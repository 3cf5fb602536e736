"""What can be read of a faulty scenario, so that its other faults are found at the same time."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from sim.case.numbers import Real, Strict
from sim.scenario.parts import LONGEST, Name
from sim.scenario.schema import AnyIntervention, FreezeAuthority, Scenario

HARMLESS = FreezeAuthority(month=1, verb="freeze_authority")
"""Stands where an intervention cannot be read; the case finds no fault with it."""

_INTERVENTION: TypeAdapter[Any] = TypeAdapter(AnyIntervention)
_REAL: TypeAdapter[Any] = TypeAdapter(Real, config=Strict.model_config)
_NAME: TypeAdapter[Any] = TypeAdapter(Name)


def _valid(adapter: TypeAdapter[Any], value: Any) -> Any:
    """The value as the adapter reads it; None where it cannot."""
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return None


def salvaged(content: dict[str, Any], case: str) -> Scenario:
    """The scenario as far as `content` can be read; what cannot is left out or made harmless."""
    listed, numbers = content.get("interventions"), content.get("numbers")
    months = content.get("months")
    readable = numbers.items() if isinstance(numbers, dict) else ()
    claims = content.get("claims")
    return Scenario.model_construct(
        title="",
        case=case,
        start=_valid(_NAME, content.get("start")),
        months=months if isinstance(months, int) and 1 <= months <= LONGEST else LONGEST,
        numbers={path: value for path, value in readable if _valid(_REAL, value) is not None},
        claims=[each for each in claims if isinstance(each, str)]
        if isinstance(claims, list)
        else [],
        interventions=[
            _valid(_INTERVENTION, each) or HARMLESS
            for each in (listed if isinstance(listed, list) else ())
        ],
    )
