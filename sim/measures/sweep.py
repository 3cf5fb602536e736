"""One compiled sweep over what runs recorded: one number a run, and series by month.

The sweep knows fields and actors by their places alone. It takes runs and months one by one in
order, so what it adds up does not depend on how many runs it is given at once.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.engine.kernel import compile_cached, inline

Reals = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]

(
    TOTAL_OF_LINE,
    END_OF_RUN,
    LARGEST,
    LARGEST_WITH_START,
    RISE_OF_LINE,
    FIRST_RISE_OF_LINE,
    FALLS_OF_LINE,
    FIRST_ABOVE_0,
    WEIGHTED_MEAN,
) = range(9)
"""How a line of months becomes one number.

In this order: added up from month 1 on; the last month; the largest from month 1 on; the largest,
the start included; 1 where it ever rises; the month of its first rise; months in which it falls;
the first month in which it is above 0; the mean weighted by a second line. A first month is NaN
where there is none.
"""

MEAN, SPREAD, LEAST, GREATEST = range(4)
"""What is kept of a line by month over runs: the mean, the sum of squared distances from it, ends.

Sums of plain squares would lose the digits of a spread that is small beside its mean.
"""

EXPONENT = np.uint64(0x7FF0000000000000)
"""The bits that are all set in an infinity and in what is no number."""


class Plan(NamedTuple):
    """Which lines of months are read, and what is kept of them.

    Lines are the metrics `fields`, then one for each set of actors, then those handed over.
    `members[set, actor]` is -1 for a member and 0 else. Where `least[set]` is 0 or more, members
    at this rung or above are counted, else their rungs are added up; the result is divided by
    `size[set]`. Outcome `into[k]` comes from the line `taken[k]`, and `beside[k]` where it needs
    two, in the way `how[k]`; the lines `recorded` are kept by month.
    """

    fields: Places
    members: Small
    least: Small
    size: Reals
    into: Places
    taken: Places
    beside: Places
    how: Places
    recorded: Places


class Room(NamedTuple):
    """What the sweep writes on the way: `lines[line, month]` of a run, and the rungs of a month."""

    lines: Reals
    now: Small


def new_room(plan: Plan, others: int, months: int) -> Room:
    """Room for one thread; `others` lines are handed over."""
    sets, actors = plan.members.shape
    lines = len(plan.fields) + sets + others
    return Room(np.zeros((lines, months)), np.zeros(actors, np.int32))


def no_months(lines: int, months: int) -> Reals:
    """What is kept by month over no runs at all, `[line, what, month]`."""
    kept = np.zeros((lines, 4, months))
    kept[:, LEAST], kept[:, GREATEST] = np.inf, -np.inf
    return kept


def read_metrics(metrics: Any, plan: Plan, lines: Any) -> None:
    """Fill the lines of metrics with what one run recorded, `metrics[month, field]`."""
    for month in range(len(metrics)):
        for place in range(len(plan.fields)):
            lines[place, month] = metrics[month, plan.fields[place]]


def read_rungs(rungs: Any, plan: Plan, now: Any, lines: Any) -> None:
    """Fill the lines of sets of actors with what one run recorded, `rungs[month, actor]`.

    A mask of all bits keeps a member's number and drops any other without asking, so that the
    compiler takes several actors at once.
    """
    for month in range(len(rungs)):
        for actor in range(len(now)):
            now[actor] = rungs[month, actor]
        for s in range(len(plan.least)):
            least, own = plan.least[s], plan.members[s]
            total = np.int32(0)
            if least < 0:
                for actor in range(len(now)):
                    total += now[actor] & own[actor]
            else:
                for actor in range(len(now)):
                    total += np.int32(now[actor] >= least) & own[actor]
            lines[s, month] = total / plan.size[s]


def total_of(line: Any) -> Any:
    """The months from 1 on, added up one by one."""
    total = 0.0
    for month in range(1, len(line)):
        total += line[month]
    return total


def largest_of(line: Any, first: Any) -> Any:
    """The largest month from `first` on."""
    most = line[first]
    for month in range(first + 1, len(line)):
        most = max(most, line[month])
    return most


def first_rise_of(line: Any) -> Any:
    """The first month that is above the one before."""
    for month in range(1, len(line)):
        if line[month] > line[month - 1]:
            return float(month)
    return np.nan


def falls_of(line: Any) -> Any:
    """Months that are below the one before."""
    falls = 0.0
    for month in range(1, len(line)):
        if line[month] < line[month - 1]:
            falls += 1.0
    return falls


def first_above_0(line: Any) -> Any:
    """The first month above 0."""
    for month in range(len(line)):
        if line[month] > 0.0:
            return float(month)
    return np.nan


def weighted(line: Any, beside: Any) -> Any:
    """The mean of the months from 1 on, weighted by a second line; 0 where that is nothing."""
    part, whole = 0.0, 0.0
    for month in range(1, len(line)):
        part += line[month] * beside[month]
        whole += beside[month]
    return part / whole if whole > 0.0 else 0.0


def outcome(line: Any, beside: Any, how: Any) -> Any:
    """What a line of months comes to."""
    value = 0.0
    if how == TOTAL_OF_LINE:
        value = total_of(line)
    elif how == END_OF_RUN:
        value = line[len(line) - 1]
    elif how == LARGEST:
        value = largest_of(line, 1)
    elif how == LARGEST_WITH_START:
        value = largest_of(line, 0)
    elif how == RISE_OF_LINE:
        value = 0.0 if np.isnan(first_rise_of(line)) else 1.0
    elif how == FIRST_RISE_OF_LINE:
        value = first_rise_of(line)
    elif how == FALLS_OF_LINE:
        value = falls_of(line)
    elif how == FIRST_ABOVE_0:
        value = first_above_0(line)
    else:
        value = weighted(line, beside)
    return value


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


def copy_line(line: Any, into: Any) -> None:
    """Copy a line of months."""
    for month in range(len(line)):
        into[month] = line[month]


def sweep(
    metrics: Any,
    rungs: Any,
    others: Any,
    plan: Plan,
    room: Room,
    values: Any,
    before: Any,
    kept: Any,
    series: Any,
) -> Any:
    """Read some runs: outcomes into `values[outcome, run]`, and the recorded lines by month.

    They are added to `kept[line, what, month]`, which holds `before` runs already, and written to
    `series[run, line, month]`; either may have no lines. `metrics[run, month, field]` and
    `others[line, run, month]` are float64, `rungs[run, month, actor]` whole. Gives the place
    `(run * months + month) * fields + field` of the first metric that is not finite, where it
    stops; -1 where all are.
    """
    runs, months, fields = metrics.shape
    words = metrics.view(np.uint64).reshape(runs, months * fields)
    of_rungs = len(plan.fields)
    of_others = of_rungs + len(plan.least)
    lines = room.lines
    for run in range(runs):
        fault = first_fault(words[run])
        if fault >= 0:
            return run * months * fields + fault
        read_metrics(metrics[run], plan, lines[:of_rungs])
        read_rungs(rungs[run], plan, room.now, lines[of_rungs:of_others])
        for place in range(len(others)):
            copy_line(others[place, run], lines[of_others + place])
        for k in range(len(plan.into)):
            line, beside = lines[plan.taken[k]], lines[plan.beside[k]]
            values[plan.into[k], run] = outcome(line, beside, plan.how[k])
        for place in range(len(kept)):
            add_months(lines[plan.recorded[place]], before + run, kept[place])
        for place in range(series.shape[1]):
            copy_line(lines[plan.recorded[place]], series[run, place])
    return -1


PARTS = (
    read_metrics,
    read_rungs,
    total_of,
    largest_of,
    first_rise_of,
    falls_of,
    first_above_0,
    weighted,
    outcome,
    first_fault,
    add_months,
    copy_line,
)


@cache
def compiled_sweep() -> Callable[..., int]:
    """The compiled sweep: it runs without the interpreter lock and allocates nothing."""
    inlined = inline()
    for function in PARTS:
        inlined(function)
    return compile_cached(sweep)
