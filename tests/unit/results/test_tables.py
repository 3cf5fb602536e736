"""The text of the tables: ten significant digits, blank for what is unknown, dates by month."""

import math
from typing import Any

import numpy as np
import pytest

from sim.measures.catalog import outcomes_of, series_of
from sim.measures.members import members_of
from sim.measures.reader import Reader
from sim.model.calendar import Calendar
from sim.store.summary import Summary
from sim.store.tables import (
    OF_ACTORS,
    OF_SUMMARY,
    actor_rows,
    as_csv,
    number,
    run_parts,
    summary_rows,
)
from tests.recorded import blank, members
from tests.states import afghanistan

MEMBERS = members([0], {"East": [0], "West": [1]}, permanent=[0])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1 / 3, "0.3333333333"),
        (2 / 3e6, "6.666666667e-07"),
        (12345.678901234, "12345.6789"),
        (2.0, "2"),
        (0.0, "0"),
        (-1.5, "-1.5"),
        (1e10, "1e+10"),
        (9999999999.0, "9999999999"),
        (math.nan, ""),
    ],
)
def test_a_number_has_ten_significant_digits_and_is_blank_where_unknown(
    value: float, text: str
) -> None:
    assert number(value) == text


def test_a_table_has_line_feeds_and_quotes_where_needed() -> None:
    assert as_csv(("a", "b"), [("one, two", 1), ('"x"', "")]) == 'a,b\n"one, two",1\n"""x""",\n'


def test_a_row_of_runs_has_its_number_and_every_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = {"x": np.array([1.5, math.nan, 3.0]), "y": np.array([1, 2, 7], np.int8)}
    head = ",".join(["run", *outcomes]) + "\n"
    assert list(run_parts(outcomes, 3)) == [head, "0,1.5,1\n1,,2\n2,3,7\n"]
    monkeypatch.setattr("sim.store.tables.ROWS_A_PART", 2)
    assert list(run_parts(outcomes, 3)) == [head, "0,1.5,1\n1,,2\n", "2,3,7\n"]


def summary() -> Summary:
    """Two runs of one month with two actors."""
    reader = Reader(MEMBERS, outcomes_of(MEMBERS), series_of(MEMBERS))
    found = Summary(reader, MEMBERS, months=1, runs=2)
    recorded = blank(runs=2, months=2)
    recorded.metrics["gdp"] = [[76, 77], [76, 78]]
    recorded.metrics["trade"] = [[0, 10], [0, 20]]
    recorded.actors["rung"] = [[[3, 1], [4, 1]], [[3, 1], [5, 1]]]
    found.add(recorded, 0)
    return found


def by_name(rows: Any) -> dict[tuple[str, str, int], Any]:
    """Rows of a summary by metric, subject and month."""
    return {(row[0], row[2], row[3]): row for row in rows}


def test_a_summary_has_a_row_for_each_series_and_month() -> None:
    rows = by_name(summary_rows(summary(), Calendar(2024, 2)))
    quantiles = ("77.05", "77.25", "77.5", "77.75", "77.95")
    expected = ("gdp", "index", "", 1, "2024-02", "77.5", *quantiles, 2, "0")
    assert rows[("gdp", "", 1)] == expected
    assert rows[("mean_rung", "East", 1)][5] == "4.5"
    assert len(OF_SUMMARY) == len(expected)


def test_a_flow_has_no_row_for_the_start() -> None:
    rows = by_name(summary_rows(summary(), Calendar(2024, 2)))
    assert ("trade", "", 0) not in rows
    assert rows[("trade", "", 1)][5] == "15"
    assert ("gdp", "", 0) in rows


def test_a_summary_ends_with_the_rung_of_each_actor() -> None:
    rows = list(summary_rows(summary(), Calendar(2024, 2)))
    assert rows[-4:] == [
        ("rung", "rung", "a0", 0, "2024-01", "3", "3", "3", "3", "3", "3", 2, "0"),
        ("rung", "rung", "a0", 1, "2024-02", "4.5", "4", "4", "4", "5", "5", 2, "0"),
        ("rung", "rung", "a1", 0, "2024-01", "1", "1", "1", "1", "1", "1", 2, "0"),
        ("rung", "rung", "a1", 1, "2024-02", "1", "1", "1", "1", "1", "1", 2, "0"),
    ]


def test_each_actor_has_its_flows_its_rung_and_its_chances() -> None:
    case = afghanistan()
    who = members_of(case)
    reader = Reader(who, outcomes_of(who), series_of(who))
    found = Summary(reader, who, months=1, runs=4)
    recorded = blank(4, 2, len(case.actors), len(case.pools), len(case.projects), len(case.issues))
    recorded.actors["trade"][:, 1, 0] = [1, 2, 3, 4]
    recorded.actors["rung"][:, 1, 0] = [0, 1, 2, 2]
    recorded.actors["attended"][:, 1, 0] = [0, 0, 0, 1]
    found.add(recorded, 0)
    rows = [row for row in actor_rows(found, case) if row[0] == "ADB"]
    named = ("ADB", "Asian Development Bank", "Institution")
    spread = ("1.15", "1.75", "2.5", "3.25", "3.85")
    assert rows[2] == (*named, "trade", "US$ m", "2.5", *spread, 4)
    assert rows[3][3:6] == ("attended", "count", "0.25")
    assert rows[4] == (*named, "rung_end", "rung", "1.25", "0", "0", "1", "2", "2", 4)
    chances = [(row[3], row[5]) for row in rows[5:]]
    reached = ["0.75", "0.5", "0", "0", "0", "0", "0"]
    assert chances == [(f"reached_{rung}", chance) for rung, chance in enumerate(reached, 1)]
    assert all(row[4] == "probability" and row[6:11] == ("",) * 5 for row in rows[5:])
    assert len(rows[0]) == len(OF_ACTORS)
