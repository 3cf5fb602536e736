"""Naive rules: chances by hand, and what they must not know."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.record.backtest.naive import (
    AMOUNT_RULES,
    RUNG_RULES,
    SLIP,
    Moves,
    Past,
    group_hazard,
    last_value,
    persistence,
    random_walk,
    trend,
)

rung = st.integers(0, 7)


@st.composite
def moves(draw: st.DrawFn) -> Moves:
    """What some actors of two groups did within a time."""
    actors = draw(st.integers(1, 12))
    lists = [draw(st.lists(rung, min_size=actors, max_size=actors)) for _ in range(2)]
    groups = draw(st.lists(st.integers(0, 1), min_size=actors, max_size=actors))
    return Moves(
        *map(np.array, (*lists, groups)), draw(st.integers(1, 24)), draw(st.integers(1, 40))
    )


@given(moves(), moves(), st.sampled_from(sorted(RUNG_RULES)))
def test_chances_are_chances_and_do_not_know_the_end(past: Moves, window: Moves, name: str) -> None:
    rule = RUNG_RULES[name]
    chances = rule(past, window)
    assert np.allclose(chances.sum(axis=1), 1.0)
    assert (chances >= -1e-12).all()
    blind = rule(past, replace(window, after=window.before))
    assert np.array_equal(chances, blind)


def half(climbs: int, of: int) -> Moves:
    """A year in which some of so many actors climbed by one from rung 2."""
    before = np.full(of, 2)
    after = before + (np.arange(of) < climbs)
    return Moves(before, after, np.zeros(of, np.int64), 12, 4)


def test_persistence_slips_a_little() -> None:
    chances = persistence(half(1, 4), half(0, 1))
    assert chances[0, 2] == 1.0 - SLIP
    assert chances[0, 3] == pytest.approx(SLIP / 7)


def test_a_constant_hazard_expects_what_was_seen() -> None:
    """40 of 100 climbed within a year: a hazard of .405, so .333 do not stay, less what falls."""
    past = half(40, 100)
    chances = RUNG_RULES["constant hazard"](past, half(0, 1))
    climb = 40.5 / 100
    assert chances[0, 2] == pytest.approx(math.exp(-climb) * math.exp(-0.5 / 100), abs=0.005)


def test_groups_have_hazards_of_their_own() -> None:
    past = replace(half(10, 20), group=np.repeat([0, 1], 10))
    window = Moves(np.array([2, 2]), np.array([2, 2]), np.array([0, 1]), 12, 16)
    fast, slow = 1.0 - group_hazard(past, window)[:, :3].sum(axis=1)
    assert fast > 0.5 > 0.1 > slow


def test_a_falling_hazard_falls() -> None:
    past, window = half(40, 100), replace(half(0, 1), age=16)
    falling = RUNG_RULES["hazard that falls as 1/t"](past, window)[0, 3:].sum()
    constant = RUNG_RULES["constant hazard"](past, window)[0, 3:].sum()
    assert 0.3 * constant < falling < 0.6 * constant


PAST = Past(np.array([2018.5, 2019.5, 2020.5]), np.log([1.0, 2.0, 4.0]))


def test_amounts_by_hand() -> None:
    assert last_value(PAST, 2022.5).tolist() == [math.log(4.0)]
    walk = random_walk(PAST, 2022.5)
    assert walk.mean() == pytest.approx(math.log(4.0))
    assert walk.std() == pytest.approx(math.log(2.0) * math.sqrt(2.0), rel=0.02)
    line = trend(PAST, 2021.5)
    assert line.mean() == pytest.approx(math.log(8.0))
    assert line.std() == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("rule", AMOUNT_RULES.values())
def test_rules_of_amounts_move_with_the_scale(rule: Callable[[Past, float], Any]) -> None:
    more = replace(PAST, values=PAST.values + 3.0)
    assert np.allclose(rule(more, 2021.0), rule(PAST, 2021.0) + 3.0)
