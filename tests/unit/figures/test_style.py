from itertools import pairwise

import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from sim.figures.style import LOOKS, calendar_axis, calendar_ticks, look
from sim.model.calendar import Calendar


def test_six_scenarios_differ_in_colour_dash_and_marker() -> None:
    assert len(LOOKS) == 6
    for channel in ("colour", "dash", "marker"):
        assert len({getattr(one, channel) for one in LOOKS}) == len(LOOKS)


def test_every_colour_stands_out_from_paper() -> None:
    brightness = [
        sum(w * c for w, c in zip((0.299, 0.587, 0.114), to_rgb(one.colour), strict=True))
        for one in LOOKS
    ]
    assert max(brightness) < 0.7


def test_a_seventh_scenario_is_refused() -> None:
    with pytest.raises(ValueError, match="6 scenarios at most"):
        look(6)


@pytest.mark.parametrize("most", [3, 4, 7, 14])
@pytest.mark.parametrize("start", [(2021, 9), (2024, 1), (2024, 2), (2024, 12)])
def test_labels_fit_and_are_in_order(start: tuple[int, int], most: int) -> None:
    for months in range(1, 181):
        ticks = calendar_ticks(Calendar(*start).date(0), Calendar(*start).date(months), most)
        assert 1 <= len(ticks) <= most
        assert all(left < right for (left, _), (right, _) in pairwise(ticks))


@pytest.mark.parametrize(
    ("months", "labels"),
    [
        (3, ["2024-01", "2024-02", "2024-03", "2024-04"]),
        (12, ["2024-01", "2024-07", "2025-01"]),
        (60, ["2024", "2025", "2026", "2027", "2028", "2029"]),
        (180, ["2025", "2030", "2035"]),
    ],
)
def test_years_are_marked(months: int, labels: list[str]) -> None:
    ticks = calendar_ticks(Calendar(2024, 2).date(0), Calendar(2024, 2).date(months), 7)
    assert [label for _, label in ticks] == labels
    if months > 12:
        assert [place for place, _ in ticks] == [float(label) for label in labels]


def test_the_axis_runs_from_the_start_of_the_first_month_to_the_end_of_the_last() -> None:
    ax = Figure().subplots()
    calendar_axis(ax, ["2025-12", "2024-01", "2024-07"])
    assert ax.get_xlim() == (2024.0, 2026.0)
