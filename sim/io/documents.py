"""What a person wrote, as read: values with the place of each, and faults in a line.

A fault names its file, line, column and the way to the value, also where several files are merged.
"""

import re
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


UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What breaks a line, steers a terminal, turns the order of letters round or is no letter."""


class BadFile(Exception):
    """A file that cannot be used, with all its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class MissingFile(Exception):
    """A file, case, scenario or result that is not there."""


@dataclass(frozen=True)
class Document:
    """A file's content and the place of each part of it.

    `parts` names the parts that come from elsewhere, from a file that this one extends or from an
    option, with the document and the way to them there. An option has no places.
    """

    name: str
    value: Any
    places: dict[Keys, Place | None] = field(repr=False)
    parts: dict[Keys, tuple["Document", Keys]] = field(default_factory=dict, repr=False)

    def fault(self, keys: Keys, message: str) -> Fault:
        """A fault at `keys`, or at the nearest enclosing part that has a place."""
        source, way = self.source(keys)
        return Fault(source.name, source.place(way), spelled(way), message)

    def place(self, keys: Keys) -> Place | None:
        """Line and column of `keys`, or of the nearest enclosing part, in this very document."""
        ways = (keys[:length] for length in range(len(keys), -1, -1))
        return next((self.places[way] for way in ways if way in self.places), None)

    def source(self, keys: Keys) -> tuple["Document", Keys]:
        """The document in which `keys` stands, and the way to it there."""
        for length in range(len(keys), -1, -1):
            if keys[:length] in self.parts:
                document, way = self.parts[keys[:length]]
                return document.source((*way, *keys[length:]))
        return self, keys


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
