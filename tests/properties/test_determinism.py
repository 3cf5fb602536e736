"""Run k is a function of the case, the scenario, the seed and k alone (model 10, 10 to 14)."""

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.agents.cast import Cast
from sim.agents.model import EngagementModel
from sim.case.case import ActorFacts, Case
from sim.case.load import load_case
from sim.engine.kernel import Trajectories
from sim.io.errors import BadFile
from sim.io.places import shipped
from sim.model.interventions import Condition, Deal
from sim.model.schema import columns
from sim.model.state import Actor, Pool, Project
from sim.model.state import World as WorldRecord
from sim.planning.compile import compile_scenario
from sim.scenario.schema import Scenario
from sim.scenario.selection import Selection
from sim.scenario.verbs.base import Intervention
from sim.scenario.verbs.rows import SetPolicy
from tests.case_files import Writer
from tests.paths import by_id, numbers_of
from tests.properties.statements import asks
from tests.worlds import (
    IDS,
    LONGEST,
    Month,
    Mover,
    Span,
    World,
    actor,
    cases,
    contents,
    difference,
    documented,
    first_months,
    interventions,
    months_of,
    policy_changes,
    run,
    scenario_of,
    some,
    state_difference,
    worlds,
)

RUNS = 7
HORIZON = 12


def world_of(case: Case, verbs: list[Intervention]) -> World:
    """A scenario of twelve months."""
    return World(case, scenario_of(case, HORIZON, verbs), 3)


# 10: the number of runs, chunks, threads and months


@asks(10, worlds(), st.integers(1, RUNS), st.integers(1, RUNS), st.integers(1, 3))
def test_10_a_run_is_the_same_whatever_runs_beside_it(
    world: World, runs: int, chunk: int, threads: int
) -> None:
    """A run is the same whatever the number of runs, chunks and threads beside it."""
    compiled = world.compiled()
    several = run(compiled, world.seed, RUNS)
    other = run(compiled, world.seed, runs, chunk=chunk, threads=threads)
    assert difference(Trajectories(*(array[:runs] for array in several)), other) == ""


@asks(10, worlds(), st.data())
def test_10_a_shorter_horizon_is_a_prefix(world: World, data: st.DataObject) -> None:
    """A shorter horizon gives the first months of a longer one."""
    months = data.draw(st.integers(1, world.scenario.months))
    longer, shorter = (
        run(world.compiled(), world.seed, 2),
        run(world.compiled(months), world.seed, 2),
    )
    assert difference(first_months(longer, months), shorter) == ""


@given(worlds())
def test_another_seed_is_another_run(world: World) -> None:
    """Else the tests of this file would show nothing."""
    assert difference(world.recorded(2), replace(world, seed=world.seed ^ 1).recorded(2)) != ""


# 11: the order of the files


@asks(11, st.permutations(range(len(documented().actors))), times=0.2)
def test_11_the_order_of_the_actors_in_the_shipped_case_is_no_matter(order: list[int]) -> None:
    """The order of the actors in the shipped case is no matter."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "afghanistan"
        shutil.copytree(shipped("seeds") / "afghanistan", folder)
        header, *rows = (folder / "actors.csv").read_text(encoding="utf-8").splitlines()
        lines = [header, *(rows[i] for i in order), ""]
        (folder / "actors.csv").write_text("\n".join(lines), encoding="utf-8")
        case = load_case(folder)
    scenario = Scenario(title="Baseline", case=case.id, start=case.default_start)
    compiled = [compile_scenario(each, scenario, 6) for each in (documented(), case)]
    assert difference(run(compiled[0], 1), run(compiled[1], 1)) == ""


@asks(11, worlds(months=HORIZON), st.integers(0, 2**32 - 1), times=0.5)
def test_11_the_order_of_any_file_is_no_matter(world: World, chance: int) -> None:
    """The order of the lines in any file of a case is no matter."""
    with TemporaryDirectory() as place:
        folder = Path(place) / world.case.id
        Writer(world.case, random.Random(chance)).write(folder)
        case = load_case(folder)
    assert difference(world.recorded(), replace(world, case=case).recorded()) == ""


# 12: an actor without weight

NOTHING = (
    "salience",
    "relief",
    "development",
    "trade",
    "custody",
    "refugees",
    "corridor",
    "mediator",
    "delegates",
)


def with_idle_actor(case: Case, name: str, mover: Mover) -> Case:
    """The case with one more actor, who has no weight, money, corridor, refugees or say."""
    policy = sorted(case.policies)[0]
    facts = ActorFacts(name, name, "state", "Near", "NORTH", policy, False, False)
    numbers = actor(mover, facts, case.ladder)
    for key in NOTHING:
        path = f"actors.{name}.{key}"
        numbers[path] = replace(numbers[path], value=0.0)
    return replace(
        case,
        actors=dict(sorted({**case.actors, name: facts}.items())),
        numbers={**case.numbers, **by_id(numbers)},
    )


def leaves_flags(world: World) -> bool:
    """Whether no intervention makes anybody a mediator."""
    return all(getattr(verb, "param", "") != "mediator" for verb in world.scenario.interventions)


@asks(12, worlds().filter(leaves_flags), st.data())
def test_12_an_idle_actor_changes_nothing_for_the_others(world: World, data: st.DataObject) -> None:
    """One more actor without weight, money, corridor, refugees or say changes nothing else."""
    free = [each for each in ("AAA", *IDS) if each not in world.case.actors]
    name = data.draw(st.sampled_from(free))
    mover = Mover(data.draw(st.integers(0, 2**32 - 1)), moving=True)
    larger = replace(world, case=with_idle_actor(world.case, name, mover))
    assert state_difference(world, larger) == ""


# 13: ids (see also test_distributions.py)


@asks(13)
def test_13_two_actors_with_one_id_are_refused() -> None:
    """A case in which two actors have one id is refused."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "afghanistan"
        shutil.copytree(shipped("seeds") / "afghanistan", folder)
        table = folder / "actors.csv"
        rows = table.read_text(encoding="utf-8").splitlines()
        table.write_text("\n".join([*rows, rows[1], ""]), encoding="utf-8")
        with pytest.raises(BadFile, match=rows[1].split(",")[0]):
            load_case(folder)


# 14: identical policies, interventions that come too late, the first difference


def with_copy(case: Case, policy: str, name: str) -> Case:
    """The case with one more policy, which has the numbers of another one."""
    base = f"policies.{policy}."
    copied = {
        path.replace(base, f"policies.{name}."): number
        for path, number in numbers_of(case).items()
        if path.startswith(base)
    }
    policies = {**case.policies, name: case.policies[policy].model_copy(update={"id": name})}
    return replace(
        case, policies=dict(sorted(policies.items())), numbers={**case.numbers, **by_id(copied)}
    )


@asks(14, worlds(), st.data())
def test_14_a_swap_for_an_identical_policy_changes_nothing(
    world: World, data: st.DataObject
) -> None:
    """A swap for a policy with the same numbers and another name changes nothing.

    The swap stands first in the file, since it overwrites what stands before it.
    """
    followed = sorted({each.policy for each in world.case.actors.values() if each.policy})
    policy = data.draw(st.sampled_from(followed))
    case = with_copy(world.case, policy, data.draw(st.sampled_from(("aaa", "zzz"))))
    name = next(iter(set(case.policies) - set(world.case.policies)))
    month = data.draw(st.integers(1, world.scenario.months))
    swap = SetPolicy(verb="set_policy", month=month, select=Selection(policy=policy), policy=name)
    verbs = [swap, *world.scenario.interventions]
    swapped = replace(world, case=case, scenario=scenario_of(case, world.scenario.months, verbs))
    assert (
        difference(run(world.compiled(), world.seed, 2), run(swapped.compiled(), world.seed, 2))
        == ""
    )


@asks(14, cases(), st.data())
def test_14_the_name_of_a_policy_is_no_matter(case: Case, data: st.DataObject) -> None:
    """The name of a policy is no matter."""
    policy = data.draw(st.sampled_from(sorted(case.policies)))
    other = with_copy(case, policy, data.draw(st.sampled_from(("aaa", "zzz"))))
    name = next(iter(set(other.policies) - set(case.policies)))
    actors = {
        each.id: replace(each, policy=name if each.policy == policy else each.policy)
        for each in case.actors.values()
    }
    renamed = replace(other, actors=actors)
    assert state_difference(world_of(case, []), world_of(renamed, [])) == ""


@asks(14, worlds(months=HORIZON), st.data())
def test_14_an_intervention_beyond_the_horizon_changes_nothing(
    world: World, data: st.DataObject
) -> None:
    """An intervention beyond the horizon changes nothing."""
    months = world.scenario.months
    late = data.draw(st.lists(interventions(world.case, Span(months + 1, months + 9)), min_size=1))
    verbs = [*late[:1], *world.scenario.interventions, *late[1:]]
    later = replace(world, scenario=scenario_of(world.case, months + 9, verbs))
    assert state_difference(world, later, months) == ""


@asks(14, cases(), st.data())
def test_14_two_scenarios_are_the_same_until_they_differ(case: Case, data: st.DataObject) -> None:
    """Two scenarios are the same until the first month in which they differ."""
    month = data.draw(st.integers(2, HORIZON))
    shared = data.draw(st.lists(interventions(case, Span(1, HORIZON)), max_size=4))
    later = st.lists(interventions(case, Span(month, HORIZON)), max_size=3)
    one, other = [*data.draw(later), *shared], [*shared, *data.draw(later)]
    assert state_difference(world_of(case, one), world_of(case, other), month - 1) == ""


@asks(14, worlds(), st.integers(1, LONGEST - 1), times=0.5)
def test_14_a_run_split_by_a_checkpoint_changes_nothing(world: World, month: int) -> None:
    """A run that goes on from the state alone goes on as it would have."""
    for whole, halves in zip(months_of(world), months_of_halves(world, month), strict=True):
        assert contents(world, halves) == contents(world, whole)


def months_of_halves(world: World, split: int) -> Iterator[Month]:
    """The months of a world: after some of them a new model takes over the fields of the state."""
    compiled = world.compiled()
    first, second = (
        EngagementModel(Cast(compiled.start, compiled.uids), world.seed, collect=False)
        for _ in range(2)
    )
    model = first
    for number in range(1, compiled.months + 1):
        model.step()
        yield Month(model, None, [], [], [])
        if number == split:
            model = second
            take_over(model.state, first.state)


def take_over(state: Any, before: Any) -> None:
    """Give the records of a state the fields that those of another one have."""
    kinds = (Actor, Pool, Project, Condition, Deal)
    rows = (state.actors, state.pools, state.projects, state.conditions, state.deals)
    others = (before.actors, before.pools, before.projects, before.conditions, before.deals)
    pairs = [(WorldRecord, state.world, before.world)]
    for kind, mine, theirs in zip(kinds, rows, others, strict=True):
        pairs += [(kind, *both) for both in zip(mine, theirs, strict=True)]
    for kind, mine, theirs in pairs:
        for name in columns(kind):
            kept = getattr(theirs, name)
            setattr(mine, name, list(kept) if isinstance(kept, list) else kept)


# 9 of the model document: interventions on different actors commute


@given(cases(), st.data())
def test_interventions_on_different_actors_commute(case: Case, data: st.DataObject) -> None:
    some_actors = data.draw(some(list(case.actors)[:-1], 1))
    rest = [name for name in case.actors if name not in some_actors]
    verbs = [
        data.draw(policy_changes(case, Span(1, HORIZON))).model_copy(
            update={"select": Selection(id=names)}
        )
        for names in (some_actors, rest)
    ]
    assert state_difference(world_of(case, verbs), world_of(case, verbs[::-1])) == ""
