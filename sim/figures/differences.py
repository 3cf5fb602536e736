"""`--picture differences`: what a scenario changes in an outcome, run by run."""

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from sim.analysis.compare import Difference, check_paired, difference
from sim.figures.page import (
    CHANCE,
    WARNING,
    Asked,
    Picture,
    handles,
    labels,
    pages,
    provenance,
    sheet,
)
from sim.figures.style import PRINT, SMALL, Look, Paper, look, tidy
from sim.figures.words import chosen_outcomes, least_difference, scale_of, title_of_outcome, usual
from sim.measures.catalog import measure_of
from sim.runs.prospect import Contents
from sim.store.read import Result

LANE, ROOM, ABOVE = 0.26, 0.85, 0.75
"""Height of a scenario in a row, of the rest of a row, and of words above it, cm."""

LEAST_SHARE = 5.0
"""Share of runs, in per cent, that an axis of shares shows at least."""

Lane = tuple[str, Difference, Look]
"""What a scenario is called, its difference, and how it is drawn."""


def is_rare(one: Difference) -> bool:
    """Whether so few runs differ that the mean or its error lies outside of 90 % of them."""
    outside = one.interval_low < one.spread_low or one.interval_high > one.spread_high
    return outside and one.equal > 0.5


def draw_difference(lanes: Sequence[Lane], ax: Axes, least: float = 0.0) -> Axes:
    """Draw differences in one outcome, a lane for each scenario, top down.

    x is in the unit of the outcome and shows `least` on either side of 0. A dot is the mean, the
    thick bar its interval, the thin bar the spread over runs.
    """
    ax.axvline(0, color="black", linewidth=0.8)
    for place, (label, one, style) in enumerate(lanes):
        spread = one.spread_low, one.spread_high
        ax.plot(spread, (place, place), color=style.colour, linewidth=1, marker="|")
        ax.hlines(place, one.interval_low, one.interval_high, color=style.colour, linewidth=4)
        dot = {**style.dots, "markersize": 6, "markeredgecolor": "white", "markeredgewidth": 0.6}
        ax.plot(one.difference, place, **dot, label=label, zorder=3)
    _tidy_lanes(lanes, ax, least)
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    return ax


def draw_shares(lanes: Sequence[Lane], ax: Axes) -> Axes:
    """Draw in how many of the runs each scenario lies lower (left of 0) and higher, in per cent."""
    ax.axvline(0, color="black", linewidth=0.8)
    for place, (label, one, style) in enumerate(lanes):
        for share in (100.0 * one.higher, -100.0 * one.lower):
            ax.barh(place, share, height=0.55, color=style.colour, label=label)
    _tidy_lanes(lanes, ax, LEAST_SHARE)
    ax.xaxis.set_major_formatter(lambda x, _: f"{abs(x):g} %")
    return ax


def _tidy_lanes(lanes: Sequence[Lane], ax: Axes, least: float) -> None:
    tidy(ax)
    ax.update_datalim([(-least, 0), (least, 0)])
    ax.autoscale_view(scaley=False)
    ax.set_ylim(len(lanes) - 0.4, -0.6)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))


def differences(
    base: Result,
    others: Sequence[Result],
    metrics: Sequence[str] | None = None,
    paper: Paper = PRINT,
) -> Figure:
    """Paired differences of `others` to `base`, one row an outcome and one look a scenario.

    `metrics` are columns of `runs.csv.gz`; a name with subjects stands for all of them. Raises
    ValueError for one that is not in every result, and NotPaired for results that do not belong
    together run by run.
    """
    results = [base, *others]
    check_paired(results)
    wanted = chosen_outcomes(results, usual(results) if metrics is None else metrics)
    names, above = labels(results, paper), paper is not PRINT
    room = ROOM + LANE * max(2, len(others)) + (ABOVE if above else 0.0)
    title = f"Differences from: {names[0]}"
    keys = handles(names[1:], first=1, dashed=False)
    figure = sheet(room * len(wanted), title, _caption(results), keys, paper=paper)
    rows = figure.subplots(len(wanted), 1, squeeze=False)[:, 0]
    looks = [look(place + 1) for place in range(len(others))]
    for name, ax in zip(wanted, rows, strict=True):
        lanes = [
            (label, difference(name, base, one), style)
            for label, one, style in zip(names[1:], others, looks, strict=True)
        ]
        _draw_row(name, lanes, base, ax, above)
    return figure


def _draw_row(name: str, lanes: Sequence[Lane], base: Result, ax: Axes, above: bool) -> None:
    """One outcome: in its unit, in shares of runs where few differ, in words where none does."""
    found = [one for _, one, _ in lanes]
    rare = any(map(is_rare, found))
    if rare:
        draw_shares(lanes, ax)
    else:
        unit = base.units[name][0]
        mean = float(np.nanmean(base.outcomes[name]))
        draw_difference(lanes, ax, least_difference(name.partition(":")[0], unit, mean))
    if all(one.equal == 1.0 for one in found):
        words = f"no difference in any of {found[0].runs:,} pairs"
        ax.text(0.51, 0.5, words, transform=ax.transAxes, va="center", fontsize=SMALL)
    words = f"{title_of_outcome(name, base)}\n{_unit(name, base, found, rare)}"
    if above:
        ax.set_title(words, fontsize=SMALL, loc="left")
    else:
        ax.set_ylabel(words, fontsize=SMALL, rotation=0, ha="right", va="center")


def _unit(name: str, base: Result, found: Sequence[Difference], rare: bool) -> str:
    """When the outcome is taken, its unit, and the pairs where not every run has one."""
    measure = measure_of(name)
    words = [measure.when] if measure and measure.when else []
    unit = scale_of(name.partition(":")[0], base.units[name][0])
    words.append("runs lower | higher" if rare else unit)
    counts = sorted({one.runs for one in found} - {base.runs})
    words += [f"{' or '.join(map(str, counts))} pairs"] if counts else []
    return "; ".join(words)


def _caption(results: Sequence[Result]) -> str:
    return (
        "Differences run by run. Dot: mean; thick bar: 90 % interval of the mean, unseen where "
        "the dot is wider; thin bar: from 5 % to 95 % of the differences. Where few runs differ: "
        f"in how many the scenario lies lower or higher. Bars are {CHANCE}. Each row has its own "
        f"scale.\n{provenance(results)} {WARNING}"
    )


def _shows(result: Contents) -> list[str]:
    return list(result.outcomes)


def _check(results: Sequence[Contents], metrics: Sequence[str]) -> None:
    check_paired(results)
    chosen_outcomes(results, metrics or usual(results))


def _draw(results: Sequence[Result], asked: Asked) -> Iterator[Figure]:
    for page in pages(results):
        yield differences(page[0], page[1:], asked.metrics or None, asked.paper)


PICTURE = Picture(_shows, _check, _draw, least=2)
