"""The verbs of a scenario, each one class: its fields, checks, sentence and contribution.

A class in any module of this package is a verb where its field `verb` says its word.
"""

import pkgutil
from collections.abc import Iterator
from functools import reduce
from importlib import import_module
from operator import or_
from typing import TYPE_CHECKING, Annotated, get_args

from pydantic import Field

from sim.scenario.verbs.base import Intervention


def _verbs() -> Iterator[tuple[str, type[Intervention]]]:
    """Each verb and its class, by module in alphabetical order, then as they are defined."""
    for module in sorted(entry.name for entry in pkgutil.iter_modules(__path__)):
        for kind in vars(import_module(f"{__name__}.{module}")).values():
            if isinstance(kind, type) and issubclass(kind, Intervention):
                for word in get_args(kind.model_fields["verb"].annotation):
                    yield word, kind


def _rank(verb: tuple[str, type[Intervention]]) -> tuple[bool, bool]:
    """Verbs that go on come first, then those that may repeat themselves, then all others."""
    return not verb[1].goes_on, "every" not in verb[1].model_fields


VERBS: dict[str, type[Intervention]] = dict(sorted(_verbs(), key=_rank))
"""The class of each verb, in the order of the table in docs/writing-scenarios.md."""

if TYPE_CHECKING:
    AnyIntervention = Intervention
else:
    AnyIntervention = Annotated[reduce(or_, VERBS.values()), Field(discriminator="verb")]
