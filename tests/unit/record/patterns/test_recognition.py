"""The recognition kernel alone, on a record of a few states and by hand."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.io.errors import BadFile
from sim.model.calendar import Calendar
from sim.record.patterns.recognition import (
    Fit,
    Group,
    Kernel,
    Record,
    cells_of,
    expected_counts,
    expected_shares,
    group_of,
    record_of,
)

GROUPS = [
    Group(title="club", any_of={"club": "1", "pact": "1"}),
    Group(title="south", any_of={"region": "South"}),
]

FIT = Fit(
    record="any.csv",
    first_month="2008-02",
    events=["recognition", "none"],
    fitted=[2008, 2009],
    left_out=[2010],
    groups=[*GROUPS, Group(title="others")],
    worry="worry",
    heavy="heavy",
    heavy_weight=4.0,
)

COLUMNS = ("event", "date", "club", "pact", "region", "worry", "heavy")
ROWS = (
    ("recognition", "2008-02-18", "1", "0", "North", "0", "1"),
    ("recognition", "2008-12-01", "0", "0", "South", "0", "0"),
    ("recognition", "2009-01-31", "0", "1", "South", "1", "0"),
    ("recognition_by_another", "2008-02-19", "0", "0", "South", "0", "0"),
    ("none", "", "0", "0", "South", "1", "0"),
    ("none", "", "0", "0", "North", "0", "0"),
)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return tmp_path


def recorded(seeds: Path, rows: Any = ROWS, columns: Any = COLUMNS) -> Record:
    """The record in a table of these rows."""
    lines = [
        ",".join(cells)
        for cells in (("state", *columns), *((f"{i}", *row) for i, row in enumerate(rows)))
    ]
    (seeds / FIT.record).write_text("\n".join(lines), encoding="utf-8")
    return record_of(FIT, seeds)


def kernel(peers: float = 0.0, rate: float = 0.5) -> Kernel:
    return Kernel(np.array([2.0, 0.5, -1.0]), 0.25, peers, rate, 0.5, 0.5)


def chance(value: float, rate: float = 0.5) -> float:
    """The monthly chance of the model document, 7.1."""
    return rate / (1 + math.exp(-(value - 0.5) / 0.5))


def test_a_state_belongs_to_the_first_group_that_takes_it() -> None:
    row = {"club": "0", "pact": "1", "region": "South"}
    assert group_of(row, GROUPS) == 0
    assert group_of({**row, "pact": "0"}, GROUPS) == 1
    assert group_of({**row, "pact": "0", "region": "North"}, GROUPS) == -1
    assert group_of({**row, "pact": "0", "region": "North"}, FIT.groups) == 2


def test_a_record_leaves_out_other_events_and_counts_months(seeds: Path) -> None:
    record = recorded(seeds)
    assert record.group.tolist() == [0, 1, 0, 1, 2]
    assert record.worried.tolist() == [0, 0, 1, 1, 0]
    assert record.weight.tolist() == [4, 1, 1, 1, 1]
    assert record.month.tolist() == [1, 11, 12, 0, 0]
    assert record.counts([2008, 2009, 2010]).tolist() == [2, 1, 0]


def test_a_column_that_is_not_there_is_named(seeds: Path) -> None:
    without = [row[:-1] for row in ROWS]
    with pytest.raises(BadFile, match=r"any.csv:1:1: no column 'heavy'"):
        recorded(seeds, without, COLUMNS[:-1])


def test_the_first_year_begins_in_the_first_month(seeds: Path) -> None:
    record = recorded(seeds)
    assert record.months_of(2008) == range(1, 12)
    assert record.months_of(2009) == range(12, 24)


def test_states_that_are_alike_share_a_cell(seeds: Path) -> None:
    record = recorded(seeds, [*ROWS, ROWS[4]])
    cells = cells_of(record)
    found = zip(cells.group, cells.worried, cells.states, strict=True)
    assert sorted(found) == [(0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 2), (2, 0, 1)]
    assert cells.influence.tolist() == [4 / 9, 1 / 9, 1 / 9, 2 / 9, 1 / 9]


def test_without_peers_a_cell_follows_its_own_chance(seeds: Path) -> None:
    cells = cells_of(recorded(seeds))
    shares = expected_shares(kernel(), cells, 3)
    for cell, (group, worried) in enumerate(zip(cells.group, cells.worried, strict=True)):
        left = 1 - chance(float(kernel().stances[group]) - 0.25 * worried)
        assert shares[:, cell] == pytest.approx([1 - left**month for month in range(4)])


def test_peers_that_have_recognised_pull_by_their_weight() -> None:
    record = Record(
        np.array([0, 2]), np.array([0, 0]), np.array([4.0, 1.0]), np.zeros(2), Calendar(2008, 2)
    )
    shares = expected_shares(kernel(peers=3.0), cells_of(record), 2)
    first = [chance(2.0), chance(-1.0)]
    pull = 3.0 * (0.8 * first[0] + 0.2 * first[1])
    second = first[1] + (1 - first[1]) * chance(-1.0 + pull)
    assert shares[1] == pytest.approx(first)
    assert shares[2, 1] == pytest.approx(second)


def test_lines_are_drawn_in_month_1_and_turn_over_later(seeds: Path) -> None:
    """A state with a line that is worth much goes first; a new government may be another one."""
    cells = cells_of(recorded(seeds))
    one, kept, turned = (
        expected_shares(replace(kernel(), spread=spread, turnover=turnover), cells, 3)
        for spread, turnover in ((0.0, 0.0), (1.5, 0.0), (1.5, 1.0))
    )
    assert kept[1] == pytest.approx(turned[1])
    left = 1.0 - turned[1]
    assert turned[3] == pytest.approx(1.0 - left**3)
    assert np.all(kept[3] < turned[3])
    assert kept[3].max() < one[3].max()


def test_expected_counts_add_up_to_all_that_have_recognised(seeds: Path) -> None:
    record = recorded(seeds)
    cells = cells_of(record)
    shares = expected_shares(kernel(), cells, 35)
    counts = expected_counts(shares, cells, record, [2008, 2009, 2010])
    assert counts.sum() == pytest.approx(float(shares[35] @ cells.states))
    assert counts[0] == pytest.approx(float(shares[11] @ cells.states))
