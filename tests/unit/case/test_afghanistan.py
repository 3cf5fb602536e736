"""The numbers of the case at both starts, to the digits of the document (model 5, 7.13)."""

from typing import Any

import pytest

from sim.case.case import Case
from sim.planning.compile import Compiled, compile_scenario, falling_at_once
from sim.scenario.schema import Scenario
from tests.states import afghanistan
from tests.twin.known import of_the_text

H, B = "2021-09", "2024-02"


def of_the_document() -> Case:
    """The case without what has been added since."""
    return of_the_text(afghanistan(), B)


def compiled(start: str) -> Compiled:
    """A baseline of one month from a start."""
    scenario = Scenario(title="x", case="afghanistan", start=start, months=1)
    return compile_scenario(of_the_document(), scenario)


@pytest.fixture(scope="module")
def starts() -> dict[str, Compiled]:
    return {start: compiled(start) for start in (H, B)}


def world(starts: dict[str, Compiled], start: str) -> Any:
    """The world at a start."""
    return starts[start].start.world[0]


def column(name: str) -> list[float]:
    """A number of every actor."""
    case = of_the_document()
    return [case.value_at(f"actors.{actor}.{name}") for actor in case.actors]


def printed(value: float, digits: int) -> float:
    """A number as it is printed with so many decimal places."""
    return round(float(value), digits)


@pytest.mark.parametrize(("start", "total"), [(B, 806.267), (H, 683.445)])
def test_trade_of_the_start(starts: dict[str, Compiled], start: str, total: float) -> None:
    """5: ΣT₀ = Σ T0 factor/12 = 990.5·.814 in B; factor .69 in H."""
    assert printed(world(starts, start)["trade_start"], 6) == printed(total, 6)


@pytest.mark.parametrize(("start", "total"), [(B, 147.233), (H, 275.773)])
def test_delivery_of_the_start(starts: dict[str, Compiled], start: str, total: float) -> None:
    """5: Del₀ = acc₀ (Σ Hmax φ₀ f^h/12 + K₀/12): .7 (160.33 + 50), and .8·160.33·2.15 in H."""
    assert printed(world(starts, start)["delivered_start"], 3) == total


@pytest.mark.parametrize("start", [B, H])
def test_development_money_of_the_start(starts: dict[str, Compiled], start: str) -> None:
    """5: ΣD₀ = 91.25 in B; in H no donor of development money stands at rung 0 either."""
    assert printed(world(starts, start)["development_start"], 9) == 91.25


@pytest.mark.parametrize(("start", "revenue"), [(B, 2572.50458), (H, 2358.7943)])
def test_revenue_of_the_start(starts: dict[str, Compiled], start: str, revenue: float) -> None:
    """5: Rev₀ = 2572.50458 in B, 2358.7943 in H."""
    assert printed(world(starts, start)["revenue_start"], 6) == revenue


@pytest.mark.parametrize("start", [B, H])
def test_returns_of_the_start(starts: dict[str, Compiled], start: str) -> None:
    """5: ΣRet₀ = .0384486."""
    assert printed(world(starts, start)["returns_start"], 9) == 0.0384486


@pytest.mark.parametrize(("start", "stress"), [(B, 0.2569), (H, 0.0866)])
def test_stress_of_the_start(starts: dict[str, Compiled], start: str, stress: float) -> None:
    """2: m = .0866 in H, .2569 in B."""
    assert printed(world(starts, start)["stress"], 4) == stress


@pytest.mark.parametrize(
    ("actor", "alpha"),
    [
        ("RUS", -0.654698),
        ("CHN", -0.164172),
        ("USA", -0.892545),
        ("EU", -0.184936),
        ("WB", -0.201755),
        ("IMF", -0.826543),
    ],
)
def test_anchors_of_the_default_start(
    starts: dict[str, Compiled], actor: str, alpha: float
) -> None:
    """5: α in B."""
    place = starts[B].actors.index(actor)
    assert printed(starts[B].start.actors[place]["anchor"], 6) == alpha


@pytest.mark.parametrize("start", [B, H])
def test_nobody_would_fall_at_once(starts: dict[str, Compiled], start: str) -> None:
    """5: a start whose actor stands on a rung that its own gate denies is reported: none does."""
    assert falling_at_once(starts[start]) == []


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (
            H,
            {
                "gdp": 74.4,
                "need": 0.61,
                "hunger_start": 0.48,
                "hardship": 0.35,
                "hardship_swing": 0.35,
                "price": 201,
                "attention": 14,
                "tenure": 1,
                "carry_over": 0,
            },
        ),
        (
            B,
            {
                "gdp": 77.1,
                "need": 0.5925,
                "hunger_start": 0.3714,
                "hardship": 0.0,
                "hardship_swing": 0.0,
                "price": 177,
                "attention": 0,
                "tenure": 30,
                "carry_over": 600,
            },
        ),
    ],
)
def test_the_world_of_a_start(
    starts: dict[str, Compiled], start: str, expected: dict[str, float]
) -> None:
    """5: Y, n, food₀, v₀, c, att, ten and K; memories at rest."""
    found = world(starts, start)
    assert {name: found[name] for name in expected} == expected
    assert (found["gdp_trend"], found["gdp_start"]) == (expected["gdp"], expected["gdp"])
    assert (found["population"], found["health"]) == (40.0, 0.35)
    assert (found["hard_line"], found["cohesion"], found["rerouting"]) == (0.62, 0.70, 0.2)
    assert (found["reach"], found["money_swing"], found["appeal_factor"]) == (1.0, 0.0, 1.0)
    assert (found["slow_budget"], found["momentum"], found["civil_society"]) == (1.0, 0.0, -1)


@pytest.mark.parametrize(
    ("start", "levels"), [(H, [1, 2, 1, 0, 2, 2, 2]), (B, [0, 1, 1, 0, 2, 1, 1])]
)
def test_the_levels_of_a_start(starts: dict[str, Compiled], start: str, levels: list[int]) -> None:
    """5: EDU EMP JUS INC CT BOR PUB."""
    found = world(starts, start)
    assert found["level"][: found["issues"]].tolist() == levels
    assert found["level_start"].tolist() == found["level"].tolist()


@pytest.mark.parametrize(("start", "target", "need"), [(H, 0.906, 192.5), (B, 0.73, 222.3)])
def test_target_and_need_for_revenue_are_those_of_the_start(
    starts: dict[str, Compiled], start: str, target: float, need: float
) -> None:
    """5: target and Need₀."""
    row = starts[start].start.parameters[0]
    assert (row["target_share"], row["revenue_need"]) == (target, need)


@pytest.mark.parametrize(
    ("start", "balances", "stages", "projects"),
    [
        (H, [2100, 3500, 3500], [0, 0, 0], [(1, 0), (0, 0)]),
        (B, [2100, 3713, 3500], [0, 2, 0], [(1, 0), (3, 13)]),
    ],
)
def test_pools_and_projects_of_a_start(
    starts: dict[str, Compiled], start: str, balances: Any, stages: Any, projects: Any
) -> None:
    """5: fund, litigation, Europe; oil y (inv), copper."""
    found = starts[start]
    assert found.pools == ("europe", "fund", "litigation")
    assert found.start.pools["balance"].tolist() == balances
    assert found.start.pools["stage"].tolist() == stages
    assert found.projects == ("copper", "oil")
    pairs = found.start.projects[["stage", "months_invested"]].tolist()
    assert pairs == projects


def test_the_schedule_of_the_oil_project_adds_up(starts: dict[str, Compiled]) -> None:
    """5: months 1-12 12.5, 13-48 15, then 0: 150 and 540 in all."""
    oil = starts[B].start.projects[1]["schedule"]
    assert (oil[:12].sum(), oil[12:48].sum(), oil[48:].sum()) == (150.0, 540.0, 0.0)
    assert set(starts[B].start.projects[0]["schedule"].tolist()) == {15.0}


@pytest.mark.parametrize(
    ("flow", "total"), [("relief", 1924), ("development", 1095), ("trade", 11886)]
)
def test_the_flows_of_the_actors_add_up(flow: str, total: float) -> None:
    """5: sums H0 1,924, D0 1,095, T0 11,886."""
    assert sum(column(flow)) == total


def test_the_actors_are_those_of_the_table() -> None:
    """5: 38 actors; West is 12 states and the EU (9)."""
    facts = of_the_document().actors.values()
    west = [actor for actor in facts if actor.group == "West"]
    assert len(facts) == 38
    assert [sum(actor.kind == kind for actor in west) for kind in ("state", "bloc")] == [12, 1]
    assert [actor.id for actor in facts] == sorted(actor.id for actor in facts)


@pytest.mark.parametrize(
    ("flag", "actors"),
    [
        ("corridor", {"IRN", "PAK", "TJK", "TKM", "UZB"}),
        ("mediator", {"QAT", "SAU"}),
        ("delegates", {"ADB", "IMF", "OIC", "SCO", "UN", "WB"}),
    ],
)
def test_the_flags_of_the_actors(flag: str, actors: set[str]) -> None:
    """5: flags c and m, and the institutions whose policy is a vote."""
    flagged = zip(of_the_document().actors, column(flag), strict=True)
    assert {actor for actor, value in flagged if value} == actors


def test_permanent_members_are_the_five() -> None:
    """2: CHN FRA GBR RUS USA."""
    facts = of_the_document().actors.values()
    five = ["CHN", "FRA", "GBR", "RUS", "USA"]
    assert [actor.id for actor in facts if actor.permanent_member] == five


def test_elections_are_those_of_the_west() -> None:
    """5: flag e."""
    facts = of_the_document().actors.values()
    assert column("electorate") == [float(actor.group == "West") for actor in facts]


def test_capacities_are_those_of_the_first_bundle(starts: dict[str, Compiled]) -> None:
    """5: Dmax = D0/max(.05, 1-χ^d (1-C)): USA 190/(1-.6·(1-C)); C is the mean of levels over 4,
    (.95·(.05·1 + .05·1 + .5·2 + .2·1) + .05·1)/4.
    """
    usa = starts[B].start.actors[starts[B].actors.index("USA")]
    assert usa["score"] == pytest.approx(0.32125)
    assert usa["development_capacity"] == pytest.approx(190 / (1 - 0.6 * 0.67875))
    assert usa["relief_capacity"] == pytest.approx(526 / (1 - 0.1 * 0.67875))


def test_a_lender_starts_from_the_mean_of_its_members(starts: dict[str, Compiled]) -> None:
    """5, 7.4: delegation before anchoring; χ^d of CHN .1, FRA and GBR .75, RUS .1, USA .6."""
    start = starts[B].start
    row = start.policies[start.actors[starts[B].actors.index("UN")]["policy"]]
    assert row["development_conditionality"] == pytest.approx((0.1 + 0.75 + 0.75 + 0.1 + 0.6) / 5)
    assert row["drift"] == pytest.approx((0.4 - 0.45 - 0.45 + 0.6 - 0.45) / 5)
    assert row["issue_weights"].sum() == pytest.approx(1.0, abs=1e-12)
