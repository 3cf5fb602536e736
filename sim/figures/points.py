"""The points of a study: each outcome with its spread, over a factor or by the point's number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures.page import CHANCE, WARNING, handles, multiples
from sim.figures.style import BODY, LOOKS, SMALL, Look, Paper, Reals, look, tidy
from sim.io.documents import did_you_mean

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.store.study import StudyTables

PANEL = 4.2
"""Height of a panel, cm."""

SHARED = 0.6
"""Share of the way to the next value that points of one value take up."""

MOST_PANELS, MOST_BARS = 6, 60
"""Panels of a page, and points of a scenario beyond which their spread would be a blot."""


def outcome_names(study: StudyTables, metrics: Sequence[str]) -> list[str]:
    """The outcomes to draw; all of the study unless some are named. Raises ValueError."""
    known = list(dict.fromkeys(study.outcomes["outcome"]))
    for name in metrics:
        if name not in known:
            raise ValueError(f"unknown outcome {name!r}{did_you_mean(name, known)}")
    return list(metrics) or known


def axis_of(study: StudyTables) -> str:
    """The factor with the most different numbers; `point` where there is none of three or more."""
    table = study.experiments
    numeric = [name for name in study.factors if table[name].dtype.kind in "if"]
    different = {name: table[name].nunique() for name in numeric}
    most = max(different, key=lambda name: different[name], default="point")
    return most if different.get(most, 0) > 2 else "point"


def draw_points(study: StudyTables, metrics: Sequence[str], paper: Paper) -> Iterator[Figure]:
    """The pages of a study: a panel for each outcome, a dot for each point.

    Raises ValueError for an outcome that the study does not have.
    """
    names, axis = outcome_names(study, metrics), axis_of(study)
    rows = study.outcomes.merge(study.experiments, on="point", suffixes=("", "_planned"))
    scenarios = list(dict.fromkeys(rows["scenario"]))[: len(LOOKS)]
    keys = handles(scenarios) if len(scenarios) > 1 else ()
    caption = (
        f"A dot for each point: the mean over its runs. Bars hold 90 % of the runs: {CHANCE}. "
        f"differences.csv tells how points differ run by run. {WARNING}"
    )
    for first in range(0, len(names), MOST_PANELS):
        page = names[first : first + MOST_PANELS]
        figure, panels = multiples(PANEL, len(page), study.title, caption, keys, paper)
        for name, ax in zip(page, panels, strict=True):
            own = rows[(rows["outcome"] == name) & rows[["mean", axis]].notna().all(axis=1)]
            own = own.assign(place=places(own, axis))
            for number, scenario in enumerate(scenarios):
                draw_outcome(own[own["scenario"] == scenario], look(number), ax)
            label(ax, name, own, axis)
        yield figure


def places(rows: DataFrame, axis: str) -> Reals:
    """Where each point stands: over its value of `axis`, beside the others that share it.

    Points that share a value fill six tenths of the way to the next one, scenario by scenario.
    """
    values = np.unique(rows[axis].to_numpy(np.float64))
    gap = float(np.diff(values).min()) if len(values) > 1 else 1.0
    ordered = rows.sort_values(["scenario", "point"])
    rank = ordered.groupby(axis).cumcount().reindex(rows.index).to_numpy(np.float64)
    most = max(float(rank.max(initial=0.0)), 1.0)
    shift = SHARED * gap * (rank / most - 0.5) if rank.any() else rank
    return np.asarray(rows[axis].to_numpy(np.float64) + shift)


def draw_outcome(rows: DataFrame, style: Look, ax: Axes) -> None:
    """One outcome of one scenario's points."""
    if len(rows) <= MOST_BARS:
        ax.vlines(rows["place"], rows["q05"], rows["q95"], color=style.colour, linewidth=0.8)
    ax.plot(rows["place"], rows["mean"], **style.dots)


def label(ax: Axes, name: str, rows: DataFrame, axis: str) -> None:
    """Title, unit and axes of a panel."""
    unit = next(iter(rows["unit"]), "")
    ax.set_title(f"{name}\n{unit}", loc="left", fontsize=BODY, parse_math=False)
    ax.set_xlabel(axis, fontsize=SMALL, parse_math=False)
    values = rows[["mean", "q05", "q95"]].to_numpy(np.float64)
    if len(values) and values.min() == values.max():
        ax.set_ylim(values[0, 0] - 1, values[0, 0] + 1)
    tidy(ax)
