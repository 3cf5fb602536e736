"""What a scenario changes: differences to a base, run by run, for outcomes of the whole run."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.documents import did_you_mean
from sim.figures.page import WARNING, handles, labels, provenance, sheet
from sim.figures.style import SMALL, Look, Reals, look, tidy
from sim.figures.words import scale_of, title_of_outcome, usual
from sim.results.read import Result

Z90 = 1.645
"""Standard errors on either side of a mean within which 90 % of such means lie."""

PAIRING = ("case", "start", "months", "runs", "seed")
"""What two results must share for run k of one to answer run k of the other."""

TIMES = ("at the end", "total over the run", "highest in the run")
"""What a codebook may say of when an outcome is taken."""

LANE, ROOM = 0.26, 0.85
"""Height of a scenario in a row, and of the rest of a row, cm."""


@dataclass(frozen=True)
class Difference:
    """A mean of paired differences, where it and 90 % of the differences lie, and of how many."""

    mean: float
    interval: tuple[float, float]
    spread: tuple[float, float]
    pairs: int


def paired(base: Reals, other: Reals) -> Difference:
    """`other` less `base`, both `[run]` in one unit, over the runs in which both are known.

    The interval is that of the mean (90 %, Monte-Carlo error); the spread runs from the 5 % to the
    95 % quantile of the differences. What too few pairs leave open is NaN.
    """
    each = other - base
    each = each[np.isfinite(each)]
    if not len(each):
        return Difference(np.nan, (np.nan, np.nan), (np.nan, np.nan), 0)
    mean = float(each.mean())
    error = Z90 * float(each.std(ddof=1)) / len(each) ** 0.5 if len(each) > 1 else np.nan
    low, high = np.quantile(each, (0.05, 0.95)).tolist()
    return Difference(mean, (mean - error, mean + error), (low, high), len(each))


def draw_difference(lanes: Sequence[tuple[str, Difference, Look]], ax: Axes) -> Axes:
    """Draw differences in one outcome, a lane for each `(label, difference, look)`, top down.

    x is in the unit of the outcome. A dot is the mean, the thick bar its interval, the thin bar the
    spread over runs.
    """
    ax.axvline(0, color="black", linewidth=0.8)
    for place, (label, one, style) in enumerate(lanes):
        ax.plot(one.spread, (place, place), color=style.colour, linewidth=1, marker="|")
        ax.hlines(place, *one.interval, color=style.colour, linewidth=4)
        dot = {**style.dots, "markersize": 6, "markeredgecolor": "white", "markeredgewidth": 0.6}
        ax.plot(one.mean, place, **dot, label=label, zorder=3)
    tidy(ax)
    ax.set_ylim(len(lanes) - 0.4, -0.6)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    return ax


def differences(
    base: Result, others: Sequence[Result], metrics: Sequence[str] | None = None
) -> Figure:
    """Paired differences of `others` to `base`, one row an outcome and one look a scenario.

    `metrics` are columns of `runs.csv.gz`. Raises ValueError for one that is not in every result,
    and for results that are not paired run by run.
    """
    wanted = usual(base) if metrics is None else metrics
    _check(base, others, wanted)
    names = labels([base, *others])
    body = (ROOM + LANE * max(2, len(others))) * len(wanted)
    title = f"Differences from: {names[0]}"
    keys = handles(names[1:], first=1, dashed=False)
    figure = sheet(body, title, _caption([base, *others]), keys)
    rows = figure.subplots(len(wanted), 1, squeeze=False)[:, 0]
    looks = [look(place + 1) for place in range(len(others))]
    for name, ax in zip(wanted, rows, strict=True):
        found = [paired(base.outcomes[name], one.outcomes[name]) for one in others]
        draw_difference(list(zip(names[1:], found, looks, strict=True)), ax)
        words = f"{title_of_outcome(name, base)}\n{_unit(name, base, found)}"
        ax.set_ylabel(words, fontsize=SMALL, rotation=0, ha="right", va="center")
    return figure


def _check(base: Result, others: Sequence[Result], wanted: Sequence[str]) -> None:
    for one in others:
        unlike = [key for key in PAIRING if one.manifest[key] != base.manifest[key]]
        if unlike:
            differing = ", ".join(unlike)
            raise ValueError(f"{one.name}: not paired with {base.name}, differs in {differing}")
        for name in wanted:
            if name not in one.outcomes or name not in base.outcomes:
                near = did_you_mean(name, list(base.outcomes))
                raise ValueError(f"{name}: not an outcome of every result{near}")


def _unit(name: str, base: Result, found: Sequence[Difference]) -> str:
    """When the outcome is taken, its unit, and the pairs where not every run has one."""
    unit, meaning = base.units[name]
    when = meaning.rpartition("; ")[2]
    words = [when] if when in TIMES else []
    words.append(scale_of(name.partition(":")[0], unit))
    counts = sorted({one.pairs for one in found} - {base.runs})
    words += [f"{' or '.join(map(str, counts))} pairs"] if counts else []
    return "; ".join(words)


def _caption(results: Sequence[Result]) -> str:
    return (
        "Differences run by run. Dot: mean; thick bar: 90 % interval of the mean (Monte-Carlo "
        "error), unseen where the dot is wider; thin bar: from 5 % to 95 % of the differences."
        f"\n{provenance(results)} {WARNING}"
    )
