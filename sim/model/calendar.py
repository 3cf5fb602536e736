"""The calendar: where the months of a run, counted from 1, fall among years and dates."""

from dataclasses import dataclass

MONTHS_A_YEAR = 12
JANUARY = 1
JULY = 7


def calendar_month(start: int, month: int) -> int:
    """Calendar month (1 to 12) of simulated month `month` (1 is the start month).

    >>> calendar_month(2, 1), calendar_month(2, 12), calendar_month(9, 5)
    (2, 1, 1)
    """
    return (start - 1 + month - 1) % MONTHS_A_YEAR + 1


def month_number(date: str) -> int:
    """Months from the year 0 to the start of the month of a date, `2024-07` or `2024-07-15`.

    >>> month_number("2024-02") - month_number("2023-12-31")
    2
    """
    year, month = date.split("-")[:2]
    return int(year) * MONTHS_A_YEAR + int(month) - 1


def month_date(number: int) -> str:
    """The date of a month counted from the year 0, as in `2024-07`."""
    return f"{number // MONTHS_A_YEAR}-{number % MONTHS_A_YEAR + 1:02d}"


@dataclass(frozen=True)
class Calendar:
    """The dates of a run's months: month 1 is calendar month `month` (1 to 12) of `year`.

    >>> calendar = calendar_from("2021-09")
    >>> calendar.date(0), calendar.date(5), calendar.month_of("2022-01-15")
    ('2021-08', '2022-01', 5)
    """

    year: int
    month: int

    @property
    def first(self) -> int:
        """Months from the year 0 to the start of month 1."""
        return self.year * MONTHS_A_YEAR + self.month - 1

    def date(self, month: int) -> str:
        """Year and month of simulated month `month`; month 0 is the one before the start."""
        return month_date(self.first + month - 1)

    def month_of(self, date: str) -> int:
        """The simulated month that falls on a date; 0 and less before the start."""
        return month_number(date) - self.first + 1

    def months_of_year(self, year: int) -> tuple[int, int]:
        """First and last month of a calendar year; before month 1 and beyond the horizon, too.

        >>> calendar_from("2021-09").months_of_year(2022)
        (5, 16)
        """
        return self.month_of(f"{year}-01"), self.month_of(f"{year}-12")


def calendar_from(date: str) -> Calendar:
    """The calendar of a run that starts in the month of a date, `2024-07`."""
    year, month = map(int, date.split("-"))
    return Calendar(year, month)
