"""What to know of a scenario that is no fault, but may not be what its author has in mind."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from sim.case.case import Case
from sim.case.number_id import NumberId, number_id
from sim.case.numbers import Number
from sim.engine.plain import plain_state
from sim.model.interventions import Part
from sim.model.rules.interventions import take_rows
from sim.model.rules.offers import belief
from sim.model.state import State
from sim.planning.compile import Compiled, falling_at_once
from sim.planning.effects import called, without_effect
from sim.scenario.limits import LONGEST
from sim.scenario.load import Loaded
from sim.scenario.selection import selected
from sim.scenario.setting import dated
from sim.scenario.verbs.base import OF_POOL, How, Intervention, RowChange
from sim.scenario.verbs.deals import Pay
from sim.scenario.verbs.rows import OnPolicies

MOST_SHOWN = 6
"""Parts of an offer that are shown, those of the greatest worth first."""


def notes(loaded: Loaded, compiled: Compiled) -> list[str]:
    """The notes on a scenario, each a line."""
    told = without_effect(loaded.case, loaded.scenario.interventions, compiled.planned)
    return [
        *_inherited(loaded, told),
        *idle(loaded, told),
        *offers_in_words(loaded, compiled),
        *_unfinished(loaded),
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
        reached, name = () if verb.select.of_pools else verb.reached(case), called(place, verb)
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
        if change.how is not How.COPY:
            continue
        policies = {case.actors[actor].policy for actor in change.owners}
        if policies == {change.policy}:
            who = ", ".join(change.owners)
            yield f"changes nothing for {who}: in the case the policy is {change.policy}, too"


def _unfinished(loaded: Loaded) -> Iterator[str]:
    """Deals that cannot pay all their instalments before the last month."""
    for place, verb in enumerate(loaded.scenario.interventions):
        if isinstance(verb, Pay):
            most = min(loaded.scenario.months, verb.until or LONGEST) - verb.month + 1
            if most < verb.months:
                yield f"{called(place, verb)} pays {most} of its {verb.months} instalments at most"


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
    """Whose numbers a change moves, a policy's, an actor's or a pool's, and what becomes of them.

    A global parameter is nobody's.
    """
    for owner in change.owners or ("",):
        for kind, item in _kept_in(owner, case):
            own = case.numbers.get(NumberId(kind, item, change.field, change.place))
            if own and verb.number is not None:
                yield item, own.at(change.how.apply(own.value, verb.number))
                break


def _kept_in(owner: str, case: Case) -> list[tuple[str, str]]:
    """Kind and item of the numbers of a case that may fill the row of an owner."""
    if owner in case.actors:
        return [("policies", case.actors[owner].policy), ("actors", owner)]
    return [("pools", owner.removeprefix(OF_POOL)) if owner else ("parameters", "")]


def _against(number: Number) -> str:
    return f"{number.value:g}, not {number.low:g} to {number.high:g} {number.unit}"


def falling(compiled: Compiled) -> Iterator[str]:
    """Who starts on a rung that its own gate denies."""
    above = falling_at_once(compiled)
    if above:
        yield f"at the start {', '.join(above)} are above their own gates"


def offers_in_words(loaded: Loaded, compiled: Compiled) -> Iterator[str]:
    """What the authority is told, by whom, worth how much to it, and how far that is believed.

    Belief is that of the start, by the policies of the month in which it is told.
    """
    start = compiled.start
    copies = {name: getattr(start, name).copy() for name in ("world", "actors", "pools")}
    state = plain_state(start._replace(**copies))
    facts, months = loaded.case.starts[loaded.start], len(start.parameters_of[0])
    for place, (label, asked) in enumerate(compiled.conditions.items()):
        condition = state.conditions[place]
        if condition.announced and condition.first <= months:
            take_rows(0, condition.first, state)
            own = [each for each in state.parts if each.condition == place and each.worth]
            once = "once" if condition.lasting else "while"
            told = f"in month {dated(facts, int(condition.first))} the authority is told"
            yield f"{label}: {told}: {once} {asked}, {_parts_in_words(own, compiled, state)}"


def _parts_in_words(parts: Sequence[Part], compiled: Compiled, state: State) -> str:
    """The sums of what is promised and threatened, then who stands for how much of it."""
    parameters, revenue = state.parameters[state.world.parameters], state.world.revenue_start
    amounts = [(each.worth * revenue, belief(each, parameters, state), each) for each in parts]
    sums = []
    for word, sign in (("promised", 1), ("threatened", -1)):
        own = [(sign * worth, share) for worth, share, _ in amounts if sign * worth > 0]
        if own:
            total, believed = sum(worth for worth, _ in own), sum(one * two for one, two in own)
            sums.append(
                f"US$ {total:,.0f} m a year {word} ({total / revenue:.2f} of revenue), "
                f"{believed:,.0f} of it believed"
            )
    largest = sorted(amounts, key=lambda each: -abs(each[0]))
    shown = [
        f"{compiled.pools[part.pool] if part.pool >= 0 else compiled.actors[part.actor]} "
        f"{round(worth):,} (believed at {share:.2f})"
        for worth, share, part in largest[:MOST_SHOWN]
    ]
    left = [f"{len(largest) - MOST_SHOWN} more"] if len(largest) > MOST_SHOWN else []
    return f"{' and '.join(sums)}: {', '.join(shown + left)}"
