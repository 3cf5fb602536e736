"""Every start reproduces the last observation of each series (model 5).

Observations come from the record that ships. What it does not hold, figures of the appeal of 2024,
stands here and in the sources of `starts.yaml`.
"""

import csv
import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from sim.case.number_id import number_id
from sim.engine.ensemble import simulate
from sim.engine.kernel import Start
from sim.engine.plain import run_chunk_plainly
from sim.io.places import shipped
from sim.planning.compile import compile_scenario
from sim.scenario.schema import Scenario
from sim.scenario.verbs.rows import SetGlobal
from tests.states import afghanistan

H, B = "2021-09", "2024-02"

PEOPLE = 40.0
COUNTED_2024, TARGETED_2024, ASKED_2024 = 23.7, 17.3, 3060.0
"""The plan for 2024, of December 2023: m people in need and targeted, US$ m."""

ROUNDING = 0.005
"""Start values have three digits."""


@cache
def record(table: str) -> list[dict[str, str]]:
    """The rows of a table of the record."""
    with (shipped("seeds") / "afghanistan" / "record" / table).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def cell(table: str, key: str, value: str, column: str, **where: str) -> float:
    """The number in a column of the one row that has these values."""
    where = {key: value, **where}
    (row,) = [row for row in record(table) if where.items() <= row.items()]
    return float(row[column])


def of_year(table: str, year: str, *columns: str) -> float:
    """The sum of some columns of a year."""
    return sum(cell(table, "year", year, column) for column in columns)


@cache
def started(start: str) -> Start:
    """The start in the first month of a case."""
    scenario = Scenario(title="x", case="afghanistan", start=start, months=1)
    return compile_scenario(afghanistan(), scenario).start


def world(start: str, name: str) -> float:
    """A number of the world at a start."""
    return float(started(start).world[0][name])


def parameter(start: str, name: str) -> float:
    """A parameter of a start."""
    return float(started(start).parameters[0][name])


def hungry(start: str, months: Sequence[int]) -> float:
    """People at IPC 3 or worse, in m, over these months of the year, as the start has them."""
    swing = parameter(start, "food_winter")
    seasons = [1.0 + swing * math.cos(2.0 * math.pi * (month - 1) / 12.0) for month in months]
    return PEOPLE * world(start, "hunger_start") * sum(seasons) / len(seasons)


def asked(start: str) -> float:
    """What an appeal of the start asks for in a year, US$ m."""
    targeted = parameter(start, "target_share") * world(start, "need") * PEOPLE
    return world(start, "price") * targeted


def traded(start: str) -> float:
    """Trade in a year at the start, US$ m."""
    return 12.0 * world(start, "trade_start")


def grown(through: str) -> float:
    """The record's output of a year, 2020 being 100."""
    rates = {row["year"]: row["real_gdp_growth_pct"] for row in record("afg_economy.csv")}
    years = [year for year in rates if "2020" < year <= through]
    return 100.0 * math.prod(1.0 + float(rates[year]) / 100.0 for year in years)


AID, ECONOMY, HUNGER = "afg_humanitarian.csv", "afg_economy.csv", "afg_ipc_periods.csv"


def hunger_of(first: str) -> float:
    """The record's people at IPC 3 or worse in the period that began in a month, m."""
    return cell(HUNGER, "period_start", first, "ipc3plus_m")


def in_need(start: str) -> float:
    """People in need at the start, m."""
    return world(start, "need") * PEOPLE


def targeted(start: str) -> float:
    """The share of people in need whom the appeal of the start targets."""
    return parameter(start, "target_share")


def observations() -> list[Any]:
    """What each start says, and what the record or the plan of 2024 says."""
    rows = [
        ("need", B, in_need(B), COUNTED_2024),
        ("need", H, in_need(H), of_year(AID, "2022", "people_in_need_m")),
        ("hunger", B, hungry(B, [11, 12, 1, 2, 3]), hunger_of("2023-11")),
        ("hunger", H, hungry(H, [9, 10]), hunger_of("2021-09")),
        ("target", B, targeted(B), TARGETED_2024 / COUNTED_2024),
        (
            "target",
            H,
            targeted(H),
            of_year(AID, "2022", "people_targeted_m") / of_year(AID, "2022", "people_in_need_m"),
        ),
        ("appeal", B, asked(B), ASKED_2024),
        ("appeal", H, asked(H), of_year(AID, "2022", "appeal_required_usd_m")),
        ("gdp", B, world(B, "gdp"), grown("2023") * 1.023 ** (7 / 12)),
        ("gdp", H, world(H, "gdp"), grown("2022")),
        ("trade", B, traded(B), of_year(ECONOMY, "2023", "exports_usd_m", "imports_usd_m")),
        ("trade", H, traded(H), of_year(ECONOMY, "2022", "exports_usd_m", "imports_usd_m")),
    ]
    return [pytest.param(*row[2:], id=f"{row[0]}-{row[1]}") for row in rows]


@pytest.mark.parametrize(("started_at", "observed"), observations())
def test_a_start_reproduces_the_last_observation(started_at: float, observed: float) -> None:
    assert started_at == pytest.approx(observed, rel=ROUNDING)


def test_hunger_of_month_0_is_that_of_the_start_with_its_season() -> None:
    """5: hardship is part of it; January for the default start, August for the other."""
    for start, month in ((B, 1), (H, 8)):
        assert PEOPLE * world(start, "food_insecure") == pytest.approx(hungry(start, [month]))


def test_relief_of_all_actors_is_the_funding_reported_for_2023() -> None:
    given = sum(afghanistan().value_at(f"actors.{actor}.relief") for actor in afghanistan().actors)
    observed = cell(AID, "year", "2023", "total_reported_funding_usd_m")
    assert given == pytest.approx(observed, rel=0.001)


@pytest.mark.parametrize(("start", "year"), [(B, "2023"), (H, "2022")])
def test_revenue_of_the_start_is_near_that_of_the_record(start: str, year: str) -> None:
    """The rates of customs and domestic revenue are one for both starts, so only near."""
    observed = cell(ECONOMY, "year", year, "revenue_usd_m")
    assert world(start, "revenue_start") == pytest.approx(observed, rel=0.08)


def test_the_fund_is_that_of_the_record_with_its_interest_since() -> None:
    pools = list(afghanistan().pools)
    fund = started(B).pools[pools.index("fund")]
    last = 1000.0 * cell("afg_assets.csv", "event", "interest_accrual", "amount_usd_bn")
    first = 1000.0 * cell("afg_assets.csv", "event", "fund_created", "amount_usd_bn")
    assert fund["interest_rate"] == pytest.approx((last - first) / first, rel=0.01)
    assert fund["balance"] == pytest.approx(last + 4.5 / 12.0 * (last - first), rel=0.001)


STILL = ("money_spread", "giving_spread", "leaving_rate", "quake_hazard")
"""Parameters without which budgets do not move by chance."""


def test_pledges_of_2022_are_near_the_funding_of_that_year() -> None:
    """The surge of the early start is set by them: months 5 to 16, without chance."""
    still = [SetGlobal(verb="set_global", month=1, param=name, to=0.0) for name in STILL]
    scenario = Scenario(title="x", case="afghanistan", start=H, months=16, interventions=still)
    made = compile_scenario(afghanistan(), scenario)
    (chunk,) = simulate(made.start, made.uids, 16, 1, 1, threads=1, loop=run_chunk_plainly)
    found = chunk.trajectories.metrics["relief_pledged"][0, 5:].sum()
    observed = cell(AID, "year", "2022", "total_reported_funding_usd_m")
    assert found == pytest.approx(observed, rel=0.1)


@pytest.mark.parametrize("start", [H, B])
def test_every_start_value_lies_in_its_range(start: str) -> None:
    case = afghanistan()
    for name in ("need", "hunger", "hardship", "price", "target_share", "gdp", "trade_scale"):
        number = case.numbers[number_id(f"starts.{start}.{name}")]
        assert number.low < number.value < number.high, name
