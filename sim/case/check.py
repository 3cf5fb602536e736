"""Whether the names in a case's files lead somewhere."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sim.case.bounds import RUNG_COLUMN
from sim.case.case import Case
from sim.case.reading import Documents, known_keys, refuse, titles
from sim.documents import Fault, Keys, did_you_mean


class Reference(NamedTuple):
    """A name in a file that stands for something else in the case, and all that it could mean."""

    file: str
    keys: Keys
    what: str
    name: str
    known: Iterable[str]


def check_names(documents: Documents, case: Case) -> None:
    """Raise BadFile for names that lead nowhere, and for pools or projects left out."""
    faults: list[Fault] = []
    for start in case.starts:
        for kind, wanted in (("pools", case.pools), ("projects", case.projects)):
            where = (start, "values", kind)
            faults += known_keys(documents["starts.yaml"], where, list(wanted))
    for file, keys, what, name, known in _references(case, titles(documents["actors.csv"])):
        if name not in known:
            message = f"unknown {what} {name!r}{did_you_mean(name, list(known))}"
            faults.append(documents[file].fault(keys, message))
    refuse(faults)


def _references(case: Case, columns: list[str]) -> Iterator[Reference]:
    yield from _of_actors(case)
    yield from _of_ties(case)
    for pool in case.pools.values():
        for i, actor in enumerate(pool.veto):
            yield Reference("pools.yaml", (pool.id, "veto", i), "actor", actor, case.actors)
    for project in case.projects.values():
        keys = (project.id, "sponsor")
        yield Reference("projects.yaml", keys, "actor", project.sponsor, case.actors)
    rungs = [title for title in columns if re.fullmatch(RUNG_COLUMN, title)]
    for start in case.starts.values():
        what = "column of actors.csv"
        yield Reference("starts.yaml", (start.id, "rungs"), what, start.rungs, rungs)
    yield Reference("case.yaml", ("default_start",), "start", case.default_start, case.starts)


def _of_actors(case: Case) -> Iterator[Reference]:
    for actor in case.actors.values():
        yield Reference("actors.csv", (actor.id, "bloc"), "bloc", actor.bloc, case.blocs)
        if actor.delegates:
            keys = ("votes", actor.id)
            yield Reference("ties.yaml", keys, "voting institution", actor.id, case.votes)
        else:
            keys = (actor.id, "policy")
            yield Reference("actors.csv", keys, "policy", actor.policy, case.policies)


def _of_ties(case: Case) -> Iterator[Reference]:
    for institution, votes in case.votes.items():
        keys: Keys = ("votes", institution)
        yield Reference("ties.yaml", keys, "actor", institution, case.actors)
        for i, member in enumerate(votes.members):
            yield Reference("ties.yaml", (*keys, "members", i), "actor", member, case.actors)
        for bloc in votes.blocs:
            yield Reference("ties.yaml", (*keys, "blocs", bloc), "bloc", bloc, case.blocs)
    for i, rule in enumerate(case.ties):
        for key, what, known in (
            ("from_blocs", "bloc", case.blocs),
            ("to_actors", "actor", case.actors),
            ("within_blocs", "bloc", case.blocs),
        ):
            for k, name in enumerate(getattr(rule, key)):
                yield Reference("ties.yaml", ("ties", i, key, k), what, name, known)
