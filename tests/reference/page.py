"""Renew the tables of `docs/model.md`: python -m tests.reference.page, or `make docs`.

What stands between `<!-- table: NAME -->` and `<!-- end -->` is made; all else is written by hand.
"""

import re
from functools import cache
from pathlib import Path

from tests.reference.case_tables import FROM_NUMBERS
from tests.reference.cast_tables import FROM_CAST
from tests.reference.page_tables import FROM_CODE
from tests.reference.rule_tables import rules_of_their_own_words, verbs_of_their_own_words

PAGE = Path(__file__).parents[2] / "docs" / "model.md"
BLOCK = re.compile(r"<!-- table: (?P<name>[^>]+) -->\n.*?<!-- end -->", re.DOTALL)


@cache
def made(name: str) -> str:
    """A block with its table; raises KeyError for a name that is not known."""
    return f"<!-- table: {name} -->\n\n{TABLES[name]()}\n\n<!-- end -->"


def renewed(text: str) -> str:
    """The page with all its tables made anew."""
    return BLOCK.sub(lambda block: made(block["name"]), text)


def by_hand(text: str) -> str:
    """The page without its tables."""
    return BLOCK.sub("", text)


TABLES = {
    **FROM_CODE,
    **FROM_NUMBERS,
    **FROM_CAST,
    "further rules": lambda: rules_of_their_own_words(hand()),
    "further verbs": lambda: verbs_of_their_own_words(hand()),
}


def hand() -> str:
    """The page's text by hand."""
    return by_hand(PAGE.read_text(encoding="utf-8"))


def main() -> None:
    """Write the page."""
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
