"""Measures of the ladder: where states, groups and blocs stand, and who recognises (model 11)."""

import numpy as np

from sim.measures.measure import FIRST, HIGHEST, LAST, Field, Measure, Standing
from sim.measures.members import Reals, Runs
from sim.model.vocab import RECOGNITION

SEAT_SHARE = 0.5
"""Share of states at recognition above which a seat at the United Nations is within reach."""

SEAT_RUNG = 2
"""No permanent member may stand below this rung for such a seat."""

CASCADE_MONTHS = 24
"""A cascade counts recognitions within so many months of the first."""


def recognition_share(runs: Runs, _: str) -> Reals:
    """Political weight of the states at recognition over that of all, `[run, month]`.

    Weights are added one by one in the order of the states, whatever the number of runs. 0 where
    no state has weight.
    """
    weight = np.zeros(runs.rungs.shape[1:])
    total = 0.0
    for i in runs.members.states.tolist():
        own = float(runs.members.weights[i])
        total += own
        weight += own * (runs.rungs[i] == RECOGNITION)
    return weight / total if total > 0.0 else weight


def polarisation(runs: Runs, _: str) -> Reals:
    """Standard deviation of the blocs' mean rungs, `[run, month]`."""
    means = [runs.rungs[at].sum(axis=0) / len(at) for at in runs.members.blocs.values()]
    return np.asarray(np.std(means, axis=0), np.float64)


def first_recognitions(runs: Runs) -> Reals:
    """Month in which each state first stands at recognition, `[state, run]`; infinite if never."""
    recognised = runs.rungs[runs.members.states] == RECOGNITION
    months = np.argmax(recognised, axis=2).astype(np.float64)
    return np.where(recognised.any(axis=2), months, np.inf)


def recognitions_ever(runs: Runs) -> Reals:
    """States that ever stand at recognition, by run."""
    return np.asarray(np.isfinite(first_recognitions(runs)).sum(axis=0), np.float64)


def cascade(runs: Runs) -> Reals:
    """Recognitions within `CASCADE_MONTHS` of the first, by run."""
    firsts = first_recognitions(runs)
    opening = np.min(firsts, axis=0, initial=np.inf)
    within = np.isfinite(firsts) & (firsts <= opening + CASCADE_MONTHS)
    return np.asarray(within.sum(axis=0), np.float64)


def derecognitions(runs: Runs) -> Reals:
    """Falls of states from recognition, by run."""
    rungs = runs.rungs[runs.members.states]
    lost = (rungs[:, :, :-1] == RECOGNITION) & (rungs[:, :, 1:] < RECOGNITION)
    return np.asarray(lost.sum(axis=(0, 2)), np.float64)


def climbs(runs: Runs) -> Reals:
    """Moves up of all actors, by run."""
    return np.asarray((runs.rungs[:, :, 1:] > runs.rungs[:, :, :-1]).sum(axis=(0, 2)), np.float64)


def falls(runs: Runs) -> Reals:
    """Moves down of all actors, by run."""
    return np.asarray((runs.rungs[:, :, 1:] < runs.rungs[:, :, :-1]).sum(axis=(0, 2)), np.float64)


def seat_in_reach(runs: Runs) -> Reals:
    """1 where at the end a seat at the United Nations is within reach, by run."""
    last = runs.rungs[:, :, -1]
    recognising = (last[runs.members.states] == RECOGNITION).mean(axis=0) > SEAT_SHARE
    unopposed = (last[runs.members.permanent] >= SEAT_RUNG).all(axis=0)
    return np.asarray(recognising & unopposed, np.float64)


LADDER = (
    Measure(
        "recognitions",
        "states",
        "states at formal recognition",
        Standing(RECOGNITION),
        title="States at formal recognition",
        studied=True,
    ),
    Measure(
        "recognition_share",
        "share",
        "political weight of the states at formal recognition, of that of all states",
        recognition_share,
    ),
    Measure(
        "states_at_6",
        "states",
        "states at ambassador without recognition or above",
        Standing(6),
        title="States at ambassador or above",
        headline=True,
        drawn=2,
        studied=True,
    ),
    Measure(
        "states_at_5",
        "states",
        "states at chargé exchange or above",
        Standing(5),
        title="States at chargé exchange or above",
    ),
    Measure(
        "states_at_4",
        "states",
        "states with a mission or above",
        Standing(4),
        title="States with a mission or above",
    ),
    Measure("polarisation", "rungs", "standard deviation of the blocs' mean rungs", polarisation),
    Measure(
        "recognitions_ever",
        "states",
        "states ever at formal recognition",
        None,
        recognitions_ever,
        title="States ever at formal recognition",
        headline=True,
    ),
    Measure(
        "first_recognition",
        "month",
        "of the first recognition; blank where there is none; "
        "compared over the pairs of runs that both have one",
        Standing(RECOGNITION),
        FIRST,
    ),
    Measure("cascade", "states", "recognitions within 24 months of the first", None, cascade),
    Measure(
        "derecognitions", "count", "falls of states from formal recognition", None, derecognitions
    ),
    Measure("climbs", "count", "moves up the ladder, all actors", None, climbs),
    Measure("falls", "count", "moves down the ladder, all actors", None, falls),
    Measure(
        "seat_in_reach",
        "flag",
        "1 where a seat at the United Nations is within reach at the end",
        None,
        seat_in_reach,
    ),
    Measure(
        "mean_rung",
        "rungs",
        "mean rung of {}",
        Standing(),
        of="group",
        headline=True,
        drawn=1,
        studied=True,
    ),
    Measure("bloc_rung", "rungs", "mean rung of {}", Standing(), of="bloc"),
)

RUNG = Field("actors", "rung")

OF_ACTORS = (
    Measure("rung", "rung", "rung of {}", RUNG, None, of="actor"),
    Measure("rung_end", "rung", "rung of {}", RUNG, LAST, of="actor"),
    Measure("rung_highest", "rung", "highest rung of {}", RUNG, HIGHEST, of="actor"),
)
