"""Worlds without feedback, and pairs of them that differ in one thing (model 10, metamorphic).

Anchors and capacities are those of the case: all that differs comes by interventions of month 1 or
later. Both worlds of a pair meet the same draws.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sim.case.case import Case
from sim.scenario.selection import Selection
from sim.scenario.verbs.base import Intervention
from sim.scenario.verbs.happenings import SetLitigation, Shock
from sim.scenario.verbs.rows import FreezeAuthority, SetGlobal, SetParameter
from sim.scenario.verbs.state import CloseCorridor, ForceRung, Hold, SetIssue
from tests.worlds import (
    KERNEL,
    LONGEST,
    WAY,
    Span,
    World,
    cases,
    global_changes,
    happenings,
    imposed_states,
    policy_changes,
    run,
    scenario_of,
)

EVERYONE = Selection(all=True)

ROUNDING = 1e-12
"""Share by which an amount may exceed another one that it equals in exact arithmetic."""


def set_global(param: str, to: float, month: int = 1, **when: int) -> Intervention:
    """A global parameter takes a value."""
    return SetGlobal(verb="set_global", month=month, param=param, to=to, **when)


def set_for_all(param: str, to: float) -> Intervention:
    """A number of every policy takes a value in month 1."""
    return SetParameter(verb="set", month=1, select=EVERYONE, param=param, to=to)


def hold(quantity: Any) -> Intervention:
    """A quantity stays as it is at the start."""
    return Hold(verb="hold", month=1, quantity=quantity)


SINGLE_STEPS = set_global("climb_reach", 0.0)
"""No rung is leapt over."""

FROZEN: tuple[Intervention, ...] = (FreezeAuthority(verb="freeze_authority", month=1),)
"""No issue moves by the authority's own will."""

QUIET: tuple[Intervention, ...] = (
    hold("need"),
    hold("stress"),
    set_global("forum_hazard", 0.0),
    set_global("conference_hazard", 0.0),
    set_global("pitch_hazard", 0.0),
    set_global("credibility_step", 0.0),
    set_global("credibility_reversion", 0.0),
)
"""Need and stress stay at their start values, nobody meets, and belief in rewards stays at 1."""

LOOPS_OFF: tuple[Intervention, ...] = (
    *FROZEN,
    *QUIET,
    set_for_all("weight_humanitarian", 0.0),
    set_for_all("weight_momentum", 0.0),
)
"""What leaves no negative feedback; stands last in a file, so that nothing undoes it."""

RESTLESS: tuple[Intervention, ...] = (
    set_global("climb_rate", 0.5),
    set_global("noise", 0.2),
    set_global("dead_band", 0.1),
    set_for_all("descent_rate", 0.35),
)
"""Actors who move often, so that few months show much; stands first, others may undo it."""


class Stage(NamedTuple):
    """A case and what happens in both worlds of a pair."""

    case: Case
    months: int
    seed: int
    shared: tuple[Intervention, ...]

    def world(self, *tested: Intervention, after: tuple[Intervention, ...] = LOOPS_OFF) -> World:
        """The world in which something more happens."""
        verbs = [*self.shared, *tested, *after]
        return World(self.case, scenario_of(self.case, self.months, verbs), self.seed)


def is_plain(verb: Intervention) -> bool:
    """Whether a shared intervention opens no loop and depends on no stage of a pool."""
    if isinstance(verb, Shock | ForceRung | SetIssue | CloseCorridor):
        return True
    return not isinstance(verb, SetLitigation) and verb.verb not in ("schedule_forum", "pitch")


@st.composite
def shared_verbs(draw: DrawFn, case: Case, months: int) -> tuple[Intervention, ...]:
    """What happens in both worlds: policies and parameters change, states are imposed, shocks."""
    span = Span(1, months)
    verb = st.one_of(
        policy_changes(case, span),
        global_changes(case, span),
        imposed_states(case, span).filter(is_plain),
        happenings(case, span).filter(is_plain),
    )
    restless = RESTLESS if draw(st.integers(0, 3)) else ()
    return (*restless, *draw(st.lists(verb, max_size=4)))


@st.composite
def stages(draw: DrawFn, months: int = LONGEST) -> Stage:
    """A random case and what happens in it anyway."""
    case = draw(cases())
    seed = draw(st.integers(0, 2**64 - 1))
    return Stage(case, months, seed, draw(shared_verbs(case, months)))


def highest(stage: Stage, param: str) -> float:
    """The largest value that a global parameter has in a world, whatever is set when."""
    given = [verb.to for verb in stage.shared if getattr(verb, "param", "") == param]
    return max([*given, stage.case.value_at(f"parameters.{param}")])


class Pair(NamedTuple):
    """Two worlds that differ in one thing; `case` is that of both, unless said otherwise."""

    one: World
    other: World


def ordered(draw: DrawFn, low: int, high: int) -> tuple[int, int]:
    """Two different whole numbers, the smaller first."""
    return tuple(
        sorted(draw(st.lists(st.integers(low, high), min_size=2, max_size=2, unique=True)))
    )


def with_numbers(case: Case, change: Callable[[str, float], float]) -> Case:
    """The case with every number changed by a function of its path and value."""
    numbers = {
        name: replace(number, value=change(str(name), number.value))
        for name, number in case.numbers.items()
    }
    return replace(case, numbers=numbers)


def runs_at_once() -> int:
    """How many runs of a world are compared: several where they cost next to nothing."""
    return 8 if WAY.get() is KERNEL else 1


def recorded(world: World, runs: int | None = None) -> Any:
    """The trajectories of a world; as many runs as go at once unless said otherwise."""
    return run(world.compiled(), world.seed, runs or runs_at_once())


def rungs(world: World) -> Any:
    """Rungs `[run, month, actor]` of a world."""
    return recorded(world).actors["rung"]


def first_above(less: Any, more: Any, tolerance: float = 0.0) -> str:
    """Where what should be less is more, in words; nothing where it is nowhere.

    Amounts may be more by a share `tolerance`, for rounding.
    """
    allowed = more + tolerance * np.abs(more)
    places = np.argwhere(less > allowed)
    if not len(places):
        return ""
    at = tuple(int(i) for i in min(places, key=lambda place: tuple(place[1:])))
    return f"at run, month, … {at}: {less[at]} above {more[at]}"
