"""What a person wrote, as read: values with the place of each, and faults in a line.

A fault names its file, line, column and the way to the value, also where several files are merged.
"""

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

Place = tuple[int, int]
"""Line and column, counted from 1."""

Keys = tuple[str | int, ...]
"""The way to a value: keys of mappings and places in lists."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file."""

    file: str
    place: Place | None
    path: str
    message: str

    def __str__(self) -> str:
        where = self.file if self.place is None else f"{self.file}:{self.place[0]}:{self.place[1]}"
        line = f"{where}: {self.path}: {self.message}" if self.path else f"{where}: {self.message}"
        return visible(line)


def visible(line: str) -> str:
    """A line in which what would break it, or cannot be seen, is spelled out.

    >>> print(visible("two\\r\\nlines, chargé"))
    two\\r\\nlines, chargé
    """
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in line
    )


class BadFile(Exception):
    """A file that cannot be used, with all its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class MissingFile(Exception):
    """A file, case, scenario or result that is not there."""


@dataclass(frozen=True)
class Origin:
    """Where a part of a document comes from: a file (or an option), and the way to it there."""

    file: str
    keys: Keys


@dataclass(frozen=True)
class Document:
    """A file's content and where each part of it stands.

    `origins` names the parts that come from elsewhere: from a file this one extends, or an option.
    A part without a line, such as an option, has the place None.
    """

    name: str
    value: Any
    places: dict[Keys, Place | None] = field(repr=False)
    origins: dict[Keys, Origin] = field(default_factory=dict, repr=False)

    def fault(self, keys: Keys, message: str) -> Fault:
        """A fault at `keys`, or at the nearest enclosing part that has a place."""
        origin = self.origin(keys)
        return Fault(origin.file, self.place(keys), spelled(origin.keys), message)

    def place(self, keys: Keys) -> Place | None:
        """Line and column of `keys`, or of the nearest enclosing part."""
        for length in range(len(keys), -1, -1):
            if keys[:length] in self.places:
                return self.places[keys[:length]]
        return None

    def origin(self, keys: Keys) -> Origin:
        """File in which `keys` stands, and the way to it in that file."""
        for length in range(len(keys), -1, -1):
            if keys[:length] in self.origins:
                origin = self.origins[keys[:length]]
                return Origin(origin.file, (*origin.keys, *keys[length:]))
        return Origin(self.name, keys)


def spelled(keys: Keys) -> str:
    """The way to a value as text.

    >>> spelled(("interventions", 0, "month"))
    'interventions[0].month'
    """
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else str(key)
    return text


def did_you_mean(word: object, known: list[str]) -> str:
    """The nearest known word as the end of a message, or all of them if they are few.

    >>> did_you_mean("set_polcy", ["set_policy", "pitch"])
    ', did you mean set_policy?'
    """
    spelled_as = {name.casefold(): name for name in reversed(known)}
    near = get_close_matches(str(word).casefold(), spelled_as, n=1, cutoff=0.5)
    if near:
        return f", did you mean {spelled_as[near[0]]}?"
    return f"; known: {', '.join(known)}" if 0 < len(known) <= 12 else ""
