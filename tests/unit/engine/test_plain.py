"""Rules in plain Python on the rows of arrays."""

from functools import partial

import numpy as np

from sim.engine.ensemble import simulate
from sim.engine.plain import plain_state, run_chunk_plainly, with_attributes
from sim.model.schema import dtype
from sim.model.state import Actor, Pool
from sim.planning.compile import Compiled
from tests.worlds import difference, run


def test_rows_have_attributes_that_write_to_the_array() -> None:
    rows = np.zeros(2, dtype(Pool))
    seen = with_attributes(rows)
    seen[1].balance = 5.0
    assert rows["balance"].tolist() == [0.0, 5.0]


def test_arrays_of_numbers_stay_as_they_are() -> None:
    ties = np.eye(3)
    assert with_attributes(ties) is ties


def test_the_plain_state_is_the_start_itself(baseline: Compiled) -> None:
    copied = baseline.start._replace(
        world=baseline.start.world.copy(), actors=baseline.start.actors.copy()
    )
    state = plain_state(copied)
    state.world.need = 0.25
    state.actors[3].rung = 7
    assert copied.world["need"].tolist() == [0.25]
    assert copied.actors["rung"][3] == 7
    assert len(state.actors) == len(baseline.actors)
    assert state.policies[state.actors[3].policy].quorum >= 0.0


def test_places_of_rows_are_unsigned() -> None:
    """The compiler then need not ask whether they count from the end."""
    kinds = dtype(Actor).fields
    assert kinds is not None
    assert kinds["policy"][0] == kinds["index"][0] == np.uint64
    assert kinds["rung"][0] == np.int64


def test_plain_python_has_the_bits_of_the_kernel(baseline: Compiled) -> None:
    plain = partial(simulate, loop=run_chunk_plainly, threads=1)
    assert difference(run(baseline, 3, 2), run(baseline, 3, 2, plain)) == ""
