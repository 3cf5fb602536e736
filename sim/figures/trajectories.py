"""`--picture trajectories`: quantities by month, medians and bands, by scenario."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.analysis.replay import runs_by_month
from sim.figures.axes import scale_panels
from sim.figures.page import (
    CHANCE,
    WARNING,
    Asked,
    Picture,
    handles,
    labels,
    multiples,
    pages,
    provenance,
)
from sim.figures.style import (
    BODY,
    PRINT,
    SMALL,
    Look,
    Paper,
    Reals,
    calendar_axis,
    look,
    tidy,
    years,
)
from sim.figures.words import (
    chosen,
    root_of,
    title_of,
    title_of_outcome,
    unit_of,
    usual,
)
from sim.measures.measure import Key, name_of
from sim.record.dots import Dot
from sim.record.hindcast import record_by_month
from sim.runs.prospect import Contents
from sim.store.read import Result, Series

MOST_BANDS = 3
"""Scenarios whose bands may overlap in a panel; more of them have bars at the end instead."""

OUTER, INNER = ("q05", "q95"), ("q25", "q75")

ROW = 3.9
"""Height of a row of panels, cm."""

TOP, STEP = 0.97, 0.06
"""Where the wedges of the first scenario stand, and those of the next one below them, as shares."""

SEASONAL = ("relief_pledged", "relief_delivered")

SEASON = (
    "The yearly swing of relief is the season of pledges (parameter season_amplitude), not chance."
)

RECORD = (
    "Crosses: what the record has, if anything, with the time for which it stands; "
    "the model was set up with it in view."
)

BAR: dict[str, Any] = {"color": "black", "linewidth": 0.8}
CROSS: dict[str, Any] = {
    "color": "black",
    "marker": "X",
    "markersize": 6.5,
    "markeredgecolor": "white",
    "linestyle": "none",
}
"""What the record has: a cross, for dots are runs."""

NOTHING: Mapping[Key, Sequence[Dot]] = {}

TITLE = 44
"""Letters of a panel's title that fit in a line."""


def draw_trajectory(
    series: Sequence[tuple[str, Series]],
    ax: Axes,
    dates: Sequence[str] = (),
    title: str = "",
    first: int = 0,
    most: int = 7,
) -> Axes:
    """Draw one quantity by month for each `(label, Series)`: the median and where runs lie.

    x is in decimal years, y in the unit of the series (a flow: that of one month). Up to
    `MOST_BANDS` scenarios have bands of 50 % and 90 % of runs; more of them have a thick and a
    thin bar for the last month instead. Where medians hide what happens in few runs, means are
    drawn too, as thin dotted lines. The axis runs over `dates` too, with labels for `most` years.
    Without a title the panel is called by its metric and subject. Looks are those from `first` on.
    """
    banded, few = len(series) <= MOST_BANDS, hidden([one for _, one in series])
    for place, (label, one) in enumerate(series):
        style, marked = look(place + first), _marked(one, place, len(series))
        if banded:
            _draw_bands(one, style, ax)
        line = {**style.line, "markevery": marked, "zorder": 3}
        ax.plot(years(one.dates), one.quantiles["q50"], **line, label=label)
        if few:
            dots = {**line, "linestyle": ":", "linewidth": 1, "markersize": 2.5}
            ax.plot(years(one.dates), one.mean, **dots)
    calendar_axis(ax, [*dates, *(date for _, one in series for date in one.dates)], most)
    if not banded:
        _draw_bars([one for _, one in series], first, ax)
    _name(series[0][1], title, few, ax)
    return ax


def hidden(series: Sequence[Series]) -> bool:
    """Whether a mean lies outside the inner half of runs in more than a quarter of the months."""
    return any(
        np.mean((one.mean < one.quantiles["q25"]) | (one.mean > one.quantiles["q75"])) > 0.25
        for one in series
    )


def _draw_bands(one: Series, style: Look, ax: Axes) -> None:
    for (low, high), alpha in ((OUTER, 0.13), (INNER, 0.22)):
        edges = one.quantiles[low], one.quantiles[high]
        ax.fill_between(years(one.dates), *edges, color=style.colour, alpha=alpha, linewidth=0)


def _marked(one: Series, place: int, scenarios: int) -> tuple[int, int]:
    """The first month with a marker and the months between two, out of step between scenarios."""
    gap = max(1, len(one.dates) // 4)
    return gap * place // scenarios, gap


def _draw_bars(series: Sequence[Series], first: int, ax: Axes) -> None:
    """Beside the last month, where 50 % and 90 % of runs lie."""
    left, end = ax.get_xlim()
    gap = 0.025 * (end - left)
    for place, one in enumerate(series):
        style, x = look(place + first), end + gap * (place + 1)
        for (low, high), width in ((OUTER, 1.0), (INNER, 3.0)):
            edges = one.quantiles[low][-1], one.quantiles[high][-1]
            ax.vlines(x, *edges, color=style.colour, linewidth=width)
        ax.plot(x, one.quantiles["q50"][-1], **style.dots)
    ax.set_xlim(left, end + gap * (len(series) + 1))
    ax.spines["bottom"].set_bounds(left, end)


def _mark(begun: Sequence[int], one: Series, place: int, ax: Axes) -> None:
    """A wedge below the upper edge for each month in which interventions begin."""
    dates = [date for month, date in zip(one.months, one.dates, strict=True) if month in begun]
    wedge = {**look(place).dots, "marker": "v", "markersize": 3}
    height = np.full(len(dates), TOP - STEP * place)
    ax.plot(years(dates), height, **wedge, transform=ax.get_xaxis_transform(), zorder=4)


def _name(one: Series, title: str, few: bool, ax: Axes) -> None:
    tidy(ax)
    title = title or title_of(one.metric, one.subject)
    words = fill(f"{title} (dotted: mean)" if few else title, TITLE)
    ax.set_title(words, fontsize=BODY, loc="left", parse_math=False)
    ax.set_ylabel(unit_of(one.metric, one.unit), fontsize=SMALL)


def draw_runs(values: Reals, one: Series, style: Look, ax: Axes) -> Axes:
    """Draw single runs `[run, month]` of a series as thin lines, as far as it has these months."""
    lines = values[:, one.months].T
    ax.plot(years(one.dates), lines, color=style.colour, linewidth=0.5, alpha=0.6, zorder=2)
    return ax


def draw_record(dots: Sequence[Dot], ax: Axes) -> Axes:
    """Draw what the record has: crosses, each with a bar over the time for which it stands."""
    first, last = ax.get_xlim()
    for dot in dots:
        if first <= dot.middle <= last:
            ax.hlines(dot.value, max(dot.first, first), min(dot.last, last), **BAR, zorder=4)
            ax.plot(dot.middle, dot.value, **CROSS, zorder=5, clip_on=False)
    return ax


def trajectories(
    results: Sequence[Result],
    metrics: Sequence[str] | None = None,
    paper: Paper = PRINT,
    record: Mapping[Key, Sequence[Dot]] = NOTHING,
    single: Sequence[Reals] = (),
) -> Figure:
    """Small multiples over calendar time, one panel a quantity and one look a scenario.

    `metrics` are names as in `summary.csv`; a name with subjects stands for all of them, and
    `name:subject` for one. Raises ValueError for a name that is not in every result. `record` is
    what was observed of quantities; `single` has single runs `[run, quantity, month]` by scenario.
    """
    names = labels(results, paper)
    keys = chosen(results, usual(results) if metrics is None else metrics)
    signs = [*handles(names), *([Line2D([], [], **CROSS, label="record")] if record else [])]
    caption = _caption(results, keys, bool(record), len(single[0]) if single else 0)
    figure, axes = multiples(ROW, len(keys), "Scenarios by month", caption, signs, paper)
    panels = dict(zip(keys, axes, strict=True))
    dates = [date for one in results for key in keys for date in one.series[key].dates]
    for place, (key, ax) in enumerate(panels.items()):
        series = [(name, one.series[key]) for name, one in zip(names, results, strict=True)]
        for number, values in enumerate(single):
            draw_runs(values[:, place], series[number][1], look(number), ax)
        title = title_of_outcome(name_of(key), results[0])
        draw_trajectory(series, ax, dates, title, most=paper.years if len(panels) > 1 else 14)
        for number, (result, (_, one)) in enumerate(zip(results, series, strict=True)):
            _mark(result.begun, one, number, ax)
        draw_record(record.get(key, ()), ax)
    scale_panels(panels, {key: results[0].series[key].unit for key in keys})
    return figure


def _caption(results: Sequence[Result], keys: Sequence[Key], record: bool, single: int) -> str:
    where = "bands" if len(results) <= MOST_BANDS else "bars, last month"
    what = (
        f"Lines: medians; {where}: 50 % and 90 % of runs, {CHANCE}; dotted, where few runs differ "
        "from the rest: means."
    )
    if all(one.runs == 1 for one in results):
        what = "Lines: one run of each scenario, so there are no bands."
    words = [
        what,
        f"Thin lines: runs 0 to {single - 1}." if single else "",
        "Wedges: months in which interventions begin, but not those that wait for a condition.",
        SEASON if any(metric in SEASONAL for metric, _ in keys) else "",
        RECORD if record else "",
    ]
    return f"{' '.join(filter(None, words))}\n{provenance(results)} {WARNING}"


def shows(result: Contents) -> list[str]:
    """The series of a result, with and without their subjects."""
    return [metric for metric, _ in result.series] + [":".join(key) for key in result.series]


def _check(results: Sequence[Contents], metrics: Sequence[str]) -> None:
    chosen(results, metrics or usual(results))


def _draw(results: Sequence[Result], asked: Asked) -> Iterator[Figure]:
    keys = chosen(results, asked.metrics or usual(results))
    record = record_by_month(root_of(results[0])) if asked.record else {}
    for page in pages(results):
        single = [runs_by_month(one, keys, asked.runs) for one in page] if asked.runs else []
        yield trajectories(page, asked.metrics or None, asked.paper, record, single)


PICTURE = Picture(shows, _check, _draw)
