"""Fans of the simulated runs, and the record beside them."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.io.errors import BadFile, MissingFile
from sim.io.places import shipped
from sim.io.reader import parse_yaml
from sim.io.validation import validate
from sim.model.calendar import Calendar
from sim.record.ensemble import Ensemble, Runs
from sim.record.hindcast import (
    Hindcast,
    HindcastFile,
    PanelFile,
    hindcast,
    load_hindcast,
    points,
    record_by_month,
)
from sim.scenario.limits import LONGEST
from sim.scenario.setting import Setting
from tests.states import afghanistan
from tests.unit.record.patterns.example import a_batch

SHIPPED = (shipped("seeds") / "afghanistan" / "hindcast.yaml").read_text(encoding="utf-8")
START: Any = SimpleNamespace(calendar=Calendar(2021, 9))


def a_file(quantity: dict[str, Any], by: str = "month") -> PanelFile:
    """A panel of a quantity, without any record to speak of."""
    parts = {"title": "T", "unit": "of it", "by": by, "quantity": quantity}
    return PanelFile.model_validate({**parts, "record": {"kind": "numbers", "at": {}}})


def metric(name: str, by: str = "month") -> PanelFile:
    return a_file({"kind": "metric", "metric": name}, by)


def ensemble(months: int) -> Ensemble:
    return Ensemble(scenario="any", start="2021-09", months=months)


def faults(old: str, new: str) -> list[str]:
    """What is wrong with the shipped file after its first `old` became `new`."""
    assert old in SHIPPED
    document = parse_yaml(SHIPPED.replace(old, new, 1), "h.yaml")
    try:
        validate(HindcastFile, document, Setting(afghanistan(), None, LONGEST))
    except BadFile as error:
        return str(error).splitlines()
    return []


@pytest.fixture(scope="module")
def found() -> Hindcast:
    return hindcast("afghanistan", Runs(20, 1))


def test_a_flow_has_no_point_at_the_start() -> None:
    assert metric("gdp").spans(ensemble(3), START) == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert metric("trade").spans(ensemble(2), START) == [(1, 1), (2, 2)]


def test_only_whole_years_are_points() -> None:
    assert metric("gdp", "year").spans(ensemble(28), START) == [(5, 16), (17, 28)]
    assert metric("gdp", "year").spans(ensemble(27), START) == [(5, 16)]
    assert metric("gdp", "year").spans(ensemble(15), START) == []


def test_points_add_up_flows_and_average_levels() -> None:
    batch = a_batch(metrics={"trade": [[0, 1, 2, 4]], "gdp": [[80, 90, 100, 110]]})
    at = [(1, 2), (3, 3)]
    assert points(metric("trade"), batch, at).tolist() == [[3, 4]]
    assert points(metric("gdp"), batch, at).tolist() == [[95, 110]]


def test_a_series_is_a_metric_a_mean_rung_or_a_balance() -> None:
    batch = a_batch([[[2, 3], [5, 6], [0, 0]]])
    rungs = a_file({"kind": "mean_rung", "who": {"kind": "state"}})
    assert rungs.quantity.series(batch).tolist() == [[3.5, 4.5]]
    batch.trajectories.pools["balance"][0, :, 0] = (10, 20)
    assert a_file({"kind": "balance", "pool": "chest"}).quantity.series(batch).tolist() == [
        [10, 20]
    ]
    assert metric("gdp").quantity.series(batch).tolist() == [[0, 0]]


def test_the_shipped_hindcast_ends_with_the_record(found: Hindcast) -> None:
    assert (found.first, found.last, found.runs) == ("2021-09", "2024-01", 20)
    assert len(found.panels) == len(load_hindcast("afghanistan").panels)
    for panel in found.panels:
        assert len(panel.dots) >= 2
        assert panel.fan.last[-1] <= 2024 + 1 / 12 + 1e-9
        low, high = panel.fan.quantiles["q05"], panel.fan.quantiles["q95"]
        assert np.all(low <= panel.fan.quantiles["q50"])
        assert np.all(panel.fan.quantiles["q50"] <= high)


def test_the_record_is_the_one_that_the_patterns_quote(found: Hindcast) -> None:
    panels = {panel.title: panel for panel in found.panels}
    rungs = [dot.value for dot in panels["Mean rung of group East"].dots]
    assert rungs == pytest.approx([3.4375, 3.75, 4.0625])
    relief = panels["Relief pledged"]
    assert relief.by_year
    assert [(dot.first, dot.value) for dot in relief.dots] == [(2022, 3821.7), (2023, 1923.3)]
    assert relief.fan.first.tolist() == [2022.0, 2023.0]
    output = [dot.value for dot in panels["Gross domestic product"].dots]
    assert output == pytest.approx([74.4, 76.1], abs=0.05)


def test_all_runs_start_from_the_same_month(found: Hindcast) -> None:
    fan = next(panel.fan for panel in found.panels if panel.title == "People in need")
    assert fan.quantiles["q05"][0] == fan.quantiles["q95"][0] == pytest.approx(24.4)
    assert fan.first[0] == pytest.approx(2021 + 7 / 12)


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ('start: "2021-09"', 'start: "2021-08"', "ensemble.start", "unknown start"),
        ("group: East", "group: Eest", "panels[0].quantity", "unknown group 'Eest'"),
        ("metric: gdp", "metric: gpd", "panels[6].quantity.metric", "did you mean gdp?"),
        ("pool: fund", "pool: fond", "panels[9].quantity.pool", "did you mean fund?"),
        ("starts.2021-09.levels.0", "starts.levels.0", "panels[10].record.at", "unknown path"),
        ("months: 29", "months: 15", "panels[2].by", "no whole year"),
        ("kind: growth", "kind: grow", "panels[6].record.kind", "did you mean growth?"),
    ],
)
def test_what_leads_nowhere_is_said_with_its_place(
    old: str, new: str, where: str, message: str
) -> None:
    fault = faults(old, new)[0]
    assert fault.startswith("h.yaml:")
    assert where in fault
    assert message in fault


def test_a_case_without_a_hindcast_is_said() -> None:
    with pytest.raises(MissingFile):
        load_hindcast("nowhere")


def test_the_record_is_told_by_series_a_flow_by_year_as_a_twelfth() -> None:
    found = record_by_month("afghanistan")
    pledged, need = found["relief_pledged", ""], found["people_counted", ""]
    year = {dot.first: dot.value for dot in pledged}[2022.0]
    assert 100.0 < year < 600.0
    assert {dot.first: dot.value for dot in need}[2022.0] == 24.4
    assert {("mean_rung", "West"), ("level", "EDU"), ("pool_balance", "fund")} <= set(found)
