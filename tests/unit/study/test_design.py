"""Designs: which values go together."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from sim.io.errors import MissingExtra
from sim.study.design import Design, made
from sim.study.factors import Factor
from sim.study.methods import Grid, LatinHypercube, Morris, Sobol, Table, Zip, points_of
from sim.study.spread import Shape

RANGED = Factor("a", 10.0, 20.0)
WHOLE = Factor("n", 0.0, 7.0, whole=True)
LISTED = Factor("b", options=(1.0, 2.0, 3.0))
NAMED = Factor("c", options=("x", "y"))


def rows(design: Design) -> list[tuple[object, ...]]:
    """The values at each point."""
    return [tuple(design.values(place).values()) for place in range(len(design))]


def test_a_grid_has_every_value_with_every_other_the_last_factor_turning_fastest() -> None:
    design = made(Grid(method="grid"), [NAMED, LISTED])
    expected = [("x", 1.0), ("x", 2.0), ("x", 3.0), ("y", 1.0), ("y", 2.0), ("y", 3.0)]
    assert rows(design) == expected


def test_a_grid_without_factors_is_one_point() -> None:
    assert rows(made(Grid(method="grid"), [])) == [()]


def test_a_zip_has_first_values_together_then_second_ones() -> None:
    other = Factor("d", options=(8.0, 9.0))
    design = made(Zip(method="zip"), [NAMED, other])
    assert [design.values(place) for place in range(2)] == [
        {"c": "x", "d": 8.0},
        {"c": "y", "d": 9.0},
    ]


def test_a_table_has_its_own_rows() -> None:
    design = made(Table(method="table", file="x"), [NAMED, RANGED], [["y", "x"], [12.5, 10.0]])
    assert [design.values(place) for place in range(2)] == [
        {"c": "y", "a": 12.5},
        {"c": "x", "a": 10.0},
    ]


def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_range() -> None:
    design = made(LatinHypercube(method="latin_hypercube", points=20), [RANGED, Factor("z", 0, 1)])
    for column, (low, width) in enumerate(((10.0, 10.0), (0.0, 1.0))):
        slices = np.floor((design.rows[:, column] - low) / width * 20).astype(int)
        assert sorted(slices) == list(range(20))


def test_lists_are_crossed_with_each_sample() -> None:
    design = made(LatinHypercube(method="latin_hypercube", points=5), [NAMED, RANGED, LISTED])
    assert len(design) == 5 * 2 * 3
    found = [design.values(place) for place in range(6)]
    assert len({each["a"] for each in found}) == 1
    assert len({(each["c"], each["b"]) for each in found}) == 6
    assert design.values(6)["a"] != found[0]["a"]


def test_whole_numbers_are_rounded() -> None:
    design = made(LatinHypercube(method="latin_hypercube", points=50), [WHOLE])
    assert set(design.rows[:, 0]) == set(range(8))


@pytest.mark.parametrize(("second", "points"), [(False, 8 * (3 + 2)), (True, 8 * (2 * 3 + 2))])
def test_a_sobol_design_has_as_many_points_as_its_scheme_wants(second: bool, points: int) -> None:
    factors = [RANGED, WHOLE, Factor("z", 0, 1)]
    design = made(Sobol(method="sobol", points=8, second_order=second), factors)
    assert design.rows.shape == (points, 3)
    assert (design.rows >= [10, 0, 0]).all()
    assert (design.rows <= [20, 7, 1]).all()


def test_a_larger_sobol_design_begins_with_the_smaller_one() -> None:
    factors = [RANGED, Factor("z", 0, 1)]
    small, large = (made(Sobol(method="sobol", points=n), factors).rows for n in (8, 16))
    assert np.array_equal(large[: len(small)], small)


def test_a_morris_design_changes_one_factor_at_a_time() -> None:
    factors = [RANGED, Factor("y", 0, 1), Factor("z", 0, 1)]
    design = made(Morris(method="morris", trajectories=5), factors)
    assert design.rows.shape == (5 * 4, 3)
    for first in range(0, 20, 4):
        steps = design.rows[first + 1 : first + 4] - design.rows[first : first + 3]
        assert ((steps != 0).sum(axis=1) == 1).all()
        assert (steps != 0).any(axis=0).all()


@pytest.mark.parametrize(
    "method",
    [
        LatinHypercube(method="latin_hypercube", points=8),
        Sobol(method="sobol", points=8),
        Morris(method="morris", trajectories=4),
    ],
    ids=lambda method: method.method,
)
def test_a_seed_repeats_a_design_and_another_one_does_not(
    method: LatinHypercube | Sobol | Morris,
) -> None:
    factors = [RANGED, Factor("z", 0, 1)]
    again = made(method, factors).rows
    assert np.array_equal(made(method, factors).rows, again)
    other = method.model_copy(update={"seed": 2})
    assert not np.array_equal(made(other, factors).rows, again)


@pytest.mark.parametrize(
    "method", [Sobol(method="sobol", points=8), Morris(method="morris", trajectories=4)]
)
def test_without_salib_a_line_names_the_extra(
    method: Sobol | Morris, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "SALib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "SALib", None)
    with pytest.raises(MissingExtra, match=r"needs SALib, .*pip install SALib$"):
        made(method, [RANGED])


DRAWN = [
    LatinHypercube(method="latin_hypercube", points=60),
    Sobol(method="sobol", points=64),
    Morris(method="morris", trajectories=30),
]


@pytest.mark.parametrize("method", DRAWN, ids=lambda method: method.method)
def test_sampled_lists_are_drawn_by_equal_parts_of_the_unit_interval(
    method: LatinHypercube | Sobol | Morris,
) -> None:
    names, numbers = replace(NAMED, sampled=True), replace(LISTED, sampled=True)
    factors = [RANGED, names, numbers]
    design = made(method, factors)
    assert len(design) == len(design.rows) == points_of(method, factors)
    found = [design.values(place) for place in range(len(design))]
    for name, options in (("c", NAMED.options), ("b", LISTED.options)):
        times = [sum(each[name] == option for each in found) for option in options]
        assert sum(times) == len(design)
        assert min(times) > 0.5 * len(design) / len(options)


def test_a_hypercube_draws_each_value_of_a_list_as_often_as_any_other() -> None:
    method = LatinHypercube(method="latin_hypercube", points=60)
    design = made(method, [replace(NAMED, sampled=True), replace(LISTED, sampled=True)])
    found = [design.values(place) for place in range(60)]
    assert [sum(each["c"] == name for each in found) for name in "xy"] == [30, 30]
    assert [sum(each["b"] == value for each in found) for value in LISTED.options] == [20, 20, 20]


@pytest.mark.parametrize("method", DRAWN, ids=lambda method: method.method)
def test_factors_of_a_group_move_together_as_one_dimension(
    method: LatinHypercube | Sobol | Morris,
) -> None:
    together = [replace(RANGED, group="g"), Factor("z", 0, 1, group="g")]
    factors = [*together, Factor("y", 0, 1), replace(LISTED, group="g")]
    design = made(method, factors)
    assert len(design) == points_of(method, factors)
    a, z, y, b = design.rows.T
    np.testing.assert_allclose((a - 10.0) / 10.0, z)
    assert not np.allclose(y, z)
    assert (np.diff(b[np.argsort(z)]) >= 0.0).all()


def test_a_design_is_drawn_by_the_distribution_of_each_factor() -> None:
    factors = [Factor("a", 1.0, 100.0, shape=Shape("log_uniform")), Factor("z", 1.0, 100.0)]
    design = made(LatinHypercube(method="latin_hypercube", points=100), factors)
    assert [sum(design.rows[:, i] < 10.0) for i in (0, 1)] == [50, 9]


def test_months_of_a_range_are_whole_and_equally_frequent() -> None:
    factor = Factor("w.month", 3, 6, whole=True, timing="month")
    design = made(LatinHypercube(method="latin_hypercube", points=40), [factor])
    assert [sum(design.rows[:, 0] == month) for month in range(3, 7)] == [10] * 4
