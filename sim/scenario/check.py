"""Whether the names and months of a scenario lead somewhere in its case."""

from collections.abc import Iterator

from sim.case.bounds import bounds_in
from sim.case.case import Case
from sim.case.claims import claims
from sim.documents import Document, Fault, Keys
from sim.parameters import Parameters
from sim.policy import BUNDLE, Policy
from sim.scenario.check_conditions import condition_findings
from sim.scenario.conditions import MOST_SWITCHES, conditions_of
from sim.scenario.parameter_names import GLOBAL, OF_POLICIES, fault_of_param
from sim.scenario.parts import Selection
from sim.scenario.schema import (
    PARAMETER_VERBS,
    CloseCorridor,
    ForceRung,
    Hold,
    Intervention,
    Scale,
    Scenario,
    SetGlobal,
    SetIssue,
    SetLitigation,
    SetParameter,
    SetPolicy,
    Shift,
)
from sim.scenario.selection import selected
from sim.scenario.unknown import unknown, unknown_actor, unknown_claim, unknown_issue
from sim.validation import within
from sim.vocab import Issue

Finding = tuple[Keys, str]
"""Where in the file, and what is wrong."""


def faults_of(case: Case, scenario: Scenario, document: Document) -> list[Fault]:
    """All faults that only the case can show, in the order of the file."""
    findings = [*_head(case, scenario), *_switches(scenario)]
    for i, intervention in enumerate(scenario.interventions):
        for keys, message in _intervention(case, scenario, intervention):
            findings.append((("interventions", i, *keys), message))
    return [document.fault(within(document.value, keys), message) for keys, message in findings]


def _switches(scenario: Scenario) -> Iterator[Finding]:
    """Each condition on policies or parameters doubles the rows that must be ready."""
    found = conditions_of(scenario.interventions)
    for i, condition in enumerate(found.of):
        if condition >= 0 and found.switches[condition] >= 2**MOST_SWITCHES:
            message = f"more than {MOST_SWITCHES} different conditions on policies and parameters"
            yield ("interventions", i), message
            return


def _head(case: Case, scenario: Scenario) -> Iterator[Finding]:
    if scenario.start is not None and scenario.start not in case.starts:
        known = ", ".join(case.starts)
        yield ("start",), f"unknown start {scenario.start!r}; known: {known}"
    for i, name in enumerate(scenario.claims):
        if name not in claims():
            yield ("claims", i), unknown_claim(name)


def _intervention(case: Case, scenario: Scenario, verb: Intervention) -> Iterator[Finding]:
    for key in ("month", "until", "deadline"):
        month = getattr(verb, key)
        if month is not None and month > scenario.months:
            yield (key,), f"month {month} lies beyond the horizon of {scenario.months} months"
    select = getattr(verb, "select", None)
    if isinstance(select, Selection):
        wrong = list(_selection(case, select, ("select",)))
        yield from wrong
        if not selected(case, select):
            if not wrong:
                yield ("select",), "selects nobody"
        elif isinstance(verb, CloseCorridor):
            yield from _corridors(case, select)
        elif isinstance(verb, ForceRung):
            yield from _caps(case, select, verb.rung)
        elif isinstance(verb, PARAMETER_VERBS):
            yield from _delegating(case, verb, select)
    yield from _names(case, verb)
    yield from condition_findings(case, verb)


def _selection(case: Case, select: Selection, keys: Keys) -> Iterator[Finding]:
    known = {
        "id": list(case.actors),
        "bloc": list(case.blocs),
        "group": sorted({actor.group for actor in case.actors.values()}),
        "policy": list(case.policies),
        "kind": sorted({actor.kind for actor in case.actors.values()}),
    }
    for key, names in known.items():
        for name in getattr(select, key) or []:
            if name in names:
                continue
            message = unknown_actor(case, name) if key == "id" else unknown(key, name, names)
            yield (*keys, key), message
    if select.not_ is not None:
        yield from _selection(case, select.not_, (*keys, "not"))


def _corridors(case: Case, select: Selection) -> Iterator[Finding]:
    for actor in selected(case, select):
        if not case.value("actors", actor, "corridor"):
            yield ("select",), f"{actor} has no corridor to close"


def _caps(case: Case, select: Selection, rung: int) -> Iterator[Finding]:
    for actor in selected(case, select):
        cap = case.value("actors", actor, "cap")
        if rung > cap:
            yield ("rung",), f"{actor} can stand on rung {cap:g} at most, not {rung}"


def _delegating(case: Case, verb: Intervention, select: Selection) -> Iterator[Finding]:
    """A policy set on nobody but institutions that follow their members would do nothing."""
    param = getattr(verb, "param", None)
    if isinstance(verb, SetPolicy) or (param is not None and param.split(".")[0] in BUNDLE):
        actors = selected(case, select)
        if all(case.actors[actor].delegates for actor in actors):
            yield ("select",), f"{', '.join(actors)}: follows its members; select these instead"


def _names(case: Case, verb: Intervention) -> Iterator[Finding]:
    if isinstance(verb, SetPolicy) and verb.policy not in case.policies:
        yield ("policy",), unknown("policy", verb.policy, case.policies)
    elif isinstance(verb, SetIssue | Hold):
        for name in verb.issue or ():
            if name not in Issue.__members__:
                yield ("issue",), unknown_issue(case, name)
    elif isinstance(verb, SetLitigation):
        for key, pool in (("pool", verb.pool), ("to", verb.to)):
            if pool is not None and pool not in case.pools:
                yield (key,), unknown("pool", pool, case.pools)
        if verb.pool in case.pools and not case.value("pools", verb.pool, "lock"):
            yield ("pool",), f"no litigation locks the pool {verb.pool}"
        if verb.pool == verb.to:
            yield ("to",), "is the same pool"
    elif isinstance(verb, Shift | SetParameter | Scale):
        yield from _policy_parameter(verb)
    elif isinstance(verb, SetGlobal):
        yield from _global_parameter(verb)


def _policy_parameter(verb: Shift | SetParameter | Scale) -> Iterator[Finding]:
    wrong = fault_of_param(Policy, OF_POLICIES, verb.param)
    if wrong:
        yield ("param",), wrong
    elif isinstance(verb, SetParameter):
        wrong = bounds_in(Policy, verb.param.split(".")[0]).fault(verb.to)
        if wrong:
            yield ("to",), wrong


def _global_parameter(verb: SetGlobal) -> Iterator[Finding]:
    wrong = fault_of_param(Parameters, GLOBAL, verb.param)
    if wrong:
        yield ("param",), wrong
        return
    name = verb.param.split(".")[0]
    wrong = bounds_in(Parameters, name).fault(verb.to)
    if name == "mediation_override" and verb.to < 0:
        wrong = f"must be 0 or more, not {verb.to:g}"
    if wrong:
        yield ("to",), wrong
