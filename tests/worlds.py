"""Random cases and scenarios for property tests, and the three ways to run them.

Structure (who is there, who votes, who may veto what, what happens when) is drawn by Hypothesis.
The numbers follow from one drawn seed: each moves inside its documented range in `seeds/`, and all
shrink together to their documented values.
"""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, partial
from types import SimpleNamespace
from typing import Any, NamedTuple, get_args

import numpy as np
from hypothesis import reject, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from sim.agents.cast import Cast
from sim.agents.model import EngagementModel
from sim.agents.own import simulate_with_agents
from sim.case.bounds import BY_ISSUE, names_of
from sim.case.case import (
    ActorFacts,
    Case,
    IssueFacts,
    PoolFacts,
    ProjectFacts,
    StartFacts,
    TieRule,
    Votes,
)
from sim.case.files import Kind
from sim.case.ladder import EVERY_RUNG
from sim.case.numbers import Number
from sim.engine.ensemble import simulate
from sim.engine.kernel import Trajectories
from sim.engine.plain import run_chunk_plainly
from sim.io.errors import CannotCompile
from sim.model.calendar import Calendar
from sim.model.parameters import BY_START, Parameters
from sim.model.policy import ATTRIBUTES, BUNDLE, Policy
from sim.model.schema import columns
from sim.model.state import Actor, Pool, Project
from sim.model.state import World as WorldRecord
from sim.model.vocab import MOST_ISSUES, TOP_LEVEL
from sim.planning.compile import Compiled, compile_scenario
from sim.scenario.catalog import case_named
from sim.scenario.clauses import QUANTITIES, RANGES, Clause, Holdable
from sim.scenario.parameter_names import FIXED
from sim.scenario.schema import Scenario
from sim.scenario.selection import Selection, selected
from sim.scenario.verbs.base import Intervention
from sim.scenario.verbs.deals import Pay, Suspend
from sim.scenario.verbs.happenings import Pitch, ScheduleForum, SetLitigation, Shock
from sim.scenario.verbs.rows import (
    FreezeAuthority,
    Scale,
    SetGlobal,
    SetParameter,
    SetPolicy,
    Shift,
)
from sim.scenario.verbs.state import CloseCorridor, ForceRung, Hold, SetIssue
from tests.paths import by_id

START = "then"
"""The one start of a random case."""

IDS = ("ASH", "BAY", "ELM", "FIR", "HAZEL", "IVY", "LARCH", "OAK", "PINE", "YEW")
BLOCS = ("NORTH", "SOUTH", "SEA")
GROUPS = ("Near", "Far")
ISSUES = ("EGG", "HEN", "NUT", "JAM", "OAT", "PEA", "RYE", "SAP", "TAR", "WAX")
LADDERS = (EVERY_RUNG, EVERY_RUNG, (0, 7), (0, 3, 7), (0, 1, 2, 4, 7))
POOLS = ("gold", "silver", "tin")
PROJECTS = ("mine", "well")
PERIODS = (((1, None),), ((1, 12), (13, 48)), ((3, 6),), ())

LONGEST = 24
"""Months of the longest random scenario."""


@cache
def documented() -> Case:
    """The shipped case, whose numbers have documented ranges."""
    return case_named("afghanistan")


@cache
def documented_numbers() -> dict[str, Number]:
    """The numbers of the shipped case by the text that spells them."""
    return {str(name): number for name, number in documented().numbers.items()}


# Numbers


class Mover:
    """Moves numbers inside their documented ranges, by chance; or leaves them where they are."""

    def __init__(self, seed: int, moving: bool) -> None:
        self.chance = random.Random(seed)
        self.moving = moving

    def near(self, path: str) -> Number:
        """The documented number at `path`, moved."""
        number = documented_numbers()[path]
        if not self.moving or math.isnan(number.low):
            return number
        inside = self.chance.uniform(number.low, number.high)
        ends = (number.value, number.low, number.high)
        return replace(number, value=self.chance.choice((inside, inside, *ends)))

    def one_of(self, path: str, *values: float) -> Number:
        """The documented number at `path`, with one of some values instead of its own."""
        number = documented_numbers()[path]
        return replace(number, value=float(self.chance.choice(values))) if self.moving else number

    def flag(self, path: str) -> Number:
        """The documented flag at `path`, or another one."""
        return self.one_of(path, 0, 0, 1)


@st.composite
def movers(draw: DrawFn) -> Mover:
    """A source of numbers."""
    return Mover(draw(st.integers(0, 2**32 - 1)), draw(st.sampled_from((False, True, True, True))))


Numbers = dict[str, Number]


def is_whole(parameter: str) -> bool:
    """Whether a global parameter counts something."""
    return Parameters.__annotations__[parameter] is int


def listed_by_issue(mover: Mover, path: str, issues: int) -> list[Number]:
    """The numbers of a list by issue, each like a documented one of it, and often not 0."""
    paths = [f"{path}.{place}" for place in range(len(documented().issues))]
    telling = [each for each in paths if documented_numbers()[each].value]
    found = []
    for place in range(issues):
        like = paths[place % len(paths)]
        if mover.moving:
            like = mover.chance.choice((like, mover.chance.choice(telling)))
        found.append(mover.near(like))
    return found


def numbered(path: str, numbers: list[Number]) -> Numbers:
    """The numbers of a list by path."""
    return {f"{path}.{place}": number for place, number in enumerate(numbers)}


def parameters(mover: Mover, issues: int) -> Numbers:
    """All global parameters. The shares of a tranche add up to 1."""
    found = {}
    for name in BY_ISSUE:
        path = f"parameters.{name}"
        found |= numbered(path, listed_by_issue(mover, path, issues))
    for path in documented_numbers():
        if path.startswith("parameters.") and path.split(".")[1] not in BY_ISSUE:
            number = mover.near(path)
            whole = is_whole(path.split(".")[1])
            found[path] = replace(number, value=float(round(number.value))) if whole else number
    reserves, debt = (found[f"parameters.share_to_{name}"].value for name in ("reserves", "debt"))
    if mover.moving:
        debt = debt * (1.0 - reserves)
        for name, share in (("debt", debt), ("relief", 1.0 - reserves - debt)):
            path = f"parameters.share_to_{name}"
            found[path] = replace(found[path], value=share)
    return found


def policies(mover: Mover, names: list[str], issues: int) -> Numbers:
    """The numbers of some named policies. Issue weights add up to 1, ceilings stay ceilings."""
    found = {}
    for name in names:
        base = f"policies.{name}"
        weights = f"{base}.issue_weights"
        paths = [path for path in documented_numbers() if path.startswith(f"{base}.")]
        found |= {path: mover.near(path) for path in paths if not path.startswith(weights)}
        found[f"{base}.gates.0"] = documented_numbers()[f"{base}.gates.0"]
        own = listed_by_issue(mover, weights, issues)
        if mover.chance.random() < 0.5 and issues == len(documented().issues):
            own = [documented_numbers()[f"{weights}.{k}"] for k in range(issues)]  # meet gates
        total = sum(number.value for number in own)
        found |= numbered(weights, [replace(each, value=each.value / total) for each in own])
    return found


FLAGS = ("corridor", "mediator", "electorate")
MEASURES = [
    name
    for name in names_of("actors")
    if name not in (*FLAGS, "cap", "delegates", "permanent_member")
]
"""Numbers of an actor that are amounts."""


def on_ladder(number: Number, ladder: Sequence[int]) -> Number:
    """A rung, or the nearest one of a ladder."""
    return replace(number, value=float(min(ladder, key=lambda each: abs(each - number.value))))


def actor(mover: Mover, facts: ActorFacts, ladder: Sequence[int]) -> Numbers:
    """The numbers of one actor, each like that of some documented actor; rungs of the ladder."""

    def someone() -> str:
        return f"actors.{mover.chance.choice(list(documented().actors))}"

    numbers = {name: mover.near(f"{someone()}.{name}") for name in MEASURES}
    numbers |= {name: mover.flag(f"{someone()}.{name}") for name in FLAGS}
    numbers["cap"] = mover.one_of(f"{someone()}.cap", 3, 4, 6, 7, 7, 7)
    numbers["rung"] = mover.one_of(f"{someone()}.rung_2024_02", *range(8))
    numbers["rung"] = on_ladder(numbers["rung"], ladder)
    numbers["cap"] = on_ladder(numbers["cap"], ladder[1:])
    flag = documented_numbers()[f"{someone()}.delegates"]
    numbers["delegates"] = replace(flag, value=float(facts.delegates))
    numbers["permanent_member"] = replace(flag, value=float(facts.permanent_member))
    return {f"actors.{facts.id}.{name}": number for name, number in numbers.items()}


def pool(mover: Mover, name: str) -> Numbers:
    """The numbers of one pool and of its start; some balances last a few tranches only."""
    like = mover.chance.choice(list(documented().pools))
    return {
        f"pools.{name}.interest_rate": mover.near(f"pools.{like}.interest_rate"),
        f"pools.{name}.tranche": mover.near(f"pools.{like}.tranche"),
        f"pools.{name}.lock": mover.flag(f"pools.{like}.lock"),
        f"starts.{START}.pools.{name}.balance": mover.one_of(
            f"starts.2024-02.pools.{like}.balance", 0, 120, 500, 3600
        ),
        f"starts.{START}.pools.{name}.stage": mover.one_of(
            f"starts.2024-02.pools.{like}.stage", *range(5)
        ),
    }


def project(mover: Mover, name: str, periods: int) -> Numbers:
    """The numbers of one project and of its start."""
    like = mover.chance.choice(list(documented().projects))
    start = f"starts.2024-02.projects.{like}"
    found = {
        f"projects.{name}.{key}": mover.near(f"projects.{like}.{key}")
        for key in ("base_value", "up_rate", "down_rate", "royalty")
    }
    for i in range(periods):
        found[f"projects.{name}.schedule.{i}"] = mover.near("projects.oil.schedule.0")
    base = f"starts.{START}.projects.{name}"
    found[f"{base}.stage"] = mover.one_of(f"{start}.stage", *range(5))
    found[f"{base}.months_invested"] = mover.one_of(f"{start}.months_invested", 0, 5, 47, 60)
    return found


def start(mover: Mover, issues: int) -> Numbers:
    """The state of the world at the start."""
    like = f"starts.{mover.chance.choice(list(documented().starts))}."
    found = {}
    for path in documented_numbers():
        elsewhere = any(part in path for part in (".pools.", ".projects.", ".levels."))
        if path.startswith(like) and not elsewhere:
            found[path.replace(like, f"starts.{START}.")] = mover.near(path)
    for k in range(issues):
        like_k = f"{like}levels.{k % len(documented().issues)}"
        found[f"starts.{START}.levels.{k}"] = mover.one_of(like_k, *range(5))
    found[f"starts.{START}.attention"] = mover.one_of(f"{like}attention", 0, 3, 14)
    return found


# Cases


@st.composite
def actor_facts(draw: DrawFn, name: str, names: list[str], votes: bool) -> ActorFacts:
    """An actor; `votes` makes it a state with a policy of its own."""
    kind = "state" if votes else draw(st.sampled_from(get_args(Kind)))
    delegates = kind == "institution" and draw(st.booleans())
    return ActorFacts(
        name,
        name.title(),
        kind,
        draw(st.sampled_from(GROUPS)),
        draw(st.sampled_from(BLOCS)),
        "" if delegates else draw(st.sampled_from(names)),
        delegates,
        draw(st.booleans()),
    )


def some(names: Any, least: int = 0) -> SearchStrategy[list[str]]:
    """Some of the names, each once."""
    return st.lists(st.sampled_from(list(names)), min_size=least, unique=True)


@st.composite
def votes(draw: DrawFn, ids: list[str], voter: str) -> Votes:
    """Whose votes an institution follows: those of some members, or of all by bloc and salience."""
    if draw(st.booleans()):
        return Votes((), True, tuple(draw(some(BLOCS))))
    members = sorted({voter, *draw(some(ids))})
    return Votes(tuple(members), draw(st.booleans()), ())


@st.composite
def tie_rules(draw: DrawFn, ids: list[str]) -> tuple[TieRule, ...]:
    """Rules of who looks to whom; perhaps none."""
    rules = [
        TieRule(same_bloc=True),
        TieRule(from_blocs=tuple(draw(some(BLOCS, 1))), to_actors=tuple(draw(some(ids, 1)))),
        TieRule(within_blocs=tuple(draw(some(BLOCS, 1)))),
        TieRule(),
    ]
    return tuple(rule for rule in rules if draw(st.booleans()))


def tie_numbers(mover: Mover, rules: tuple[TieRule, ...], voting: dict[str, Votes]) -> Numbers:
    """The weights of ties, and those of votes by bloc."""
    found = {f"ties.{i}": mover.near(f"ties.{i}") for i in range(len(rules))}
    for name, rule in voting.items():
        if not rule.members:
            for bloc in (*rule.blocs, "otherwise"):
                found[f"votes.{name}.{bloc}"] = mover.near("votes.WB.otherwise")
    return found


class RandomCase(Case):
    """A case whose numbers are too many to print."""

    def __repr__(self) -> str:
        cast = [f"{each.id}: {each.kind} {each.policy}" for each in self.actors.values()]
        return f"<{', '.join(cast)}; {len(self.pools)} pools, {len(self.projects)} projects>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))


@st.composite
def issue_facts(draw: DrawFn) -> dict[str, IssueFacts]:
    """Up to ten issues."""
    names = ISSUES[: draw(st.sampled_from((len(documented().issues), *range(MOST_ISSUES + 1))))]
    words = ["none", "little", "some", "much", "all"]
    return {name: IssueFacts(title=name.title(), meaning=name, levels=words) for name in names}


@st.composite
def pool_facts(draw: DrawFn, ids: list[str]) -> dict[str, PoolFacts]:
    """One to three pools, each with somebody who can veto it."""
    names = POOLS[: draw(st.integers(1, 3))]
    return {name: PoolFacts(title=name, veto=sorted(draw(some(ids, 1)))) for name in names}


@st.composite
def project_facts(draw: DrawFn, ids: list[str]) -> dict[str, ProjectFacts]:
    """Up to two projects."""
    sponsors, periods = st.sampled_from(ids), st.sampled_from(PERIODS)
    names = PROJECTS[: draw(st.integers(0, 2))]
    return {name: ProjectFacts(name, name, draw(sponsors), draw(periods)) for name in names}


def numbers_of(mover: Mover, case: Case, voter: str) -> Numbers:
    """All numbers of a case; the voter has some weight."""
    issues = len(case.issues)
    numbers = parameters(mover, issues) | start(mover, issues)
    numbers |= policies(mover, list(case.policies), issues)
    numbers |= tie_numbers(mover, case.ties, dict(case.votes))
    for facts in case.actors.values():
        numbers |= actor(mover, facts, case.ladder)
    for name in case.pools:
        numbers |= pool(mover, name)
    for name, each in case.projects.items():
        numbers |= project(mover, name, len(each.periods))
    weight = f"actors.{voter}.salience"
    numbers[weight] = replace(numbers[weight], value=max(numbers[weight].value, 0.5))
    return numbers


CALENDARS = st.builds(Calendar, st.just(2000), st.integers(1, 12))


@st.composite
def cases(draw: DrawFn, needed: tuple[str, ...] = ()) -> Case:
    """A random case: 3 to 8 actors, 1 to 3 pools, up to 2 projects, 2 to 4 policies, one start.

    It has as many issues as the documented one, or any number up to the most.

    Policies that are `needed` are among them.
    """
    ids = draw(st.lists(st.sampled_from(IDS), min_size=3, max_size=8, unique=True))
    known = st.sampled_from(list(documented().policies))
    names = sorted({*needed, *draw(st.lists(known, min_size=2, max_size=4, unique=True))})
    voter = ids[0]
    cast = {name: draw(actor_facts(name, names, name == voter)) for name in sorted(ids)}
    voting = {name: draw(votes(ids, voter)) for name, facts in cast.items() if facts.delegates}
    case = RandomCase(
        id="woodland",
        title="Woodland",
        default_start=START,
        actors=cast,
        policies={name: documented().policies[name] for name in names},
        issues=draw(issue_facts()),
        ladder=draw(st.sampled_from(LADDERS)),
        pools=draw(pool_facts(ids)),
        projects=draw(project_facts(ids)),
        starts={START: StartFacts(START, "Then", draw(CALENDARS), "rung")},
        blocs={bloc: bloc.title() for bloc in BLOCS},
        ties=draw(tie_rules(ids)),
        votes=voting,
        numbers={},
        notes={"note": "", "country": "", "authority": ""},
    )
    return replace(case, numbers=by_id(numbers_of(draw(movers()), case, voter)))


# Scenarios


def hundredths(low: float, high: float) -> SearchStrategy[float]:
    """The numbers from `low` to `high` in a hundred steps."""
    return st.integers(0, 100).map(lambda step: min(low + (high - low) * step / 100, high))


@cache
def bounds(param: str) -> tuple[float, float]:
    """The documented range of a policy's number, over all policies or all actors."""
    if param.endswith("_factor"):
        return 0.0, 3.0
    ending = f".{param}"
    numbers = [
        number
        for path, number in documented_numbers().items()
        if path.endswith(ending) and path.startswith(("policies.", "actors."))
    ]
    return min(number.low for number in numbers), max(number.high for number in numbers)


SCALARS = tuple(
    name
    for name in (*BUNDLE, *ATTRIBUTES)
    if name not in FIXED and not columns(Policy)[name].length
)
"""Numbers of a policy row that an intervention may name."""

GATES = tuple(f"gates.{rung}" for rung in range(1, 8))
SHARES = ("quorum", "relief_conditionality", "development_conditionality")
"""Shares, which a shift leaves between 0 and 1."""


def shift_of(param: str) -> SearchStrategy[float]:
    """How far a shift moves a number: downwards only where that leads nowhere out of bounds."""
    if param in SHARES or math.isinf(columns(Policy)[param.split(".")[0]].low):
        return hundredths(-0.8, 0.8)
    small = ("descent_rate", "return_rate", "interest")
    return hundredths(0.0, 0.1 if param in small else 0.8)


GLOBALS = {
    path.removeprefix("parameters."): number
    for path, number in documented_numbers().items()
    if path.startswith("parameters.") and not path.startswith("parameters.share_to_")
} | {name: documented_numbers()[f"starts.2024-02.{name}"] for name in BY_START}
"""Global parameters that an intervention may name; shares of a tranche must add up to 1."""


def is_there(case: Case, param: str) -> bool:
    """Whether a case has a global parameter: a list by issue has no places beyond its issues."""
    name, _, place = param.partition(".")
    return name not in BY_ISSUE or int(place) < len(case.issues)


class Span(NamedTuple):
    """When an intervention may begin, and the horizon."""

    first: int
    last: int


@st.composite
def times(draw: DrawFn, span: Span) -> dict[str, int | None]:
    """`month` and `until` of an intervention."""
    month = draw(st.integers(span.first, span.last))
    return {"month": month, "until": draw(st.none() | st.integers(month, span.last))}


@st.composite
def selections(draw: DrawFn, case: Case, policies: bool = True) -> Selection:
    """A selection that means somebody who does not delegate; without `policies` not by policy."""
    known = {
        "id": list(case.actors),
        "bloc": list(case.blocs),
        "group": sorted({actor.group for actor in case.actors.values()}),
        "kind": sorted({actor.kind for actor in case.actors.values()}),
    }
    if policies:
        known["policy"] = list(case.policies)
    conditions: dict[str, Any] = {
        key: draw(some(known[key], 1))
        for key in draw(st.lists(st.sampled_from(list(known)), max_size=2))
    }
    if draw(st.booleans()):
        conditions["custodian"] = draw(st.booleans())
    if draw(st.booleans()):
        conditions["not"] = Selection(id=draw(some(known["id"], 1)))
    everybody = Selection(all=True)
    chosen = Selection(**conditions) if set(conditions) - {"not"} else everybody
    followers = [case.actors[name].delegates for name in selected(case, chosen)]
    return everybody if all(followers) else chosen


@st.composite
def policy_changes(draw: DrawFn, case: Case, span: Span) -> Intervention:
    """A verb on the numbers of policies."""
    when, select = draw(times(span)), draw(selections(case))
    verb = draw(st.sampled_from(("set_policy", "shift", "set", "scale")))
    if verb == "set_policy":
        policy = draw(st.sampled_from(list(case.policies)))
        return SetPolicy(verb=verb, select=select, policy=policy, **when)
    param = draw(st.sampled_from(SCALARS + GATES))
    if verb == "set" or param == "mediator":
        to = float(draw(st.booleans())) if param == "mediator" else draw(hundredths(*bounds(param)))
        return SetParameter(verb="set", select=select, param=param, to=to, **when)
    if verb == "shift":
        by = draw(shift_of(param))
        return Shift(verb=verb, select=select, param=param, by=by, **when)
    return Scale(verb=verb, select=select, param=param, by=draw(hundredths(0.0, 1.5)), **when)


@st.composite
def global_changes(draw: DrawFn, case: Case, span: Span) -> Intervention:
    """A verb on the global parameters."""
    when = draw(times(span))
    if draw(st.integers(0, 9)) == 0:
        return FreezeAuthority(verb="freeze_authority", **when)
    if draw(st.integers(0, 9)) == 0:
        imposed = draw(hundredths(0.0, 1.0))
        return SetGlobal(verb="set_global", param="mediation_override", to=imposed, **when)
    known = [each for each in GLOBALS.items() if is_there(case, each[0])]
    param, number = draw(st.sampled_from(known))
    to = draw(hundredths(number.low, number.high))
    to = float(round(to)) if is_whole(param.split(".")[0]) else to
    return SetGlobal(verb="set_global", param=param, to=to, **when)


@st.composite
def imposed_states(draw: DrawFn, case: Case, span: Span) -> Intervention:
    """A verb that sets rungs, levels, corridors or pools."""
    when = draw(times(span))
    corridors = [name for name in case.actors if case.value_at(f"actors.{name}.corridor")]
    locked = [name for name in case.pools if case.value_at(f"pools.{name}.lock")]
    verb = draw(st.sampled_from(("force_rung", "set_issue", "set_litigation", "close_corridor")))
    if verb == "close_corridor" and corridors:
        return CloseCorridor(verb=verb, select=Selection(id=draw(some(corridors, 1))), **when)
    if verb == "set_issue" and case.issues:
        names = draw(some(case.issues, 1))
        return SetIssue(verb=verb, issue=names, level=draw(st.integers(0, 4)), **when)
    if verb == "set_litigation" and locked:
        return draw(litigations(case, locked, when["month"] or 1))
    return draw(forced_rungs(case, span))


@st.composite
def forced_rungs(draw: DrawFn, case: Case, span: Span) -> Intervention:
    """Actors on a rung on which all of them can stand."""
    when, select = draw(times(span)), draw(selections(case))
    cap = min(case.value_at(f"actors.{name}.cap") for name in selected(case, select))
    rung = draw(st.sampled_from([each for each in case.ladder if each <= cap]))
    return ForceRung(verb="force_rung", select=select, rung=rung, **when)


@st.composite
def litigations(draw: DrawFn, case: Case, locked: list[str], month: int) -> Intervention:
    """The end of the litigation over a pool."""
    pool = draw(st.sampled_from(locked))
    others = [name for name in case.pools if name != pool]
    outcomes = ("release", "award", "fund") if others else ("release", "award")
    outcome = draw(st.sampled_from(outcomes))
    to = draw(st.sampled_from(others)) if outcome == "fund" else None
    return SetLitigation(verb="set_litigation", month=month, pool=pool, outcome=outcome, to=to)


@st.composite
def pool_selections(draw: DrawFn, case: Case) -> Selection:
    """A selection that means some pool."""
    if draw(st.booleans()):
        holder = draw(
            st.sampled_from(sorted({each for p in case.pools.values() for each in p.veto}))
        )
        return Selection(veto=[holder])
    left_out = draw(st.none() | st.sampled_from(list(case.pools)))
    if left_out is None or len(case.pools) == 1:
        return Selection(pool=draw(st.just(["all"]) | some(case.pools, 1)))
    return Selection(pool=["all"], **{"not": Selection(pool=[left_out])})


@st.composite
def payments(draw: DrawFn, case: Case, span: Span) -> Pay:
    """A sum or a share that a pool pays."""
    money = draw(st.sampled_from(("sum", "share")))
    much = draw(hundredths(0.0, 1.0 if money == "share" else 600.0).filter(bool))
    months = draw(st.integers(1, 8))
    month = draw(st.integers(span.first, span.last))
    pool = draw(st.sampled_from(list(case.pools)))
    return Pay(verb="pay", month=month, pool=pool, months=months, **{money: much})


@st.composite
def pool_changes(draw: DrawFn, case: Case, span: Span) -> Intervention:
    """A payment, a suspension, or another number of some pools."""
    verb = draw(st.sampled_from(("pay", "suspend", "set", "shift", "scale")))
    if verb == "pay":
        return draw(payments(case, span))
    when, select = draw(times(span)), draw(pool_selections(case))
    if verb == "suspend":
        return Suspend(verb=verb, select=select, **when)
    param = draw(st.sampled_from(("tranche", "interest_rate")))
    most = 150.0 if param == "tranche" else 0.05
    if verb == "set" and draw(st.booleans()):
        lock = float(draw(st.booleans()))
        return SetParameter(verb=verb, select=select, param="lock", to=lock, **when)
    if verb == "set":
        return SetParameter(
            verb=verb, select=select, param=param, to=draw(hundredths(0, most)), **when
        )
    if verb == "shift":
        return Shift(verb=verb, select=select, param=param, by=draw(hundredths(0, most)), **when)
    return Scale(verb="scale", select=select, param=param, by=draw(hundredths(0.0, 1.5)), **when)


@st.composite
def happenings(draw: DrawFn, case: Case, span: Span) -> Intervention:
    """A shock, a forum or a pitch."""
    when = draw(times(span))
    kind = draw(st.sampled_from(("drought", "quake", "budget", "atrocity", "forum", "pitch")))
    every = draw(st.none() | st.integers(1, 6))
    severity = draw(hundredths(0.0, 1.0))
    if kind == "forum":
        seated = draw(st.none() | st.booleans())
        return ScheduleForum(verb="schedule_forum", civil_society=seated, every=every, **when)
    if kind == "pitch":
        return Pitch(verb="pitch", every=every, **when)
    if kind == "quake":
        return Shock(verb="shock", kind=kind, **when)
    if kind == "drought":
        months = draw(st.integers(1, 14))
        when["until"] = None
        return Shock(verb="shock", kind=kind, severity=severity, months=months, **when)
    if kind == "budget":
        when["until"] = None
    select = draw(st.none() | selections(case))
    return Shock(verb="shock", kind=kind, severity=severity, select=select, **when)


@st.composite
def holds(draw: DrawFn, case: Case, span: Span) -> Intervention:
    """A quantity, issues or rungs held where they are, or a quantity at a value."""
    when = draw(times(span))
    kind = draw(st.sampled_from(("quantity", "issue", "select")))
    if kind == "issue" and case.issues:
        return Hold(verb="hold", issue=draw(some(case.issues, 1)), **when)
    if kind == "select":
        return Hold(verb="hold", select=draw(selections(case)), **when)
    quantity = draw(st.sampled_from(get_args(Holdable)))
    to = draw(st.none() | hundredths(*HELD_AT.get(quantity, RANGES[quantity])))
    return Hold(verb="hold", quantity=quantity, to=to, **when)


HELD_AT = {"gdp": (60.0, 110.0)}
"""Values at which a country goes on much as before."""


@st.composite
def clauses(draw: DrawFn, case: Case) -> Clause:
    """A clause that may hold now and then."""
    names = {"issue": list(case.issues), "actor": list(case.actors), "pool": list(case.pools)}
    names["quantity"] = list(QUANTITIES)
    kind = draw(st.sampled_from([kind for kind, known in names.items() if known]))
    clause = Clause(**{kind: draw(st.sampled_from(names[kind]))}, at_least=0.0)
    low, high, _ = clause.possible(case)
    low, high = HELD_AT.get(clause.quantity or "", (low, high))
    bound = draw(hundredths(low, high))
    bound = bound if kind == "quantity" else float(round(bound))
    if kind == "actor":
        bound = float(min(case.ladder, key=lambda each: abs(each - bound)))
    side = draw(st.sampled_from(("at_least", "at_most")))
    return clause.model_copy(update={"at_least": None, "at_most": None, side: bound})


@st.composite
def conditional(draw: DrawFn, case: Case, span: Span) -> Intervention:
    """Any verb on a condition."""
    verb = draw(unconditional(case, span))
    strikes_once = getattr(verb, "kind", "") in ("drought", "budget")
    key = "when" if strikes_once or isinstance(verb, SetLitigation) else draw(WORDS)
    asked = draw(st.lists(clauses(case), min_size=1, max_size=2))
    deadline = None
    if key == "when":
        deadline = draw(st.none() | st.integers(verb.month, span.last))
    update = {key: asked, "deadline": deadline}
    if isinstance(verb, Pay) and key == "while_":
        update["claw_back"] = draw(st.none() | st.booleans())
    return verb.model_copy(update=update)


WORDS = st.sampled_from(("when", "while_"))

VALUED = ("relief_conditionality", "development_conditionality", "asset_stance", "relief_factor")
"""Numbers of a policy that the authority values."""


@st.composite
def issue_clauses(draw: DrawFn, case: Case) -> Clause:
    """A clause on an issue that may hold now and then."""
    side, level = draw(st.sampled_from(("at_least", "at_most"))), draw(st.integers(0, TOP_LEVEL))
    return Clause(**{"issue": draw(st.sampled_from(list(case.issues))), side: level})


@st.composite
def offers(draw: DrawFn, case: Case, span: Span) -> Intervention:
    """A verb that is announced; its worth is said where none may be inferred."""
    verb = draw(policy_changes(case, span) | forced_rungs(case, span) | payments(case, span))
    worth = hundredths(-3.0, 3.0).filter(bool).map(lambda share: 1000.0 * share)
    if isinstance(verb, ForceRung | SetPolicy) or getattr(verb, "param", "") in VALUED:
        worth = st.none() | worth
    if isinstance(verb, Pay):
        worth = st.none()
    asked = [draw(issue_clauses(case)), *draw(st.lists(clauses(case), max_size=1))]
    key = draw(WORDS)
    deadline = st.none() | st.integers(verb.month, span.last) if key == "when" else st.none()
    own = {
        key: asked,
        "deadline": draw(deadline),
        "announced": True,
        "worth": draw(worth),
        "credibility": draw(st.none() | hundredths(0.0, 1.5)),
        "kept": draw(st.none() | hundredths(0.0, 1.0)),
    }
    return verb.model_copy(update=own)


def unconditional(case: Case, span: Span) -> SearchStrategy[Intervention]:
    """Any verb that is valid for the case, without a condition."""
    return st.one_of(
        policy_changes(case, span),
        global_changes(case, span),
        imposed_states(case, span),
        happenings(case, span),
        holds(case, span),
        pool_changes(case, span),
    )


def interventions(case: Case, span: Span) -> SearchStrategy[Intervention]:
    """Any verb that is valid for the case, one in five on a condition, one in five an offer."""
    plain = unconditional(case, span)
    announced = offers(case, span) if case.issues else plain
    return st.one_of(plain, plain, plain, conditional(case, span), announced)


def scenario_of(case: Case, months: int, verbs: list[Intervention]) -> Scenario:
    """The scenario of some interventions."""
    head = {"title": "Random", "case": case.id, "start": case.default_start}
    return Scenario(**head, months=months, interventions=verbs)


# Running


def examples(times: float) -> settings:
    """So many times the examples of the profile."""
    return settings(max_examples=max(1, round(times * settings().max_examples)))


Simulate = Callable[..., Iterator[Any]]

KERNEL: Simulate = simulate
PLAIN: Simulate = partial(simulate, loop=run_chunk_plainly, threads=1)
AGENTS: Simulate = simulate_with_agents

WAY: ContextVar[Simulate] = ContextVar("way", default=KERNEL)
"""How worlds are run where nothing else is said."""


@contextmanager
def every_run(using: Simulate) -> Iterator[None]:
    """Run worlds in another way, where nothing else is said."""
    before = WAY.set(using)
    try:
        yield
    finally:
        WAY.reset(before)


def run(
    compiled: Compiled, seed: int, runs: int = 1, using: Simulate | None = None, **how: Any
) -> Trajectories:
    """The trajectories of the runs; copied, since chunks are buffers that are used again."""
    simulated = using or WAY.get()
    chunks = simulated(compiled.start, compiled.uids, compiled.months, runs, seed, **how)
    parts = [[array.copy() for array in chunk.trajectories] for chunk in chunks]
    return Trajectories(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def first_months(recorded: Trajectories, months: int) -> Trajectories:
    """The start and the first months of every run."""
    return Trajectories(*(array[:, : months + 1] for array in recorded))


def difference(one: Trajectories, other: Trajectories) -> str:
    """Where two sets of runs differ first in any bit, in words; nothing where they do not."""
    for part, mine, yours in zip(Trajectories._fields, one, other, strict=True):
        if mine.shape != yours.shape:
            return f"{part}: {mine.shape} and {yours.shape}"
        for name in mine.dtype.names or ():
            bits = [np.ascontiguousarray(array[name]).view(np.uint64) for array in (mine, yours)]
            places = np.argwhere(bits[0] != bits[1])
            if len(places):
                at = tuple(int(i) for i in min(places, key=lambda place: (place[1], place[0])))
                return f"{part}.{name} at run, month, … {at}: {mine[name][at]} {yours[name][at]}"
    return ""


# Worlds


@dataclass(frozen=True, repr=False)
class World:
    """A case, a scenario of it, and the seed of its draws."""

    case: Case
    scenario: Scenario
    seed: int

    def __repr__(self) -> str:
        verbs = [verb.model_dump(exclude_none=True) for verb in self.scenario.interventions]
        return f"World({self.case}, {self.scenario.months} months, seed {self.seed}, {verbs})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))

    def with_last(self, *verbs: Intervention) -> "World":
        """The world in which something more happens, which nothing in it undoes."""
        months, before = self.scenario.months, self.scenario.interventions
        return replace(self, scenario=scenario_of(self.case, months, [*before, *verbs]))

    def compiled(self, months: int | None = None) -> Compiled:
        """The arrays of the scenario."""
        try:
            return compile_scenario(self.case, self.scenario, months)
        except CannotCompile:
            reject()

    def recorded(
        self, runs: int = 1, using: Simulate | None = None, months: int | None = None
    ) -> Trajectories:
        """The trajectories of the first runs."""
        return run(self.compiled(months), self.seed, runs, using)


@st.composite
def worlds(draw: DrawFn, months: int = LONGEST, most: int = 8) -> World:
    """A random case with a random scenario of at most `months` months and `most` interventions."""
    case = draw(cases())
    horizon = draw(st.sampled_from((1, months // 2, months, months)))
    verbs = draw(st.lists(interventions(case, Span(1, horizon)), max_size=most))
    return World(case, scenario_of(case, horizon, verbs), draw(st.integers(0, 2**64 - 1)))


def copied(record: Any) -> SimpleNamespace:
    """The fields of a record of the plain state as they are now."""
    fields = vars(record).items()
    return SimpleNamespace(
        **{name: list(value) if isinstance(value, list) else value for name, value in fields}
    )


class Month(NamedTuple):
    """The state at the end of a month, and copies of the records as the month before left them."""

    model: EngagementModel
    world: Any
    actors: list[Any]
    pools: list[Any]
    projects: list[Any]


def months_of(world: World, run: int = 0, months: int | None = None, **how: Any) -> Iterator[Month]:
    """One run, month by month, on the Mesa front, where the whole state is in sight."""
    compiled = world.compiled(months)
    model = EngagementModel(
        Cast(compiled.start, compiled.uids), world.seed, run, collect=False, **how
    )
    for _ in range(compiled.months):
        state = model.state
        before = [copied(state.world)]
        kept = [
            [copied(row) for row in rows] for rows in (state.actors, state.pools, state.projects)
        ]
        model.step()
        yield Month(model, *before, *kept)


PLACES = ("index", "policy", "policy_scored", "parameters", "pattern", "sponsor")
"""Fields that hold the place of a row among others, or which conditions hold by their places."""


def contents(world: World, month: Month) -> dict[str, Any]:
    """Every field of every record by name, places aside."""
    state, case = month.model.state, world.case
    rows = {"world": (WorldRecord, state.world)}
    rows |= zip(case.actors, ((Actor, row) for row in state.actors), strict=True)
    rows |= zip(case.pools, ((Pool, row) for row in state.pools), strict=True)
    rows |= zip(case.projects, ((Project, row) for row in state.projects), strict=True)
    return {
        f"{name}.{field}": getattr(row, field)
        for name, (record, row) in rows.items()
        for field in columns(record)
        if field not in PLACES
    }


def state_difference(one: World, other: World, months: int | None = None) -> str:
    """Where the states of two worlds differ first, in all that the first of them has.

    The whole state tells sooner than what is reported, most of which shows in rare decisions alone.
    """
    both = zip(months_of(one, months=months), months_of(other, months=months), strict=True)
    for number, (mine, yours) in enumerate(both, start=1):
        expected, found = contents(one, mine), contents(other, yours)
        for name, value in expected.items():
            if found[name] != value:
                return f"{name} in month {number}: {value} {found[name]}"
    return ""
