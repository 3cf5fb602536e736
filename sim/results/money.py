"""Series read off flows and balances: trade by bloc, rerouting, lenders (model 11)."""

import numpy as np

from sim.engine.kernel import Records, Trajectories
from sim.model.schema import Column
from sim.results.ladder import Key
from sim.results.members import Membership, Places, Reals

MONEY = {
    "institutions_development": Column("US$ m", "development money of institutions", flow=True),
    "assets_frozen_share": Column("share", "balance of all pools, of that at the start"),
    "diversion": Column("share", "trade rerouted around closed corridors, of all trade"),
    "trade_share": Column("share", "share of all trade with a bloc"),
}
"""Unit and meaning of these series."""

SHARES_OF_TRADE = ("diversion", "trade_share")
"""Series that over a run weigh each month by its trade; the start has none."""


def summed(values: Reals, at: Places) -> Reals:
    """The sum `[run, month]` over some actors, added one by one, whatever the number of runs."""
    total = np.zeros(values.shape[:2])
    for i in at.tolist():
        total += values[:, :, i]
    return total


def over(part: Reals, whole: Reals) -> Reals:
    """A share; 0 where the whole is nothing."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0.0)


def rerouted(metrics: Records) -> Reals:
    """Trade that was lost to closed corridors and found another way, `[run, month]`, US$ m.

    The share that reroutes in a month is the one with which the month before ended. It says nothing
    of a month in which no trade passes at all.
    """
    found = np.zeros(metrics.shape)
    found[:, 1:] = metrics["rerouting"][:, :-1] * metrics["trade_lost"][:, 1:]
    return found


def money_series(trajectories: Trajectories, members: Membership) -> dict[Key, Reals]:
    """Series `[run, month]` by name and subject (a bloc, or nobody)."""
    metrics, actors = trajectories.metrics, trajectories.actors
    trade = np.ascontiguousarray(metrics["trade"])
    frozen = metrics["assets_frozen"]
    series: dict[Key, Reals] = {
        ("institutions_development", ""): summed(actors["development"], members.institutions),
        ("assets_frozen_share", ""): over(frozen, np.repeat(frozen[:, :1], frozen.shape[1], 1)),
        ("diversion", ""): over(rerouted(metrics), trade),
    }
    for bloc, at in members.blocs.items():
        series[("trade_share", bloc)] = over(summed(actors["trade"], at), trade)
    return series
