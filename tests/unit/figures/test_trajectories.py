from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from sim.figures.style import LOOKS, years
from sim.figures.trajectories import draw_trajectory, trajectories
from sim.record.dots import Dot
from tests.unit.figures.example import a_rare_series, a_result, a_series, results


@pytest.fixture
def ax() -> Axes:
    return Figure().subplots()


def dotted(ax: Axes) -> list[np.ndarray]:
    return [np.asarray(line.get_ydata()) for line in ax.lines if line.get_linestyle() == ":"]


def texts(figure: Figure) -> str:
    return " ".join(text.get_text() for text in figure.texts)


def test_the_edges_of_the_bands_are_the_quantiles(ax: Axes) -> None:
    one = a_series()
    draw_trajectory([("First", one)], ax)
    outer, inner = ax.collections
    for band, (low, high) in ((outer, ("q05", "q95")), (inner, ("q25", "q75"))):
        drawn = {(round(x, 9), round(y, 9)) for x, y in band.get_paths()[0].vertices}
        for edge in (low, high):
            assert {
                *zip(years(one.dates).round(9), one.quantiles[edge].round(9), strict=True)
            } <= drawn
        assert {y for _, y in drawn} == {
            *one.quantiles[low].round(9),
            *one.quantiles[high].round(9),
        }


def test_each_scenario_has_one_line_its_median(ax: Axes) -> None:
    low, high = a_series(level=1), a_series(level=3)
    draw_trajectory([("First", low), ("Second", high)], ax)
    assert [line.get_label() for line in ax.lines] == ["First", "Second"]
    for line, one, look in zip(ax.lines, (low, high), LOOKS, strict=False):
        assert np.array_equal(line.get_ydata(), one.quantiles["q50"])
        assert line.get_color() == look.colour
        assert line.get_marker() == look.marker


def test_many_scenarios_have_bars_for_the_last_month_instead_of_bands(ax: Axes) -> None:
    many = [(str(place), a_series(level=place)) for place in range(4)]
    draw_trajectory(many, ax)
    bars = [bar for bar in ax.collections if isinstance(bar, LineCollection)]
    assert len(bars) == len(ax.collections) == 8
    for (_, one), place in zip(many, range(0, 8, 2), strict=True):
        for bar, (low, high) in zip(bars[place:], (("q05", "q95"), ("q25", "q75")), strict=False):
            (segment,) = bar.get_segments()
            assert segment[:, 1].tolist() == [one.quantiles[low][-1], one.quantiles[high][-1]]
            assert segment[0, 0] > years(one.dates)[-1]


def test_a_mean_is_drawn_where_the_median_hides_it(ax: Axes) -> None:
    rare = a_rare_series()
    draw_trajectory([("First", rare)], ax)
    (drawn,) = dotted(ax)
    assert np.array_equal(drawn, rare.mean)
    assert "dotted: mean" in ax.get_title(loc="left")


def test_no_mean_is_drawn_inside_the_inner_band(ax: Axes) -> None:
    draw_trajectory([("First", a_series())], ax)
    assert dotted(ax) == []
    assert "dotted" not in ax.get_title(loc="left")


@pytest.mark.parametrize(
    ("metric", "unit"), [("development", "US$ m a month"), ("assets_paid", "US$ m")]
)
def test_a_flow_is_that_of_a_month(ax: Axes, metric: str, unit: str) -> None:
    draw_trajectory([("First", a_series(metric))], ax)
    assert ax.get_ylabel() == unit


def test_the_largest_groups_are_drawn_and_others_on_request() -> None:
    one = a_result()
    usual = [ax.get_title(loc="left") for ax in trajectories([one]).axes]
    assert usual[:2] == ["Mean rung: North", "Mean rung: South"]
    assert len(usual) == 10
    assert usual[7] == "Free art"
    asked = trajectories([one], ["mean_rung:Sea", "mean_rung"]).axes
    assert [ax.get_title(loc="left").split(": ")[1] for ax in asked] == [
        "Sea",
        "North",
        "South",
    ]


def test_panels_of_one_metric_have_one_span_around_their_data() -> None:
    figure = trajectories([a_result(level=1.0), a_result("Second", level=3.0)], ["mean_rung"])
    spans = [np.ptp(ax.get_ylim()) for ax in figure.axes]
    assert spans == pytest.approx([spans[0]] * 3)
    for ax in figure.axes:
        low, high = ax.get_ylim()
        assert all(low <= y <= high for line in ax.lines for y in line.get_ydata())


def drawn_flat(metric: str, unit: str, least: float, most: float) -> tuple[float, float]:
    """The ends of the axis of a quantity whose mean rises from `least` to `most` in few runs."""
    result = a_result()
    rare = a_rare_series()
    flat = {name: np.full(13, least) for name in rare.quantiles}
    slight = np.linspace(least, most, 13)
    rare = replace(rare, metric=metric, unit=unit, mean=slight, quantiles=flat)
    vars(result)["series"] = {**result.series, (metric, "RARE"): rare}
    (ax,) = trajectories([result], [f"{metric}:RARE"]).axes
    (mean,) = dotted(ax)
    assert mean.max() == most
    return ax.get_ylim()


@pytest.mark.parametrize(
    ("metric", "unit", "top"),
    [("level", "level", 4.0), ("pool_stage", "stage", 4.0), ("mean_rung", "rungs", 7.0)],
)
def test_a_scale_of_steps_is_shown_whole(metric: str, unit: str, top: float) -> None:
    """23: an axis from 0.00 to 0.03 of a stage from 0 to 4 made a trend of three runs."""
    low, high = drawn_flat(metric, unit, 0.0, 0.04)
    assert -0.05 * top < low <= 0.0
    assert top <= high < 1.05 * top


@pytest.mark.parametrize(("metric", "unit"), [("coverage", "share"), ("stress", "index")])
def test_a_share_near_nought_does_not_fill_its_axis(metric: str, unit: str) -> None:
    low, high = drawn_flat(metric, unit, 0.0, 0.01)
    assert low == pytest.approx(0.0, abs=0.001)
    assert high - low >= 0.25


def test_all_panels_have_one_calendar() -> None:
    figure = trajectories(results(), ["development", "gdp"])
    assert len({ax.get_xlim() for ax in figure.axes}) == 1


def test_one_key_for_the_figure_and_a_caption_that_says_what_it_rests_on() -> None:
    figure = trajectories(results())
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["First", "Second"]
    assert [to_rgba(key.get_color()) for key in legend.get_lines()] == [
        to_rgba(look.colour) for look in LOOKS[:2]
    ]
    assert all(ax.get_legend() is None for ax in figure.axes)
    for words in (
        "4 runs each",
        "seed 7",
        "12 months from 2024-02",
        "bands: 50 % and 90 % of runs",
        "not a forecast",
    ):
        assert words in texts(figure).replace("\n", " ")


def test_the_caption_of_one_run_knows_no_bands() -> None:
    """23: captions spoke of bands with one run."""
    alone = texts(trajectories([a_result(runs=1)])).replace("\n", " ")
    assert "so there are no bands" in alone
    assert "medians" not in alone
    assert "not uncertainty about the world" in texts(trajectories(results())).replace("\n", " ")


def test_the_swing_of_relief_is_explained_where_relief_is_shown() -> None:
    assert "season of pledges" in texts(trajectories(results(), ["relief_pledged"]))
    assert "season" not in texts(trajectories(results(), ["gdp"]))


def test_a_metric_that_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match=r"strss: not in every result, did you mean stress\?"):
        trajectories(results(), ["strss"])


@pytest.mark.parametrize("months", [1, 12, 180])
def test_short_and_long_runs_can_be_drawn(months: int) -> None:
    trajectories(
        results(["One", "Two", "Three", "Four", "Five", "Six"], months)
    ).draw_without_rendering()


def test_wedges_show_when_interventions_begin() -> None:
    first, second = results()
    figure = trajectories([first, second], ["gdp"])
    [ax] = figure.axes
    wedges = [line for line in ax.lines if line.get_marker() == "v"]
    dates = first.series["gdp", ""].dates
    assert [list(line.get_xdata()) for line in wedges] == [list(years([dates[3], dates[6]]))] * 2
    assert wedges[0].get_ydata()[0] > wedges[1].get_ydata()[0]


def test_the_record_is_drawn_where_it_lies_in_the_months_shown() -> None:
    dots = [Dot(2024.5, 2024.6, 3.0), Dot(2019.0, 2020.0, 5.0), Dot(2024.0, 2030.0, 9.0)]
    figure = trajectories([a_result()], ["gdp"], record={("gdp", ""): dots})
    crosses = [line for line in figure.axes[0].lines if line.get_marker() == "X"]
    assert [list(line.get_ydata()) for line in crosses] == [[3.0]]
    assert "Crosses: what the record has" in texts(figure)
    assert "record" in [text.get_text() for text in figure.legends[0].get_texts()]
    assert "record" not in texts(trajectories([a_result()], ["gdp"]))


def test_a_long_title_does_not_run_into_the_next_panel() -> None:
    result = a_result()
    vars(result)["titles"] = {"gdp": "A share of " + "very " * 12 + "long words"}
    figure = trajectories([result], ["gdp", "stress"])
    figure.draw_without_rendering()
    left, right = (ax.get_tightbbox() for ax in figure.axes)
    assert left.x1 <= right.x0


def test_single_runs_are_thin_lines_in_the_colour_of_their_scenario() -> None:
    runs = [np.full((3, 1, 13), 7.0), np.full((3, 1, 13), 9.0)]
    figure = trajectories(results(), ["gdp"], single=runs)
    thin = [line for line in figure.axes[0].lines if line.get_linewidth() == 0.5]
    assert [line.get_color() for line in thin] == [LOOKS[0].colour] * 3 + [LOOKS[1].colour] * 3
    assert {*thin[0].get_ydata()} == {7.0}
    assert "Thin lines: runs 0 to 2." in texts(figure)
