"""Mutation testing of the rules: `make mutants`, or python -m tests.mutants [MODULE ...].

Ends with status 1 where a mutant survives that `docs/mutants.md` does not explain, or a tenth do.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from tests.mutants.mutations import all_mutants
from tests.mutants.running import BY_MONTHS, BY_UNIT_TESTS, SURVIVED, Fate, run_all

EXPLAINED = Path(__file__).parents[2] / "docs" / "mutants.md"
MOST = 0.10
"""Share of mutants that may survive."""


def explained() -> set[str]:
    """The mutants that the page gives a reason for."""
    rows = re.findall(r"^\| (\w+\.\w+: .*?) \|", EXPLAINED.read_text(encoding="utf-8"), re.M)
    return set(rows)


def table(fates: list[Fate]) -> str:
    """How many mutants of each module there are and what became of them."""
    counts = Counter((fate.mutant.module, fate.status) for fate in fates)
    modules = sorted({fate.mutant.module for fate in fates})
    lines = [f"{'':<14}{'mutants':>9}{'unit tests':>12}{'months':>8}{'survive':>9}"]
    for module in [*modules, "all"]:
        of = [
            sum(counts[each, status] for each in ([module] if module != "all" else modules))
            for status in (BY_UNIT_TESTS, BY_MONTHS, SURVIVED)
        ]
        lines.append(f"{module:<14}{sum(of):>9}{of[0]:>12}{of[1]:>8}{of[2]:>9}")
    return "\n".join(lines)


def main(modules: list[str]) -> int:
    """Try the mutants of some modules, or of all; the exit status."""
    mutants = [each for each in all_mutants() if not modules or each.module in modules]
    fates: list[Fate] = []

    def told(fate: Fate) -> None:
        fates.append(fate)
        if len(fates) % 100 == 0:
            print(f"{len(fates)} of {len(mutants)} mutants", file=sys.stderr)

    run_all(mutants, told)
    survivors = [str(fate.mutant) for fate in fates if fate.status == SURVIVED]
    new = [name for name in sorted(survivors) if name not in explained()]
    print(table(fates))
    for name in new:
        print(f"survives without a reason in docs/mutants.md: {name}")
    return int(bool(new) or len(survivors) >= MOST * len(mutants))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
