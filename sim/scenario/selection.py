"""Which actors a selection means."""

from sim.case.case import ActorFacts, Case
from sim.scenario.parts import Selection


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
