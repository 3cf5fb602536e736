"""Who looks to whom, as the case's rules say, by kinds of ties (model 5, ties)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.case.case import ActorFacts, Case, TieRule
from sim.case.number_id import WEIGHT, NumberId
from sim.model.plan import Kind
from sim.planning.moves import Records, as_records

Sign = tuple[float, tuple[NumberId, ...]]
"""The least weight of a tie, and the numbers of which the largest counts."""

NOT_TIED: Sign = (0.0, ())
ONE_VOTE: Sign = (1.0, ())


@dataclass(frozen=True)
class TieKinds:
    """The kinds of ties of a case; `of[i, j]` is that of actor i to actor j, 0 for none.

    `voters[i]` are the members whose votes actor i follows, if it is an institution that does.
    """

    kinds: tuple[Sign, ...]
    of: npt.NDArray[np.int64]
    by_salience: npt.NDArray[np.int64]
    voters: tuple[tuple[int, ...], ...]


def applies(rule: TieRule, one: ActorFacts, other: ActorFacts) -> bool:
    """Whether the rule ties `one` to `other`; a rule without conditions always does."""
    if rule.same_bloc:
        return one.bloc == other.bloc
    if rule.from_blocs:
        return one.bloc in rule.from_blocs and other.id in rule.to_actors
    if rule.within_blocs:
        return one.bloc in rule.within_blocs and other.bloc in rule.within_blocs
    return True


def ruled(rules: Sequence[TieRule], one: ActorFacts, other: ActorFacts) -> Sign:
    """The ties of an actor to another one by the rules that apply."""
    applying = [i for i, rule in enumerate(rules) if applies(rule, one, other)]
    return 0.0, tuple(NumberId("ties", "", WEIGHT, i) for i in applying)


def vote(case: Case, institution: str, member: ActorFacts) -> Sign:
    """The votes of a member in an institution, before salience."""
    votes = case.votes[institution]
    if votes.members:
        return ONE_VOTE if member.id in votes.members else NOT_TIED
    bloc = member.bloc if member.bloc in votes.blocs else "otherwise"
    return 0.0, (NumberId("votes", institution, WEIGHT, bloc),)


def tie_kinds(case: Case) -> TieKinds:
    """All kinds of ties of a case."""
    actors = tuple(case.actors.values())
    kinds = {NOT_TIED: 0}
    of = np.zeros((len(actors), len(actors)), np.int64)
    for i, one in enumerate(actors):
        for j, other in enumerate(actors):
            if i != j:
                votes = one.delegates
                kind = vote(case, one.id, other) if votes else ruled(case.ties, one, other)
                of[i, j] = kinds.setdefault(kind, len(kinds))
    by_salience = [not one.delegates or case.votes[one.id].by_salience for one in actors]
    members = [j for j, actor in enumerate(actors) if not actor.delegates]
    voters = tuple(
        tuple(j for j in members if actor.delegates and of[i, j] > 0)
        for i, actor in enumerate(actors)
    )
    return TieKinds(tuple(kinds), of, np.array(by_salience, np.int64), voters)


def kind_records(
    ties: TieKinds, places: Mapping[NumberId, int]
) -> tuple[Records, npt.NDArray[np.uint64]]:
    """The kinds as records, and the places of their numbers, one kind after the other."""
    rows, numbers = [], list[int]()
    for least, ids in ties.kinds:
        first = len(numbers)
        numbers += [places[number] for number in ids]
        rows.append((least, first, len(numbers)))
    return as_records(rows, Kind), np.array(numbers, np.uint64)
