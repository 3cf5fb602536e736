"""Scenarios played in memory, and the one way to hold them against a kept figure."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sim.engine.ensemble import simulate
from sim.measures.catalog import outcomes_of
from sim.measures.members import members_of
from sim.measures.reader import Reader
from sim.model.metrics import Metrics
from sim.model.schema import columns
from sim.model.vocab import RECOGNITION
from sim.planning.compile import compile_scenario
from sim.scenario.load import load_scenario
from tests.reference.figures import ENTRIES, Figure

Reals = npt.NDArray[np.float64]

REFERENCE_RUNS = 4_000
REFERENCE_SEED = 1
"""With it every figure comes out to the last digit: the kept ones are of these runs."""

YEARS = 5
STANDARD_ERRORS = 4.0
"""Some 180 figures are compared, so that chance alone may bring one beyond three."""

BY_MONTH = {
    figure.outcome for entry in ENTRIES.values() for figure in entry.figures if figure.months
}
"""Metrics that some figure takes over a part of the months."""


@dataclass(frozen=True)
class Played:
    """Runs of a scenario: outcomes `[run]`, and metrics `[run, month]` that figures need."""

    outcomes: dict[str, Reals]
    months: dict[str, Reals]


@lru_cache(maxsize=6)
def played(name: str, runs: int, seed: int) -> Played:
    """The first `runs` runs of the scenario `name`."""
    loaded = load_scenario(name)
    compiled = compile_scenario(loaded.case, loaded.scenario)
    members = members_of(loaded.case, compiled.conditions)
    names = outcomes_of(members)
    reader = Reader(members, names)
    outcomes: dict[str, list[Reals]] = {}
    months: dict[str, list[Reals]] = {}
    for chunk in simulate(compiled.start, compiled.uids, compiled.months, runs, seed):
        trajectories = chunk.trajectories
        read, _ = reader.read_months(members, trajectories, chunk.first_run)
        for outcome, values in zip(names, read, strict=True):
            outcomes.setdefault(outcome, []).append(values)
        for metric in BY_MONTH:
            months.setdefault(metric, []).append(trajectories.metrics[metric].copy())
    return Played(
        {outcome: np.concatenate(parts) for outcome, parts in outcomes.items()},
        {metric: np.concatenate(parts) for metric, parts in months.items()},
    )


def quantity(runs: Played, figure: Figure) -> Reals:
    """What the figure is about, by run."""
    if figure.months:
        first, last = figure.months
        window = runs.months[figure.outcome][:, first : last + 1]
        flow = columns(Metrics)[figure.outcome].flow
        return np.asarray(window.sum(axis=1) if flow else window.mean(axis=1))
    values = runs.outcomes[figure.outcome].astype(float)
    for actor in figure.without:
        values = values - (runs.outcomes[f"rung_highest:{actor}"] == RECOGNITION)
    return values / YEARS if figure.each == "year" else values


def ratio(above: Reals, below: Reals) -> Reals:
    """By run, what has the ratio of two means as its mean and its error as its error."""
    whole = above.mean() / below.mean()
    return np.asarray(whole + (above - whole * below) / below.mean())


def values_of(runs: Played, partner: Played, figure: Figure) -> Reals:
    """By run, that of which the figure is the mean (or a quantile)."""
    values = quantity(runs, figure)
    if figure.of == "difference":
        return values - quantity(partner, figure)
    if figure.of == "relative difference":
        return ratio(values, quantity(partner, figure)) - 1.0
    if figure.of == "share above 0":
        return (values > 0).astype(float)
    return ratio(values, runs.outcomes[figure.per]) if figure.of == "ratio" else values


def estimate(values: Reals, figure: Figure) -> float:
    """The figure as measured."""
    if figure.of == "quantile":
        return float(np.quantile(values, figure.at))
    return float(values.mean())


def spread(values: Reals, figure: Figure, errors: float) -> tuple[float, float]:
    """From where to where the figure may lie, `errors` times the standard error of one run away.

    A quantile is taken as much lower and higher as the share of runs below it may be off.
    """
    if figure.of == "quantile":
        reach = errors * (figure.at * (1 - figure.at)) ** 0.5
        low, high = np.quantile(values, np.clip((figure.at - reach, figure.at + reach), 0, 1))
        return float(low), float(high)
    middle, deviation = float(values.mean()), float(values.std(ddof=1))
    if figure.of == "share above 0":
        deviation = max(deviation, (figure.value * (1 - figure.value)) ** 0.5)
    return middle - errors * deviation, middle + errors * deviation


def is_met(values: Reals, figure: Figure, *, same_draws: bool) -> bool:
    """Whether the kept value lies within rounding and Monte-Carlo error of what was measured.

    Where `same_draws`, the runs are the first ones of those behind the figure: the two then err in
    common, and with all of them only rounding is left.
    """
    common = -1.0 if same_draws else 1.0
    error = max(0.0, 1 / len(values) + common / REFERENCE_RUNS) ** 0.5
    low, high = spread(values, figure, STANDARD_ERRORS * error)
    half = figure.half * (1 + 1e-6)
    return low - half <= figure.value <= high + half
