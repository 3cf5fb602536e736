"""Every series by month that is read off the runs, beside the metrics of the month (model 11)."""

from dataclasses import dataclass

import numpy as np

from sim.engine.kernel import Trajectories
from sim.model.metrics import (
    ActorMonth,
    ConditionMonth,
    IssueMonth,
    Metrics,
    PoolMonth,
    ProjectMonth,
)
from sim.model.schema import Column, columns, dtype
from sim.results.easing import EASED, LEVELS, level_series
from sim.results.ladder import LADDER, Key, Rungs, ladder_series
from sim.results.members import Membership, Reals
from sim.results.money import MONEY, SHARES_OF_TRADE, money_series
from sim.results.stages import EXTREMES, STAGES, stage_series

READ_OFF = {**LADDER, **MONEY, **STAGES, **LEVELS}
"""Unit and meaning of the series that `Read` holds, in its order."""

SUBJECTS = {
    "mean_rung": "group",
    "bloc_rung": "bloc",
    "trade_share": "bloc",
    **{name: name.partition("_")[0] for name in (*STAGES, *EXTREMES)},
    **dict.fromkeys((*LEVELS, *EASED), "issue"),
}
"""What the subjects of a series or outcome are, where it has any."""


@dataclass(frozen=True)
class Read:
    """What is read off a chunk of runs once: rungs `[run, month, actor]` in bytes, and series.

    `series` are `[run, month]` by name and subject.
    """

    rungs: Rungs
    series: dict[Key, Reals]


def read_off(trajectories: Trajectories, members: Membership) -> Read:
    """Read the series off a chunk."""
    rungs = np.ascontiguousarray(trajectories.actors["rung"], np.int8)
    return Read(
        rungs,
        {
            **ladder_series(rungs, members),
            **money_series(trajectories, members),
            **stage_series(trajectories, members),
            **level_series(trajectories, members),
        },
    )


def keys_of(members: Membership) -> list[Key]:
    """Names and subjects of all series, in the order of `Read`: those of a run of no months."""
    counts = {
        ActorMonth: len(members.weights),
        PoolMonth: len(members.pools),
        ProjectMonth: len(members.projects),
        IssueMonth: len(members.issues),
        ConditionMonth: 0,
    }
    lines = (np.zeros((1, 1, count), dtype(record)) for record, count in counts.items())
    start = Trajectories(np.zeros((1, 1), dtype(Metrics)), *lines)
    return list(read_off(start, members).series)


def column_of(metric: str) -> Column:
    """Unit and meaning of a series of `summary.csv`."""
    if metric == "rung":
        return columns(ActorMonth)["rung"]
    return READ_OFF[metric] if metric in READ_OFF else columns(Metrics)[metric]


def is_flow(metric: str) -> bool:
    """Whether a series is of amounts that add up over months; not so a series nobody knows."""
    column = READ_OFF.get(metric) or columns(Metrics).get(metric)
    return column is not None and column.flow


def first_month(metric: str) -> int:
    """First month of a series: the start has no flows, and no shares of them."""
    return 1 if is_flow(metric) or metric in SHARES_OF_TRADE else 0
