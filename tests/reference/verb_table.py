"""Renew the table of verbs: python -m tests.reference.verb_table, or `make docs`."""

import re
from pathlib import Path
from string import Template

from sim.scenario.verbs import VERBS

PAGE = Path(__file__).parents[2] / "docs" / "writing-scenarios.md"
BLOCK = re.compile(r"<!-- verbs -->\n.*?<!-- end -->", re.DOTALL)
HEAD = "| verb | an example after `{month: 6, verb: …` | lasts |\n| --- | --- | --- |\n"
NAMES = {
    "actor": "RUS",
    "corridor": "PAK",
    "group": "West",
    "issue": "EDU",
    "policy": "isolation",
    "pool": "litigation",
}
"""Parts of the case that examples name."""


def table() -> str:
    """The block of the page with its table."""
    lines = [
        f"| `{verb}` | {Template(example).substitute(NAMES)} | {lasts} |\n"
        for verb, kind in VERBS.items()
        for example, lasts in kind.examples
    ]
    return f"<!-- verbs -->\n\n{HEAD}{''.join(lines)}\n<!-- end -->"


def renewed(text: str) -> str:
    """The text with its table made anew."""
    return BLOCK.sub(lambda _: table(), text)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
