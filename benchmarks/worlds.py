"""Worlds of other sizes: the shipped case with some actors left out, or with doubles of them."""

from dataclasses import replace
from functools import cache
from itertools import count

from sim.case.case import Case
from sim.planning.compile import Compiled, compile_scenario
from sim.scenario.load import load_scenario

SEED = 20240201


def indispensable(case: Case) -> set[str]:
    """Actors that a pool or a project names."""
    custodians = {actor for pool in case.pools.values() for actor in pool.veto}
    return custodians | {project.sponsor for project in case.projects.values()}


def smaller(case: Case, actors: int) -> Case:
    """The case with so many of its actors, none of whom follows the votes of others."""
    needed = indispensable(case)
    free = [facts.id for facts in case.actors.values() if not facts.delegates]
    spare = [name for name in free if name not in needed]
    kept = needed | set(spare[: actors - len(needed)])
    return replace(
        case, actors={name: case.actors[name] for name in free if name in kept}, votes={}
    )


def with_double(case: Case, name: str, double: str) -> Case:
    """The case with one more actor, who has all the numbers of another one."""
    numbers = dict(case.numbers)
    for kind in ("actors", "votes"):
        for known, number in case.numbers.items():
            if (known.kind, known.item) == (kind, name):
                numbers[known._replace(item=double)] = number
    votes = dict(case.votes)
    if name in votes:
        votes[double] = votes[name]
    actors = {**case.actors, double: replace(case.actors[name], id=double)}
    return replace(case, actors=dict(sorted(actors.items())), votes=votes, numbers=numbers)


def larger(case: Case, actors: int) -> Case:
    """The case with doubles of its actors, round after round."""
    originals = list(case.actors)
    for turn in count(2):
        for name in originals:
            if len(case.actors) >= actors:
                return case
            case = with_double(case, name, f"{name}{turn}")
    raise AssertionError


@cache
def baseline(actors: int = 38, months: int = 60) -> Compiled:
    """The baseline with so many actors over so many months, compiled once a process."""
    loaded = load_scenario("baseline")
    case = loaded.case
    case = smaller(case, actors) if actors < len(case.actors) else larger(case, actors)
    return compile_scenario(case, loaded.scenario, months)
