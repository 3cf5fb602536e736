"""Paired differences between scenarios, run by run under common random numbers (model 11)."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.io.errors import NotPaired
from sim.results.distribution import Reals
from sim.results.ladder import BY_ACTOR
from sim.runs.awaited import Contents
from sim.store.facts import rungs_in_use
from sim.store.read import Result

INTERVAL = 0.9
"""Probability that the interval of a mean difference is to hold it."""

HEADLINES = (
    "recognitions_ever",
    "states_at_6",
    "mean_rung:",
    "relief_pledged",
    "relief_delivered",
    "coverage",
    "development",
    "assets_paid",
    "assets_frozen",
    "trade",
    "revenue",
    "stress",
    "gdp",
    "people_in_need",
    "peak_food_share",
)
"""Outcomes, or beginnings of their names, that a first look wants."""

HEADLINES_BY_ISSUE = ("eased", "level")
"""Outcomes of an issue that a first look wants, where the case marks the issue for it."""


@dataclass(frozen=True)
class Difference:
    """One outcome in a scenario against the base, over `runs` pairs of runs.

    `runs` are the pairs in which both have the outcome, and all numbers are of these pairs. The
    standard error and the 90 % interval are those of the mean difference, from Monte-Carlo error
    alone (Student's t); the spread holds 90 % of the paired differences. `rise` and `fall` are
    shares of pairs.
    """

    outcome: str
    unit: str
    base: str
    other: str
    base_median: float
    other_median: float
    base_mean: float
    other_mean: float
    difference: float
    standard_error: float
    interval_low: float
    interval_high: float
    spread_low: float
    spread_high: float
    rise: float
    fall: float
    runs: int


@dataclass(frozen=True)
class Parting:
    """When the runs of two scenarios part.

    `first` is the first month in which any run differs (None: never), `half` the month by which
    half of them do; `share` is the share of runs that ever differ, NaN where the cases have
    different actors, so that their runs cannot be the same.
    """

    base: str
    other: str
    first: int | None
    half: int | None
    share: float
    date: str


@dataclass(frozen=True)
class RungChance:
    """Share of runs of a scenario in which an actor ever reaches `rung`."""

    scenario: str
    actor: str
    name: str
    group: str
    rung: int
    chance: float


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


def standard_error(gaps: Reals) -> float:
    """Of the mean of `gaps`; NaN for a single one."""
    return float(gaps.std(ddof=1)) / math.sqrt(len(gaps)) if len(gaps) > 1 else math.nan


def half_interval(gaps: Reals) -> float:
    """What lies on either side of the mean of `gaps` in its interval; NaN for a single one."""
    from scipy.special import stdtrit

    if len(gaps) < 2:
        return math.nan
    return float(stdtrit(len(gaps) - 1, (1 + INTERVAL) / 2)) * standard_error(gaps)


def difference(outcome: str, base: Result, other: Result) -> Difference:
    """One outcome against the base; NaN where no pair of runs has it."""
    ours, theirs = paired(base.outcomes[outcome], other.outcomes[outcome])
    gap = theirs - ours
    pairs = len(gap)
    if pairs == 0:
        gap = ours = theirs = np.array([math.nan])
    mean = float(gap.mean())
    half = half_interval(gap)
    low, high = np.quantile(gap, (0.05, 0.95))
    return Difference(
        outcome,
        base.units[outcome][0],
        base.name,
        other.name,
        float(np.median(ours)),
        float(np.median(theirs)),
        float(ours.mean()),
        float(theirs.mean()),
        mean,
        standard_error(gap),
        mean - half,
        mean + half,
        float(low),
        float(high),
        float((gap > 0).mean()) if pairs else math.nan,
        float((gap < 0).mean()) if pairs else math.nan,
        pairs,
    )


def differences(results: Sequence[Result]) -> list[Difference]:
    """Every outcome of the world and of groups, for each scenario against the first.

    What not all of them have is left out: when the condition of an intervention was met.
    """
    check_paired(results)
    base = results[0]
    shared = [name for name in base.outcomes if all(name in other.outcomes for other in results)]
    outcomes = [name for name in shared if not name.startswith(BY_ACTOR)]
    return [difference(name, base, other) for other in results[1:] for name in outcomes]


def is_headline(outcome: str, issues: Collection[str]) -> bool:
    """Whether a first look wants this outcome; `issues` are those that it shows."""
    name, _, subject = outcome.partition(":")
    if name in HEADLINES_BY_ISSUE:
        return subject in issues
    return any(
        outcome.startswith(name) if name.endswith(":") else outcome == name for name in HEADLINES
    )


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
    return [name for name in result.outcomes if name.startswith(BY_ACTOR)]


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
