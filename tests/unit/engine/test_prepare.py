"""Filling and anchoring a start, compiled and in plain Python: the same bits."""

import pytest
from hypothesis import given

from sim.case.case import Case
from sim.engine.prepare import compiled_prepare
from sim.planning.compile import compile_scenario
from sim.scenario.load import load_scenario
from sim.scenario.schema import Scenario
from tests.starts import fill_only
from tests.worlds import World, worlds


def differing(case: Case, scenario: Scenario) -> list[str]:
    """The arrays of the start that the two ways give different bits."""
    plain = compile_scenario(case, scenario).start
    fast = compile_scenario(case, scenario, None, compiled_prepare()).start
    return [
        name
        for name in plain._fields
        if getattr(plain, name).tobytes() != getattr(fast, name).tobytes()
    ]


@pytest.mark.parametrize("name", ["baseline", "baseline-2021", "recognition-cascade"])
def test_a_shipped_start_is_filled_and_anchored_to_the_same_bits(name: str) -> None:
    loaded = load_scenario(name)
    assert differing(loaded.case, loaded.scenario) == []


@given(worlds())
def test_any_start_is_filled_and_anchored_to_the_same_bits(world: World) -> None:
    assert differing(world.case, world.scenario) == []


def test_anchoring_does_something() -> None:
    """Else nothing above could fail."""
    loaded = load_scenario("baseline")
    bare = compile_scenario(loaded.case, loaded.scenario, None, fill_only).start
    full = compile_scenario(loaded.case, loaded.scenario).start
    assert bare.actors.tobytes() != full.actors.tobytes()
