"""The twin: deals, suspended pools, and the numbers of pools (model 7.8, 9)."""

# ruff: noqa: N803, N806
# The letters are those of the model.

from tests.twin.months import active

NUMBERS = ("r", "tranche", "lock")
"""What interventions may change of a pool."""


def numbered(interventions):
    """The interventions, deals among them with their places in the file."""
    return [
        {**iv, "deal": place} if iv["verb"] == "pay" else iv
        for place, iv in enumerate(interventions)
    ]


def begin(S, interventions):
    """What deals remember, and which litigations have ended: nothing yet."""
    places = [iv["deal"] for iv in interventions if iv["verb"] == "pay"]
    for key in ("deal_A", "deal_paid", "deal_rec"):
        S[key] = dict.fromkeys(places, 0.0)
    S["deal_m"] = dict.fromkeys(places, 0)
    S["back"] = dict.fromkeys(S["B"], 0.0)
    S["settled"] = dict.fromkeys(S["B"], False)


def chosen_pools(world, select):
    """The pools that a selection means."""
    return [j for j in sorted(world["pools"]) if meets(world, j, select)]


def meets(world, j, select):
    """Whether a pool meets every condition."""
    named = "pool" not in select or j in select["pool"] or "all" in select["pool"]
    held = "veto" not in select or any(i in select["veto"] for i in world["pools"][j]["veto"])
    return named and held and not ("not" in select and meets(world, j, select["not"]))


def of_pools(iv):
    """Whether an intervention changes a number of pools."""
    return iv["verb"] in ("shift", "set", "scale") and iv["param"] in NUMBERS


def pool_numbers(world, interventions, t):
    """The numbers of every pool in month t, built anew from the base."""
    found = {j: {key: world["pools"][j][key] for key in NUMBERS} for j in world["pools"]}
    for iv in interventions:
        if of_pools(iv) and active(iv, t):
            for j in chosen_pools(world, iv["select"]):
                if iv["verb"] == "set":
                    found[j][iv["param"]] = iv["to"]
                elif iv["verb"] == "shift":
                    found[j][iv["param"]] += iv["by"]
                else:
                    found[j][iv["param"]] *= iv["by"]
    return found


def take_numbers(month):
    """Locks of the month; one that has fallen stays so. Nothing is suspended yet."""
    month.suspended = set()
    for j in month.pools:
        month.S["lock"][j] = 0 if month.S["settled"][j] else month.terms[j]["lock"]


def suspend(month, iv):
    """Pools are suspended."""
    if active(iv, month.t):
        month.suspended.update(chosen_pools(month.world, iv["select"]))


def arrange(month, iv):
    """A deal stands this month, if it has begun."""
    if active(iv, month.t):
        month.standing_deals.add(iv["deal"])


def pay_deals(month):
    """Instalments and what is taken back, in the order of the file."""
    month.F["inst"] = dict.fromkeys(month.pools, 0.0)
    month.F["taken"] = dict.fromkeys(month.pools, 0.0)
    for iv in month.file:
        if iv["verb"] != "pay":
            continue
        if iv["deal"] in month.standing_deals:
            pay_one(month, iv)
        elif iv.get("claw_back") and iv["month"] <= month.t <= iv.get("until", month.t):
            take_back(month, iv)


def pay_one(month, iv):
    """An instalment, unless all are paid or the pool is suspended."""
    S, N, F, d, j = month.S, month.N, month.F, iv["deal"], iv["pool"]
    m, M = S["deal_m"][d], iv["months"]
    if m >= M or j in month.suspended:
        return
    A = S["deal_A"][d]
    if m == 0:
        A = iv["sum"] if "sum" in iv else iv["share"] * S["B"][j]
    due = A - S["deal_paid"][d] if m + 1 == M else A / M
    pay = min(max(due, 0.0), max(S["B"][j] - F["inst"][j], 0.0))
    F["inst"][j] += pay
    N["deal_A"][d], N["deal_m"][d] = A, m + 1
    N["deal_paid"][d] = S["deal_paid"][d] + pay
    if iv.get("claw_back"):
        N["deal_rec"][d] = S["deal_rec"][d] + month.params["share_reserves"] * pay


def take_back(month, iv):
    """What a deal paid to the reserves goes back to its pool."""
    left = max(month.S["res"] - sum(month.F["taken"].values()), 0.0)
    month.F["taken"][iv["pool"]] += min(month.S["deal_rec"][iv["deal"]], left)
    month.N["deal_rec"][iv["deal"]] = 0.0
