"""What to know of a scenario that is no fault, but may not be what its author has in mind."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from sim.case.case import Case
from sim.case.number_id import NumberId, number_id
from sim.case.numbers import Number
from sim.planning.compile import Compiled, falling_at_once
from sim.planning.effects import called, without_effect
from sim.scenario.load import Loaded
from sim.scenario.selection import selected
from sim.scenario.verbs.base import How, Intervention, RowChange
from sim.scenario.verbs.rows import OnPolicies


def notes(loaded: Loaded, compiled: Compiled) -> list[str]:
    """The notes on a scenario, each a line."""
    told = without_effect(loaded.case, loaded.scenario.interventions, compiled.planned)
    return [
        *_inherited(loaded, told),
        *idle(loaded, told),
        *_out_of_range(loaded),
        *falling(compiled),
    ]


def _inherited(loaded: Loaded, told: Collection[int]) -> Iterator[str]:
    """Interventions of a base that go on acting beside one's own; of what is told none does."""
    own = loaded.came_from.count("")
    acting = [file for place, file in enumerate(loaded.came_from) if place not in told]
    if own:
        for base, count in Counter(filter(None, acting)).items():
            several = "interventions act" if count > 1 else "intervention acts"
            yield f"{count} {several} from {base}, beside {own} of its own"


def idle(loaded: Loaded, told: Mapping[int, str]) -> Iterator[str]:
    """What never counts or changes nothing, and who is named but follows members' votes.

    `told` is what rows and events show of interventions, by their places.
    """
    case, touched, better = loaded.case, set[str](), set[int]()
    for place, verb in enumerate(loaded.scenario.interventions):
        if not isinstance(verb, OnPolicies):
            continue
        reached, name = verb.reached(case), called(place, verb)
        left_out = sorted({*(verb.select.id or ())} & {*selected(case, verb.select)} - {*reached})
        if left_out:
            who = f"{', '.join(left_out)}: what it sets follows there from the votes of members"
            yield f"{name} does not reach {who}"
        if reached and not touched.intersection(reached):
            for same in _same_policy(case, verb):
                better.add(place)
                yield f"{name} {same}"
        if verb.in_bundle:
            touched.update(reached)
    yield from (
        f"{called(place, loaded.scenario.interventions[place])} {each}"
        for place, each in told.items()
        if place not in better
    )


def _same_policy(case: Case, verb: OnPolicies) -> Iterator[str]:
    """Why a policy changes nothing that all follow in the case already."""
    for change in verb.changes(case):
        policies = {case.actors[actor].policy for actor in change.actors}
        if change.how is How.COPY and policies == {change.policy}:
            who = ", ".join(change.actors)
            yield f"changes nothing for {who}: in the case the policy is {change.policy}, too"


def _out_of_range(loaded: Loaded) -> Iterator[str]:
    """Values outside the range that the case documents for them."""
    for path in loaded.scenario.numbers:
        number = loaded.case.numbers[number_id(path)]
        if not number.in_range:
            yield f"{path} lies outside its documented range: {_against(number)}"
    for place, verb in enumerate(loaded.scenario.interventions):
        param = getattr(verb, "param", "")
        for change in verb.changes(loaded.case):
            moved = dict(_moved(loaded.case, verb, change))
            beyond = {name: number for name, number in moved.items() if not number.in_range}
            if "" in beyond:
                said = f"out of its documented range: {_against(beyond[''])}"
            else:
                which = [f"{name} ({_against(number)})" for name, number in beyond.items()]
                said = f"out of its range of {', '.join(which)}"
            if beyond:
                yield f"{called(place, verb)} takes {param} {said}"


def _moved(case: Case, verb: Intervention, change: RowChange) -> Iterator[tuple[str, Number]]:
    """Whose numbers a change moves, a policy's or an actor's, and what it makes of them.

    A global parameter is nobody's.
    """
    for actor in change.actors or ("",):
        policy = case.actors[actor].policy if actor else ""
        owners = [("policies", policy), ("actors", actor)] if actor else [("parameters", "")]
        for kind, item in owners:
            own = case.numbers.get(NumberId(kind, item, change.field, change.place))
            if own and verb.number is not None:
                yield item, own.at(change.how.apply(own.value, verb.number))
                break


def _against(number: Number) -> str:
    return f"{number.value:g}, not {number.low:g} to {number.high:g} {number.unit}"


def falling(compiled: Compiled) -> Iterator[str]:
    """Who starts on a rung that its own gate denies."""
    above = falling_at_once(compiled)
    if above:
        yield f"at the start {', '.join(above)} are above their own gates"
