"""Mutation testing of the rules: `make mutants`, or python -m tests.mutants [MODULE ...].

Goes on where it was stopped; `build/mutants.jsonl` holds what was found, and without this file all
is tried anew. A run over all modules renews `docs/mutants.md`. Ends with status 1 where a mutant
survives without a reason in `tests/mutants/reasons.py`, or a tenth do.
"""

import sys

from tests.mutants.journal import keep, kept
from tests.mutants.mutations import all_mutants
from tests.mutants.page import PAGE, page
from tests.mutants.reasons import reason_for
from tests.mutants.running import SURVIVED, Fate, run_all

MOST = 0.10
"""Share of mutants that may survive."""


def main(modules: list[str]) -> int:
    """Try the mutants of some modules, or of all; the exit status."""
    mutants = [each for each in all_mutants() if not modules or each.module in modules]
    known = kept(mutants)
    wanted = [each for each in mutants if known.get(str(each), SURVIVED) == SURVIVED]
    print(f"{len(wanted)} of {len(mutants)} mutants are to be tried", file=sys.stderr)
    done = 0

    def told(fate: Fate) -> None:
        nonlocal done
        keep(fate)
        done += 1
        if done % 100 == 0:
            print(f"{done} of {len(wanted)}", file=sys.stderr)

    run_all(wanted, told)
    found = kept(mutants)
    fates = [Fate(each, found[str(each)]) for each in mutants]
    if not modules:
        PAGE.write_text(page(fates), encoding="utf-8")
    survivors = [fate.mutant for fate in fates if fate.status == SURVIVED]
    new = [each for each in survivors if not reason_for(each)]
    for each in new:
        print(f"survives without a reason: {each}")
    print(f"{len(survivors)} of {len(mutants)} mutants survive")
    return int(bool(new) or len(survivors) >= MOST * len(mutants))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
