"""Commands and pictures, found by the first line of their file: a new one is in no list."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sim.io.places import PACKAGE


class Listed(NamedTuple):
    """The module that holds a command or a picture, and what it does in a sentence."""

    module: str
    text: str


def listed(room: str, kind: str, first: Sequence[str]) -> dict[str, Listed]:
    """By name, the files of a room of `sim` whose first line reads `` `KIND NAME`: text ``.

    Those named in `first` come first, in that order. No file is imported, so that help comes at
    once.

    >>> listed("cli", "sim", ["run"])["run"]
    Listed(module='sim.cli.run', text='Run scenarios and keep their results.')
    """
    first_line = re.compile(rf'"""`{kind} (\w+)`: (.+?)(?:""")?\n')
    found = {}
    for path in sorted((PACKAGE / room).glob("*.py")):
        with path.open(encoding="utf-8") as file:
            if match := first_line.fullmatch(file.readline()):
                found[match[1]] = Listed(f"sim.{room}.{path.stem}", match[2])
    return {name: found[name] for name in (*first, *found)}
