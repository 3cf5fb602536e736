"""`--picture monthly`: Draw differences from the first scenario by month, with their bands."""

from collections.abc import Iterator, Mapping, Sequence

from matplotlib.figure import Figure

from sim.analysis.compare import check_paired
from sim.analysis.replay import check_again, gaps_by_month
from sim.figures.axes import set_ends
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
from sim.figures.style import PRINT, Paper
from sim.figures.trajectories import MOST_BANDS, ROW, draw_trajectory, shows
from sim.figures.words import chosen, least_difference, title_of_outcome, usual
from sim.measures.measure import Key, name_of
from sim.runs.prospect import Contents
from sim.store.read import Result, Series


def monthly(
    results: Sequence[Result], gaps: Sequence[Mapping[Key, Series]], paper: Paper = PRINT
) -> Figure:
    """Small multiples of differences from the first of `results` over calendar time.

    `gaps` are the differences of each further scenario, as `gaps_by_month` gives them: the same
    quantities of all, one panel each.
    """
    base, names, keys = results[0], labels(results, paper), list(gaps[0])
    title = f"Differences by month from: {names[0]}"
    caption, signs = _caption(results), handles(names[1:], 1)
    figure, panels = multiples(ROW, len(keys), title, caption, signs, paper)
    dates = [date for key in keys for date in base.series[key].dates]
    for key, ax in zip(keys, panels, strict=True):
        ax.axhline(0, color="black", linewidth=0.8)
        series = [(name, gap[key]) for name, gap in zip(names[1:], gaps, strict=True)]
        draw_trajectory(
            series, ax, dates, title_of_outcome(name_of(key), base), first=1, most=paper.years
        )
        one = base.series[key]
        least = least_difference(key[0], one.unit, float(one.mean.mean()))
        low, high = ax.get_ylim()
        set_ends([ax], [(min(low, -least), max(high, least))])
    return figure


def _caption(results: Sequence[Result]) -> str:
    where = "bands" if len(results) - 1 <= MOST_BANDS else "bars, last month"
    return (
        f"Differences run by run. Lines: medians; {where}: 50 % and 90 % of the differences, "
        f"{CHANCE}; dotted, where few runs differ: means.\n{provenance(results)} {WARNING}"
    )


def _check(results: Sequence[Contents], metrics: Sequence[str]) -> None:
    check_paired(results)
    chosen(results, metrics or usual(results))
    check_again(results)


def _draw(results: Sequence[Result], asked: Asked) -> Iterator[Figure]:
    keys = chosen(results, asked.metrics or usual(results))
    for page in pages(results):
        yield monthly(page, gaps_by_month(page, keys), asked.paper)


PICTURE = Picture(shows, _check, _draw, least=2)
