"""A result as text: how its headline outcomes are spread over the runs."""

from collections.abc import Iterator

import numpy as np

from sim.cli.console import INDENT, blocks, paragraph, percent, shown
from sim.figures.words import scale_of, title_of_outcome
from sim.measures.catalog import is_headline, is_whole, taken
from sim.measures.distribution import quantiles
from sim.measures.parts import CONDITION_MET
from sim.store.facts import headline_issues
from sim.store.read import Result

HEADER = ("mean", "median", "90 % of runs")

WHEN = {"total": "in total", "end": "at the end", "whole": "of the whole run"}


def label(name: str, unit: str, result: Result) -> str:
    """An outcome in words, with its unit or scale and when it is taken."""
    words = [scale_of(name.partition(":")[0], unit), WHEN.get(taken(name), "")]
    return f"{title_of_outcome(name, result)} ({'; '.join(filter(None, words))})"


def spread(result: Result) -> Iterator[tuple[str, list[str]]]:
    """Each headline outcome with its mean, its median and the range of 90 % of the runs.

    A share of runs is no more than its mean.
    """
    issues = headline_issues(result.manifest)
    for name, values in result.outcomes.items():
        known = values[~np.isnan(values)]
        if not is_headline(name, issues) or not len(known):
            continue
        unit, mean = result.units[name][0], shown(float(known.mean()))
        low, middle, high = map(shown, quantiles(known, is_whole(name), (0.05, 0.5, 0.95)))
        range_of_runs = [middle, f"{low} … {high}"] if unit != "flag" else ["", ""]
        yield label(name, unit, result), [mean, *range_of_runs]


def result_lines(result: Result, new: bool) -> Iterator[str]:
    """What a run gave."""
    there = "" if new else ", run before"
    words = f"{result.title}: {result.runs:,} runs of {result.months} months{there}"
    yield paragraph(words, "", INDENT)
    yield from blocks(HEADER, [*spread(result)])
    yield from (paragraph(line, INDENT, INDENT) for line in conditions(result))
    yield f"  in {result.folder}\n"


def conditions(result: Result) -> Iterator[str]:
    """A line on each condition of an intervention: how often it was met, and when."""
    for name, values in result.outcomes.items():
        metric, _, condition = name.partition(":")
        if metric != CONDITION_MET.name:
            continue
        met = values[~np.isnan(values)]
        share = percent(len(met) / result.runs)
        line = f"condition {condition} ({result.titles[name]}): met in {share} % of runs"
        if len(met):
            median = quantiles(met, whole=True, shares=(0.5,))[0]
            line += f", first in month {median:.0f} (median of these)"
        yield line
