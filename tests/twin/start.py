"""The twin: the state before month 1, the anchors and the references (model 2, 5)."""

# ruff: noqa: N803, N806
# The letters are those of the model.

import math

from tests.twin import lines, pieces, swings
from tests.twin.months import clip, month_parameters


def initial(world, W):
    """S_0, with the references under `refs`."""
    params, own = month_parameters(world, W, [], 0)
    S = {"t": 0}
    set_actors(world, own, S)
    set_world(world, params, S)
    set_entities(world, S)
    S["refs"] = references(world, W, params, own, S)
    missing = 1 - S["refs"]["Rev0"] / 12 / params["need0"]
    S["m"] = clip(params["stress_base"] + params["stress_slope"] * missing, 0.0, 1.0)
    S["flows"] = {"food": hunger(world, params, S)}
    return S


def hunger(world, params, S):
    """The food-insecure share of the calendar month before the start."""
    angle = 2 * math.pi * (world["start_month"] - 2) / 12
    winter = 1 + params["food_winter"] * math.cos(angle)
    food_rest = S["refs"]["food_rest"]
    return clip(food_rest * winter * swings.factor(S["sX"]), 0.0, 1.0)


def set_actors(world, own, S):
    """The state of the actors, and the issues that their factors need."""
    A = world["actors"]
    ids = sorted(A)
    S["x"] = {k: world["start"]["x"][k] for k in world["issues"]}
    S["xdot"] = dict.fromkeys(world["issues"], 0.0)
    for name, key in (("L", "L"), ("dom0", "dom0"), ("dom", "dom0"), ("Rf", "Rf")):
        S[name] = {i: A[i][key] for i in ids}
    for name, value in (("g", 0.0), ("cut", 1.0), ("cred", 1.0), ("win", 0), ("o", 1.0)):
        S[name] = dict.fromkeys(ids, value)
    S["line"], S["disposition"] = dict.fromkeys(ids, 0.5), dict.fromkeys(ids, 0.0)
    for name, value in (("sG", 0.0), ("away", 0), ("exp", 0)):
        S[name] = dict.fromkeys(ids, value)
    S["phi"] = dict.fromkeys(ids, world["start"]["phi"])
    for name, chi in (("fh", "chi_h"), ("fd", "chi_d")):
        S[name] = {}
        for i in ids:
            b = own[i]["bundle"]
            S[name][i] = clip(1 - b[chi] * (1 - pieces.score(b, S["x"])), 0.0, 1.0)


def set_world(world, params, S):
    """The state of the authority, the aid system, the country and the environment."""
    for key in ("eta", "coh", "ten", "Psi", "att", "c", "K", "Y", "Yb", "pop", "n", "h"):
        S[key] = world["start"][key]
    S.update(mu=0.0, accH=0.0, accR=0.0, psi=params["psi_min"], res=0.0, debt=0.0)
    S.update(dr=0.0, drt=0, pt=0, ps=0.0, pn=0)
    S.update(sM=0.0, sY=0.0, sX=world["start"]["v0"], sT=0.0, sC=0.0, reach=1.0)


def set_entities(world, S):
    """The state of pools and projects."""
    pools, projects = world["pools"], world["projects"]
    for name in ("B", "z", "lock"):
        S[name] = {j: pools[j][name] for j in sorted(pools)}
    for name in ("paid", "award", "sR"):
        S[name] = dict.fromkeys(sorted(pools), 0.0)
    for name in ("y", "inv"):
        S[name] = {p: projects[p][name] for p in sorted(projects)}


def references(world, W, params, own, S):
    """Anchors, capacities and the flows of month 0."""
    A, ids = world["actors"], sorted(world["actors"])
    C = {i: pieces.score(own[i]["bundle"], S["x"]) for i in ids}
    refs = {"C0": C, "Dmax": {}, "Hmax": {}, "gate_denied": []}
    refs["alpha"] = anchors(world, W, params, own, S, C)
    floor = params["capacity_floor"]
    for i in ids:
        b, L = own[i]["bundle"], S["L"][i]
        refs["Dmax"][i] = A[i]["D0"] / max(floor, 1 - b["chi_d"] * (1 - C[i]))
        refs["Hmax"][i] = A[i]["H0"] / max(floor, 1 - b["chi_h"] * (1 - C[i]))
        slack = params["gate_slack"] + params["gate_tolerance"]
        if L >= 1 and C[i] < b["gates"][L - 1] - slack:
            refs["gate_denied"].append(i)
    flows(world, params, own, S, refs)
    return refs


def anchors(world, W, params, own, S, C):
    """alpha of every actor."""
    ids = sorted(world["actors"])
    shares = pieces.peer_shares(ids, W, S["L"])
    opp = pieces.opportunity(world, params, ids, S)
    med = pieces.mediation(params, ids, own, S["L"])
    found = {}
    for i in ids:
        phi = pieces.features(params, own[i], i, S, C[i], opp, med)
        b, L = own[i]["bundle"], S["L"][i] or min(rung for rung in world["ladder"] if rung > 0)
        waived = lines.prevails(own[i], S["line"][i], L)
        V = pieces.value_of_rung(world, params, own[i], i, 0.0, phi, shares[i], L, waived)
        loading = params["Lambda_P7"] if L == 7 else params["loadings"]["P"][L - 1]
        found[i] = b["delta"] - (V - b["w"]["P"] * loading * shares[i][L])
    return found


def flows(world, params, own, S, refs):
    """The references of month 0: no noise, season 1, corridors open."""
    A = world["actors"]
    T0, H0, D0, Rf0, Ret0 = 0.0, 0.0, 0.0, 0.0, 0.0
    for i in sorted(A):
        T0 += A[i]["T0"] * params["trade_factor"] / 12
        H0 += refs["Hmax"][i] * S["phi"][i] * S["fh"][i] / 12
        contact = 1.0 if S["L"][i] >= 1 else params["D_rung0"]
        D0 += refs["Dmax"][i] * S["fd"][i] * contact / 12
        if A[i]["Rf"] > 0:
            Rf0 += A[i]["Rf"]
            Ret0 += min(own[i]["ret"], 1.0) * A[i]["Rf"]
    rest = swings.factor(S["sX"])
    refs.update(n_rest=S["n"] / rest, food_rest=world["start"]["food0"] / rest)
    acc0 = pieces.access(params, S["x"])
    refs.update(T0=T0, D0=D0, Rf0=Rf0, Ret0=Ret0, acc0=acc0)
    refs["Del0"] = acc0 * (H0 + S["K"] / params["K_months"])
    refs["Rev0"] = 12 * (params["customs"] * T0 + params["domrate"] * params["Ybar"] / 12)
