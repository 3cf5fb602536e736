"""All series that are read off the runs, and what they are called."""

import numpy as np
import pytest

from sim.model.metrics import Metrics
from sim.model.schema import columns
from sim.results.series import (
    READ_OFF,
    SUBJECTS,
    column_of,
    first_month,
    is_flow,
    keys_of,
    read_off,
)
from tests.recorded import blank, members

MEMBERS = members([0, 1], {"East": [0], "West": [1]}, {"A": [0, 1]}, permanent=[0], issues=("ART",))
RECORDED = blank(issues=1)


def test_every_series_has_a_unit_and_a_meaning() -> None:
    read = read_off(RECORDED, MEMBERS)
    assert list(dict.fromkeys(name for name, _ in read.series)) == list(READ_OFF)
    assert all(column.unit and column.meaning for column in READ_OFF.values())


def test_no_series_has_the_name_of_a_metric() -> None:
    assert set(READ_OFF) & set(columns(Metrics)) == set()


def test_the_keys_are_known_before_anything_is_run() -> None:
    assert keys_of(MEMBERS) == list(read_off(RECORDED, MEMBERS).series)


def test_a_series_has_subjects_of_one_kind_or_none() -> None:
    subjects = {"group": {"East", "West"}, "bloc": {"A"}, "pool": {"fund"}, "project": {"oil"}}
    subjects["issue"] = {"ART"}
    found: dict[str, set[str]] = {}
    for name, subject in keys_of(MEMBERS):
        found.setdefault(name, set()).add(subject)
    assert {name: subjects[SUBJECTS[name]] if name in SUBJECTS else {""} for name in found} == found


def test_rungs_are_bytes_in_the_order_of_runs_months_and_actors() -> None:
    recorded = blank(runs=2, months=3, actors=2, issues=1)
    recorded.actors["rung"] = np.arange(12).reshape(2, 3, 2) % 8
    rungs = read_off(recorded, MEMBERS).rungs
    assert rungs.dtype == np.int8
    assert rungs.tolist() == recorded.actors["rung"].tolist()


@pytest.mark.parametrize(
    ("metric", "unit", "flow", "first"),
    [
        ("gdp", "index", False, 0),
        ("trade", "US$ m", True, 1),
        ("mean_rung", "rungs", False, 0),
        ("institutions_development", "US$ m", True, 1),
        ("project_investment", "US$ m", True, 1),
        ("trade_share", "share", False, 1),
        ("diversion", "share", False, 1),
        ("assets_frozen_share", "share", False, 0),
        ("rung", "rung", False, 0),
    ],
)
def test_flows_and_shares_of_them_begin_in_the_first_month(
    metric: str, unit: str, flow: bool, first: int
) -> None:
    """Month 0 reports no flows."""
    assert column_of(metric).unit == unit
    assert (is_flow(metric), first_month(metric)) == (flow, first)


def test_a_series_of_which_nothing_is_known_is_no_flow() -> None:
    assert not is_flow("what_an_older_result_had")
