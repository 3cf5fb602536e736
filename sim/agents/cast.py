"""Who plays: the arrays that a model of agents starts from, and the names of the actors in them."""

from pathlib import Path
from typing import NamedTuple

from sim.engine.draws import Uids
from sim.engine.kernel import Start
from sim.planning.compile import compile_scenario
from sim.planning.month_rows import MonthRows
from sim.scenario.load import Loaded, load_scenario
from sim.scenario.verbs.base import How


class Names(NamedTuple):
    """Id and name of each actor, and the policy in each row of policies.

    A policy is empty for an institution that follows its members.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    policies: tuple[str, ...]


class Cast(NamedTuple):
    """What a model needs: the arrays of a compiled scenario, and the names of who is in them."""

    start: Start
    uids: Uids
    names: Names | None = None


def names_of(loaded: Loaded, rows: MonthRows) -> Names:
    """The names of a scenario's actors and policies; `rows` are those of its plan."""
    actors = tuple(loaded.case.actors.values())
    policies = []
    for row in rows.policies:
        actor = actors[row.actor]
        changes = [each for touch in row.touches for each in rows.changes[touch]]
        copied = [each for each in changes if each.how is How.COPY and actor.id in each.owners]
        policies.append(copied[-1].policy if copied else actor.policy)
    names = tuple(actor.name for actor in actors)
    return Names(tuple(loaded.case.actors), names, tuple(policies))


def cast_of(scenario: str | Path | Loaded, months: int | None = None) -> Cast:
    """The cast of a scenario, by name, path or loaded, over `months` (else its own horizon).

    Raises MissingFile, BadFile or CannotCompile.
    """
    loaded = scenario if isinstance(scenario, Loaded) else load_scenario(str(scenario))
    compiled = compile_scenario(loaded.case, loaded.scenario, months)
    return Cast(compiled.start, compiled.uids, names_of(loaded, compiled.planned.rows))
