"""What a person wrote, as read: values with the place of each, also where files are merged."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from sim.io.errors import Fault, Place

Keys = tuple[str | int, ...]
"""The way to a value: keys of mappings and places in lists."""


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
