"""`--picture differences`: what a scenario changes in an outcome, run by run."""

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.analysis.compare import Difference, check_paired, difference
from sim.figures.page import WARNING, Picture, handles, labels, pages, provenance, sheet
from sim.figures.style import SMALL, Look, look, tidy
from sim.figures.words import chosen_outcomes, scale_of, title_of_outcome, usual
from sim.runs.awaited import Contents
from sim.store.read import Result

TIMES = ("at the end", "total over the run", "highest in the run")
"""What a codebook may say of when an outcome is taken."""

LANE, ROOM = 0.26, 0.85
"""Height of a scenario in a row, and of the rest of a row, cm."""


def draw_difference(lanes: Sequence[tuple[str, Difference, Look]], ax: Axes) -> Axes:
    """Draw differences in one outcome, a lane for each `(label, difference, look)`, top down.

    x is in the unit of the outcome. A dot is the mean, the thick bar its interval, the thin bar the
    spread over runs.
    """
    ax.axvline(0, color="black", linewidth=0.8)
    for place, (label, one, style) in enumerate(lanes):
        spread = one.spread_low, one.spread_high
        ax.plot(spread, (place, place), color=style.colour, linewidth=1, marker="|")
        ax.hlines(place, one.interval_low, one.interval_high, color=style.colour, linewidth=4)
        dot = {**style.dots, "markersize": 6, "markeredgecolor": "white", "markeredgewidth": 0.6}
        ax.plot(one.difference, place, **dot, label=label, zorder=3)
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

    `metrics` are columns of `runs.csv.gz`; a name with subjects stands for all of them. Raises
    ValueError for one that is not in every result, and NotPaired for results that do not belong
    together run by run.
    """
    results = [base, *others]
    check_paired(results)
    wanted = chosen_outcomes(results, usual(results) if metrics is None else metrics)
    names = labels(results)
    body = (ROOM + LANE * max(2, len(others))) * len(wanted)
    title = f"Differences from: {names[0]}"
    keys = handles(names[1:], first=1, dashed=False)
    figure = sheet(body, title, _caption(results), keys)
    rows = figure.subplots(len(wanted), 1, squeeze=False)[:, 0]
    looks = [look(place + 1) for place in range(len(others))]
    for name, ax in zip(wanted, rows, strict=True):
        found = [difference(name, base, one) for one in others]
        draw_difference(list(zip(names[1:], found, looks, strict=True)), ax)
        words = f"{title_of_outcome(name, base)}\n{_unit(name, base, found)}"
        ax.set_ylabel(words, fontsize=SMALL, rotation=0, ha="right", va="center")
    return figure


def _unit(name: str, base: Result, found: Sequence[Difference]) -> str:
    """When the outcome is taken, its unit, and the pairs where not every run has one."""
    unit, meaning = base.units[name]
    when = meaning.rpartition("; ")[2]
    words = [when] if when in TIMES else []
    words.append(scale_of(name.partition(":")[0], unit))
    counts = sorted({one.runs for one in found} - {base.runs})
    words += [f"{' or '.join(map(str, counts))} pairs"] if counts else []
    return "; ".join(words)


def _caption(results: Sequence[Result]) -> str:
    return (
        "Differences run by run. Dot: mean; thick bar: 90 % interval of the mean (Monte-Carlo "
        "error), unseen where the dot is wider; thin bar: from 5 % to 95 % of the differences. "
        "Each row has a scale of its own."
        f"\n{provenance(results)} {WARNING}"
    )


def _shows(result: Contents) -> list[str]:
    return list(result.outcomes)


def _check(results: Sequence[Contents], metrics: Sequence[str]) -> None:
    check_paired(results)
    chosen_outcomes(results, metrics or usual(results))


def _draw(results: Sequence[Result], metrics: Sequence[str]) -> Iterator[Figure]:
    return (differences(page[0], page[1:], metrics or None) for page in pages(results))


PICTURE = Picture(_shows, _check, _draw, least=2)
