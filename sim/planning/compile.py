"""From a scenario and its case to the arrays of a run; only here names become indices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.case.case import Case
from sim.engine.block import copy_block, start_of, views_of
from sim.engine.draws import Uids, join_uids, uid
from sim.engine.kernel import Start
from sim.engine.plain import plain_state
from sim.engine.prepare import Prepare, compiled_prepare, prepare_plainly
from sim.io.errors import CannotCompile
from sim.model.calendar import Calendar
from sim.model.plan import NO_FAULT
from sim.model.rules.engagement import gate_missed
from sim.planning.faults import sentences
from sim.planning.offers import worthless
from sim.planning.plan import Planned, make_plan
from sim.planning.vector import Vector
from sim.scenario.conditions import labelled
from sim.scenario.schema import Scenario

MANY_STEPS = 500_000
"""From here on plain Python takes longer to prepare a start than compiled code to be loaded."""


@dataclass(frozen=True)
class Compiled:
    """Everything a run needs, and the names its indices stand for.

    `conditions` gives each condition of an intervention in words, by its label; `planned` is the
    plan by which the start was filled.
    """

    start: Start
    uids: Uids
    months: int
    calendar: Calendar
    actors: tuple[str, ...]
    pools: tuple[str, ...]
    projects: tuple[str, ...]
    issues: tuple[str, ...]
    conditions: Mapping[str, str]
    planned: Planned

    def __repr__(self) -> str:
        return f"<Compiled scenario: {len(self.actors)} actors, {self.months} months>"


def uids_of(case: Case) -> Uids:
    """The uids of all entities; raises CannotCompile."""
    names: Mapping[str, Iterable[str]] = {
        "actor": case.actors,
        "issue": case.issues,
        "pool": case.pools,
        "project": case.projects,
        "world": [case.root or case.id],
    }
    taken: dict[int, str] = {}
    for kind, name in ((kind, name) for kind, some in names.items() for name in some):
        other = taken.setdefault(uid(kind, name), f"{kind}:{name}")
        if other != f"{kind}:{name}":
            raise CannotCompile(f"{kind}:{name} and {other} share a uid; rename one")
    actors, issues, pools, projects, (world,) = (
        [uid(kind, name) for name in some] for kind, some in names.items()
    )
    return join_uids(actors, issues, pools, projects, world)


def compile_scenario(
    case: Case,
    scenario: Scenario,
    months: int | None = None,
    prepare: Prepare | None = None,
) -> Compiled:
    """The arrays of `scenario` over `months` (else its own horizon), anchored at its start.

    `prepare` may be compiled, which pays where many scenarios are, or many steps. Raises
    CannotCompile.
    """
    horizon = months or scenario.months
    planned = make_plan(case, scenario, horizon)
    start = prepared(planned, planned.numbers, scenario.title, prepare)
    made = compiled_from(case, scenario, planned, start)
    if faults := worthless(start, list(made.conditions)):
        raise CannotCompile("\n".join(f"{scenario.title}: {fault}" for fault in faults))
    return made


def compiled_from(case: Case, scenario: Scenario, planned: Planned, start: Start) -> Compiled:
    """A start with what its indices stand for; raises CannotCompile where two uids are equal."""
    facts = case.starts[scenario.start or case.default_start]
    return Compiled(
        start,
        uids_of(case),
        start.policy_of.shape[1],
        facts.calendar,
        tuple(case.actors),
        tuple(case.pools),
        tuple(case.projects),
        tuple(case.issues),
        labelled(scenario.interventions),
        planned,
    )


def prepared(
    planned: Planned, numbers: Vector, title: str, prepare: Prepare | None = None
) -> Start:
    """A start of its own with these numbers; raises CannotCompile with what is wrong in `title`."""
    block = copy_block(planned.template, planned.layout)
    start, room = start_of(block, planned.layout), views_of(block, planned.layout)
    if prepare is None:
        many = len(planned.plan.steps) > MANY_STEPS
        prepare = compiled_prepare() if many else prepare_plainly
    verdict = prepare(numbers, planned.plan, room, start)
    if verdict[0] != NO_FAULT:
        raise CannotCompile(sentences(title, planned, numbers, room, verdict))
    return start


def falling_at_once(compiled: Compiled) -> list[str]:
    """Actors whose own gate denies the rung they start on; they would fall at once."""
    state = plain_state(compiled.start)
    return [
        name
        for name, actor in zip(compiled.actors, state.actors, strict=True)
        if gate_missed(actor, actor.rung, state)
    ]
