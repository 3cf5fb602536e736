"""What a study file may say, key by key."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.study.levers import Lever
from sim.study.methods import AnyDesign
from sim.study.uncertainty import AnyUncertainty

WEST = {"select": {"group": "West"}, "month": 6}
VERB = {"name": "x", **WEST, "verb": "set", "param": "stance"}


def fault(kind: Any, value: Any) -> str:
    """The message with which a value is refused."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(value)
    return caught.value.errors()[0]["msg"].removeprefix("Value error, ")


def test_the_path_of_a_number_will_do() -> None:
    found = TypeAdapter(AnyUncertainty).validate_python("parameters.climb_rate")
    assert (found.number, found.range, found.is_many) == ("parameters.climb_rate", None, False)


@pytest.mark.parametrize("path", ["*", "parameters.*", "actors.X.*"])
def test_a_star_means_many(path: str) -> None:
    assert TypeAdapter(AnyUncertainty).validate_python(path).is_many


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"range": [1, 2], "values": [1]}, "either values, or a range"),
        ({"steps": 3, "values": [1]}, "either values, or a range"),
        ({"range": [2, 1]}, "2 is not below 1"),
        ({"range": [1, 1]}, "1 is not below 1"),
        ({"range": [1, 2, 3]}, "at most 2"),
        ({"values": []}, "at least 1"),
        ({"range": [1, 2], "steps": 1}, "greater than or equal to 2"),
        ({"range": [1, float("nan")]}, "finite"),
        ({"range": ["1", 2]}, "must be a number"),
        ({"step": 2}, "Extra"),
        ({"values": [1], "distribution": "uniform"}, "lies over a range"),
        ({"range": [1, 2], "steps": 2, "distribution": "triangular"}, "lies over a range"),
        ({"range": [1, 2], "mode": 1}, "mode belongs to"),
        ({"range": [1, 2], "distribution": "log_uniform", "mode": 1}, "mode belongs to"),
        ({"range": [1, 2], "distribution": "normal"}, "needs its sd"),
        ({"range": [1, 2], "distribution": "triangular", "sd": 1}, "needs its sd"),
        ({"range": [1, 2], "distribution": "normal", "sd": 0}, "greater than 0"),
        ({"range": [1, 2], "distribution": "beta"}, "'uniform', 'triangular'"),
        ({"range": [1, 2], "sampled": False}, "True"),
        ({"range": [1, 2], "group": "a b"}, "pattern"),
    ],
)
def test_a_spread_is_said_one_way(more: dict[str, Any], words: str) -> None:
    assert words in fault(AnyUncertainty, {"number": "x", **more})


@pytest.mark.parametrize("more", [{"range": [1, 2]}, {"values": [1]}, {"mode": 1}])
def test_many_numbers_have_no_range_in_common(more: dict[str, Any]) -> None:
    if "mode" in more:
        more = {**more, "distribution": "triangular"}
    assert "documented range" in fault(AnyUncertainty, {"number": "a.*", **more})


def test_many_numbers_may_have_steps_in_common() -> None:
    assert TypeAdapter(AnyUncertainty).validate_python({"number": "a.*", "steps": 3}).steps == 3


@pytest.mark.parametrize(
    ("lever", "kind"),
    [
        ({"name": "x", **WEST, "policies": ["a", "b"]}, "policies"),
        ({**VERB, "values": [1, 2]}, "verb"),
        ({**VERB, "range": [1, 2]}, "verb"),
        (
            {"name": "x", "month": 1, "verb": "set_global", "param": "fatigue", "values": [1]},
            "verb",
        ),
        ({"name": "x", "options": {"none": [], "more": []}}, "options"),
    ],
)
def test_a_lever_is_one_of_three(lever: dict[str, Any], kind: str) -> None:
    assert TypeAdapter(Lever).validate_python(lever).kind == kind


@pytest.mark.parametrize(
    ("lever", "words"),
    [
        ({"name": "x"}, "one of three"),
        ({"name": "x", **WEST}, "one of three"),
        ({"name": "x", **WEST, "policies": ["a"], "options": {"b": []}}, "one of three"),
        ({"name": "x", "policies": ["a"], "month": 1}, "needs select"),
        ({"name": "x", "policies": ["a"], "select": {"id": "X"}}, "needs month"),
        ({**VERB}, "needs a range or values"),
        ({"name": "x", **WEST, "verb": "set", "values": [1]}, "needs param"),
        ({**VERB, "policies": ["a"]}, "one of three"),
        ({"name": "x", **WEST, "policies": ["a"], "values": [1]}, "takes no values"),
        ({"name": "x", "options": {"a": []}, "month": 1}, "takes no month"),
        ({"name": "x", "options": {}}, "at least 1"),
        ({"name": "a b", "options": {"a": []}}, "pattern"),
        ({**VERB, "verb": "hold", "values": [1]}, "'set'"),
        ({"name": "x", "options": {"a": []}, "distribution": "uniform"}, "takes no distribution"),
        ({**VERB, "values": [1], "month": {"steps": 3}}, "needs a range or values"),
        ({**VERB, "values": [1], "month": {"range": [3, 2]}}, "3 is not below 2"),
        ({**VERB, "values": [1], "until": {"values": [1], "steps": 2}}, "either values, or"),
        ({**VERB, "values": [1], "month": {"values": [0]}}, "greater than or equal to 1"),
    ],
)
def test_a_lever_that_is_none_is_refused(lever: dict[str, Any], words: str) -> None:
    assert words in fault(Lever, lever)


@pytest.mark.parametrize("points", [2, 64, 4096])
def test_points_of_a_sobol_design_are_a_power_of_two(points: int) -> None:
    design = TypeAdapter(AnyDesign).validate_python({"method": "sobol", "points": points})
    assert design.points == points


@pytest.mark.parametrize("points", [3, 100, 1000])
def test_other_numbers_of_points_are_refused_with_the_nearest_ones(points: int) -> None:
    words = fault(AnyDesign, {"method": "sobol", "points": points})
    below = 2 ** (points.bit_length() - 1)
    assert f"{below} or {2 * below}, not {points}" in words


@pytest.mark.parametrize(
    "design",
    [
        {"method": "latin_hypercube"},
        {"method": "latin_hypercube", "points": 0},
        {"method": "morris", "trajectories": 1},
        {"method": "morris", "trajectories": 4, "levels": 3},
        {"method": "table"},
        {"method": "grid", "points": 3},
        {"method": "guess"},
        {},
    ],
    ids=repr,
)
def test_a_design_that_lacks_or_has_too_much_is_refused(design: dict[str, Any]) -> None:
    assert fault(AnyDesign, design)


def test_one_point_says_nothing_about_a_variance() -> None:
    assert "greater than or equal to 2" in fault(AnyDesign, {"method": "sobol", "points": 1})
