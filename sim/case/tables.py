"""The case as tables: every number with unit, range and backing; facts in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.case.bounds import is_by_issue
from sim.case.case import Case
from sim.case.number_id import KINDS, NumberId
from sim.case.numbers import Number
from sim.model.parameters import Parameters
from sim.model.policy import BUNDLE, Policy
from sim.model.schema import columns
from sim.model.state import Pool, Project, World


@dataclass(frozen=True)
class Line:
    """One number of the case with its identity."""

    id: NumberId
    number: Number

    @property
    def path(self) -> str:
        """The text that spells the number."""
        return str(self.id)


def lines(case: Case, kind: str, item: str = "") -> list[Line]:
    """The numbers of a kind, or of one item of it, in the order of the files."""
    return [
        Line(name, number)
        for name, number in case.numbers.items()
        if name.kind.partition(".")[0] == kind and (not item or item == _item(name))
    ]


def _item(name: NumberId) -> str:
    """The item that a number belongs to; a parameter, and a tie, is an item of its own."""
    return name.item or (name.field if name.kind == "parameters" else str(name.place))


MEANINGS: dict[str, type] = {
    "parameters": Parameters,
    "policies": Policy,
    "pools": Pool,
    "projects": Project,
    "starts": World,
    "starts.pools": Pool,
    "starts.projects": Project,
}
"""Records that say what the numbers of a kind mean; all other numbers say it themselves."""


def meaning_of(line: Line) -> str:
    """What a number means, in words; empty where nothing says it."""
    if line.id.kind in MEANINGS:
        column = columns(MEANINGS[line.id.kind]).get(line.id.field)
        if column:
            return column.meaning.removeprefix(f"{line.number.symbol}: ")
    return line.number.meaning


def items(case: Case, kind: str) -> dict[str, str]:
    """The items of a kind by id, each with its title."""
    if kind == "actors":
        return {name: actor.name for name, actor in case.actors.items()}
    if kind in ("policies", "issues", "pools", "projects", "starts"):
        return {name: facts.title for name, facts in getattr(case, kind).items()}
    return dict.fromkeys((_item(line.id) for line in lines(case, kind)), "")


def is_assumption(number: Number) -> bool:
    """Whether nothing but a declared assumption stands behind the number."""
    return not number.source


def counts(case: Case) -> dict[str, tuple[int, int]]:
    """For each kind, how many numbers have a source and how many are assumptions."""
    found = {}
    for kind in KINDS:
        numbers = [line.number for line in lines(case, kind)]
        assumed = sum(is_assumption(number) for number in numbers)
        found[kind] = (len(numbers) - assumed, assumed)
    return found


def policy_rows(case: Case) -> Iterator[tuple[str, list[float]]]:
    """Each number of a policy with its value in all policies, in their order."""
    for name in BUNDLE:
        is_list = columns(Policy)[name].length > 0
        length = len(case.issues) if is_by_issue(name) else columns(Policy)[name].length
        for place in range(length) if is_list else [None]:
            title = name if place is None else f"{name}.{place}"
            yield title, [case.value("policies", policy, name, place) for policy in case.policies]
