"""The twin: weights, selections, and the parameters of a month (model 5, 7.4, 9)."""

# ruff: noqa: N803, N806
# W is the letter of the model.

import copy

from tests.twin import philox

FEATURES = "RSEHPQMDGB"
BUNDLE_SCALARS = ("a", "c", "q", "rho", "chi_h", "chi_d", "F", "cr", "delta", "lambda_dn")
ATTRIBUTES = ("e", "s", "ret", "mediator", "interest")
GRAIN = 2.0**30


def clip(v, low, high):
    """`v` held between `low` and `high`."""
    return low if v < low else (high if v > high else v)


# Checks and weights


def build_weights(world):
    """Rows of W as {j: w} in sorted order of ids, without zeros."""
    return {i: weight_row(world, i) for i in sorted(world["actors"])}


def weight_row(world, i):
    """The row of one actor: raw weights over their sum, each a multiple of 2^-30."""
    raw = world["raw_weights"].get(i, {})
    total = 0.0
    for j in sorted(world["actors"]):
        if j != i:
            total += raw.get(j, 0.0)
    row = {}
    for j in sorted(world["actors"]):
        w = raw.get(j, 0.0)
        if w < 0:
            raise ValueError("negative weight")
        if j != i and w > 0 and total > 0:
            w = round(w / total * GRAIN) / GRAIN
            if w > 0:
                row[j] = w
    return row


def check_world(world):
    """Refuse worlds the model does not mean."""
    check_ids(world)
    for name, pool in world["pools"].items():
        if not pool["veto"]:
            raise ValueError(f"pool without veto set: {name}")
    for name, policy in world["policies"].items():
        if policy["omega"] and abs(sum(policy["omega"].values()) - 1.0) > 1e-12:
            raise ValueError(f"omega of {name} does not sum to 1")
    P = world["parameters"]
    if abs(P["share_reserves"] + P["share_debt"] + P["share_humanitarian"] - 1) > 1e-12:
        raise ValueError("destination shares do not sum to 1")


def check_ids(world):
    """Refuse two entities with one uid."""
    seen = {}
    for kind, idents in (
        ("actor", world["actors"]),
        ("issue", world["issues"]),
        ("pool", world["pools"]),
        ("project", world["projects"]),
        ("world", [world["id"]]),
    ):
        for ident in idents:
            number = philox.uid(kind, ident)
            if number in seen:
                raise ValueError(f"equal uid: {kind}:{ident} and {seen[number]}")
            seen[number] = f"{kind}:{ident}"


# Selections and times


def selected(world, select):
    """Sorted ids of the actors that a selection means; without one, of all."""
    custodians = {i for pool in world["pools"].values() for i in pool["veto"]}
    return [
        i
        for i in sorted(world["actors"])
        if matches(world["actors"][i], i, select or {}, custodians)
    ]


def matches(actor, i, select, custodians):
    """Whether an actor meets every condition."""
    return all(meets(actor, i, key, wanted, custodians) for key, wanted in select.items())


def meets(actor, i, key, wanted, custodians):
    """Whether an actor meets one condition."""
    if key == "all":
        return bool(wanted)
    if key == "custodian":
        return (i in custodians) == bool(wanted)
    if key == "not":
        return not matches(actor, i, wanted, custodians)
    if key not in ("id", "bloc", "group", "policy", "kind"):
        raise ValueError(f"unknown selector {key}")
    return (i if key == "id" else actor[key]) in wanted


def active(iv, t):
    """Parameter verbs: from `month` to `until`, else to the end."""
    return iv["month"] <= t and (iv.get("until") is None or t <= iv["until"])


def once_or_held(iv, t):
    """State verbs: once at `month`, or each month to `until`."""
    if iv.get("until") is None:
        return t == iv["month"]
    return iv["month"] <= t <= iv["until"]


def periodic(iv, t):
    """At `month`, then each `every` months to `until`."""
    every = iv.get("every")
    due = t == iv["month"] or (bool(every) and (t - iv["month"]) % every == 0)
    return due and active(iv, t)


# Parameters of a month


def bundle_copy(policy):
    """A bundle of one's own."""
    b = {key: policy[key] for key in BUNDLE_SCALARS}
    b["w"] = dict(policy["w"])
    b["omega"] = dict(policy["omega"])
    b["gates"] = list(policy["gates"])
    return b


def set_parameter(params, name, value):
    """Set a global parameter: `kappa`, `intercept.JUS`, `loadings.R.7` (rungs count from 1)."""
    first, *rest = name.split(".")
    if first not in params:
        raise ValueError(f"unknown global parameter {name}")
    if not rest:
        params[first] = value
        return
    params[first] = copy.deepcopy(params[first])
    holder = params[first]
    for part in rest[:-1]:
        holder = holder[part]
    if isinstance(holder, list):
        holder[int(rest[-1]) - 1] = value
    else:
        holder[rest[-1]] = value


def change_parameter(own, iv, delegating):
    """shift, set or scale of one parameter of one actor."""
    name = iv["param"]
    if name in ATTRIBUTES or name in ("H", "D", "T"):
        holder, key = own, name
    elif delegating:
        return
    elif name.startswith("w_"):
        holder, key = own["bundle"]["w"], name[2:]
    elif name in BUNDLE_SCALARS and name != "delta":
        holder, key = own["bundle"], name
    else:
        raise ValueError(f"unknown parameter {name}")
    if iv["verb"] == "shift":
        value = holder[key] + iv["by"]
    elif iv["verb"] == "scale":
        value = holder[key] * iv["by"]
    else:
        value = iv["to"]
    holder[key] = clip(value, 0.0, 1.0) if name in ("chi_h", "chi_d", "q") else value


def month_parameters(world, W, interventions, t):
    """Globals and actors' parameters of month t, built anew from the base; t = 0 is the base."""
    params = dict(world["parameters"])
    own = {i: base(world, i) for i in sorted(world["actors"])}
    for iv in interventions:
        if not active(iv, t):
            continue
        if iv["verb"] == "set_policy":
            for i in selected(world, iv.get("select")):
                if not delegates(world, W, i):
                    own[i]["bundle"] = bundle_copy(world["policies"][iv["policy"]])
        elif iv["verb"] in ("shift", "set", "scale"):
            for i in selected(world, iv.get("select")):
                change_parameter(own[i], iv, delegates(world, W, i))
        elif iv["verb"] == "set_global":
            set_parameter(params, iv["param"], iv["to"])
    delegate(world, W, own)
    return params, own


def base(world, i):
    """The parameters of an actor before any intervention and before delegation."""
    actor = world["actors"][i]
    found = {key: actor[key] for key in ATTRIBUTES}
    found.update(H=1.0, D=1.0, T=1.0)
    policy = actor["policy"]
    found["bundle"] = bundle_copy(world["policies"][policy]) if policy else None
    return found


def delegates(world, W, i):
    """Whether an actor follows members."""
    actors = world["actors"]
    return actors[i]["delegate"] and any(not actors[j]["delegate"] for j in W[i])


def delegate(world, W, own):
    """Delegation (7.4): the mean over the members that do not delegate, row rescaled to 1."""
    for i in sorted(own):
        if not delegates(world, W, i):
            continue
        members = [j for j in sorted(W[i]) if not world["actors"][j]["delegate"]]
        total = 0.0
        for j in members:
            total += W[i][j]
        own[i]["bundle"] = mean_bundle([(W[i][j] / total, own[j]["bundle"]) for j in members])


def mean_bundle(shares):
    """The weighted mean of bundles."""
    issues = shares[0][1]["omega"]
    mean = dict.fromkeys(BUNDLE_SCALARS, 0.0)
    mean |= {"w": dict.fromkeys(FEATURES, 0.0), "omega": dict.fromkeys(issues, 0.0)}
    mean["gates"] = [0.0] * 7
    for share, b in shares:
        for key in BUNDLE_SCALARS:
            mean[key] += share * b[key]
        for part in ("w", "omega"):
            for key in mean[part]:
                mean[part][key] += share * b[part][key]
        for n in range(7):
            mean["gates"][n] += share * b["gates"][n]
    return mean
