"""Philox4x32-10, the counter-based generator behind every draw (Salmon et al. 2011; model 7.12).

One source serves three callers: the compiled kernel passes scalars, tests pass arrays, plain Python
passes numpy scalars. Every constant is a uint64, since uint64 mixed with int64 becomes float64.
"""

from typing import Any

import numpy as np

LOW_WORD = np.uint64(0xFFFFFFFF)
SHIFT = np.uint64(32)
MULTIPLIER_0 = np.uint64(0xD2511F53)
MULTIPLIER_1 = np.uint64(0xCD9E8D57)
KEY_STEP_0 = np.uint64(0x9E3779B9)
KEY_STEP_1 = np.uint64(0xBB67AE85)
ROUNDS = 10
TO_UNIT = 2.0**-32
"""Turns a 32-bit word into a uniform draw on [0, 1)."""

Word = Any
"""A uint64 below 2**32: a scalar or an array of them."""


def philox(
    counter_0: Word, counter_1: Word, counter_2: Word, counter_3: Word, key_0: Word, key_1: Word
) -> tuple[Word, Word, Word, Word]:
    """Four random 32-bit words (as uint64) of a counter of four words and a key of two.

    The high and low halves of a product of two words never leave 64 bits, so nothing overflows.
    """
    for _ in range(ROUNDS):
        product_0 = MULTIPLIER_0 * counter_0
        product_1 = MULTIPLIER_1 * counter_2
        counter_0 = (product_1 >> SHIFT) ^ counter_1 ^ key_0
        counter_1 = product_1 & LOW_WORD
        counter_2 = (product_0 >> SHIFT) ^ counter_3 ^ key_1
        counter_3 = product_0 & LOW_WORD
        key_0 = (key_0 + KEY_STEP_0) & LOW_WORD
        key_1 = (key_1 + KEY_STEP_1) & LOW_WORD
    return counter_0, counter_1, counter_2, counter_3
