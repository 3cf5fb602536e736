"""Philox4x32-10 in plain integers, and the draws keyed by entity, month and slot (model 7.12)."""

import hashlib
from functools import cache

MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
STEPS = (0x9E3779B9, 0xBB67AE85)
MASK = 0xFFFFFFFF
ROUNDS = 10

SLOT = {
    **{"sG": 9, "away": 10, "exp": 11, "turnover": 12, "line": 13},
    "word": 1,
    "sR": 1,
    **{"sM": 10, "sY": 11, "sX": 12, "sT": 13, "sC": 14},
}
"""The slots that revision 2 of the model took into use: of actors, issues, pools and the world."""


def philox4x32(counter, key):
    """Four words of 32 bits from a counter of four and a key of two."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(ROUNDS):
        p0 = MULTIPLIERS[0] * c0
        p1 = MULTIPLIERS[1] * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & MASK, (p0 >> 32) ^ c3 ^ k1, p0 & MASK
        k0 = (k0 + STEPS[0]) & MASK
        k1 = (k1 + STEPS[1]) & MASK
    return c0, c1, c2, c3


@cache
def uid(kind, ident):
    """First four bytes, big-endian, of the SHA-256 of `kind:ident`."""
    return int.from_bytes(hashlib.sha256(f"{kind}:{ident}".encode()).digest()[:4], "big")


def block(seed, run, kind, ident, month, number):
    """The draws of slots `4 * number` and the three after it."""
    key = (seed & MASK, seed >> 32 & MASK)
    words = philox4x32((run & MASK, uid(kind, ident), month & MASK, number), key)
    return [word * 2.0**-32 for word in words]
