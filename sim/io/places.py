"""Where the files that come with the program lie, and which of its modules say what they hold."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[1]


def shipped(kind: str) -> Path:
    """The folder `scenarios` or `seeds`: at the top of a clone, or inside an installed copy."""
    inside = PACKAGE / "shipped" / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind


class Listed(NamedTuple):
    """The module that holds a command or a picture, and what it does in a sentence."""

    module: str
    text: str


def listed(room: str, kind: str, first: Sequence[str]) -> dict[str, Listed]:
    """By name, the files of a room of `sim` whose first line reads `` `KIND NAME`: text ``.

    Those named in `first` come first, in that order. No file is imported.

    >>> listed("cli", "sim", ["run"])["run"]
    Listed(module='sim.cli.run', text='Run scenarios and keep their results.')
    """
    first_line = re.compile(rf'"""`{kind} (\w+)`: (.+?)(?:""")?\n')
    modules = {}
    for path in sorted((PACKAGE / room).glob("*.py")):
        with path.open(encoding="utf-8") as file:
            if match := first_line.fullmatch(file.readline()):
                modules[match[1]] = Listed(f"sim.{room}.{path.stem}", match[2])
    return {name: modules[name] for name in (*first, *modules)}
