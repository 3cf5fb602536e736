"""The issues of a case, in the order of their file, and the lists that have a number for each."""

from collections.abc import Iterator

from sim.case.bounds import BY_ISSUE, bounds_of
from sim.case.case import IssueFacts
from sim.case.entries import Numbers
from sim.case.files import IssueFile
from sim.case.number_id import NumberId
from sim.case.numbers import Number
from sim.case.policies import PROFILE
from sim.case.reading import Documents, mapping, parts, refuse
from sim.documents import Fault, Keys
from sim.parameters import EFFECTS
from sim.vocab import MOST_ISSUES


def read_issues(documents: Documents) -> dict[str, IssueFacts]:
    """The issues by id; raises BadFile, also for lists by issue of another length."""
    document = documents["issues.yaml"]
    found, faults = parts(document, IssueFile)
    if len(found) > MOST_ISSUES:
        message = f"a case has {MOST_ISSUES} issues at most, not {len(found)}"
        faults.append(document.fault((list(found)[MOST_ISSUES],), message))
    refuse(faults)
    refuse(_length_faults(documents, len(found)))
    return {
        name: IssueFacts(name, each.title, each.meaning, tuple(each.levels), each.headline)
        for name, each in found.items()
    }


def _lists(documents: Documents) -> Iterator[tuple[str, Keys]]:
    """Where lists by issue may stand: the file, and the keys there."""
    for name in BY_ISSUE:
        yield "parameters.yaml", (name, "value")
    for part in ("profiles", "policies"):
        for name in mapping(documents["policies.yaml"], (part,)):
            own: Keys = (PROFILE,) if part == "policies" else ()
            yield "policies.yaml", (part, name, *own)
    for start in documents["starts.yaml"].value:
        yield "starts.yaml", (start, "values", "levels", "value")


def _length_faults(documents: Documents, issues: int) -> Iterator[Fault]:
    """Lists by issue that have not a number for each issue."""
    for file, keys in _lists(documents):
        value = documents[file].value
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, list) and len(value) != issues:
            message = f"needs a list of {issues} numbers, one for each issue"
            yield documents[file].fault(keys, message)


def add_no_effects(numbers: Numbers, issues: int) -> None:
    """Add a zero for each issue where a case leaves out what its issues do beyond the scores."""
    for name in EFFECTS:
        for place in range(issues):
            own = NumberId("parameters", "", name, place)
            without = Number(0.0, bounds_of(own).unit, assumption="the case is without this")
            numbers.setdefault(own, without)
