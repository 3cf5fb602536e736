"""A few months of the shipped case, compiled once."""

import pytest

from sim.planning.compile import Compiled, compile_scenario
from sim.scenario.load import load_scenario


@pytest.fixture(scope="session")
def baseline() -> Compiled:
    """Three months of the baseline. Not to be changed."""
    loaded = load_scenario("baseline")
    return compile_scenario(loaded.case, loaded.scenario, 3)
