"""From the files of a case folder to a case. A number without a source or a range is refused."""

from pathlib import Path

from sim.case.actors import read_actors
from sim.case.case import (
    Case,
    IssueFacts,
    PoolFacts,
    ProjectFacts,
    StartFacts,
    TieRule,
    Votes,
)
from sim.case.check import check_names
from sim.case.files import (
    CaseFile,
    IssueFile,
    PoolFile,
    ProjectFile,
    StartFile,
    TiesFile,
    VotesFile,
)
from sim.case.numbers import Entry
from sim.case.policies import read_parameters, read_policies
from sim.case.reading import Numbers, add, each, yaml_file
from sim.validation import validate


def load_case(folder: Path) -> Case:
    """The case in `folder`; raises MissingFile, or BadFile with the faults of a bad file."""
    head = validate(CaseFile, yaml_file(folder, "case.yaml"))
    numbers: Numbers = {}
    read_parameters(folder, numbers)
    policies = read_policies(folder, numbers)
    issues = each(folder, "issues.yaml", IssueFile)
    actors = read_actors(folder, numbers)
    pools = _pools(folder, numbers)
    projects = _projects(folder, numbers)
    blocs, ties, votes = _ties(folder, numbers)
    starts = _starts(folder, numbers)
    case = Case(
        id=head.id,
        title=head.title,
        default_start=head.default_start,
        actors=actors,
        policies=policies,
        issues={
            name: IssueFacts(name, issue.title, issue.meaning, tuple(issue.levels))
            for name, issue in issues.items()
        },
        pools=pools,
        projects=projects,
        starts=starts,
        blocs=blocs,
        ties=ties,
        votes=votes,
        numbers=numbers,
        notes={"note": head.note, "country": head.country, "authority": head.authority},
    )
    check_names(folder, case)
    return case


def _pools(folder: Path, numbers: Numbers) -> dict[str, PoolFacts]:
    facts = {}
    for name, pool in sorted(each(folder, "pools.yaml", PoolFile).items()):
        facts[name] = PoolFacts(name, pool.title, tuple(pool.veto))
        for key in ("interest_rate", "lock", "tranche"):
            add(numbers, f"pools.{name}.{key}", getattr(pool, key))
    return facts


def _projects(folder: Path, numbers: Numbers) -> dict[str, ProjectFacts]:
    facts = {}
    for name, project in sorted(each(folder, "projects.yaml", ProjectFile).items()):
        periods = tuple((period.months[0] or 1, period.months[1]) for period in project.schedule)
        facts[name] = ProjectFacts(name, project.title, project.sponsor, periods)
        for key in ("base_value", "up_rate", "down_rate", "royalty"):
            add(numbers, f"projects.{name}.{key}", getattr(project, key))
        for i, period in enumerate(project.schedule):
            add(numbers, f"projects.{name}.schedule.{i}", period.amount)
    return facts


def _ties(
    folder: Path, numbers: Numbers
) -> tuple[dict[str, str], tuple[TieRule, ...], dict[str, Votes]]:
    file = validate(TiesFile, yaml_file(folder, "ties.yaml"))
    rules = []
    for i, rule in enumerate(file.ties):
        add(numbers, f"ties.{i}", rule.entry())
        rules.append(
            TieRule(
                bool(rule.same_bloc),
                tuple(rule.from_blocs),
                tuple(rule.to_actors),
                tuple(rule.within_blocs),
            )
        )
    votes = {name: _votes(name, entry, numbers) for name, entry in sorted(file.votes.items())}
    return file.blocs, tuple(rules), votes


def _votes(name: str, file: VotesFile, numbers: Numbers) -> Votes:
    entry = file.entry()
    if entry:
        weights = zip([*file.blocs, "otherwise"], entry.numbers(), strict=True)
        numbers.update({f"votes.{name}.{bloc}": weight for bloc, weight in weights})
    return Votes(tuple(file.members), file.by == "salience", tuple(file.blocs))


def _starts(folder: Path, numbers: Numbers) -> dict[str, StartFacts]:
    facts = {}
    for name, start in each(folder, "starts.yaml", StartFile).items():
        year, month = start.date.split("-")
        facts[name] = StartFacts(name, start.title, int(year), int(month), start.rungs)
        values = start.values
        for key in type(values).model_fields:
            entry = getattr(values, key)
            if isinstance(entry, Entry):
                add(numbers, f"starts.{name}.{key}", entry)
        for pool, at_start in values.pools.items():
            add(numbers, f"starts.{name}.pools.{pool}.balance", at_start.balance)
            add(numbers, f"starts.{name}.pools.{pool}.stage", at_start.stage)
        for project, begun in values.projects.items():
            base = f"starts.{name}.projects.{project}"
            add(numbers, f"{base}.stage", begun.stage)
            add(numbers, f"{base}.months_invested", begun.months_invested)
    return facts
