"""The twin: lines of governments, and how far a rung may be leapt to (model 7.1, 7.3 to 7.4b)."""

# ruff: noqa: N806
# The letters are those of the model.

import math

from tests.twin.philox import SLOT
from tests.twin.pieces import sigma

LEAST = 2.0**-33
"""What keeps a line above 0."""


def disposition(line, spread):
    """What a line is worth: logistic, mean 0, standard deviation `spread`."""
    return spread * (math.sqrt(3) / math.pi) * math.log(line / (1 - line))


def turn_over(month):
    """Lines of governments: all of them in month 1, later where a government turns over."""
    S, params = month.S, month.params
    for i in month.ids:
        turnover = month.u("actor", i, SLOT["turnover"])
        if month.t == 1 or month.chance.below(turnover, params["line_turnover"]):
            S["line"][i] = month.u("actor", i, SLOT["line"]) + LEAST
            S["disposition"][i] = disposition(S["line"][i], params["line_spread"])


def leaning(month, i):
    """Z of 7.3: what its own line and those of the actors it looks to add to every rung."""
    z, row, shared = month.S["disposition"], month.W[i], month.params["line_sharing"]
    if not row:
        return z[i]
    together, squares = 0.0, 0.0
    for j in sorted(row):
        together += row[j] * z[j]
        squares += row[j] * row[j]
    return math.sqrt(1 - shared) * z[i] + math.sqrt(shared) * together / math.sqrt(squares)


def destination(chance, params, ladder, level, u, climbing, leaving, factor):
    """The rung after a month (7.1): the highest one in reach, else the lowest, else the present.

    `climbing[m]` and `leaving[m]` are the chances of reaching and of leaving rung m.
    """
    above = [m for m in ladder if m > level]
    below = [m for m in ladder if m < level]
    if max(climbing.values(), default=0.0) + max(leaving.values(), default=0.0) >= 1:
        raise ValueError("p_up + p_dn >= 1")
    found, share = level, 1.0
    for m in above:
        if chance.below(1 - share * climbing[m], u):
            found = m
        share *= params["climb_reach"]
    if found != level:
        return found
    left, share = level, factor
    for m in reversed(below):
        if chance.below(u, share * leaving[left]):
            found = m
        left = m
        share *= params["climb_reach"]
    return found


def climbing(month, i, m):
    """The largest chance of reaching rung m, one step away."""
    params, b = month.params, month.own[i]["bundle"]
    is_open = (
        month.chance.reaches(month.C[i], gate(month, i, m) - params["gate_tolerance"])
        and (m < 7 or month.shares[i][7] >= b["q"])
        and m <= month.A[i]["cap"]
    )
    if not is_open:
        return 0.0
    return params["lambda_up"] * sigma((month.value(i, m) - params["kappa"]) / params["noise_s"])


def leaving(month, i, m):
    """The chance of leaving rung m downwards, one step away and before the factor of rung 7."""
    params, b = month.params, month.own[i]["bundle"]
    p = b["lambda_dn"] * sigma((-month.value(i, m) - params["kappa"]) / params["noise_s"])
    least = gate(month, i, m) - params["gate_slack"] - params["gate_tolerance"]
    return p if month.chance.reaches(month.C[i], least) else max(p, params["exit"])


def gate(month, i, m):
    """The gate of a rung, which an interest waives unless it is a ceiling."""
    there = month.own[i]["bundle"]["gates"][m - 1]
    return 0.0 if there <= 1 and prevails(month.own[i], month.S["line"][i], m) else there


def prevails(own_i, line, m):
    """Whether the line puts a bilateral interest above conditions at rung m."""
    return m <= 5 and line > 1 - own_i["interest"]
