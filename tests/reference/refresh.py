"""Renew `results/reference/`: python -m tests.reference.refresh. Say why in CHANGELOG.md."""

import tempfile
from pathlib import Path

import numpy as np

from sim.measures.catalog import is_of_an_actor
from sim.runs.make import Order, make_result
from sim.scenario.load import load_scenario
from sim.store.read import read_result
from sim.store.tables import as_csv, number

REFERENCE = Path(__file__).parents[2] / "results" / "reference"
SCENARIOS = ("baseline", "engagement-without-recognition", "human-rights-conditionality")
RUNS = 40


def digest(name: str) -> str:
    """Mean of every outcome of the first runs, as CSV."""
    with tempfile.TemporaryDirectory() as folder:
        result = read_result(make_result(load_scenario(name), Order(RUNS), Path(folder))[0])
        rows = [
            (outcome, number(float(np.nanmean(values))))
            for outcome, values in result.outcomes.items()
            if not is_of_an_actor(outcome) and not np.isnan(values).all()
        ]
    return as_csv(("outcome", "mean"), rows)


def main() -> None:
    """Write one digest for each scenario."""
    for name in SCENARIOS:
        (REFERENCE / f"{name}.csv").write_text(digest(name), encoding="utf-8")


if __name__ == "__main__":
    main()
