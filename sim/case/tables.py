"""The case as tables: every number with unit, range and backing; facts in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from sim.case.bounds import is_by_issue
from sim.case.case import Case
from sim.case.numbers import Number
from sim.parameters import Parameters
from sim.policy import BUNDLE, Policy
from sim.schema import columns

KINDS = ("actors", "policies", "parameters", "pools", "projects", "starts", "ties", "votes")
"""Parts of the case that hold numbers: the first words of their paths."""


@dataclass(frozen=True)
class Line:
    """One number of the case with its path."""

    path: str
    number: Number


def lines(case: Case, kind: str, item: str = "") -> list[Line]:
    """The numbers of a kind, or of one item of it, in the order of the files."""
    start = f"{kind}.{item}." if item else f"{kind}."
    exact = f"{kind}.{item}"
    return [
        Line(path, number)
        for path, number in case.numbers.items()
        if path.startswith(start) or (item and path == exact)
    ]


MEANINGS = {"parameters": Parameters, "policies": Policy}
"""Records that say what the numbers of a kind mean; all other numbers say it themselves."""


def meaning_of(line: Line) -> str:
    """What a number means, in words; empty where nothing says it."""
    kind, *rest = line.path.split(".")
    if kind in MEANINGS:
        name = rest[0] if kind == "parameters" else rest[1]
        column = columns(MEANINGS[kind]).get(name)
        if column:
            return column.meaning.removeprefix(f"{line.number.symbol}: ")
    return line.number.meaning


def items(case: Case, kind: str) -> dict[str, str]:
    """The items of a kind by id, each with its title."""
    titles: dict[str, dict[str, str]] = {
        "actors": {actor.id: actor.name for actor in case.actors.values()},
        "policies": {policy.id: policy.title for policy in case.policies.values()},
        "issues": {issue.id: issue.title for issue in case.issues.values()},
        "pools": {pool.id: pool.title for pool in case.pools.values()},
        "projects": {project.id: project.title for project in case.projects.values()},
        "starts": {start.id: start.title for start in case.starts.values()},
    }
    if kind in titles:
        return titles[kind]
    return dict.fromkeys((line.path.split(".")[1] for line in lines(case, kind)), "")


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
        for path in [f"{name}.{i}" for i in range(length)] if is_list else [name]:
            yield path, [case.value(f"policies.{policy}.{path}") for policy in case.policies]
