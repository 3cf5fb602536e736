"""What is reported of a month, by hand (model 11)."""

from typing import Any

from sim.model.metrics import Metrics, Report
from sim.model.rules.reporting import count_moves, write_report
from sim.model.schema import columns
from sim.model.state import State
from tests.states import near, new_condition, new_report, state

FROM_WORLD = {
    "need_share": "need",
    "food_share": "food_insecure",
    "health": "health",
    "population": "population",
    "returned": "returned",
    "departed": "departed",
    "unemployment": "unemployment",
    "relief_pledged": "pledged",
    "relief_delivered": "delivered",
    "relief_required": "required",
    "carry_over": "carry_over",
    "access": "access",
    "development": "development",
    "development_on_budget": "development_on_budget",
    "interest": "interest",
    "stalls": "stalls",
    "refreezes": "refreezes",
    "reserves": "reserves",
    "debt_paid": "debt_paid",
    "window_paid": "window_paid",
    "trade": "trade",
    "trade_lost": "trade_lost",
    "rerouting": "rerouting",
    "investment": "investment",
    "royalties": "royalties",
    "terminations": "terminations",
    "revenue": "revenue",
    "stress": "stress",
    "gdp": "gdp",
    "concessions": "conceded",
    "tightenings": "tightened",
    "hard_line": "hard_line",
    "cohesion": "cohesion",
    "momentum": "momentum",
    "forums_held": "forum_held",
    "forums_refused": "forum_refused",
    "pitches": "pitch",
    "drought": "drought",
    "quakes": "quake",
}
"""The field of the world that each metric reports as it stands."""

COMPUTED = {
    "people_in_need",
    "people_counted",
    "people_targeted",
    "requirement",
    "food_insecure",
    "refugees",
    "assets_frozen",
    "assets_paid",
    "assets_awarded",
    "attendance",
    "incidents",
}


def reported(s: State) -> Report:
    """The report of a state."""
    report = new_report(s)
    write_report(report, s)
    return report


def numbered() -> dict[str, float]:
    """A different number for each field of the world that is reported."""
    return {field: float(3 + place) for place, field in enumerate(FROM_WORLD.values())}


def test_every_metric_is_known_to_these_tests() -> None:
    assert {*FROM_WORLD, *COMPUTED} == set(columns(Metrics))


def test_metrics_report_the_world_as_it_stands() -> None:
    """11: aggregates of the month."""
    metrics = reported(state(numbered())).metrics
    expected = {metric: numbered()[field] for metric, field in FROM_WORLD.items()}
    assert {metric: getattr(metrics, metric) for metric in FROM_WORLD} == expected


def test_levels_are_reported_by_issue() -> None:
    """2: as many as the case has, in its order."""
    lines = reported(state({"issues": 5, "level": [4, 3, 2, 1, 3]})).issues
    assert [line.level for line in lines] == [4, 3, 2, 1, 3]


def test_people_are_shares_of_the_population() -> None:
    """11: people in need (m), IPC 3+ (m)."""
    metrics = reported(state({"population": 40.0, "need": 0.7, "food_insecure": 0.45})).metrics
    assert (metrics.people_in_need, metrics.food_insecure) == near((28.0, 18.0))


def test_the_appeal_counts_and_targets_people_in_need() -> None:
    """7.8: n pop (reach f(s_C))^.33, target·reach·n·pop with .73, and c f(s_C)."""
    world = {"population": 40.0, "need": 0.7, "reach": 0.8, "appeal_factor": 0.9, "price": 150.0}
    metrics = reported(state(world)).metrics
    assert metrics.people_counted == near(28.0 * 0.72**0.33)
    assert metrics.people_targeted == near(0.73 * 0.8 * 28.0)
    assert metrics.requirement == near(135.0)


def test_refugees_attendance_and_incidents_add_up_over_actors() -> None:
    """11: attendance count, incidents, refugees (m)."""
    actors = [
        {"refugees": 2.0, "attended": 1, "incident": 1},
        {"refugees": 0.5, "attended": 1},
        {},
    ]
    metrics = reported(state({}, actors)).metrics
    assert (metrics.refugees, metrics.attendance, metrics.incidents) == near((2.5, 2, 1))


def test_assets_add_up_over_pools() -> None:
    """11: assets frozen, cumulative disbursed, lost to claimants ($m)."""
    pools = [
        {"balance": 100.0, "paid": 10.0, "awarded": 1.0},
        {"balance": 200.0, "paid": 20.0, "awarded": 2.0},
    ]
    metrics = reported(state(pools=pools)).metrics
    found = (metrics.assets_frozen, metrics.assets_paid, metrics.assets_awarded)
    assert found == near((300.0, 30.0, 3.0))


POOL = {"balance": 100.0, "paid": 10.0, "awarded": 1.0}


def test_sums_are_those_of_this_month() -> None:
    """11: a second report on the same lines does not add to the first."""
    s = state({}, [{"refugees": 2.0, "attended": 1, "incident": 1}], pools=[POOL])
    report = new_report(s)
    write_report(report, s)
    first = vars(report.metrics).copy()
    write_report(report, s)
    assert vars(report.metrics) == first


def test_each_actor_pool_and_project_has_its_line() -> None:
    """11: per month and actor rung, attendance, H, D, T; pools and projects by stage."""
    s = state(
        {},
        [
            {"rung": 3, "pledged": 1.0, "development": 2.0, "trade": 3.0, "attended": 1},
            {"rung": 5},
        ],
        pools=[{"stage": 2, "balance": 100.0, "paid": 10.0}, {"stage": 1}],
        projects=[{"stage": 4, "investment": 4.5}, {"stage": 3}],
    )
    report = reported(s)
    flows = {"relief_pledged": 1.0, "development": 2.0, "trade": 3.0, "attended": 1}
    assert vars(report.actors[0]) == {"rung": 3, **flows}
    assert vars(report.pools[0]) == {"stage": 2, "balance": 100.0, "paid": 10.0}
    assert vars(report.projects[0]) == {"stage": 4, "investment": 4.5}
    assert [line.rung for line in report.actors] == [3, 5]
    assert [line.stage for line in report.pools] == [2, 1]
    assert [line.stage for line in report.projects] == [4, 3]


def test_what_holds_is_reported_of_each_condition() -> None:
    s = state(conditions=[new_condition(holds=1), new_condition(holds=0)])
    assert [line.holds for line in reported(s).conditions] == [1, 0]


def counted(**given: Any) -> Any:
    """The counts of a month."""
    stale = dict.fromkeys(("conceded", "tightened", "stalls", "refreezes", "terminations"), 9)
    world = {"next_level": [0] * 6, **stale, **given.pop("world", {})}
    s = state(world, **given)
    count_moves(s)
    return s.world


def test_concessions_and_tightenings_count_levels_across_the_whole_month() -> None:
    """7.5: Δx, imposed changes included: up 2 and 1, down 2."""
    opened, after = [0, 0, 0, 2, 1, 1], [2, 1, 0, 0, 1, 1]
    world = counted(world={"level_opened": opened, "level": after, "next_level": after})
    assert (world.conceded, world.tightened) == (3, 2)


def test_a_fall_from_talks_is_a_stall_and_one_from_disbursing_a_refreeze() -> None:
    """7.10: a stall from 1 to 3, a re-freeze from 4; a climb is neither."""
    stages = [(1, 0), (3, 2), (4, 3), (2, 3), (4, 4)]
    world = counted(pools=[{"stage": now, "next_stage": then} for now, then in stages])
    assert (world.stalls, world.refreezes) == (2, 1)


def test_a_project_that_falls_is_terminated() -> None:
    """7.11: a fall is a termination; neither a rise nor a month on the spot is."""
    stages = [(3, 2), (1, 0), (1, 2), (3, 3)]
    world = counted(projects=[{"stage": now, "next_stage": then} for now, then in stages])
    assert world.terminations == 2


def test_a_month_without_moves_counts_none() -> None:
    """3: the counts of the month before are forgotten."""
    world = counted()
    assert [world.conceded, world.tightened, world.stalls, world.refreezes] == [0] * 4
    assert world.terminations == 0
