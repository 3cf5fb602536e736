"""Whether the conditions of an intervention can be met in its case."""

import math
from collections.abc import Iterator

from sim.case.case import Case
from sim.documents import Keys
from sim.scenario.parts import RANGES, Clause
from sim.scenario.schema import Intervention
from sim.scenario.unknown import unknown, unknown_actor, unknown_issue
from sim.vocab import DISBURSING, TOP_LEVEL, Issue

Finding = tuple[Keys, str]
"""Where in the file, and what is wrong."""

WHOLE = ("the level", "the rung", "the stage", "the number of states")
"""What is counted in whole numbers."""


def condition_findings(case: Case, verb: Intervention) -> Iterator[Finding]:
    """Clauses that name nobody, or that nothing can ever meet."""
    for key, clauses in (("when", verb.when), ("while", verb.while_)):
        for i, clause in enumerate(clauses or ()):
            for keys, message in _clause(case, clause):
                yield (key, i, *keys), message


def _clause(case: Case, clause: Clause) -> Iterator[Finding]:
    known = {"issue": list(Issue.__members__), "actor": list(case.actors), "pool": list(case.pools)}
    for key, names in known.items():
        name = getattr(clause, key)
        if name is not None and name not in names:
            yield (key,), _unknown(case, key, name, names)
            return
    least, most, unit = possible(case, clause)
    low = least if clause.at_least is None else clause.at_least
    high = most if clause.at_most is None else clause.at_most
    if None not in (clause.at_least, clause.at_most) and low > high:
        yield ("at_least",), f"can never hold: at_least {low:g} is above at_most {high:g}"
    elif low > most or high < least:
        key = "at_least" if clause.at_least is not None else "at_most"
        yield (key,), f"can never hold: {unit} lies between {least:g} and {most:g}"
    elif unit in WHOLE and math.floor(high) < math.ceil(low):
        yield ("at_least",), f"can never hold: {unit} is a whole number"


def possible(case: Case, clause: Clause) -> tuple[float, float, str]:
    """Least and greatest value of what a clause looks at, and what it is called."""
    if clause.issue is not None:
        return 0.0, float(TOP_LEVEL), "the level"
    if clause.actor is not None:
        return 0.0, case.value("actors", clause.actor, "cap"), "the rung"
    if clause.pool is not None:
        return 0.0, float(DISBURSING), "the stage"
    if clause.quantity == "recognitions":
        states = [actor for actor in case.actors.values() if actor.kind == "state"]
        return 0.0, float(len(states)), "the number of states"
    return *RANGES[clause.quantity or ""], clause.quantity or ""


def _unknown(case: Case, what: str, name: str, names: list[str]) -> str:
    if what == "actor":
        return unknown_actor(case, name)
    return unknown_issue(case, name) if what == "issue" else unknown(what, name, names)
