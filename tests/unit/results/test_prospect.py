"""What is known of a result ahead is what the result says of itself."""

from pathlib import Path

from sim.runs.make import Order
from sim.runs.prospect import prospect_of
from sim.scenario.load import load_scenario
from sim.store.read import read_result
from tests.unit.conftest import MONTHS, RUNS


def test_names_groups_and_place_are_those_of_the_result(made: dict[str, Path]) -> None:
    for name, folder in made.items():
        ahead = prospect_of(load_scenario(name), Order(runs=RUNS, months=MONTHS), folder.parent)
        result = read_result(folder)
        assert list(ahead.outcomes) == list(result.outcomes)
        assert set(ahead.series) == set(result.series)
        assert ahead.groups == result.groups
        assert ahead.folder == folder
        assert ahead.manifest.items() <= result.manifest.items()
