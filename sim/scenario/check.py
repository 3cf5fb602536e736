"""Whether the names and months of a scenario lead somewhere in its case."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from sim.case.bounds import bounds_in
from sim.case.case import Case
from sim.documents import Document, Fault, Keys, did_you_mean
from sim.parameters import Parameters
from sim.policy import ATTRIBUTES, BUNDLE, Policy
from sim.scenario.rows import PARAMETER_VERBS, element
from sim.scenario.schema import (
    CloseCorridor,
    ForceRung,
    Intervention,
    Scale,
    Scenario,
    Selection,
    SetGlobal,
    SetIssue,
    SetLitigation,
    SetParameter,
    SetPolicy,
    Shift,
)
from sim.scenario.selection import selected
from sim.schema import columns
from sim.vocab import Issue

FIXED = ("issue_weights", "drift")
"""Numbers of a policy that only a whole policy sets."""

Finding = tuple[Keys, str]
"""Where in the file, and what is wrong."""


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """The message about a name that leads nowhere."""
    return f"unknown {what} {name!r}{did_you_mean(name, list(known))}"


def unknown_actor(case: Case, name: str) -> str:
    """The message about an unknown actor; a name in words, or its beginning, finds the id."""
    wanted = name.lower()
    for actor in case.actors.values():
        if actor.name.lower().startswith(wanted) or wanted in actor.name.lower().split():
            return f"unknown actor {name!r}, did you mean {actor.id} ({actor.name})?"
    names = {actor.name: actor.id for actor in case.actors.values()}
    near = get_close_matches(name, names, n=1, cutoff=0.7)
    if near:
        return f"unknown actor {name!r}, did you mean {names[near[0]]} ({near[0]})?"
    message = unknown("actor", name, case.actors)
    return message if message.endswith("?") else f"{message}; see: sim case actors"


def unknown_issue(case: Case, name: str) -> str:
    """The message about an unknown issue, with all issues and their titles."""
    known = ", ".join(f"{issue} ({case.issues[issue].title})" for issue in Issue.__members__)
    return f"unknown issue {name!r}; known: {known}"


def faults_of(case: Case, scenario: Scenario, document: Document) -> list[Fault]:
    """All faults that only the case can show, in the order of the file."""
    findings = list(_head(case, scenario))
    for i, intervention in enumerate(scenario.interventions):
        for keys, message in _intervention(case, scenario, intervention):
            findings.append((("interventions", i, *keys), message))
    return [document.fault(keys, message) for keys, message in findings]


def _head(case: Case, scenario: Scenario) -> Iterator[Finding]:
    if scenario.start is not None and scenario.start not in case.starts:
        known = ", ".join(case.starts)
        yield ("start",), f"unknown start {scenario.start!r}; known: {known}"


def _intervention(case: Case, scenario: Scenario, verb: Intervention) -> Iterator[Finding]:
    for key in ("month", "until"):
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
        if not case.value(f"actors.{actor}.corridor"):
            yield ("select",), f"{actor} has no corridor to close"


def _caps(case: Case, select: Selection, rung: int) -> Iterator[Finding]:
    for actor in selected(case, select):
        cap = case.value(f"actors.{actor}.cap")
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
    elif isinstance(verb, SetIssue):
        for name in verb.issue:
            if name not in Issue.__members__:
                yield ("issue",), unknown_issue(case, name)
    elif isinstance(verb, SetLitigation):
        for key, pool in (("pool", verb.pool), ("to", verb.to)):
            if pool is not None and pool not in case.pools:
                yield (key,), unknown("pool", pool, case.pools)
        if verb.pool in case.pools and not case.value(f"pools.{verb.pool}.lock"):
            yield ("pool",), f"no litigation locks the pool {verb.pool}"
        if verb.pool == verb.to:
            yield ("to",), "is the same pool"
    elif isinstance(verb, Shift | SetParameter | Scale):
        yield from _policy_parameter(verb)
    elif isinstance(verb, SetGlobal):
        yield from _global_parameter(verb)


def _policy_parameter(verb: Shift | SetParameter | Scale) -> Iterator[Finding]:
    known = [name for name in (*BUNDLE, *ATTRIBUTES) if name not in FIXED]
    wrong = _element(Policy, known, verb.param)
    if wrong:
        yield ("param",), wrong
    elif isinstance(verb, SetParameter):
        wrong = bounds_in(Policy, verb.param.split(".")[0]).fault(verb.to)
        if wrong:
            yield ("to",), wrong


def _global_parameter(verb: SetGlobal) -> Iterator[Finding]:
    known = [name for name in columns(Parameters) if name != "authority_frozen"]
    wrong = _element(Parameters, known, verb.param)
    if wrong:
        yield ("param",), wrong
        return
    name = verb.param.split(".")[0]
    wrong = bounds_in(Parameters, name).fault(verb.to)
    if name == "mediation_override" and verb.to < 0:
        wrong = f"must be 0 or more, not {verb.to:g}"
    if wrong:
        yield ("to",), wrong


def _element(record: type, known: list[str], param: str) -> str:
    """What is wrong with a parameter's name, or nothing."""
    name, point, at = param.partition(".")
    if name not in known:
        return unknown("parameter", param, known)
    length = columns(record)[name].length
    if bool(point) != bool(length):
        return f"{name} needs a place, as in {name}.1" if length else f"{name} has no parts"
    if point:
        try:
            place = element(param)[1]
        except ValueError:
            return f"{at!r} is no place in {name}; it has places 0 to {length - 1}"
        if place is None or not 0 <= place < length:
            return f"{name} has places 0 to {length - 1}, not {at}"
    return ""
