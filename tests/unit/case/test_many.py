"""Two hundred actors, and forty years."""

from pathlib import Path

import pytest

from sim.case.case import Case
from sim.case.load import load_case
from sim.planning.compile import compile_scenario
from sim.runs.make import Order, make_result
from sim.scenario.load import Loaded
from sim.scenario.schema import Scenario
from sim.store.read import read_result
from tests.toy_case import write_toy
from tests.worlds import KERNEL, PLAIN, difference, run

MANY = 200


def crowded(folder: Path) -> Case:
    """The toy case with two hundred actors, nearly all like one of them."""
    table = (write_toy(folder) / "actors.csv").read_text(encoding="utf-8").splitlines()
    like = next(line for line in table if line.startswith("LAKE,")).split(",")
    more = [",".join([f"L{place}", f"Lake {place}", *like[2:]]) for place in range(MANY - 4)]
    (folder / "actors.csv").write_text("\n".join([*table, *more, ""]), encoding="utf-8")
    return load_case(folder)


def scenario(months: int) -> Scenario:
    """Nothing happens but what happens anyway."""
    return Scenario(title="Crowd", case="islands", start="2010-03", months=months)


@pytest.mark.kernel
def test_two_hundred_actors_run_alike_in_the_kernel_and_in_plain_python(tmp_path: Path) -> None:
    made = compile_scenario(crowded(tmp_path / "islands"), scenario(3))
    ways = [run(made, 1, 1, way) for way in (KERNEL, PLAIN)]
    assert ways[0].actors.shape == (1, 4, MANY)
    assert difference(*ways) == ""


@pytest.mark.kernel
def test_a_result_holds_two_hundred_actors_over_forty_years(tmp_path: Path) -> None:
    case = crowded(tmp_path / "islands")
    loaded = Loaded("crowd", scenario(480), case, case, tmp_path / "crowd.yaml")
    folder, _ = make_result(loaded, Order(runs=2, panel=True), tmp_path / "results")
    result = read_result(folder)
    assert result.panel["rung"].shape == (2, 481, MANY)
    assert len(result.groups) == MANY
    assert result.series["gdp", ""].dates[-1] == "2050-02"
    assert max(result.outcomes["rung_highest:L195"]) <= 7
