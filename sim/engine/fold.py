"""What is read off many runs in one sweep over what they recorded: by run, and by month over runs.

The sweep knows fields and actors by their places alone. It takes runs and months one by one in
order, so what it adds up does not depend on how many runs it is given at once.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import compile_cached

Reals = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]

TOTAL, END, MOST, RISES = range(4)
"""How a line of months becomes one number: added up from month 1 on, the last one, the largest from
month 1 on, and 1 where it ever rises."""

MEAN, SPREAD, LEAST, GREATEST = range(4)
"""What is kept of a line by month over runs: the mean, the sum of squared distances from it, ends.

Sums of plain squares would lose the digits of a spread that is small beside its mean.
"""

EXPONENT = np.uint64(0x7FF0000000000000)
"""The bits that are all set in an infinity and in what is no number."""


class Reading(NamedTuple):
    """Which lines of months are read, and what is kept of them.

    Lines are the metrics `fields`, then one for each set of actors, then those handed over.
    `members[set, actor]` is -1 for a member and 0 else. Where `least[set]` is 0 or more, members
    at this rung or above are counted, else their rungs are added up; the result is divided by
    `size[set]`. Outcome k comes from line `taken[k]` in the way `how[k]`; the lines `recorded` are
    kept by month.
    """

    fields: Places
    members: Small
    least: Small
    size: Reals
    taken: Places
    how: Places
    recorded: Places


class Room(NamedTuple):
    """What the sweep writes on the way: `lines[line, month]` of a run, and the rungs of a month."""

    lines: Reals
    now: Small


def new_room(reading: Reading, others: int, months: int) -> Room:
    """Room for one thread; `others` lines are handed over."""
    sets, actors = reading.members.shape
    lines = len(reading.fields) + sets + others
    return Room(np.zeros((lines, months)), np.zeros(actors, np.int32))


def no_months(lines: int, months: int) -> Reals:
    """What is kept by month over no runs at all, `[line, what, month]`."""
    kept = np.zeros((lines, 4, months))
    kept[:, LEAST], kept[:, GREATEST] = np.inf, -np.inf
    return kept


def read_metrics(metrics: Any, reading: Reading, lines: Any) -> None:
    """Fill the lines of metrics with what one run recorded, `metrics[month, field]`."""
    for month in range(len(metrics)):
        for place in range(len(reading.fields)):
            lines[place, month] = metrics[month, reading.fields[place]]


def read_rungs(rungs: Any, reading: Reading, now: Any, lines: Any) -> None:
    """Fill the lines of sets of actors with what one run recorded, `rungs[month, actor]`.

    A mask of all bits keeps a member's number and drops any other without asking, so that the
    compiler takes several actors at once.
    """
    for month in range(len(rungs)):
        for actor in range(len(now)):
            now[actor] = rungs[month, actor]
        for s in range(len(reading.least)):
            least, own = reading.least[s], reading.members[s]
            total = np.int32(0)
            if least < 0:
                for actor in range(len(now)):
                    total += now[actor] & own[actor]
            else:
                for actor in range(len(now)):
                    total += np.int32(now[actor] >= least) & own[actor]
            lines[s, month] = total / reading.size[s]


def read_others(others: Any, lines: Any) -> None:
    """Fill the lines that were handed over, `others[month, line]`."""
    for month in range(len(others)):
        for place in range(others.shape[1]):
            lines[place, month] = others[month, place]


def outcome(line: Any, how: int) -> Any:
    """What a line of months comes to."""
    months = len(line)
    if how == END:
        return line[months - 1]
    if how == TOTAL:
        total = 0.0
        for month in range(1, months):
            total += line[month]
        return total
    if how == MOST:
        most = line[1]
        for month in range(2, months):
            most = max(most, line[month])
        return most
    for month in range(1, months):
        if line[month] > line[month - 1]:
            return 1.0
    return 0.0


def first_fault(words: Any) -> int:
    """The first of some numbers, handed over as their bits, that is not finite; -1 if all are."""
    found = 0
    for place in range(len(words)):
        found |= (words[place] & EXPONENT) == EXPONENT
    if found:
        for place in range(len(words)):
            if (words[place] & EXPONENT) == EXPONENT:
                return place
    return -1


def add_months(line: Any, before: Any, kept: Any) -> None:
    """Add a line of months to what is kept of it over the runs `before`, `kept[what, month]`.

    The mean moves towards each run by its share (Welford 1962, doi:10.1080/00401706.1962.10490022).
    """
    share = 1.0 / (before + 1)
    for month in range(len(line)):
        value = line[month]
        off = value - kept[MEAN, month]
        kept[MEAN, month] += off * share
        kept[SPREAD, month] += off * (value - kept[MEAN, month])
        kept[LEAST, month] = value if value < kept[LEAST, month] else kept[LEAST, month]
        kept[GREATEST, month] = value if value > kept[GREATEST, month] else kept[GREATEST, month]


def fold(
    metrics: Any,
    rungs: Any,
    others: Any,
    reading: Reading,
    room: Room,
    values: Any,
    before: Any,
    kept: Any,
) -> Any:
    """Read some runs: outcomes into `values[outcome, run]`, months into `kept[line, what, month]`.

    `before` is the number of runs that `kept` holds already.
    `metrics[run, month, field]` and `others[run, month, line]` are float64,
    `rungs[run, month, actor]` whole. Gives the place `(run * months + month) * fields + field` of
    the first metric that is not finite, where it stops; -1 where all are.
    """
    runs, months, fields = metrics.shape
    words = metrics.view(np.uint64).reshape(runs, months * fields)
    of_rungs = len(reading.fields)
    of_others = of_rungs + len(reading.least)
    lines = room.lines
    for run in range(runs):
        fault = first_fault(words[run])
        if fault >= 0:
            return run * months * fields + fault
        read_metrics(metrics[run], reading, lines[:of_rungs])
        read_rungs(rungs[run], reading, room.now, lines[of_rungs:of_others])
        read_others(others[run], lines[of_others:])
        for k in range(len(reading.taken)):
            values[k, run] = outcome(lines[reading.taken[k]], reading.how[k])
        for place in range(len(reading.recorded)):
            add_months(lines[reading.recorded[place]], before + run, kept[place])
    return -1


PARTS = (read_metrics, read_rungs, read_others, outcome, first_fault, add_months)


@cache
def compiled_fold() -> Callable[..., int]:
    """The compiled sweep: it runs without the interpreter lock and allocates nothing."""
    from numba.extending import register_jitable

    for function in PARTS:
        register_jitable(_nrt=False, error_model="numpy", forceinline=True)(function)
    return compile_cached(fold)
