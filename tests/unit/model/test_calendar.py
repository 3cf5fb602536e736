"""The calendar of the model."""

import pytest

from sim.model.calendar import Calendar


@pytest.mark.parametrize(
    ("month", "text"),
    [(0, "2024-01"), (1, "2024-02"), (11, "2024-12"), (12, "2025-01"), (60, "2029-01")],
)
def test_a_month_has_its_date(month: int, text: str) -> None:
    """3: t = 1 simulates the start month; month 0 is the one before."""
    assert Calendar(2024, 2).date(month) == text


def test_the_month_before_january_is_december() -> None:
    assert Calendar(2024, 1).date(0) == "2023-12"


@pytest.mark.parametrize(
    ("year", "start", "span"),
    [(2022, (2021, 9), (5, 16)), (2024, (2024, 2), (0, 11)), (2025, (2024, 2), (12, 23))],
)
def test_months_of_a_year(year: int, start: tuple[int, int], span: tuple[int, int]) -> None:
    assert Calendar(*start).months_of_year(year) == span
