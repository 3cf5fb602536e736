"""What offers are worth, held against the case of the document (model 7.5a).

Worths follow balances, need and revenue of the start; amounts are those of the starts as they are.
"""

from functools import cache
from typing import Any

import pytest

from sim.engine.plain import plain_state
from sim.model.rules.offers import belief, pull
from sim.planning.compile import Compiled, compile_scenario
from tests.scenarios import load, with_interventions

ASSETS = "verb: set, select: {custodian: true}, param: asset_stance, to: 1.5}"
AID = "verb: shift, select: {group: West}, param: development_conditionality, by: %s}"
TOLD = "month: 6, announced: true"
TRANCHES = f"{{{TOLD}, deadline: 48, when: {{issue: EDU, at_least: 3}}, {ASSETS}"
EASED = f"{{{TOLD}, while: {{issue: EDU, at_least: 2}}, {AID % -0.2}"


@cache
def compiled(*lines: str) -> Compiled:
    loaded = load(with_interventions(*lines))
    return compile_scenario(loaded.case, loaded.scenario)


def worths(*lines: str) -> list[dict[str, float]]:
    """US$ m a year by actor or pool, of each offer."""
    made = compiled(*lines)
    revenue = made.start.world["revenue_start"][0]
    found: list[dict[str, float]] = [{} for _ in made.start.conditions]
    for part in made.start.parts:
        if part["worth"]:
            names = made.pools if part["pool"] >= 0 else made.actors
            name = names[max(part["pool"], part["actor"])]
            found[part["condition"]][name] = float(part["worth"] * revenue)
    return found


def agreed(expected: Any) -> Any:
    """Equal to as many places as the document prints."""
    return pytest.approx(expected, abs=5e-7)


def test_the_offer_of_the_document_has_the_parts_and_worths_of_the_document() -> None:
    tranches, eased = worths(TRANCHES, EASED)
    assert tranches == agreed(
        {"europe": 415.327905507, "fund": 413.031948070, "litigation": 20.518743249}
    )
    assert len(eased) == 14
    assert [eased[name] for name in ("EU", "USA", "WB")] == agreed(
        [97.61513834, 91.002235344, 84.164694937]
    )
    assert [sum(each.values()) for each in (tranches, eased)] == agreed(
        [848.878596827, 526.27315039]
    )


def test_it_is_believed_and_pulls_as_in_the_document() -> None:
    made = compiled(TRANCHES, EASED)
    start = made.start
    s: Any = plain_state(start._replace(actors=start.actors.copy(), world=start.world.copy()))
    s.world.month = 6
    valued = [part for part in s.parts if part.worth]
    parts = {(made.pools if p.pool >= 0 else made.actors)[max(p.pool, p.actor)]: p for p in valued}
    believed = [belief(parts[name], s.parameters[0], s) for name in ("fund", "EU", "USA")]
    assert believed == agreed([0.07, 0.11375, 0.105])
    assert pull(0, 1, 0, s.parameters[0], s) == pytest.approx(0.006355011125, abs=5e-13)
    assert pull(0, 0, -1, s.parameters[0], s) == pytest.approx(0.001906503338, abs=5e-13)


@pytest.mark.parametrize(("asked", "worth"), [("EDU, at_least: 1", 678), ("CT, at_least: 4", 721)])
def test_what_the_level_asked_for_brings_anyway_is_not_offered(asked: str, worth: int) -> None:
    [found] = worths(f"{{{TOLD}, when: {{issue: {asked}}}, {ASSETS}")
    assert sum(found.values()) == pytest.approx(worth, abs=0.5)


def test_relief_that_is_cut_is_a_threat() -> None:
    cut = AID.replace("development", "relief") % 0.4
    policy = "verb: set_policy, select: {group: West}, policy: human_rights_conditionality}"
    line = f"{{{TOLD}, while: {{issue: EDU, at_most: 0}}, {cut}"
    [found] = worths(f"{{month: 6, {policy}", line)
    assert sum(found.values()) == pytest.approx(-160, abs=0.5)
    assert max(found.values()) < 0


@pytest.mark.parametrize(
    ("actor", "rung", "worth"),
    [("RUS", 7, 231), ("CHN", 7, 206), ("USA", 7, 411), ("USA", 3, 34), ("DEU", 3, 13)],
)
def test_a_rung_is_worth_the_political_weight_of_who_climbs(
    actor: str, rung: int, worth: int
) -> None:
    line = f"verb: force_rung, select: {{id: [{actor}]}}, rung: {rung}}}"
    [found] = worths(f"{{{TOLD}, when: {{issue: EDU, at_least: 1}}, {line}")
    assert found == {actor: pytest.approx(worth, abs=0.5)}


def test_what_is_said_is_shared_and_nothing_is_inferred_beside_it() -> None:
    condition = f"{{{TOLD}, when: {{issue: EDU, at_least: 3}}"
    said = "worth: -90, verb: shift, select: {id: [DEU, FRA, USA]}, param: stance, by: 0}"
    [found] = worths(f"{condition}, {said}", f"{condition}, {ASSETS}")
    assert found == agreed({"DEU": -30.0, "FRA": -30.0, "USA": -30.0})


def test_worths_are_inferred_in_the_last_month_at_the_latest_and_leave_the_start_alone() -> None:
    silent = [line.replace(", announced: true", "") for line in (TRANCHES, EASED)]
    one, other = compiled(TRANCHES, EASED).start, compiled(*silent).start
    assert one.world.tobytes() == other.world.tobytes()
    assert one.actors.tobytes() == other.actors.tobytes()
    loaded = load(with_interventions(TRANCHES))
    made = compile_scenario(loaded.case, loaded.scenario, months=3)
    assert not made.start.parts["worth"].any()


SCHOOLS = f"{TOLD}, while: {{issue: EDU, at_least: 2}}"


@pytest.mark.parametrize(
    ("money", "months", "a_year"),
    [("share: 0.5", 24, 928.25), ("sum: 500", 10, 500.0), ("sum: 500", 12, 500.0)],
)
def test_a_deal_is_worth_what_it_pays_in_a_year(money: str, months: int, a_year: float) -> None:
    """Half of 3,713 over two years; what is paid within a year counts in full."""
    [found] = worths(f"{{{SCHOOLS}, verb: pay, pool: fund, {money}, months: {months}}}")
    assert found == agreed({"fund": a_year})


def test_a_deal_is_a_promise_of_all_custodians_of_its_pool() -> None:
    """The same belief as in the document: .07, that in Switzerland, and not .105."""
    made = compiled(f"{{{SCHOOLS}, verb: pay, pool: fund, sum: 500, months: 10}}")
    s: Any = plain_state(made.start)
    [part] = s.parts
    assert belief(part, s.parameters[0], s) == agreed(0.07)


def test_the_threat_to_suspend_a_pool_is_worth_what_it_would_pay() -> None:
    """The same as in the document for tranches, which the custodians of the start would pay."""
    threat = f"{{{TOLD}, while: {{issue: EDU, at_most: 0}}, verb: suspend, select: {{pool: all}}}}"
    [found] = worths(threat)
    made = compiled(threat)
    assert set(found) == set(made.pools)
    assert all(-600.0 < worth < 0.0 for worth in found.values())


def test_a_tranche_that_is_announced_is_worth_the_difference() -> None:
    line = f"{{{SCHOOLS}, verb: scale, select: {{pool: europe}}, param: tranche, by: 2}}"
    [found] = worths(line)
    assert set(found) == {"europe"}
    start = compiled(line).start
    assert start.pools["tranche"].tolist() == [50.0, 50.0, 50.0]
