"""Which number of a case is meant: kind, item, field and place; the text form is for the edge."""

import re
from typing import NamedTuple

KINDS = ("actors", "policies", "parameters", "pools", "projects", "starts", "ties", "votes")
"""Parts of a case that hold numbers: the first words of their text."""

WITHOUT_ITEMS = ("parameters", "ties")
"""Kinds whose numbers belong to the case itself."""

NESTED = ("pools", "projects")
"""What a start says of each pool and project: kinds `starts.pools` and `starts.projects`."""

WEIGHT = "weight"
"""The field of ties and votes, which hold nothing else and do not name it in text."""

_PLACE = re.compile(r"0|[1-9][0-9]{0,5}")


class NumberId(NamedTuple):
    """The identity of a number.

    `place` is that in a list, the pool or project of a start, or the bloc of a vote; `None` for a
    single number. `str()` gives the text form.

    >>> str(NumberId("policies", "mild", "gates", 6)), str(NumberId("ties", "", "weight", 3))
    ('policies.mild.gates.6', 'ties.3')
    """

    kind: str
    item: str
    field: str
    place: int | str | None = None

    def __str__(self) -> str:
        kind, _, nested = self.kind.partition(".")
        place = "" if self.place is None else str(self.place)
        if nested:
            return ".".join((kind, self.item, nested, place, self.field))
        field = "" if kind in ("ties", "votes") else self.field
        return ".".join(word for word in (kind, self.item, field, place) if word)


def number_id(text: str) -> NumberId:
    """The identity that a text spells; raises KeyError where it spells none.

    Whether a case has such a number only the case can tell.

    >>> number_id("starts.2024-02.pools.fund.balance")
    NumberId(kind='starts.pools', item='2024-02', field='balance', place='fund')
    """
    kind, *words = text.split(".")
    if kind not in KINDS or not all(words):
        raise KeyError(text)
    if kind == "ties":
        words = [WEIGHT, *words]
    elif kind == "votes":
        words = [*words[:1], WEIGHT, *words[1:]]
    elif kind == "starts" and len(words) == 4 and words[1] in NESTED:
        start, nested, item, field = words
        return NumberId(f"starts.{nested}", start, field, item)
    item = "" if kind in WITHOUT_ITEMS else words.pop(0) if words else ""
    if not 1 <= len(words) <= 2 or (not item and kind not in WITHOUT_ITEMS):
        raise KeyError(text)
    field, *place = words
    return NumberId(kind, item, field, _place(place[0]) if place else None)


def _place(word: str) -> int | str:
    return int(word) if _PLACE.fullmatch(word) else word
