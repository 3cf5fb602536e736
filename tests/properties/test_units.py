"""Units of money and zero points of utility are no matter (model 10, 15, 27, 32)."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from sim.case.case import Case
from sim.model.parameters import Parameters
from sim.model.schema import Column, columns
from sim.model.state import Actor, Pool, Project, Terms
from sim.model.state import World as WorldRecord
from tests.properties.pairs import with_numbers
from tests.properties.statements import asks
from tests.worlds import Month, World, hundredths, months_of, worlds

MONEY = ("US$",)
"""How the unit of an amount of money begins."""

HELD = ("relief", "development", "custody", "trade")
"""Amounts of money of an actor, as the case gives them."""


def is_money(column: Column) -> bool:
    """Whether a field holds an amount of money."""
    return column.unit.startswith(MONEY)


def in_money(path: str) -> bool:
    """Whether a number of a case is an amount of money (model 10.32)."""
    words = path.split(".")
    if words[0] == "actors":
        return words[2] in HELD
    if words[0] == "parameters":
        return is_money(columns(Parameters)[words[1]])
    if words[0] == "starts":
        return words[-1] in ("balance", "price", "carry_over", "revenue_need")
    return words[0] in ("pools", "projects") and words[2] in ("tranche", "royalty", "schedule")


def scaled(case: Case, factor: float) -> Case:
    """The case with all amounts of money times a factor."""
    return with_numbers(case, lambda path, value: value * factor if in_money(path) else value)


def sets_no_money(world: World) -> bool:
    """Whether no intervention puts or pays an amount of money, or says what it is worth."""
    found = {**columns(Parameters), **columns(Terms)}
    verbs = world.scenario.interventions
    if any(verb.worth is not None or getattr(verb, "sum", None) for verb in verbs):
        return False
    return not any(name in found and is_money(found[name]) for name in params_of(world))


def params_of(world: World) -> list[str]:
    """The names of the numbers that interventions change."""
    return [getattr(verb, "param", "").split(".")[0] for verb in world.scenario.interventions]


def fields(month: Month) -> Iterator[tuple[str, Column, Any]]:
    """Every field of the state, its column and its value."""
    state = month.model.state
    rows = [(WorldRecord, state.world)]
    rows += [(Actor, row) for row in state.actors]
    rows += [(Pool, row) for row in state.pools]
    rows += [(Project, row) for row in state.projects]
    for place, (record, row) in enumerate(rows):
        for name, column in columns(record).items():
            value = getattr(row, name)
            for k, each in enumerate(value if isinstance(value, list) else [value]):
                yield f"{place}.{name}.{k}", column, each


def rescaled(world: World, factor: float, same: Any) -> str:
    """Where money is not `factor` times what it was, or anything else not what it was."""
    other = replace(world, case=scaled(world.case, factor))
    for mine, theirs in zip(months_of(world), months_of(other), strict=True):
        for (name, column, value), (_, _, found) in zip(fields(mine), fields(theirs), strict=True):
            expected = value * factor if is_money(column) else value
            if not same(found, expected):
                return f"{name}: {found}, not {expected}"
    return ""


def nearly(one: float, other: float) -> bool:
    """Whole numbers equal, amounts within 1e-9."""
    return one == other or (
        isinstance(one, float) and math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    )


@asks(15, worlds().filter(sets_no_money), times=0.5)
def test_15_dollars_for_millions_rescale_money_alone(world: World) -> None:
    """Counting in dollars instead of millions rescales money and nothing else."""
    assert rescaled(world, 1e6, nearly) == ""


@asks(32, worlds().filter(sets_no_money), times=0.5)
def test_32_twice_the_money_doubles_money_and_leaves_all_else(world: World) -> None:
    """Twice the money everywhere doubles all money and leaves the rest, bit for bit."""
    assert rescaled(world, 2.0, lambda found, expected: found == expected) == ""


# 27: zero points


def keeps_values(world: World) -> bool:
    """Whether no intervention touches stances or thresholds, which the shift moves."""
    swapped = any(verb.verb == "set_policy" for verb in world.scenario.interventions)
    return not swapped and not {"stance", "thresholds"} & set(params_of(world))


def lifted(case: Case, ending: str, by: float) -> Case:
    """The case with the stances of all policies, or all thresholds, moved."""

    root, place = ("policies", 2) if ending == "stance" else ("parameters", 1)

    def change(path: str, value: float) -> float:
        words = path.split(".")
        return value + by if words[0] == root and words[place] == ending else value

    return with_numbers(case, change)


@asks(
    27,
    worlds().filter(keeps_values),
    st.sampled_from(("stance", "thresholds")),
    hundredths(-2.0, 2.0),
    times=0.5,
)
def test_27_zero_points_of_utility_are_no_matter(world: World, what: str, by: float) -> None:
    """All stances, or all thresholds, moved by one amount change nothing but last bits."""
    other = replace(world, case=lifted(world.case, what, by))
    for mine, theirs in zip(months_of(world), months_of(other), strict=True):
        for (name, _, value), (_, _, found) in zip(fields(mine), fields(theirs), strict=True):
            assert name.split(".")[1] in ("anchor", "policy") or nearly(found, value), name
