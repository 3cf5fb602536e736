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
TO_UNIT = 2.0**-32
"""Turns a 32-bit word into a uniform draw on [0, 1)."""

Word = Any
"""A uint64 below 2**32: a scalar or an array of them."""


Block = tuple[Word, Word, Word, Word, Word, Word]
"""Four words of the counter and two of the key, between rounds."""


def philox_round(
    counter_0: Word, counter_1: Word, counter_2: Word, counter_3: Word, key_0: Word, key_1: Word
) -> Block:
    """One round of Philox: the block it makes of a block.

    The high and low halves of a product of two words never leave 64 bits, so nothing overflows.
    """
    product_0 = MULTIPLIER_0 * counter_0
    product_1 = MULTIPLIER_1 * counter_2
    return (
        (product_1 >> SHIFT) ^ counter_1 ^ key_0,
        product_1 & LOW_WORD,
        (product_0 >> SHIFT) ^ counter_3 ^ key_1,
        product_0 & LOW_WORD,
        (key_0 + KEY_STEP_0) & LOW_WORD,
        (key_1 + KEY_STEP_1) & LOW_WORD,
    )


def philox(c0: Word, c1: Word, c2: Word, c3: Word, k0: Word, k1: Word) -> tuple[Word, ...]:
    """Four random 32-bit words (as uint64) of a counter of four words and a key of two.

    The ten rounds are written out, not looped, so that the compiler mixes several entities at once.
    """
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    return c0, c1, c2, c3
