"""From a scenario to the arrays of a run."""

import dataclasses

import numpy as np
import pytest

from sim.engine.draws import uid
from sim.io.errors import CannotCompile
from sim.model.calendar import Calendar
from sim.planning.compile import (
    Compiled,
    compile_scenario,
    falling_at_once,
    uids_of,
)
from tests.scenarios import HEAD, load, with_interventions
from tests.states import afghanistan


def compiled(*lines: str, months: int | None = None, head: str = HEAD) -> Compiled:
    """A scenario with these interventions."""
    return compile_scenario(
        afghanistan(), load(with_interventions(*lines, head=head)).scenario, months
    )


def test_names_stand_in_sorted_order_beside_their_indices() -> None:
    found = compiled()
    assert found.actors == tuple(sorted(afghanistan().actors))
    assert found.pools == ("europe", "fund", "litigation")
    assert found.projects == ("copper", "oil")
    assert found.start.actors["index"].tolist() == list(range(len(found.actors)))


def test_institutions_are_flagged() -> None:
    """7.9: Σ D over institutions."""
    found = compiled()
    flagged = [
        name
        for name, row in zip(found.actors, found.start.actors, strict=True)
        if row["institution"]
    ]
    assert flagged == ["ADB", "ICRC", "IMF", "OIC", "SCO", "UN", "WB"]


def test_uids_are_those_of_the_document() -> None:
    """7.12: first four bytes, big-endian, of SHA-256 of kind:id."""
    found = compiled()
    assert found.start.actors["uid"][found.actors.index("RUS")] == 3465257616
    assert found.start.world["issue_uid"][0][0] == 934960564
    assert found.start.pools["uid"][1] == 3175106609
    assert found.start.projects["uid"][1] == 1088155570
    assert found.start.world["uid"][0] == 1633551243


def test_uids_of_all_entities_stand_in_their_order() -> None:
    uids, actors = compiled().uids, len(afghanistan().actors)
    pools = actors + 1 + len(afghanistan().issues)
    words = uids.words[: pools + 3 + 2].tolist()
    assert (uids.actors, uids.pools, uids.projects) == (actors, 3, 2)
    assert words[0] == uid("actor", "ADB")
    assert words[actors : actors + 2] == [uid("world", "afghanistan"), uid("issue", "EDU")]
    assert words[pools:] == [
        uid("pool", "europe"),
        uid("pool", "fund"),
        uid("pool", "litigation"),
        uid("project", "copper"),
        uid("project", "oil"),
    ]


def test_two_entities_with_one_uid_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """7.12: equal uids are an error at load."""
    names = {("actor", "RUS"): 1, ("pool", "fund"): 1}
    monkeypatch.setattr(
        "sim.planning.compile.uid", lambda kind, name: names.get((kind, name), uid(kind, name))
    )
    with pytest.raises(CannotCompile, match=r"^pool:fund and actor:RUS share a uid; rename one$"):
        uids_of(afghanistan())


def test_vetoes_are_those_of_the_pools() -> None:
    """5: fund USA and CHE, litigation USA, europe DEU."""
    matrix = compiled().start.vetoes
    actors = np.array(list(afghanistan().actors))
    found = [set(actors[row == 1]) for row in matrix]
    assert found == [{"DEU"}, {"CHE", "USA"}, {"USA"}]


@pytest.mark.parametrize(
    ("start", "year", "calendar", "before"), [("'2024-02'", 2024, 2, 1), ("'2021-09'", 2021, 9, 8)]
)
def test_a_run_begins_in_the_month_of_its_start(
    start: str, year: int, calendar: int, before: int
) -> None:
    """3: t = 1 simulates the start month; S_0 is the month before."""
    found = compiled(head=f"{HEAD}start: {start}\n")
    assert found.calendar == Calendar(year, calendar)
    world = found.start.world[0]
    assert (world["start_calendar"], world["calendar"], world["month"]) == (calendar, before, 0)


def test_the_calendar_before_january_is_december() -> None:
    case = afghanistan()
    starts = {
        name: dataclasses.replace(each, calendar=Calendar(2024, 1))
        for name, each in case.starts.items()
    }
    changed = dataclasses.replace(case, starts=starts)
    found = compile_scenario(changed, load(HEAD).scenario)
    assert found.start.world["calendar"][0] == 12


def test_a_horizon_may_be_given_in_place_of_the_scenario_s() -> None:
    assert compiled(head=f"{HEAD}months: 24\n").months == 24
    found = compiled(months=7)
    assert found.months == 7
    assert found.start.policy_of.shape == (1, 7, len(found.actors))
    assert found.start.parameters_of.shape == (1, 7)


def test_an_intervention_beyond_a_shorter_horizon_does_nothing() -> None:
    """10, invariant 14: an intervention at month > horizon changes nothing."""
    line = "{month: 20, verb: set_policy, select: {group: West}, policy: isolation}"
    found = compiled(line, months=12)
    assert (found.start.policy_of == compiled(months=12).start.policy_of).all()
    assert found.start.policies.tobytes() == compiled(months=12).start.policies.tobytes()


def test_actors_are_anchored_before_interventions_of_month_one() -> None:
    """5: with the parameters of the first bundle, interventions of month 1 not yet applied."""
    found = compiled("{month: 1, verb: set_policy, select: {all: true}, policy: isolation}")
    base = compiled()
    for name in ("anchor", "relief_capacity", "development_capacity", "relief_share"):
        assert (found.start.actors[name] == base.start.actors[name]).all()
    assert not (found.start.policy_of[0, 0] == base.start.policy_of[0, 0]).all()


def test_every_actor_starts_open_believed_uncut_and_without_grievance() -> None:
    """2: o, cred and cut start at 1, g and win at 0."""
    actors = compiled().start.actors
    for name, value in {
        "openness": 1,
        "belief": 1,
        "budget_cut": 1,
        "grievance": 0,
        "window": 0,
    }.items():
        assert set(actors[name].tolist()) == {value}
    assert (actors["domestic_salience"] == actors["salience_base"]).all()
    assert (actors["rung"] == actors["rung_start"]).all()


def test_an_actor_above_its_own_gate_would_fall_at_once() -> None:
    """5: a start whose actor stands on a rung that its own gate denies is reported at load."""
    case = afghanistan()
    path = "policies.patron_hedger.gates.5"
    changed = case.with_values_at({path: 0.9})
    assert falling_at_once(compile_scenario(changed, load(HEAD).scenario)) == ["RUS"]
    assert falling_at_once(compiled()) == []
