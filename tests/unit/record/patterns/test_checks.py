"""Each kind of test gives the figure that it says, on tables of few runs."""

import math
from pathlib import Path
from typing import Any, get_args

import pytest

from sim.record.ensemble import Batch
from sim.record.patterns.checks import AnyCheck, seasons
from sim.record.patterns.estimate import Figure
from tests.unit.record.patterns.example import a_batch, a_check

LADDER = [
    [[2, 3, 7, 7], [5, 6, 6, 6], [7, 7, 7, 7]],
    [[2, 2, 1, 2], [6, 6, 5, 5], [0, 0, 0, 0]],
]
METRICS = {"trade": [[0, 1, 2, 3], [0, 1, 4, 9]], "gdp": [[80, 90, 100, 110], [80, 80, 80, 80]]}
ONE = a_batch(LADDER, METRICS, [[1, 2, 1, 1], [1, 1, 1, 1]])
TWO = a_batch(LADDER, {"trade": [[0, 1, 2, 1], [0, 2, 2, 1]], "gdp": [[70] * 4] * 2})
BATCHES: dict[str, Batch] = {"one": ONE, "two": TWO}
ANY = {"ensemble": "one", "who": {"kind": "state"}}
LAST = {"months": {"first": 3, "last": 3}}
ALL = {"months": {"first": 0, "last": 3}}


def measured(**parts: Any) -> Figure:
    """The figure of a test on the two batches."""
    check = a_check(**parts)
    found: Figure = check.estimate([read(BATCHES[name]) for name, read in check.needs()])
    return found


@pytest.mark.parametrize(("figure", "value"), [("mean", 0.5), ("none", 0.5), ("q95", 1.0)])
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
    assert a_check(kind="number", path="parameters.ratio").needs() == []
    assert a_check(kind="fitted", fit="any", figure="first_year").needs() == []


def test_a_figure_says_its_spread_where_runs_have_numbers() -> None:
    assert measured(kind="mean_rung", **ANY, **LAST).spread_low == pytest.approx(3.65)
    assert math.isnan(measured(kind="leaving", **ANY, rung=6).spread_low)


# Numbers of single runs, each counted by hand on a batch of few months

RUNS = [
    [[2, 3, 7, 7], [5, 6, 6, 6], [7, 7, 7, 7]],
    [[2, 2, 1, 2], [7, 6, 6, 5], [0, 0, 0, 0]],
]
"""Two runs of three actors from the start to month 3; the third is an institution."""

STATES, NORTH = {"kind": "state"}, {"group": "North"}


def read(batch: Batch, **parts: Any) -> list[list[float]]:
    """What a test reads off the runs of a batch."""
    where = {} if "over" in parts else {"ensemble": "one"}
    check = a_check(**where, **parts)
    return [read(batch).tolist() for _, read in check.needs()]


def months(first: int, last: int) -> dict[str, int]:
    return {"first": first, "last": last}


@pytest.mark.parametrize(
    ("rung", "first", "last", "numbers"),
    [(7, 0, 3, [1, 1]), (7, 1, 3, [1, 0]), (7, 0, 1, [0, 1]), (6, 3, 3, [2, 0])],
)
def test_only_selected_actors_in_the_span_are_counted(
    rung: int, first: int, last: int, numbers: list[float]
) -> None:
    span = months(first, last)
    parts = {"kind": "reaching", "who": STATES, "rung": rung, "figure": "mean"}
    assert read(a_batch(RUNS), **parts, months=span) == [numbers]


def test_mean_rung_and_its_rise_a_year() -> None:
    batch = a_batch(RUNS)
    assert read(batch, kind="mean_rung", who=NORTH, months=months(0, 3)) == [[4.75, 1.75]]
    assert read(batch, kind="rise", who=STATES, months=months(0, 3)) == [[12.0, -4.0]]
    assert read(batch, kind="rise", who=NORTH, months=months(0, 1)) == [[12.0, 0.0]]


def test_moves_and_falls_count_months_and_not_rungs() -> None:
    batch = a_batch(RUNS)
    assert read(batch, kind="falls", who=STATES) == [[0, 3], [3, 4]]
    assert read(batch, kind="moves", who=STATES) == [[6.0, 8.0]]


@pytest.mark.parametrize(("rung", "numbers"), [(7, [0, 1]), (5, [0, 0]), (6, [0, 1])])
def test_leaving_is_a_fall_from_the_rung_itself(rung: int, numbers: list[float]) -> None:
    assert read(a_batch(RUNS), kind="leaving", who=STATES, rung=rung) == [numbers]


def test_flows_add_up_a_year_without_the_start() -> None:
    batch = a_batch(metrics={"stalls": [[9, 1, 0, 2]], "refreezes": [[0, 0, 1, 0]]})
    assert read(batch, kind="yearly", metrics=["stalls", "refreezes"]) == [[16.0]]


def test_a_flow_is_added_up_and_a_level_averaged() -> None:
    batch = a_batch(metrics={"trade": [[0, 1, 2, 4]], "gdp": [[80, 90, 100, 110]]})
    span = {"months": months(2, 3)}
    over, under = amount("one", "trade", **span), amount("one", "gdp", **span)
    assert read(batch, kind="ratio", over=over, under=under, figure="ratio") == [[6.0], [105.0]]


def test_a_calendar_year_has_its_twelve_months() -> None:
    flows = [[0.0] + [1.0] * 4 + [10.0] * 12 + [100.0] * 8]
    batch = a_batch(metrics={"trade": flows, "gdp": flows})
    over, under = amount("one", "trade", year=2022), amount("one", "gdp", year=2022)
    assert read(batch, kind="ratio", over=over, under=under, figure="ratio") == [[120.0], [10.0]]


@pytest.mark.parametrize(("month", "numbers"), [(2, [0, 1]), (1, [1, 0])])
def test_positive_looks_at_one_month_and_0_is_not_positive(
    month: int, numbers: list[float]
) -> None:
    batch = a_batch(metrics={"assets_paid": [[0, 5, 0], [0, 0, 1e-9]]})
    assert read(batch, kind="positive", metric="assets_paid", month=month) == [numbers]


@pytest.mark.parametrize(("first", "numbers"), [(0, [1, 0, 1]), (1, [1, 0, 0])])
def test_a_stage_falls_within_its_span(first: int, numbers: list[float]) -> None:
    batch = a_batch(stages=[[3, 3, 2, 3], [1, 2, 3, 3], [4, 3, 3, 3]])
    span = months(first, 3)
    assert read(batch, kind="stage_falls", project="well", months=span) == [numbers]


def test_seasons_are_whole_and_follow_each_other() -> None:
    assert seasons(2, 60, (11, 3), (5, 10)) == [
        (range(first, first + 5), range(first + 6, first + 12)) for first in (10, 22, 34, 46)
    ]
    assert seasons(9, 7, (9, 10), (11, 12)) == [(range(1, 3), range(3, 5))]
    assert seasons(9, 3, (9, 10), (11, 12)) == []


def test_a_season_is_its_peak_over_the_trough_after_it() -> None:
    metrics = {"food_share": [[9, 2, 4, 1, 2, 9], [0.1, 3, 3, 3, 3, 9]]}
    both = {"peak": [9, 10], "trough": [11, 12]}
    batch = a_batch(metrics=metrics)
    assert read(batch, kind="season", metric="food_share", **both) == [[4.0, 1.0]]


def test_every_kind_has_a_test_here() -> None:
    union, _ = get_args(AnyCheck)
    kinds = {get_args(one.model_fields["kind"].annotation)[0] for one in get_args(union)}
    here = Path(__file__).read_text(encoding="utf-8")
    assert {kind for kind in kinds if f'"{kind}"' not in here} == set()
