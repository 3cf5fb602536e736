"""Numbers of the case that a scenario changes, by the text that spells each."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo

from sim.case.bounds import fault_of
from sim.case.case import Case
from sim.case.ladder import rung_fault
from sim.case.number_id import NumberId, number_id
from sim.case.numbers import Real, real
from sim.io.validation import Finding, slip, wrong
from sim.scenario.setting import setting_in

SUMS_TO_ONE = "issue_weights"
"""The list of a policy whose numbers must add up to 1."""


def unknown_number(case: Case, text: str) -> str:
    """The message about a text that spells no number of the case."""
    texts = list(map(str, case.numbers))
    inside = [known for known in texts if known.startswith(f"{text}.")]
    if inside:
        return f"{text} holds {len(inside)} numbers; name one, as in {inside[0]}"
    near = get_close_matches(text, texts, n=1, cutoff=0.6)
    hint = f", did you mean {near[0]}?" if near else "; see: sim case --csv"
    return f"unknown number {text!r}{hint}"


def fault_of_change(case: Case, text: str, value: Any) -> str:
    """What is wrong with a number of the case or its new value; empty if nothing is."""
    try:
        number = number_id(text)
    except KeyError:
        return unknown_number(case, text)
    if number not in case.numbers:
        return unknown_number(case, text)
    try:
        message = fault_of(number, real(value))
        is_rung = number.kind == "actors" and case.numbers[number].unit == "rung"
        return message or (rung_fault(case.ladder, value) if is_rung else "")
    except ValueError as error:
        return f"{error}, not {value!r}{slip(value)}"


def changes_in(case: Case, given: Any) -> tuple[dict[NumberId, float], list[Finding]]:
    """The sound ones of the numbers that a file gives, and what is wrong with the others."""
    sound: dict[NumberId, float] = {}
    findings: list[Finding] = []
    for text, value in given.items() if isinstance(given, dict) else ():
        if message := fault_of_change(case, text, value):
            findings.append(((text,), message))
        else:
            sound[number_id(text)] = value
    return sound, findings


def _checked(given: Any, info: ValidationInfo) -> Any:
    setting = setting_in(info)
    if setting is not None and isinstance(given, dict):
        _, findings = changes_in(setting.case, given)
        if findings := findings or list(_sums(setting.case, given)):
            raise wrong(findings)
    return given


def _sums(case: Case, given: Mapping[str, float]) -> Iterator[Finding]:
    """Issue weights that no longer add up to 1; `case` has the new ones."""
    changed: dict[NumberId, str] = {}
    for text in given:
        changed.setdefault(number_id(text)._replace(place=None), text)
    for name, text in changed.items():
        if name.field == SUMS_TO_ONE:
            total = sum(
                number.value for each, number in case.numbers.items() if each[:3] == name[:3]
            )
            if abs(total - 1.0) > 1e-12:
                yield (text,), f"the weights of {name} must add up to 1, not {total:g}"


Changes = Annotated[dict[str, Real], BeforeValidator(_checked)]
"""New values of numbers of the case, by their text."""
