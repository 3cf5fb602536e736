"""The global parameters and the named policies of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.case.bounds import length_of, names_of
from sim.case.case import PolicyFacts
from sim.case.entries import Numbers, add_all, length_fault, number_faults
from sim.case.files import PoliciesFile
from sim.case.number_id import NumberId
from sim.case.numbers import ColumnEntry, Entry, real
from sim.case.reading import (
    Documents,
    column_faults,
    known_keys,
    mapping,
    names,
    one_each,
    parts,
    refuse,
)
from sim.documents import Document, Fault, Keys, did_you_mean
from sim.parameters import BY_START
from sim.validation import parsed

PROFILE = "issue_weights"
"""The number of a policy that may be given as the name of a profile."""

TEXTS = ("title", "source", "summary")
"""What a policy says beside its numbers."""


@dataclass(frozen=True)
class Sheet:
    """`policies.yaml` while it is read: its sound columns, and the numbers of the case so far."""

    document: Document
    columns: Mapping[str, ColumnEntry]
    numbers: Numbers


def read_parameters(documents: Mapping[str, Document], numbers: Numbers) -> None:
    """Add the parameters that all starts share; raises BadFile."""
    document = documents["parameters.yaml"]
    elsewhere = dict.fromkeys(BY_START, "belongs in starts.yaml, as every start has its own")
    faults = known_keys(document, (), names_of("parameters"), elsewhere)
    faults += parts(document, Entry)[1]
    refuse(faults + add_all(numbers, "parameters", document))


def read_policies(documents: Documents, numbers: Numbers) -> dict[str, PolicyFacts]:
    """Add the numbers of the named policies; raises BadFile."""
    document, wanted = documents["policies.yaml"], names_of("policies")
    sheet = Sheet(document, parts(document, ColumnEntry, ("columns",))[0], numbers)
    faults = parsed(PoliciesFile, document)[1]
    faults += column_faults(document, ("columns",), sheet.columns, wanted)
    policies, wrong = names(document, ("policies",))
    faults += wrong
    cells: list[Fault] = []
    facts = {}
    for policy in sorted(policies):
        row = mapping(document, ("policies", policy))
        faults += known_keys(document, ("policies", policy), (*TEXTS, *wanted))
        for name in wanted:
            if name in row and name in sheet.columns:
                cells += _cell(sheet, policy, name, row)
        facts[policy] = PolicyFacts(policy, *(str(row.get(key)) for key in TEXTS))
    refuse(faults + one_each(cells))
    return facts


def _cell(sheet: Sheet, policy: str, name: str, row: Mapping[str, Any]) -> list[Fault]:
    """Add a number, or a list of them, of a policy; what is wrong with them."""
    document, value = sheet.document, row[name]
    keys: Keys = ("policies", policy, name)
    if name == PROFILE and isinstance(value, str):
        profiles = mapping(document, ("profiles",))
        if value not in profiles:
            message = f"unknown profile{did_you_mean(value, list(profiles))}"
            return [document.fault(keys, message)]
        keys, value = ("profiles", value), profiles[value]
    wrong = length_fault(length_of("policies", name), value)
    if wrong:
        return [document.fault(keys, wrong)]
    number = NumberId("policies", policy, name)
    if not isinstance(value, list):
        return _number(sheet, number, value, keys, row)
    faults: list[Fault] = []
    for i, each in enumerate(value):
        faults += _number(sheet, number._replace(place=i), each, (*keys, i), row)
    if name == PROFILE and not faults and abs(sum(value) - 1.0) > 1e-12:
        faults = [document.fault(keys, f"the weights must add up to 1, not {sum(value):g}")]
    return faults


def _number(
    sheet: Sheet, name: NumberId, value: Any, keys: Keys, row: Mapping[str, Any]
) -> list[Fault]:
    """Add the number at `keys`; what is wrong with it."""
    document, column = sheet.document, sheet.columns[name.field]
    try:
        given = real(value)
    except ValueError as error:
        return [document.fault(keys, f"{error}, not {value!r}")]
    note = f"seed passages: {row['source']}" if row.get("source") else ""
    number = sheet.numbers[name] = column.number(given, note=note)
    backing = (document, ("columns", name.field))
    return number_faults(name, number, (document, keys), backing)
