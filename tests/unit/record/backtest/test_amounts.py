"""Which months a value of the record stands for, and what was seen before a date."""

import numpy as np
import pytest

from sim.record.backtest.amounts import months_of, past_of
from sim.record.dots import Dot, span
from tests.states import afghanistan

START = afghanistan().starts["2021-09"]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2022", "2022", (5, 16)),
        ("2022-03", "2022-05", (7, 9)),
        ("2021-09", "2021-09", (1, 1)),
        ("2021", "2021", None),
        ("2024", "2024", None),
    ],
)
def test_a_value_stands_for_the_months_of_its_time(
    first: str, last: str, months: tuple[int, int] | None
) -> None:
    assert months_of(Dot(span(first)[0], span(last)[1], 1.0), START, 29) == months


def test_a_day_stands_for_its_month() -> None:
    assert months_of(Dot(*span("2022-02-11"), 1.0), START, 29) == (6, 6)


def test_the_past_ends_where_the_start_begins() -> None:
    dots = [
        Dot(*span(year), value) for year, value in (("2021", 4.0), ("2020", 2.0), ("2022", 9.0))
    ]
    past = past_of(dots, span("2021-09")[0])
    assert np.allclose(past.values, np.log([2.0, 4.0]))
    assert past.times.tolist() == [2020.5, 2021.5]
