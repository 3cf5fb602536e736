"""Conditions of interventions, by hand: what is looked at, when, and what then holds."""

from typing import Any

import pytest

from sim.model.rules.conditions import clause_value, evaluate_conditions, recognitions
from sim.model.state import State
from sim.model.vocab import Quantity
from tests.states import draws, new_clause, new_condition, new_part, state

WORLD = {
    "need": 0.61,
    "stress": 0.62,
    "momentum": -0.63,
    "hard_line": 0.64,
    "cohesion": 0.65,
    "gdp": 66.0,
    "food_insecure": 0.67,
    "level": [0, 1, 2, 3, 4, 1],
}


@pytest.mark.parametrize(
    ("quantity", "target", "amount"),
    [
        (Quantity.NEED, -1, 0.61),
        (Quantity.STRESS, -1, 0.62),
        (Quantity.MOMENTUM, -1, -0.63),
        (Quantity.HARD_LINE, -1, 0.64),
        (Quantity.COHESION, -1, 0.65),
        (Quantity.GDP, -1, 66.0),
        (Quantity.HUNGER, -1, 0.67),
        (Quantity.RECOGNITIONS, -1, 1.0),
        (Quantity.LEVEL, 3, 3.0),
        (Quantity.RUNG, 1, 5.0),
        (Quantity.STAGE, 1, 4.0),
        (Quantity.MET, 1, 9.0),
    ],
)
def test_each_quantity_is_looked_at(quantity: Quantity, target: int, amount: float) -> None:
    actors = [{"rung": 7, "sovereign": 1}, {"rung": 5, "sovereign": 1}, {"rung": 7}]
    conditions = [new_condition(met=8), new_condition(met=9)]
    s = state(WORLD, actors, pools=[{"stage": 2}, {"stage": 4}], conditions=conditions)
    assert clause_value(new_clause(quantity=quantity, target=target), s) == amount


def test_only_states_recognise() -> None:
    s = state(actors=[{"rung": 7, "sovereign": 1}] * 2 + [{"rung": 7}, {"rung": 6, "sovereign": 1}])
    assert recognitions(s) == 2


def with_need(need: float, month: int, conditions: list[Any], clauses: list[Any]) -> State:
    s = state({"need": need, "month": month}, conditions=conditions, clauses=clauses)
    evaluate_conditions(s, draws(s))
    return s


def needy(**bounds: float) -> Any:
    return new_clause(quantity=Quantity.NEED, **bounds)


@pytest.mark.parametrize(("need", "holds"), [(0.49, 0), (0.5, 1), (0.6, 1), (0.7, 1), (0.71, 0)])
def test_both_bounds_are_included(need: float, holds: int) -> None:
    s = with_need(need, 1, [new_condition()], [needy(low=0.5, high=0.7)])
    assert s.conditions[0].holds == holds


@pytest.mark.parametrize(("month", "holds"), [(2, 0), (3, 1), (5, 1), (6, 0)])
def test_a_condition_is_looked_at_in_its_months(month: int, holds: int) -> None:
    s = with_need(0.6, month, [new_condition(first=3, last=5)], [needy(low=0.5)])
    assert s.conditions[0].holds == holds


def test_all_clauses_must_hold_and_each_belongs_to_its_condition() -> None:
    clauses = [needy(low=0.5), needy(low=0.7), new_clause(condition=1, low=0.5)]
    s = with_need(0.6, 1, [new_condition(), new_condition()], clauses)
    assert [condition.holds for condition in s.conditions] == [0, 1]


@pytest.mark.parametrize(("lasting", "later"), [(1, 1), (0, 0)])
def test_met_once_is_met_for_good_only_where_it_lasts(lasting: int, later: int) -> None:
    s = with_need(0.6, 4, [new_condition(lasting=lasting)], [needy(low=0.5)])
    condition = s.conditions[0]
    assert (condition.holds, condition.met) == (1, 4)
    s.world.month, s.world.need = 9, 0.4
    evaluate_conditions(s, draws(s))
    assert (condition.holds, condition.met) == (later, 4)


def test_what_lasts_does_not_hold_before_it_is_met() -> None:
    s = with_need(0.4, 4, [new_condition(lasting=1)], [needy(low=0.5)])
    assert (s.conditions[0].holds, s.conditions[0].met) == (0, 0)


def test_met_in_the_first_month_lasts_like_any_other() -> None:
    s = with_need(0.6, 1, [new_condition(lasting=1)], [needy(low=0.5)])
    s.world.month, s.world.need = 2, 0.4
    evaluate_conditions(s, draws(s))
    assert s.conditions[0].holds == 1


def test_after_its_months_a_condition_holds_no_longer() -> None:
    s = with_need(0.6, 5, [new_condition(last=5)], [needy(low=0.5)])
    assert s.conditions[0].holds == 1
    s.world.month = 6
    evaluate_conditions(s, draws(s))
    assert s.conditions[0].holds == 0


def test_the_month_in_which_it_was_met_first_stays() -> None:
    s = with_need(0.6, 4, [new_condition(lasting=1)], [needy(low=0.5)])
    s.world.month = 5
    evaluate_conditions(s, draws(s))
    assert s.conditions[0].met == 4


def test_what_was_met_before_the_deadline_goes_on_after_it() -> None:
    s = with_need(0.6, 4, [new_condition(lasting=1, last=4)], [needy(low=0.5)])
    s.world.month = 5
    evaluate_conditions(s, draws(s))
    assert s.conditions[0].holds == 1


def test_a_condition_on_another_one_sees_that_it_was_met_in_an_earlier_month() -> None:
    clauses = [needy(low=0.5), new_clause(condition=1, quantity=Quantity.MET, target=0, low=1.0)]
    s = with_need(0.6, 4, [new_condition(), new_condition()], clauses)
    assert [condition.holds for condition in s.conditions] == [1, 0]
    s.world.month = 5
    evaluate_conditions(s, draws(s))
    assert [condition.met for condition in s.conditions] == [4, 5]


def test_switches_of_what_holds_add_up_to_the_pattern() -> None:
    conditions = [new_condition(switch=switch) for switch in (1, 0, 2, 4)]
    clauses = [new_clause(condition=c, quantity=Quantity.NEED, low=0.5) for c in (0, 1, 3)]
    clauses.append(new_clause(condition=2, quantity=Quantity.NEED, low=0.9))
    assert with_need(0.6, 1, conditions, clauses).world.pattern == 5
    assert with_need(0.4, 1, conditions, clauses).world.pattern == 0


def offered(*offers: dict[str, float], draw: float, parts: list[Any]) -> State:
    """Offers that are met in month 4, in a world of three actors and a pool held by the last."""
    conditions = [new_condition(**{"announced": 1, "lasting": 1, **given}) for given in offers]
    clauses = [
        new_clause(condition=place, quantity=Quantity.NEED) for place in range(len(conditions))
    ]
    s = state(
        {"need": 0.6, "month": 4},
        [{}, {}, {}],
        pools=[{}],
        vetoes=[[0, 0, 1]],
        conditions=conditions,
        clauses=clauses,
        parts=parts,
    )
    evaluate_conditions(s, draws(s, word=[0.9, draw, 0.9, 0.9, 0.9, 0.9]))
    return s


PARTS = [{"actor": 0, "worth": 0.1}, {"actor": 1, "worth": 0.0}, {"pool": 0, "worth": -0.1}]


@pytest.mark.parametrize(("draw", "kept"), [(0.59, True), (0.6, False), (0.61, False)])
def test_a_word_is_kept_or_broken_by_the_draw_of_its_issue(draw: float, kept: bool) -> None:
    parts = [new_part(**part) for part in PARTS]
    s = offered({"kept": 0.6, "word_issue": 1}, draw=draw, parts=parts)
    [offer] = s.conditions
    assert (offer.met, offer.broken, offer.holds) == (4, int(not kept), int(kept))
    assert [actor.word for actor in s.actors] == [1 if kept else -1, 0, 1 if kept else -1]


def test_a_broken_offer_never_holds_and_its_word_is_broken_once() -> None:
    s = offered({"kept": 0.0}, draw=0.0, parts=[new_part(actor=0, worth=0.1)])
    s.world.month, s.actors[0].word = 5, 0
    evaluate_conditions(s, draws(s))
    assert (s.conditions[0].holds, s.actors[0].word, s.world.pattern) == (0, 0, 0)


@pytest.mark.parametrize("kept", [(1.0, 0.0), (0.0, 1.0)])
def test_of_two_words_in_a_month_the_broken_one_counts(kept: tuple[float, float]) -> None:
    parts = [new_part(condition=place, actor=0, worth=0.1) for place in (0, 1)]
    s = offered({"kept": kept[0]}, {"kept": kept[1]}, draw=0.5, parts=parts)
    assert s.actors[0].word == -1


def test_a_condition_that_is_not_announced_gives_no_word() -> None:
    s = offered({"announced": 0, "kept": 0.0}, draw=0.9, parts=[new_part(actor=0, worth=0.1)])
    assert (s.conditions[0].holds, s.actors[0].word) == (1, 0)
