"""The actors of a case: a table, the backing of its columns, and the sources of single cells."""

import re
from collections.abc import Mapping
from typing import get_args

from sim.case.bounds import RUNG_COLUMN, names_of
from sim.case.case import ActorFacts
from sim.case.entries import Numbers, number_faults
from sim.case.number_id import NumberId
from sim.case.numbers import ColumnEntry, Confidence
from sim.case.reading import (
    Documents,
    column_faults,
    names,
    one_each,
    parts,
    refuse,
    title_faults,
    titles,
)
from sim.documents import Document, Fault, did_you_mean

TEXT_COLUMNS = ("name", "kind", "group", "bloc", "policy")
KINDS = ("state", "bloc", "institution")
"""What an actor can be."""

SOURCE_COLUMNS = ("actor", "column", "source", "confidence", "note")
"""The columns of `actors.sources.csv`; the first two, joined by a blank, are the key of a row."""


def read_actors(documents: Documents, numbers: Numbers) -> dict[str, ActorFacts]:
    """Add the numbers of the actors; raises BadFile."""
    table, columns_file = documents["actors.csv"], documents["actors.columns.yaml"]
    texts, measured = ("id", *TEXT_COLUMNS), list(names_of("actors"))
    measured += [title for title in titles(table) if re.fullmatch(RUNG_COLUMN, title)]
    backing, faults = parts(columns_file, ColumnEntry)
    faults += column_faults(columns_file, (), backing, measured, texts)
    faults += title_faults(table, (*texts, *measured))
    faults += _source_faults(documents["actors.sources.csv"], table, measured)
    actors, wrong = names(table)
    faults += wrong
    faults += _kind_faults(table)
    cells: list[Fault] = []
    for actor in sorted(actors):
        for name in measured:
            if name in backing and name in table.value[actor]:
                cells += _cell(documents, numbers, (actor, name), backing[name])
    refuse(faults + one_each(cells))
    return {actor: _facts(actor, table.value[actor], numbers) for actor in sorted(actors)}


def _cell(
    documents: Documents, numbers: Numbers, cell: tuple[str, str], column: ColumnEntry
) -> list[Fault]:
    """Add the number in a cell; what is wrong with it."""
    table, sources = documents["actors.csv"], documents["actors.sources.csv"].value
    actor, name = cell
    text = table.value[actor][name]
    try:
        value = float(text)
    except ValueError:
        return [table.fault(cell, f"must be a number, not {text!r}")]
    own = sources.get(f"{actor} {name}", {})
    backing = (own.get(key, "") for key in ("source", "confidence", "note"))
    own_id = NumberId("actors", actor, name)
    number = numbers[own_id] = column.number(value, *backing)
    return number_faults(own_id, number, (table, cell), (documents["actors.columns.yaml"], (name,)))


def _kind_faults(table: Document) -> list[Fault]:
    given = {actor: row.get("kind", KINDS[0]) for actor, row in table.value.items()}
    return [
        table.fault((actor, "kind"), f"unknown kind {kind!r}{did_you_mean(kind, list(KINDS))}")
        for actor, kind in given.items()
        if kind not in KINDS
    ]


def _source_faults(sources: Document, table: Document, measured: list[str]) -> list[Fault]:
    """What is wrong with the sources of single cells."""
    faults = title_faults(sources, SOURCE_COLUMNS)
    known = get_args(Confidence)
    for key, row in sources.value.items():
        actor, column = (row.get(name, "") for name in SOURCE_COLUMNS[:2])
        if actor not in table.value or column not in measured:
            message = f"a source for {actor} {column}, which is not here"
            faults.append(sources.fault((key,), message))
        if not row.get("source"):
            faults.append(sources.fault((key, "source"), "is empty"))
        if row.get("confidence") not in known:
            word = row.get("confidence")
            message = f"unknown confidence {word!r}{did_you_mean(word, list(known))}"
            faults.append(sources.fault((key, "confidence"), message))
    return faults


def _facts(actor: str, row: Mapping[str, str], numbers: Numbers) -> ActorFacts:
    return ActorFacts(
        actor,
        row["name"],
        row["kind"],
        row["group"],
        row["bloc"],
        row["policy"],
        delegates=numbers[NumberId("actors", actor, "delegates")].value == 1.0,
        permanent_member=numbers[NumberId("actors", actor, "permanent_member")].value == 1.0,
    )
