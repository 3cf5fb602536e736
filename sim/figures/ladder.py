"""`--picture ladder`: the rung of each actor by month, as a heat map."""

import textwrap
from collections.abc import Iterator, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure

from sim.case.ladder import EVERY_RUNG
from sim.figures.page import CHANCE, WARNING, Asked, Picture, foot_axes, labels, provenance, sheet
from sim.figures.style import BODY, PRINT, SMALL, Paper, Reals, calendar_axis, years
from sim.model.calendar import MONTHS_A_YEAR
from sim.model.vocab import RUNG_WORDS, RUNGS
from sim.store.facts import rungs_in_use
from sim.store.read import Result, Series

SHADES = 2
"""Shades a rung: a mean of 3.5 is told from one of 3."""

SCALE = "viridis_r"

ROW = 0.36
"""Height of a row, cm."""

BAR, LOW_BAR = 2.0, 1.0
"""Height of the key of the colours, with its words and without, cm."""

Row = tuple[str, str | None]
"""What stands beside a row, and the actor's id; a heading has none."""


def rung_colours() -> tuple[ListedColormap, BoundaryNorm]:
    """Steps of an even, colour-blind-safe scale, dark at the top, and the means they stand for."""
    steps = SHADES * (RUNGS - 1) + 1
    edges = (np.arange(steps + 1) - 0.5) / SHADES
    shades = mpl.colormaps[SCALE](np.linspace(0, 1, steps))
    return ListedColormap(shades), BoundaryNorm(edges, steps)


def ladder_rows(result: Result) -> list[Row]:
    """Actors under their groups: the largest group first, then the highest mean rung at the end."""
    ends = {one.actor: one for one in result.actors if one.quantity == "rung_end"}
    members: dict[str, list[str]] = {}
    for actor, one in ends.items():
        members.setdefault(one.group, []).append(actor)
    rows: list[Row] = []
    for group in sorted(members, key=lambda group: (-len(members[group]), group)):
        rows.append((group, None))
        ranked = sorted(members[group], key=lambda actor: (-ends[actor].mean, actor))
        rows += [(ends[actor].name, actor) for actor in ranked]
    return rows


def mean_rungs(result: Result, rows: Sequence[Row]) -> Reals:
    """Mean rung over runs, `[row, month]`; NaN in the rows of headings and of unknown actors."""
    blank = np.full(result.months + 1, np.nan)
    known = {actor: one.mean for (metric, actor), one in result.series.items() if metric == "rung"}
    return np.array([known.get(actor, blank) if actor else blank for _, actor in rows])


def draw_ladder(
    result: Result, ax: Axes, rows: Sequence[Row] | None = None, years_marked: int = 7
) -> Axes:
    """Draw the mean rung (0 to 7) of each actor by month, over calendar time in decimal years.

    Behind each row stand the mean in the last month and the rungs between which 90 % of runs lie
    then. `rows` are those of `ladder_rows`
    for `result` if not given.
    """
    rows = ladder_rows(result) if rows is None else rows
    values = mean_rungs(result, rows)
    dates = next(one.dates for (metric, _), one in result.series.items() if metric == "rung")
    half = 0.5 / MONTHS_A_YEAR
    columns = np.append(years(dates) - half, years(dates)[-1] + half)
    colours, norm = rung_colours()
    ax.pcolormesh(
        columns, np.arange(len(rows) + 1), values, cmap=colours, norm=norm, rasterized=True
    )
    calendar_axis(ax, dates, years_marked)
    _name_rows(rows, ax)
    for place, (_, actor) in enumerate(rows):
        if actor and ("rung", actor) in result.series:
            _note(f" {at_the_end(result.series['rung', actor])}", place + 0.5, ax)
    return ax


def at_the_end(one: Series) -> str:
    """The mean in the last month, and the rungs between which 90 % of runs lie, if they differ."""
    low, high = (one.quantiles[name][-1] for name in ("q05", "q95"))
    return f"{one.mean[-1]:.1f}" + (f" ({low:.0f}–{high:.0f})" if low < high else "")


def _note(text: str, y: float, ax: Axes) -> None:
    """Text behind the row at `y`."""
    ax.text(1, y, text, transform=ax.get_yaxis_transform(), va="center_baseline", fontsize=SMALL)


def _name_rows(rows: Sequence[Row], ax: Axes) -> None:
    ax.set_ylim(len(rows), 0)
    ax.set_yticks(np.arange(len(rows)) + 0.5, [name for name, _ in rows])
    ax.tick_params(labelsize=SMALL, length=2.5, width=0.6)
    ax.tick_params(axis="y", length=0)
    for (_, actor), label in zip(rows, ax.get_yticklabels(), strict=True):
        label.set_fontweight("normal" if actor else "bold")
    ax.spines[:].set_visible(False)


def draw_rung_bar(ax: Axes, rungs: Sequence[int] = EVERY_RUNG, words: bool = True) -> Axes:
    """Draw the key of the colours along `ax`, each of the rungs with its number and its words."""
    colours, norm = rung_colours()
    figure = ax.get_figure()
    assert figure is not None
    bar = figure.colorbar(ScalarMappable(norm, colours), cax=ax, orientation="horizontal")
    names = [textwrap.fill(RUNG_WORDS[rung], 11) if words else "" for rung in rungs]
    bar.set_ticks(
        list(rungs), labels=[f"{a}\n{b}".strip() for a, b in zip(rungs, names, strict=True)]
    )
    bar.ax.tick_params(labelsize=SMALL, length=0)
    bar.outline.set_visible(False)
    bar.minorticks_off()
    return ax


def ladders(results: Sequence[Result], first: Result | None = None, paper: Paper = PRINT) -> Figure:
    """One heat map a scenario side by side, the actors in the order of `first`.

    That is the first of `results` unless given, as for a second page. Raises ValueError for more
    scenarios than fit.
    """
    if len(results) > paper.ladders:
        raise ValueError(f"{paper.ladders} scenarios at most fit side by side")
    first, broad = first or results[0], paper is PRINT
    rows, names = ladder_rows(first), labels(results, paper)
    rungs = rungs_in_use(first.manifest)
    caption = _caption(results, first, () if broad else rungs)
    title = "Rung of each actor by month"
    figure = sheet(
        ROW * len(rows) + 1.8, title, caption, foot=BAR if broad else LOW_BAR, paper=paper
    )
    panels = figure.subplots(1, len(results), squeeze=False)[0]
    for one, name, ax in zip(results, names, panels, strict=True):
        draw_ladder(one, ax, rows, max(3, 7 // len(results)) if broad else 3)
        ax.tick_params(labelleft=ax is panels[0])
        title = textwrap.fill(name, (56 if broad else 28) // len(results))
        ax.set_title(title, fontsize=BODY, loc="left", parse_math=False)
    draw_rung_bar(foot_axes(figure, BAR if broad else LOW_BAR), rungs, broad)
    return figure


def _caption(results: Sequence[Result], first: Result, rungs: Sequence[int]) -> str:
    order = (
        "which gives the order" if [first] == list(results) else f"in the order of {first.title}"
    )
    key = ", ".join(f"{rung} {RUNG_WORDS[rung]}" for rung in rungs)
    spread = f"; in brackets, where 90 % of runs lie, {CHANCE}"
    return (
        f"Colour: mean rung, to the nearest half; number: that of the last month, {order}"
        f"{spread if any(one.runs > 1 for one in results) else ''}."
        f"{f' Rungs: {key}.' if key else ''}"
        f"\n{provenance(results)} {WARNING}"
    )


def _draw(results: Sequence[Result], asked: Asked) -> Iterator[Figure]:
    most = asked.paper.ladders
    for first in range(0, len(results), most):
        yield ladders(results[first : first + most], results[0], asked.paper)


PICTURE = Picture(lambda result: [], lambda results, metrics: None, _draw)
