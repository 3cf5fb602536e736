"""Series and outcomes read off the rungs of all actors (model 11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import Trajectories
from sim.vocab import RECOGNITION

Reals = npt.NDArray[np.float64]
Rungs = npt.NDArray[np.integer[Any]]
"""Rungs `[run, month, actor]`; month 0 is the start."""

CASCADE_MONTHS = 24
"""A cascade counts recognitions within so many months of the first."""

SEAT_SHARE = 0.5
"""Share of states at recognition above which a seat at the United Nations is within reach."""

SEAT_RUNG = 2
"""No permanent member may stand below this rung for such a seat."""


@dataclass(frozen=True)
class Membership:
    """Places of actors in the sorted order: states, permanent members, and the groups by name."""

    states: npt.NDArray[np.int64]
    permanent: npt.NDArray[np.int64]
    groups: Mapping[str, npt.NDArray[np.int64]]


def rungs_of(trajectories: Trajectories) -> Rungs:
    """The rungs of a chunk, a byte each and side by side: they are gone through many times."""
    return np.ascontiguousarray(trajectories.actors["rung"], np.int8)


def group_means(rungs: Rungs, members: Membership) -> dict[str, Reals]:
    """Mean rung `[run, month]` of each group."""
    return {group: rungs[:, :, at].mean(axis=2) for group, at in members.groups.items()}


def states_at_least(rungs: Rungs, members: Membership, rung: int) -> Reals:
    """Number of states at `rung` or above, `[run, month]`."""
    return np.asarray((rungs[:, :, members.states] >= rung).sum(axis=2), np.float64)


def polarisation(rungs: Rungs, members: Membership) -> Reals:
    """Standard deviation of the groups' mean rungs, `[run, month]`."""
    return np.asarray(np.std(list(group_means(rungs, members).values()), axis=0), np.float64)


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


def ladder_series(rungs: Rungs, members: Membership) -> dict[tuple[str, str], Reals]:
    """Series `[run, month]` by name and subject (a group, or nobody)."""
    series: dict[tuple[str, str], Reals] = {
        ("recognitions", ""): states_at_least(rungs, members, RECOGNITION)
    }
    for rung in (6, 5, 4):
        series[(f"states_at_{rung}", "")] = states_at_least(rungs, members, rung)
    series[("polarisation", "")] = polarisation(rungs, members)
    for group, mean in group_means(rungs, members).items():
        series[("mean_rung", group)] = mean
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
