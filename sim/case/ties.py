"""Who looks to whom: weights of influence and of votes, as the case's rules say (model 5, ties)."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sim.case.case import ActorFacts, Case, TieRule
from sim.case.number_id import WEIGHT

GRAIN = 2.0**30
"""Weights are multiples of 1 / GRAIN, so that sums of them are exact in any order."""


def applies(rule: TieRule, one: ActorFacts, other: ActorFacts) -> bool:
    """Whether the rule ties `one` to `other`; a rule without conditions always does."""
    if rule.same_bloc:
        return one.bloc == other.bloc
    if rule.from_blocs:
        return one.bloc in rule.from_blocs and other.id in rule.to_actors
    if rule.within_blocs:
        return one.bloc in rule.within_blocs and other.bloc in rule.within_blocs
    return True


@lru_cache(maxsize=8)
def applying(rules: tuple[TieRule, ...], actors: tuple[ActorFacts, ...]) -> npt.NDArray[np.bool_]:
    """Whether each rule ties each actor to each other one, `[rule, one, other]`."""
    return np.array(
        [[[applies(rule, one, other) for other in actors] for one in actors] for rule in rules],
        np.bool_,
    ).reshape(len(rules), len(actors), len(actors))


def largest_ties(case: Case) -> npt.NDArray[np.float64]:
    """The largest weight of the rules that apply to each pair; 0 where none does."""
    rules = applying(tuple(case.ties), tuple(case.actors.values()))
    weights = np.array([case.value("ties", "", WEIGHT, i) for i in range(len(case.ties))])
    return np.asarray(np.max(np.where(rules, weights[:, None, None], 0.0), axis=0, initial=0.0))


def vote(case: Case, institution: str, member: ActorFacts) -> float:
    """The votes of a member in an institution, before salience."""
    votes = case.votes[institution]
    if votes.members:
        return 1.0 if member.id in votes.members else 0.0
    bloc = member.bloc if member.bloc in votes.blocs else "otherwise"
    return case.value("votes", institution, WEIGHT, bloc)


def raw_weights(case: Case) -> npt.NDArray[np.float64]:
    """Weight of each actor for each other one, before a row is divided by its sum."""
    actors = list(case.actors.values())
    salience = np.array([case.value("actors", actor.id, "salience") for actor in actors])
    raw: npt.NDArray[np.float64] = largest_ties(case) * salience
    for i, one in enumerate(actors):
        if one.delegates:
            shares = np.array([vote(case, one.id, other) for other in actors])
            raw[i] = shares * salience if case.votes[one.id].by_salience else shares
    np.fill_diagonal(raw, 0.0)
    return raw


def tie_weights(case: Case) -> npt.NDArray[np.float64]:
    """Weights `[i, j]` of actor j for actor i in sorted order; a row adds up to 0 or 1 ± 1e-7.

    A row is added up one by one in this order, so that its sum has the same bits everywhere.
    """
    raw = raw_weights(case)
    totals = np.cumsum(raw, axis=1)[:, -1:]
    shares = np.divide(raw, totals, out=np.zeros_like(raw), where=totals > 0.0)
    return np.asarray(np.rint(shares * GRAIN) / GRAIN)
