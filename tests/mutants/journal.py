"""What became of each mutant, kept line by line, so that a run which was stopped goes on.

A mutant that was caught is not tried again while its rule's file stays as it is; one that survived
is, since a new test may catch it.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from tests.mutants.mutations import RULES, Mutant
from tests.mutants.running import Fate

JOURNAL = Path(__file__).parents[2] / "build" / "mutants.jsonl"


def digest(module: str) -> str:
    """Tells one text of a rule's file from another."""
    return sha256((RULES / f"{module}.py").read_bytes()).hexdigest()[:16]


def keep(fate: Fate) -> None:
    """Add a line."""
    JOURNAL.parent.mkdir(exist_ok=True)
    line = {"of": digest(fate.mutant.module), "mutant": str(fate.mutant), "status": fate.status}
    with JOURNAL.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def kept(mutants: Sequence[Mutant]) -> dict[str, int]:
    """The last status of each of the mutants that was tried on its rule's file as it is."""
    if not JOURNAL.exists():
        return {}
    known = {str(mutant): digest(mutant.module) for mutant in mutants}
    lines = [json.loads(line) for line in JOURNAL.read_text(encoding="utf-8").splitlines()]
    return {
        line["mutant"]: line["status"] for line in lines if known.get(line["mutant"]) == line["of"]
    }
