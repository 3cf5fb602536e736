"""Chosen outcomes and series have the bits of those in full."""

from functools import cache

import numpy as np
import pytest

from sim.engine.draws import key
from sim.engine.ensemble import empty_trajectories, first_rows
from sim.engine.fold import GREATEST, LEAST, MEAN, SPREAD, no_months
from sim.engine.kernel import Trajectories, compiled, new_workspace
from sim.io.errors import CannotCompile
from sim.planning.compile import Compiled, compile_scenario
from sim.results.members import members_of
from sim.results.wanted import Wanted, every_outcome, every_series, name_of, names
from sim.scenario.load import Loaded, load_scenario

RUNS, MONTHS = 40, 30


@cache
def recorded() -> tuple[Loaded, Compiled, Trajectories]:
    """Runs with a condition, in which somebody recognises."""
    loaded = load_scenario("schools-for-tranches")
    made = compile_scenario(loaded.case, loaded.scenario, MONTHS)
    found = empty_trajectories(made.start, RUNS, MONTHS)
    compiled()(made.start, made.uids, new_workspace(made.start, made.uids), *key(1), 0, found)
    return loaded, made, found


def known() -> tuple[list[str], list[tuple[str, str]]]:
    """Names of all outcomes and series."""
    loaded, made, _ = recorded()
    return names(loaded.case, made)


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether the numbers have the same bits, NaN included."""
    return np.asarray(one, "<f8").tobytes() == np.asarray(other, "<f8").tobytes()


@pytest.mark.parametrize("name", known()[0])
def test_an_outcome_on_its_own_has_the_bits_of_the_full_one(name: str) -> None:
    loaded, made, found = recorded()
    full = every_outcome(found, members_of(loaded.case), made)[name]
    wanted = Wanted(loaded.case, made, [name], [])
    values = wanted.read(members_of(loaded.case), made, found, 0, 0, no_months(0, MONTHS + 1))
    assert values.shape == (1, RUNS)
    assert same(values[0], full)


def test_all_outcomes_and_series_at_once_have_the_bits_of_the_full_ones() -> None:
    loaded, made, found = recorded()
    outcomes, series = known()
    wanted = Wanted(loaded.case, made, outcomes, series)
    sums = no_months(len(series), MONTHS + 1)
    values = wanted.read(members_of(loaded.case), made, found, 0, 0, sums)
    members = members_of(loaded.case)
    full = every_outcome(found, members, made)
    assert [
        name for name, own in zip(outcomes, values, strict=True) if not same(own, full[name])
    ] == []
    by_month = every_series(found, members, made)
    for key_, kept in zip(series, sums, strict=True):
        own = np.asarray(by_month[key_], np.float64)
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
    loaded, made, found = recorded()
    outcomes, series = known()
    wanted = Wanted(loaded.case, made, outcomes, series)
    whole, parts = no_months(len(series), MONTHS + 1), no_months(len(series), MONTHS + 1)
    values = wanted.read(members_of(loaded.case), made, found, 0, 0, whole)
    first = wanted.read(members_of(loaded.case), made, first_rows(found, 7), 0, 0, parts)
    rest = Trajectories(*(array[7:] for array in found))
    second = wanted.read(members_of(loaded.case), made, rest, 7, 7, parts)
    assert same(np.concatenate([first, second], axis=1), values)
    assert same(parts, whole)


def test_something_happens_in_these_runs() -> None:
    """Else equal bits would say little: most outcomes differ from run to run."""
    loaded, made, found = recorded()
    full = every_outcome(found, members_of(loaded.case), made)
    still = [name for name, values in full.items() if len(set(values.tolist())) == 1]
    assert len(still) < len(full) / 2
    assert np.isnan(full["first_recognition"]).any()


def test_a_condition_that_these_runs_do_not_have_is_unknown() -> None:
    loaded, made, found = recorded()
    wanted = Wanted(loaded.case, made, ["gdp", "condition_met:nothing"], [])
    values = wanted.read(members_of(loaded.case), made, found, 0, 0, no_months(0, MONTHS + 1))
    assert np.isnan(values[1]).all()
    assert np.isfinite(values[0]).all()


def test_a_number_that_is_not_finite_is_told_with_its_run_and_month() -> None:
    loaded, made, found = recorded()
    bad = Trajectories(*(array.copy() for array in found))
    bad.metrics["gdp"][3, 7] = np.inf
    wanted = Wanted(loaded.case, made, ["gdp"], [])
    with pytest.raises(CannotCompile, match=r"^gdp is no finite number in run 103, month 7: "):
        wanted.read(members_of(loaded.case), made, bad, 100, 0, no_months(0, MONTHS + 1))
