"""The schedule of a month: who reads what, and when it is written (model 3)."""

import math
from typing import Any

import pytest

from sim.model.rules import interventions
from sim.model.rules.month import close_month, decide, open_month
from sim.model.schema import columns
from sim.model.slots import Draws
from sim.model.state import Actor, Pool, Project, State, World
from tests.states import draws, near, new_event, state

KINDS = {"actors": Actor, "pools": Pool, "projects": Project}


def small(*events: Any, world: Any = None, **given: Any) -> State:
    """Two actors before month 1, February: a neighbour that trades, and a donor with a pool."""
    neighbour = {
        "rung": 4,
        "corridor": 1,
        "trade_capacity": 1200.0,
        "follows": {"issue_weights": [1.0, 0, 0, 0, 0, 0]},
        **given.pop("neighbour", {}),
    }
    donor = {
        "rung": 1,
        "relief_capacity": 120.0,
        "development_capacity": 120.0,
        "refugees": 1.0,
        "trade_capacity": 1200.0,
        **given.pop("donor", {}),
    }
    pool = {"balance": 100.0, "tranche": 10.0, **given.pop("pool", {})}
    project = {"sponsor": 0, "schedule": [10.0] * 240, **given.pop("project", {})}
    start = {
        "month": 0,
        "start_calendar": 2,
        "calendar": 1,
        "level": [2] * 6,
        "momentum": 0.5,
        "refugees_start": 1.0,
        "delivered_start": 10.0,
        "cohesion": 0.7,
        "hard_line": 0.62,
        "rerouting": 0.2,
        **(world or {}),
    }
    return state(
        start,
        [neighbour, donor],
        pools=[pool],
        projects=[project],
        vetoes=[[0, 1]],
        events=events,
        **given,
    )


def live(s: State, months: int = 1, **drawn: Any) -> State:
    """Some months with the same draws."""
    for _ in range(months):
        drawn_now = draws(s, **drawn)
        open_month(s, drawn_now)
        for actor in s.actors:
            decide(actor, s, drawn_now)
        close_month(s, drawn_now)
    return s


def opened(s: State, **drawn: Any) -> tuple[State, Draws]:
    """A state after steps 1 to 4, and the draws of the month."""
    drawn_now = draws(s, **drawn)
    open_month(s, drawn_now)
    return s, drawn_now


@pytest.mark.parametrize(("start", "before", "calendar"), [(2, 0, 2), (2, 10, 12), (11, 2, 1)])
def test_the_clock_goes_on_by_a_month(start: int, before: int, calendar: int) -> None:
    """3: θ = (start month - 1 + t - 1) mod 12 + 1; t = 1 simulates the start month."""
    s = opened(small(world={"start_calendar": start, "month": before}))[0]
    assert (s.world.month, s.world.calendar) == (before + 1, calendar)


def unwritten(record: Any, kind: type) -> list[str]:
    """Fields that hold what a blank record holds for `not yet written`."""
    found = []
    for name in columns(kind):
        value = getattr(record, name)
        for number in value if isinstance(value, list) else [value]:
            if number == -99 or math.isnan(number):
                found.append(name)
    return found


def test_a_month_writes_every_state() -> None:
    """3: steps 3 to 12 write S_t, all of it."""
    s = live(small())
    assert unwritten(s.world, World) == []
    for name, kind in KINDS.items():
        for each in getattr(s, name):
            assert unwritten(each, kind) == []


def test_interventions_come_first_and_are_observed_in_the_same_month() -> None:
    """3: steps 1 and 2 edit S, step 3 observes: C = 4/4 once EDU is set to 4."""
    s = opened(small(new_event(verb=interventions.SET_ISSUE, target=0, value=4.0)))[0]
    assert s.actors[0].score == 1.0


def test_the_rung_and_level_of_the_month_before_are_noted_before_any_intervention() -> None:
    """7.5: measured across the whole month."""
    events = [
        new_event(verb=interventions.SET_ISSUE, target=0, value=4.0),
        new_event(verb=interventions.FORCE_RUNG, target=0, value=6.0),
    ]
    s = live(small(*events))
    assert s.world.conceded == 2
    assert s.world.concessions[0] == near(0.25)
    assert (s.actors[0].rung, s.actors[0].rung_opened) == (6, 4)


def test_flags_last_for_their_month() -> None:
    """3: event flags of this month."""
    s = live(
        small(
            new_event(verb=interventions.FORCE_RUNG, target=0, value=6.0),
            new_event(verb=interventions.QUAKE),
        )
    )
    assert (s.world.quake, s.actors[0].rung_forced) == (1, 1)
    live(s)
    assert (s.world.quake, s.actors[0].rung_forced) == (0, 0)


def test_a_closure_cuts_the_trade_of_the_same_month_and_reopens_after_it() -> None:
    """3, 7.7: an incident closes in step 2; trade of step 9 is 15 + 100 + .2·85 less income."""
    s = live(small(neighbour={"follows": {"security_stake": 9.0}}), incident=0.0, closure=0.0)
    assert s.world.trade_lost == near(85.0)
    assert s.actors[0].incident == 1
    assert s.actors[0].openness == near(0.4675)


def test_a_held_corridor_stays_closed_to_its_last_month() -> None:
    """9: no recovery while held; 7.7: reopening in step 12 of the first month after it."""
    s = small(new_event(last=2, verb=interventions.CLOSE_CORRIDOR, target=0))
    found = [live(s).actors[0].openness for _ in range(3)]
    assert found == near([0.15, 0.15, 0.4675])


def test_forums_are_felt_from_the_next_month_on() -> None:
    """3: forum effects are first felt in month t+1."""
    s, drawn = opened(small(), forum=0.0, civil_society=0.9)
    assert (s.world.forum_held, s.world.momentum) == (1, 0.5)
    close_month(s, drawn)
    assert s.world.momentum == near(0.81)


def test_a_conference_sheds_grievance_at_the_end_of_the_month() -> None:
    """7.6: an attending actor's g falls by .05, beside its decay."""
    s, drawn = opened(small(neighbour={"grievance": 0.5, "anchor": 99.0}), conference=0.0)
    assert (s.actors[0].attended, s.actors[0].grievance) == (1, 0.5)
    close_month(s, drawn)
    assert s.actors[0].grievance == near(0.40)


def test_a_pitch_is_felt_from_the_next_month_on_for_six_months() -> None:
    """7.6: for the six months t+1 … t+6 adds .10 ps to opp."""
    s = small(new_event(verb=interventions.PITCH))
    found = [live(s).world.opportunity for _ in range(8)]
    assert found == near([1.0, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.0])


def test_a_drought_acts_in_as_many_months_as_it_lasts() -> None:
    """3: a drought that starts in month t acts in months t … t+len-1."""
    s = small(
        new_event(verb=interventions.DROUGHT, value=0.9, months=2), world={"hunger_rest": 0.0}
    )
    found = [live(s).world.food_insecure for _ in range(3)]
    assert found == near([0.09, 0.09, 0.0])


def test_a_drought_by_chance_begins_in_its_month() -> None:
    """7.11: step 2, severity .3 + .7 u."""
    s = live(small(world={"hunger_rest": 0.0}), drought=0.0, drought_severity=0.0)
    assert (s.world.food_insecure, s.world.drought_left) == near((0.03, 9))


def test_the_requirement_takes_the_new_price_in_january() -> None:
    """7.8: reset in step 3; the new c and reach make that month's Req: 82·.73·.5·40/12."""
    s = small(world={"start_calendar": 1, "appeal_required": 100.0})
    live(s)
    assert s.world.price == near(100.0 * 0.82**0.6)
    assert s.world.reach == near(0.82**0.4)
    assert s.world.required == near(82.0 * 0.73 * 0.5 * 40.0 / 12.0)
    assert s.world.appeal_required == s.world.required


def test_tranches_depend_on_the_stage_of_the_month_before() -> None:
    """3: a pool that reaches 4 this month pays from the next one on."""
    given = {"asset_intercept": 99.0}
    s = small(pool={"stage": 3}, parameters=given)
    assert live(s, pool=0.99).world.tranches == 0.0
    assert s.pools[0].stage == 4
    assert live(s).world.tranches == 10.0
    assert (s.pools[0].balance, s.pools[0].paid) == (90.0, 10.0)
    assert (s.world.reserves, s.world.window_paid) == near((5.0, 2.0))


def test_a_payment_rewards_the_custodian_in_its_month() -> None:
    """7.5: a pool with i in its veto set paid this month, in the flows that step 12 reads."""
    s = live(small(pool={"stage": 4}, donor={"window": 3, "belief": 1.0}))
    assert (s.actors[1].belief, s.actors[1].window) == near((1.05, 0))


def test_flows_take_the_rungs_of_the_start_of_the_month() -> None:
    """3: step 9 reads S: a donor that reaches rung 1 this month still pays .3."""
    s = live(small(donor={"rung": 0, "anchor": 99.0}), ladder=[0.5, 0.96])
    assert s.actors[1].rung == 1
    assert s.actors[1].development == near(3.0)
    assert s.world.development == near(3.0)


def test_all_decide_on_the_rungs_of_the_start_of_the_month() -> None:
    """3: no step sees a value written by another step of the same month."""
    ties = [[0.0, 1.0], [1.0, 0.0]]
    s = small(donor={"follows": {"quorum": 1.0}, "rung": 6, "anchor": 99.0}, ties=ties)
    s.actors[0].rung, s.actors[0].anchor = 6, 99.0
    live(s, ladder=0.999)
    assert [actor.rung for actor in s.actors] == [7, 6]


def test_issues_stages_and_counts_move_by_a_month() -> None:
    """3: steps 6 to 8 and the commit."""
    parameters = {"issue_intercept": [99.0] * 6}
    project = {"base_value": -99.0, "down_rate": 0.5, "stage": 3}
    s = live(small(parameters=parameters, project=project), issue=0.9999, project=0.0)
    assert s.world.level == [3] * 6
    assert (s.world.conceded, s.world.terminations) == (6, 1)
    assert (s.projects[0].stage, s.projects[0].months_invested) == (2, 1)
    assert s.world.investment == near(3.0)


def test_accounts_read_the_flows_of_the_month() -> None:
    """3: step 10 reads the flows of step 9: revenue of 200 trade, and stress from it."""
    s = live(small(parameters={"revenue_need": 130.0}))
    received = 0.145 * 200 + 0.068 * 17_200 / 12
    assert s.world.revenue == near(received)
    assert s.world.stress == near(0.15 + 3 * (1 - received / 130))


def test_relief_is_pledged_delivered_and_carried_over_in_one_month() -> None:
    """7.8: in February, with EMP at 2: 10 pledged, .825 of it delivered; f^h is 1 without χ."""
    s = live(small())
    assert (s.world.pledged, s.world.delivered, s.world.carry_over) == near((10.0, 8.25, 1.75))


def test_people_move_and_heal_in_the_month() -> None:
    """7.11: 20,000 leave to the one host; need and health relax."""
    s = live(small())
    assert s.world.population == near(40.08 - 0.02)
    assert s.actors[1].refugees == near(1.02)
    hardship = -0.1 * (8.25 / 10 - 1)
    assert s.world.hardship == near(hardship)
    assert s.world.need == near(0.5 + 0.06 * 0.5 * math.tanh(hardship))
    assert s.world.health == near(0.1 * (0.10 + 0.35 * 8.25 / s.world.required + 0.10))


def test_donors_remember_in_the_month() -> None:
    """7.8: Ψ ← .992 Ψ; φ ← φ + .35 (Ψ-φ) with Ψ of S; an election of step 2 stands."""
    s = small(
        donor={"electorate": 1, "salience_base": 0.5, "relief_budget": 2.0, "budget_cut": 0.3}
    )
    live(s, election=[0.5, 0.0], election_swing=1.0)
    donor = s.actors[1]
    assert s.world.slow_budget == near(0.992)
    assert (donor.relief_budget, donor.salience_base) == near((1.65, 0.65))
    assert donor.budget_cut == near(0.3 + 0.01 * 0.7)
    assert donor.domestic_salience == near(0.05 * 0.65)


def test_the_authority_remembers_in_the_month() -> None:
    """7.5: tenure, and cohesion with the stress of S."""
    s = live(small(world={"tenure": 30.0, "stress": 0.5}))
    assert s.world.tenure == 31.0
    assert s.world.cohesion == near(0.7 - 0.005)


def test_rerouting_is_learned_from_the_losses_of_the_month() -> None:
    """7.11: lost 85 > 30 in the month of the closure."""
    s = live(small(new_event(verb=interventions.CLOSE_CORRIDOR, target=0)))
    assert s.world.rerouting == near(0.26)
