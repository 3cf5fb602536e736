"""Numbers of single runs, each counted by hand on a panel of few months."""

import pytest

from sim.model.calendar import Calendar
from sim.record.patterns.quantities import (
    falls,
    leaving,
    mean_rung,
    moves,
    moves_a_year,
    over_months,
    over_year,
    positive,
    reaching,
    rise,
    season,
    seasons,
    stage_falls,
    yearly,
)
from tests.unit.record.patterns.example import NORTH, STATES, a_panel

LADDER = [
    [[2, 3, 7, 7], [5, 6, 6, 6], [7, 7, 7, 7]],
    [[2, 2, 1, 2], [7, 6, 6, 5], [0, 0, 0, 0]],
]
"""Two runs of three actors from the start to month 3; the third is an institution."""


def test_only_selected_actors_in_the_span_are_counted() -> None:
    panel = a_panel(LADDER)
    assert reaching(panel, STATES, 7, (0, 3)).tolist() == [1, 1]
    assert reaching(panel, STATES, 7, (1, 3)).tolist() == [1, 0]
    assert reaching(panel, STATES, 7, (0, 1)).tolist() == [0, 1]
    assert reaching(panel, STATES, 6, (3, 3)).tolist() == [2, 0]


def test_mean_rung_and_its_rise_a_year() -> None:
    panel = a_panel(LADDER)
    assert mean_rung(panel, NORTH, (0, 3)).tolist() == [4.75, 1.75]
    assert rise(panel, STATES, (0, 3)).tolist() == [12.0, -4.0]
    assert rise(panel, NORTH, (0, 1)).tolist() == [12.0, 0.0]


def test_moves_and_falls_count_months_and_not_rungs() -> None:
    panel = a_panel(LADDER)
    assert moves(panel, STATES).tolist() == [3, 4]
    assert falls(panel, STATES).tolist() == [0, 3]
    assert moves_a_year(panel, STATES).tolist() == [6.0, 8.0]


def test_leaving_is_a_fall_from_the_rung_itself() -> None:
    panel = a_panel(LADDER)
    assert leaving(panel, STATES, 7).tolist() == [0, 1]
    assert leaving(panel, STATES, 5).tolist() == [0, 0]
    assert leaving(panel, STATES, 6).tolist() == [0, 1]


def test_flows_add_up_a_year_without_the_start() -> None:
    panel = a_panel(metrics={"stalls": [[9, 1, 0, 2]], "refreezes": [[0, 0, 1, 0]]})
    assert yearly(panel, ["stalls", "refreezes"]).tolist() == [16.0]


def test_a_flow_is_added_up_and_a_level_averaged() -> None:
    panel = a_panel(metrics={"trade": [[0, 1, 2, 4]], "gdp": [[80, 90, 100, 110]]})
    assert over_months(panel, "trade", (2, 3)).tolist() == [6.0]
    assert over_months(panel, "gdp", (2, 3)).tolist() == [105.0]


def test_a_calendar_year_has_its_twelve_months() -> None:
    flows = [[0.0] + [1.0] * 4 + [10.0] * 12 + [100.0] * 8]
    panel = a_panel(metrics={"trade": flows, "gdp": flows})
    assert over_year(panel, "trade", 2022).tolist() == [120.0]
    assert over_year(panel, "gdp", 2022).tolist() == [10.0]


@pytest.mark.parametrize(
    ("year", "start", "span"),
    [(2022, (2021, 9), (5, 16)), (2024, (2024, 2), (0, 11)), (2025, (2024, 2), (12, 23))],
)
def test_months_of_a_year(year: int, start: tuple[int, int], span: tuple[int, int]) -> None:
    assert Calendar(*start).months_of_year(year) == span


def test_positive_looks_at_one_month_and_0_is_not_positive() -> None:
    panel = a_panel(metrics={"assets_paid": [[0, 5, 0], [0, 0, 1e-9]]})
    assert positive(panel, "assets_paid", 2).tolist() == [0, 1]
    assert positive(panel, "assets_paid", 1).tolist() == [1, 0]


def test_a_stage_falls_within_its_span() -> None:
    panel = a_panel(stages=[[3, 3, 2, 3], [1, 2, 3, 3], [4, 3, 3, 3]])
    assert stage_falls(panel, "well", (0, 3)).tolist() == [1, 0, 1]
    assert stage_falls(panel, "well", (1, 3)).tolist() == [1, 0, 0]


def test_seasons_are_whole_and_follow_each_other() -> None:
    assert seasons(2, 60, (11, 3), (5, 10)) == [
        (range(first, first + 5), range(first + 6, first + 12)) for first in (10, 22, 34, 46)
    ]
    assert seasons(9, 7, (9, 10), (11, 12)) == [(range(1, 3), range(3, 5))]
    assert seasons(9, 3, (9, 10), (11, 12)) == []


def test_a_season_is_its_peak_over_the_trough_after_it() -> None:
    metrics = {"food_share": [[9, 2, 4, 1, 2, 9], [0.1, 3, 3, 3, 3, 9]]}
    panel = a_panel(metrics=metrics)
    assert season(panel, "food_share", (9, 10), (11, 12)).tolist() == [4.0, 1.0]
