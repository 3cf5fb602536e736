"""How every picture looks: colours with a second channel, sizes for print, the calendar axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from sim.model.calendar import MONTHS_A_YEAR, month_date, month_number

Reals = npt.NDArray[np.float64]
Dash = tuple[int, tuple[float, ...]]

CM = 1 / 2.54
"""Inches in a centimetre."""


@dataclass(frozen=True)
class Paper:
    """A sheet: its width in cm, letters of small print in a line, panels and ladders in a row.

    `years` can be marked on the axis of a panel.
    """

    width: float
    letters: int
    columns: int
    ladders: int
    years: int = 7


PRINT = Paper(17.0, 112, 2, 4)
"""Between the margins of a sheet of A4."""

PHONE = Paper(9.525, 61, 1, 1)
"""A phone held upright: 360 of the 96 pixels that the web has in an inch."""

PAPERS = {"print": PRINT, "phone": PHONE}

SMALL, BODY, HEADING = 8.0, 8.5, 10.0
"""Font sizes in points: ticks and captions, titles of panels, the title of a picture."""

FAINT = "#D9D9D9"
"""Grid lines and other things that stand back."""


@dataclass(frozen=True)
class Look:
    """How a scenario is drawn: a colour, and a dash and a marker that survive a grey print."""

    colour: str
    dash: Dash
    marker: str

    @property
    def line(self) -> dict[str, Any]:
        """Arguments of a line of this look."""
        return {**self.dots, "linestyle": self.dash, "linewidth": 1.4}

    @property
    def dots(self) -> dict[str, Any]:
        """Arguments of single dots of this look."""
        return {"color": self.colour, "marker": self.marker, "markersize": 3.5, "linestyle": "none"}


LOOKS = (
    Look("#000000", (0, ()), "o"),
    Look("#0072B2", (0, (6, 1.5)), "s"),
    Look("#D55E00", (0, (6, 1.5, 1.5, 1.5)), "^"),
    Look("#009E73", (0, (2.5, 1.2)), "D"),
    Look("#E69F00", (0, (10, 2)), "v"),
    Look("#CC79A7", (0, (4, 1.2, 1.2, 1.2, 1.2, 1.2)), "P"),
)
"""Looks in the order of the scenarios, in colours of Okabe and Ito; the first is the base."""

STEPS = (1, 3, 6, 12, 24, 60, 120)
"""Months that may lie between two labels of a calendar axis."""


def look(place: int) -> Look:
    """The look of the scenario at `place`; raises ValueError beyond the last one."""
    if place >= len(LOOKS):
        raise ValueError(f"{len(LOOKS)} scenarios at most fit in one picture")
    return LOOKS[place]


def years(dates: Sequence[str]) -> Reals:
    """The middle of each month as a decimal year, `[month]`.

    >>> years(["2024-01", "2024-07"]).round(3).tolist()
    [2024.042, 2024.542]
    """
    return np.array([(month_number(date) + 0.5) / MONTHS_A_YEAR for date in dates])


def calendar_ticks(first: str, last: str, most: int) -> list[tuple[float, str]]:
    """Starts of years (of months, where those are few), as decimal years with their labels.

    `most` is the number of years for which there is room; a month takes half as much again.

    >>> calendar_ticks("2024-01", "2025-12", 6)
    [(2024.0, '2024-01'), (2024.5, '2024-07'), (2025.0, '2025-01'), (2025.5, '2025-07')]
    >>> [label for _, label in calendar_ticks("2021-09", "2036-08", 6)]
    ['2025', '2030', '2035']
    """
    low, high = month_number(first), month_number(last)
    fitting = (step for step in STEPS if _room(low, high, step) <= most)
    step = next(fitting, STEPS[-1])
    starts = (month for month in range(low, high + 1) if month % step == 0)
    return [(month / MONTHS_A_YEAR, _label(month, step)) for month in starts]


def _room(low: int, high: int, step: int) -> float:
    """Room that the labels between two months take, in labels of a year."""
    labels = high // step - (low - 1) // step
    return labels if step >= MONTHS_A_YEAR else 1.5 * labels


def _label(month: int, step: int) -> str:
    return month_date(month) if step < MONTHS_A_YEAR else str(month // MONTHS_A_YEAR)


def calendar_axis(ax: Axes, dates: Sequence[str], most: int = 7) -> None:
    """Let the x-axis of `ax`, in decimal years, run over `dates` with `most` labels at most."""
    first, last = min(dates), max(dates)
    ticks = calendar_ticks(first, last, most)
    ax.set_xticks([place for place, _ in ticks], [label for _, label in ticks])
    ax.set_xlim(month_number(first) / MONTHS_A_YEAR, (month_number(last) + 1) / MONTHS_A_YEAR)


def tidy(ax: Axes) -> None:
    """Small ticks, a faint grid behind, and no frame above or at the right of `ax`."""
    ax.tick_params(labelsize=SMALL, length=2.5, width=0.6)
    ax.grid(True, color=FAINT, linewidth=0.5)
    ax.set_axisbelow(True)
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_linewidth(0.6)
