"""From the files of a case folder to a case.

A number without a source or a range is refused, and so is one that its schema does not allow.
"""

from pathlib import Path

from sim.case.actors import read_actors
from sim.case.case import Case, IssueFacts, PoolFacts, ProjectFacts, StartFacts, TieRule, Votes
from sim.case.check import check_names
from sim.case.entries import Numbers, add, each, number_faults
from sim.case.files import (
    CaseFile,
    IssueFile,
    PoolFile,
    ProjectFile,
    StartFile,
    TieFile,
    TiesFile,
    VotesFile,
)
from sim.case.number_id import WEIGHT, NumberId
from sim.case.policies import read_parameters, read_policies
from sim.case.reading import (
    NAME,
    names,
    parts,
    read_documents,
    refuse,
)
from sim.documents import Document, Fault, Keys
from sim.validation import parsed, validate


def load_case(folder: Path) -> Case:
    """The case in `folder`; raises MissingFile, or BadFile with the faults of a bad file."""
    documents = read_documents(folder)
    head = validate(CaseFile, documents["case.yaml"])
    numbers: Numbers = {}
    read_parameters(documents, numbers)
    policies = read_policies(documents, numbers)
    issues = _issues(documents["issues.yaml"])
    actors = read_actors(documents, numbers)
    pools = _pools(documents["pools.yaml"], numbers)
    projects = _projects(documents["projects.yaml"], numbers)
    blocs, ties, votes = _ties(documents["ties.yaml"], numbers)
    case = Case(
        id=head.id,
        title=head.title,
        default_start=head.default_start,
        actors=actors,
        policies=policies,
        issues=issues,
        pools=pools,
        projects=projects,
        starts=_starts(documents["starts.yaml"], numbers),
        blocs=blocs,
        ties=ties,
        votes=votes,
        numbers=numbers,
        notes={"note": head.note, "country": head.country, "authority": head.authority},
    )
    check_names(documents, case)
    return case


def _issues(document: Document) -> dict[str, IssueFacts]:
    found, faults = parts(document, IssueFile)
    refuse(faults)
    return {
        name: IssueFacts(name, issue.title, issue.meaning, tuple(issue.levels))
        for name, issue in found.items()
    }


def _pools(document: Document, numbers: Numbers) -> dict[str, PoolFacts]:
    return {
        name: PoolFacts(name, pool.title, tuple(pool.veto))
        for name, pool in sorted(each(numbers, "pools", document, PoolFile).items())
    }


def _projects(document: Document, numbers: Numbers) -> dict[str, ProjectFacts]:
    facts = {}
    for name, project in sorted(each(numbers, "projects", document, ProjectFile).items()):
        periods = tuple((period.months[0] or 1, period.months[1]) for period in project.schedule)
        facts[name] = ProjectFacts(name, project.title, project.sponsor, periods)
    return facts


def _starts(document: Document, numbers: Numbers) -> dict[str, StartFacts]:
    facts = {}
    for name, start in each(numbers, "starts", document, StartFile).items():
        year, month = start.date.split("-")
        facts[name] = StartFacts(name, start.title, int(year), int(month), start.rungs)
    return facts


def _ties(
    document: Document, numbers: Numbers
) -> tuple[dict[str, str], tuple[TieRule, ...], dict[str, Votes]]:
    faults = parsed(TiesFile, document)[1] + names(document, ("blocs",))[1]
    refuse(faults + _tie_numbers(document, numbers) + _vote_numbers(document, numbers))
    file = validate(TiesFile, document)
    rules = [
        TieRule(
            bool(rule.same_bloc),
            tuple(rule.from_blocs),
            tuple(rule.to_actors),
            tuple(rule.within_blocs),
        )
        for rule in file.ties
    ]
    votes = {
        name: Votes(tuple(each.members), each.by == "salience", tuple(each.blocs))
        for name, each in sorted(file.votes.items())
    }
    return file.blocs, tuple(rules), votes


def _tie_numbers(document: Document, numbers: Numbers) -> list[Fault]:
    """Add the weights of ties; what is wrong with them."""
    faults: list[Fault] = []
    rules = document.value.get("ties")
    for i in range(len(rules) if isinstance(rules, list) else 0):
        rule = parsed(TieFile, document, ("ties", i))[0]
        if rule is not None:
            faults += add(
                numbers, NumberId("ties", "", WEIGHT, i), rule, (document, ("ties", i)), WEIGHT
            )
    return faults


def _vote_numbers(document: Document, numbers: Numbers) -> list[Fault]:
    """Add the weights of blocs in votes; what is wrong with them."""
    found, faults = parts(document, VotesFile, ("votes",))
    for name, votes in sorted(found.items()):
        keys: Keys = ("votes", name)
        faults += names(document, (*keys, "blocs"))[1]
        for i, (bloc, number) in enumerate(votes.numbers().items()):
            way = (*keys, *(("blocs", bloc) if bloc in votes.blocs else ("otherwise",)))
            if NAME.fullmatch(bloc):
                own = NumberId("votes", name, WEIGHT, bloc)
                numbers[own] = number
                faults += number_faults(own, number, (document, way), (document, keys), (i,))
    return faults
