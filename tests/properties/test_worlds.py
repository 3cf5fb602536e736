"""The generators say what they promise: cases that run, scenarios that a file might hold."""

from hypothesis import given

from sim.scenario.schema import Scenario
from sim.scenario.setting import Setting
from tests.worlds import World, worlds


@given(worlds())
def test_random_scenarios_are_valid(world: World) -> None:
    scenario, case = world.scenario, world.case
    written = scenario.model_dump(by_alias=True, exclude_none=True)
    setting = Setting(case, case.starts[case.default_start], scenario.months)
    assert Scenario.model_validate(written, context=setting) == scenario


@given(worlds())
def test_random_worlds_have_somebody_to_follow(world: World) -> None:
    """Members who vote, so that every institution has a policy."""
    start = world.compiled().start
    for facts, row in zip(world.case.actors.values(), start.ties, strict=True):
        voting = [not each.delegates for each in world.case.actors.values()]
        assert not facts.delegates or row[voting].sum() > 0.0
