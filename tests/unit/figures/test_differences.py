import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from sim.analysis.compare import difference
from sim.figures.differences import differences, draw_difference, is_rare
from sim.figures.style import LOOKS
from sim.io.errors import NotPaired
from sim.store.read import Result
from tests.unit.figures.example import a_result, results


def uneven() -> tuple[Result, Result]:
    """Two results whose outcomes differ by 1, 2, 3 and 10."""
    base, other = results()
    other.outcomes["gdp"][:] = base.outcomes["gdp"] + [1.0, 2.0, 3.0, 10.0]
    return base, other


def test_dots_and_bars_stand_where_the_numbers_are() -> None:
    ax = Figure().subplots()
    found = difference("gdp", *uneven())
    draw_difference([("Second", found, LOOKS[1])], ax)
    zero, thin, dot = ax.lines
    (thick,) = (bar for bar in ax.collections if isinstance(bar, LineCollection))
    assert list(zero.get_xdata()) == [0, 0]
    assert list(thin.get_xdata()) == pytest.approx([1.15, 8.95])
    assert list(dot.get_xdata()) == [4.0]
    assert dot.get_color() == LOOKS[1].colour
    ends = thick.get_segments()[0][:, 0].tolist()
    assert ends == [found.interval_low, found.interval_high]
    assert ends != list(thin.get_xdata())


def test_a_difference_is_the_other_less_the_base() -> None:
    base, other = uneven()
    (row,) = differences(base, [other], ["gdp"]).axes
    assert list(row.lines[2].get_xdata()) == [4.0]


def test_each_scenario_keeps_its_look_and_its_lane() -> None:
    base, *others = results(["First", "Second", "Third"])
    figure = differences(base, others, ["gdp"])
    (row,) = figure.axes
    dots = [line for line in row.lines if line.get_label() in ("Second", "Third")]
    assert [dot.get_color() for dot in dots] == [look.colour for look in LOOKS[1:3]]
    assert [list(dot.get_ydata()) for dot in dots] == [[0], [1]]
    assert row.get_ylim()[0] > row.get_ylim()[1]
    (legend,) = figure.legends
    assert [key.get_color() for key in legend.get_lines()] == [look.colour for look in LOOKS[1:3]]


def test_a_row_for_each_outcome_with_its_unit_and_time() -> None:
    rows = differences(results()[0], results()[1:]).axes
    assert len(rows) == 10
    assert rows[0].get_ylabel() == "Mean rung: North\nat the end; rung, 0 to 7"
    assert rows[2].get_ylabel() == "States at ambassador or above\nat the end; states"
    assert list(rows[2].lines[2].get_xdata()) == [0.5]


def rare() -> tuple[Result, Result]:
    """Two results of 100 runs, of which three differ: two by -1, one by 5."""
    base, other = results()
    base.outcomes["gdp"] = np.zeros(100)
    other.outcomes["gdp"] = np.zeros(100)
    other.outcomes["gdp"][:3] = [-1.0, -1.0, 5.0]
    return base, other


def test_where_few_runs_differ_shares_of_runs_are_drawn() -> None:
    """6: the bar of the mean's error lay outside of the bar of 90 % of runs."""
    assert is_rare(difference("gdp", *rare()))
    assert not is_rare(difference("gdp", *uneven()))
    base, other = rare()
    (row,) = differences(base, [other], ["gdp"]).axes
    assert [bar.get_width() for bar in row.patches] == [1.0, -2.0]
    assert "runs lower | higher" in row.get_ylabel()
    assert row.get_xlim()[0] <= -5.0 < 5.0 <= row.get_xlim()[1]


def test_a_row_without_a_difference_says_so() -> None:
    base, _ = results()
    (row,) = differences(base, [base], ["gdp"]).axes
    assert [text.get_text() for text in row.texts] == ["no difference in any of 4 pairs"]


@pytest.mark.parametrize(
    ("outcome", "least"), [("mean_rung:North", 0.35), ("stress", 0.05), ("people_in_need", 0.01)]
)
def test_a_hair_s_breadth_does_not_fill_an_axis(outcome: str, least: float) -> None:
    """23: 5 % of a scale, or 1 % of what has none, is the least that a half shows."""
    base, other = results()
    base.outcomes[outcome] = np.ones(4)
    other.outcomes[outcome] = base.outcomes[outcome] + [1e-6, 2e-6, 3e-6, 4e-6]
    (row,) = differences(base, [other], [outcome]).axes
    low, high = row.get_xlim()
    assert -1.2 * least < low <= -least < least <= high < 1.2 * least


def test_missing_pairs_are_counted_in_the_row() -> None:
    base, other = results()
    other.outcomes["gdp"][:3] = np.nan
    (row,) = differences(base, [other], ["gdp"]).axes
    assert row.get_ylabel().endswith("; 1 pairs")


@pytest.mark.parametrize("unlike", [{"seed": 8}, {"months": 24}, {"start": "2021-09"}])
def test_results_that_are_not_paired_are_refused(unlike: dict[str, object]) -> None:
    with pytest.raises(NotPaired, match=next(iter(unlike))):
        differences(a_result(), [a_result("Second", **unlike)])


def test_a_name_stands_for_all_its_subjects() -> None:
    base, *others = results()
    rows = differences(base, others, ["mean_rung"]).axes
    assert len(rows) == 3


def test_an_outcome_that_is_not_there_is_named() -> None:
    base, *others = results()
    with pytest.raises(ValueError, match="gpd: not in every result, did you mean gdp"):
        differences(base, others, ["gpd"])
