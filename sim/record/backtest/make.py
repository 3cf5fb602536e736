"""The backtest of a case: every test with its forecasts, and their scores as lines of a table."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from sim.case.case import Case
from sim.io.documents import did_you_mean
from sim.io.errors import BadFile, Fault
from sim.measures.members import Places, Reals
from sim.record.backtest import amounts, counts, rungs
from sim.record.backtest.file import BacktestFile
from sim.record.backtest.naive import Moves
from sim.record.backtest.scores import (
    CENTRAL,
    brier,
    continuous_ranked_probability,
    ignorance,
    interval_score,
    ranked_probability,
    resampled_interval,
    rung_intervals,
    sample_intervals,
    transform_spread,
)
from sim.record.ensemble import Runs, load_file
from sim.record.patterns.play import fitting_named, load_patterns

OUTER = CENTRAL[-1]

SEEN, CLIMBS, ALL_AMOUNTS = "seen", "actors that climb", "all amounts"

UNIFORM = "of a uniform one"

MODELS = (rungs.MODEL, rungs.REFITTED, counts.MODEL)
"""Rules that are no naive ones."""

NOTHING = (math.nan, math.nan)


@dataclass(frozen=True)
class Backtest:
    """All tests of a case, and the runs with which the model was played."""

    case: Case
    file: BacktestFile
    rungs: tuple[rungs.RungTest, ...]
    amounts: tuple[amounts.Sighting, ...]
    counts: tuple[counts.Count, ...]
    how: Runs


@dataclass(frozen=True)
class Score:
    """A score of a rule in a test. NaN where a number means nothing."""

    test: Annotated[str, "", "what was forecast"]
    rule: Annotated[str, "", "who forecast it: the model or a naive rule; `seen` is the record"]
    score: Annotated[str, "", "how it was scored; lower is better but for coverage and spread"]
    unit: Annotated[str, "", "unit of the score"]
    value: Annotated[float, "unit of the row", "mean over the cases"]
    low: Annotated[float, "unit of the row", "lower end of its 90 % interval, over resampled cases"]
    high: Annotated[float, "unit of the row", "upper end of that interval"]
    worse: Annotated[float, "unit of the row", "the value less that of the model as it is set"]
    worse_low: Annotated[float, "unit of the row", "lower end of the 90 % interval of `worse`"]
    worse_high: Annotated[float, "unit of the row", "upper end of that interval"]
    cases: Annotated[int, "cases", "actors, values or years; 0 if it is no mean over these"]


def backtest(case: str, how: Runs) -> Backtest:
    """Play and fit all that a case's `backtest.yaml` asks for; raises MissingFile or BadFile."""
    loaded, file = load_file(BacktestFile, case, "backtest.yaml")
    patterns = load_patterns(case) if file.counts else None
    known = list(patterns.file.fits) if patterns else []
    for name in file.counts:
        if name not in known:
            message = f"no fit {name!r} in patterns.yaml{did_you_mean(name, known)}"
            raise BadFile([Fault(f"{case}/backtest.yaml", None, "counts", message)])
    windows = file.rungs.windows if file.rungs else []
    tests = [rungs.tested(file.rungs, loaded, each, how) for each in windows if file.rungs]
    seen = amounts.sightings(file.amounts, loaded, how) if file.amounts else []
    years = [
        each
        for name in file.counts
        if patterns
        for each in counts.counts_of(name, fitting_named(patterns, name))
    ]
    return Backtest(loaded, file, tuple(tests), tuple(seen), tuple(years), how)


def plays(file: BacktestFile, runs: int) -> int:
    """How many runs of the model a backtest plays, those of its fits included."""
    windows = file.rungs.windows if file.rungs else []
    whole = sum(1 + (window.fit is not None) for window in windows) + (file.amounts is not None)
    tries = rungs.HALVINGS * sum(window.fit is not None for window in windows)
    return whole * runs + tries * min(runs, rungs.FIT_RUNS)


Cases = Mapping[str, tuple[str, Reals]]
"""A score by name: its unit, and its value in each case."""


def scores(found: Backtest) -> Iterator[Score]:
    """Every score of every rule, test by test, the model first in each."""
    seed = found.how.seed
    for one in found.rungs:
        test = f"rungs, {one.window.title}"
        by_rule = {each.rule: rung_cases(each.chances, one.moves) for each in one.forecasts}
        yield from _compared(test, by_rule, seed)
        for each in one.forecasts:
            yield _spread(test, each.rule, transform_spread(each.chances, one.moves.after))
            yield _climbs(test, each, one.moves)
        yield _alone(test, SEEN, CLIMBS, "actors", float(one.moves.climbed.sum()))
    for title in dict.fromkeys(each.title for each in found.amounts):
        own = [each for each in found.amounts if each.title == title]
        yield from _compared(title, amount_cases(own), seed)
    both = [each for each in found.amounts if len(each.samples) > 1]
    if both:
        yield from _compared(ALL_AMOUNTS, amount_cases(both), seed)
    for record in dict.fromkeys(each.record for each in found.counts):
        years = [each for each in found.counts if each.record == record]
        yield from _compared(f"recognitions a year, {record}", count_cases(years), seed)
        yield from _yearly(years)


def _spread(test: str, rule: str, spread: float) -> Score:
    return _alone(test, rule, "spread of the transform", UNIFORM, spread)


def _climbs(test: str, forecast: rungs.Forecast, moves: Moves) -> Score:
    """How many actors climb: expected, and the ends of 90 % of the runs where there are any."""
    higher = np.arange(forecast.chances.shape[1]) > moves.before[:, None]
    ends = tuple(np.quantile(forecast.climbs, (0.05, 0.95))) if len(forecast.climbs) else NOTHING
    mean = float((forecast.chances * higher).sum())
    return _alone(test, forecast.rule, CLIMBS, "actors", mean, float(ends[0]), float(ends[1]))


def _yearly(years: Sequence[counts.Count]) -> Iterator[Score]:
    """What each rule expects of each year, with the ends of 90 % of its chances; and the record."""
    for each in years:
        test, score = f"recognitions a year, {each.record}", f"recognitions in {each.year}"
        for rule, chances in each.chances.items():
            held = rung_intervals(chances[None, :], np.array([each.seen]), OUTER)
            mean = float(chances @ np.arange(len(chances)))
            yield _alone(test, rule, score, "states", mean, float(held.low[0]), float(held.high[0]))
        yield _alone(test, SEEN, score, "states", float(each.seen))


def _alone(test: str, rule: str, score: str, unit: str, value: float, *ends: float) -> Score:
    """A number that is no mean over cases."""
    low, high = ends or NOTHING
    return Score(test, rule, score, unit, value, low, high, *(math.nan,) * 3, 0)


def rung_cases(chances: Reals, moves: Moves) -> Cases:
    """Scores of chances `[actor, rung]`, by actor."""
    outer = rung_intervals(chances, moves.after, OUTER)
    higher = np.arange(chances.shape[1]) > moves.before[:, None]
    climb = np.asarray((chances * higher).sum(axis=1))
    return {
        "ranked probability score": ("rungs", ranked_probability(chances, moves.after)),
        "ignorance": ("bits", ignorance(chances, moves.after)),
        "Brier score of a climb": ("", brier(climb, moves.climbed)),
        "interval score, 90 %": ("rungs", interval_score(outer, moves.after.astype(float), OUTER)),
        **{
            f"held by the {share:.0%} interval".replace("%", " %"): (
                "share",
                rung_intervals(chances, moves.after, share).held,
            )
            for share in CENTRAL
        },
    }


def amount_cases(seen: Sequence[amounts.Sighting]) -> dict[str, Cases]:
    """Scores by rule and value of the record, of those values that every rule has a sample for."""
    rules = [name for name in seen[0].samples if all(name in each.samples for each in seen)]
    return {
        rule: _sample_cases([each.samples[rule] for each in seen], [each.value for each in seen])
        for rule in rules
    }


def _sample_cases(samples: Sequence[Reals], seen: Sequence[float]) -> Cases:
    values = [(own[None, :], np.array([value])) for own, value in zip(samples, seen, strict=True)]
    found = {
        "continuous ranked probability score": (
            "of the logarithm",
            np.concatenate([continuous_ranked_probability(*each) for each in values]),
        )
    }
    for share in CENTRAL:
        held = [sample_intervals(*each, share).held for each in values]
        name = f"held by the {share:.0%} interval".replace("%", " %")
        found[name] = ("share", np.concatenate(held))
    return found


def count_cases(years: Sequence[counts.Count]) -> dict[str, Cases]:
    """Scores by rule and year of chances of how many states recognise."""
    seen = np.array([each.seen for each in years], np.int64)
    return {
        rule: _chance_cases(np.stack([each.chances[rule] for each in years]), seen)
        for rule in years[0].chances
    }


def _chance_cases(chances: Reals, seen: Places) -> Cases:
    return {
        "continuous ranked probability score": ("states", ranked_probability(chances, seen)),
        "ignorance": ("bits", ignorance(chances, seen)),
        "held by the 90 % interval": ("share", rung_intervals(chances, seen, OUTER).held),
    }


def _compared(test: str, by_rule: Mapping[str, Cases], seed: int) -> Iterator[Score]:
    """The scores of all rules in a test; each is held against that of the first, case by case."""
    first = next(iter(by_rule.values()))
    for rule, cases in by_rule.items():
        for name, (unit, values) in cases.items():
            worse = values - first[name][1]
            ends = (
                (math.nan,) * 3
                if cases is first
                else (float(worse.mean()), *resampled_interval(worse, seed))
            )
            value = float(values.mean()), *resampled_interval(values, seed)
            yield Score(test, rule, name, unit, *value, *ends, len(values))
