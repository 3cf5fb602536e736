"""In what two plans differ, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

MOST_LINES = 12
"""Differences that are told; the rest are counted."""

NOTHING = object()


def differences(before: Any, now: Any, path: str = "") -> Iterator[str]:
    """A line for each part of `before` that is another one in `now`."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys([*before, *now]):
            inside = f"{path}.{key}" if path else str(key)
            yield from differences(before.get(key, NOTHING), now.get(key, NOTHING), inside)
    elif isinstance(before, list) and isinstance(now, list):
        for i in range(max(len(before), len(now))):
            one, other = (each[i] if i < len(each) else NOTHING for each in (before, now))
            yield from differences(one, other, f"{path}[{i}]")
    elif before != now:
        yield f"{path}: {shown(now)} now, {shown(before)} when planned"


def shown(value: Any) -> str:
    """A value for reading."""
    if value is NOTHING:
        return "nothing"
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def told(lines: list[str]) -> str:
    """The first lines, and how many more there are."""
    more = len(lines) - MOST_LINES
    rest = [f"and {more} more"] if more > 0 else []
    return "\n".join(f"  {line}" for line in [*lines[:MOST_LINES], *rest])
