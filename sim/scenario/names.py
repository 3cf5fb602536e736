"""Names in a file that stand for a part of its case, and what is said of one that does not."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field

from sim.case.case import Case
from sim.case.claims import claim_ids
from sim.case.context import refusing
from sim.case.tables import items
from sim.io.documents import did_you_mean
from sim.io.errors import UNSEEN
from sim.scenario.catalog import case_named, cases
from sim.scenario.setting import Setting, checked

Part = TypeVar("Part")

EVERY_POOL = "all"
"""What selects all pools."""


UNPRINTABLE = "holds a line break or what cannot be printed"

Name = Annotated[
    str,
    Field(min_length=1),
    refusing(lambda name: UNPRINTABLE if UNSEEN.search(name) else ""),
]


def unknown(
    what: str,
    name: str,
    known: Iterable[str],
    see: str = "",
    titles: Mapping[str, str] | None = None,
) -> str:
    """The message about an unknown name.

    A title, its beginning or a word in it finds its name. `see` is the command that lists them.
    """
    titles, wanted = titles or {}, name.lower()
    near = [
        key
        for key, title in titles.items()
        if wanted == key.lower()
        or title.lower().startswith(wanted)
        or wanted in title.lower().split()
    ]
    by_title = {title: key for key, title in titles.items()}
    near += [by_title[title] for title in get_close_matches(name, by_title, n=1, cutoff=0.7)]
    if near:
        return f"unknown {what} {name!r}, did you mean {near[0]} ({titles[near[0]]})?"
    message = f"unknown {what} {name!r}{did_you_mean(name, list(known))}"
    return f"{message}; see: {see}" if see and not message.endswith("?") else message


def named(
    what: str, known: Callable[[Case], list[str] | dict[str, str]], see: str = ""
) -> AfterValidator:
    """Refuses a name that the case does not know; `known` gives names, or names with titles."""

    def fault(name: str, setting: Setting) -> str:
        names = known(setting.case)
        titles = names if isinstance(names, dict) else None
        return "" if name in names else unknown(what, name, names, see, titles)

    return checked(fault)


def offered(names: Callable[[], Iterable[str]]) -> Any:
    """Names that an editor offers by the JSON Schema, which knows no case."""
    return Field(json_schema_extra=lambda schema: schema.update(enum=list(names())))


def all_issues() -> Iterable[str]:
    """The issues of all cases."""
    return dict.fromkeys(issue for name in cases() for issue in case_named(name).issues)


ActorId = Annotated[Name, named("actor", lambda case: items(case, "actors"), "sim case actors")]
BlocId = Annotated[Name, named("bloc", lambda case: list(case.blocs))]
ClaimId = Annotated[Name, named("claim", lambda case: claim_ids(), "sim case claims")]
GroupId = Annotated[Name, named("group", lambda case: _facts(case, "group"))]
IssueId = Annotated[Name, named("issue", lambda case: items(case, "issues")), offered(all_issues)]
KindId = Annotated[Name, named("kind", lambda case: _facts(case, "kind"))]
PolicyId = Annotated[Name, named("policy", lambda case: list(case.policies))]
PoolId = Annotated[Name, named("pool", lambda case: list(case.pools))]
PoolChoice = Annotated[Name, named("pool", lambda case: [*case.pools, EVERY_POOL])]
StartId = Annotated[str, checked(lambda name, setting: _no_start(name, setting.case))]


def _no_start(name: str, case: Case) -> str:
    return "" if name in case.starts else f"unknown start {name!r}; known: {', '.join(case.starts)}"


def _facts(case: Case, fact: str) -> list[str]:
    return sorted({getattr(actor, fact) for actor in case.actors.values()})


def as_list(value: Any) -> Any:
    """One name as a list of it."""
    return [value] if isinstance(value, str) else value


OneOrMore = Annotated[
    list[Part],
    BeforeValidator(as_list, json_schema_input_type=str | list[str]),
    Field(min_length=1),
]
"""One name, or a list of them."""

Names = OneOrMore[Name]
