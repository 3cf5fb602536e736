"""The plain parts of a scenario file: months, which may be dates, and shares."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo

from sim.case.case import StartFacts
from sim.case.numbers import Real
from sim.model.calendar import MONTHS_A_YEAR
from sim.scenario.limits import LONGEST
from sim.scenario.setting import Setting, checked, setting_in

DATE = r"[0-9]{4}-(0[1-9]|1[0-2])"
"""A year and a month."""

YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})[-/. ](?P<month>[0-9]{1,2}|[a-z]{3,9})([-/.][0-9]+)?")
YEAR_LAST = re.compile(r"([0-9]+[-/.])?(?P<month>[0-9]{1,2}|[a-z]{3,9})[-/. ](?P<year>[0-9]{4})")

CALENDAR = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""How the names of months begin."""


def month_of(given: str, start: StartFacts) -> int:
    """The simulated month that falls on a date.

    Raises ValueError for a date that is written otherwise, or lies before the start.
    """
    first = start.calendar.date(1)
    if not re.fullmatch(DATE, given):
        message = f"must be a month, as in {first}, or a number counted from there, not {given!r}"
        raise ValueError(f"{message}{_nearest(given)}")
    month = start.calendar.month_of(given)
    if month < 1:
        raise ValueError(f"{given} lies before the start, {first}")
    return month


def _date_in(given: str) -> re.Match[str] | None:
    """Year and month of what looks like a date, in whatever spelling."""
    text = given.strip().lower()
    return YEAR_FIRST.fullmatch(text) or YEAR_LAST.fullmatch(text)


def _nearest(given: str) -> str:
    """The month that a date in another spelling means, as the end of a message."""
    date = _date_in(given)
    word = date["month"] if date else ""
    calendar = int(word) if word.isdigit() else 0
    if word[:3] in CALENDAR:
        calendar = CALENDAR.index(word[:3]) + 1
    if date is None or not 1 <= calendar <= MONTHS_A_YEAR:
        return ""
    return f", did you mean {date['year']}-{calendar:02d}?"


def _counted(value: Any, info: ValidationInfo) -> Any:
    """A date as the month that falls there, or month 1 where the start is unknown."""
    setting = setting_in(info)
    if setting is None or not isinstance(value, str):
        return value
    if setting.start:
        return month_of(value, setting.start)
    return 1 if _date_in(value) else value


def _beyond(month: int, setting: Setting) -> str:
    if month <= setting.months:
        return ""
    message = f"month {month} lies beyond the horizon of {setting.months} months"
    if month > LONGEST:
        return f"{message}; the longest is {LONGEST}"
    wanted = setting.start.calendar.date(month) if setting.start else "it"
    return f"{message}; {wanted} needs `months: {month}`"


Month = Annotated[
    int,
    Field(ge=1),
    checked(_beyond),
    BeforeValidator(
        _counted,
        json_schema_input_type=Annotated[int, Field(ge=1)]
        | Annotated[str, Field(pattern=f"^{DATE}$")],
    ),
]
"""A month counted from the start, or its date, which lies within the horizon."""

Share = Annotated[Real, Field(ge=0, le=1)]
