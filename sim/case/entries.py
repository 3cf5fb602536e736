"""Adding numbers to a case, each held against what it may be; every fault has its place."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from sim.case.bounds import bounds_of, length_of
from sim.case.number_id import NumberId
from sim.case.numbers import Entry, Number
from sim.case.reading import Part, parts, refuse
from sim.documents import Document, Fault, Keys

Numbers = dict[NumberId, Number]
"""The numbers of a case, as far as they are read."""

At = tuple[Document, Keys]
"""A place in a document."""


def length_fault(length: int, value: Any) -> str:
    """What is wrong with a list where one number should be, or with the length of a list."""
    if isinstance(value, list) and len(value) == length > 0:
        return ""
    if not isinstance(value, list) and not length:
        return ""
    return f"needs a list of {length} numbers" if length else "needs one number"


def number_faults(
    name: NumberId, number: Number, value: At, backing: At, place: Keys = ()
) -> list[Fault]:
    """What its unit, its bounds and its range say against a number.

    The value stands at `value`, unit and range below `backing`; `place` is that in a list.
    """
    bounds = bounds_of(name)
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
            faults.append(_range_fault(document, (*keys, "range"), (end, *place), str(name), wrong))
    return faults


def _range_fault(document: Document, keys: Keys, place: Keys, path: str, wrong: str) -> Fault:
    """A fault of an end of the range at `keys`: that of one number, of all in a list, or a rule."""
    for way in ((*keys, *place), (*keys, *place[:1])):
        if way in document.places:
            return document.fault(way, wrong)
    return document.fault(keys, f"the range of {path} {wrong}")


def add(
    numbers: Numbers, name: NumberId, entry: Entry, at: At, value: str = "value"
) -> list[Fault]:
    """Add the number, or the numbers, of an entry to `numbers`; what is wrong with them."""
    document, keys = at
    length = length_of(name.kind, name.field) if name.place is None else 0
    wrong = length_fault(length, entry.value)
    if wrong:
        return [document.fault((*keys, value), wrong)]
    faults: list[Fault] = []
    for i, number in enumerate(entry.numbers()):
        place = (i,) if isinstance(entry.value, list) else ()
        own = name._replace(place=i) if place else name
        numbers[own] = number
        faults += number_faults(own, number, (document, (*keys, value, *place)), at, place)
    return faults


def add_all(numbers: Numbers, kind: str, document: Document) -> list[Fault]:
    """Add the numbers of all sound entries in a document; what is wrong with them."""
    faults: list[Fault] = []
    for keys, entry in _entries(document.value, ()):
        name = _name(kind, keys)
        try:
            length_of(name.kind, name.field)
        except KeyError:
            continue  # validation reports a key that leads nowhere
        faults += add(numbers, name, entry, (document, keys))
    return faults


def _name(kind: str, keys: Keys) -> NumberId:
    """The identity of an entry; some keys on the way to it only give the file its form."""
    words = [str(key) for key in keys]
    if kind == "parameters":
        return NumberId(kind, "", words[0])
    if kind == "starts" and len(words) == 5:
        return NumberId(f"starts.{words[2]}", words[0], words[4], words[3])
    if kind == "starts":
        return NumberId(kind, words[0], words[-1])
    if kind == "projects" and len(keys) > 2:
        return NumberId(kind, words[0], words[1], int(words[2]))
    return NumberId(kind, words[0], words[-1])


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
