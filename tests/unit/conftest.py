"""Results that several tests read: made once, small, with the one compiled kernel."""

from pathlib import Path

import pytest

from sim.runs.make import Order, make_result
from sim.scenario.load import load_scenario

RUNS, MONTHS = 30, 14


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders of finished results by scenario: 30 runs of 14 months. Not to be changed."""
    out = tmp_path_factory.mktemp("results")
    names = ("baseline", "human-rights-conditionality")
    order = Order(runs=RUNS, months=MONTHS)
    return {name: make_result(load_scenario(name), order, out)[0] for name in names}
