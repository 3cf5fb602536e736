"""Names in a file that stand for a part of its case, and what is said of one that does not."""

from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from sim.case.case import Case
from sim.case.claims import claims
from sim.documents import did_you_mean
from sim.scenario.catalog import case_named, cases
from sim.scenario.setting import setting_in

Part = TypeVar("Part")

Name = Annotated[str, Field(min_length=1)]


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """The message about an unknown name."""
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
    return _or_see(unknown("actor", name, case.actors), "sim case actors")


def unknown_issue(case: Case, name: str) -> str:
    """The message about an unknown issue, with all issues and their titles."""
    if name.upper() in case.issues:
        return f"unknown issue {name!r}, did you mean {name.upper()}?"
    known = ", ".join(f"{issue} ({facts.title})" for issue, facts in case.issues.items())
    return f"unknown issue {name!r}; known: {known}"


def unknown_claim(case: Case, name: str) -> str:
    """The message about an unknown claim, with the nearest one or where to look."""
    return _or_see(unknown("claim", name, claims()), "sim case claims")


def _or_see(message: str, call: str) -> str:
    return message if message.endswith("?") else f"{message}; see: {call}"


def named(
    what: str,
    known: Callable[[Case], Collection[str]],
    message: Callable[[Case, str], str] | None = None,
) -> AfterValidator:
    """Refuses a name that the case does not know; without a case every name will do."""

    def check(name: str, info: ValidationInfo) -> str:
        setting = setting_in(info)
        if setting is not None and name not in known(setting.case):
            own = message or (lambda case, name: unknown(what, name, known(case)))
            raise ValueError(own(setting.case, name))
        return name

    return AfterValidator(check)


def offered(names: Callable[[], Iterable[str]]) -> Any:
    """Names that an editor offers by the JSON Schema, which knows no case."""
    return Field(json_schema_extra=lambda schema: schema.update(enum=list(names())))


def all_issues() -> Iterable[str]:
    """The issues of all cases."""
    return dict.fromkeys(issue for name in cases() for issue in case_named(name).issues)


ActorId = Annotated[Name, named("actor", lambda case: case.actors, unknown_actor)]
BlocId = Annotated[Name, named("bloc", lambda case: case.blocs)]
ClaimId = Annotated[Name, named("claim", lambda case: claims(), unknown_claim)]
GroupId = Annotated[Name, named("group", lambda case: _facts(case, "group"))]
IssueId = Annotated[
    Name, named("issue", lambda case: case.issues, unknown_issue), offered(all_issues)
]
KindId = Annotated[Name, named("kind", lambda case: _facts(case, "kind"))]
PolicyId = Annotated[Name, named("policy", lambda case: case.policies)]
PoolId = Annotated[Name, named("pool", lambda case: case.pools)]


def _facts(case: Case, fact: str) -> list[str]:
    return sorted({getattr(actor, fact) for actor in case.actors.values()})


def listed(value: Any) -> Any:
    """One name as a list of it."""
    return [value] if isinstance(value, str) else value


OneOrMore = Annotated[
    list[Part],
    BeforeValidator(listed, json_schema_input_type=str | list[str]),
    Field(min_length=1),
]
"""One name, or a list of them."""

Names = OneOrMore[Name]
