"""Numbers that add up to 1 make room for those that vary."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.case.number_id import number_id
from sim.scenario.catalog import case_named
from sim.study.numbers import balanced, set_of, sets_among, with_neighbours

NUMBERS = st.lists(st.tuples(st.floats(0.0, 1.0), st.booleans()), min_size=1, max_size=8)


@given(NUMBERS)
def test_they_add_up_to_1_whatever_varies(drawn: list[tuple[float, bool]]) -> None:
    values = np.array([value for value, _ in drawn])
    varied = np.array([own for _, own in drawn])
    assume(varied.any())
    found = balanced(values, varied)
    assert found.sum() == pytest.approx(1.0, abs=1e-12)
    assert (found >= 0.0).all()


def test_what_varies_keeps_its_value_and_the_others_their_proportions() -> None:
    found = balanced(np.array([0.5, 0.2, 0.6]), np.array([True, False, False]))
    np.testing.assert_allclose(found, [0.5, 0.125, 0.375])


def test_where_all_vary_or_too_much_they_are_divided_by_their_sum() -> None:
    everything = balanced(np.array([0.5, 0.25, 0.25, 1.0]), np.array([True] * 4))
    np.testing.assert_allclose(everything, [0.25, 0.125, 0.125, 0.5])
    too_much = balanced(np.array([0.9, 0.6, 0.1]), np.array([True, True, False]))
    np.testing.assert_allclose(too_much, [0.6, 0.4, 0.0])


def test_the_sets_of_a_case_are_known() -> None:
    case = case_named("afghanistan")
    policy = next(iter(case.policies))
    path = f"policies.{policy}.issue_weights.0"
    assert len(set_of(case, number_id(path))) == len(case.issues)
    assert set_of(case, number_id("parameters.noise")) == ()
    paths = with_neighbours(case, [path, "parameters.noise", "parameters.share_to_debt"])
    assert len(paths) == len(case.issues) + 1 + 3
    assert [len(one) for one in sets_among(case, paths)] == [3, len(case.issues)]
