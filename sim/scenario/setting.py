"""What a scenario acts on: the context in which the parts of its file check themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import AfterValidator, ValidationInfo

from sim.case.case import Case, StartFacts


def dated(start: StartFacts | None, month: int) -> str:
    """A simulated month with its date, as in `6 (2024-07)`; alone where the start is unknown."""
    return f"{month} ({start.calendar.date(month)})" if start else str(month)


@dataclass(frozen=True)
class Setting:
    """A case with the scenario's own numbers, its start if the case has it, and the horizon."""

    case: Case
    start: StartFacts | None
    months: int


def setting_in(info: ValidationInfo) -> Setting | None:
    """The setting in which a value is validated; None where its form alone is."""
    return info.context if isinstance(info.context, Setting) else None


def checked(fault: Callable[[Any, Setting], str]) -> AfterValidator:
    """Refuses a value with which `fault` finds something wrong in its setting."""

    def check(value: Any, info: ValidationInfo) -> Any:
        setting = setting_in(info)
        if setting is not None and (message := fault(value, setting)):
            raise ValueError(message)
        return value

    return AfterValidator(check)
