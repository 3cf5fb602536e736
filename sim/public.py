"""What a notebook needs: run, compare and draw, as `sim.run`, `sim.compare` and `sim.plot`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.compare import differences
from sim.engine.ensemble import simulate
from sim.measures.catalog import is_headline
from sim.runs.make import Order, make_result
from sim.scenario.limits import DEFAULT_SEED
from sim.scenario.load import Loaded, load_scenario
from sim.store.facts import headline_issues
from sim.store.read import Result, read_result

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame


def run(
    scenario: str | Path | Loaded,
    runs: int = 1_000,
    *,
    months: int | None = None,
    seed: int = DEFAULT_SEED,
    agents: str | None = None,
    out: str | Path = "results",
) -> Result:
    """Run a scenario, by name, path or loaded, unless its result is there, and read the result.

    It lies in a folder below `out`, as after `sim run`. `agents` names a class of your own that
    decides for the actors, as in `my.py:Bold`; the code in that file is run. Raises MissingFile,
    BadFile, CannotCompile or CannotWrite, and ValueError for agents without a class.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as out:
    ...     run("baseline", runs=3, months=2, out=out).outcomes["gdp"].shape
    (3,)
    """
    loaded = scenario if isinstance(scenario, Loaded) else load_scenario(scenario)
    using, own = simulate, None
    if agents:
        from sim.agents.own import load_own

        chosen = load_own(agents)
        using, own = chosen.simulate(loaded, months), chosen.record
    folder, _ = make_result(loaded, Order(runs, months, seed, agents=own), Path(out), using=using)
    return read_result(folder)


def compare(*results: Result | str | Path, everything: bool = False) -> DataFrame:
    """Differences of each result from the first, run by run, as a table by scenario and outcome.

    Results are read ones or their folders. The headline outcomes, unless `everything` is asked for.
    Raises NotPaired for results that differ in case, start, seed, months or code.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as out:
    ...     once = run("baseline", runs=3, months=2, out=out)
    ...     compare(once, once.folder).difference["baseline", "gdp"]
    np.float64(0.0)
    """
    from pandas import DataFrame

    read = [each if isinstance(each, Result) else read_result(each) for each in results]
    issues = headline_issues(read[0].manifest)
    rows = differences(read)
    kept = [asdict(row) for row in rows if everything or is_headline(row.outcome, issues)]
    table = DataFrame(kept).rename(columns={"other": "scenario"})
    return table.set_index(["scenario", "outcome"])


def plot(
    *results: Result | str | Path, picture: str = "trajectories", metrics: Sequence[str] = ()
) -> Figure:
    """A picture of results, read ones or their folders; the usual metrics where none are named.

    `picture` and `metrics` are those of `sim plot`. Raises ValueError for what does not make a
    picture of one page, and NotPaired.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as out:
    ...     figure = plot(run("baseline", runs=3, months=2, out=out), metrics=("gdp",))
    >>> len(figure.axes)
    1
    """
    from sim.figures.draw import PICTURES, picture_named
    from sim.figures.page import Asked

    read = [each if isinstance(each, Result) else read_result(each) for each in results]
    if picture not in PICTURES:
        raise ValueError(f"no picture {picture!r}: see sim plot --help")
    drawn = picture_named(picture)
    if len(read) < drawn.least:
        raise ValueError(f"{picture} needs {drawn.least} results")
    drawn.check(read, list(metrics))
    first, *more = drawn.draw(read, Asked(metrics))
    if more:
        raise ValueError(f"{len(read)} results do not fit on a page; sim plot makes several")
    return first
