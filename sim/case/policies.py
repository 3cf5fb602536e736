"""The global parameters and the named policies of a case, held against the schema."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sim.case.case import PolicyFacts
from sim.case.files import PoliciesFile
from sim.case.numbers import Entry
from sim.case.reading import Numbers, add, parts, yaml_file
from sim.documents import BadFile, Document, Fault, did_you_mean
from sim.parameters import SWITCHES, Parameters
from sim.policy import BUNDLE, Policy
from sim.schema import Column, columns
from sim.validation import validate

PROFILE = "issue_weights"
"""The number of a policy that may be given as the name of a profile."""


def against_schema(document: Document, name: str, column: Column, entry: Entry) -> Iterable[Fault]:
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


def read_parameters(folder: Path, numbers: Numbers) -> None:
    """Add the global parameters; raises BadFile or MissingFile."""
    document = yaml_file(folder, "parameters.yaml")
    entries = parts(document, document.value, Entry)
    known = {name: column for name, column in columns(Parameters).items() if name not in SWITCHES}
    faults = [document.fault((), f"{name} is missing") for name in known if name not in entries]
    for name, entry in entries.items():
        if name not in known:
            faults.append(document.fault((name,), f"unknown key{did_you_mean(name, list(known))}"))
        else:
            faults.extend(against_schema(document, name, known[name], entry))
            add(numbers, f"parameters.{name}", entry)
    if faults:
        raise BadFile(faults)


def read_policies(folder: Path, numbers: Numbers) -> dict[str, PolicyFacts]:
    """Add the numbers of the named policies; raises BadFile or MissingFile."""
    document = yaml_file(folder, "policies.yaml")
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
            message = f"unknown key{did_you_mean(name, list(BUNDLE))}"
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
