"""All measures, what follows from a declaration, and that one declaration is all it takes."""

from pathlib import Path

import click
import numpy as np
import pytest

from sim.analysis.compare import differences
from sim.cli import candidates
from sim.cli.main import command
from sim.measures.catalog import (
    MEASURES,
    is_flow,
    is_headline,
    is_of_an_actor,
    is_whole,
    measure_of,
    outcomes_of,
    series_of,
    taken,
)
from sim.measures.measure import HIGHEST, SCALES, Field, Measure
from sim.measures.members import members_of
from sim.model.metrics import ActorMonth, IssueMonth, Metrics, PoolMonth, ProjectMonth
from sim.model.schema import columns
from sim.runs.make import Order, make_result
from sim.scenario.load import load_scenario
from sim.store.read import read_result
from sim.study.setting import inventory_of
from tests.recorded import members
from tests.states import afghanistan

RECORDS = {
    "metrics": Metrics,
    "actors": ActorMonth,
    "pools": PoolMonth,
    "projects": ProjectMonth,
    "issues": IssueMonth,
}


def test_every_measure_has_a_unit_and_a_meaning_of_its_subject() -> None:
    for measure in MEASURES.values():
        assert measure.unit
        assert measure.meaning
        assert ("{}" in measure.meaning) == bool(measure.of), measure.name


def test_every_metric_is_a_measure_and_no_other_has_its_name() -> None:
    names = [name for name, each in MEASURES.items() if not each.of][: len(columns(Metrics))]
    assert names == list(columns(Metrics))


def test_every_field_that_is_read_is_recorded_in_the_same_unit() -> None:
    for measure in MEASURES.values():
        if isinstance(measure.read, Field) and measure.read.record in RECORDS:
            column = columns(RECORDS[measure.read.record])[measure.read.name]
            assert column.unit == measure.unit or measure.unit in ("flag", "month", "count")


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
    measure = MEASURES[metric]
    assert (measure.unit, measure.flow, measure.first_month) == (unit, flow, first)
    assert measure.by_month


def test_what_nothing_is_known_of_is_neither_flow_nor_whole_nor_headline() -> None:
    name = "what_an_older_result_had:x"
    assert measure_of(name) is None
    assert not any(says(name) for says in (is_flow, is_whole, is_of_an_actor))
    assert not is_headline(name, ["x"])
    assert taken(name) == ""


def test_flags_levels_stages_rungs_and_counts_are_whole() -> None:
    whole = ["eased:X", "level:X", "pool_stage:X", "rung_end:X", "states_at_6", "quakes", "climbs"]
    assert all(map(is_whole, whole))
    assert not any(map(is_whole, ["gdp", "mean_rung:X", "coverage", "assets_paid", "momentum"]))
    assert set(SCALES) <= {measure.unit for measure in MEASURES.values()}


def test_of_issues_a_first_look_wants_those_that_the_case_marks() -> None:
    assert is_headline("level:A", ["A"])
    assert not is_headline("level:B", ["A"])
    assert is_headline("reached:A:2", ["A", "A:2"])
    assert not is_headline("reached:A:3", ["A", "A:2"])
    assert is_headline("mean_rung:West", [])
    assert not is_headline("bloc_rung:X", [])


def test_what_is_read_is_told_in_a_word() -> None:
    assert [taken(name) for name in ("trade", "gdp", "trade_share:X", "climbs")] == [
        *("total", "end", "whole", "")
    ]


def test_names_follow_from_the_case_and_the_conditions() -> None:
    case = afghanistan()
    names = outcomes_of(members_of(case, ["mine"]))
    assert len(set(names)) == len(names)
    assert {"gdp", "mean_rung:West", "condition_met:mine", "rung_end:USA", "eased:EDU"} <= {*names}
    assert "rung:USA" not in names
    keys = series_of(members_of(case))
    assert {("gdp", ""), ("rung", "USA"), ("level", "EDU")} <= {*keys}
    assert ("eased", "EDU") not in keys


def test_a_case_without_a_block_has_none_of_its_measures() -> None:
    some = members([0], {"East": [0]})
    none = members([0], {"East": [0]}, missing=("aid", "issues"))
    gone = set(outcomes_of(some)) - set(outcomes_of(none))
    assert {"relief_pledged", "coverage", "institutions_development", "eased_any"} <= gone
    assert "trade" not in gone


def test_a_study_knows_the_conditions_of_its_scenarios() -> None:
    outcomes = inventory_of([load_scenario("schools-for-tranches")]).outcomes
    found = [outcomes[name] for name in outcomes if name.startswith("condition_met:")]
    assert found
    for unit, meaning in found:
        assert unit == "month"
        assert meaning.startswith("first month in which EDU ")


ADDED = Measure(
    "balance_highest", "US$ m", "highest balance of {}", Field("pools", "balance"), HIGHEST, "pool",
    title="Highest balance", headline=True, studied=True,
)  # fmt: skip


def test_one_declaration_is_all_that_a_measure_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is in results, their codebook, comparisons, tables, titles, studies and completion."""
    monkeypatch.setitem(MEASURES, ADDED.name, ADDED)
    base, other = (
        read_result(make_result(load_scenario(name), Order(3, 6), tmp_path)[0])
        for name in ("baseline", "human-rights-conditionality")
    )
    name = "balance_highest:fund"
    assert (base.outcomes[name] >= base.outcomes["pool_balance:fund"]).all()
    title = afghanistan().pools["fund"].title
    meaning = f"highest balance of pool fund ({title}); over the run"
    assert base.units[name] == ("US$ m", meaning)
    assert base.titles[name] == f"Highest balance: {title}"
    assert name in [row.outcome for row in differences([base, other])]
    assert is_headline(name, [])
    assert inventory_of([load_scenario("baseline")]).outcomes[name] == ("US$ m", meaning)
    offered = candidates.metrics(click.Context(command), click.Option(["--metric"]), name)
    assert [item.value for item in offered] == [name]
    assert np.isfinite(base.outcomes[name]).all()
