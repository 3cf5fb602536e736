"""Paired differences between scenarios, run by run under common random numbers (model 11)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np

from sim.io.errors import NotPaired
from sim.measures.catalog import is_of_an_actor, is_whole
from sim.measures.distribution import Reals, quantiles
from sim.measures.estimate import half_interval, standard_error
from sim.runs.prospect import Contents
from sim.store.facts import rungs_in_use
from sim.store.read import Result

OWN = "that of the outcome"
"""Unit of the fields that have the unit of their outcome."""


@dataclass(frozen=True)
class Difference:
    """One outcome in a scenario against the base, over the pairs of runs in which both have it.

    Unit and meaning of each field stand beside it; the interval tells of chance alone.
    """

    outcome: Annotated[str, "name", "outcome, as in codebook.csv of the results"]
    unit: Annotated[str, "name", "unit of the outcome"]
    base: Annotated[str, "name", "scenario that the other is compared with"]
    other: Annotated[str, "name", "scenario that is compared"]
    base_median: Annotated[float, OWN, "median of the base"]
    other_median: Annotated[float, OWN, "median of the other"]
    base_mean: Annotated[float, OWN, "mean of the base"]
    other_mean: Annotated[float, OWN, "mean of the other"]
    difference: Annotated[float, OWN, "mean of the differences, other less base, run by run"]
    standard_error: Annotated[float, OWN, "standard error of the mean difference, by chance alone"]
    interval_low: Annotated[float, OWN, "lower end of the 90 % interval of the mean (Student's t)"]
    interval_high: Annotated[float, OWN, "upper end of the 90 % interval of the mean"]
    spread_low: Annotated[float, OWN, "5 % of the differences lie below it"]
    spread_high: Annotated[float, OWN, "5 % of the differences lie above it"]
    higher: Annotated[float, "share", "share of pairs in which the other is higher"]
    equal: Annotated[float, "share", "share of pairs in which both are equal"]
    lower: Annotated[float, "share", "share of pairs in which the other is lower"]
    runs: Annotated[int, "count", "pairs of runs in which both have the outcome"]


@dataclass(frozen=True)
class Parting:
    """When the runs of two scenarios part: the first month in which anything recorded differs."""

    base: Annotated[str, "name", "scenario that the other is compared with"]
    other: Annotated[str, "name", "scenario that is compared"]
    first: Annotated[int | None, "month", "first month in which any run differs; blank for never"]
    half: Annotated[int | None, "month", "month by which half of the runs differ; blank for never"]
    share: Annotated[float, "share", "runs that ever differ; blank if the cases' actors differ"]
    date: Annotated[str, "date", "year and month of `first`"]


@dataclass(frozen=True)
class RungChance:
    """Share of runs of a scenario in which an actor ever reaches `rung`."""

    scenario: Annotated[str, "name", "scenario"]
    actor: Annotated[str, "id", "actor"]
    name: Annotated[str, "name", "name of the actor"]
    group: Annotated[str, "name", "group of the actor"]
    rung: Annotated[int, "rung", "rung on the ladder"]
    chance: Annotated[float, "share", "share of runs in which the actor ever reaches the rung"]


def check_paired(results: Sequence[Contents]) -> None:
    """Raise NotPaired unless all results share case, start, seed, months and code.

    A case can be held against the one it builds on, and against others that build on that.
    """
    base = shared_by(results[0])
    for other in results[1:]:
        for key, value in shared_by(other).items():
            both_cases = {result.manifest.get("case") for result in (results[0], other)}
            if value != base[key] and (key != "case_hash" or len(both_cases) == 1):
                raise NotPaired(
                    f"{results[0].folder.name} and {other.folder.name} differ in {key}: "
                    f"{base[key]} and {value}"
                )


def shared_by(result: Contents) -> dict[str, Any]:
    """What results must share for their runs to be paired."""
    manifest = result.manifest
    keys = ("case_hash", "start", "seed", "months", "code_hash")
    shared = {key: manifest.get(key) for key in keys}
    return {"case": manifest.get("case_root", manifest.get("case")), **shared}


def paired(base: Reals, other: Reals) -> tuple[Reals, Reals]:
    """The runs that both have and in which the outcome exists in both."""
    runs = min(len(base), len(other))
    known = ~np.isnan(base[:runs]) & ~np.isnan(other[:runs])
    return base[:runs][known], other[:runs][known]


def difference(outcome: str, base: Result, other: Result) -> Difference:
    """One outcome against the base; NaN where no pair of runs has it."""
    ours, theirs = paired(base.outcomes[outcome], other.outcomes[outcome])
    gap = theirs - ours
    pairs = len(gap)
    if pairs == 0:
        gap = ours = theirs = np.array([math.nan])
    mean = float(gap.mean())
    half = half_interval(gap)
    whole = is_whole(outcome)
    low, high = quantiles(gap, whole, (0.05, 0.95))
    above, same, below = (float(found.mean()) for found in (gap > 0, gap == 0, gap < 0))
    return Difference(
        outcome=outcome,
        unit=base.units[outcome][0],
        base=base.name,
        other=other.name,
        base_median=float(quantiles(ours, whole, (0.5,))[0]),
        other_median=float(quantiles(theirs, whole, (0.5,))[0]),
        base_mean=float(ours.mean()),
        other_mean=float(theirs.mean()),
        difference=mean,
        standard_error=standard_error(gap),
        interval_low=mean - half,
        interval_high=mean + half,
        spread_low=float(low),
        spread_high=float(high),
        higher=above if pairs else math.nan,
        equal=same if pairs else math.nan,
        lower=below if pairs else math.nan,
        runs=pairs,
    )


def differences(results: Sequence[Result]) -> list[Difference]:
    """Every outcome of the world and of groups, for each scenario against the first.

    What not all of them have is left out: when the condition of an intervention was met.
    """
    check_paired(results)
    base = results[0]
    shared = [name for name in base.outcomes if all(name in other.outcomes for other in results)]
    outcomes = [name for name in shared if not is_of_an_actor(name)]
    return [difference(name, base, other) for other in results[1:] for name in outcomes]


def parting(base: Result, other: Result) -> Parting:
    """When the runs of `other` part from those of `base`."""
    runs = min(base.runs, other.runs)
    parted = base.fingerprints[:runs] != other.fingerprints[:runs]
    parted = np.maximum.accumulate(parted, axis=1)
    shares = parted.mean(axis=0)
    first = int(np.argmax(shares > 0)) if shares[-1] > 0 else None
    half = int(np.argmax(shares >= 0.5)) if shares[-1] >= 0.5 else None
    if by_actor(base) != by_actor(other):
        return Parting(base.name, other.name, None, None, math.nan, "")
    dates = next(iter(base.series.values())).dates
    date = dates[first] if first is not None else ""
    return Parting(base.name, other.name, first, half, float(shares[-1]), date)


def by_actor(result: Result) -> list[str]:
    """The outcomes of single actors."""
    return [name for name in result.outcomes if is_of_an_actor(name)]


def partings(results: Sequence[Result]) -> list[Parting]:
    """When each scenario parts from the first."""
    return [parting(results[0], other) for other in results[1:]]


def rung_chances(results: Sequence[Result]) -> list[RungChance]:
    """Chance of each actor to ever reach each rung of the ladder but the lowest, by scenario."""
    wanted = {f"reached_{rung}": rung for rung in rungs_in_use(results[0].manifest)[1:]}
    return [
        RungChance(result.name, row.actor, row.name, row.group, wanted[row.quantity], row.mean)
        for result in results
        for row in result.actors
        if row.quantity in wanted
    ]
