"""Series and outcomes read off the rungs of all actors (model 11)."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.model.schema import Column
from sim.model.vocab import RECOGNITION
from sim.results.members import Membership, Places, Reals

Rungs = npt.NDArray[np.integer[Any]]
"""Rungs `[run, month, actor]`; month 0 is the start."""

Key = tuple[str, str]
"""Name of a series and its subject: a group, a bloc, a pool, a project, or nobody."""

CASCADE_MONTHS = 24
"""A cascade counts recognitions within so many months of the first."""

BY_ACTOR = ("rung_end:", "rung_highest:")
"""Beginnings of the outcomes of single actors."""

SEAT_SHARE = 0.5
"""Share of states at recognition above which a seat at the United Nations is within reach."""

SEAT_RUNG = 2
"""No permanent member may stand below this rung for such a seat."""

LADDER = {
    "recognitions": Column("states", "states at formal recognition"),
    "recognition_share": Column(
        "share", "political weight of the states at formal recognition, of that of all states"
    ),
    "states_at_6": Column("states", "states at ambassador without recognition or above"),
    "states_at_5": Column("states", "states at chargé exchange or above"),
    "states_at_4": Column("states", "states with a mission or above"),
    "polarisation": Column("rungs", "standard deviation of the blocs' mean rungs"),
    "mean_rung": Column("rungs", "mean rung of a group"),
    "bloc_rung": Column("rungs", "mean rung of a bloc"),
}
"""Unit and meaning of the series read off the rungs."""


def mean_rungs(rungs: Rungs, members: Mapping[str, Places]) -> dict[str, Reals]:
    """Mean rung `[run, month]` of the members of each group or bloc."""
    return {name: rungs[:, :, at].sum(axis=2) / len(at) for name, at in members.items()}


def states_at_least(rungs: Rungs, rung: int) -> Reals:
    """Number of states at `rung` or above, `[run, month]`; `rungs` are those of states."""
    return np.asarray((rungs >= rung).sum(axis=2), np.float64)


def recognition_share(rungs: Rungs, weights: Reals) -> Reals:
    """Political weight of the states at recognition over that of all, `[run, month]`.

    Weights are added one by one in the order of the states, whatever the number of runs. 0 where
    no state has weight.
    """
    weight = np.zeros(rungs.shape[:2])
    total = 0.0
    for i, own in enumerate(weights.tolist()):
        total += own
        weight += own * (rungs[:, :, i] == RECOGNITION)
    return weight / total if total > 0.0 else weight


def deviation(means: Mapping[str, Reals]) -> Reals:
    """Standard deviation of some means, `[run, month]`."""
    return np.asarray(np.std(list(means.values()), axis=0), np.float64)


def first_recognitions(rungs: Rungs, members: Membership) -> Reals:
    """Month in which each state first stands at recognition, `[run, state]`; infinite if never."""
    recognised = rungs[:, :, members.states] == RECOGNITION
    months = np.argmax(recognised, axis=1).astype(np.float64)
    return np.where(recognised.any(axis=1), months, np.inf)


def cascade(firsts: Reals) -> Reals:
    """Recognitions within `CASCADE_MONTHS` of the first, by run."""
    if firsts.shape[1] == 0:
        return np.zeros(len(firsts))
    opening = firsts.min(axis=1, keepdims=True)
    within = np.isfinite(firsts) & (firsts <= opening + CASCADE_MONTHS)
    return np.asarray(within.sum(axis=1), np.float64)


def seat_in_reach(rungs: Rungs, members: Membership) -> Reals:
    """1 where at the end a seat at the United Nations is within reach, by run."""
    last = rungs[:, -1]
    recognising = (last[:, members.states] == RECOGNITION).mean(axis=1) > SEAT_SHARE
    unopposed = (last[:, members.permanent] >= SEAT_RUNG).all(axis=1)
    return np.asarray(recognising & unopposed, np.float64)


def ladder_series(rungs: Rungs, members: Membership) -> dict[Key, Reals]:
    """Series `[run, month]` by name and subject (a group, a bloc, or nobody)."""
    states = rungs[:, :, members.states]
    blocs = mean_rungs(rungs, members.blocs)
    series: dict[Key, Reals] = {
        ("recognitions", ""): states_at_least(states, RECOGNITION),
        ("recognition_share", ""): recognition_share(states, members.weights[members.states]),
    }
    for rung in (6, 5, 4):
        series[(f"states_at_{rung}", "")] = states_at_least(states, rung)
    series[("polarisation", "")] = deviation(blocs)
    for group, mean in mean_rungs(rungs, members.groups).items():
        series[("mean_rung", group)] = mean
    for bloc, mean in blocs.items():
        series[("bloc_rung", bloc)] = mean
    return series


def ladder_outcomes(rungs: Rungs, members: Membership) -> dict[str, Reals]:
    """Outcomes by run that the series at the end do not give."""
    firsts = first_recognitions(rungs, members)
    ever = np.isfinite(firsts)
    opening = np.min(firsts, axis=1, initial=np.inf)
    moves = np.diff(rungs, axis=1)
    lost = (rungs[:, :-1] == RECOGNITION) & (moves < 0)
    return {
        "recognitions_ever": np.asarray(ever.sum(axis=1), np.float64),
        "first_recognition": np.where(np.isfinite(opening), opening, np.nan),
        "cascade": cascade(firsts),
        "derecognitions": np.asarray(lost[:, :, members.states].sum(axis=(1, 2)), np.float64),
        "climbs": np.asarray((moves > 0).sum(axis=(1, 2)), np.float64),
        "falls": np.asarray((moves < 0).sum(axis=(1, 2)), np.float64),
        "seat_in_reach": seat_in_reach(rungs, members),
    }


def ladder_columns(rungs: Rungs, actors: Sequence[str]) -> dict[str, npt.NDArray[np.int8]]:
    """Outcomes by actor: the rung at the end and the highest one, `[run]`."""
    last, highest = rungs[:, -1].astype(np.int8), rungs.max(axis=1).astype(np.int8)
    end = {f"rung_end:{actor}": last[:, i] for i, actor in enumerate(actors)}
    return {**end, **{f"rung_highest:{actor}": highest[:, i] for i, actor in enumerate(actors)}}
