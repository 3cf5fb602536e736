"""The draws of a month against documented values, and what they depend on (model 7.12)."""

from typing import Any

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.draws import (
    BLOCKS,
    LANES,
    Uids,
    draw_month_as_lists,
    fill_draws,
    join_uids,
    key,
    new_buffer,
    uid,
)
from sim.engine.kernel import compiled
from sim.engine.philox import TO_UNIT
from sim.model.slots import SLOTS, named_draws

words = st.integers(0, 2**32 - 1)
seeds = st.integers(0, 2**64 - 1)


@pytest.mark.parametrize(
    ("kind", "name", "number"),
    [
        ("actor", "RUS", 3465257616),
        ("issue", "EDU", 934960564),
        ("pool", "fund", 3175106609),
        ("project", "oil", 1088155570),
        ("world", "afghanistan", 1633551243),
    ],
)
def test_uids_of_the_model_document(kind: str, name: str, number: int) -> None:
    assert uid(kind, name) == number


def test_draws_of_the_model_document() -> None:
    """Seed 20240201, run 0, month 1, actor:RUS, slots 0 to 3."""
    uids = join_uids([uid("actor", "RUS")], [0] * 6, [], [], 1)
    drawn = draw_month_as_lists(uids, 0, 1, 20240201)
    slots = [drawn.ladder[0], drawn.incident[0], drawn.closure[0], drawn.pledge[0]]
    expected = [0.654746154, 0.525869583, 0.805722765, 0.387898213]
    assert slots == pytest.approx(expected, abs=5e-10)


@given(seeds)
def test_a_seed_is_its_two_key_words(seed: int) -> None:
    low, high = key(seed)
    assert low.dtype == high.dtype == np.uint64
    assert int(low) + 2**32 * int(high) == seed


@st.composite
def several_uids(draw: st.DrawFn) -> Uids:
    """The uids of some entities."""
    actors = draw(st.lists(words, min_size=1, max_size=12))
    pools = draw(st.lists(words, max_size=3))
    projects = draw(st.lists(words, max_size=2))
    issues = draw(st.lists(words, min_size=6, max_size=6))
    return join_uids(actors, issues, pools, projects, draw(words))


def filled(using: Any, uids: Uids, run: int, month: int, seed: int) -> Any:
    """The draws that `fill` writes, by name."""
    buffer = new_buffer(uids)
    using(buffer, uids, run, month, *key(seed))
    return named_draws(buffer.tolist(), uids.actors, uids.issues, uids.pools, uids.projects)


runs = st.integers(0, 2**31 - 1)
months = st.integers(1, 480)


@given(several_uids(), runs, months, seeds)
def test_plain_fill_draws_what_lists_hold(uids: Uids, run: int, month: int, seed: int) -> None:
    assert filled(fill_draws, uids, run, month, seed) == draw_month_as_lists(uids, run, month, seed)


@pytest.fixture(scope="module")
def compiled_fill() -> Any:
    compiled()  # makes philox known to the compiler
    options: Any = {"nogil": True, "error_model": "numpy"}
    return numba.njit(**options)(fill_draws)


@given(uids=several_uids(), run=runs, month=months, seed=seeds)
def test_compiled_fill_draws_what_lists_hold(
    compiled_fill: Any, uids: Uids, run: int, month: int, seed: int
) -> None:
    drawn = filled(compiled_fill, uids, run, month, seed)
    assert drawn == draw_month_as_lists(uids, run, month, seed)


@given(several_uids(), runs, months, seeds)
def test_every_draw_is_a_multiple_of_a_word_below_one(
    uids: Uids, run: int, month: int, seed: int
) -> None:
    buffer = new_buffer(uids)
    fill_draws(buffer, uids, run, month, *key(seed))
    assert np.all((buffer >= 0.0) & (buffer < 1.0))
    assert np.all(buffer / TO_UNIT == np.floor(buffer / TO_UNIT))


@given(st.lists(words, min_size=2, max_size=12, unique=True), st.randoms(), runs, months, seeds)
def test_a_draw_depends_on_its_own_uid_alone(
    actors: list[int], chance: Any, run: int, month: int, seed: int
) -> None:
    """7.12: the value does not depend on who else is there, nor in which order."""

    def ladder(of: list[int]) -> dict[int, float]:
        drawn = draw_month_as_lists(join_uids(of, [1] * 6, [], [], 2), run, month, seed)
        return dict(zip(of, drawn.ladder, strict=True))

    everybody = ladder(actors)
    few = chance.sample(actors, len(actors) - 1)
    assert ladder(few) == {actor: everybody[actor] for actor in few}


def test_no_two_slots_of_an_entity_share_a_word() -> None:
    uids = join_uids([7], [1] * 6, [], [], 2)
    buffer = new_buffer(uids)
    fill_draws(buffer, uids, 0, 1, *key(5))
    assert len(buffer) == SLOTS == 4 * BLOCKS
    assert len(set(buffer[:, 0].tolist())) == SLOTS


def test_the_kind_of_an_entity_is_part_of_its_uid() -> None:
    kinds = ("actor", "issue", "pool", "project", "world")
    assert len({uid(kind, "fund") for kind in kinds}) == len(kinds)


@given(several_uids())
def test_uids_are_padded_for_the_compiler(uids: Uids) -> None:
    entities = uids.actors + 6 + uids.pools + uids.projects + 1
    assert len(uids.words) % LANES == 0
    assert 0 <= len(uids.words) - entities < LANES
    assert not uids.words[entities:].any()
    assert new_buffer(uids).shape == (SLOTS, len(uids.words))


@given(seeds, words, st.integers(0, 2**31 - 1), st.integers(1, 179))
def test_another_seed_run_or_month_draws_anew(seed: int, word: int, run: int, month: int) -> None:
    uids = join_uids([word], [1] * 6, [], [], 2)
    drawn = [
        draw_month_as_lists(uids, run, month, seed),
        draw_month_as_lists(uids, run + 1, month, seed),
        draw_month_as_lists(uids, run, month + 1, seed),
        draw_month_as_lists(uids, run, month, seed ^ 1),
        draw_month_as_lists(uids, run, month, seed ^ 2**32),
    ]
    assert len({each.ladder[0] for each in drawn}) == len(drawn)
