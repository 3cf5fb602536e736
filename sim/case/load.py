"""From the files of a case folder to a case. A number without a source or a range is refused."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from sim.case.case import (
    ActorFacts,
    Case,
    IssueFacts,
    PolicyFacts,
    PoolFacts,
    ProjectFacts,
    StartFacts,
    TieRule,
    Votes,
)
from sim.case.files import (
    CaseFile,
    IssueFile,
    PoliciesFile,
    PoolFile,
    ProjectFile,
    StartFile,
    TiesFile,
    VotesFile,
)
from sim.case.numbers import ColumnEntry, Entry, Number
from sim.documents import BadFile, Document, Fault, did_you_mean, read_table, read_yaml, validate
from sim.parameters import Parameters
from sim.schema import Column, columns
from sim.state import Policy
from sim.vocab import Issue

Numbers = dict[str, Number]
Part = TypeVar("Part", bound=BaseModel)

SWITCHES = ("authority_frozen", "mediation_override")
"""Parameters that only an intervention sets."""

BUNDLE = [name for name in columns(Policy) if name not in (
    "security_stake",
    "resource_stake",
    "return_rate",
    "mediator",
    "relief_factor",
    "development_factor",
    "trade_factor",
)]
"""The numbers of a named policy; the rest of a policy row are an actor's own."""

PROFILE = "issue_weights"
TEXT_COLUMNS = ("name", "kind", "group", "bloc", "policy")
KINDS = ("state", "bloc", "institution")
"""What an actor can be."""


def load_case(folder: Path) -> Case:
    """The case in `folder`; raises BadFile with the faults of the first bad file, or MissingFile."""
    head = validate(CaseFile, _yaml(folder, "case.yaml"))
    numbers: Numbers = {}
    _parameters(folder, numbers)
    policies = _policies(folder, numbers)
    issues = _each(folder, "issues.yaml", IssueFile)
    actors = _actors(folder, numbers)
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
    _check_names(folder, case)
    return case


def _yaml(folder: Path, name: str) -> Document:
    return read_yaml(folder / name, f"{folder.name}/{name}")


def _table(folder: Path, name: str) -> Document:
    return read_table(folder / name, f"{folder.name}/{name}")


def _parts(document: Document, value: Mapping[str, Any], model: type[Part]) -> dict[str, Part]:
    """Validate each entry of a mapping; raises BadFile with all faults."""
    adapter = TypeAdapter(dict[str, model])  # type: ignore[valid-type]
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        faults = [
            document.fault(tuple(detail["loc"]), detail["msg"].removeprefix("Value error, "))
            for detail in error.errors()
        ]
        raise BadFile(faults) from None


def _each(folder: Path, name: str, model: type[Part]) -> dict[str, Part]:
    document = _yaml(folder, name)
    return _parts(document, document.value, model)


def _add(numbers: Numbers, path: str, entry: Entry) -> None:
    if isinstance(entry.value, list):
        for i, number in enumerate(entry.numbers()):
            numbers[f"{path}.{i}"] = number
    else:
        numbers[path] = entry.numbers()[0]


def _against_schema(document: Document, name: str, column: Column, entry: Entry) -> Iterable[Fault]:
    """Faults of an entry whose unit, length or value the schema does not allow."""
    if entry.unit != column.unit:
        yield document.fault((name, "unit"), f"the unit is {column.unit!r}, not {entry.unit!r}")
    values = entry.value if isinstance(entry.value, list) else [entry.value]
    if isinstance(entry.value, list) != bool(column.length) or len(values) != (column.length or 1):
        yield document.fault((name, "value"), f"needs {column.length or 'one'} number(s)")
    for value in values:
        if not column.low <= value <= column.high:
            message = f"must be between {column.low:g} and {column.high:g}, not {value:g}"
            yield document.fault((name, "value"), message)


def _parameters(folder: Path, numbers: Numbers) -> None:
    document = _yaml(folder, "parameters.yaml")
    entries = _parts(document, document.value, Entry)
    known = {name: column for name, column in columns(Parameters).items() if name not in SWITCHES}
    faults = [document.fault((), f"{name} is missing") for name in known if name not in entries]
    for name, entry in entries.items():
        if name not in known:
            faults.append(document.fault((name,), f"unknown key{did_you_mean(name, list(known))}"))
        else:
            faults.extend(_against_schema(document, name, known[name], entry))
            _add(numbers, f"parameters.{name}", entry)
    if faults:
        raise BadFile(faults)


def _policies(folder: Path, numbers: Numbers) -> dict[str, PolicyFacts]:
    document = _yaml(folder, "policies.yaml")
    file = validate(PoliciesFile, document)
    faults = [
        document.fault(("columns",), f"{name} is missing")
        for name in BUNDLE
        if name not in file.columns
    ]
    if faults:
        raise BadFile(faults)
    facts = {}
    for policy, row in sorted(file.policies.items()):
        texts = {key: str(row.get(key, "")) for key in ("title", "source", "summary")}
        facts[policy] = PolicyFacts(policy, texts["title"], texts["source"], texts["summary"])
        for name in [key for key in row if key not in texts and key not in BUNDLE]:
            message = f"unknown key{did_you_mean(name, BUNDLE)}"
            faults.append(document.fault(("policies", policy, name), message))
        for name in BUNDLE:
            faults.extend(_policy_number(document, file, policy, name, texts["source"], numbers))
    if faults:
        raise BadFile(faults)
    return facts


def _policy_number(
    document: Document,
    file: PoliciesFile,
    policy: str,
    name: str,
    source: str,
    numbers: Numbers,
) -> Iterable[Fault]:
    """Add one number (or list) of a policy; yields what is wrong with it."""
    keys = ("policies", policy, name)
    value: Any = file.policies[policy].get(name)
    if value is None:
        yield document.fault(keys, f"{name} is missing")
        return
    if name == PROFILE and isinstance(value, str):
        if value not in file.profiles:
            yield document.fault(keys, f"unknown profile{did_you_mean(value, list(file.profiles))}")
            return
        value = file.profiles[value]
    column = columns(Policy)[name]
    values = value if isinstance(value, list) else [value]
    if isinstance(value, list) != bool(column.length) or len(values) != (column.length or 1):
        yield document.fault(keys, f"needs {column.length or 'one'} number(s)")
        return
    for i, number in enumerate(values):
        if isinstance(number, bool) or not isinstance(number, int | float):
            yield document.fault(keys, f"must be a number, not {number!r}")
        elif not column.low <= number <= column.high:
            yield document.fault(keys, f"must be between {column.low:g} and {column.high:g}")
        else:
            path = ".".join([*keys, str(i)] if column.length else keys)
            note = f"seed passages: {source}" if source else ""
            numbers[path] = file.columns[name].number(float(number), note=note)
    if name == PROFILE and abs(sum(values) - 1.0) > 1e-12:
        yield document.fault(keys, f"the weights must add up to 1, not {sum(values):g}")


def _actors(folder: Path, numbers: Numbers) -> dict[str, ActorFacts]:
    document = _table(folder, "actors.csv")
    backing = _each(folder, "actors.columns.yaml", ColumnEntry)
    sources = _actor_sources(folder)
    faults: list[Fault] = []
    actors = {}
    for actor, row in sorted(document.value.items()):
        for name, text in row.items():
            if name == "id" or name in TEXT_COLUMNS:
                continue
            keys = (actor, name)
            if name not in backing:
                faults.append(document.fault(keys, "this column has no backing"))
                continue
            try:
                value = float(text)
            except ValueError:
                faults.append(document.fault(keys, f"must be a number, not {text!r}"))
                continue
            own = sources.get(keys, ("", "", ""))
            numbers[f"actors.{actor}.{name}"] = backing[name].number(value, *own)
        if row["kind"] not in KINDS:
            message = f"unknown kind {row['kind']!r}{did_you_mean(row['kind'], list(KINDS))}"
            faults.append(document.fault((actor, "kind"), message))
        actors[actor] = ActorFacts(
            actor,
            *(row[name] for name in TEXT_COLUMNS),
            delegates=row["delegates"] == "1",
            permanent_member=row["permanent_member"] == "1",
        )
    for keys in sources:
        if keys[0] not in actors or keys[1] not in backing:
            faults.append(document.fault((), f"a source for {keys[0]} {keys[1]}, which is not here"))
    if faults:
        raise BadFile(faults)
    return actors


def _actor_sources(folder: Path) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Source, confidence and note of cells, by actor and column."""
    document = read_table(
        folder / "actors.sources.csv", f"{folder.name}/actors.sources.csv", keys=2
    )
    return {
        (row["actor"], row["column"]): (row["source"], row["confidence"], row["note"])
        for row in document.value.values()
    }


def _pools(folder: Path, numbers: Numbers) -> dict[str, PoolFacts]:
    facts = {}
    for name, pool in sorted(_each(folder, "pools.yaml", PoolFile).items()):
        facts[name] = PoolFacts(name, pool.title, tuple(pool.veto))
        for key in ("interest_rate", "lock", "tranche"):
            _add(numbers, f"pools.{name}.{key}", getattr(pool, key))
    return facts


def _projects(folder: Path, numbers: Numbers) -> dict[str, ProjectFacts]:
    facts = {}
    for name, project in sorted(_each(folder, "projects.yaml", ProjectFile).items()):
        periods = tuple((period.months[0] or 1, period.months[1]) for period in project.schedule)
        facts[name] = ProjectFacts(name, project.title, project.sponsor, periods)
        for key in ("base_value", "up_rate", "down_rate", "royalty"):
            _add(numbers, f"projects.{name}.{key}", getattr(project, key))
        for i, period in enumerate(project.schedule):
            _add(numbers, f"projects.{name}.schedule.{i}", period.amount)
    return facts


def _ties(
    folder: Path, numbers: Numbers
) -> tuple[dict[str, str], tuple[TieRule, ...], dict[str, Votes]]:
    file = validate(TiesFile, _yaml(folder, "ties.yaml"))
    rules = []
    for i, rule in enumerate(file.ties):
        _add(numbers, f"ties.{i}", rule.entry())
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
    for name, start in _each(folder, "starts.yaml", StartFile).items():
        year, month = start.date.split("-")
        facts[name] = StartFacts(name, start.title, int(year), int(month), start.rungs)
        values = start.values
        for key in type(values).model_fields:
            entry = getattr(values, key)
            if isinstance(entry, Entry):
                _add(numbers, f"starts.{name}.{key}", entry)
        for pool, at_start in values.pools.items():
            _add(numbers, f"starts.{name}.pools.{pool}.balance", at_start.balance)
            _add(numbers, f"starts.{name}.pools.{pool}.stage", at_start.stage)
        for project, begun in values.projects.items():
            base = f"starts.{name}.projects.{project}"
            _add(numbers, f"{base}.stage", begun.stage)
            _add(numbers, f"{base}.months_invested", begun.months_invested)
    return facts


def _check_names(folder: Path, case: Case) -> None:
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
        for pool in case.pools:
            given = {path.split(".")[3] for path in case.numbers if path.startswith(
                f"starts.{start.id}.pools.")}
            check("starts.yaml", start.id, pool, given, "pool")
    check("case.yaml", "default_start", case.default_start, case.starts, "start")
