"""A scenario in words: what happens when, and how two scenarios differ."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sim.case.case import StartFacts
from sim.case.number_id import number_id
from sim.scenario.conditions import condition_of, in_words
from sim.scenario.load import Loaded
from sim.scenario.schema import PARAMETER_VERBS, Hold, Intervention, SetLitigation, Shock
from sim.vocab import date
from sim.writing import as_yaml

TIMING = ("name", "month", "until", "when", "while", "deadline", "verb")
"""Keys of an intervention that a sentence says in words."""


def content(intervention: Intervention) -> dict[str, Any]:
    """What the file says of an intervention."""
    found: dict[str, Any] = intervention.model_dump(mode="json", by_alias=True, exclude_none=True)
    return found


def sentence(intervention: Intervention, start: StartFacts) -> str:
    """An intervention in one line: when it acts, and what the file says."""
    said = content(intervention)
    rest = {key: value for key, value in said.items() if key not in TIMING}
    lasting = isinstance(intervention, (*PARAMETER_VERBS, Hold)) or "every" in said
    when = months(intervention, start, lasting)
    name = f"{intervention.name}: " if intervention.name else ""
    return f"{name}{when}: {said['verb']} {as_yaml(rest, in_a_line=True).strip()[1:-1]}".rstrip()


def months(intervention: Intervention, start: StartFacts, lasting: bool) -> str:
    """The months in which an intervention acts, and its condition."""

    def dated(month: int) -> str:
        return f"{month} ({date(start.year, start.month, month)})"

    first, last = dated(intervention.month), intervention.until
    condition = condition_of(intervention)
    if condition is None:
        if isinstance(intervention, SetLitigation):
            return f"in month {first}, for good"
        if isinstance(intervention, Shock) and intervention.months is not None:
            last = intervention.month + intervention.months - 1
        if last is not None:
            return f"month {first} to {dated(last)}"
        return f"from month {first} on" if lasting else f"in month {first} only"
    asked = in_words(condition)
    if not condition.lasting:
        return f"month {first} to {dated(last) if last else 'the end'}, while {asked}"
    by = f" to {dated(intervention.deadline)}" if intervention.deadline else " or later"
    then = f"then to {dated(last)}" if last else "then on" if lasting else "then once"
    return f"when in month {first}{by} {asked}, {then}"


@dataclass(frozen=True)
class Change:
    """One thing in which a scenario differs from another; None where one of them has nothing."""

    what: str
    before: str | None
    after: str | None


def differences(one: Loaded, other: Loaded) -> Iterator[Change]:
    """In what `other` differs from `one`, in the order of a file; its own words aside."""
    for key in ("case", "start", "months"):
        before, after = str(one.resolved()[key]), str(other.resolved()[key])
        if before != after:
            yield Change(key, before, after)
    for path in dict.fromkeys([*one.scenario.numbers, *other.scenario.numbers]):
        values = [each.case.numbers.get(number_id(path)) for each in (one, other)]
        shown = [f"{number.value:.10g}" if number else None for number in values]
        if shown[0] != shown[1]:
            yield Change(f"numbers.{path}", *shown)
    yield from _interventions(one, other)


def _interventions(one: Loaded, other: Loaded) -> Iterator[Change]:
    """Interventions that only one of them has, and those with a name that changed."""
    lines = [
        [sentence(verb, each.case.starts[each.start]) for verb in each.scenario.interventions]
        for each in (one, other)
    ]
    names = [
        {verb.name: line for verb, line in zip(each.scenario.interventions, own, strict=True)}
        for each, own in zip((one, other), lines, strict=True)
    ]
    for name, line in names[0].items():
        if name is not None and names[1].get(name, line) != line:
            yield Change(f"intervention {name}", line, names[1][name])
    changed = {name for name in names[0] if name is not None and name in names[1]}
    own, others = (
        Counter(
            line
            for verb, line in zip(each.scenario.interventions, told, strict=True)
            if verb.name not in changed
        )
        for each, told in zip((one, other), lines, strict=True)
    )
    yield from (Change("intervention", line, None) for line in (own - others).elements())
    yield from (Change("intervention", None, line) for line in (others - own).elements())
