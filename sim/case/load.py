"""From the files of a case folder to a case.

All faults of all files are told at once: the names of a case are read before any file is validated.
"""

import re
from dataclasses import replace
from pathlib import Path

from sim.case.blocks import BLOCKS
from sim.case.bounds import RUNG_COLUMN, Slot, names_of, slot_of
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
from sim.case.context import Context
from sim.case.files import (
    ActorTexts,
    CaseFile,
    IssueFile,
    PeriodFile,
    PoliciesFile,
    PolicyTexts,
    PoolTexts,
    ProjectTexts,
    SourceRow,
    StartFile,
    TieFile,
    TiesFile,
    VotesFile,
)
from sim.case.folder import (
    HEAD,
    Documents,
    at,
    folder_of,
    in_order,
    is_inherited,
    known_keys,
    mapping,
    read_documents,
    root_of,
    title_faults,
    titles,
)
from sim.case.number_id import NESTED, WEIGHT, NumberId
from sim.case.sheets import Reading, Row, Table
from sim.documents import BadFile, Document
from sim.parameters import BY_START
from sim.vocab import Issue

NEEDED = ("salience",)
"""The number that a table of actors must have; its other columns may be left out."""

ABSENT = {"cap": 7.0}
"""What an actor has where a table has no column for it, if that is not 0."""

WEIGHT_SLOT = Slot(slot_of("ties", WEIGHT).bounds)
"""What the weight of a tie or a vote may be."""


def load_case(folder: Path) -> Case:
    """The case in `folder`; raises MissingFile, or BadFile with the faults of all files."""
    return replace(case_in(read_documents(folder)), root=root_of(folder))


def case_in(documents: Documents) -> Case:
    """The case that the files of a folder hold; raises BadFile with the faults of all files."""
    blocks = documents[HEAD].value.get("without")
    without = [block for block in BLOCKS if isinstance(blocks, list) and block in blocks]
    reading = Reading(names_in(documents), without)
    head = reading.part(CaseFile, documents[HEAD])
    _read_parameters(reading, documents["parameters.yaml"])
    policies = _policies(reading, documents["policies.yaml"])
    issues = _issues(reading, documents["issues.yaml"])
    actors = _actors(reading, documents)
    pools = _pools(reading, documents["pools.yaml"])
    projects = _projects(reading, documents["projects.yaml"])
    ties = _ties(reading, documents["ties.yaml"])
    votes = _votes(reading, documents["ties.yaml"])
    starts = _starts(reading, documents["starts.yaml"])
    if head is None or reading.faults:
        raise BadFile(in_order(reading.faults))
    return Case(
        id=head.id,
        title=head.title,
        default_start=head.default_start,
        actors=actors,
        policies=policies,
        issues=issues,
        pools=pools,
        projects=projects,
        starts=starts,
        blocs=mapping(documents["ties.yaml"], ("blocs",)),
        ties=ties,
        votes=votes,
        numbers=reading.numbers,
        notes={"note": head.note, "country": head.country, "authority": head.authority},
        base=head.base or "",
        without=tuple(without),
    )


def names_in(documents: Documents) -> Context:
    """The names of a case, by the word for what they name."""
    actors, ties = documents["actors.csv"], documents["ties.yaml"]
    named = {
        "actor": actors.value,
        "bloc": at(ties, ("blocs",)),
        "voting institution": at(ties, ("votes",)),
        "policy": at(documents["policies.yaml"], ("policies",)),
        "pools": documents["pools.yaml"].value,
        "projects": documents["projects.yaml"].value,
        "start": documents["starts.yaml"].value,
        "folder": {folder_of(documents[HEAD]): HEAD},
        "column of actors.csv": dict.fromkeys(_rung_columns(actors)),
        "column of numbers": dict.fromkeys(_columns_with_numbers(actors)),
    }
    return Context(
        {what: sorted(names) for what, names in named.items() if isinstance(names, dict)}
    )


def _rung_columns(table: Document) -> list[str]:
    return [title for title in titles(table) if re.fullmatch(RUNG_COLUMN, title)]


def _columns_with_numbers(table: Document) -> list[str]:
    return [*names_of("actors"), *_rung_columns(table)]


def _read_parameters(reading: Reading, document: Document) -> None:
    hints = dict.fromkeys(BY_START, "belongs in starts.yaml, as every start has its own")
    reading.entries(Row("parameters", "", document, ()), hints=hints)


def _policies(reading: Reading, document: Document) -> dict[str, PolicyFacts]:
    reading.part(PoliciesFile, document)
    fields = reading.fields("policies")
    reading.faults.extend(known_keys(document, ("columns",), fields))
    columns = reading.columns("policies", document, ("columns",), fields)
    table = Table(document, ("columns",), columns, profiles=mapping(document, ("profiles",)))
    texts = reading.parts(PolicyTexts, document, ("policies",))
    for policy in sorted(mapping(document, ("policies",))):
        row = Row("policies", policy, document, ("policies", policy))
        reading.faults.extend(known_keys(document, row.keys, fields, PolicyTexts.model_fields))
        source = mapping(document, row.keys).get("source")
        reading.cells(row, table, fields, f"seed passages: {source}" if source else "")
        reading.neutral(row)
    return {name: PolicyFacts(name, **vars(texts[name])) for name in sorted(texts)}


def _issues(reading: Reading, document: Document) -> dict[str, IssueFacts]:
    reading.faults.extend(known_keys(document, (), Issue.__members__))
    return {
        name: IssueFacts(name, issue.title, issue.meaning, tuple(issue.levels))
        for name, issue in reading.parts(IssueFile, document).items()
    }


def _actors(reading: Reading, documents: Documents) -> dict[str, ActorFacts]:
    table, backing = documents["actors.csv"], documents["actors.columns.yaml"]
    rungs, given = _rung_columns(table), titles(table)
    fields = [*reading.fields("actors"), *rungs]
    texts = [name for name in ActorTexts.model_fields if name not in names_of("actors")]
    reading.faults.extend(
        title_faults(table, (*texts, *NEEDED), fields, reading.left_out("actors"))
    )
    wanted = [name for name in given if name in texts or name in fields]
    reading.faults.extend(known_keys(backing, (), wanted, fields))
    columns = reading.columns("actors", backing, (), fields)
    cells = Table(backing, (), columns, _sources(reading, documents["actors.sources.csv"], table))
    numbers = _with_numbers(table, fields)
    actors = reading.parts(ActorTexts, numbers) if set(texts) <= set(given) else {}
    for actor in sorted(table.value):
        row = Row("actors", actor, numbers, (actor,))
        reading.faults.extend(known_keys(table, row.keys, rungs, given))
        reading.cells(row, cells, fields)
        reading.neutral(row)
        reading.absent(row, fields, ABSENT)
    return {name: _facts(actors[name]) for name in sorted(actors)}


def _with_numbers(table: Document, fields: list[str]) -> Document:
    """The table with numbers in its `fields`; what is none stays text."""
    rows = {
        name: {title: _number(text) if title in fields else text for title, text in row.items()}
        for name, row in table.value.items()
    }
    return replace(table, value=rows)


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _sources(reading: Reading, document: Document, table: Document) -> dict[str, SourceRow]:
    """The sources of cells, by actor and column joined by a blank.

    What its base says of an actor goes with the row that a case gives in place of the base's.
    """
    faults = title_faults(document, SourceRow.model_fields) if document.value else []
    reading.faults.extend(faults)
    rows = {} if faults else document.value
    sources = {
        key: reading.part(SourceRow, document, (key,))
        for key, row in rows.items()
        if not is_inherited(document, (key,)) or is_inherited(table, (row["actor"],))
    }
    return {key: source for key, source in sources.items() if source is not None}


def _facts(actor: ActorTexts) -> ActorFacts:
    return ActorFacts(
        actor.id,
        actor.name,
        actor.kind,
        actor.group,
        actor.bloc,
        actor.policy,
        delegates=actor.delegates == 1.0,
        permanent_member=actor.permanent_member == 1.0,
    )


def _pools(reading: Reading, document: Document) -> dict[str, PoolFacts]:
    facts = {
        name: PoolFacts(name, pool.title, tuple(pool.veto))
        for name, pool in reading.parts(PoolTexts, document).items()
    }
    for name in mapping(document):
        reading.entries(Row("pools", name, document, (name,)), PoolTexts.model_fields)
    return dict(sorted(facts.items()))


def _projects(reading: Reading, document: Document) -> dict[str, ProjectFacts]:
    facts = {}
    for name, project in reading.parts(ProjectTexts, document).items():
        row = Row("projects", name, document, (name,))
        reading.entries(row, ProjectTexts.model_fields)
        periods = _periods(reading, row, len(project.schedule))
        facts[name] = ProjectFacts(name, project.title, project.sponsor, periods)
    return dict(sorted(facts.items()))


def _periods(reading: Reading, row: Row, count: int) -> tuple[tuple[int, int | None], ...]:
    """The months of each rate of a schedule; adds the rates."""
    months = []
    slot = Slot(slot_of(row.kind, "schedule").bounds)
    for i in range(count):
        keys = (*row.keys, "schedule", i)
        if period := reading.part(PeriodFile, row.document, keys, slot):
            months.append((period.months[0] or 1, period.months[1]))
            amount = period.amount.numbers()[0]
            reading.add(row.id("schedule", i), amount, row.document, keys)
    return tuple(months)


def _ties(reading: Reading, document: Document) -> tuple[TieRule, ...]:
    file = reading.part(TiesFile, document)
    rules = []
    for i in range(len(file.ties) if file else 0):
        if rule := reading.part(TieFile, document, ("ties", i), WEIGHT_SLOT):
            names = (rule.from_blocs, rule.to_actors, rule.within_blocs)
            rules.append(TieRule(bool(rule.same_bloc), *map(tuple, names)))
            number = rule.listed([rule.weight])[0]
            reading.add(NumberId("ties", "", WEIGHT, i), number, document, ("ties", i))
    return tuple(rules)


def _votes(reading: Reading, document: Document) -> dict[str, Votes]:
    facts = {}
    found = reading.parts(VotesFile, document, ("votes",), WEIGHT_SLOT)
    for name, votes in sorted(found.items()):
        facts[name] = Votes(tuple(votes.members), votes.by == "salience", tuple(votes.blocs))
        for bloc, number in votes.numbers().items():
            reading.add(NumberId("votes", name, WEIGHT, bloc), number, document, ("votes", name))
    return facts


def _starts(reading: Reading, document: Document) -> dict[str, StartFacts]:
    facts = {}
    for name, start in reading.parts(StartFile, document).items():
        year, month = map(int, start.date.split("-"))
        facts[name] = StartFacts(name, start.title, year, month, start.rungs)
    for name in mapping(document):
        row = Row("starts", name, document, (name, "values"))
        reading.entries(row, NESTED)
        for nested in NESTED:
            _nested(reading, row, nested)
    return facts


def _nested(reading: Reading, row: Row, nested: str) -> None:
    """Add what a start says of each pool, or of each project."""
    keys, wanted = (*row.keys, nested), reading.names.names.get(nested, ())
    reading.faults.extend(known_keys(row.document, keys, wanted))
    for name in mapping(row.document, keys):
        if name in wanted:
            kind = f"{row.kind}.{nested}"
            reading.entries(Row(kind, row.item, row.document, (*keys, name), name))
