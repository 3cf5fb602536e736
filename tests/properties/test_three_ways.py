"""The compiled kernel, the agents and plain Python are one model: the same bits on any world."""

import pytest
from hypothesis import given

from sim.io.places import shipped
from sim.planning.compile import compile_scenario
from sim.scenario.load import load_scenario
from tests.worlds import AGENTS, PLAIN, World, difference, examples, run, worlds


@given(worlds())
def test_agents_have_the_bits_of_the_kernel(world: World) -> None:
    assert difference(world.recorded(2), world.recorded(2, AGENTS)) == ""


@examples(0.25)
@given(worlds(months=8))
def test_plain_python_has_the_bits_of_the_kernel(world: World) -> None:
    assert difference(world.recorded(), world.recorded(1, PLAIN)) == ""


@pytest.mark.parametrize("name", sorted(path.stem for path in shipped("scenarios").glob("*.yaml")))
def test_the_ways_agree_on_shipped_scenarios(name: str) -> None:
    loaded = load_scenario(name)
    compiled = compile_scenario(loaded.case, loaded.scenario, 24)
    assert difference(run(compiled, 1, 2), run(compiled, 1, 2, AGENTS)) == ""
    begun = compile_scenario(loaded.case, loaded.scenario, 3)
    assert difference(run(begun, 1), run(begun, 1, 1, PLAIN)) == ""
