"""Runs played again: single runs by month, which a results folder does not keep."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim.engine.ensemble import simulate
from sim.io.errors import NotAgain
from sim.measures.catalog import MEASURES
from sim.measures.distribution import quantiles
from sim.measures.measure import Key
from sim.measures.members import Reals, members_of
from sim.measures.reader import Reader
from sim.planning.compile import compile_scenario
from sim.runs.make import Order, manifest_of
from sim.runs.prospect import Contents
from sim.scenario.load import Loaded, load_scenario
from sim.store.read import SCENARIO, Result, Series
from sim.store.summary import fingerprints
from sim.store.tables import QUANTILE_NAMES

MOST_AGAIN = 5_000
"""Most runs that are played again for a picture."""

SAME = ("case_hash", "code_hash")
"""What must be as it was when a result was made."""


def loaded_again(result: Result) -> Loaded:
    """The scenario of a result; raises NotAgain where its runs would not come out the same."""
    if "agents" in result.manifest:
        raise NotAgain(f"{result.folder}: agents of your own decided; only their results are kept")
    loaded = load_scenario(str(result.folder / SCENARIO))
    now = manifest_of(loaded, Order(result.runs, result.months, int(result.manifest["seed"])))
    for key in SAME:
        if now[key] != result.manifest[key]:
            what = key.removesuffix("_hash")
            raise NotAgain(
                f"{result.folder}: made with another {what}, so its runs cannot be drawn one by "
                "one; run the scenario again"
            )
    return loaded


def check_again(results: Sequence[Contents]) -> None:
    """Raise NotAgain where the runs of one of the results that are there cannot be played again."""
    for result in results:
        if isinstance(result, Result):
            loaded_again(result)


def runs_by_month(result: Result, keys: Sequence[Key], runs: int) -> Reals:
    """Series `[run, key, month]` of the first `runs` runs; raises NotAgain."""
    loaded, seed = loaded_again(result), int(result.manifest["seed"])
    compiled = compile_scenario(loaded.case, loaded.scenario, result.months)
    members = members_of(loaded.case, compiled.conditions)
    reader = Reader(members, (), keys)
    found = np.empty((runs, len(keys), result.months + 1))
    for chunk in simulate(compiled.start, compiled.uids, compiled.months, runs, seed):
        _, series = reader.read_months(members, chunk.trajectories, chunk.first_run)
        last = chunk.first_run + len(series)
        kept = result.fingerprints[chunk.first_run : last]
        if not np.array_equal(fingerprints(chunk.trajectories), kept):
            raise NotAgain(f"{result.folder}: its runs do not come out the same on this machine")
        found[chunk.first_run : last] = series
    return found


def gaps_by_month(results: Sequence[Result], keys: Sequence[Key]) -> list[dict[Key, Series]]:
    """By scenario after the first, its differences from the first by month, run by run.

    Of the runs that all have, the first `MOST_AGAIN` at most. Raises NotAgain.
    """
    runs = min(MOST_AGAIN, *(result.runs for result in results))
    base, *others = results
    ours = runs_by_month(base, keys, runs)
    return [_gaps(base, keys, runs_by_month(other, keys, runs) - ours) for other in others]


def _gaps(base: Result, keys: Sequence[Key], gaps: Reals) -> dict[Key, Series]:
    """Mean and quantiles over runs of differences `[run, key, month]`."""
    found = {}
    for place, key in enumerate(keys):
        one = base.series[key]
        values = gaps[:, place, one.months]
        spread = quantiles(values.T, MEASURES[key[0]].scale.whole).T
        names = dict(zip(QUANTILE_NAMES, spread, strict=True))
        found[key] = replace(one, mean=values.mean(axis=0), quantiles=names)
    return found
