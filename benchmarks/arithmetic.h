/* The functions of sim/model/arithmetic.py that month.c needs, operation by operation, for numbers within
   their ranges: neither infinite nor not a number, and bases above 0. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

static const double LOG2_E = 1.4426950408889634, LN2_LEADING = 0.6931471803691238,
                    LN2_REST = 1.9082149292705877e-10, STRIDE = 4294967296.0;

static double scaled(double value, int64_t exponent) {
    int64_t size = llabs(exponent);
    double factor = (double)((int64_t)1 << (size & 31));
    value = exponent < 0 ? value / factor : value * factor;
    for (int64_t i = 0; i < size >> 5; i++) value = exponent < 0 ? value / STRIDE : value * STRIDE;
    return value;
}

static double product(double first, double second, double *lost) {
    double split = 134217729.0 * first, rounded = first * second;
    double a = split - (split - first), b = first - a;
    split = 134217729.0 * second;
    double c = split - (split - second), d = second - c;
    double rest = a * c - rounded;
    rest += a * d;
    rest += b * c;
    *lost = rest + b * d;
    return rounded;
}

static double raised(double exponent, double rest) {
    if (exponent > 709.782712893384) return INFINITY;
    if (exponent < -745.1332191019412) return 0.0;
    int64_t twos = (int64_t)(exponent * LOG2_E + (exponent >= 0.0 ? 0.5 : -0.5));
    double leading = exponent - (double)twos * LN2_LEADING;
    double lost = (double)twos * LN2_REST - rest;
    double x = leading - lost, square = x * x, fourth = square * square;
    double first = 1.0 / 2.0 + x * (1.0 / 6.0);
    first += (1.0 / 24.0 + x * (1.0 / 120.0)) * square;
    double second = 1.0 / 720.0 + x * (1.0 / 5040.0);
    second += (1.0 / 40320.0 + x * (1.0 / 362880.0)) * square;
    double third = 1.0 / 3628800.0 + x * (1.0 / 39916800.0);
    third += (1.0 / 479001600.0 + x * (1.0 / 6227020800.0)) * square;
    double series = first + (second + third * fourth) * fourth;
    double head = 1.0 + leading;
    lost = leading - (head - 1.0) + (series * square - lost);
    return scaled(head + lost, twos);
}

static double exponential(double value) { return raised(value, 0.0); }

static double logarithm(double m, double *lost) {
    double twos = 0.0;
    while (m > 1.4142135623730951) m *= 0.5, twos += 1.0;
    while (m < 0.7071067811865476) m *= 2.0, twos -= 1.0;
    double below = m - 1.0, above = m + 1.0, inverse = 1.0 / above, s = below * inverse, back_rest;
    double back = product(s, above, &back_rest);
    double missing = below - back - back_rest - s * (m - (above - 1.0));
    double z = s * s, two = z * z, four = two * two;
    double series = 1.0 / 3.0 + z * (1.0 / 5.0) + (1.0 / 7.0 + z * (1.0 / 9.0)) * two;
    series += (1.0 / 11.0 + z * (1.0 / 13.0) + (1.0 / 15.0 + z * (1.0 / 17.0)) * two) * four;
    series += (1.0 / 19.0 + z * (1.0 / 21.0)) * (four * four);
    double rest = missing * inverse * (1.0 + z) + s * z * series;
    double leading = twos * LN2_LEADING, high = leading + 2.0 * s;
    double low = (leading - high) + 2.0 * s + (2.0 * rest + twos * LN2_REST);
    double rounded = high + low;
    *lost = (high - rounded) + low;
    return rounded;
}

static double power(double base, double exponent) {
    if (base == 1.0 || exponent == 0.0) return 1.0;
    double log_rest, low, log = logarithm(base, &log_rest), rough = exponent * log;
    if (!(fabs(rough) < 800.0)) return exponential(rough);
    double high = product(exponent, log, &low);
    return raised(high, low + exponent * log_rest);
}

static double cosine(int64_t twelfths) {
    static const double quarter[] = {1.0, 0.8660254037844386, 0.5, 0.0};
    int64_t place = llabs(twelfths) % 12;
    if (place > 6) place = 12 - place;
    return place > 3 ? -quarter[6 - place] : quarter[place];
}
