"""What to know of a scenario that is no fault, but may not be what its author has in mind."""

from collections import Counter
from collections.abc import Iterator

from sim.case.number_id import NumberId, number_id
from sim.case.numbers import Number
from sim.scenario.compile import Compiled, falling_at_once
from sim.scenario.load import Loaded
from sim.scenario.parameter_names import element
from sim.scenario.row_changes import changed, of_bundle
from sim.scenario.schema import Intervention, Scale, SetGlobal, SetParameter, SetPolicy, Shift
from sim.scenario.selection import selected

NOT_DOCUMENTED = Number(0.0, "")
"""A factor that begins at 1 and stands in no file."""

OfActors = SetPolicy | Shift | SetParameter | Scale


def notes(loaded: Loaded, compiled: Compiled) -> list[str]:
    """The notes on a scenario, each a line."""
    return [
        *_inherited(loaded),
        *_without_effect(loaded),
        *_out_of_range(loaded),
        *falling(compiled),
    ]


def _named(place: int, verb: Intervention) -> str:
    """An intervention as a note calls it."""
    return f"intervention {verb.name}" if verb.name else f"interventions[{place}]"


def _of_actors(loaded: Loaded) -> Iterator[tuple[int, OfActors, list[str]]]:
    """Verbs that change numbers of actors: place, verb, and whom it reaches."""
    actors = loaded.case.actors
    for place, verb in enumerate(loaded.scenario.interventions):
        if isinstance(verb, OfActors):
            chosen = selected(loaded.case, verb.select)
            reached = [each for each in chosen if not (of_bundle(verb) and actors[each].delegates)]
            yield place, verb, reached


def _inherited(loaded: Loaded) -> Iterator[str]:
    """Interventions of a base that go on acting beside one's own."""
    own = loaded.came_from.count("")
    if own:
        for base, count in Counter(filter(None, loaded.came_from)).items():
            several = "interventions act" if count > 1 else "intervention acts"
            yield f"{count} {several} from {base}, beside {own} of its own"


def _without_effect(loaded: Loaded) -> Iterator[str]:
    """Policies set for actors who follow them anyway, or by name for who follows members' votes."""
    touched: set[str] = set()
    for place, verb, reached in _of_actors(loaded):
        named = set(verb.select.id or ()) & set(selected(loaded.case, verb.select))
        left_out = sorted(named - set(reached))
        if left_out:
            who = f"{', '.join(left_out)}: what it sets follows there from the votes of members"
            yield f"{_named(place, verb)} does not reach {who}"
        if isinstance(verb, SetPolicy) and reached and not touched.intersection(reached):
            if all(loaded.case.actors[actor].policy == verb.policy for actor in reached):
                who = f"{', '.join(reached)}: in the case the policy is {verb.policy}, too"
                yield f"{_named(place, verb)} changes nothing for {who}"
        if of_bundle(verb):
            touched.update(reached)


def _out_of_range(loaded: Loaded) -> Iterator[str]:
    """Values outside the range that the case documents for them."""
    for path in loaded.scenario.numbers:
        number = loaded.case.numbers[number_id(path)]
        if not number.in_range:
            yield f"{path} lies outside its documented range: {_against(number)}"
    for place, verb in enumerate(loaded.scenario.interventions):
        if isinstance(verb, SetGlobal):
            known = loaded.case.numbers.get(_number("parameters", "", verb.param))
            if known and not known.at(verb.to).in_range:
                what = f"{_named(place, verb)} takes {verb.param} out of its documented range"
                yield f"{what}: {_against(known.at(verb.to))}"
    for place, verb, reached in _of_actors(loaded):
        if not isinstance(verb, SetPolicy):
            moved = dict(_moved(loaded, verb, actor) for actor in reached)
            beyond = {name: number for name, number in moved.items() if not number.in_range}
            if beyond:
                which = ", ".join(f"{name} ({_against(each)})" for name, each in beyond.items())
                yield f"{_named(place, verb)} takes {verb.param} out of its range of {which}"


def _moved(loaded: Loaded, verb: Shift | SetParameter | Scale, actor: str) -> tuple[str, Number]:
    """Whose number a verb changes, a policy's or an actor's, and what it makes of it."""
    policy = loaded.case.actors[actor].policy
    for kind, item in (("policies", policy), ("actors", actor)):
        known = loaded.case.numbers.get(_number(kind, item, verb.param))
        if known:
            return item, known.at(changed(known.value, verb))
    return actor, NOT_DOCUMENTED


def _number(kind: str, item: str, param: str) -> NumberId:
    """The number that an intervention names."""
    return NumberId(kind, item, *element(param))


def _against(number: Number) -> str:
    return f"{number.value:g}, not {number.low:g} to {number.high:g} {number.unit}"


def falling(compiled: Compiled) -> Iterator[str]:
    """Who starts on a rung that its own gate denies."""
    above = falling_at_once(compiled)
    if above:
        yield f"at the start {', '.join(above)} stand above their gates"
