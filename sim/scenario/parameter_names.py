"""Names of the numbers that an intervention may change, places in lists included."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator

from sim.case.bounds import BY_ISSUE
from sim.io.documents import did_you_mean
from sim.model.parameters import Parameters
from sim.model.policy import ATTRIBUTES, BUNDLE, Policy
from sim.model.schema import columns
from sim.model.state import Terms
from sim.scenario.names import Name, all_issues, offered
from sim.scenario.setting import checked

FIXED = ("issue_weights", "drift")
"""Numbers of a policy that only a whole policy sets."""

OF_POLICIES = tuple(name for name in (*BUNDLE, *ATTRIBUTES) if name not in FIXED)
"""Numbers of a policy row that shift, set and scale may name."""

OF_POOLS = tuple(columns(Terms))
"""Numbers of a pool that they may name."""

GLOBAL = tuple(name for name in columns(Parameters) if name != "authority_frozen")
"""Global parameters that set_global may name."""


def element(param: str, issues: Sequence[str] = ()) -> tuple[str, int | None]:
    """Name and place of a parameter: `gates.7` is (gates, 7), `ideological_cost.XYZ` (…, 0).

    `issues` are those of the case. Raises ValueError where what follows the point is neither a
    number nor an issue.
    """
    name, point, at = param.partition(".")
    if not point:
        return name, None
    if at in issues and name in BY_ISSUE:
        return name, issues.index(at)
    if not at.isdecimal():
        raise ValueError(at)
    return name, int(at)


def places_of(record: type, name: str, issues: Sequence[str]) -> list[str]:
    """The places of a list, by issue where it has a number for each; none for a single number."""
    length = columns(record)[name].length
    return list(issues) if name in BY_ISSUE else [str(place) for place in range(length)]


def spelled_out(record: type, known: Sequence[str], issues: Sequence[str]) -> list[str]:
    """Every name with its places: `gates.0` to `gates.7` for a list, by issue where it has one."""
    names = []
    for name in known:
        is_list = columns(record)[name].length > 0
        places = places_of(record, name, issues)
        names += [f"{name}.{place}" for place in places] if is_list else [name]
    return names


def fault_of_param(param: str, record: type, known: Sequence[str], issues: Sequence[str]) -> str:
    """What is wrong with a parameter's name, or nothing; `issues` are those of the case."""
    name, point, at = param.partition(".")
    if name not in known:
        return f"unknown parameter {param!r}{did_you_mean(param, list(known))}"
    places = places_of(record, name, issues)
    if bool(point) != (columns(record)[name].length > 0):
        example = f"{name}.{places[1]}" if len(places) > 1 else f"{name}.0"
        return f"{name} has no parts" if point else f"{name} needs a place, as in {example}"
    if point and at not in (*places, *map(str, range(len(places)))):
        shown = f"0 to {len(places) - 1}" + (
            f", or {', '.join(places)}" if name in BY_ISSUE else ""
        )
        if not places:
            shown = "for issues, of which the case has none"
        return f"{name} has places {shown}, not {at if at.isdecimal() else repr(at)}"
    return ""


def fault_of_row(param: str, issues: Sequence[str]) -> str:
    """What is wrong with the name of a number of a policy or of a pool, or nothing."""
    name = param.partition(".")[0]
    if name in OF_POOLS:
        return fault_of_param(param, Terms, OF_POOLS, issues)
    if name in OF_POLICIES:
        return fault_of_param(param, Policy, OF_POLICIES, issues)
    return f"unknown parameter {param!r}{did_you_mean(param, [*OF_POLICIES, *OF_POOLS])}"


def _known(record: type, known: tuple[str, ...]) -> AfterValidator:
    return checked(
        lambda name, setting: fault_of_param(name, record, known, list(setting.case.issues))
    )


RowParam = Annotated[
    Name,
    checked(lambda name, setting: fault_of_row(name, list(setting.case.issues))),
    offered(lambda: [*spelled_out(Policy, OF_POLICIES, list(all_issues())), *OF_POOLS]),
]
"""A number of a policy row, or of a pool."""

GlobalParam = Annotated[
    Name,
    _known(Parameters, GLOBAL),
    offered(lambda: spelled_out(Parameters, GLOBAL, list(all_issues()))),
]
"""A global parameter."""
