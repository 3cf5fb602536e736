"""What a deal pays, when, and what it leaves alone (model 10, 3; model 7.8)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sim.scenario.clauses import Clause
from sim.scenario.verbs.deals import Pay
from sim.scenario.verbs.state import SetIssue
from tests.properties.statements import asks
from tests.worlds import Month, Span, World, contents, months_of, payments, scenario_of, worlds


@dataclass(frozen=True)
class Bargain:
    """A world whose last intervention pays where an issue stands at a level or above."""

    world: World
    pay: Pay
    pool: int
    issue: int
    level: int

    def without(self) -> World:
        """The world without the payment."""
        verbs = self.world.scenario.interventions[:-1]
        months = self.world.scenario.months
        return replace(self.world, scenario=scenario_of(self.world.case, months, verbs))


def set_level(issue: str, month: int, level: int) -> SetIssue:
    """An issue is put on a level, from which the authority may move it again."""
    return SetIssue(verb="set_issue", month=month, issue=[issue], level=level)


@st.composite
def bargains(draw: DrawFn, level: int | None = None) -> Bargain:
    """A world with a payment, and an issue that is put up and down; `level` None for any."""
    world = draw(worlds(most=4).filter(lambda world: bool(world.case.issues)))
    case, months = world.case, world.scenario.months
    place = draw(st.integers(0, len(case.issues) - 1))
    issue = list(case.issues)[place]
    least = draw(st.integers(1, 4)) if level is None else level
    whens = draw(st.lists(st.integers(1, months), max_size=6, unique=True))
    puts = [set_level(issue, month, draw(st.sampled_from((0, 4)))) for month in sorted(whens)]
    word = draw(st.sampled_from(("when", "while_")))
    clause = Clause(issue=issue, at_least=float(least))
    claw_back = word == "while_" and draw(st.booleans())
    pay = draw(payments(case, Span(1, max(1, months // 2))))
    pay = pay.model_copy(update={word: [clause], "claw_back": claw_back})
    verbs = [*world.scenario.interventions, *puts, pay]
    told = replace(world, scenario=scenario_of(case, months, verbs))
    return Bargain(told, pay, list(case.pools).index(pay.pool), place, least)


class Step(NamedTuple):
    """A month of a bargain: whether it should pay, and its deal before and after."""

    month: Month
    number: int
    holds: bool
    before: Any
    deal: Any
    pool: Any
    opened: float


def steps(bargain: Bargain) -> Iterator[Step]:
    """The months of a bargain, with what its condition should be by the levels at their opening.

    `opened` is the balance of the pool once interventions of the month have moved it.
    """
    met, before = False, (0, 0.0)
    for number, month in enumerate(months_of(bargain.world), start=1):
        state = month.model.state
        deal, pool = state.deals[-1], state.pools[bargain.pool]
        now = number >= bargain.pay.month and month.world.level[bargain.issue] >= bargain.level
        met = now or (met and bargain.pay.when is not None)
        was = month.pools[bargain.pool]
        moved = pool.moved - was.moved - (pool.awarded - was.awarded)
        yield Step(month, number, met, before, deal, pool, was.balance + moved)
        before = (deal.instalments, deal.paid)


@asks(3, bargains())
def test_3_a_deal_pays_in_the_months_in_which_its_condition_holds(bargain: Bargain) -> None:
    """A deal pays an instalment in each month that opens with its condition met, from the first
    one on until all are paid, and none in any other month or while its pool is suspended.
    """
    for step in steps(bargain):
        due = step.holds and step.before[0] < bargain.pay.months and not step.pool.suspended
        assert step.deal.instalments == step.before[0] + due
        if not due:
            assert step.deal.paid == step.before[1]


@asks(3, bargains())
def test_3_a_deal_pays_what_is_written(bargain: Bargain) -> None:
    """Instalments of a deal are equal and add up to what is written, to the last bit, where the
    balance suffices; none exceeds the balance.
    """
    pay, short, agreed = bargain.pay, False, None
    for step in steps(bargain):
        amount = step.deal.paid - step.before[1]
        if step.deal.instalments == step.before[0]:
            continue
        if agreed is None:
            agreed = pay.sum if pay.sum is not None else pay.share * step.opened
        assert abs(step.deal.agreed - agreed) <= 1e-9 * (1.0 + agreed)
        equal = step.deal.agreed / pay.months
        short = short or amount < equal * (1.0 - 1e-9)
        assert amount <= step.opened + 1e-9
        assert not short or step.pool.instalments >= step.opened - 1e-9
        if not short:
            assert abs(amount - equal) <= 1e-9 * (1.0 + agreed)
            if step.deal.instalments == pay.months:
                assert step.deal.paid == step.deal.agreed
        if short:
            return


@asks(3, bargains())
def test_3_a_deal_takes_back_what_it_paid_to_the_reserves(bargain: Bargain) -> None:
    """In the first month in which its condition fails, a deal that claws back returns what it
    paid to the reserves to its pool, once; no other deal returns anything.
    """
    kept = 0.0
    for step in steps(bargain):
        if any(deal.claws_back for deal in step.month.model.state.deals[:-1]):
            return
        world = step.month.model.state.world
        share = step.month.model.state.parameters[world.parameters].share_to_reserves
        paid = step.deal.paid - step.before[1]
        back = bool(bargain.pay.claw_back) and not step.holds and step.number >= bargain.pay.month
        expected = kept if back else 0.0
        assert abs(step.pool.taken_back - expected) <= 1e-9 * (1.0 + kept)
        kept = kept - expected + share * paid


@asks(3, bargains())
def test_3_a_deal_touches_no_other_pool_and_nothing_before_it_pays(bargain: Bargain) -> None:
    """Up to the month of its first instalment a deal changes nothing, and in that month no other
    pool.
    """
    with_it, without = steps(bargain), months_of(bargain.without())
    for step, month in zip(with_it, without, strict=True):
        theirs = contents(bargain.world, month)
        mine = contents(bargain.world, step.month)
        own = f"{bargain.pay.pool}."
        others = [f"{name}." for name in bargain.world.case.pools if f"{name}." != own]
        for name, value in theirs.items():
            if step.deal.instalments == 0 or name.startswith(tuple(others)):
                assert mine[name] == value, name
        if step.deal.instalments > 0:
            return


@asks(3, bargains(level=5))
def test_3_a_deal_that_is_never_met_changes_nothing(bargain: Bargain) -> None:
    """A deal whose condition is never met changes no bit of anything."""
    mine, theirs = months_of(bargain.world), months_of(bargain.without())
    for one, other in zip(mine, theirs, strict=True):
        assert contents(bargain.world, one) == contents(bargain.world, other)
