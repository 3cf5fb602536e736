"""Outcomes and series are read in one sweep, whatever else is asked for and however runs come."""

from functools import cache

import numpy as np
import pytest

from sim.engine.draws import key
from sim.engine.ensemble import empty_trajectories, first_rows
from sim.engine.kernel import Trajectories, compiled, new_workspace
from sim.measures.catalog import outcomes_of, series_of
from sim.measures.measure import Key, name_of
from sim.measures.members import Membership, members_of
from sim.measures.reader import NotFinite, Reader
from sim.measures.sweep import GREATEST, LEAST, MEAN, SPREAD, no_months
from sim.planning.compile import compile_scenario
from sim.scenario.load import load_scenario

RUNS, MONTHS = 40, 30


@cache
def recorded() -> tuple[Membership, Trajectories]:
    """Runs with a condition, in which somebody recognises, and who is who in them."""
    loaded = load_scenario("schools-for-tranches")
    made = compile_scenario(loaded.case, loaded.scenario, MONTHS)
    found = empty_trajectories(made.start, RUNS, MONTHS)
    compiled()(made.start, made.uids, new_workspace(made.start, made.uids), *key(1), 0, found)
    return members_of(loaded.case, made.conditions), found


@cache
def everything() -> tuple[dict[str, np.ndarray], dict[Key, np.ndarray]]:
    """All outcomes and all series, read at once."""
    members, found = recorded()
    reader = Reader(members, outcomes_of(members), series_of(members))
    values, series = reader.read_months(members, found, 0)
    by_key = dict(zip(reader.series, series.transpose(1, 0, 2), strict=True))
    return dict(zip(reader.outcomes, values, strict=True)), by_key


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether the numbers have the same bits, NaN included."""
    return np.asarray(one, "<f8").tobytes() == np.asarray(other, "<f8").tobytes()


@pytest.mark.parametrize("name", outcomes_of(recorded()[0]))
def test_an_outcome_on_its_own_has_the_bits_that_it_has_among_all(name: str) -> None:
    members, found = recorded()
    values = Reader(members, [name]).read(members, found, 0, 0, no_months(0, MONTHS + 1))
    assert values.shape == (1, RUNS)
    assert same(values[0], everything()[0][name])


def test_what_is_kept_by_month_over_runs_is_that_of_the_series() -> None:
    members, found = recorded()
    series = series_of(members)
    sums = no_months(len(series), MONTHS + 1)
    values = Reader(members, ["gdp"], series).read(members, found, 0, 0, sums)
    assert same(values[0], everything()[0]["gdp"])
    for key_, kept in zip(series, sums, strict=True):
        own = everything()[1][key_]
        mean, spread = np.zeros(MONTHS + 1), np.zeros(MONTHS + 1)
        for before, run in enumerate(own):
            off = run - mean
            mean = mean + off * (1.0 / (before + 1))
            spread = spread + off * (run - mean)
        assert same(kept[MEAN], mean), name_of(key_)
        assert same(kept[SPREAD], spread), name_of(key_)
        assert np.allclose(spread / len(own), own.var(axis=0), rtol=1e-9, atol=1e-12), name_of(key_)
        assert same(kept[LEAST], own.min(axis=0)), name_of(key_)
        assert same(kept[GREATEST], own.max(axis=0)), name_of(key_)


def test_runs_may_come_in_any_number_at_once() -> None:
    members, found = recorded()
    reader = Reader(members, outcomes_of(members), series_of(members))
    whole, parts = (no_months(len(reader.series), MONTHS + 1) for _ in range(2))
    values = reader.read(members, found, 0, 0, whole)
    first = reader.read(members, first_rows(found, 7), 0, 0, parts)
    rest = Trajectories(*(array[7:] for array in found))
    second = reader.read(members, rest, 7, 7, parts)
    assert same(np.concatenate([first, second], axis=1), values)
    assert same(parts, whole)


def test_something_happens_in_these_runs() -> None:
    """Else equal bits would say little: most outcomes differ from run to run."""
    outcomes, _ = everything()
    still = [name for name, values in outcomes.items() if len(set(values.tolist())) == 1]
    assert len(still) < len(outcomes) / 2
    assert np.isnan(outcomes["first_recognition"]).any()


def test_series_are_as_recorded_and_outcomes_do_not_change_with_the_arrays() -> None:
    members, found = recorded()
    own = Trajectories(*(array.copy() for array in found))
    reader = Reader(members, ["gdp", "rung_end:USA"], [("gdp", ""), ("rung", "USA")])
    values, series = reader.read_months(members, own, 0)
    place = members.actors.index("USA")
    assert same(series[:, 0], found.metrics["gdp"])
    assert same(series[:, 1], found.actors["rung"][:, :, place])
    own.metrics["gdp"] = 0.0
    own.actors["rung"] = 0
    assert same(values[0], found.metrics["gdp"][:, -1])
    assert same(values[1], found.actors["rung"][:, -1, place])


def test_a_condition_that_these_runs_do_not_have_is_unknown() -> None:
    members, found = recorded()
    reader = Reader(members, ["gdp", "condition_met:nothing"])
    values = reader.read(members, found, 0, 0, no_months(0, MONTHS + 1))
    assert np.isnan(values[1]).all()
    assert np.isfinite(values[0]).all()


@pytest.mark.parametrize("bad", [np.inf, -np.inf, np.nan])
def test_a_number_that_is_not_finite_is_told_with_its_run_and_month(bad: float) -> None:
    members, found = recorded()
    own = Trajectories(*(array.copy() for array in found))
    own.metrics["gdp"][3, 7] = bad
    own.metrics["people_in_need"][4, 1] = bad
    with pytest.raises(
        NotFinite, match=r"^gdp is no finite number in run 103, month 7: "
    ) as caught:
        Reader(members, ["trade"]).read_months(members, own, 100)
    assert caught.value.run == 103


def test_an_outcome_without_months_has_no_series() -> None:
    with pytest.raises(ValueError, match="cascade has no months"):
        Reader(recorded()[0], [], [("cascade", "")])
