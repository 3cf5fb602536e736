"""What a command says of the conditions of interventions: how often they were met, and when."""

from collections.abc import Iterator

from sim.cli.console import percent
from sim.results.outcomes import CONDITION_MET
from sim.store.read import Result


def conditions(result: Result) -> Iterator[str]:
    """A line on each condition of an intervention: how often it was met, and when."""
    import numpy as np

    for name, values in result.outcomes.items():
        if not name.startswith(CONDITION_MET):
            continue
        met = values[~np.isnan(values)]
        asked = result.units[name][1].split(";")[0].removeprefix("first month in which ")
        line = f"condition {name.removeprefix(CONDITION_MET)} ({asked}): "
        line += f"met in {percent(len(met) / result.runs)} % of runs"
        yield line + (
            f", first in month {np.median(met):.0f} (median of these)" if len(met) else ""
        )
