"""The model's own functions: close to the exact values, in order, the same when compiled."""

import math
from typing import Any

import mpmath
import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.kernel import register_functions
from sim.model import arithmetic
from sim.model.arithmetic import (
    LOG2_E,
    cosine,
    exponential,
    logarithm,
    logarithm_of_share,
    normalised,
    power,
    product,
    scaled,
    tanh,
)
from sim.model.rules.ordinal import climb_chance, logistic
from tests.arithmetic.accuracy import CASES, DIGITS, PAGE, error, exact_cosine, exact_power, page

STEPS = 2000
WIDE = st.floats(-745.0, 709.0)
BASES = st.floats(0.05, 20.0)
EXPONENTS = st.floats(-3.0, 3.0)


def test_the_page_of_errors_is_current_and_every_error_is_as_small_as_it_may_be() -> None:
    """`python -m tests.arithmetic.accuracy` renews it."""
    text = PAGE.read_text(encoding="utf-8")
    assert text == page()
    errors = [line.split("|")[-2] for line in text.splitlines() if line.startswith("| `")]
    assert len(errors) == len(CASES)
    assert all(float(each) < case.most for each, case in zip(errors, CASES, strict=True))
    assert {case.function for case in CASES if case.most > 1.0} == {"logarithm_of_share", "tanh"}


@given(WIDE)
def test_the_exponential_is_within_one_ulp(value: float) -> None:
    with mpmath.workdps(DIGITS):
        assert error(exponential(value), mpmath.exp(value)) < 1.0


@given(BASES, EXPONENTS)
def test_a_power_is_within_one_ulp(base: float, exponent: float) -> None:
    with mpmath.workdps(DIGITS):
        assert error(power(base, exponent), exact_power(base, exponent)) < 1.0


@given(st.floats(5e-324, 1.7e308))
def test_a_logarithm_is_within_one_ulp_and_with_its_rest_within_an_eighth(
    value: float,
) -> None:
    with mpmath.workdps(DIGITS):
        high, rest = logarithm(value)
        assert error(high, mpmath.log(value)) < 1.0 or value == 1.0
        lost = abs(mpmath.mpf(high) + mpmath.mpf(rest) - mpmath.log(value))
        assert lost <= 2.0**-56 * abs(mpmath.log(value))


@given(st.integers(1, 2**32))
def test_a_logarithm_of_a_share_is_within_two_ulps(words: int) -> None:
    share = words / 2.0**32
    with mpmath.workdps(DIGITS):
        exact = mpmath.log(share)
        assert share == 1.0 or error(logarithm_of_share(share), exact) < 2.0


@given(WIDE)
def test_a_tanh_is_within_five_ulps_and_odd(value: float) -> None:
    with mpmath.workdps(DIGITS):
        assert value == 0.0 or error(tanh(value), mpmath.tanh(value)) < 5.0
    assert tanh(-value) == pytest.approx(-tanh(value), rel=1e-15)


@pytest.mark.parametrize("end", [-3.0, 3.0])
def test_tanh_does_not_fall_where_its_two_ways_meet(end: float) -> None:
    steps = [end + step * 2.0**-51 for step in range(-200, 201)]
    values = [tanh(step) for step in steps]
    assert max(values) - min(values) < 1e-14


@given(st.floats(-1e100, 1e100), st.floats(-1e100, 1e100))
def test_a_product_and_its_rest_are_exact(first: float, second: float) -> None:
    if abs(first * second) > 1e-250:
        with mpmath.workprec(200):
            high, rest = product(first, second)
            exact = mpmath.mpf(first) * mpmath.mpf(second)
            assert mpmath.mpf(high) + mpmath.mpf(rest) == exact


@given(st.floats(1.0, 2.0), st.integers(-1074, 1022))
def test_a_number_is_scaled_as_by_the_c_library(value: float, exponent: int) -> None:
    assert scaled(value, exponent) == math.ldexp(value, exponent)


@given(st.floats(5e-324, 1.7e308))
def test_a_number_is_taken_apart_without_loss(value: float) -> None:
    part, exponent = normalised(value)
    assert 0.70 < part < 1.42
    half = exponent // 2
    assert math.ldexp(math.ldexp(part, half), exponent - half) == value


# In order


def falls(start: float, steps: int) -> int:
    """How often the exponential falls from a number to the next, from `start` on."""
    found, last = 0, exponential(start)
    for _ in range(steps):
        start = math.nextafter(start, math.inf)
        found += exponential(start) < last
        last = exponential(start)
    return found


def before(value: float, steps: int) -> float:
    """The number so many steps below `value`."""
    return value - steps * math.ulp(value)


@pytest.mark.parametrize("twos", range(-4, 4))
def test_the_exponential_never_falls_where_its_reduction_jumps(twos: int) -> None:
    """Elsewhere a step of a large number moves it by more than its error."""
    assert falls(before((twos + 0.5) / LOG2_E, STEPS), 2 * STEPS) == 0


@given(st.floats(-2.0, 2.0))
def test_the_exponential_never_falls_between_neighbours(value: float) -> None:
    assert falls(value, 20) == 0


@given(WIDE, WIDE)
def test_the_logistic_and_chances_keep_the_order_of_values(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert logistic(low) <= logistic(high)
    assert climb_chance(0.09, low, 0.45, 0.35) <= climb_chance(0.09, high, 0.45, 0.35)


@given(st.floats(-40.0, 40.0))
def test_the_logistic_never_falls_between_neighbours(value: float) -> None:
    assert logistic(value) <= logistic(math.nextafter(value, math.inf))


# Ends


def test_the_exponential_has_its_limits() -> None:
    assert exponential(0.0) == 1.0
    assert exponential(math.inf) == exponential(709.79) == math.inf
    assert exponential(-math.inf) == exponential(-745.2) == 0.0
    assert exponential(-745.1) == 5e-324
    assert exponential(709.78) < math.inf
    assert math.isnan(exponential(math.nan))


@pytest.mark.parametrize(
    ("base", "exponent", "value"),
    [
        (0.0, 0.5, 0.0),
        (0.0, -1.0, math.inf),
        (0.0, 0.0, 1.0),
        (math.inf, 2.0, math.inf),
        (math.inf, -2.0, 0.0),
        (10.0, 400.0, math.inf),
        (10.0, -400.0, 0.0),
        (1.0, 1e300, 1.0),
        (5e-324, 1.0, 5e-324),
        (3.0, 2.0, 9.0),
    ],
)
def test_powers_at_the_ends(base: float, exponent: float, value: float) -> None:
    assert power(base, exponent) == value


def test_a_power_of_what_is_negative_is_no_number() -> None:
    assert math.isnan(power(-1.0, 0.5))
    assert math.isnan(power(math.nan, 0.5))


@pytest.mark.parametrize("month", range(-30, 31))
def test_the_cosine_of_a_month_is_the_nearest_number(month: int) -> None:
    with mpmath.workdps(DIGITS):
        assert cosine(month) == float(exact_cosine(month))


# Compiled

register_functions()


@numba.njit(error_model="numpy")
def by_machine(values: Any, found: Any) -> None:
    """Exponentials, logarithms and powers as the compiled kernel works them out."""
    for i in range(len(values)):
        found[i, 0] = arithmetic.exponential(values[i])
        found[i, 1] = arithmetic.logarithm(abs(values[i]) + 1e-9)[0]
        found[i, 2] = arithmetic.power(abs(values[i]), 0.6)
        found[i, 3] = arithmetic.cosine(int(values[i]))
        found[i, 4] = arithmetic.scaled(1.0, int(values[i]))
        found[i, 5] = arithmetic.logarithm_of_share(1.0 / (1.0 + abs(values[i])))
        found[i, 6] = arithmetic.tanh(values[i])


def test_compiled_functions_have_the_bits_of_python() -> None:
    rng = np.random.default_rng(7)
    values = np.concatenate([rng.uniform(-3, 3, 2000), rng.uniform(-760, 720, 2000)])
    found = np.zeros((len(values), 7))
    by_machine(values, found)
    python = np.zeros_like(found)
    by_machine.py_func(values.tolist(), python)
    assert found.tobytes() == python.tobytes()
