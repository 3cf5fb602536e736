"""Where the y-axes of panels begin and end: on the scale of a measure, never a hair's breadth."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from sim.figures.words import STEPS, ends_of
from sim.measures.measure import Key

LEAST_SPAN = 0.25
"""Least part of a scale with two ends that an axis shows; of steps it shows all."""

MARGIN = 0.03
"""What an axis shows beyond the ends of a scale, as a share of it."""


def scale_panels(panels: Mapping[Key, Axes], units: Mapping[Key, str]) -> None:
    """One span for the panels of one metric: the scale of steps, else around what is drawn."""
    for metric in dict.fromkeys(metric for metric, _ in panels):
        group = {key: ax for key, ax in panels.items() if key[0] == metric}
        unit = units[next(iter(group))]
        ends = ends_of(metric, unit)
        if ends and unit in STEPS:
            margin = MARGIN * (ends[1] - ends[0])
            set_ends(group.values(), [(ends[0] - margin, ends[1] + margin)] * len(group))
        else:
            shown = [sensible(*ax.get_ylim()) for ax in group.values()]
            least = LEAST_SPAN * (ends[1] - ends[0]) if ends else 0.0
            set_ends(group.values(), list(_one_span(shown, least)))


def _one_span(shown: Sequence[tuple[float, float]], least: float) -> Iterator[tuple[float, float]]:
    """Ends of axes of one span, `least` or more, around what each shows."""
    span = max(least, *(high - low for low, high in shown))
    for low, high in shown:
        bottom = max(low - (span - (high - low)) / 2, min(low, 0.0))
        yield bottom, bottom + span


def set_ends(axes: Iterable[Axes], ends: Sequence[tuple[float, float]]) -> None:
    """Let each y-axis run between its ends, with whole numbers where there is room for them."""
    for ax, (low, high) in zip(axes, ends, strict=True):
        ax.set_ylim(low, high)
        whole = high - low > 3
        locator = MaxNLocator(8 if whole else 5, steps=[1, 2, 5, 10], integer=whole)
        ax.yaxis.set_major_locator(locator)
        ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))


def sensible(low: float, high: float) -> tuple[float, float]:
    """Ends of a scale that starts at 0 where that is not far, and is no hair's breadth around 0.

    >>> sensible(2.0, 10.0), sensible(24.0, 30.0), sensible(-0.05, 0.05)
    ((0.0, 10.0), (24.0, 30.0), (-0.05, 1.0))
    """
    if low == -high:
        return low, 1.0
    return (0.0 if 0 < low < 0.3 * high else low), high
