"""The twin: swings and switches (model 7.1a), and what they multiply (7.8 to 7.11)."""

# ruff: noqa: N803, N806
# The letters are those of the model.

import math

from tests.twin.months import clip
from tests.twin.philox import SLOT

WIDEST = 3.0
"""How far a swing goes from its rest."""

WORLD_SWINGS = {
    "sM": "money_spread",
    "sY": "output_spread",
    "sX": "hardship_spread",
    "sT": "trade_spread",
    "sC": "appeal_spread",
}
"""The swings of the world and the parameter of their spread."""


def quantile(u):
    """q of 7.1a: Laplace's distribution of variance 1."""
    off = 2 * u - 1
    if off == 0:
        return 0.0
    return math.copysign(-math.log(max(1 - abs(off), 2.0**-32)) / math.sqrt(2), off)


def swung(params, s, spread, u):
    """A swing after a month."""
    rho = math.exp(-math.log(2) / params["swing_half_life"])
    moved = rho * s + math.sqrt(1 - rho * rho) * spread * quantile(u)
    return clip(moved, -WIDEST, WIDEST)


def factor(s):
    """What a swing multiplies by; its mean is 1."""
    return 1 + math.tanh(s)


def switched(chance, w, on, off, u):
    """A switch after a month, 0 or 1."""
    return int(not chance.below(u, off)) if w else int(chance.below(u, on))


def swing(month):
    """All swings and switches of a month, on their own last values alone."""
    S, params, u = month.S, month.params, month.u
    for name, spread in WORLD_SWINGS.items():
        draw = u("world", month.world["id"], SLOT[name])
        S[name] = swung(params, S[name], params[spread], draw)
    for i in month.ids:
        S["sG"][i] = swung(params, S["sG"][i], params["giving_spread"], u("actor", i, SLOT["sG"]))
        rates = (params["leaving_rate"], params["coming_back_rate"])
        S["away"][i] = switched(month.chance, S["away"][i], *rates, u("actor", i, SLOT["away"]))
        rates = (params["expulsion_rate"], params["expulsion_end_rate"])
        S["exp"][i] = switched(month.chance, S["exp"][i], *rates, u("actor", i, SLOT["exp"]))
    for j in month.pools:
        S["sR"][j] = swung(params, S["sR"][j], params["interest_spread"], u("pool", j, SLOT["sR"]))


def money(S, i):
    """What is left of the budget of actor i (7.8)."""
    return (1 - S["away"][i]) * S["cut"][i] * factor(S["sM"]) * factor(S["sG"][i])


def counted(params, S):
    """People in need as the appeal counts them (7.8)."""
    asked = (S["reach"] * factor(S["sC"])) ** params["count_squeeze"]
    return S["n"] * S["pop"] * asked


def hardship(month):
    """x of 7.11: what people live through, in logs; with output and population as S has them."""
    S, F, params, begun = month.S, month.F, month.params, month.world["start"]
    gpc = (S["Y"] / begun["Y"]) * (begun["pop"] / S["pop"])
    x = S["sX"] - params["hardship_income"] * (gpc - 1)
    if month.refs["Del0"] > 0:
        delivered = (F["Del"] + F["to_humanitarian"]) / month.refs["Del0"] - 1
        x = x - params["hardship_delivery"] * delivered
    return x
