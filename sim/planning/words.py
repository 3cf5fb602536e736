"""How two scenarios differ, in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sim.case.number_id import number_id
from sim.engine.kernel import Start
from sim.planning.compile import Compiled
from sim.scenario.load import Loaded


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


def same_start(one: Compiled, other: Compiled) -> bool:
    """Whether two scenarios are compiled to the same: every array, rows month by month."""
    return resolved(one.start) == resolved(other.start)


def resolved(start: Start) -> list[bytes]:
    """The arrays of a start, with rows in place of where they stand."""
    actors = start.actors.copy()
    actors["policy"] = 0
    rows = {
        "terms": start.terms[start.terms_of],
        "actors": actors,
        "policies": start.policies[start.policy_of],
        "parameters": start.parameters[start.parameters_of],
    }
    places = ("policy_of", "terms_of", "parameters_of")
    kept = [name for name in Start._fields if name not in places]
    return [rows.get(name, getattr(start, name)).tobytes() for name in kept]


def _interventions(one: Loaded, other: Loaded) -> Iterator[Change]:
    """Interventions that only one of them has, and those with a name that changed."""
    before, after = _sentences(one), _sentences(other)
    named = [{name: line for name, line in lines if name} for lines in (before, after)]
    both = named[0].keys() & named[1].keys()
    for name, line in named[0].items():
        if name in both and named[1][name] != line:
            yield Change(f"intervention {name}", line, named[1][name])
    own, others = (
        Counter(line for name, line in lines if name not in both) for lines in (before, after)
    )
    yield from (Change("intervention", line, None) for line in (own - others).elements())
    yield from (Change("intervention", None, line) for line in (others - own).elements())


def _sentences(loaded: Loaded) -> list[tuple[str | None, str]]:
    """Each intervention's name, if it has one, and its sentence."""
    start = loaded.case.starts[loaded.start]
    return [(verb.name, verb.sentence(start)) for verb in loaded.scenario.interventions]
