"""Deals: what a pool pays in instalments, on a condition, and what is taken back (model 7.8).

A deal is arranged by an intervention: it pays whatever the stage of its pool.
"""

from sim.model.interventions import Deal
from sim.model.rules.ordinal import clip
from sim.model.state import Pool, State, World


def stands(deal: Deal, state: State) -> bool:
    """Whether a deal pays this month: it has begun, and its condition holds if it has one."""
    if deal.condition >= 0:
        return state.conditions[deal.condition].holds != 0
    return deal.first <= state.world.month


def fails(deal: Deal, state: State) -> bool:
    """Whether the condition of a deal that claws back is looked at this month and does not hold."""
    if not deal.claws_back or deal.condition < 0:
        return False
    condition = state.conditions[deal.condition]
    return condition.first <= state.world.month <= condition.last and not condition.holds


def is_over(deal: Deal) -> bool:
    """Whether a deal pays nothing more and has nothing left to take back."""
    return deal.instalments >= deal.months and deal.recoverable == 0.0


def keep_deal(deal: Deal) -> None:
    """A deal ends the month as it began, for all that the month does not write otherwise."""
    deal.next_agreed = deal.agreed
    deal.next_instalments = deal.instalments
    deal.next_paid = deal.paid
    deal.next_recoverable = deal.recoverable


def pay_instalment(deal: Deal, pool: Pool, share_to_reserves: float) -> None:
    """Pay an equal part of what is agreed, the last time the rest; no more than is left."""
    if deal.instalments == 0:
        deal.next_agreed = deal.amount + deal.share * pool.balance
    due = deal.next_agreed / deal.months
    if deal.instalments + 1 == deal.months:
        due = deal.next_agreed - deal.paid
    payment = clip(due, 0.0, max(pool.balance - pool.instalments, 0.0))
    pool.instalments += payment
    deal.next_instalments = deal.instalments + 1
    deal.next_paid = deal.paid + payment
    if deal.claws_back:
        deal.next_recoverable = deal.recoverable + share_to_reserves * payment


def take_back(deal: Deal, pool: Pool, world: World) -> None:
    """Take back into the pool what a deal has paid to the reserves."""
    amount = min(deal.recoverable, max(world.reserves - world.taken_back, 0.0))
    pool.taken_back += amount
    world.taken_back += amount
    deal.next_recoverable = 0.0


def pay_deals(state: State) -> None:
    """Step 9, before the tranches: instalments and what is taken back, in file order."""
    world = state.world
    world.taken_back = 0.0
    for pool in state.pools:
        pool.instalments = 0.0
        pool.taken_back = 0.0
    share = state.parameters[world.parameters].share_to_reserves
    for deal in state.deals:
        keep_deal(deal)
        pool = state.pools[deal.pool]
        if stands(deal, state):
            if deal.instalments < deal.months and not pool.suspended:
                pay_instalment(deal, pool, share)
        elif fails(deal, state):
            take_back(deal, pool, world)
