"""Which actors an intervention means."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.case.case import ActorFacts, Case
from sim.case.numbers import Strict
from sim.scenario.names import ActorId, BlocId, GroupId, KindId, OneOrMore, PolicyId
from sim.scenario.setting import checked

NOBODY = "selects nobody"


class Selection(Strict):
    """Which actors: by id, bloc, group, policy or kind, or those who hold a veto over a pool.

    Actors must meet every condition given; those of `not` are left out.
    """

    id: OneOrMore[ActorId] | None = None
    bloc: OneOrMore[BlocId] | None = None
    group: OneOrMore[GroupId] | None = None
    policy: OneOrMore[PolicyId] | None = None
    kind: OneOrMore[KindId] | None = None
    custodian: bool | None = None
    all: Literal[True] | None = None
    not_: "Selection | None" = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        for name in sorted(self.model_fields_set):
            if getattr(self, name) is None:
                raise ValueError(f"{name.rstrip('_')} is empty; name somebody or leave it out")
        if not self.model_fields_set - {"not_"}:
            raise ValueError(
                "selects nobody; use id, bloc, group, policy, kind, custodian or all: true"
            )
        return self


Chosen = Annotated[
    Selection,
    checked(lambda selection, setting: "" if selected(setting.case, selection) else NOBODY),
]
"""A selection that means somebody."""


def custodians(case: Case) -> set[str]:
    """Actors with a veto over any pool."""
    return {actor for pool in case.pools.values() for actor in pool.veto}


def meets(case: Case, actor: ActorFacts, selection: Selection) -> bool:
    """Whether the actor meets every condition of the selection."""
    conditions = [
        (actor.id, selection.id),
        (actor.bloc, selection.bloc),
        (actor.group, selection.group),
        (actor.policy, selection.policy),
        (actor.kind, selection.kind),
    ]
    if any(names is not None and own not in names for own, names in conditions):
        return False
    if selection.custodian is not None:
        if (actor.id in custodians(case)) != selection.custodian:
            return False
    return selection.not_ is None or not meets(case, actor, selection.not_)


def selected(case: Case, selection: Selection) -> list[str]:
    """Ids of the actors that the selection means, sorted."""
    return [actor.id for actor in case.actors.values() if meets(case, actor, selection)]


def places(case: Case, select: Selection | None) -> Iterator[int]:
    """Indices of the actors that a selection means; of all where none is given."""
    chosen = case.actors if select is None else set(selected(case, select))
    return (place for place, actor in enumerate(case.actors) if actor in chosen)
