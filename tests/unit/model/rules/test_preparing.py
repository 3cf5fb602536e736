"""Filling a start from numbers: bounds, words and steps, by hand.

Ties and who follows by them are in `test_ties.py`, what rows must meet in `test_limits.py`.
"""

import math
from typing import Any

import pytest

from sim.model.plan import (
    ADD,
    COPY,
    NO_FAULT,
    NOT_WHOLE,
    OF_NUMBER,
    OF_STEP,
    SET,
    SET_WHOLE,
    TIMES,
    StartViews,
)
from sim.model.rules.preparing import (
    check_numbers,
    count_inside,
    take_steps,
    write_numbers,
)
from tests.plans import move, new_plan, new_room, new_step

FINE = (NO_FAULT, 0)


@pytest.mark.parametrize("wrong", [-0.001, 2.001, math.nan, -math.inf, math.inf])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_number_outside_its_bounds_is_refused_with_its_place(wrong: float, place: int) -> None:
    plan = new_plan(low=[0.0] * 3, high=[2.0] * 3)
    numbers = [1.0, 1.0, 1.0]
    numbers[place] = wrong
    assert check_numbers(numbers, plan) == (OF_NUMBER, place)


def test_the_bounds_themselves_are_allowed() -> None:
    plan = new_plan(low=[0.0, 0.0], high=[2.0, 2.0])
    assert check_numbers([0.0, 2.0], plan) == FINE


def test_each_number_has_its_own_bounds() -> None:
    plan = new_plan(low=[0.0, 5.0], high=[2.0, 7.0])
    assert check_numbers([1.0, 6.0], plan) == FINE
    assert check_numbers([6.0, 6.0], plan) == (OF_NUMBER, 0)
    assert check_numbers([1.0, 1.0], plan) == (OF_NUMBER, 1)


def test_the_first_of_two_wrong_numbers_is_told() -> None:
    plan = new_plan(low=[0.0] * 3, high=[2.0] * 3)
    assert check_numbers([1.0, 9.0, -9.0], plan) == (OF_NUMBER, 1)


def test_a_number_on_a_bound_is_not_told_for_a_wrong_one() -> None:
    plan = new_plan(low=[0.0] * 3, high=[2.0] * 3)
    assert check_numbers([0.0, 2.0, 3.0], plan) == (OF_NUMBER, 2)


def test_numbers_between_their_bounds_are_counted() -> None:
    """Of six, three lie inside, two of them on a bound; one is no number."""
    numbers = [0.0, 1.0, 2.0, -1.0, 3.0, math.nan]
    assert count_inside(numbers, [0.0] * 6, [2.0] * 6) == 3


@pytest.mark.parametrize("wrong", [2.5, 1e-9, -0.5])
def test_a_number_that_counts_something_must_be_whole(wrong: float) -> None:
    """The place is that in the list of such numbers."""
    plan = new_plan(3, must_be_whole=[2, 0])
    assert check_numbers([wrong, 0.5, 3.0], plan) == (NOT_WHOLE, 1)
    assert check_numbers([3.0, 0.5, wrong], plan) == (NOT_WHOLE, 0)


def test_whole_numbers_and_numbers_that_need_not_be_are_fine() -> None:
    plan = new_plan(3, must_be_whole=[2, 0])
    assert check_numbers([-2.0, 0.5, 0.0], plan) == FINE


def test_bounds_are_looked_at_before_wholeness() -> None:
    plan = new_plan(low=[0.0, 0.0], high=[2.0, 2.0], must_be_whole=[0])
    assert check_numbers([0.5, 3.0], plan) == (OF_NUMBER, 1)


def test_each_number_lands_in_its_words() -> None:
    """One number may fill several words; other words stay as they are."""
    plan = new_plan(3, reals=[move(0, word=3), move(2, word=1), move(0, word=0)])
    room = new_room(words=[9.0] * 5, wholes=[9] * 5)
    write_numbers([0.5, 1.5, -2.5], plan, room)
    assert room.words.tolist() == [0.5, -2.5, 9.0, 0.5, 9.0]
    assert room.wholes == [9] * 5


def test_a_number_that_counts_lands_as_a_whole_one() -> None:
    plan = new_plan(2, wholes=[move(1, word=2)])
    room = new_room(words=[9.0] * 3, wholes=[9] * 3)
    write_numbers([0.5, 4.0], plan, room)
    assert room.wholes == [9, 9, 4]
    assert isinstance(room.wholes[2], int)
    assert room.words.tolist() == [9.0] * 3


def stepping(numbers: list[float], *steps: Any) -> tuple[tuple[int, int], list[float], StartViews]:
    """What steps make of the words 1, 2, 3, 4 and of four whole ones."""
    room = new_room(words=[1.0, 2.0, 3.0, 4.0], wholes=[9] * 4)
    verdict = take_steps(numbers, new_plan(len(numbers), steps=list(steps)), room)
    return verdict, room.words.tolist(), room


def test_a_step_copies_words() -> None:
    step = new_step(COPY, word=0, source=2, length=2)
    assert stepping([], step)[:2] == (FINE, [3.0, 4.0, 3.0, 4.0])


@pytest.mark.parametrize(("how", "value"), [(SET, 0.5), (ADD, 3.5), (TIMES, 1.5)])
def test_a_step_sets_a_word_or_adds_to_it_or_multiplies_it(how: int, value: float) -> None:
    step = new_step(how, word=2, number=1)
    verdict, words, room = stepping([7.0, 0.5], step)
    assert (verdict, words) == (FINE, [1.0, 2.0, value, 4.0])
    assert room.wholes == [9] * 4


def test_a_step_sets_a_whole_word() -> None:
    """No real word changes."""
    verdict, words, room = stepping([7.0, 5.0], new_step(SET_WHOLE, word=2, number=1))
    assert (verdict, words) == (FINE, [1.0, 2.0, 3.0, 4.0])
    assert room.wholes == [9, 9, 5, 9]
    assert isinstance(room.wholes[2], int)


def test_steps_are_taken_in_order() -> None:
    """(1 + 2) · 3, copied, and 2 more."""
    steps = [
        new_step(ADD, number=0),
        new_step(TIMES, number=1),
        new_step(COPY, word=1, source=0, length=1),
        new_step(ADD, number=0),
    ]
    assert stepping([2.0, 3.0], *steps)[:2] == (FINE, [11.0, 9.0, 3.0, 4.0])


@pytest.mark.parametrize(("by", "value"), [(9.0, 5.0), (-9.0, 0.0), (1.0, 4.0)])
def test_a_clipped_step_ends_at_a_bound(by: float, value: float) -> None:
    step = new_step(ADD, word=2, low=0.0, high=5.0, clipped=1)
    assert stepping([by], step)[:2] == (FINE, [1.0, 2.0, value, 4.0])


@pytest.mark.parametrize("by", [2.001, -3.001, math.nan])
def test_a_step_out_of_bounds_is_refused_with_its_place(by: float) -> None:
    """The word stays, and no later step is taken; bounds of other steps do not matter."""
    steps = [
        new_step(SET, word=0, number=1),
        new_step(ADD, word=2, low=0.0, high=5.0),
        new_step(SET, word=1, number=1),
    ]
    assert stepping([by, 8.0], *steps)[:2] == ((OF_STEP, 1), [8.0, 2.0, 3.0, 4.0])


@pytest.mark.parametrize("by", [2.0, -3.0])
def test_a_step_may_end_on_a_bound(by: float) -> None:
    step = new_step(ADD, word=2, low=0.0, high=5.0)
    assert stepping([by], step)[:2] == (FINE, [1.0, 2.0, 3.0 + by, 4.0])


@pytest.mark.parametrize(
    ("whole", "by", "verdict"),
    [(1, 0.5, (OF_STEP, 0)), (1, 1.0, FINE), (0, 0.5, FINE)],
)
def test_only_a_step_that_must_be_whole_is_refused_otherwise(
    whole: int, by: float, verdict: tuple[int, int]
) -> None:
    assert stepping([by], new_step(ADD, whole=whole))[0] == verdict
