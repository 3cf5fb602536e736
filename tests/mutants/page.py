"""`docs/mutants.md`, written by a whole run of `make mutants`."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.reasons import REASONS
from tests.mutants.running import BY_MONTHS, BY_UNIT_TESTS, LOOPS, SURVIVED, Fate

PAGE = Path(__file__).parents[2] / "docs" / "mutants.md"

HEAD = """\
# Tests of the rules, tested

`make mutants` makes one small change at a time in a rule: another operator, comparison, constant or
sign, `and` for `or`, the opposite of a condition, a value not clipped, nothing returned, a
statement left out, the state of the month's beginning for that of its end. Then it runs the unit
tests of the rules and, if they pass, random worlds against the second implementation. A change that
no test sees survives. Rules run in plain Python here, as on the Mesa front; that the compiled ones
have the same bits is tested elsewhere. Written by `make mutants`; not to be edited.

"""


def table(fates: Sequence[Fate]) -> str:
    """How many mutants of each file there are and what became of them."""
    counts = Counter((fate.mutant.module, fate.status) for fate in fates)
    modules = sorted({fate.mutant.module for fate in fates})
    lines = [
        "| file | mutants | caught by unit tests | by random worlds | loops | survive |\n",
        "| --- | ---: | ---: | ---: | ---: | ---: |\n",
    ]
    for name, among in [*((f"`{each}.py`", [each]) for each in modules), ("all", modules)]:
        of = [
            sum(counts[each, status] for each in among)
            for status in (BY_UNIT_TESTS, BY_MONTHS, LOOPS, SURVIVED)
        ]
        cells = " | ".join(str(count) for count in (sum(of), *of))
        lines.append(f"| {name} | {cells} |\n")
    return "".join(lines)


def survivors(fates: Sequence[Fate]) -> str:
    """Those that survive, by reason."""
    alive = {str(fate.mutant) for fate in fates if fate.status == SURVIVED}
    parts = []
    for reason, names in REASONS.items():
        rows = [f"- {name}\n" for name in names if name in alive]
        if rows:
            parts.append(f"\n{reason}\n\n{''.join(rows)}")
    return "".join(parts)


def page(fates: Sequence[Fate]) -> str:
    """The page as it should stand."""
    share = sum(fate.status == SURVIVED for fate in fates) / len(fates)
    said = f"\n{share:.1%} survive.\n\n## What survives, and why\n"
    return HEAD + table(fates) + said + survivors(fates)
