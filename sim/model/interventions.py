"""Records of what a scenario does to a run: its events, conditions, deals and offers (model 9)."""

from sim.model.parameters import MILLION_USD, MONTHS, SHARE
from sim.model.schema import of


class Event:
    """A state verb of an intervention, for one target, as the schedule meets it (model 9)."""

    first: int = of("month", "in which it acts first")
    last: int = of("month", "in which it acts last")
    every: int = of(MONTHS, "between two acts")
    verb: int = of("verb", "see sim/model/rules/interventions.py")
    target: int = of("index", "of the actor, issue or pool; -1 for none")
    destination: int = of("index", "of the pool that receives; -1 for none")
    value: float = of("as the verb", "rung, level, severity or share; NaN to hold what is there")
    months: int = of(MONTHS, "of a drought")
    condition: int = of("index", "of the condition on which it acts; -1 for none")


class Condition:
    """When a conditional intervention acts: from the month on in which its clauses are first met.

    Or, where it is not lasting, in each month in which they are met.
    """

    first: int = of("month", "in which it is looked at first")
    last: int = of("month", "in which it is looked at last")
    lasting: int = of("flag", "1 where it holds for good once it is met")
    switch: int = of("pattern", "a power of 2 where rows hang on it, else 0")
    announced: int = of("flag", "1 for an offer: the authority is told of it from the first month")
    credibility: float = of("factor", "cr: how credible it is; below 0 as the policies stand")
    kept: float = of("probability", "the word is kept when it is met first", low=0, high=1)
    word_issue: int = of("index", "of the issue whose draw decides whether the word is kept")
    fulfilled: int = of("flag", "1 where all its clauses are met this month")
    met: int = of("month", "in which it was met first; 0 for never")
    broken: int = of("flag", "1 where the word was broken: it never holds")
    holds: int = of("flag", "1 while its interventions apply")


class Clause:
    """One thing that a condition asks for: a quantity between two bounds, both included."""

    condition: int = of("index", "of the condition it belongs to")
    quantity: int = of("quantity", "see vocab.Quantity")
    target: int = of("index", "of the actor, issue, pool or condition; -1 for none")
    low: float = of("as the quantity", "least value")
    high: float = of("as the quantity", "greatest value")


class Deal:
    """A payment from a pool in equal instalments, which an intervention arranges (model 7.8)."""

    pool: int = of("index", "of the pool that pays")
    condition: int = of("index", "of the condition on which it pays; -1 for none")
    first: int = of("month", "in which it may pay first")
    amount: float = of(MILLION_USD, "to be paid in all, shares aside", low=0)
    share: float = of(SHARE, "of the balance, to be paid in all", low=0, high=1)
    months: int = of("count", "M: of instalments", low=1)
    claws_back: int = of("flag", "1 where what lies in the reserves is taken back", low=0, high=1)
    agreed: float = of(MILLION_USD, "A: to be paid in all, known from the first instalment on")
    next_agreed: float = of(MILLION_USD, "at the end of the month")
    instalments: int = of("count", "m: of instalments so far")
    next_instalments: int = of("count", "at the end of the month")
    paid: float = of(MILLION_USD, "paid by it so far")
    next_paid: float = of(MILLION_USD, "at the end of the month")
    recoverable: float = of(MILLION_USD, "paid to the reserves and not taken back")
    next_recoverable: float = of(MILLION_USD, "at the end of the month")


class Part:
    """What one actor, or the custodians of a pool, would give or take by an offer (model 7.5a)."""

    condition: int = of("index", "of the condition that is announced")
    actor: int = of("index", "of the actor; -1 for a pool")
    pool: int = of("index", "of the pool; -1 for an actor")
    said: float = of("US$ m/year", "what all selected together are said to be worth; NaN if unsaid")
    sharers: int = of("count", "actors who are selected together")
    rung: float = of("rung", "on which the offer puts the actor; -1 for none")
    deal: int = of("index", "of the deal by which the pool pays; -1 for none")
    suspended: int = of("flag", "1 where the offer suspends the pool")
    worth: float = of("share of revenue", "v: promised, or threatened below 0; 0 for no part")
