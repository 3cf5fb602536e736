"""State verbs as events of the schedule (model 9)."""

from typing import Any

import pytest

from sim.model.rules import interventions as kinds
from sim.model.rules.interventions import is_active
from sim.scenario.conditions import conditions_of, events
from sim.scenario.verbs.base import EVER
from tests.scenarios import interventions
from tests.states import afghanistan, new_event, state

ACTORS = tuple(afghanistan().actors)
POOLS = tuple(afghanistan().pools)


def made(*lines: str) -> list[dict[str, Any]]:
    """The events of these interventions."""
    verbs = interventions(*lines)
    found = events(afghanistan(), verbs, conditions_of(verbs).of)
    names = found.dtype.names or ()
    return [dict(zip(names, event.tolist(), strict=True)) for event in found]


def only(line: str) -> dict[str, Any]:
    """The one event of an intervention."""
    [event] = made(line)
    return event


def months(line: str) -> list[int]:
    """The months of the first year and a half in which an intervention acts."""
    event = new_event(**only(line))
    return [month for month in range(1, 19) if is_active(event, state({"month": month}))]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{month: 6, verb: shock, kind: quake}", [6]),
        ("{month: 6, until: 8, verb: shock, kind: quake}", [6, 7, 8]),
        ("{month: 6, verb: pitch}", [6]),
        ("{month: 6, every: 3, verb: pitch}", [6, 9, 12, 15, 18]),
        ("{month: 6, until: 11, every: 3, verb: pitch}", [6, 9]),
        ("{month: 6, until: 12, every: 3, verb: pitch}", [6, 9, 12]),
        ("{month: 6, until: 8, verb: pitch}", [6, 7, 8]),
        ("{month: 6, every: 6, verb: schedule_forum}", [6, 12, 18]),
        ("{month: 6, until: 7, verb: set_issue, issue: EDU, level: 3}", [6, 7]),
        ("{month: 6, verb: set_issue, issue: EDU, level: 3}", [6]),
        ("{month: 6, until: 8, verb: force_rung, select: {id: RUS}, rung: 7}", [6, 7, 8]),
        ("{month: 6, verb: close_corridor, select: {id: PAK}}", [6]),
        ("{month: 6, until: 8, verb: close_corridor, select: {id: PAK}}", [6, 7, 8]),
        ("{month: 6, verb: shock, kind: drought, severity: .9, months: 10}", [6]),
        ("{month: 6, verb: set_litigation, pool: litigation, outcome: release}", [6]),
    ],
)
def test_an_event_acts_once_or_until_or_every_so_often(line: str, expected: list[int]) -> None:
    """9: state verbs act once at `month` unless `until` is given; every to until, or for ever."""
    assert months(line) == expected


def test_what_repeats_without_end_ends_after_every_run() -> None:
    assert only("{month: 6, every: 3, verb: pitch}")["last"] == EVER
    assert EVER > 180


def test_a_rung_is_forced_on_each_selected_actor() -> None:
    made_events = made("{month: 6, verb: force_rung, select: {bloc: RG}, rung: 4}")
    assert [ACTORS[event["target"]] for event in made_events] == ["IRN", "PAK"]
    assert {(event["verb"], event["value"]) for event in made_events} == {(kinds.FORCE_RUNG, 4.0)}


def test_an_issue_is_set_for_each_name() -> None:
    made_events = made("{month: 6, verb: set_issue, issue: [EDU, BOR], level: 3}")
    targets = [(event["verb"], event["target"], event["value"]) for event in made_events]
    assert targets == [(kinds.SET_ISSUE, 0, 3.0), (kinds.SET_ISSUE, 5, 3.0)]


def test_a_drought_has_severity_and_length() -> None:
    event = only("{month: 6, verb: shock, kind: drought, severity: 0.9, months: 10}")
    found = (event["verb"], event["value"], event["months"], event["target"])
    assert found == (kinds.DROUGHT, 0.9, 10, -1)


@pytest.mark.parametrize(
    ("kind", "verb"), [("budget", kinds.BUDGET_CUT), ("atrocity", kinds.ATROCITY)]
)
def test_a_shock_to_actors_meets_the_selected_or_all(kind: str, verb: int) -> None:
    """9: shock budget(severity), atrocity(severity) on cut_i, dom_i."""
    line = f"{{month: 6, verb: shock, kind: {kind}, severity: 0.25"
    everybody = made(f"{line}}}")
    assert [event["target"] for event in everybody] == list(range(len(ACTORS)))
    assert {(event["verb"], event["value"]) for event in everybody} == {(verb, 0.25)}
    event = only(f"{line}, select: {{id: USA}}}}")
    assert ACTORS[event["target"]] == "USA"


def test_a_quake_is_one_event() -> None:
    assert only("{month: 6, verb: shock, kind: quake}")["verb"] == kinds.QUAKE


@pytest.mark.parametrize(
    ("said", "seated"), [(", civil_society: true", 1), (", civil_society: false", 0), ("", -1)]
)
def test_a_forum_says_who_is_seated_or_leaves_it_to_chance(said: str, seated: int) -> None:
    event = only(f"{{month: 6, verb: schedule_forum{said}}}")
    assert (event["verb"], event["value"]) == (kinds.FORUM, seated)


@pytest.mark.parametrize(
    ("outcome", "verb"),
    [("release", kinds.RELEASE_LITIGATION), ("award", kinds.AWARD_LITIGATION)],
)
def test_a_litigation_ends_for_its_pool(outcome: str, verb: int) -> None:
    event = only(f"{{month: 6, verb: set_litigation, pool: litigation, outcome: {outcome}}}")
    found = (event["verb"], POOLS[event["target"]], event["destination"])
    assert found == (verb, "litigation", -1)


def test_an_outcome_for_the_fund_names_who_receives() -> None:
    event = only("{month: 6, verb: set_litigation, pool: litigation, outcome: fund, to: europe}")
    pools = (POOLS[event["target"]], POOLS[event["destination"]])
    assert (event["verb"], *pools) == (kinds.MOVE_LITIGATION, "litigation", "europe")


def test_parameter_verbs_are_no_events() -> None:
    assert made("{month: 6, verb: set_policy, select: {id: RUS}, policy: isolation}") == []
    assert made("{month: 6, verb: freeze_authority}") == []


def test_events_stand_in_the_order_of_the_file() -> None:
    """3: interventions in file order."""
    found = made("{month: 9, verb: pitch}", "{month: 6, verb: shock, kind: quake}")
    assert [event["verb"] for event in found] == [kinds.PITCH, kinds.QUAKE]
