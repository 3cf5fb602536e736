"""Which actors, or which pools, an intervention means."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.case.case import ActorFacts, Case
from sim.case.files import PoolFacts
from sim.case.numbers import Strict
from sim.scenario.names import (
    EVERY_POOL,
    ActorId,
    BlocId,
    GroupId,
    KindId,
    OneOrMore,
    PolicyId,
    PoolChoice,
)
from sim.scenario.setting import Setting, checked

OF_POOLS = {"pool", "veto"}
"""Keys that select pools; all others but `not` select actors."""


class Selection(Strict):
    """Which actors: by id, bloc, group, policy or kind, or those who hold a veto over a pool.

    Or which pools: by name, or by an actor with a veto over them. What is selected must meet every
    condition given; what meets `not` is left out.
    """

    id: OneOrMore[ActorId] | None = None
    bloc: OneOrMore[BlocId] | None = None
    group: OneOrMore[GroupId] | None = None
    policy: OneOrMore[PolicyId] | None = None
    kind: OneOrMore[KindId] | None = None
    custodian: bool | None = None
    all: Literal[True] | None = None
    pool: OneOrMore[PoolChoice] | None = None
    veto: OneOrMore[ActorId] | None = None
    not_: "Selection | None" = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        for name in sorted(self.model_fields_set):
            if getattr(self, name) is None:
                raise ValueError(f"{name.rstrip('_')} is empty; name somebody or leave it out")
        if not self.model_fields_set - {"not_"}:
            raise ValueError(
                "selects nobody; use id, bloc, group, policy, kind, custodian or all: true, "
                "or for pools pool or veto"
            )
        if len({key in OF_POOLS for key in self._keys()}) > 1:
            raise ValueError("selects actors and pools at once; pool and veto go with no other key")
        return self

    def _keys(self) -> Iterator[str]:
        """Its keys and those of what it leaves out."""
        yield from self.model_fields_set - {"not_"}
        if self.not_ is not None:
            yield from self.not_._keys()

    @property
    def of_pools(self) -> bool:
        """Whether it selects pools."""
        return bool(OF_POOLS & self.model_fields_set)


def fault_of_selection(selection: Selection, setting: Setting, pools: bool) -> str:
    """What is wrong with a selection where actors, or else pools, are asked for."""
    if selection.of_pools != pools:
        if pools:
            return "selects actors; for pools use pool or veto, as in {pool: all}"
        return "selects pools, not actors"
    found = selected_pools if pools else selected
    return "" if found(setting.case, selection) else f"selects {'no pool' if pools else 'nobody'}"


Chosen = Annotated[Selection, checked(lambda one, setting: fault_of_selection(one, setting, False))]
"""A selection that means some actors."""

ChosenPools = Annotated[
    Selection, checked(lambda one, setting: fault_of_selection(one, setting, True))
]
"""A selection that means some pools."""

ChosenEither = Annotated[
    Selection, checked(lambda one, setting: fault_of_selection(one, setting, one.of_pools))
]
"""A selection that means some actors or some pools."""


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
    """Ids of the actors that the selection means, sorted; none where it selects pools."""
    if selection.of_pools:
        return []
    return [actor.id for actor in case.actors.values() if meets(case, actor, selection)]


def chosen(case: Case, selection: Selection | None) -> list[str]:
    """The actors or the pools that a selection means; of none where none is given."""
    if selection is None:
        return []
    return selected_pools(case, selection) if selection.of_pools else selected(case, selection)


def places(case: Case, select: Selection | None) -> Iterator[int]:
    """Indices of the actors that a selection means; of all where none is given."""
    chosen = case.actors if select is None else set(selected(case, select))
    return (place for place, actor in enumerate(case.actors) if actor in chosen)


def pool_meets(name: str, facts: PoolFacts, selection: Selection) -> bool:
    """Whether a pool meets every condition of the selection."""
    if selection.pool is not None and not {name, EVERY_POOL} & {*selection.pool}:
        return False
    if selection.veto is not None and not {*facts.veto} & {*selection.veto}:
        return False
    return selection.not_ is None or not pool_meets(name, facts, selection.not_)


def selected_pools(case: Case, selection: Selection) -> list[str]:
    """Names of the pools that the selection means, in the order of the case."""
    return [name for name, facts in case.pools.items() if pool_meets(name, facts, selection)]
