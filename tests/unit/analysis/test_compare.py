"""Paired differences, by hand on tiny outcomes (model 11, comparison metrics)."""

import dataclasses
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import binomtest

from sim.analysis.compare import (
    Difference,
    RungChance,
    check_paired,
    difference,
    differences,
    parting,
    partings,
    rung_chances,
)
from sim.io.errors import NotPaired
from sim.measures.catalog import is_headline
from sim.measures.estimate import half_interval, most_unseen
from sim.store.read import ActorRow, Result, Series, read_result

MANIFEST = {
    "title": "T",
    "case": "afghanistan",
    "start": "2024-02",
    "seed": 1,
    "months": 3,
    "code_hash": "abc",
}


def result(name: str, outcomes: dict[str, list[float]] | None = None, **manifest: Any) -> Result:
    """A result that holds these outcomes and reads no file."""
    values = {key: np.array(value) for key, value in (outcomes or {}).items()}
    runs = len(next(iter(values.values()))) if values else 0
    made = Result(Path(f"{name}-1"), {**MANIFEST, "scenario": name, "runs": runs, **manifest})
    made.__dict__["outcomes"] = values
    made.__dict__["units"] = dict.fromkeys(values, ("US$ m", "what it means"))
    return made


def compared(ours: list[float], theirs: list[float]) -> Difference:
    """The difference of one outcome."""
    return difference("trade", result("a", {"trade": ours}), result("b", {"trade": theirs}))


def test_differences_are_taken_run_by_run() -> None:
    """Gaps 1, 0, 2, -1: mean .5; s.d. √(5/3), so s.e. √(5/12); quantiles at .15 and 2.85.

    Student's t of three degrees of freedom, 95 %: 2.3534 in any table.
    """
    found = compared([1, 2, 3, 4], [2, 2, 5, 3])
    error = math.sqrt(5 / 12)
    assert found.difference == 0.5
    assert found.standard_error == pytest.approx(error)
    assert found.interval_low == pytest.approx(0.5 - 2.353363 * error, rel=1e-6)
    assert found.interval_high == pytest.approx(0.5 + 2.353363 * error, rel=1e-6)
    assert (found.spread_low, found.spread_high) == pytest.approx((-0.85, 1.85))
    assert (found.base_mean, found.other_mean) == (2.5, 3.0)
    assert (found.base_median, found.other_median) == (2.5, 2.5)
    assert found.runs == 4


def test_a_rise_and_a_fall_are_shares_of_runs() -> None:
    """P(scenario beats baseline): 2 of 4 rise, 1 falls, 1 stays."""
    found = compared([1, 2, 3, 4], [2, 2, 5, 3])
    assert (found.higher, found.equal, found.lower) == (0.5, 0.25, 0.25)


def test_pairing_removes_what_both_share() -> None:
    """The runs differ widely, their gaps do not at all."""
    found = compared([1, 100, 10_000], [2, 101, 10_001])
    assert (found.interval_low, found.difference, found.interval_high) == (1.0, 1.0, 1.0)
    assert (found.higher, found.equal, found.lower) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("pairs", "quantile"),
    [(2, 6.3138), (3, 2.9200), (11, 1.8125), (31, 1.6973), (1_000_001, 1.6449)],
)
def test_an_interval_of_few_runs_is_wider(pairs: int, quantile: float) -> None:
    """Quantiles of Student's t as tables have them; with many runs those of the normal."""
    gaps = np.arange(pairs) % 2.0
    error = gaps.std(ddof=1) / math.sqrt(pairs)
    assert half_interval(gaps) / error == pytest.approx(quantile, rel=1e-4)


def test_the_interval_holds_the_true_mean_in_nine_of_ten_samples() -> None:
    """4,000 samples of four gaps around 0; the error of their share is half a per cent."""
    samples = np.random.default_rng(1).normal(size=(4_000, 4))
    held = np.mean([abs(gaps.mean()) <= half_interval(gaps) for gaps in samples])
    assert held == pytest.approx(0.9, abs=0.02)


def test_runs_in_which_either_is_unknown_are_left_out() -> None:
    nan = math.nan
    found = compared([1, nan, 3, 4], [2, 2, nan, 7])
    assert (found.difference, found.runs) == (2.0, 2)
    assert (found.base_mean, found.other_mean) == (2.5, 4.5)


def test_runs_that_only_one_has_are_left_out() -> None:
    found = compared([1, 2, 3, 4], [2, 4])
    assert (found.difference, found.runs) == (1.5, 2)
    assert compared([2, 4], [1, 2, 3, 4]).difference == -1.5


def test_one_pair_has_a_difference_and_no_interval() -> None:
    found = compared([1], [3])
    assert (found.difference, found.spread_low, found.runs) == (2.0, 2.0, 1)
    assert math.isnan(found.interval_low)
    assert math.isnan(found.standard_error)
    assert math.isnan(found.interval_high)


@pytest.mark.parametrize("runs", [1, 20, 1_000])
def test_the_bound_of_what_was_never_seen_is_that_of_clopper_and_pearson(runs: int) -> None:
    """Close to 3 / runs, as the rule of three has it."""
    exact = binomtest(0, runs).proportion_ci(0.9, "exact")
    assert most_unseen(runs) == pytest.approx(exact.high)
    assert runs < 20 or most_unseen(runs) == pytest.approx(3 / runs, rel=0.08)


def test_without_pairs_all_is_unknown() -> None:
    found = compared([math.nan], [1])
    unknown = [
        found.difference,
        found.interval_low,
        found.spread_high,
        found.base_mean,
        found.other_median,
    ]
    assert all(math.isnan(value) for value in unknown)
    assert found.runs == 0


def test_without_pairs_a_chance_is_unknown_too() -> None:
    found = compared([math.nan], [1])
    assert all(math.isnan(share) for share in (found.higher, found.equal, found.lower))


def test_a_difference_names_its_outcome_unit_and_scenarios() -> None:
    found = compared([1], [3])
    assert (found.outcome, found.unit, found.base, found.other) == ("trade", "US$ m", "a", "b")


def test_every_scenario_is_compared_with_the_first() -> None:
    given = {
        "trade": [1.0, 2.0],
        "gdp": [3.0, 4.0],
        "rung_end:RUS": [5, 5],
        "rung_highest:RUS": [5, 5],
    }
    rows = differences([result("a", given), result("b", given), result("c", given)])
    assert [(row.other, row.outcome) for row in rows] == [
        ("b", "trade"),
        ("b", "gdp"),
        ("c", "trade"),
        ("c", "gdp"),
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [("seed", 2), ("months", 4), ("case", "x"), ("start", "2021-09"), ("code_hash", "def")],
)
def test_results_that_do_not_pair_are_refused(key: str, value: Any) -> None:
    base, other = result("a"), result("b", **{key: value})
    message = f"^a-1 and b-1 differ in {key}: {MANIFEST[key]} and {value}$"
    with pytest.raises(NotPaired, match=message):
        check_paired([base, result("c"), other])
    with pytest.raises(NotPaired, match=message):
        differences([base, other])


def test_results_pair_whatever_their_number_of_runs() -> None:
    check_paired([result("a", runs=10), result("b", runs=20)])


@pytest.mark.parametrize(
    ("outcome", "wanted"),
    [
        ("gdp", True),
        ("mean_rung:East", True),
        ("recognitions_ever", True),
        ("recognitions", False),
        ("gdp_x", False),
        ("level:ART", True),
        ("eased:ART", True),
        ("first_easing:ART", False),
        ("level:BUS", False),
    ],
)
def test_a_first_look_wants_a_few_outcomes(outcome: str, wanted: bool) -> None:
    assert is_headline(outcome, ["ART"]) is wanted


def fingerprinted(name: str, prints: list[list[int]]) -> Result:
    """A result with these fingerprints, `[run][month]`, from January 2024 on."""
    made = result(name, runs=len(prints))
    made.__dict__["fingerprints"] = np.array(prints, np.uint32)
    months = np.arange(len(prints[0]))
    dates = tuple(f"2024-{month + 1:02d}" for month in months)
    made.__dict__["series"] = {("gdp", ""): Series("gdp", "index", "", months, dates, months, {})}
    return made


BASE = [[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4]]


@pytest.mark.parametrize(
    ("prints", "first", "half", "share", "date"),
    [
        (BASE, None, None, 0.0, ""),
        ([[1, 2, 3, 9], *BASE[1:]], 3, None, 0.25, "2024-04"),
        ([[1, 9, 9, 9], [1, 2, 9, 9], *BASE[2:]], 1, 2, 0.5, "2024-02"),
        ([[9, 9, 9, 9]] * 4, 0, 0, 1.0, "2024-01"),
        ([[1, 9, 3, 4], *BASE[1:]], 1, None, 0.25, "2024-02"),
        ([[1, 9, 3, 4], [1, 2, 3, 9], *BASE[2:]], 1, 3, 0.5, "2024-02"),
    ],
    ids=["never", "late", "half", "at once", "once and together again", "one after the other"],
)
def test_runs_part_in_the_first_month_in_which_anything_recorded_differs(
    prints: list[list[int]], first: int | None, half: int | None, share: float, date: str
) -> None:
    found = parting(fingerprinted("a", BASE), fingerprinted("b", prints))
    assert (found.first, found.half, found.share, found.date) == (first, half, share, date)
    assert (found.base, found.other) == ("a", "b")


def test_only_runs_that_both_have_can_part() -> None:
    found = parting(fingerprinted("a", BASE), fingerprinted("b", [BASE[0], [1, 2, 9, 9]]))
    assert (found.first, found.share) == (2, 0.5)


def test_each_scenario_parts_from_the_first() -> None:
    results = [fingerprinted(name, BASE) for name in "abc"]
    assert [(each.base, each.other) for each in partings(results)] == [("a", "b"), ("a", "c")]


def test_chances_of_rungs_are_those_of_the_actors() -> None:
    made = result("a")
    made.__dict__["actors"] = [
        ActorRow("RUS", "Russia", "East", "trade", "US$ m", 300.0),
        ActorRow("RUS", "Russia", "East", "reached_6", "probability", 0.75),
        ActorRow("RUS", "Russia", "East", "reached_7", "probability", 0.25),
    ]
    assert rung_chances([made]) == [
        RungChance("a", "RUS", "Russia", "East", 6, 0.75),
        RungChance("a", "RUS", "Russia", "East", 7, 0.25),
    ]


def test_a_change_in_month_six_parts_the_runs_then_and_not_before(made: dict[str, Path]) -> None:
    """10, invariant 14: two scenarios are identical before their first difference."""
    results = [read_result(made[name]) for name in ("baseline", "human-rights-conditionality")]
    found = parting(*results)
    assert (found.first, found.date, found.share) == (6, "2024-07", 1.0)
    rows = {row.outcome: row for row in differences(results)}
    assert rows["development"].difference < 0.0
    assert rows["development"].lower == 1.0


def test_a_scenario_does_not_part_from_itself(made: dict[str, Path]) -> None:
    one, other = (read_result(made["baseline"]) for _ in range(2))
    assert parting(one, other).first is None
    for row in differences([one, other]):
        gaps = (row.difference, row.higher, row.lower)
        assert gaps == (0.0, 0.0, 0.0) or row.runs == 0, row.outcome


def test_all_fields_of_a_difference_are_filled() -> None:
    assert None not in dataclasses.astuple(compared([1, 2], [3, 5]))
