"""The record over the simulated runs: dots over fans. Calibration, not validation (model 12)."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from sim.figures.page import WARNING, multiples
from sim.figures.style import BODY, PRINT, SMALL, Paper, calendar_axis, tidy
from sim.measures.distribution import Reals
from sim.record.hindcast import Fan, Hindcast, Panel

SIMULATED = "#0072B2"
"""Colour of what is simulated; the record is black."""

BANDS = (("q05", "q95", 0.16), ("q25", "q75", 0.30))
"""Lower and upper edge of each band, and how dark it is."""

ROW = 3.7
"""Height of a row of panels, cm."""

DOTS: dict[str, Any] = {
    "color": "black",
    "marker": "o",
    "markersize": 4.5,
    "markeredgecolor": "white",
}

Piece = tuple[Reals, npt.NDArray[np.int64]]
"""A stretch to draw: places in time, decimal years, and of points of the fan."""

CAUTION = "Calibration, not validation: the model was set up with this record in view."


def draw_hindcast(panel: Panel, ax: Axes) -> Axes:
    """Draw one panel over calendar time in decimal years, y in the unit of the panel.

    Bands of 50 % and 90 % of runs, the median, and the mean where medians hide it; dots of the
    record with a bar over the time for which each stands.
    """
    for piece in pieces(panel):
        draw_fan(panel.fan, piece, ax)
    for dot in panel.dots:
        ax.hlines(dot.value, dot.first, dot.last, color="black", linewidth=0.8, zorder=4)
        ax.plot(dot.middle, dot.value, **DOTS, linestyle="none", zorder=5, clip_on=False)
    tidy(ax)
    ax.update_datalim([(panel.fan.first[0], end) for end in panel.shown])
    ax.autoscale_view(scalex=False)
    ax.set_title(panel.title, fontsize=BODY, loc="left")
    ax.set_ylabel(panel.unit, fontsize=SMALL)
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    return ax


def pieces(panel: Panel) -> Iterator[Piece]:
    """The stretches to draw: all months in one, or each year alone."""
    fan = panel.fan
    points = np.arange(len(fan.mean), dtype=np.int64)
    if panel.by_year:
        for point in points:
            yield np.array([fan.first[point], fan.last[point]]), points[[point, point]]
    else:
        yield (fan.first + fan.last) / 2, points


def draw_fan(fan: Fan, piece: Piece, ax: Axes) -> None:
    """Draw bands, median and, where the median hides it, the mean; whole numbers as steps."""
    x, points = piece
    edges = {name: values[points] for name, values in fan.quantiles.items()}
    steps = all(np.array_equal(values, values.round()) for values in edges.values())
    look: dict[str, Any] = {"color": SIMULATED, "linewidth": 0, "step": "mid" if steps else None}
    for low, high, alpha in BANDS:
        ax.fill_between(x, edges[low], edges[high], alpha=alpha, **look)
    style = "steps-mid" if steps else "default"
    ax.plot(x, edges["q50"], color=SIMULATED, linewidth=1.4, drawstyle=style)
    if hidden(fan):
        ax.plot(x, fan.mean[points], color=SIMULATED, linewidth=1.1, linestyle=":")


def hidden(fan: Fan) -> bool:
    """Whether the mean lies a tenth of the band off the median at over a quarter of points."""
    width = fan.quantiles["q95"] - fan.quantiles["q05"]
    return bool(np.mean(np.abs(fan.mean - fan.quantiles["q50"]) > width / 10) > 0.25)


def keys() -> list[Artist]:
    """What bands, lines and dots mean; the inner band lies on the outer one, which darkens it."""
    outer, inner = (alpha for *_, alpha in BANDS)
    both = 1 - (1 - outer) * (1 - inner)
    return [
        Line2D([], [], **DOTS, linewidth=0.8, label="record"),
        Line2D([], [], color=SIMULATED, linewidth=1.4, label="median"),
        Line2D([], [], color=SIMULATED, linewidth=1.1, linestyle=":", label="mean"),
        Patch(color=SIMULATED, alpha=both, linewidth=0, label="50 % of runs"),
        Patch(color=SIMULATED, alpha=outer, linewidth=0, label="90 % of runs"),
    ]


def caption(one: Hindcast) -> str:
    """What the picture rests on."""
    return (
        f"{CAUTION}\nSimulated: {one.scenario} from {one.first}, {one.runs:,} runs, seed "
        f"{one.seed}. Bars beside a dot: the time for which it stands. {one.says}\n{WARNING}"
    )


def hindcast(simulated: Hindcast, paper: Paper = PRINT) -> Figure:
    """All panels of a hindcast as small multiples on one calendar."""
    title = f"The record over the simulated runs, {simulated.first} to {simulated.last}"
    count, words = len(simulated.panels), caption(simulated)
    figure, panels = multiples(ROW, count, title, words, keys(), paper)
    for panel, ax in zip(simulated.panels, panels, strict=True):
        draw_hindcast(panel, ax)
        calendar_axis(ax, [simulated.first, simulated.last], paper.years)
    return figure
