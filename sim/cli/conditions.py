"""What a command says of the conditions of interventions: how often they were met, and when."""

from collections.abc import Iterator

from sim.cli.console import percent
from sim.measures.distribution import quantiles
from sim.measures.parts import CONDITION_MET
from sim.store.read import Result


def conditions(result: Result) -> Iterator[str]:
    """A line on each condition of an intervention: how often it was met, and when."""
    import numpy as np

    for name, values in result.outcomes.items():
        metric, _, label = name.partition(":")
        if metric != CONDITION_MET.name:
            continue
        met = values[~np.isnan(values)]
        line = f"condition {label} ({result.titles[name]}): "
        line += f"met in {percent(len(met) / result.runs)} % of runs"
        if len(met):
            median = quantiles(met, whole=True, shares=(0.5,))[0]
            line += f", first in month {median:.0f} (median of these)"
        yield line
