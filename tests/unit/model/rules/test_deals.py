"""Deals: instalments, when they stop, what is taken back, and pools that are suspended (7.8)."""

from typing import Any

import pytest

from sim.model.rules import interventions
from sim.model.rules.assets import move_pools, pay_tranches, spend_tranches
from sim.model.rules.authority import pays_now
from sim.model.rules.commit import commit_deal
from sim.model.rules.deals import pay_deals
from sim.model.state import State
from sim.model.vocab import DISBURSING
from tests.states import draws, near, new_condition, new_deal, new_event, state

POOL = {"balance": 1000.0, "tranche": 50.0}


def bargain(*deals: Any, pool: dict[str, Any] | None = None, **other: Any) -> State:
    """A pool of 1,000 at stage 0 and deals on it."""
    return state(pools=[{**POOL, **(pool or {})}], deals=deals, **other)


def months(s: State, count: int) -> list[float]:
    """What the first pool pays in so many months; nothing else happens."""
    paid = []
    for _ in range(count):
        pay_deals(s)
        pay_tranches(s)
        spend_tranches(s)
        for deal in s.deals:
            commit_deal(deal)
        for pool in s.pools:
            pool.balance, pool.paid, pool.returned = (
                pool.next_balance,
                pool.next_paid,
                pool.next_returned,
            )
        s.world.reserves, s.world.debt_paid = s.world.next_reserves, s.world.next_debt_paid
        s.world.window_paid = s.world.next_window_paid
        s.world.month += 1
        paid.append(s.pools[0].payment)
    return paid


def test_instalments_are_equal_and_end() -> None:
    s = bargain(new_deal(amount=90.0, months=3))
    assert months(s, 5) == [30.0, 30.0, 30.0, 0.0, 0.0]
    assert s.pools[0].balance == 910.0
    assert s.pools[0].paid == 90.0


def test_the_last_instalment_takes_the_rest_to_the_bit() -> None:
    """Ten times a tenth of 0.7 is not 0.7."""
    s = bargain(new_deal(amount=0.7, months=10))
    months(s, 10)
    assert s.deals[0].paid == 0.7


def test_a_share_is_that_of_the_balance_in_the_month_of_the_first_instalment() -> None:
    """Interest is earned on the balance of the month before; 1,000 has become 1,010."""
    s = bargain(new_deal(share=0.5, months=2, first=2), pool={"interest_rate": 0.12})
    assert months(s, 3) == [0.0, near(252.5), near(252.5)]
    assert s.deals[0].agreed == near(505.0)


def test_an_instalment_takes_no_more_than_the_balance() -> None:
    s = bargain(new_deal(amount=3000.0, months=2))
    assert months(s, 3) == [1000.0, 0.0, 0.0]
    assert s.pools[0].balance == 0.0
    assert s.deals[0].instalments == 2


def test_the_last_instalment_makes_up_for_what_the_balance_lacked() -> None:
    s = bargain(new_deal(amount=300.0, months=3), pool={"balance": 50.0})
    assert months(s, 1) == [50.0]
    s.pools[0].balance = 1000.0
    assert months(s, 2) == [100.0, 150.0]


def test_it_begins_in_its_month() -> None:
    s = bargain(new_deal(amount=10.0, months=1, first=3))
    assert months(s, 4) == [0.0, 0.0, 10.0, 0.0]


def test_while_its_condition_fails_it_waits() -> None:
    condition = new_condition(holds=1)
    s = bargain(new_deal(amount=40.0, months=4, condition=0), conditions=[condition])
    assert months(s, 1) == [10.0]
    condition.holds = 0
    assert months(s, 2) == [0.0, 0.0]
    condition.holds = 1
    assert months(s, 4) == [10.0, 10.0, 10.0, 0.0]


def test_a_deal_without_claw_back_takes_nothing_back() -> None:
    condition = new_condition(holds=1)
    s = bargain(new_deal(amount=40.0, months=4, condition=0), conditions=[condition])
    months(s, 2)
    condition.holds = 0
    months(s, 1)
    assert (s.pools[0].returned, s.world.reserves) == (0.0, near(10.0))


def test_what_lies_in_the_reserves_is_taken_back_once() -> None:
    """Half of what is paid goes to the reserves; all of that goes back in the first month."""
    condition = new_condition(holds=1)
    deal = new_deal(amount=40.0, months=4, condition=0, claws_back=1)
    s = bargain(deal, conditions=[condition])
    months(s, 2)
    condition.holds = 0
    months(s, 3)
    assert (s.pools[0].returned, s.world.reserves) == (near(10.0), near(0.0))
    assert s.pools[0].balance == near(1000.0 - 20.0 + 10.0)
    condition.holds = 1
    assert months(s, 3) == [10.0, 10.0, 0.0]
    assert s.pools[0].paid == 40.0


@pytest.mark.parametrize(("first", "last"), [(9, 20), (1, 2)])
def test_outside_its_months_a_condition_takes_nothing_back(first: int, last: int) -> None:
    condition = new_condition(holds=1, first=1)
    deal = new_deal(amount=40.0, months=4, condition=0, claws_back=1)
    s = bargain(deal, conditions=[condition])
    months(s, 2)
    condition.holds, condition.first, condition.last = 0, first, last
    months(s, 1)
    assert s.pools[0].returned == 0.0


def test_what_is_taken_back_is_in_the_reserves() -> None:
    condition = new_condition(holds=0)
    deal = new_deal(amount=40.0, months=4, condition=0, claws_back=1, recoverable=20.0)
    s = bargain(deal, conditions=[condition], world={"reserves": 15.0})
    months(s, 1)
    assert (s.pools[0].returned, s.world.reserves) == (15.0, 0.0)


def test_instalments_come_before_the_tranche() -> None:
    pool = {"stage": DISBURSING, "balance": 100.0}
    s = bargain(new_deal(amount=80.0, months=1), pool=pool)
    assert months(s, 2) == [100.0, 0.0]
    assert s.deals[0].paid == 80.0


def test_instalments_are_spent_as_tranches_are() -> None:
    s = bargain(new_deal(amount=100.0, months=1))
    months(s, 1)
    assert s.world.tranches == 100.0
    assert (s.world.reserves, s.world.window_paid) == (near(50.0), near(20.0))
    assert s.world.debt_paid == near(30.0)


def test_no_other_pool_is_touched() -> None:
    s = state(pools=[POOL, POOL], deals=[new_deal(pool=1, amount=60.0, months=2)])
    months(s, 2)
    assert [pool.balance for pool in s.pools] == [1000.0, 940.0]


def test_a_suspended_pool_pays_nothing_and_its_instalments_wait() -> None:
    s = bargain(new_deal(amount=20.0, months=2), pool={"stage": DISBURSING, "suspended": 1})
    assert months(s, 1) == [0.0]
    s.pools[0].suspended = 0
    assert months(s, 3) == [60.0, 60.0, 50.0]


@pytest.mark.parametrize("draw", [0.001, 0.999])
def test_a_suspended_pool_keeps_its_stage(draw: float) -> None:
    s = bargain(pool={"stage": 2, "suspended": 1}, parameters={"asset_intercept": 50.0})
    move_pools(s, draws(s, pool=draw))
    assert s.pools[0].next_stage == 2


def test_a_suspended_pool_is_a_lever_again() -> None:
    s = state(actors=[{}], pools=[{"stage": DISBURSING}], vetoes=[[1]])
    assert pays_now(s.actors[0], s)
    s.pools[0].suspended = 1
    assert not pays_now(s.actors[0], s)


def test_a_pool_is_suspended_in_the_months_of_the_verb() -> None:
    event = new_event(verb=interventions.SUSPEND, target=0)
    s = bargain(events=[event])
    interventions.apply_interventions(s, draws(s))
    assert s.pools[0].suspended == 1
    s.world.month += 1
    interventions.clear_flags(s)
    interventions.apply_interventions(s, draws(s))
    assert s.pools[0].suspended == 0


def test_a_pool_takes_the_numbers_of_the_month() -> None:
    s = bargain(pool={"interest_rate": 0.1, "lock": 1.0})
    s.terms[0].tranche = 70.0
    interventions.apply_interventions(s, draws(s))
    pool = s.pools[0]
    assert (pool.interest_rate, pool.tranche, pool.lock) == (0.1, 70.0, 1.0)


def test_a_lock_that_has_fallen_stays_so() -> None:
    s = bargain(
        pool={"lock": 1.0}, events=[new_event(verb=interventions.RELEASE_LITIGATION, target=0)]
    )
    for _ in range(2):
        interventions.apply_interventions(s, draws(s))
        assert s.pools[0].lock == 0.0
        s.world.month += 1
