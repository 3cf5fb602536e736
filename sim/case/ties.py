"""Who looks to whom: weights of influence and of votes, as the case's rules say (model 5, ties)."""

import numpy as np
import numpy.typing as npt

from sim.case.case import ActorFacts, Case, TieRule

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


def tie(case: Case, one: ActorFacts, other: ActorFacts) -> float:
    """The largest weight of the rules that apply to the pair; 0 where none does."""
    weights = [
        case.value(f"ties.{i}") for i, rule in enumerate(case.ties) if applies(rule, one, other)
    ]
    return max(weights, default=0.0)


def vote(case: Case, institution: str, member: ActorFacts) -> float:
    """The votes of a member in an institution, before salience."""
    votes = case.votes[institution]
    if votes.members:
        return 1.0 if member.id in votes.members else 0.0
    bloc = member.bloc if member.bloc in votes.blocs else "otherwise"
    return case.value(f"votes.{institution}.{bloc}")


def raw_weight(case: Case, one: ActorFacts, other: ActorFacts) -> float:
    """Weight of `other` for `one` before its row is divided by its sum."""
    if one.id == other.id:
        return 0.0
    salience = case.value(f"actors.{other.id}.salience")
    if one.delegates:
        share = vote(case, one.id, other)
        return share * salience if case.votes[one.id].by_salience else share
    return tie(case, one, other) * salience


def tie_weights(case: Case) -> npt.NDArray[np.float64]:
    """Weights `[i, j]` of actor j for actor i in sorted order; a row adds up to 0 or 1 ± 1e-7."""
    actors = list(case.actors.values())
    weights = np.zeros((len(actors), len(actors)))
    for i, one in enumerate(actors):
        row = [raw_weight(case, one, other) for other in actors]
        total = 0.0
        for weight in row:
            total += weight
        if total > 0.0:
            weights[i] = [round(weight / total * GRAIN) / GRAIN for weight in row]
    return weights
