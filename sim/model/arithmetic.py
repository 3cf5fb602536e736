"""Exponential, logarithm, power, tanh and cosine in +, −, × and ÷: the same bits everywhere.

Each operation of IEEE 754 is rounded in one way only, while the functions of a C library differ
in the last bit from one library to the next. The grammar of a rule holds here, too, and no result
needs a fused multiply-add. What the errors are stands in docs/arithmetic.md.
"""

import math

LOG2_E = 1.4426950408889634
LN2_LEADING = 0.6931471803691238
"""The first 32 bits of log 2, so that its product with any exponent of a number is exact."""
LN2_REST = 1.9082149292705877e-10

LARGEST = 709.782712893384
"""Above it the exponential is beyond all numbers."""
LEAST = -745.1332191019412
"""Below it the exponential is less than half of the least number."""
FARTHEST = 800.0
"""Beyond it, on either side, the exponential is infinite or 0 whatever the last bits."""

SPLIT = 134217729.0
"""2^27 + 1: a number less its product with it is the number's first 26 bits."""
STRIDE = 4294967296.0
"""2^32."""
NEAR_ONE_LOW = 0.75
NEAR_ONE_HIGH = 4.0 / 3.0
NEAR_ZERO = 0.125
"""Where the short way to a power is as good as the long one: an ulp of the logarithm is then a
fifth of an ulp of the power."""

ROOT_2 = 1.4142135623730951
ROOT_HALF = 0.7071067811865476
HALF_ROOT_3 = 0.8660254037844386


def scaled(value: float, exponent: int) -> float:
    """`value` times 2^`exponent`, rounded once at most.

    >>> scaled(1.5, 2), scaled(1.0, -1074), scaled(1.0, 1023)
    (6.0, 5e-324, 8.98846567431158e+307)
    """
    size = abs(exponent)
    factor = float(1 << (size & 31))
    strides = size >> 5
    if exponent < 0:
        value /= factor
        for _ in range(strides):
            value /= STRIDE
    else:
        value *= factor
        for _ in range(strides):
            value *= STRIDE
    return value


def product(first: float, second: float) -> tuple[float, float]:
    """The product and what its rounding lost; exact unless one is beyond 1e300 or lost near 0."""
    split = SPLIT * first
    first_high = split - (split - first)
    first_low = first - first_high
    split = SPLIT * second
    second_high = split - (split - second)
    second_low = second - second_high
    rounded = first * second
    lost = first_high * second_high - rounded
    lost += first_high * second_low
    lost += first_low * second_high
    return rounded, lost + first_low * second_low


def raised(exponent: float, rest: float) -> float:
    """E to the power of `exponent` + `rest`, the second below the last bit of the first.

    The multiple of log 2 next to the exponent is taken out.
    """
    if exponent > LARGEST:
        return math.inf
    if exponent < LEAST:
        return 0.0
    if math.isnan(exponent):
        return exponent
    twos = int(exponent * LOG2_E + (0.5 if exponent >= 0.0 else -0.5))
    return scaled(raised_near_zero(exponent - twos * LN2_LEADING, twos * LN2_REST - rest), twos)


def raised_near_zero(leading: float, lost: float) -> float:
    """E to the power of `leading` − `lost`, which is at most 0.35 on either side of 0.

    13 terms of the series are enough. They are added in pairs, which do not wait for each other.
    """
    x = leading - lost
    square = x * x
    fourth = square * square
    first = 1.0 / 2.0 + x * (1.0 / 6.0)
    first += (1.0 / 24.0 + x * (1.0 / 120.0)) * square
    second = 1.0 / 720.0 + x * (1.0 / 5040.0)
    second += (1.0 / 40320.0 + x * (1.0 / 362880.0)) * square
    third = 1.0 / 3628800.0 + x * (1.0 / 39916800.0)
    third += (1.0 / 479001600.0 + x * (1.0 / 6227020800.0)) * square
    series = first + (second + third * fourth) * fourth
    head = 1.0 + leading
    return head + (leading - (head - 1.0) + (series * square - lost))


def exponential(value: float) -> float:
    """E to the power of `value`: infinite beyond all numbers, 0 below them; never falls.

    >>> exponential(0.0), exponential(1.0), exponential(-800.0), exponential(800.0)
    (1.0, 2.718281828459045, 0.0, inf)
    """
    return raised(value, 0.0)


def normalised(value: float) -> tuple[float, int]:
    """The number between √½ and √2 that `value`, positive and finite, is times 2^n; and n.

    >>> normalised(6.0)
    (0.75, 3)
    """
    exponent = 0
    while value >= STRIDE:
        value /= STRIDE
        exponent += 32
    while value < 1.0 / STRIDE:
        value *= STRIDE
        exponent -= 32
    while value > ROOT_2:
        value *= 0.5
        exponent += 1
    while value < ROOT_HALF:
        value *= 2.0
        exponent -= 1
    return value, exponent


def logarithm(value: float) -> tuple[float, float]:
    """Natural logarithm of a positive, finite number, and most of what its rounding lost.

    With s = (m − 1)/(m + 1), log m is 2 (s + s³/3 + s⁵/5 + …). The first term is carried to twice
    the precision, since a power multiplies its error.

    >>> logarithm(1.0), logarithm(2.0)[0]
    ((0.0, 0.0), 0.6931471805599453)
    """
    m, twos = normalised(value)
    below, above = m - 1.0, m + 1.0
    inverse = 1.0 / above
    s = below * inverse
    back, back_rest = product(s, above)
    missing = below - back - back_rest - s * (m - (above - 1.0))
    z = s * s
    two = z * z
    four = two * two
    series = 1.0 / 3.0 + z * (1.0 / 5.0) + (1.0 / 7.0 + z * (1.0 / 9.0)) * two
    series += (1.0 / 11.0 + z * (1.0 / 13.0) + (1.0 / 15.0 + z * (1.0 / 17.0)) * two) * four
    series += (1.0 / 19.0 + z * (1.0 / 21.0)) * (four * four)
    rest = missing * inverse * (1.0 + z) + s * z * series
    leading = twos * LN2_LEADING
    high = leading + 2.0 * s
    low = (leading - high) + 2.0 * s + (2.0 * rest + twos * LN2_REST)
    rounded = high + low
    return rounded, (high - rounded) + low


def logarithm_near_one(value: float) -> float:
    """Natural logarithm of a number between 3/4 and 4/3, wrong by about an ulp at most."""
    s = (value - 1.0) / (value + 1.0)
    z = s * s
    two = z * z
    four = two * two
    series = 1.0 / 3.0 + z * (1.0 / 5.0) + (1.0 / 7.0 + z * (1.0 / 9.0)) * two
    series += (1.0 / 11.0 + z * (1.0 / 13.0) + (1.0 / 15.0 + z * (1.0 / 17.0)) * two) * four
    return 2.0 * s + 2.0 * s * (z * (series + 1.0 / 19.0 * (four * four)))


def logarithm_of_share(value: float) -> float:
    """Natural logarithm of a number between 2^-32 and 1, wrong by about an ulp at most.

    Nothing jumps, so that the compiler computes several at once.

    >>> logarithm_of_share(1.0), logarithm_of_share(0.5)
    (0.0, -0.6931471805599453)
    """
    small = value < 1.0 / 65536.0
    m, twos = value * (65536.0 if small else 1.0), (-16.0 if small else 0.0)
    small = m < 1.0 / 256.0
    m, twos = m * (256.0 if small else 1.0), twos - (8.0 if small else 0.0)
    small = m < 1.0 / 16.0
    m, twos = m * (16.0 if small else 1.0), twos - (4.0 if small else 0.0)
    small = m < 1.0 / 4.0
    m, twos = m * (4.0 if small else 1.0), twos - (2.0 if small else 0.0)
    small = m < ROOT_HALF
    m, twos = m * (2.0 if small else 1.0), twos - (1.0 if small else 0.0)
    small = m < ROOT_HALF
    m, twos = m * (2.0 if small else 1.0), twos - (1.0 if small else 0.0)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    two = z * z
    four = two * two
    series = 1.0 / 3.0 + z * (1.0 / 5.0) + (1.0 / 7.0 + z * (1.0 / 9.0)) * two
    series += (1.0 / 11.0 + z * (1.0 / 13.0) + (1.0 / 15.0 + z * (1.0 / 17.0)) * two) * four
    near = 2.0 * s + 2.0 * s * (z * (series + 1.0 / 19.0 * (four * four)))
    return twos * LN2_LEADING + (near + twos * LN2_REST)


def tanh_near_zero(value: float) -> float:
    """Hyperbolic tangent between −3 and 3, wrong by some ulps at most; nothing jumps.

    The thirteenth convergent of Lambert's continued fraction, x/(1 + x²/(3 + x²/(5 + …))).

    >>> tanh_near_zero(0.0), tanh_near_zero(0.5) + tanh_near_zero(-0.5)
    (0.0, 0.0)
    """
    z = value * value
    two = z * z
    four = two * two
    above = 7905853580625.0 + z * 1159525191825.0 + (41247931725.0 + z * 523783260.0) * two
    above += (2552550.0 + z * 4095.0 + two) * four
    below = 7905853580625.0 + z * 3794809718700.0 + (252070693875.0 + z * 5237832600.0) * two
    below += (41351310.0 + z * 120120.0 + 91.0 * two) * four
    return value * above / below


def tanh(value: float) -> float:
    """Hyperbolic tangent, between −1 and 1.

    >>> tanh(0.0), tanh(-800.0), tanh(800.0)
    (0.0, -1.0, 1.0)
    """
    if -3.0 <= value <= 3.0:
        return tanh_near_zero(value)
    return 1.0 - 2.0 / (exponential(2.0 * value) + 1.0)


def power(base: float, exponent: float) -> float:
    """`base` to the power of `exponent`; not a number if the base is negative.

    >>> power(4.0, 0.5), power(1.0, 0.6), power(0.0, 0.5), power(3.0, 0.0), power(3.0, 700.0)
    (2.0, 1.0, 0.0, 1.0, inf)
    """
    if base == 1.0 or exponent == 0.0:
        return 1.0
    if NEAR_ONE_LOW < base < NEAR_ONE_HIGH:
        near = exponent * logarithm_near_one(base)
        if -NEAR_ZERO < near < NEAR_ZERO:
            return raised_near_zero(near, 0.0)
    if not base > 0.0 or base == math.inf:
        return power_at_an_end(base, exponent)
    log, log_rest = logarithm(base)
    rough = exponent * log
    if not abs(rough) < FARTHEST:
        return exponential(rough)
    high, low = product(exponent, log)
    return raised(high, low + exponent * log_rest)


def power_at_an_end(base: float, exponent: float) -> float:
    """Power of 0 or of an infinite base; not a number for any other base."""
    if base == 0.0:
        return 0.0 if exponent > 0.0 else math.inf
    if base == math.inf:
        return math.inf if exponent > 0.0 else 0.0
    return math.nan


def cosine(twelfths: int) -> float:
    """Cosine of so many twelfths of a turn, as the year has months: the nearest number to each.

    >>> [cosine(month) for month in (0, 1, 2, 3, 4, 5, -6)]
    [1.0, 0.8660254037844386, 0.5, 0.0, -0.5, -0.8660254037844386, -1.0]
    """
    place = abs(twelfths) % 12
    if place > 6:
        place = 12 - place
    if place > 3:
        return -cosine_of_quarter(6 - place)
    return cosine_of_quarter(place)


def cosine_of_quarter(twelfths: int) -> float:
    """Cosine of 0 to 3 twelfths of a turn."""
    if twelfths == 0:
        return 1.0
    if twelfths == 1:
        return HALF_ROOT_3
    return 0.5 if twelfths == 2 else 0.0
