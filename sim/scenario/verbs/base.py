"""What all verbs share: when an intervention acts, on what condition, and what it contributes."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import Field, ValidationInfo, model_validator

from sim.case.bounds import Bounds
from sim.case.case import Case, StartFacts
from sim.case.numbers import Real, Strict
from sim.io.validation import Finding, wrong
from sim.io.writing import as_yaml
from sim.scenario.clauses import Clauses
from sim.scenario.parts import Month, Share
from sim.scenario.selection import chosen
from sim.scenario.setting import Setting, dated, setting_in

EVER = 2**31
"""A month after the end of every run."""

MOST_CREDIBLE = 1.5
"""The most that the authority believes anybody."""

TO_THE_END = "to the end"
"""How long a verb lasts that goes on without `until`."""

TIMING = {"name", "month", "until", "when", "while_", "deadline", "verb"}
"""Fields of an intervention that a sentence says in words."""


class How(IntEnum):
    """What an intervention does to numbers of a row: copy a named policy, set, add or multiply."""

    COPY = 0
    SET = 1
    ADD = 2
    TIMES = 3

    def apply(self, number: float, amount: float) -> float:
        """What becomes of a number; a policy is copied elsewhere."""
        if self is How.ADD:
            return number + amount
        return number * amount if self is How.TIMES else amount


OF_POOL = "pool:"
"""How the owner of a row is told from an actor that is named like a pool."""


def pool_owner(pool: str) -> str:
    """A pool as the owner of a row."""
    return f"{OF_POOL}{pool}"


@dataclass(frozen=True)
class RowChange:
    """A change of one number, or of a whole policy, in the rows of some owners.

    `owners` are actors by id, in sorted order, or pools as `pool_owner` names them; () means the
    row of global parameters. What is set, added or multiplied by is the number of the intervention;
    for COPY `field` is empty.
    """

    owners: tuple[str, ...]
    how: How
    field: str = ""
    place: int | None = None
    policy: str = ""

    @property
    def name(self) -> str:
        """The name of the number that changes: `gates.7`."""
        return self.field if self.place is None else f"{self.field}.{self.place}"


class Effect(NamedTuple):
    """What a verb does to one target."""

    verb: int
    target: int = -1
    destination: int = -1
    value: float = 0.0
    months: int = 0


class EventRow(NamedTuple):
    """An event of the schedule (sim.model.interventions.Event), its condition aside."""

    first: int
    last: int
    every: int
    verb: int
    target: int
    destination: int
    value: float
    months: int


class DealRow(NamedTuple):
    """A deal (sim.model.interventions.Deal) before its number is known, its condition aside."""

    pool: int
    first: int
    months: int
    claws_back: bool


class Intervention(Strict):
    """What all verbs share: the first month, the last one in which it acts, and its condition.

    With `when` it begins in the month in which all clauses are first met, between `month` and
    `deadline`; with `while` it acts in those months alone in which they are met. What is
    `announced` is an offer, or a threat: the authority is told, and may answer before it is met.
    """

    examples: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What may follow the verb, with $names for parts of a case, and how long that lasts."""

    changes_rows: ClassVar[bool] = False
    """Whether the verb changes rows of policies or parameters; all others act on the state."""

    amount: ClassVar[str] = ""
    """The field that says how much, or which policy; a study may vary it."""

    goes_on: ClassVar[bool] = False
    """Whether it acts to the end where no `until` is given."""

    overwrites: ClassVar[tuple[int, ...]] = ()
    """Its events that put something to a value, so that the last of several to begin counts."""

    needs_amount: ClassVar[tuple[int, ...]] = ()
    """Its events that do nothing by an amount of nought."""

    once: ClassVar[str] = " only"
    """What is said of one that acts in its month alone."""

    says: ClassVar[str] = ""
    """What it does for certain, with {fields} and {who}; else what the class says of itself."""

    sways: ClassVar[str] = ""
    """What it makes more or less likely, and no more than that."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")] | None = None
    month: Month
    until: Month | None = None
    when: Clauses | None = None
    while_: Clauses | None = Field(default=None, alias="while")
    deadline: Month | None = None
    announced: bool | None = None
    worth: Real | None = None
    credibility: Annotated[Real, Field(ge=0, le=MOST_CREDIBLE)] | None = None
    kept: Share | None = None
    verb: str

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> Self:
        setting = setting_in(info)
        start = setting.start if setting is not None else None
        findings = [*self._timed(start), *self._offered(), *self._form()]
        if setting is not None and not findings:
            findings = [*self._bounded(), *self._fit(setting)]
        if findings:
            raise wrong(findings)
        return self

    def _timed(self, start: StartFacts | None) -> Iterator[Finding]:
        """What is wrong with its months and its condition."""
        for key in ("until", "deadline"):
            end = getattr(self, key)
            if end is not None and end < self.month:
                yield (), f"{key} {dated(start, end)} lies before month {dated(start, self.month)}"
        for key in ("when", "while_"):
            if key in self.model_fields_set and getattr(self, key) is None:
                yield (), f"{key.rstrip('_')} is empty; give it a clause or leave it out"
        if self.when is not None and self.while_ is not None:
            yield (), "either `when` or `while`, not both"
        if self.deadline is not None and self.when is None:
            yield (), "deadline needs `when`: it is the last month in which that may be met"

    def _offered(self) -> Iterator[Finding]:
        """What is wrong with it as an offer."""
        if not self.announced:
            for key in ("worth", "credibility", "kept"):
                if getattr(self, key) is not None:
                    yield (key,), f"{key} is that of an offer, which needs `announced: true`"
        elif not any(clause.issue for clause in self.condition or ()):
            message = "an offer needs `when` or `while` with a clause on an issue"
            yield ("announced",), message
        select = getattr(self, "select", None)
        if self.worth is not None and (select is None or select.of_pools):
            yield ("worth",), "is what the selected actors are worth together, and needs `select`"

    def _bounded(self) -> Iterator[Finding]:
        """What is wrong with its number."""
        if self.number is not None and (message := self.bounds().fault(self.number)):
            yield (self.number_field,), message

    @property
    def number_field(self) -> str:
        """The field of the number that it acts by."""
        return self.amount

    @property
    def number(self) -> float | None:
        """The number that it acts by, if it has one."""
        given = getattr(self, self.number_field, None)
        return float(given) if isinstance(given, int | float) else None

    def bounds(self) -> Bounds:
        """What the number may be."""
        return Bounds("as the number")

    def _form(self) -> Iterator[Finding]:
        """What is wrong with the fields of the verb taken together, in any case."""
        return iter(())

    def _fit(self, setting: Setting) -> Iterator[Finding]:
        """What in this case keeps the fields from going together."""
        return iter(())

    def _effects(self, case: Case) -> Iterator[Effect]:
        """What it does to the state, target by target."""
        return iter(())

    def changes(self, case: Case) -> Iterator[RowChange]:
        """What it changes in rows of policies or parameters."""
        return iter(())

    def events(self, case: Case) -> Iterator[EventRow]:
        """What it does to the state, one event for each target.

        Without `until` it acts once; for ever where it repeats, and while a condition holds. With
        `when`, acting once is a period longer than any run.
        """
        last, every = self.until, self.period
        if last is None and not every and self.while_ is None:
            last, every = (self.month, 1) if self.when is None else (None, EVER)
        for effect in self._effects(case):
            yield EventRow(self.month, last or EVER, every or 1, *effect)

    def deals(self, case: Case) -> Iterator[DealRow]:
        """The payments that it arranges; its number says how much."""
        return iter(())

    @property
    def condition(self) -> Clauses | None:
        """The clauses on which it hangs, if any."""
        return self.when or self.while_

    @property
    def period(self) -> int:
        """Months from one time to the next; 0 where it acts once."""
        return int(self.goes_on)

    @property
    def last(self) -> int | None:
        """The last month in which it acts, where it says so."""
        return self.until

    def certain(self, case: Case, start: StartFacts) -> str:
        """What it does for certain where it acts."""
        if not self.says:
            said = (type(self).__doc__ or "").partition(".")[0]
            return said[:1].lower() + said[1:]
        fields = self.model_dump(exclude={"select"}).items()
        listed = {k: ", ".join(map(str, v)) if isinstance(v, list) else v for k, v in fields}
        return self.says.format(who=", ".join(self.reached(case)), **listed)

    def proviso(self) -> str:
        """The condition on which it acts, to be added to what it does; nothing without one."""
        asked = " and ".join(clause.words() for clause in self.condition or ())
        word = ", while " if self.while_ else ", once "
        return f"{word}{asked}" if asked else ""

    def reached(self, case: Case) -> tuple[str, ...]:
        """Ids of the actors or names of the pools that it selects, in order."""
        return tuple(chosen(case, getattr(self, "select", None)))

    def likely(self) -> str:
        """What it only makes more or less likely; nothing for most verbs."""
        return self.sways

    def effects(self, case: Case, start: StartFacts) -> Iterator[str]:
        """What it does for certain, then what it only makes more or less likely."""
        yield f"for certain: {self.certain(case, start)}{self.proviso()}"
        if likely := self.likely():
            yield f"only more or less likely: {likely}"
        if self.announced:
            yield "only more or less likely: the authority gives way, if it believes the offer"

    def sentence(self, start: StartFacts) -> str:
        """The intervention in one line: when it acts, and what the file says."""
        rest = self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude=TIMING)
        name = f"{self.name}: " if self.name else ""
        text = as_yaml(rest, in_a_line=True).strip()[1:-1]
        return f"{name}{self._timing(start)}: {self.verb} {text}".rstrip()

    def _timing(self, start: StartFacts) -> str:
        """The months in which it acts, and its condition."""
        first = dated(start, self.month)
        last = dated(start, self.last) if self.last is not None else ""
        if self.condition is None:
            if last:
                return f"month {first} to {last}"
            return f"from month {first} on" if self.period else f"in month {first}{self.once}"
        asked = " and ".join(clause.words() for clause in self.condition)
        if self.when is None:
            return f"month {first} to {last or 'the end'}, while {asked}"
        by = f" to {dated(start, self.deadline)}" if self.deadline else " or later"
        then = f"then to {last}" if last else "then on" if self.period else "then once"
        return f"when in month {first}{by} {asked}, {then}"
