"""Names of the numbers that an intervention may change, places in lists included."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

from sim.documents import did_you_mean
from sim.parameters import Parameters
from sim.policy import ATTRIBUTES, BUNDLE, Policy
from sim.scenario.names import Name, all_issues, offered
from sim.scenario.setting import checked
from sim.schema import columns

FIXED = ("issue_weights", "drift")
"""Numbers of a policy that only a whole policy sets."""

OF_POLICIES = tuple(name for name in (*BUNDLE, *ATTRIBUTES) if name not in FIXED)
"""Numbers of a policy row that shift, set and scale may name."""

GLOBAL = tuple(name for name in columns(Parameters) if name != "authority_frozen")
"""Global parameters that set_global may name."""

BY_ISSUE = ("ideological_cost", "issue_intercept")
"""Parameters with a value for each issue."""


def element(param: str, issues: Iterable[str]) -> tuple[str, int | None]:
    """Field and place of a parameter: `gates.7` is (gates, 7); an issue stands for its place.

    Raises ValueError where what follows the point is neither a number nor an issue.
    """
    name, point, at = param.partition(".")
    if not point:
        return name, None
    known = list(issues) if name in BY_ISSUE else []
    return name, int(at) if at.isdecimal() else known.index(at)


def spelled_out(record: type, known: tuple[str, ...], issues: Iterable[str]) -> list[str]:
    """Every name with its places: `gates.0` to `gates.7` for a list, by issue where it has one."""
    names = []
    for name in known:
        length = columns(record)[name].length
        places = list(issues) if name in BY_ISSUE else [str(i) for i in range(length)]
        names += [f"{name}.{place}" for place in places] if length else [name]
    return names


def fault_of_param(param: str, record: type, known: tuple[str, ...], issues: Iterable[str]) -> str:
    """What is wrong with a parameter's name, or nothing."""
    name, point, at = param.partition(".")
    if name not in known:
        return f"unknown parameter {param!r}{did_you_mean(param, list(known))}"
    length = columns(record)[name].length
    if bool(point) != bool(length):
        return f"{name} needs a place, as in {name}.1" if length else f"{name} has no parts"
    places = [*map(str, range(length)), *(issues if name in BY_ISSUE else ())]
    if point and at not in places:
        return f"{name} has places 0 to {length - 1}, not {at if at.isdecimal() else repr(at)}"
    return ""


def _known(record: type, known: tuple[str, ...]) -> AfterValidator:
    return checked(lambda name, setting: fault_of_param(name, record, known, setting.case.issues))


PolicyParam = Annotated[
    Name,
    _known(Policy, OF_POLICIES),
    offered(lambda: spelled_out(Policy, OF_POLICIES, all_issues())),
]
"""A number of a policy row."""

GlobalParam = Annotated[
    Name, _known(Parameters, GLOBAL), offered(lambda: spelled_out(Parameters, GLOBAL, all_issues()))
]
"""A global parameter."""
