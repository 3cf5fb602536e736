"""From the files of a case folder to a case.

All faults of all files are told at once: the names of a case are read before any file is validated.
"""

from dataclasses import replace
from pathlib import Path

from sim.case import files
from sim.case.actors import columns_with_numbers, read_actors, rung_columns
from sim.case.blocks import BLOCKS
from sim.case.bounds import Slot, slot_of
from sim.case.case import Case, ProjectFacts, StartFacts, TieRule, Votes
from sim.case.context import Context
from sim.case.folder import (
    HEAD,
    Documents,
    at,
    folder_of,
    in_order,
    known_keys,
    mapping,
    read_documents,
    root_of,
)
from sim.case.ladder import EVERY_RUNG
from sim.case.number_id import NESTED, WEIGHT, NumberId
from sim.case.sheets import Reading, Row, Table
from sim.io.documents import Document
from sim.io.errors import BadFile
from sim.model.calendar import calendar_from
from sim.model.parameters import BY_START
from sim.model.vocab import MOST_ISSUES

WEIGHT_SLOT = Slot(slot_of("ties", WEIGHT).bounds)
"""What the weight of a tie or a vote may be."""


def load_case(folder: Path) -> Case:
    """The case in `folder`; raises MissingFile, or BadFile with the faults of all files."""
    return replace(case_in(read_documents(folder)), root=root_of(folder))


def case_in(documents: Documents) -> Case:
    """The case that the files of a folder hold; raises BadFile with the faults of all files."""
    blocks = documents[HEAD].value.get("without")
    without = [block for block in BLOCKS if isinstance(blocks, list) and block in blocks]
    base = documents[HEAD].value.get("base")
    reading = Reading(names_in(documents), without, base if isinstance(base, str) else "")
    head = reading.part(files.CaseFile, documents[HEAD])
    hints = dict.fromkeys(BY_START, "belongs in starts.yaml, as every start has its own")
    reading.entries(Row("parameters", "", documents["parameters.yaml"], ()), hints=hints)
    policies = _policies(reading, documents["policies.yaml"])
    issues = _issues(reading, documents["issues.yaml"])
    ladder = tuple(head.ladder) if head else EVERY_RUNG
    actors = read_actors(reading, documents, ladder)
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
        ladder=ladder,
    )


def names_in(documents: Documents) -> Context:
    """The names of a case, by the word for what they name."""
    actors, ties = documents["actors.csv"], documents["ties.yaml"]
    named = {
        "actor": actors.value,
        "bloc": at(ties, ("blocs",)),
        "voting institution": ties.value.get("votes", {}),
        "policy": at(documents["policies.yaml"], ("policies",)),
        "issue": documents["issues.yaml"].value,
        "pools": documents["pools.yaml"].value,
        "projects": documents["projects.yaml"].value,
        "start": documents["starts.yaml"].value,
        "folder": {folder_of(documents[HEAD]): HEAD},
        "column of actors.csv": dict.fromkeys(rung_columns(actors)),
        "column of numbers": dict.fromkeys(columns_with_numbers(actors)),
    }
    return Context(
        {what: sorted(names) for what, names in named.items() if isinstance(names, dict)}
    )


def _policies(reading: Reading, document: Document) -> dict[str, files.PolicyFacts]:
    reading.part(files.PoliciesFile, document)
    fields = reading.fields("policies")
    needed = reading.needed("policies", fields)
    reading.faults.extend(known_keys(document, ("columns",), needed, fields))
    columns = reading.columns("policies", document, ("columns",), fields)
    table = Table(document, ("columns",), columns, profiles=mapping(document, ("profiles",)))
    texts = reading.parts(files.PolicyFacts, document, ("policies",))
    for policy in sorted(mapping(document, ("policies",))):
        row = Row("policies", policy, document, ("policies", policy))
        own = (*files.PolicyFacts.model_fields, *fields)
        reading.faults.extend(known_keys(document, row.keys, needed, own))
        source = mapping(document, row.keys).get("source")
        reading.cells(row, table, fields, f"seed passages: {source}" if source else "")
        reading.neutral(row)
    return dict(sorted(texts.items()))


def _issues(reading: Reading, document: Document) -> dict[str, files.IssueFacts]:
    issues = reading.parts(files.IssueFacts, document)
    for name in list(issues)[MOST_ISSUES:]:
        message = f"a case has {MOST_ISSUES} issues at most, not {len(issues)}"
        reading.faults.append(document.fault((name,), message))
    return issues


def _pools(reading: Reading, document: Document) -> dict[str, files.PoolFacts]:
    facts = reading.parts(files.PoolFacts, document)
    for name in mapping(document):
        reading.entries(Row("pools", name, document, (name,)), files.PoolFacts.model_fields)
    return dict(sorted(facts.items()))


def _projects(reading: Reading, document: Document) -> dict[str, ProjectFacts]:
    facts = {}
    for name, project in reading.parts(files.ProjectTexts, document).items():
        row = Row("projects", name, document, (name,))
        reading.entries(row, files.ProjectTexts.model_fields)
        periods = _periods(reading, row, len(project.schedule))
        facts[name] = ProjectFacts(name, project.title, project.sponsor, periods)
    return dict(sorted(facts.items()))


def _periods(reading: Reading, row: Row, count: int) -> tuple[tuple[int, int | None], ...]:
    """The months of each rate of a schedule; adds the rates."""
    months = []
    slot = Slot(slot_of(row.kind, "schedule").bounds)
    for i in range(count):
        keys = (*row.keys, "schedule", i)
        if period := reading.part(files.PeriodFile, row.document, keys, slot):
            months.append((period.months[0] or 1, period.months[1]))
            amount = period.amount.numbers()[0]
            reading.add(row.id("schedule", i), amount, row.document, keys)
    return tuple(months)


def _ties(reading: Reading, document: Document) -> tuple[TieRule, ...]:
    file = reading.part(files.TiesFile, document)
    rules = []
    for i in range(len(file.ties) if file else 0):
        if rule := reading.part(files.TieFile, document, ("ties", i), WEIGHT_SLOT):
            names = (rule.from_blocs, rule.to_actors, rule.within_blocs)
            rules.append(TieRule(bool(rule.same_bloc), *map(tuple, names)))
            number = rule.listed([rule.weight])[0]
            reading.add(NumberId("ties", "", WEIGHT, i), number, document, ("ties", i))
    return tuple(rules)


def _votes(reading: Reading, document: Document) -> dict[str, Votes]:
    facts = {}
    found = reading.parts(files.VotesFile, document, ("votes",), WEIGHT_SLOT)
    for name, votes in sorted(found.items()):
        facts[name] = Votes(tuple(votes.members), votes.by == "salience", tuple(votes.blocs))
        for bloc, number in votes.numbers().items():
            reading.add(NumberId("votes", name, WEIGHT, bloc), number, document, ("votes", name))
    return facts


def _starts(reading: Reading, document: Document) -> dict[str, StartFacts]:
    facts = {}
    for name, start in reading.parts(files.StartFile, document).items():
        facts[name] = StartFacts(name, start.title, calendar_from(start.date), start.rungs)
    for name in mapping(document):
        row = Row("starts", name, document, (name, "values"))
        reading.entries(row, NESTED)
        needed = [nested for nested in NESTED if reading.names.names.get(nested)]
        reading.faults.extend(known_keys(document, row.keys, needed, mapping(document, row.keys)))
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
