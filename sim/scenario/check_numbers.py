"""Whether the numbers of the case that a scenario changes are there, and may have such values."""

from collections.abc import Iterator
from difflib import get_close_matches

from sim.case.bounds import fault_of
from sim.case.case import Case
from sim.case.number_id import number_id
from sim.documents import Document, Fault
from sim.scenario.schema import Scenario

SUMS_TO_ONE = "issue_weights"
"""The list of a policy whose numbers must add up to 1."""


def faults_of_numbers(case: Case, scenario: Scenario, document: Document) -> list[Fault]:
    """All faults of the scenario's numbers, in the order of the file."""
    faults = []
    for path, value in scenario.numbers.items():
        message = _fault(case, path, value)
        if message:
            faults.append(document.fault(("numbers", path), message))
    if not faults:
        for path, message in _sums(case, scenario):
            faults.append(document.fault(("numbers", path), message))
    return faults


def _fault(case: Case, path: str, value: float) -> str:
    try:
        number = number_id(path)
    except KeyError:
        return unknown(case, path)
    return fault_of(number, value) if number in case.numbers else unknown(case, path)


def unknown(case: Case, path: str) -> str:
    """The message about a path that leads to no number of the case."""
    paths = list(map(str, case.numbers))
    inside = [known for known in paths if known.startswith(f"{path}.")]
    if inside:
        return f"{path} holds {len(inside)} numbers; name one, as in {inside[0]}"
    near = get_close_matches(path, paths, n=1, cutoff=0.6)
    hint = f", did you mean {near[0]}?" if near else "; see: sim case --csv"
    return f"unknown number {path!r}{hint}"


def _sums(case: Case, scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Issue weights that no longer add up to 1."""
    changed = case.with_values_at(scenario.numbers)
    seen: set[str] = set()
    for path in scenario.numbers:
        name = number_id(path)
        if name.field != SUMS_TO_ONE or name.item in seen:
            continue
        seen.add(name.item)
        total = sum(
            number.value for each, number in changed.numbers.items() if each[:3] == name[:3]
        )
        if abs(total - 1.0) > 1e-12:
            weights = name._replace(place=None)
            yield path, f"the weights of {weights} must add up to 1, not {total:g}"
