from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.figures.monthly import monthly
from sim.figures.style import LOOKS, PHONE
from sim.figures.words import Key
from sim.store.read import Series
from tests.unit.figures.example import results


def gaps_of(scale: float) -> dict[Key, Series]:
    """Differences made up: those of a series less its first month."""
    (base,) = results(["First"])
    found = {}
    for key in [("gdp", ""), ("mean_rung", "North")]:
        one = base.series[key]
        quantiles = {name: scale * (each - each[0]) for name, each in one.quantiles.items()}
        found[key] = replace(one, mean=scale * (one.mean - one.mean[0]), quantiles=quantiles)
    return found


def drawn(scale: float = 100.0) -> Figure:
    return monthly(results(["First", "Second", "Third"]), [gaps_of(scale), gaps_of(-scale)])


def test_each_scenario_keeps_its_look_and_its_differences() -> None:
    first, _ = drawn().axes
    zero, second, third = first.lines
    assert list(zero.get_ydata()) == [0, 0]
    assert [line.get_color() for line in (second, third)] == [each.colour for each in LOOKS[1:3]]
    assert list(second.get_ydata()) == pytest.approx(list(np.arange(13.0)))
    assert list(third.get_ydata()) == pytest.approx(list(-np.arange(13.0)))
    assert len(first.collections) == 4


def test_a_panel_is_called_by_its_title_and_says_what_bands_are() -> None:
    figure = drawn()
    assert [ax.get_title(loc="left") for ax in figure.axes] == [
        "Gross domestic product",
        "Mean rung: North",
    ]
    words = " ".join(text.get_text() for text in figure.texts).replace("\n", " ")
    assert "Differences by month from: First" in words
    assert "chance under the stated assumptions" in words


def test_a_hair_s_breadth_does_not_fill_a_panel() -> None:
    """Of a rung, 5 % of the scale on either side; of an index without ends, 1 % of the mean."""
    gdp, rung = (ax.get_ylim() for ax in drawn(1e-6).axes)
    assert rung[0] <= -0.35 < 0.35 <= rung[1]
    assert gdp[0] < -0.01 < 0.01 < gdp[1]


def test_on_a_phone_panels_stand_below_each_other() -> None:
    figure = monthly(results(), [gaps_of(1.0)], PHONE)
    figure.draw_without_rendering()
    boxes = [ax.get_position() for ax in figure.axes]
    assert boxes[0].y0 > boxes[1].y1
