"""At the end of a month what was written becomes the state (model 3)."""

import copy
from typing import Any

import pytest

from sim.model.rules.commit import commit, commit_actor, commit_pool, commit_project, commit_world
from sim.model.schema import NEXT, columns
from sim.model.state import Actor, Pool, Project, World
from sim.model.vocab import MOST_ISSUES
from tests.states import ISSUES, record, state

COMMITS = {World: commit_world, Actor: commit_actor, Pool: commit_pool, Project: commit_project}


def written(kind: type) -> Any:
    """A record in which the month wrote a different number into each `next_…`."""
    blank = record(kind, {"issues": ISSUES}) if kind is World else record(kind)
    for place, name in enumerate(name for name in columns(kind) if name.startswith(NEXT)):
        length = ISSUES if columns(kind)[name].length == MOST_ISSUES else columns(kind)[name].length
        setattr(blank, name, [10 * place + k for k in range(length)] if length else 1000 + place)
    return blank


@pytest.mark.parametrize("kind", COMMITS)
def test_every_next_value_becomes_the_value(kind: type) -> None:
    each = written(kind)
    COMMITS[kind](each)
    names = [name for name in columns(kind) if name.startswith(NEXT)]
    found = [getattr(each, name.removeprefix(NEXT)) for name in names]
    assert found == [getattr(each, name) for name in names]


@pytest.mark.parametrize("kind", COMMITS)
def test_nothing_else_changes(kind: type) -> None:
    each = written(kind)
    before = copy.deepcopy(vars(each))
    COMMITS[kind](each)
    changed = {name for name, value in vars(each).items() if value != before[name]}
    assert changed <= {name.removeprefix(NEXT) for name in before if name.startswith(NEXT)}


def test_lists_of_levels_are_copied_and_not_shared() -> None:
    each = written(World)
    commit_world(each)
    each.next_level[0] = 99
    assert each.level[0] != 99


def test_a_commit_reaches_every_record() -> None:
    s = state(
        {"next_gdp": 77.0, "next_level": [1] * 6, "next_concessions": [0.0] * 6},
        [{"next_rung": 2}, {"next_rung": 3}],
        pools=[{"next_stage": 1}, {"next_stage": 2}],
        projects=[{"next_stage": 3}, {"next_stage": 4}],
    )
    commit(s)
    assert s.world.gdp == 77.0
    assert [actor.rung for actor in s.actors] == [2, 3]
    assert [pool.stage for pool in s.pools] == [1, 2]
    assert [project.stage for project in s.projects] == [3, 4]
