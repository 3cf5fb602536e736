"""Reading the numbers of items, which are the rows of sheets; the fields of a row are its numbers.

In most files a number is an entry with its own backing. In a table it is a bare value: columns are
backed as a whole, and single cells by sources of their own.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from sim.case.blocks import Block, block_of, neutral
from sim.case.bounds import Slot, names_of, slot_of
from sim.case.context import MISNAMED, NAME, Context
from sim.case.entries import ColumnEntry, Entry, length_fault
from sim.case.files import SourceRow
from sim.case.folder import folder_of, is_inherited, known_keys, mapping
from sim.case.number_id import NumberId
from sim.case.numbers import Number, real
from sim.io.documents import Document, Keys, did_you_mean
from sim.io.errors import Fault
from sim.io.validation import parsed

Part = TypeVar("Part", bound=BaseModel)

ROUNDING = 1e-12
"""By how much weights may miss a sum of 1."""


@dataclass(frozen=True)
class Row:
    """The fields of an item, at `keys` of a document; parameters belong to no item.

    `place` is the pool or project of which a start says something.
    """

    kind: str
    item: str
    document: Document
    keys: Keys
    place: str | None = None

    @property
    def is_inherited(self) -> bool:
        """Whether the item comes from the base of the case."""
        return is_inherited(self.document, self.keys)

    def value(self, name: str) -> Any:
        """What the file gives for a field; raises KeyError."""
        return mapping(self.document, self.keys)[name]

    def id(self, name: str, i: int) -> NumberId:
        """The identity of the number of a field, of the i-th where it is a list."""
        is_list = slot_of(self.kind, name).length is not None
        return NumberId(self.kind, self.item, name, i if is_list else self.place)


@dataclass(frozen=True)
class Table:
    """What backs the cells of a table: its columns, at `keys` of a document, and sources.

    The source of a cell stands under its item and field, joined by a blank. `profiles` are lists
    of weights by name, for a cell that gives the name alone.
    """

    document: Document
    keys: Keys
    columns: Mapping[str, ColumnEntry]
    sources: Mapping[str, SourceRow] = field(default_factory=dict)
    profiles: Mapping[str, Any] = field(default_factory=dict)

    def number(self, row: Row, name: str, value: float, note: str) -> Number:
        """The number in a cell; a bare one where its column is not sound.

        What a base says of a column it says of its own rows: in a row of the case itself a cell
        has but unit and range from there.
        """
        column, source = self.columns.get(name), self.sources.get(f"{row.item} {name}")
        if column is None:
            return Number(value, "")
        if source is not None:
            return column.number(value, source.source, source.confidence, source.note)
        number = column.number(value, note=note)
        if row.is_inherited or not is_inherited(self.document, (*self.keys, name)):
            return number
        low, high = (number.low, number.high) if number.has_range else (value, value)
        return replace(
            number,
            source="",
            confidence="",
            assumption=f"from {row.document.name}, which names no source",
            low=low,
            high=high,
        )


@dataclass(frozen=True)
class Reading:
    """A case while it is read: its names, blocks left out, and the numbers and faults so far.

    `base` is the case on which it builds, if any.
    """

    names: Context
    without: Collection[Block] = ()
    base: str = ""
    numbers: dict[NumberId, Number] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def part(
        self, model: type[Part], document: Document, keys: Keys = (), slot: Slot | None = None
    ) -> Part | None:
        """The part of a document at `keys` as `model`; None, and faults, where it is not sound."""
        part, faults = parsed(model, document, keys, replace(self.names, slot=slot))
        self.faults.extend(faults)
        return part

    def parts(
        self, model: type[Part], document: Document, keys: Keys = (), slot: Slot | None = None
    ) -> dict[str, Part]:
        """The sound entries of the mapping at `keys` as `model`, in the order of the file."""
        found = {}
        for name in mapping(document, keys):
            if not NAME.fullmatch(name):
                self.faults.append(document.fault((*keys, name), MISNAMED))
            elif part := self.part(model, document, (*keys, name), slot):
                found[name] = part
        return found

    def columns(
        self, kind: str, document: Document, keys: Keys, fields: Iterable[str]
    ) -> dict[str, ColumnEntry]:
        """The sound columns below `keys`; those of `fields` hold numbers, all others text."""
        slots = {name: slot_of(kind, name) for name in fields}
        found = {
            name: self.part(ColumnEntry, document, (*keys, name), slots.get(name))
            for name in mapping(document, keys)
        }
        return {name: column for name, column in found.items() if column is not None}

    def entries(
        self, row: Row, texts: Iterable[str] = (), hints: Mapping[str, str] | None = None
    ) -> None:
        """Add the numbers of a row in which each is an entry; `texts` are its other keys.

        `hints` says of a key that does not belong here where it does.
        """
        wanted = [name for name in self.fields(row.kind) if name not in texts]
        needed = self.needed(row.kind, wanted)
        hints = {**self.left_out(row.kind), **(hints or {})}
        self.faults.extend(known_keys(row.document, row.keys, needed, (*texts, *wanted), hints))
        given = mapping(row.document, row.keys)
        for name in given:
            if name in wanted:
                keys = (*row.keys, name)
                entry = self.part(Entry, row.document, keys, self.slot(row.kind, name))
                for i, number in enumerate(entry.numbers() if entry else []):
                    self.add(row.id(name, i), number, row.document, keys)
        absent = [name for name in wanted if name not in given and name not in needed]
        self.fill(row, absent)
        self.neutral(row)

    def fields(self, kind: str) -> list[str]:
        """The fields that an item of a kind must have in this case."""
        return [name for name in names_of(kind) if not block_of(kind, name, self.without)]

    def needed(self, kind: str, fields: Iterable[str]) -> list[str]:
        """Those of the fields that may not be left out: lists by issue may be without issues."""
        slots = {name: self.slot(kind, name) for name in fields}
        return [name for name, slot in slots.items() if slot.absent is None and slot.length != 0]

    def left_out(self, kind: str) -> dict[str, str]:
        """What is said of each field that an item may not have, as its block is left out."""
        blocks = {name: block_of(kind, name, self.without) for name in names_of(kind)}
        return {name: f"the case is without {block}" for name, block in blocks.items() if block}

    def neutral(self, row: Row) -> None:
        """Add the neutral numbers of an item for fields of the blocks left out."""
        for name in names_of(row.kind):
            if block := block_of(row.kind, name, self.without):
                for i, number in enumerate(neutral(name, self.slot(row.kind, name), block)):
                    self.numbers[row.id(name, i)] = number

    def fill(self, row: Row, fields: Iterable[str], why: str = "the case is without this") -> None:
        """Add neutral numbers for fields that a row does not give, though the case has them.

        They are inherited where it is the base that does not give them.
        """
        inherited = self.base if not row.keys or row.is_inherited else ""
        for name in fields:
            for i, number in enumerate(neutral(name, self.slot(row.kind, name), "this")):
                self.numbers[row.id(name, i)] = replace(number, inherited=inherited, assumption=why)

    def slot(self, kind: str, field: str) -> Slot:
        """What a field may hold in this case, which says how many issues there are."""
        slot, issues = slot_of(kind, field), self.names.names.get("issue", ())
        return replace(slot, length=len(issues)) if slot.by_issue else slot

    def add(self, own: NumberId, number: Number, document: Document, keys: Keys) -> None:
        """Add a number that stands at `keys`; of one that is inherited it says from where."""
        if is_inherited(document, keys):
            number = replace(number, inherited=folder_of(document.source(keys)[0]))
        self.numbers[own] = number

    def cells(self, row: Row, table: Table, fields: Iterable[str], note: str = "") -> None:
        """Add the numbers of a row of a table; `note` goes to all of them.

        A part of a file is told of once: what is wrong with a column is not wrong with each cell.
        """
        given = mapping(row.document, row.keys)
        told = {(fault.file, fault.path) for fault in self.faults}
        for name in fields:
            faults = _cell(self, row, table, name, note) if name in given else []
            self.faults.extend(each for each in faults if (each.file, each.path) not in told)


def _cell(reading: Reading, row: Row, table: Table, name: str, note: str) -> list[Fault]:
    """Add the numbers of a cell, one or a list; what is wrong with them."""
    keys, value, slot = (*row.keys, name), row.value(name), reading.slot(row.kind, name)
    if slot.shares and isinstance(value, str):
        if value not in table.profiles:
            message = f"unknown profile{did_you_mean(value, list(table.profiles))}"
            return [row.document.fault(keys, message)]
        keys, value = ("profiles", value), table.profiles[value]
    if message := length_fault(slot, value):
        return [row.document.fault(keys, message)]
    faults: list[Fault] = []
    for i, each in enumerate([value] if slot.length is None else value):
        at = keys if slot.length is None else (*keys, i)
        try:
            number = table.number(row, name, real(each), note)
            reading.add(row.id(name, i), number, row.document, at)
        except ValueError as error:
            faults.append(row.document.fault(at, f"{error}, not {each!r}"))
            continue
        for end, message in number.faults(slot.bounds):
            if end is None:
                faults.append(row.document.fault(at, message))
            else:
                said = f"the range of {row.id(name, i)} {message}"
                faults.append(table.document.fault((*table.keys, name, "range"), said))
    if slot.shares and value and not faults and abs(sum(value) - 1.0) > ROUNDING:
        faults.append(row.document.fault(keys, f"the weights must add up to 1, not {sum(value):g}"))
    return faults
