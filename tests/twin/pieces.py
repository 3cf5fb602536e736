"""The twin: chance, the ordinal kernel, features and the value of a rung (model 7.1 to 7.6)."""

# ruff: noqa: N803, N806
# The letters are those of the model.

import math

from tests.twin import philox
from tests.twin.months import FEATURES, clip

COSTS = "DG"
"""Features that count against a rung."""


def sigma(v):
    """The logistic function."""
    return 0.0 if v < -700.0 else 1.0 / (1.0 + math.exp(-v))


class Chance:
    """All draws of one run; counts the comparisons of a month that rounding might decide (7.12)."""

    def __init__(self, seed, run):
        self.seed, self.run = seed, run
        self.new_month(0)

    def new_month(self, t):
        self.t = t
        self.blocks = {}
        self.near = 0

    def u(self, kind, ident, slot):
        """The draw of an entity's slot."""
        key = (kind, ident, slot // 4)
        if key not in self.blocks:
            self.blocks[key] = philox.block(self.seed, self.run, kind, ident, self.t, slot // 4)
        return self.blocks[key][slot % 4]

    def below(self, u, p):
        """Whether an event of probability p happens."""
        if abs(u - p) < 1e-9:
            self.near += 1
        return u < p

    def reaches(self, C, gate):
        """Whether a score reaches a gate (from which the tolerance is already taken)."""
        if abs(C - gate) < 1e-12:
            self.near += 1
        return gate <= C


def kernel(chance, params, level, top, values, rates, u):
    """The level of an issue, a pool or a project after a month (7.1).

    `values` and `rates` are those of going up and of falling.
    """
    kappa, s = params["kappa"], params["noise_s"]
    p_up, p_dn = 0.0, 0.0
    if level < top:
        p_up = rates[0] * sigma((values[0] - kappa) / s)
    if level > 0:
        p_dn = rates[1] * sigma((-values[1] - kappa) / s)
    if not p_up + p_dn < 1:
        raise ValueError("p_up + p_dn >= 1")
    if abs(u - p_dn) < 1e-9 or abs(u - (1 - p_up)) < 1e-9:
        chance.near += 1
    return level - int(u < p_dn) + int(u > 1 - p_up)


def score(bundle, x):
    """C of 7.2; the issues in the order of the case. Without any nothing is asked."""
    C = 0.0 if x else 1.0
    for k in x:
        C += bundle["omega"][k] * x[k] / 4
    return C


def access(params, x):
    """Share of relief that arrives (7.8)."""
    lost = sum(params["acc_loss"][k] * (1 - x[k] / 4) for k in x)
    return min(max(1 - lost, 0.0), 1.0)


def peer_shares(ids, W, L):
    """Share[i][l] of the reference group at rung l or above, l = 1 to 7."""
    shares = {}
    for i in ids:
        at = [0.0] * 8
        for j, w in W[i].items():
            at[L[j]] += w
        share = [0.0] * 9
        for n in range(7, 0, -1):
            share[n] = share[n + 1] + at[n]
        shares[i] = share
    return shares


def mediation(params, ids, own, L):
    """med of 7.6."""
    if params["med"] is not None:
        return params["med"]
    best = None
    for i in ids:
        if own[i]["mediator"] and L[i] >= params["med_rung"]:
            if best is None or L[i] / 7 > best:
                best = L[i] / 7
    if best is None:
        return params["med_base"]
    return params["med_base"] + params["med_span"] * best


def opportunity(world, params, ids, S):
    """opp of 7.3."""
    total, weighted = 0.0, 0.0
    for i in ids:
        total += world["actors"][i]["sal"]
        weighted += world["actors"][i]["sal"] * S["g"][i]
    loss = clip(params["opp_scale"] * weighted / total, 0.0, 1.0) if total > 0 else 0.0
    value = 1 - params["opp_loss"] * loss
    if S["pt"] > 0:
        value = value + params["pitch_opp"] * S["ps"]
    return value


def features(params, own_i, i, S, C, opp, med):
    """phi of 7.3 except P, which depends on the rung."""
    b = own_i["bundle"]
    Q = 0.0
    for k in S["xdot"]:
        Q += b["omega"][k] * S["xdot"][k]
    return {
        "R": C - b["c"],
        "S": own_i["s"],
        "E": own_i["e"] * opp,
        "H": S["n"],
        "Q": 4 * Q,
        "M": S["mu"] * med,
        "D": S["dom"][i] * (1 - C),
        "G": S["g"][i],
        "B": 1 - math.exp(-S["ten"] / params["T_B"]),
    }


def value_of_rung(world, params, own_i, i, alpha, phi, share, rung, waived=False):
    """V of 7.3 for a rung from 1 to 7; terms added in the order written.

    `waived` says that an interest prevails there over conditions.
    """
    b = own_i["bundle"]
    if waived:
        phi = {**phi, "R": max(phi["R"], 0.0), "D": 0.0}
    V = alpha + b["a"] - params["thresholds"][rung - 1]
    for f in FEATURES:
        loading = params["loadings"][f][rung - 1]
        if f == "P" and rung == 7:
            loading = params["Lambda_P7"]
        sign = -1 if f in COSTS else 1
        V += sign * b["w"][f] * loading * (share[rung] if f == "P" else phi[f])
    if rung == 7:
        V -= b["rho"] + world["actors"][i]["rho_i"]
    return V


def willingness(params, own_i, i, S, C, med):
    """What a custodian thinks of a release (7.10)."""
    return (
        params["z_const"]
        + params["z_C"] * C
        + params["z_L"] * (S["L"][i] - params["z_L_ref"])
        + params["z_mu"] * S["mu"] * med
        + own_i["bundle"]["F"]
        - params["z_dom"] * S["dom"][i] * (1 - C)
    )


def release(world, params, own, S, C, med, j, stage):
    """V^z of 7.10 for a pool at a stage."""
    V = min(willingness(params, own[i], i, S, C[i], med) for i in world["pools"][j]["veto"])
    V = V + params["z_n"] * S["n"]
    if S["pt"] > 0:
        V = V + params["pitch_z"] * S["ps"]
    return V - params["z_lock"] * S["lock"][j] - params["z_stage"] * stage


def scheduled(project, month):
    """Contracted investment of a month spent at stage 3 or higher."""
    for first, last, amount in project["schedule"]:
        if first <= month and (last is None or month <= last):
            return amount
    return 0.0
