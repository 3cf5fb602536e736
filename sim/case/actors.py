"""The table of actors: the backing of its columns, and the sources of single cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sim.case import files
from sim.case.bounds import RUNG_COLUMN, names_of
from sim.case.case import ActorFacts
from sim.case.folder import TITLES, Documents, is_inherited, known_keys, titles
from sim.case.ladder import EVERY_RUNG, rung_fault
from sim.case.sheets import Reading, Row, Table
from sim.io.documents import Document

NEEDED = ("salience",)
"""The number that a table of actors must have; its other columns may be left out."""


def rung_columns(table: Document) -> list[str]:
    """The columns of rungs, of which each start takes one."""
    return [title for title in titles(table) if re.fullmatch(RUNG_COLUMN, title)]


def columns_with_numbers(table: Document) -> list[str]:
    """The columns that hold numbers, whether the table has them or not."""
    return [*names_of("actors"), *rung_columns(table)]


def read_actors(
    reading: Reading, documents: Documents, ladder: Sequence[int]
) -> dict[str, ActorFacts]:
    """The sound actors; adds the numbers of all, whose rungs stand on the ladder of the case."""
    table, backing = documents["actors.csv"], documents["actors.columns.yaml"]
    rungs, given = rung_columns(table), titles(table)
    fields = [*reading.fields("actors"), *rungs]
    texts = [name for name in files.ActorTexts.model_fields if name not in names_of("actors")]
    needed, left_out = (*texts, *NEEDED), reading.left_out("actors")
    reading.faults.extend(known_keys(table, TITLES, needed, fields, left_out))
    wanted = [name for name in given if name in texts or name in fields]
    reading.faults.extend(known_keys(backing, (), wanted, fields))
    columns = reading.columns("actors", backing, (), fields)
    cells = Table(backing, (), columns, _sources(reading, documents["actors.sources.csv"], table))
    numbers = _with_numbers(table, fields)
    actors = reading.parts(files.ActorTexts, numbers) if set(texts) <= set(given) else {}
    for actor in sorted(table.value):
        row = Row("actors", actor, numbers, (actor,))
        reading.faults.extend(known_keys(table, row.keys, rungs, given))
        reading.cells(row, cells, fields)
        reading.neutral(row)
        absent = [name for name in fields if row.id(name, 0) not in reading.numbers]
        reading.fill(row, absent, "not given")
        _stand(reading, row, ("cap", *rungs), ladder)
    return {name: _facts(actors[name]) for name in sorted(actors)}


def _stand(reading: Reading, row: Row, fields: Iterable[str], ladder: Sequence[int]) -> None:
    """Refuse rungs of an actor that are not on the ladder."""
    for name in fields:
        number = reading.numbers.get(row.id(name, 0))
        if number is not None and number.value in EVERY_RUNG:
            if message := rung_fault(ladder, number.value):
                reading.faults.append(row.document.fault((*row.keys, name), message))


def _with_numbers(table: Document, fields: list[str]) -> Document:
    """The table with numbers in its `fields`; what is none stays text."""
    rows = {
        name: {title: _number(text) if title in fields else text for title, text in row.items()}
        for name, row in table.value.items()
    }
    return replace(table, value=rows)


def _number(text: str) -> float | str:
    try:
        return text if "_" in text else float(text)
    except ValueError:
        return text


def _sources(reading: Reading, document: Document, table: Document) -> dict[str, files.SourceRow]:
    """The sources of cells, by actor and column joined by a blank.

    What its base says of an actor goes with the row that a case gives in place of the base's.
    """
    faults = known_keys(document, TITLES, files.SourceRow.model_fields) if document.value else []
    reading.faults.extend(faults)
    rows = {} if faults else document.value
    sources = {
        key: reading.part(files.SourceRow, document, (key,))
        for key, row in rows.items()
        if not is_inherited(document, (key,)) or is_inherited(table, (row["actor"],))
    }
    return {key: source for key, source in sources.items() if source is not None}


def _facts(actor: files.ActorTexts) -> ActorFacts:
    flags = {"delegates": actor.delegates == 1.0, "permanent_member": actor.permanent_member == 1.0}
    return ActorFacts(**{**vars(actor), **flags})
