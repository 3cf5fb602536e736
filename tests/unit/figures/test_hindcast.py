import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure

from sim.figures.hindcast import CAUTION, draw_hindcast, hidden, hindcast
from sim.record.dots import Dot
from sim.record.hindcast import Fan, Hindcast, Panel
from sim.store.tables import QUANTILE_NAMES


def a_fan(points: int = 24, years: float = 1 / 12, level: float = 4.0, mean: float = 0.0) -> Fan:
    """A fan whose quantiles lie 0.2, 0.1, 0, -0.1, -0.2 off a line; the mean is off the median."""
    first = 2022 + years * np.arange(points)
    middle = level + 0.01 * np.arange(points)
    steps = zip(QUANTILE_NAMES, (-0.2, -0.1, 0.0, 0.1, 0.2), strict=True)
    return Fan(first, first + years, middle + mean, {name: middle + step for name, step in steps})


def a_panel(fan: Fan | None = None, by_year: bool = False, **parts: object) -> Panel:
    """A panel with a dot for a year and one for a day."""
    dots = (Dot(2022.0, 2023.0, 4.1), Dot(2023.5, 2023.5, 4.6))
    return Panel("A title", "US$ m", by_year, parts.get("shown", ()), fan or a_fan(), dots)  # type: ignore[arg-type]


@pytest.fixture
def ax() -> Axes:
    return Figure().subplots()


def bands(ax: Axes) -> list[PolyCollection]:
    return [one for one in ax.collections if isinstance(one, PolyCollection)]


def dots(ax: Axes) -> list[tuple[float, float]]:
    found = [line.get_xydata()[0] for line in ax.lines if line.get_marker() == "o"]
    return [(float(x), float(y)) for x, y in found]


def heights(band: PolyCollection) -> set[float]:
    return {round(float(y), 9) for _, y in band.get_paths()[0].vertices}


def test_dots_lie_where_the_record_is_with_a_bar_over_their_time(ax: Axes) -> None:
    draw_hindcast(a_panel(), ax)
    assert dots(ax) == [(2022.5, 4.1), (2023.5, 4.6)]
    bars = [one for one in ax.collections if isinstance(one, LineCollection)]
    spans = [tuple(bar.get_segments()[0][:, 0]) for bar in bars]
    assert spans == [(2022.0, 2023.0), (2023.5, 2023.5)]


def test_the_edges_of_the_bands_are_the_quantiles(ax: Axes) -> None:
    fan = a_fan()
    draw_hindcast(a_panel(fan), ax)
    outer, inner = bands(ax)
    assert heights(outer) == {*fan.quantiles["q05"].round(9), *fan.quantiles["q95"].round(9)}
    assert heights(inner) == {*fan.quantiles["q25"].round(9), *fan.quantiles["q75"].round(9)}


def test_the_median_is_drawn_and_the_mean_where_it_lies_elsewhere(ax: Axes) -> None:
    draw_hindcast(a_panel(), ax)
    [median] = [line for line in ax.lines if line.get_marker() != "o"]
    assert np.array_equal(median.get_ydata(), a_fan().quantiles["q50"])
    assert np.allclose(median.get_xdata(), 2022 + (np.arange(24) + 0.5) / 12)
    assert not hidden(a_fan(mean=0.03))
    assert hidden(a_fan(mean=0.05))


def test_a_hidden_mean_is_dotted(ax: Axes) -> None:
    fan = a_fan(mean=0.15)
    draw_hindcast(a_panel(fan), ax)
    [mean] = [line for line in ax.lines if line.get_linestyle() == ":"]
    assert np.array_equal(mean.get_ydata(), fan.mean)


def test_years_stand_apart_and_fill_their_time(ax: Axes) -> None:
    fan = a_fan(points=2, years=1.0)
    draw_hindcast(a_panel(fan, by_year=True), ax)
    medians = [line for line in ax.lines if line.get_marker() != "o"]
    assert [list(line.get_xdata()) for line in medians] == [[2022, 2023], [2023, 2024]]
    assert [list(line.get_ydata()) for line in medians] == [[4.0, 4.0], [4.01, 4.01]]
    assert len(bands(ax)) == 4


def test_whole_numbers_are_drawn_as_steps(ax: Axes) -> None:
    fan = a_fan()
    whole = Fan(fan.first, fan.last, fan.mean, {name: np.ones(24) for name in QUANTILE_NAMES})
    draw_hindcast(a_panel(whole), ax)
    assert next(line.get_drawstyle() for line in ax.lines) == "steps-mid"
    other = Figure().subplots()
    draw_hindcast(a_panel(), other)
    assert next(line.get_drawstyle() for line in other.lines) == "default"


def test_the_axis_shows_what_it_must_and_says_its_unit(ax: Axes) -> None:
    draw_hindcast(a_panel(shown=(0.0, 9.0)), ax)
    low, high = ax.get_ylim()
    assert low <= 0.0
    assert high >= 9.0
    assert (ax.get_ylabel(), ax.get_title(loc="left")) == ("US$ m", "A title")


def whole(panels: int = 3) -> Figure:
    """A picture with some panels."""
    some = tuple(a_panel() for _ in range(panels))
    return hindcast(Hindcast("Coded by hand.", "anything", 1234, 7, "2022-01", "2023-12", some))


def test_the_caption_says_what_the_picture_rests_on() -> None:
    figure = whole()
    words = " ".join(text.get_text() for text in figure.texts).replace("\n", " ")
    for part in (CAUTION, "anything from 2022-01", "1,234 runs", "seed 7", "Coded by hand."):
        assert part in words
    assert "not a forecast" in words
    assert "2022-01 to 2023-12" in words


def test_one_calendar_for_all_panels_and_one_key() -> None:
    figure = whole()
    assert len(figure.axes) == 3
    assert len({ax.get_xlim() for ax in figure.axes}) == 1
    assert figure.axes[0].get_xlim() == pytest.approx((2022.0, 2024.0))
    assert [tick.get_text() for tick in figure.axes[0].get_xticklabels()][:2] == [
        "2022-01",
        "2022-07",
    ]
    [legend] = figure.legends
    names = ["record", "median", "mean", "50 % of runs", "90 % of runs"]
    assert [text.get_text() for text in legend.get_texts()] == names


def test_the_key_of_the_inner_band_is_as_dark_as_both_bands() -> None:
    [legend] = whole().legends
    inner, outer = (patch.get_alpha() for patch in legend.get_patches())
    assert inner == pytest.approx(1 - 0.84 * 0.70)
    assert outer == 0.16


def test_a_picture_can_be_drawn() -> None:
    whole(1).draw_without_rendering()
