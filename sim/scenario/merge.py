"""Several documents as one: a scenario over those it extends, and options over a scenario."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any

from sim.case.number_id import KINDS
from sim.documents import BadFile, Document, Fault, Keys, Origin, did_you_mean, spelled
from sim.reader import parse_yaml

DROPPED = "drop"
"""The names of interventions of bases that are left out."""

OWN = ("title", "question", "description", "claims", "cannot_say", "extends", DROPPED)
"""Keys that say what one scenario is; a scenario that extends another says its own."""

LISTED = "interventions"
"""The list that grows: those of the base come first."""

MAPPED = "numbers"
"""The mapping in which a later value takes the place of an earlier one."""


class _Merged:
    """A document in the making."""

    def __init__(self, name: str, top: Document) -> None:
        self.document = Document(name, {}, {(): top.places.get(())}, {})

    def take(self, source: Document, old: Keys, new: Keys) -> None:
        """Take over the part `old` of `source`, with its places and origins, as `new`."""
        target = self.document
        self.forget(new)
        _parent(target.value, new)[new[-1]] = deepcopy(_child(source.value, old))
        for keys, place in source.places.items():
            if keys[: len(old)] == old:
                target.places[(*new, *keys[len(old) :])] = place
        target.origins[new] = source.origin(old)
        for keys, origin in source.origins.items():
            if keys[: len(old)] == old:
                target.origins[(*new, *keys[len(old) :])] = origin

    def forget(self, old: Keys) -> None:
        """Drop what is known of a part and of all below it."""
        for known in (self.document.places, self.document.origins):
            for keys in [keys for keys in known if keys[: len(old)] == old]:
                del known[keys]


def _child(value: Any, keys: Keys) -> Any:
    for key in keys:
        value = value[key]
    return value


def _parent(value: Any, keys: Keys) -> Any:
    return _child(value, keys[:-1])


def merged(bases: Sequence[Document], own: Document) -> Document:
    """`own` over its bases, the last of which weighs most.

    Interventions follow each other; one with the name of an earlier one takes its place, and those
    of bases that `own` drops are left out. Numbers are merged by path; any other key of a later
    document replaces that of an earlier one. Raises BadFile for a name to drop that no base has.
    """
    target = _Merged(own.name, own)
    dropped = _dropped(bases, own)
    for source in (*bases, own):
        for key, item in source.value.items():
            if key in OWN and source is not own:
                continue
            if key == LISTED and isinstance(item, list):
                _take_interventions(target, source, dropped if source is not own else ())
            elif key == MAPPED and isinstance(item, dict):
                _take_numbers(target, source)
            else:
                target.take(source, (key,), (key,))
    return target.document


def _dropped(bases: Iterable[Document], own: Document) -> list[str]:
    """The names of interventions that `own` leaves out."""
    given = own.value.get(DROPPED)
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        return []
    known = [name for base in bases for name in _names(_listed(base.value))]
    faults = []
    for i, name in enumerate(names):
        if name not in known:
            keys = (DROPPED,) if isinstance(given, str) else (DROPPED, i)
            near = did_you_mean(name, known)
            faults.append(own.fault(keys, f"no base has an intervention named {name!r}{near}"))
    if faults:
        raise BadFile(faults)
    return names


def _listed(content: Mapping[str, Any]) -> list[Any]:
    found = content.get(LISTED)
    return found if isinstance(found, list) else []


def _take_interventions(target: _Merged, source: Document, dropped: Sequence[str]) -> None:
    known = target.document.value
    if not isinstance(known.get(LISTED), list):
        known[LISTED] = []
    target.document.places[(LISTED,)] = source.place((LISTED,))
    target.document.origins[(LISTED,)] = source.origin((LISTED,))
    before = _names(known[LISTED])
    for i, intervention in enumerate(source.value[LISTED]):
        name = intervention.get("name") if isinstance(intervention, dict) else None
        if name in dropped:
            continue
        place = before.pop(name, None) if isinstance(name, str) else None
        if place is None:
            place = len(known[LISTED])
            known[LISTED].append(None)
        target.take(source, (LISTED, i), (LISTED, place))


def _names(interventions: list[Any]) -> dict[str, int]:
    return {
        each["name"]: place
        for place, each in enumerate(interventions)
        if isinstance(each, dict) and isinstance(each.get("name"), str)
    }


def _take_numbers(target: _Merged, source: Document) -> None:
    known = target.document.value
    if not isinstance(known.get(MAPPED), dict):
        known[MAPPED] = {}
    target.document.places[(MAPPED,)] = source.place((MAPPED,))
    target.document.origins[(MAPPED,)] = source.origin((MAPPED,))
    for path in source.value[MAPPED]:
        target.take(source, (MAPPED, path), (MAPPED, path))


def with_settings(document: Document, settings: Iterable[str]) -> Document:
    """`document` with each `KEY=VALUE` put in; raises BadFile.

    A key is a way through the file, as in `months` or `interventions[0].month`, or the path of a
    number of the case, as in `parameters.climb_rate`.
    """
    changed = Document(
        document.name, deepcopy(document.value), dict(document.places), dict(document.origins)
    )
    faults = [fault for text in settings for fault in _set(changed, text)]
    if faults:
        raise BadFile(faults)
    return changed


def _set(document: Document, text: str) -> Iterable[Fault]:
    option = f"--set {text}"
    key, _, given = text.partition("=")
    try:
        keys = way(key)
        value = parse_yaml(f"value: {given}", option).value
        at = document.value
        for step, after in pairwise(keys):
            at = _step(at, step, after)
        last = keys[-1]
        if isinstance(at, list) and not (isinstance(last, int) and last < len(at)):
            raise KeyError(last)
        at[last] = value["value"]
    except BadFile as error:
        yield Fault(option, None, "", error.faults[0].message)
    except (LookupError, TypeError, ValueError):
        yield Fault(option, None, "", f"{key or 'nothing'} leads nowhere in {document.name}")
    else:
        for known in (document.places, document.origins):
            for old in [old for old in known if old[: len(keys)] == keys]:
                del known[old]
        document.places[keys] = None
        document.origins[keys] = Origin(option, keys)


def _step(value: Any, step: str | int, after: str | int) -> Any:
    """The part at `step`; a mapping that is not there yet is made."""
    if isinstance(value, dict) and isinstance(step, str) and isinstance(after, str):
        return value.setdefault(step, {})
    return value[step]


def _places(keys: Iterable[str | int]) -> list[int]:
    return [0, *(key for key in keys if isinstance(key, int))]


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
    keys: list[str | int] = []
    for part in key.split("."):
        name, *places = part.split("[")
        keys.append(name)
        keys += [int(place.removesuffix("]")) for place in places]
    if not all(key.split(".")) or spelled(tuple(keys)) != key or min(_places(keys)) < 0:
        raise ValueError(key)
    return tuple(keys)
