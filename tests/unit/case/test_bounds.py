"""What every number of a case may be: units, bounds and whole numbers, by path."""

import math

import pytest

from sim.case.bounds import Bounds, bounds_in, bounds_of, fault_of, names_of, slot_of
from sim.case.number_id import number_id
from sim.model.parameters import BY_START, SWITCHES, Parameters
from sim.model.policy import Policy
from sim.model.schema import columns
from sim.model.state import Pool
from tests.states import afghanistan

ENDLESS = math.inf


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("parameters.dead_band", ("utility", 0, ENDLESS, False)),
        ("parameters.loading_peers.7", ("loading", -ENDLESS, ENDLESS, False)),
        ("parameters.mediation_rung", ("rung", 0, 7, True)),
        ("parameters.drought_months", ("months", 0, 60, True)),
        ("policies.mild.gates.6", ("score", -ENDLESS, ENDLESS, False)),
        ("policies.mild.issue_weights.5", ("weight", 0, ENDLESS, False)),
        ("policies.mild.quorum", ("share", 0, 1, False)),
        ("actors.XYZ.salience", ("weight", 0, ENDLESS, False)),
        ("actors.XYZ.return_rate", ("share/month", 0, 1, False)),
        ("actors.XYZ.domestic_salience", ("index", 0, 1, False)),
        ("actors.XYZ.reservation_offset", ("utility", -ENDLESS, ENDLESS, False)),
        ("actors.XYZ.trade", ("US$ m/year", 0, ENDLESS, False)),
        ("actors.XYZ.cap", ("rung", 0, 7, True)),
        ("actors.XYZ.rung", ("rung", 0, 7, True)),
        ("actors.XYZ.rung_2024_02", ("rung", 0, 7, True)),
        ("actors.XYZ.corridor", ("flag", 0, 1, True)),
        ("actors.XYZ.mediator", ("flag", 0, 1, True)),
        ("actors.XYZ.delegates", ("flag", 0, 1, True)),
        ("pools.fund.tranche", ("US$ m/month", 0, ENDLESS, False)),
        ("pools.fund.lock", ("flag", 0, 1, True)),
        ("projects.oil.schedule.0", ("US$ m/month", 0, ENDLESS, False)),
        ("projects.oil.royalty", ("US$ m/month", 0, ENDLESS, False)),
        ("projects.oil.up_rate", ("1/month", 0, 1, False)),
        ("starts.2024-02.gdp", ("index", 1e-6, ENDLESS, False)),
        ("starts.2024-02.need", ("share", 0.15, 0.95, False)),
        ("starts.2024-02.levels.0", ("level", 0, 4, True)),
        ("starts.2024-02.attention", ("months", 0, ENDLESS, True)),
        ("starts.2024-02.tenure", ("months", 0, ENDLESS, False)),
        ("starts.2024-02.target_share", ("share", 0, 1, False)),
        ("starts.2024-02.trade_scale", ("factor", 0, ENDLESS, False)),
        ("starts.2024-02.pools.fund.balance", ("US$ m", 0, ENDLESS, False)),
        ("starts.2024-02.pools.fund.stage", ("stage", 0, 4, True)),
        ("starts.2024-02.projects.oil.months_invested", ("months", 0, 540, True)),
        ("starts.2024-02.projects.pools.stage", ("stage", 0, 4, True)),
        ("ties.0", ("weight", 0, ENDLESS, False)),
        ("votes.WB.otherwise", ("weight", 0, ENDLESS, False)),
        ("votes.WB.EU", ("weight", 0, ENDLESS, False)),
    ],
)
def test_a_path_leads_to_unit_and_bounds(
    path: str, expected: tuple[str, float, float, bool]
) -> None:
    """2: ranges of the state."""
    assert bounds_of(number_id(path)) == Bounds(*expected)


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "parameters",
        "parameters.dead_bond",
        "parameters.dead_band.0",
        "parameters.loading_peers",
        "parameters.loading_peers.8",
        "parameters.loading_peers.-1",
        "parameters.loading_peers.07",
        "parameters.loading_peers.٣",
        "parameters.loading_peers.7.0",
        "parameters.loading_peers.EDU",
        "parameters.authority_frozen",
        "parameters.mediation_override",
        "parameters.target_share",
        "policies.mild",
        "policies.mild.security_stake",
        "policies.mild.gates",
        "policies..stance",
        "actors.XYZ",
        "actors.XYZ.name",
        "actors.XYZ.rungs",
        "actors.XYZ.salience.",
        "pools.fund.balance",
        "projects.oil.schedule",
        "projects.oil.schedule.540",
        "starts.2024-02",
        "starts.2024-02.levels",
        "starts.2024-02.levels.10",
        "starts.2024-02.pools",
        "starts.2024-02.pools.fund",
        "starts.2024-02.pools.fund.tranche",
        "ties",
        "ties.first",
        "ties.0.weight",
        "votes",
        "votes.WB",
        "votes.WB.EU.0",
        "issues.EDU",
        "climb_rate",
    ],
)
def test_a_path_that_leads_nowhere_raises(path: str) -> None:
    with pytest.raises(KeyError):
        bounds_of(number_id(path))
    with pytest.raises(KeyError):
        fault_of(number_id(path), 0.0)


@pytest.mark.parametrize(
    ("kind", "field", "length"),
    [
        ("parameters", "loading_peers", 8),
        ("policies", "issue_weights", 10),
        ("starts", "levels", 10),
        ("starts", "gdp", None),
        ("starts.pools", "balance", None),
    ],
)
def test_a_list_has_its_length(kind: str, field: str, length: int | None) -> None:
    assert slot_of(kind, field).length == length


@pytest.mark.parametrize(("kind", "field"), [("parameters", "dead_bond"), ("boats", "stance")])
def test_the_length_of_nothing_raises(kind: str, field: str) -> None:
    with pytest.raises(KeyError):
        slot_of(kind, field)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("actors.XYZ.cap", 7, ""),
        ("actors.XYZ.cap", 0, ""),
        ("actors.XYZ.cap", 9, "must be between 0 and 7, not 9"),
        ("actors.XYZ.cap", -1, "must be between 0 and 7, not -1"),
        ("actors.XYZ.cap", 2.5, "must be a whole number, not 2.5"),
        ("actors.XYZ.cap", 7.5, "must be between 0 and 7, not 7.5"),
        ("actors.XYZ.salience", -0.5, "must be 0 or more, not -0.5"),
        ("starts.then.gdp", 0, "must be 0.000001 or more, not 0"),
        ("starts.then.gdp", 1e300, ""),
        ("starts.then.need", 0.9500000001, "must be between 0.15 and 0.95, not 0.9500000001"),
        ("parameters.thresholds.1", -1e9, ""),
        ("parameters.thresholds.1", math.inf, "must be a finite number, not inf"),
        ("parameters.thresholds.1", math.nan, "must be a finite number, not nan"),
        ("pools.fund.lock", 0.5, "must be a whole number, not 0.5"),
    ],
)
def test_a_fault_says_the_bounds(path: str, value: float, message: str) -> None:
    assert fault_of(number_id(path), value) == message


def test_a_number_without_a_lower_bound_has_an_upper_one_alone() -> None:
    assert Bounds("utility", high=2.0).fault(3) == "must be 2 or less, not 3"


def test_a_flag_is_whole_even_if_its_record_holds_it_as_float() -> None:
    assert Pool.__annotations__["lock"] is float
    assert bounds_in(Pool, "lock").whole
    assert not bounds_in(Policy, "drift").whole


def test_every_number_of_the_case_has_its_unit() -> None:
    wrong = {
        name: number.unit
        for name, number in afghanistan().numbers.items()
        if number.unit != bounds_of(name).unit
    }
    assert wrong == {}


def test_the_case_gives_every_parameter_once_or_each_start_gives_it() -> None:
    common, start = set(names_of("parameters")), set(names_of("starts"))
    assert common | set(BY_START) | set(SWITCHES) == set(columns(Parameters))
    assert common & start == set()
    assert set(BY_START) < start


def test_a_part_that_is_not_there_has_no_names() -> None:
    with pytest.raises(KeyError):
        names_of("issues")
