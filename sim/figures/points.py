"""The points of a study: each outcome over a factor, and each series by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures.axes import scale_panels
from sim.figures.page import CHANCE, WARNING, handles, multiples
from sim.figures.style import BODY, LOOKS, SMALL, Look, Paper, Reals, calendar_axis, look, tidy
from sim.figures.style import years as years_of
from sim.figures.words import expanded, scale_of, title_of, unit_of
from sim.measures.catalog import MEASURES
from sim.measures.measure import name_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.store.study import StudyTables

PANEL = 4.2
"""Height of a panel, cm."""

SHARED = 0.6
"""Share of the way to the next value that points of one value take up."""

MOST_PANELS, MOST_BARS, MOST_LINES = 6, 60, 200
"""Panels of a page; points of a look beyond which spread is a blot; points drawn by month."""


@dataclass(frozen=True)
class Shown:
    """A kind of picture: its rows, in the unit of each, and what is said and drawn of them.

    `draw` takes the rows of a panel and of one look.
    """

    rows: DataFrame
    words: str
    draw: Callable[[DataFrame, Look, Axes], None]
    finish: Callable[[DataFrame, Axes], None]


def axis_of(study: StudyTables) -> str:
    """The factor with the most different numbers; `point` where there is none of three or more."""
    table = study.experiments
    numeric = [name for name in study.factors if table[name].dtype.kind in "if"]
    different = {name: table[name].nunique() for name in numeric}
    most = max(different, key=lambda name: different[name], default="point")
    return most if different.get(most, 0) > 2 else "point"


def looks_of(study: StudyTables, axis: str) -> tuple[str, list[str]]:
    """The column by which points look different, and its values: scenarios, else another factor."""
    for name in ("scenario", *(factor for factor in study.factors if factor != axis)):
        values = sorted(study.experiments[name].dropna().unique().tolist())
        if 1 < len(values) <= len(LOOKS):
            return name, values
    return "scenario", list(study.experiments["scenario"].unique()[: len(LOOKS)])


def draw_points(study: StudyTables, metrics: Sequence[str], paper: Paper) -> Iterator[Figure]:
    """The pages of a study's outcomes: a panel for each, a dot for each point.

    Raises ValueError for an outcome that the study does not have.
    """
    axis = axis_of(study)
    rows = study.outcomes.merge(study.experiments, on="point", suffixes=("", "_planned"))
    rows = rows[rows[["mean", axis]].notna().all(axis=1)].rename(columns={"outcome": "name"})
    for _, own in rows.groupby("name"):
        rows.loc[own.index, "place"] = places(own, axis)

    def finish(own: DataFrame, ax: Axes) -> None:
        ax.set_xlabel(axis, fontsize=SMALL, parse_math=False)

    words = (
        f"A dot for each point: the mean over its runs. Bars hold 90 % of the runs: {CHANCE}. "
        "differences.csv tells how points differ run by run."
    )
    yield from _pages(study, metrics, Shown(rows, words, draw_outcome, finish), paper)


def draw_months(study: StudyTables, metrics: Sequence[str], paper: Paper) -> Iterator[Figure]:
    """The pages of a study's series: a panel for each, a line by month for each point.

    Raises ValueError for a series that the study does not have.
    """
    first = study.months["metric"].map(
        lambda name: MEASURES[name].first_month if name in MEASURES else 0
    )
    rows = study.months[(study.months["point"] <= MOST_LINES) & (study.months["month"] >= first)]
    rows = rows.merge(study.experiments, on="point", suffixes=("", "_planned"))
    subjects = rows["subject"].astype(object).fillna("").astype(str)
    rows = rows.assign(name=[*map(name_of, zip(rows["metric"], subjects, strict=True))])

    def finish(own: DataFrame, ax: Axes) -> None:
        calendar_axis(ax, own["date"].astype(str).tolist(), paper.years)

    more = study.experiments["point"].max() - MOST_LINES
    words = "A line for each point: the mean over its runs, by month."
    words += f" The first {MOST_LINES} points; {more:,} more are not drawn." if more > 0 else ""
    yield from _pages(study, metrics, Shown(rows, words, draw_series, finish), paper)


def _pages(
    study: StudyTables, metrics: Sequence[str], shown: Shown, paper: Paper
) -> Iterator[Figure]:
    """Pages with a panel for each of `metrics`, or for all; points look as `looks_of` says."""
    known = list(dict.fromkeys(shown.rows["name"]))
    names = expanded(metrics, known, "in this study") if metrics else known
    column, values = looks_of(study, axis_of(study))
    of = "" if column == "scenario" else f"{column} "
    texts = [f"{value:g}" if isinstance(value, float) else value for value in values]
    keys = handles([f"{of}{text}" for text in texts]) if len(values) > 1 else ()
    for first in range(0, len(names), MOST_PANELS):
        page = names[first : first + MOST_PANELS]
        caption = f"{shown.words} {WARNING}"
        figure, panels = multiples(PANEL, len(page), study.title, caption, keys, paper)
        for name, ax in zip(page, panels, strict=True):
            own = shown.rows[shown.rows["name"] == name]
            for number, value in enumerate(values):
                shown.draw(own[own[column] == value], look(number), ax)
            _label(name, own, ax)
            shown.finish(own, ax)
        yield figure


def draw_all(
    study: StudyTables, picture: str | None, metrics: Sequence[str], paper: Paper
) -> dict[str, list[Figure]]:
    """The pages of a study by picture: `picture`, or all that know the `metrics`.

    Raises ValueError for another picture, and for a metric of which the study knows nothing.
    """
    kinds = {"points": draw_points, "trajectories": draw_months}
    if picture and picture not in kinds:
        raise ValueError(f"{picture} are not drawn of a study; known: trajectories")
    pages: dict[str, list[Figure]] = {}
    faults = []
    for kind in [picture] if picture else kinds:
        try:
            pages[kind] = list(kinds[kind](study, metrics, paper))
        except ValueError as error:
            faults.append(error)
    if not pages:
        raise faults[0]
    return pages


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
    """The points of one look: means as dots, and where 90 % of runs lie."""
    if len(rows) <= MOST_BARS:
        ax.vlines(rows["place"], rows["q05"], rows["q95"], color=style.colour, linewidth=0.8)
    ax.plot(rows["place"], rows["mean"], **style.dots)


def draw_series(rows: DataFrame, style: Look, ax: Axes) -> None:
    """The points of one look by month: means as lines."""
    for _, own in rows.groupby("point"):
        ax.plot(
            years_of(own["date"].astype(str).tolist()),
            own["mean"],
            color=style.colour,
            linestyle=style.dash,
            linewidth=0.7,
        )


def _label(name: str, rows: DataFrame, ax: Axes) -> None:
    """Title, unit and y-axis of a panel."""
    metric, _, subject = name.partition(":")
    unit = str(next(iter(rows["unit"]), ""))
    words = unit_of(metric, unit) if "month" in rows else scale_of(metric, unit)
    ax.set_title(title_of(metric, subject), loc="left", fontsize=BODY, parse_math=False)
    ax.set_ylabel(words, fontsize=SMALL, parse_math=False)
    tidy(ax)
    scale_panels({(metric, subject): ax}, {(metric, subject): unit})
