"""Each kind of test gives the figure that it says, on tables of few runs."""

import math
from pathlib import Path
from typing import Any, get_args

import pytest

from sim.record.patterns.estimate import Figure
from sim.record.patterns.file import AnyCheck
from sim.record.patterns.measure import figure_of, wanted
from sim.record.patterns.quantities import Panel
from tests.unit.record.patterns.example import a_check, a_panel

LADDER = [
    [[2, 3, 7, 7], [5, 6, 6, 6], [7, 7, 7, 7]],
    [[2, 2, 1, 2], [6, 6, 5, 5], [0, 0, 0, 0]],
]
METRICS = {"trade": [[0, 1, 2, 3], [0, 1, 4, 9]], "gdp": [[80, 90, 100, 110], [80, 80, 80, 80]]}
ONE = a_panel(LADDER, METRICS, [[1, 2, 1, 1], [1, 1, 1, 1]])
TWO = a_panel(LADDER, {"trade": [[0, 1, 2, 1], [0, 2, 2, 1]], "gdp": [[70] * 4] * 2})
PANELS: dict[str, Panel] = {"one": ONE, "two": TWO}
ANY = {"ensemble": "one", "who": {"kind": "state"}}
LAST = {"months": {"first": 3, "last": 3}}
ALL = {"months": {"first": 0, "last": 3}}


def measured(**parts: Any) -> Figure:
    """The figure of a test on the two panels."""
    check = a_check(**parts)
    return figure_of(check, [each.quantity(PANELS[each.ensemble]) for each in wanted(check)])


@pytest.mark.parametrize(("figure", "value"), [("mean", 0.5), ("none", 0.5), ("q95", 0.95)])
def test_reaching(figure: str, value: float) -> None:
    found = measured(kind="reaching", **ANY, rung=7, **ALL, figure=figure)
    assert found.value == pytest.approx(value)


def test_none_is_none_and_not_few() -> None:
    assert measured(kind="reaching", **ANY, rung=6, **ALL, figure="none").value == 0.0
    assert measured(kind="reaching", **ANY, rung=7, **LAST, figure="none").value == 0.5


def test_mean_rung() -> None:
    assert measured(kind="mean_rung", **ANY, **LAST).value == 5.0


def test_rise_and_what_is_taken_off_it() -> None:
    assert measured(kind="rise", **ANY, **ALL).value == pytest.approx(5.0)
    less = {"less": {"first": 1, "last": 2}}
    assert measured(kind="rise", **ANY, **ALL, **less).value == pytest.approx(5.0 - 6.0)


def test_moves() -> None:
    assert measured(kind="moves", **ANY).value == pytest.approx(6.0)


def test_falls_are_those_of_all_runs_among_all_moves() -> None:
    found = measured(kind="falls", **ANY)
    assert found.value == pytest.approx(100 * 2 / 6)


def test_leaving() -> None:
    assert measured(kind="leaving", **ANY, rung=6).value == 0.5


def test_yearly() -> None:
    assert measured(kind="yearly", ensemble="one", metrics=["trade"]).value == 40.0


def test_positive() -> None:
    assert measured(kind="positive", ensemble="one", metric="gdp", month=3).value == 1.0
    assert measured(kind="positive", ensemble="one", metric="stalls", month=3).value == 0.0


def amount(ensemble: str, metric: str, **more: Any) -> dict[str, Any]:
    return {"ensemble": ensemble, "metric": metric, **(more or LAST)}


def test_a_ratio_of_amounts_in_three_forms() -> None:
    parts = {"kind": "ratio", "over": amount("one", "trade"), "under": amount("two", "trade")}
    assert measured(**parts, figure="ratio").value == 6.0
    assert measured(**parts, figure="percent").value == 600.0
    assert measured(**parts, figure="change").value == 500.0


def test_a_ratio_to_a_number() -> None:
    parts = {"kind": "ratio", "over": amount("one", "gdp"), "under": 100}
    assert measured(**parts, figure="change").value == pytest.approx(-5.0)


def test_amounts_less_those_of_another_ensemble_are_paired() -> None:
    over = amount("one", "gdp", **LAST, less="two")
    under = amount("two", "gdp", **LAST, less="one")
    found = measured(kind="ratio", over=over, under=under, figure="ratio")
    assert (found.value, found.low, found.high) == pytest.approx((-1.0, -1.0, -1.0))
    mixed = measured(kind="ratio", over=over, under=amount("two", "gdp"), figure="ratio")
    assert mixed.value == pytest.approx(25 / 70)


def test_a_season() -> None:
    seasons = {"peak": [9, 10], "trough": [11, 11]}
    found = measured(kind="season", ensemble="one", metric="gdp", **seasons)
    assert found.value == pytest.approx((100 / 110 + 1) / 2)


def test_stage_falls() -> None:
    assert measured(kind="stage_falls", ensemble="one", project="well", **ALL).value == 0.5


def test_numbers_and_fits_need_no_runs() -> None:
    assert wanted(a_check(kind="number", path="parameters.ratio")) == []
    assert wanted(a_check(kind="fitted", fit="any", figure="first_year")) == []


def test_a_figure_says_its_spread_where_runs_have_numbers() -> None:
    assert measured(kind="mean_rung", **ANY, **LAST).spread_low == pytest.approx(3.65)
    assert math.isnan(measured(kind="leaving", **ANY, rung=6).spread_low)


def test_every_kind_has_a_test_here() -> None:
    union, _ = get_args(AnyCheck)
    kinds = {get_args(one.model_fields["kind"].annotation)[0] for one in get_args(union)}
    here = Path(__file__).read_text(encoding="utf-8")
    assert {kind for kind in kinds if f'"{kind}"' not in here} == set()
