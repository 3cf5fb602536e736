"""Numbers that are none: a scenario with some number far too large is stopped, not averaged."""

import numpy as np

from sim.engine.kernel import Trajectories
from sim.io.errors import CannotCompile
from sim.model.metrics import Metrics
from sim.model.schema import columns
from sim.results.outcomes import as_columns

METRICS = tuple(columns(Metrics))


class NotFinite(CannotCompile):
    """A metric that is no finite number in some run and month; `metric` is its place."""

    def __init__(self, metric: int, run: int, month: int) -> None:
        super().__init__(
            f"{METRICS[metric]} is no finite number in run {run}, month {month}: "
            "some number of the scenario is far too large"
        )
        self.run = run


def check_finite(trajectories: Trajectories, first_run: int) -> None:
    """Raise NotFinite where a metric is no finite number, with the first run and month."""
    values = as_columns(trajectories.metrics)
    if not np.isfinite(values).all():
        run, month, metric = np.argwhere(~np.isfinite(values))[0].tolist()
        raise NotFinite(metric, first_run + run, month)
