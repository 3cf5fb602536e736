"""Whether the names in a case's files lead somewhere."""

from collections.abc import Callable, Iterable
from pathlib import Path

from sim.case.case import Case
from sim.documents import BadFile, Fault, did_you_mean
from sim.vocab import Issue


def check_names(folder: Path, case: Case) -> None:
    """Refuse names that lead nowhere."""
    faults: list[Fault] = []

    def check(file: str, where: str, name: str, known: Iterable[str], what: str) -> None:
        if name not in known:
            message = f"unknown {what} {name!r}{did_you_mean(name, list(known))}"
            faults.append(Fault(f"{folder.name}/{file}", None, where, message))

    for actor in case.actors.values():
        check("actors.csv", actor.id, actor.bloc, case.blocs, "bloc")
        if actor.delegates:
            check("ties.yaml", actor.id, actor.id, case.votes, "voting institution")
        else:
            check("actors.csv", actor.id, actor.policy, case.policies, "policy")
    _check_references(case, check)
    if faults:
        raise BadFile(faults)


def _check_references(case: Case, check: Callable[..., None]) -> None:
    for issue in Issue:
        check("issues.yaml", issue.name, issue.name, case.issues, "issue")
    for pool in case.pools.values():
        for actor in pool.veto:
            check("pools.yaml", pool.id, actor, case.actors, "actor")
    for project in case.projects.values():
        check("projects.yaml", project.id, project.sponsor, case.actors, "actor")
    for institution, votes in case.votes.items():
        check("ties.yaml", institution, institution, case.actors, "actor")
        for member in votes.members:
            check("ties.yaml", institution, member, case.actors, "actor")
        for bloc in votes.blocs:
            check("ties.yaml", institution, bloc, case.blocs, "bloc")
    for rule in case.ties:
        for bloc in (*rule.from_blocs, *rule.within_blocs):
            check("ties.yaml", "ties", bloc, case.blocs, "bloc")
    for start in case.starts.values():
        for kind, names in (("pool", case.pools), ("project", case.projects)):
            base = f"starts.{start.id}.{kind}s."
            given = {path.removeprefix(base).split(".")[0] for path in case.numbers if base in path}
            for name in names:
                check("starts.yaml", start.id, name, given, kind)
    check("case.yaml", "default_start", case.default_start, case.starts, "start")
