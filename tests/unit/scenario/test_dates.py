"""Months given as dates are counted from the start."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.parts import month_of
from tests.scenarios import HEAD, faults, interventions, load, with_interventions
from tests.states import afghanistan

START = afghanistan().starts["2024-02"]


@given(st.integers(1, 1_000))
def test_a_date_is_the_month_that_falls_there(month: int) -> None:
    assert month_of(START.calendar.date(month), START) == month


def test_months_may_be_dates_wherever_they_stand() -> None:
    edu = "{issue: EDU, at_least: 3}"
    line = f"{{month: 2024-02, until: '2025-02', deadline: 2024-12, when: {edu}, verb: pitch}}"
    [found] = interventions(line)
    assert (found.month, found.until, found.deadline) == (1, 13, 11)


def test_dates_are_counted_from_the_scenario_s_own_start() -> None:
    text = with_interventions("{month: 2022-01, verb: pitch}", head=f"{HEAD}start: '2021-09'\n")
    assert load(text).scenario.interventions[0].month == 5


def test_what_is_resolved_has_numbers() -> None:
    loaded = load(with_interventions("{month: 2024-08, verb: pitch}"))
    assert loaded.resolved()["interventions"][0]["month"] == 7


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ("2024-01", "2024-01 lies before the start, 2024-02"),
        ("1999-12", "1999-12 lies before the start, 2024-02"),
        ("2024-13", "must be a month, as in 2024-02, or a number counted from there"),
        ("2024-8", "must be a month, as in 2024-02, or a number counted from there"),
        ("2024-08-01", "must be a month, as in 2024-02, or a number counted from there"),
        ("2029-02", "month 61 lies beyond the horizon"),
    ],
)
def test_a_date_that_is_none_is_refused_in_its_place(given_: str, message: str) -> None:
    [fault] = faults(with_interventions(f"{{month: {given_}, verb: pitch}}"))
    assert fault.startswith("x.yaml:4:6: interventions[0].month: ")
    assert message in fault


def test_no_message_says_twice_what_was_given() -> None:
    [fault] = faults(with_interventions("{month: 2020-01, verb: pitch}"))
    assert fault.endswith("month: 2020-01 lies before the start, 2024-02")


def test_all_faults_are_told_at_once() -> None:
    found = faults(
        with_interventions(
            "{month: 2023-02, verb: pitch}",
            "{month: 2024-20, verb: set_policy, select: {id: XXX}, policy: isolation}",
            "{month: soon, verb: pitch}",
        )
    )
    assert [line.split(": ")[1] for line in found] == [
        "interventions[0].month",
        "interventions[1].month",
        "interventions[1].select.id",
        "interventions[2].month",
    ]


def test_without_a_case_nothing_is_said_of_dates() -> None:
    text = with_interventions("{month: 2023-02, verb: pitch}", head="title: T\ncase: nowhere\n")
    assert any("nowhere" in line for line in faults(text))
    assert not any("before the start" in line for line in faults(text))
