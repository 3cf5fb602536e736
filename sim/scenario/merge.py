"""Several documents as one: a scenario over those it extends, and options over a scenario."""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from typing import Any

from sim.case.number_id import KINDS
from sim.io.documents import Document, Keys, did_you_mean, spelled
from sim.io.errors import BadFile, Fault
from sim.io.reader import parse_yaml

DROPPED = "drop"
"""The names of interventions of bases that are left out."""

OWN = ("title", "question", "description", "claims", "cannot_say", "extends", DROPPED)
"""Keys that say what one scenario is; a scenario that extends another says its own."""

LISTED = "interventions"
"""The list that grows: those of the base come first."""

MOST_LISTED = 50_000
"""Interventions of a scenario and its bases, all together."""

MAPPED = "numbers"
"""The mapping in which a later value takes the place of an earlier one."""


def _name(intervention: Any) -> str | None:
    """The name of an intervention, if it has one."""
    name = intervention.get("name") if isinstance(intervention, dict) else None
    return name if isinstance(name, str) else None


def merged(bases: Sequence[Document], own: Document) -> Document:
    """`own` over its bases, the last of which weighs most.

    Interventions follow each other; one with the name of an earlier one takes its place, and those
    of bases that `own` drops are left out. Numbers are merged by path; any other key of a later
    document replaces that of an earlier one. Raises BadFile for a name to drop that no base has.
    """
    result, dropped = Document(own.name, {}, {(): own.place(())}), _dropped(bases, own)
    for source in (*bases, own):
        for key in source.value:
            if key not in OWN or source is own:
                _take(result, source, key, dropped if source is not own else ())
        listed = result.value.get(LISTED)
        if isinstance(listed, list) and len(listed) > MOST_LISTED:
            message = f"more than {MOST_LISTED:,} interventions with those of its bases"
            raise BadFile([own.fault((), message)])
    return result


def _take(result: Document, source: Document, key: str, dropped: Sequence[str]) -> None:
    """Take over a key of `source`."""
    item, before = source.value[key], result.value.get(key)
    result.parts[(key,)] = source, (key,)
    result.value[key] = item
    if key == MAPPED and isinstance(item, dict):
        result.value[key] = {**(before if isinstance(before, dict) else {}), **item}
        result.parts.update({(key, path): (source, (key, path)) for path in item})
    elif key == LISTED and isinstance(item, list):
        listed = result.value[key] = before if isinstance(before, list) else []
        places = {_name(intervention): place for place, intervention in enumerate(listed)}
        for i, intervention in enumerate(item):
            name = _name(intervention)
            if name is None or name not in dropped:
                place = len(listed) if name is None else places.pop(name, len(listed))
                listed[place : place + 1] = [intervention]
                result.parts[(LISTED, place)] = source, (LISTED, i)


def _dropped(bases: Iterable[Document], own: Document) -> list[str]:
    """The names of interventions that `own` leaves out."""
    given = own.value.get(DROPPED)
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        return []
    listed = [base.value.get(LISTED) for base in bases]
    items = [item for each in listed if isinstance(each, list) for item in each]
    known = [name for name in map(_name, items) if name is not None]
    faults = []
    for i, name in enumerate(names):
        if name not in known:
            keys = (DROPPED,) if isinstance(given, str) else (DROPPED, i)
            near = did_you_mean(name, known)
            faults.append(own.fault(keys, f"no base has an intervention named {name!r}{near}"))
    if faults:
        raise BadFile(faults)
    return names


def with_settings(document: Document, settings: Iterable[str]) -> Document:
    """`document` with each `KEY=VALUE` put in; raises BadFile.

    A key is a way through the file, as in `months` or `interventions[0].month`, or the path of a
    number of the case, as in `parameters.climb_rate`.
    """
    changed = replace(document, value=deepcopy(document.value), parts=dict(document.parts))
    faults = [fault for text in settings for fault in _set(changed, text)]
    if faults:
        raise BadFile(faults)
    return changed


def _set(document: Document, text: str) -> Iterable[Fault]:
    option = f"--set {text}"
    key, _, given = text.partition("=")
    try:
        keys = way(key)
        value = parse_yaml(f"value: {given}", option).value["value"]
        at = document.value
        for step, after in pairwise(keys):
            at = _step(at, step, after)
        last = keys[-1]
        if isinstance(at, list) and not (isinstance(last, int) and last < len(at)):
            raise KeyError(last)
        at[last] = value
    except BadFile as error:
        yield Fault(option, None, "", error.faults[0].message)
    except (LookupError, TypeError, ValueError):
        yield Fault(option, None, "", f"{key or 'nothing'} leads nowhere in {document.name}")
    else:
        for old in [old for old in document.parts if old[: len(keys)] == keys]:
            del document.parts[old]
        document.parts[keys] = Document(option, value, {}), keys


def _step(value: Any, step: str | int, after: str | int) -> Any:
    """The part at `step`; a mapping that is not there yet is made."""
    if isinstance(value, dict) and isinstance(step, str) and isinstance(after, str):
        return value.setdefault(step, {})
    return value[step]


def way(key: str) -> Keys:
    """The way that a key spells; raises ValueError.

    >>> way("interventions[0].month")
    ('interventions', 0, 'month')
    >>> way("parameters.climb_rate")
    ('numbers', 'parameters.climb_rate')
    """
    for before in (f"{MAPPED}.", ""):
        if key.startswith(before) and key[len(before) :].split(".")[0] in KINDS:
            return (MAPPED, key[len(before) :])
    steps = re.findall(r"([^.\[\]]+)|\[([0-9]+)\]", key)
    keys = tuple(name or int(place) for name, place in steps)
    if not keys or spelled(keys) != key:
        raise ValueError(key)
    return keys
