"""Adding numbers to a case, each held against what it may be; every fault has its place."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from sim.case.bounds import bounds_of, is_by_issue, length_of
from sim.case.numbers import Entry, Number
from sim.case.reading import Part, parts, refuse
from sim.documents import Document, Fault, Keys

Numbers = dict[str, Number]
"""The numbers of a case by path, as far as they are read."""

At = tuple[Document, Keys]
"""A place in a document."""


def length_fault(path: str, value: Any) -> str:
    """What is wrong with a list where one number should be, or with the length of a list."""
    length = length_of(path)
    if isinstance(value, list) and is_by_issue(path):
        return ""  # how many issues there are, `sim.case.issues` knows
    if isinstance(value, list) and len(value) == length > 0:
        return ""
    if not isinstance(value, list) and not length:
        return ""
    return f"needs a list of {length} numbers" if length else "needs one number"


def number_faults(
    path: str, number: Number, value: At, backing: At, place: Keys = ()
) -> list[Fault]:
    """What its unit, its bounds and its range say against a number.

    The value stands at `value`, unit and range below `backing`; `place` is that in a list.
    """
    bounds = bounds_of(path)
    document, keys = backing
    faults = []
    if number.unit != bounds.unit:
        message = f"the unit is {bounds.unit!r}, not {number.unit!r}"
        faults.append(document.fault((*keys, "unit"), message))
    wrong = bounds.fault(number.value)
    if wrong or not number.in_range:
        outside = f"the range does not contain the value {number.value:g}"
        return [*faults, value[0].fault(value[1], wrong or outside)]
    ends = (number.low, number.high) if number.has_range else ()
    for end, wrong in enumerate(map(bounds.fault, ends)):
        if wrong:
            faults.append(_range_fault(document, (*keys, "range"), (end, *place), path, wrong))
    return faults


def _range_fault(document: Document, keys: Keys, place: Keys, path: str, wrong: str) -> Fault:
    """A fault of an end of the range at `keys`: that of one number, of all in a list, or a rule."""
    for way in ((*keys, *place), (*keys, *place[:1])):
        if way in document.places:
            return document.fault(way, wrong)
    return document.fault(keys, f"the range of {path} {wrong}")


def add(numbers: Numbers, path: str, entry: Entry, at: At, value: str = "value") -> list[Fault]:
    """Add the number, or the numbers, of an entry to `numbers`; what is wrong with them."""
    document, keys = at
    wrong = length_fault(path, entry.value)
    if wrong:
        return [document.fault((*keys, value), wrong)]
    faults: list[Fault] = []
    for i, number in enumerate(entry.numbers()):
        place = (i,) if isinstance(entry.value, list) else ()
        own = ".".join([path, *map(str, place)])
        numbers[own] = number
        faults += number_faults(own, number, (document, (*keys, value, *place)), at, place)
    return faults


def add_all(numbers: Numbers, kind: str, document: Document) -> list[Fault]:
    """Add the numbers of all sound entries in a document; what is wrong with them."""
    faults: list[Fault] = []
    for keys, entry in _entries(document.value, ()):
        path = ".".join([kind, *map(str, _way(kind, keys))])
        try:
            length_of(path)
        except KeyError:
            continue  # the form of the file tells of a key that leads nowhere
        faults += add(numbers, path, entry, (document, keys))
    return faults


def _way(kind: str, keys: Keys) -> Keys:
    """The path of an entry: its keys, without those that only give the file its form."""
    if kind == "starts":
        return (*keys[:1], *keys[2:])
    return keys[:3] if kind == "projects" else keys


def _entries(value: Any, keys: Keys) -> Iterator[tuple[Keys, Entry]]:
    """Every part of a file that is a sound entry; the form of the file tells of the others."""
    entry = _entry(value)
    if entry is not None:
        yield keys, entry
    elif isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _entries(part, (*keys, key))


def _entry(value: Any) -> Entry | None:
    if not isinstance(value, dict) or "value" not in value:
        return None
    try:
        return Entry.model_validate(value)
    except ValidationError:
        return None


def each(numbers: Numbers, kind: str, document: Document, model: type[Part]) -> dict[str, Part]:
    """The parts of a YAML file, each as `model`, their numbers added; raises BadFile."""
    found, faults = parts(document, model)
    refuse(faults + add_all(numbers, kind, document))
    return found
