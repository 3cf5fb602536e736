from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.figures.ladder import (
    at_the_end,
    draw_ladder,
    draw_rung_bar,
    ladder_rows,
    ladders,
    rung_colours,
)
from sim.model.vocab import RUNG_WORDS
from tests.unit.figures.example import ACTORS, a_result, results


@pytest.fixture
def ax() -> Axes:
    return Figure().subplots()


def test_actors_stand_under_their_group_the_highest_first() -> None:
    assert ladder_rows(a_result()) == [
        ("South", None),
        ("Land of BC", "BC"),
        ("Land of BB", "BB"),
        ("Land of BA", "BA"),
        ("North", None),
        ("Land of AB", "AB"),
        ("Land of AA", "AA"),
        ("Sea", None),
        ("Land of CA", "CA"),
    ]


def test_colours_are_mean_rungs_by_month(ax: Axes) -> None:
    one = a_result()
    draw_ladder(one, ax)
    (mesh,) = ax.collections
    drawn = np.ma.filled(mesh.get_array(), np.nan).reshape(9, 13)
    for (_, actor), values in zip(ladder_rows(one), drawn, strict=True):
        if actor:
            assert np.array_equal(values, one.series["rung", actor].mean)
        else:
            assert np.isnan(values).all()


def test_a_month_covers_its_part_of_the_calendar(ax: Axes) -> None:
    draw_ladder(a_result(), ax)
    (mesh,) = ax.collections
    edges = mesh.get_coordinates()[0, :, 0]
    assert edges[0] == pytest.approx(2024)
    assert edges[12] == pytest.approx(2025)
    assert len(edges) == 14


def test_one_run_has_no_spread() -> None:
    """23: the ladder showed no spread."""
    one = a_result().series["rung", "BA"]
    same = replace(one, quantiles=dict.fromkeys(one.quantiles, np.full(13, 2.0)))
    assert at_the_end(one).endswith("(1–2)")
    assert "(" not in at_the_end(same)


def test_each_row_is_named_and_ends_with_its_mean_and_where_runs_lie(ax: Axes) -> None:
    one = a_result()
    draw_ladder(one, ax)
    named = [label.get_text() for label in ax.get_yticklabels()]
    assert named == [name for name, _ in ladder_rows(one)]
    bold = [label.get_text() for label in ax.get_yticklabels() if label.get_fontweight() == "bold"]
    assert bold == ["South", "North", "Sea"]
    ends = {round(text.get_position()[1] - 0.5): text.get_text().strip() for text in ax.texts}
    place = [actor for _, actor in ladder_rows(one)].index("BA")
    assert ends[place] == f"{one.series['rung', 'BA'].mean[-1]:.1f} (1–2)"
    assert len(ends) == len(ACTORS)


def test_the_key_names_every_rung_at_its_colour(ax: Axes) -> None:
    draw_rung_bar(ax)
    labels = [label.get_text().replace("\n", " ") for label in ax.get_xticklabels()]
    assert labels == [f"{rung} {words}" for rung, words in enumerate(RUNG_WORDS)]
    assert ax.get_xticks().tolist() == list(range(8))


def test_colours_darken_from_rung_to_rung_in_a_grey_print() -> None:
    colours, norm = rung_colours()
    shades = colours(norm(np.arange(0, 7.5, 0.5)))[:, :3] @ (0.299, 0.587, 0.114)
    assert (np.diff(shades) < -0.01).all()


def test_scenarios_stand_side_by_side_in_the_order_of_the_first() -> None:
    first, second = results()
    vars(second)["actors"] = vars(second)["actors"][::-1]
    left, right, _ = ladders([first, second]).axes
    for ax in (left, right):
        mesh = ax.collections[0]
        drawn = np.ma.filled(mesh.get_array(), np.nan).reshape(9, 13)
        assert np.nanargmax(drawn[:, 0]) == 8
    assert [label.get_text() for label in left.get_yticklabels()][-1] == "Land of CA"
    assert (left.get_title(loc="left"), right.get_title(loc="left")) == ("First", "Second")


def test_an_actor_of_another_case_is_left_blank() -> None:
    first, second = results()
    del vars(second)["series"]["rung", "CA"]
    _, right, _ = ladders([first, second]).axes
    assert np.isnan(np.ma.filled(right.collections[0].get_array(), np.nan).reshape(9, 13)[8]).all()


def test_more_scenarios_than_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="4 scenarios at most"):
        ladders(results(["One", "Two", "Three", "Four", "Five"]))


def test_a_second_page_has_the_order_of_the_first_scenario() -> None:
    first, second = a_result("First"), a_result("Second")
    ends = {one.actor: one for one in second.actors}
    turned = [replace(one, mean=-ends[one.actor].mean) for one in second.actors]
    vars(second).update(actors=turned)
    assert ladder_rows(second) != ladder_rows(first)
    figure = ladders([second], first)
    shown = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert shown == [name for name, _ in ladder_rows(first)]
    assert "in the order of First" in figure.texts[1].get_text()
