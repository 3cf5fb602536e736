"""Months given as dates: `2024-07` in a file is the simulated month that falls there."""

import re
from copy import deepcopy
from typing import Any

from sim.case.case import StartFacts
from sim.documents import Document, Fault, Keys
from sim.scenario.catalog import case_named, cases
from sim.vocab import MONTHS_A_YEAR, date

DATED = ("month", "until", "deadline")
"""Keys of an intervention that may be dates."""

DATE = r"[0-9]{4}-(0[1-9]|1[0-2])"
"""A year and a month."""

LOOKS_LIKE_ONE = re.compile(r"[0-9]{4}[-/.][0-9]{1,2}([-/.][0-9]{1,2})?")


def counted(document: Document) -> tuple[Document, list[Fault]]:
    """The document with dates counted from its start, and a fault for each that cannot be.

    Where case or start are not known, which is a fault of its own, a date stands for month 1.
    """
    start = _start(document.value)
    if not isinstance(document.value.get("interventions"), list):
        return document, []
    value, faults = deepcopy(document.value), []
    for i, intervention in enumerate(value["interventions"]):
        for key in DATED if isinstance(intervention, dict) else ():
            given = intervention.get(key)
            if isinstance(given, str) and LOOKS_LIKE_ONE.fullmatch(given):
                keys: Keys = ("interventions", i, key)
                fault = _fault(given, start) if start else ""
                if fault:
                    faults.append(document.fault(keys, fault))
                intervention[key] = month_of(given, start) if start and not fault else 1
    return Document(document.name, value, document.places, document.origins), faults


def _start(content: dict[str, Any]) -> StartFacts | None:
    """The start of a scenario, as far as its file can be read."""
    if content.get("case") not in cases():
        return None
    case = case_named(content["case"])
    return case.starts.get(str(content.get("start") or case.default_start))


def month_of(given: str, start: StartFacts) -> int:
    """The simulated month that falls on a date; below 1 for one before the start."""
    year, calendar = map(int, given.split("-"))
    return (year - start.year) * MONTHS_A_YEAR + calendar - start.month + 1


def _fault(given: str, start: StartFacts) -> str:
    """What is wrong with a date, or nothing."""
    first = date(start.year, start.month, 1)
    if not re.fullmatch(DATE, given):
        return f"must be a month, as in {first}, or a number counted from there, not {given!r}"
    if month_of(given, start) < 1:
        return f"{given} lies before the start, {first}"
    return ""
