"""The figures that the model document prints for its first three scenarios are met."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from sim.results.make import Order, make_result
from sim.results.read import Result, read_result
from sim.scenario.load import load_scenario

FIGURES = yaml.safe_load((Path(__file__).parent / "figures.yaml").read_text(encoding="utf-8"))
RUNS = 2_000
REFERENCE_RUNS = 4_000
YEARS = 5
STANDARD_ERRORS = 4.0
"""Some 35 figures are compared, so that chance alone may bring one beyond three."""

CASES = [(name, figure) for name, figures in FIGURES.items() for figure in figures]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    out = tmp_path_factory.mktemp("results")
    made = {name: make_result(load_scenario(name), Order(RUNS), out)[0] for name in FIGURES}
    return {name: read_result(folder) for name, folder in made.items()}


def measured(results: dict[str, Result], name: str, figure: dict[str, Any]) -> "np.ndarray":
    """The quantity of each run whose mean the figure states."""
    values = results[name].outcomes[figure["outcome"]]
    if figure["of"] == "difference":
        return values - results["baseline"].outcomes[figure["outcome"]]
    if figure["of"] == "share above 0":
        return (values > 0).astype(float)
    return values / YEARS if figure["of"] == "mean a year" else values


def allowance(values: "np.ndarray", figure: dict[str, Any]) -> float:
    """How far the mean may lie from the printed value: rounding and both Monte-Carlo errors."""
    deviation = float(values.std(ddof=1))
    if figure["of"] == "share above 0":
        deviation = max(deviation, (figure["value"] * (1 - figure["value"])) ** 0.5)
    error = deviation * (1 / len(values) + 1 / REFERENCE_RUNS) ** 0.5
    return float(figure["half"]) + STANDARD_ERRORS * error


@pytest.mark.parametrize(("name", "figure"), CASES)
def test_figure_is_met(results: dict[str, Result], name: str, figure: dict[str, Any]) -> None:
    values = measured(results, name, figure)
    assert abs(values.mean() - figure["value"]) <= allowance(values, figure)


def test_a_figure_that_is_off_by_a_tenth_would_be_noticed(results: dict[str, Result]) -> None:
    figure = {"outcome": "development", "of": "difference", "value": 1.1 * 1320, "half": 5}
    values = measured(results, "engagement-without-recognition", figure)
    assert abs(values.mean() - figure["value"]) > allowance(values, figure)


def test_ninety_per_cent_ranges_are_those_printed(results: dict[str, Result]) -> None:
    outcomes = results["baseline"].outcomes
    assert np.quantile(outcomes["states_at_6"], (0.05, 0.95)).tolist() == [7.0, 11.0]
    assert np.quantile(outcomes["recognitions_ever"], (0.05, 0.95)).tolist() == [0.0, 2.0]
    west = np.quantile(outcomes["mean_rung:West"], (0.05, 0.95))
    assert west == pytest.approx([2.08, 2.62], abs=0.04)
    pledged = np.quantile(outcomes["relief_pledged"], (0.05, 0.95))
    assert pledged == pytest.approx([6390, 7400], abs=40)


def test_nobody_in_the_west_recognises(results: dict[str, Result]) -> None:
    baseline = results["baseline"]
    west = {row.actor for row in baseline.actors if row.group == "West"}
    highest = [baseline.outcomes[f"rung_highest:{actor}"].max() for actor in west]
    assert max(highest) < 7
