"""Several documents as one: a scenario over those it extends, and options over a scenario."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any, TypeVar

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

GROWING = {LISTED: list, MAPPED: dict}

Known = TypeVar("Known")


class _Source:
    """A document to be merged, with its places and origins by the first keys of their ways."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._places = _below(document.places)
        self._origins = _below(document.origins)

    def hand_over(self, old: Keys, target: Document, new: Keys) -> None:
        """Give places and origins of the part `old`, and of all below it, to `new` in `target`."""
        for keys, place in self._places.get(old, ()):
            target.places[(*new, *keys[len(old) :])] = place
        target.origins[new] = self.document.origin(old)
        for keys, origin in self._origins.get(old, ()):
            target.origins[(*new, *keys[len(old) :])] = origin


def _below(known: Mapping[Keys, Known]) -> dict[Keys, list[tuple[Keys, Known]]]:
    """What is known of each part with a way of one or two keys, and of all below it."""
    groups: dict[Keys, list[tuple[Keys, Known]]] = defaultdict(list)
    for keys, what in known.items():
        for length in (1, 2)[: len(keys)]:
            groups[keys[:length]].append((keys, what))
    return groups


class _Merged:
    """Which document each key, intervention and number of a merged document comes from."""

    def __init__(self) -> None:
        self.keys: dict[str, _Source] = {}
        self.listed: list[tuple[_Source, int]] = []
        self.mapped: dict[str, _Source] = {}

    def add(self, source: _Source, key: str, dropped: Sequence[str]) -> None:
        """Take over a key of a document."""
        item = source.document.value[key]
        if key == LISTED and isinstance(item, list):
            self._list(source, item, dropped)
        elif key == MAPPED and isinstance(item, dict):
            self.mapped.update(dict.fromkeys(item, source))
        elif key == LISTED:
            self.listed = []
        elif key == MAPPED:
            self.mapped = {}
        self.keys[key] = source

    def _list(self, source: _Source, items: list[Any], dropped: Sequence[str]) -> None:
        before = {_name(own.document.value[LISTED][i]): at for at, (own, i) in self._places()}
        for i, item in enumerate(items):
            name = _name(item)
            place = before.pop(name, None) if name is not None else None
            if name is not None and name in dropped:
                continue
            if place is None:
                self.listed.append((source, i))
            else:
                self.listed[place] = source, i

    def _places(self) -> Iterable[tuple[int, tuple[_Source, int]]]:
        return list(enumerate(self.listed))

    def document(self, own: Document) -> Document:
        """All that was taken over as one document with the name of `own`."""
        target = Document(own.name, {}, {(): own.places.get(())}, {})
        for key, source in self.keys.items():
            item = source.document.value[key]
            if isinstance(item, GROWING.get(key, ())):
                target.places[(key,)] = source.document.place((key,))
                target.origins[(key,)] = source.document.origin((key,))
                target.value[key] = GROWING[key]()
            else:
                source.hand_over((key,), target, (key,))
                target.value[key] = item
        for place, (source, i) in enumerate(self.listed):
            source.hand_over((LISTED, i), target, (LISTED, place))
            target.value[LISTED].append(source.document.value[LISTED][i])
        for path, source in self.mapped.items():
            source.hand_over((MAPPED, path), target, (MAPPED, path))
            target.value[MAPPED][path] = source.document.value[MAPPED][path]
        return target


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
    result, dropped = _Merged(), _dropped(bases, own)
    for document in (*bases, own):
        source = _Source(document)
        for key in document.value:
            if key not in OWN or document is own:
                result.add(source, key, dropped if document is not own else ())
    return result.document(own)


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
