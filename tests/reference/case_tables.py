"""Tables of `docs/model.md` on the numbers of the case: parameters, policies, what backs them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from sim.case.case import Case
from sim.case.load import load_case
from sim.case.numbers import Number
from sim.io.places import shipped
from sim.model.parameters import SWITCHES, Parameters
from sim.model.policy import BUNDLE, Policy
from sim.model.schema import Column, columns
from tests.paths import numbers_of
from tests.reference.page_tables import row_name, shape, table

FOLDER = shipped("seeds") / "afghanistan"

CALIBRATED = re.compile(r"calibrat|fitted|tuned|pattern P|set with pattern")
"""What an assumption says that was made with a pattern of the record in view."""


def case() -> Case:
    """The case of the page."""
    return load_case(FOLDER)


def exact(value: float) -> str:
    """A number in full; a whole one without a point."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def shown(numbers: Sequence[Number]) -> str:
    """One number, or a list."""
    return ", ".join(exact(number.value) for number in numbers)


def spread(numbers: Sequence[Number]) -> str:
    """The range of a number, or of each in a list."""
    if not all(number.has_range for number in numbers):
        return ""
    pairs = [f"{exact(number.low)} to {exact(number.high)}" for number in numbers]
    return pairs[0] if len(set(pairs)) == 1 else "; ".join(pairs)


def backing(number: Number) -> str:
    """The source and the assumption behind a number."""
    trust = f" ({number.confidence})" if number.confidence else ""
    parts = [f"source: {number.source}{trust}" if number.source else "", number.assumption]
    return "; ".join(part for part in parts if part)


def kind_of_backing(number: Number) -> str:
    """What a number rests on: the record or a text, patterns it was set to, or judgement."""
    if number.source:
        return "record or text"
    return "calibration" if CALIBRATED.search(number.assumption) else "judgement"


def at(case: Case, path: str, length: int = 0) -> list[Number]:
    """The numbers at a path; none where the case gives none there."""
    paths = [f"{path}.{i}" for i in range(length)] if length else [path]
    numbers = numbers_of(case)
    return [numbers[each] for each in paths if each in numbers]


def parameters_table() -> str:
    """Every global parameter with its value, range and backing."""
    found = case()
    rows = [
        parameter_row(name, column, at(found, f"parameters.{name}", column.length))
        for name, column in columns(Parameters).items()
    ]
    header = ("parameter", "symbol", "meaning", "unit", "value", "range", "what stands behind it")
    return table(header, rows)


def parameter_row(name: str, column: Column, numbers: Sequence[Number]) -> tuple[str, ...]:
    """The row of a parameter; some are given by the start, or by interventions alone."""
    named = row_name(name)
    if not numbers:
        whence = "only by an intervention" if name in SWITCHES else "by the start"
        return (named, "", column.meaning, shape(column), "", "", whence)
    first = numbers[0]
    values = (shown(numbers), spread(numbers), backing(first))
    return (named, first.symbol, column.meaning, shape(column), *values)


def rule_in_words(rule: Mapping[str, Any] | None) -> str:
    """How the range of a cell follows from its value."""
    if not rule:
        return ""
    parts = []
    if "relative" in rule:
        parts.append(f"±{rule['relative']:.0%}")
    if "at_least" in rule:
        parts.append(f"at least ±{rule['at_least']:g}")
    if "plus_minus" in rule:
        parts.append(f"±{rule['plus_minus']:g}")
    if "low" in rule or "high" in rule:
        parts.append(f"within {rule.get('low', '−∞')} and {rule.get('high', '∞')}")
    return ", ".join(parts)


def column_rules(file: str, key: str | None) -> dict[str, Any]:
    """The columns of a file and what it says of each."""
    content = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    return dict(content[key] if key else content)


def policy_numbers_table() -> str:
    """What the numbers of a policy mean, and how far they may be off."""
    rules = column_rules("policies.yaml", "columns")
    rows = []
    for name, column in columns(Policy).items():
        rule = rules.get(name, {"assumption": "an actor's own, or 1 for a factor"})
        words = (rule.get("symbol", ""), column.meaning, shape(column))
        behind = (rule_in_words(rule.get("range")), rule["assumption"])
        rows.append((row_name(f"policy.{name}", name), *words, *behind))
    header = ("number", "symbol", "meaning", "unit", "range", "what stands behind it")
    return table(header, rows)


def policies_table() -> str:
    """The named policies side by side."""
    found = case()
    rows = []
    for name in BUNDLE:
        length = columns(Policy)[name].length
        paths = [f"policies.{policy}.{name}" for policy in found.policies]
        rows.append((f"`{name}`", *(shown(at(found, path, length)) for path in paths)))
    return table(("number", *(f"`{policy}`" for policy in found.policies)), rows)


def policy_texts_table() -> str:
    """What each policy is about, and where the two texts speak of it."""
    rows = [
        (f"`{name}`", policy.summary, policy.source) for name, policy in case().policies.items()
    ]
    return table(("policy", "in a sentence", "passages"), rows)


def backing_table() -> str:
    """On what the numbers of the case rest, counted by part."""
    counts: dict[str, Counter[str]] = {}
    for name, number in case().numbers.items():
        counts.setdefault(name.kind.partition(".")[0], Counter())[kind_of_backing(number)] += 1
    kinds = ("record or text", "calibration", "judgement")
    rows = [(f"`{part}`", *(count[kind] for kind in kinds)) for part, count in counts.items()]
    total = sum(counts.values(), Counter())
    return table(("numbers of", *kinds), [*rows, ("all", *(total[kind] for kind in kinds))])


def calibrated_table() -> str:
    """The global parameters that were set with patterns of the record in view."""
    found = case()
    rows = []
    for name, column in columns(Parameters).items():
        numbers = at(found, f"parameters.{name}", column.length)
        if numbers and CALIBRATED.search(numbers[0].assumption):
            rows.append((f"[`{name}`]", shown(numbers), spread(numbers), numbers[0].assumption))
    return table(("parameter", "value", "range", "with what in view"), rows)


FROM_NUMBERS = {
    "parameters": parameters_table,
    "policy numbers": policy_numbers_table,
    "policies": policies_table,
    "policy texts": policy_texts_table,
    "backing": backing_table,
    "calibrated": calibrated_table,
}
"""What stands between the markers of each name."""
