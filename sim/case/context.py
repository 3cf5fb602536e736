"""What the parts of a case's files are held against: the names of the case, and what a number is.

The names are read off the keys of all files before any part is validated, so that a file may name
what stands in any other one, and a broken part does not hide its name.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationInfo

from sim.case.bounds import Slot
from sim.io.documents import did_you_mean

NAME = re.compile(r"[A-Za-z0-9_-]+")
"""What may name an actor, policy, pool, project or start; a point would split a number's path."""

MISNAMED = "a name holds letters, digits, _ and - and nothing else"


@dataclass(frozen=True)
class Context:
    """The context of validation.

    `names` gives the names of the case for each word that says what they name; a word that is
    missing stands for names that cannot be read, and nothing is held against those. `slot` is what
    the number may be that is read.
    """

    names: Mapping[str, Sequence[str]]
    slot: Slot | None = None


def unknown(what: str, name: str, info: ValidationInfo) -> str:
    """That a name is none of the case's names for `what`, and the nearest; empty if it is one.

    Without a context nothing is unknown.
    """
    context = info.context if isinstance(info.context, Context) else Context({})
    names = context.names.get(what, (name,))
    return "" if name in names else f"unknown {what} {name!r}{did_you_mean(name, list(names))}"


def known(what: str) -> AfterValidator:
    """Refuses names that stand for nothing in the case."""

    def check(name: str, info: ValidationInfo) -> str:
        if message := unknown(what, name, info):
            raise ValueError(message)
        return name

    return AfterValidator(check)


def refusing(fault: Callable[[Any], str]) -> AfterValidator:
    """Refuses a value with which `fault` finds something wrong."""

    def check(value: Any) -> Any:
        if message := fault(value):
            raise ValueError(message)
        return value

    return AfterValidator(check)


Name = Annotated[str, refusing(lambda name: "" if NAME.fullmatch(name) else MISNAMED)]
"""A name that can stand in the path of a number."""

ActorName = Annotated[str, known("actor")]
BlocName = Annotated[str, known("bloc")]
