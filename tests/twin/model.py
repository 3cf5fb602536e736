"""The blind twin: a second implementation of the model in plain Python, from the text alone.

    simulate(world, interventions, seed, run, months) -> list of months + 1 states

Its authors read the model document and no rule of the package, and it imports nothing of it; it
shares no code and no data structure. `tests.twin.adapter` writes the dictionary `world`, and the
keys of a state are the letters of model 2; the flows of its month lie under `flows`.

Two things were added to the text after a comparison with the package, and none besides: scores
within `gate_tolerance` of a gate count as meeting it, and an issue whose weight exceeds
`window_omega` by no more than that opens no window. In exact arithmetic such scores and weights
are often equal, so that otherwise rounding would decide.
"""

# ruff: noqa: N803, N806
# The letters are those of the model.

import math

from tests.twin import deals, lines, offers, pieces, swings
from tests.twin.conditions import QUANTITIES, standing
from tests.twin.months import (
    active,
    build_weights,
    check_world,
    clip,
    month_parameters,
    once_or_held,
    periodic,
    selected,
)
from tests.twin.start import initial


def simulate(world, interventions, seed, run, months):
    """The states of one run, S_0 first."""
    check_world(world)
    W, interventions = build_weights(world), deals.numbered(interventions)
    history = [initial(world, W)]
    deals.begin(history[0], interventions)
    chance = pieces.Chance(seed, run)
    begun, made = {}, offers.opened(world, W, interventions, history[0], months)
    for t in range(1, months + 1):
        chance.new_month(t)
        offers.keep_words(world, made, history[-1], t, chance)
        broken = offers.broken(made)
        stand = standing(world, interventions, begun, history[-1], t, chance, broken)
        month = Month(world, W, stand, made, chance, history, t)
        month.file = interventions
        history.append(step(month))
    return history


class Month:
    """What the steps of month t share: S is edited in steps 1 and 2, then N becomes S_t."""

    def __init__(self, world, W, interventions, made, chance, history, t):
        self.world, self.A, self.issues = world, world["actors"], world["issues"]
        self.ids = sorted(world["actors"])
        self.pools, self.projects = sorted(world["pools"]), sorted(world["projects"])
        self.W, self.refs, self.before, self.t = W, history[0]["refs"], history[-1], t
        self.interventions, self.offers = interventions, made
        self.theta = (world["start_month"] - 1 + t - 1) % 12 + 1
        self.chance = chance
        self.S = copy_state(self.before)
        self.F = {}
        on_actors = [iv for iv in interventions if not deals.of_pools(iv)]
        self.params, self.own = month_parameters(world, W, on_actors, t)
        self.terms = deals.pool_numbers(world, interventions, t)

    def u(self, kind, ident, slot):
        """The draw of an entity's slot."""
        return self.chance.u(kind, ident, slot)

    def happens(self, slot, p):
        """Whether an event of the world happens."""
        return self.chance.below(self.u("world", self.world["id"], slot), p)

    def value(self, i, rung):
        """Value of a rung to an actor."""
        alpha = self.refs["alpha"][i] + self.leanings[i]
        waived = lines.prevails(self.own[i], self.S["line"][i], rung)
        phi, share, own = self.phis[i], self.shares[i], self.own[i]
        return pieces.value_of_rung(
            self.world, self.params, own, i, alpha, phi, share, rung, waived
        )


def copy_state(S):
    """A state of one's own, without references and flows."""
    kept = {key: value for key, value in S.items() if key not in ("refs", "flows")}
    return {key: dict(v) if isinstance(v, dict) else v for key, v in kept.items()}


def step(month):
    """S_t (model 3)."""
    intervene(month)
    offers.words(month)
    shake(month)
    suffer(month)
    lines.turn_over(month)
    swings.swing(month)
    observe(month)
    month.N = copy_state(month.S)
    month.N["t"] = month.t
    reset_appeal(month)
    hold_forum(month)
    host_conference(month)
    move_rungs(month)
    move_issues(month)
    move_pools(month)
    move_projects(month)
    give(month)
    pay(month)
    trade(month)
    invest(month)
    account(month)
    produce(month)
    migrate(month)
    live(month)
    remember_issues(month)
    remember_actors(month)
    remember_rewards(month)
    remember_aid(month)
    remember_pitch(month)
    month.N["ten"] = month.S["ten"] + 1
    for letter in month.held:
        month.N[letter] = month.S[letter]
    count(month)
    month.F["near_ties"] = month.chance.near
    month.N["flows"] = month.F
    return month.N


def count(month):
    """Whom the appeal counts and targets, of the people in need whom the month reports (7.8)."""
    N, F, params = month.N, month.F, month.params
    F["counted"] = swings.counted(params, N)
    F["targeted"] = params["target"] * N["reach"] * N["n"] * N["pop"]


# 1 Interventions


def intervene(month):
    """State verbs edit S, in file order."""
    month.frozen, month.held, month.standing_deals = False, set(), set()
    deals.take_numbers(month)
    month.forced_rung, month.forced_issue, month.held_closed = set(), set(), set()
    month.quake_shock, month.atrocity = False, dict.fromkeys(month.ids, 0.0)
    month.forum_scheduled, month.civil_society, month.pitch_called = False, None, False
    verbs = state_verbs()
    for iv in month.interventions:
        if iv["verb"] in verbs:
            verbs[iv["verb"]](month, iv)
        elif iv["verb"] not in PARAMETER_VERBS:
            raise ValueError(f"unknown verb {iv['verb']}")


PARAMETER_VERBS = ("set_policy", "shift", "set", "scale", "set_global")


def state_verbs():
    """The verbs that edit S, and how."""
    return {
        "freeze_authority": freeze,
        "hold": hold,
        "close_corridor": close,
        "force_rung": force,
        "set_issue": impose,
        "shock": strike,
        "schedule_forum": call_forum,
        "pitch": call_pitch,
        "set_litigation": settle,
        "suspend": deals.suspend,
        "pay": deals.arrange,
    }


def chosen(month, iv):
    """The actors an intervention means."""
    return selected(month.world, iv.get("select"))


def freeze(month, iv):
    """No issue moves."""
    if active(iv, month.t):
        month.frozen = True


def hold(month, iv):
    """A quantity ends the month as it began, or at a value; issues or rungs do not move."""
    if not active(iv, month.t):
        return
    if "quantity" in iv:
        letter = QUANTITIES[iv["quantity"]]
        month.held.add(letter)
        if "to" in iv:
            month.S[letter] = iv["to"]
    elif "issue" in iv:
        month.forced_issue.update(iv["issue"])
    else:
        month.forced_rung.update(chosen(month, iv))


def close(month, iv):
    """Corridors close."""
    if once_or_held(iv, month.t):
        for i in chosen(month, iv):
            if month.A[i]["corridor"]:
                month.S["o"][i] = min(month.S["o"][i], month.params["closure_level"])
                month.held_closed.add(i)


def force(month, iv):
    """Rungs are set."""
    if once_or_held(iv, month.t):
        for i in chosen(month, iv):
            month.S["L"][i] = iv["to"]
            month.forced_rung.add(i)


def impose(month, iv):
    """Levels are set."""
    if once_or_held(iv, month.t):
        for k in iv["issue"]:
            month.S["x"][k] = iv["to"]
            month.forced_issue.add(k)


def strike(month, iv):
    """A shock."""
    S, kind = month.S, iv["kind"]
    if kind == "drought" and month.t == iv["month"]:
        S["dr"] = clip(max(S["dr"], iv["severity"]), 0.0, 1.0)
        S["drt"] = max(S["drt"], iv["months"])
    elif kind == "quake" and once_or_held(iv, month.t):
        month.quake_shock = True
    elif kind == "budget" and month.t == iv["month"]:
        for i in chosen(month, iv):
            S["cut"][i] = clip(S["cut"][i] * (1 - iv["severity"]), 0.0, 1.0)
    elif kind == "atrocity" and once_or_held(iv, month.t):
        for i in chosen(month, iv):
            month.atrocity[i] += iv["severity"]


def call_forum(month, iv):
    """A forum is scheduled; the one that began last decides about the seat."""
    if periodic(iv, month.t):
        month.forum_scheduled = True
        month.civil_society = iv.get("civil_society")


def call_pitch(month, iv):
    """A pitch is called for."""
    if periodic(iv, month.t):
        month.pitch_called = True


def settle(month, iv):
    """A litigation ends."""
    if month.t != iv["month"]:
        return
    S, j = month.S, iv["pool"]
    S["lock"][j], S["settled"][j] = 0, True
    if iv["outcome"] == "award":
        S["award"][j] += S["B"][j]
        S["B"][j] = 0.0
    elif iv["outcome"] == "fund":
        S["B"][iv["to"]] += S["B"][j]
        S["B"][j] = 0.0


# 2 Shocks


def shake(month):
    """Drought and earthquake."""
    S, params = month.S, month.params
    if month.theta in params["drought_months"] and S["drt"] == 0:
        if month.happens(0, params["drought_hazard"]):
            severity = month.u("world", month.world["id"], 1)
            S["dr"] = clip(params["drought_low"] + params["drought_span"] * severity, 0.0, 1.0)
            S["drt"] = params["drought_length"]
    month.quake = month.happens(2, params["quake_hazard"]) or month.quake_shock


def suffer(month):
    """Incidents, closures and elections."""
    S, A, params, u = month.S, month.A, month.params, month.u
    level = params["incident_top"]
    for k in reversed(month.issues):
        level -= params["curb"][k] * S["x"][k] / 4
    level = clip(level, params["incident_low"], params["incident_high"])
    below = month.chance.below
    month.incident = {}
    for i in month.ids:
        near = 1.0 if A[i]["corridor"] else params["incident_far"]
        p = params["incident_base"] * month.own[i]["s"] * near * level
        month.incident[i] = below(u("actor", i, 1), p)
        if month.incident[i] and A[i]["corridor"]:
            if below(u("actor", i, 2), params["closure_p"]):
                S["o"][i] = min(S["o"][i], params["closure_level"])
        if A[i]["electorate"] and below(u("actor", i, 5), params["election_rate"]):
            swing = params["election_size"] * (2 * u("actor", i, 6) - 1)
            S["dom0"][i] = clip(S["dom0"][i] + swing, 0.0, 1.0)


# 3 Observe


def observe(month):
    """Scores, shares, mediation, opportunity and features."""
    S, ids = month.S, month.ids
    month.C = {i: pieces.score(month.own[i]["bundle"], S["x"]) for i in ids}
    month.shares = pieces.peer_shares(ids, month.W, S["L"])
    month.leanings = {i: lines.leaning(month, i) for i in ids}
    month.med = pieces.mediation(month.params, ids, month.own, S["L"])
    month.opp = pieces.opportunity(month.world, month.params, ids, S)
    month.phis = {
        i: pieces.features(month.params, month.own[i], i, S, month.C[i], month.opp, month.med)
        for i in ids
    }


def reset_appeal(month):
    """The appeal is reset in January and July (7.8)."""
    S, N, params = month.S, month.N, month.params
    if month.theta not in params["reset_months"]:
        return
    if S["accR"] > 0:
        cov = S["accH"] / S["accR"]
        factor = clip(1 - params["squeeze"] * (1 - min(cov, 1)), params["squeeze_floor"], 1.0)
        borne = factor ** params["squeeze_people"]
        N["c"] = max(params["c_min"], S["c"] * factor / borne)
        N["reach"] = S["reach"] * borne
    N["accH"], N["accR"] = 0.0, 0.0


# 4 Forum, conference, pitch


def hold_forum(month):
    """Whether a forum is held or refused."""
    S, params = month.S, month.params
    held = month.forum_scheduled or month.happens(3, params["forum_hazard"])
    seated = False
    if held:
        if month.forum_scheduled and month.civil_society is not None:
            seated = bool(month.civil_society)
        else:
            seated = month.happens(9, params["seated_p"])
    month.refused = False
    if seated:
        pull = S["eta"] - params["refusal_mid"] - params["refusal_stress"] * S["m"]
        p = params["refusal_max"] * pieces.sigma(params["refusal_slope"] * pull)
        month.refused = month.happens(4, p)
    mu = params["mu_decay"] * S["mu"]
    if held and not month.refused:
        mu = mu + params["mu_held"]
    if month.refused:
        mu = mu - params["mu_refused"]
    month.N["mu"] = clip(mu, -1.0, 1.0)
    month.F.update(forum=held, refused=month.refused)


def host_conference(month):
    """Whether a conference is hosted and who attends; whether a plan is pitched."""
    params = month.params
    conference = month.happens(7, params["conference_hazard"])
    month.attend = dict.fromkeys(month.ids, False)
    if conference:
        for i in month.ids:
            V = month.value(i, params["conference_rung"])
            p = pieces.sigma((V - params["kappa"]) / params["noise_s"])
            month.attend[i] = month.chance.below(month.u("actor", i, 4), p)
    by_chance = month.happens(8, params["pitch_hazard"])
    month.pitch = month.pitch_called or (by_chance and month.S["m"] > params["pitch_min_stress"])
    month.F.update(conference=conference, pitch=month.pitch, attend=month.attend)
    month.F.update(incident=month.incident, quake=month.quake)
    month.F.update(C=month.C, med=month.med, opp=month.opp)


# 5 to 8 Rungs, issues, stages


def move_rungs(month):
    """Every actor's rung."""
    for i in month.ids:
        if i not in month.forced_rung:
            month.N["L"][i] = moved_rung(month, i)


def moved_rung(month, i):
    """The rung of an actor after the month."""
    L, ladder = month.S["L"][i], month.world["ladder"]
    up = {m: lines.climbing(month, i, m) for m in ladder if m > L}
    down = {m: lines.leaving(month, i, m) for m in {*ladder, L} if 0 < m <= L}
    factor = month.params["iota"] if L == 7 else 1.0
    u = month.u("actor", i, 0)
    return lines.destination(month.chance, month.params, ladder, L, u, up, down, factor)


def stakes(month):
    """What the authority could still win from each actor (7.5)."""
    S, A, params = month.S, month.A, month.params
    flowing = [j for j in month.pools if S["z"][j] == 4 and j not in month.suspended]
    paying = {i for j in flowing for i in month.world["pools"][j]["veto"]}
    found = {}
    for i in month.ids:
        pool_i = 0.0 if i in paying else A[i]["pool"]
        worth = params["stake_D"] * month.refs["Dmax"][i] + pool_i
        worth = worth + params["stake_sal"] * A[i]["sal"]
        withheld = month.own[i]["bundle"]["chi_d"] * (1 - month.C[i])
        found[i] = withheld * worth / month.refs["Rev0"]
    return found


def coercion(month):
    """coerc of 7.5."""
    total, coercing = 0.0, 0.0
    for i in month.ids:
        total += month.A[i]["sal"]
        coercing += month.A[i]["sal"] * clip(-month.own[i]["bundle"]["F"], 0.0, 1.0)
    return coercing / total if total > 0 else 0.0


def move_issues(month):
    """The level of every issue."""
    S, params = month.S, month.params
    stake, coerc = stakes(month), coercion(month)
    settle = 1 + params["zeta"] * math.exp(-S["ten"] / params["T_zeta"])
    rates = (params["lambda_x_up"] * settle, params["lambda_x_dn"] * settle)
    for k in month.issues:
        if month.frozen or k in month.forced_issue:
            continue
        G = 0.0
        for i in month.ids:
            b = month.own[i]["bundle"]
            G += b["cr"] * S["cred"][i] * b["omega"][k] * stake[i]
        cost = params["ideology"][k]
        U = (
            params["intercept"][k]
            + params["alpha_G"] * G
            + params["alpha_M"] * S["m"]
            + params["alpha_mu"] * S["mu"]
            - params["alpha_I"] * cost * S["eta"]
            - params["alpha_C"] * cost * (1 - S["coh"])
            - params["alpha_X"] * coerc
        )
        U = U - offers.resistance(month, k)
        up = U + params["alpha_G"] * offers.pull(month, k, 1, 0)
        down = U + params["alpha_G"] * offers.pull(month, k, 0, -1)
        u = month.u("issue", k, 0)
        month.N["x"][k] = pieces.kernel(month.chance, params, S["x"][k], 4, (up, down), rates, u)


def move_pools(month):
    """The stage of every pool."""
    S, params = month.S, month.params
    rates = (params["lambda_z_up"], params["lambda_z_dn"])
    for j in month.pools:
        if j in month.suspended:
            continue
        facts = (month.world, params, month.own, S, month.C, month.med)
        V = pieces.release(*facts, j, S["z"][j])
        values, u = (V, V + params["z_hold"]), month.u("pool", j, 0)
        month.N["z"][j] = pieces.kernel(month.chance, params, S["z"][j], 4, values, rates, u)


def move_projects(month):
    """The stage of every project."""
    S, params = month.S, month.params
    for p in month.projects:
        project = month.world["projects"][p]
        sponsor = project["sponsor"]
        v = (
            project["v0"]
            + params["project_L"] * S["L"][sponsor] / 7
            + sum(params["lift"][k] * S["x"][k] / 4 for k in month.issues)
            - params["project_g"] * S["g"][sponsor]
        )
        rates, u = (project["lambda_up"], project["lambda_dn"]), month.u("project", p, 0)
        month.N["y"][p] = pieces.kernel(month.chance, params, S["y"][p], 4, (v, v), rates, u)


# 9 Flows


def give(month):
    """Relief and development money (7.8, 7.9)."""
    S, N, F, params = month.S, month.N, month.F, month.params
    angle = 2 * math.pi * (month.theta - params["season_peak"]) / 12
    season = 1 + params["season"] * math.cos(angle)
    need = (S["n"] / month.world["start"]["n"]) ** params["need_elasticity"]
    F["H"], F["D"] = {}, {}
    F.update(sumH=0.0, sumD=0.0, on_budget=0.0)
    for i in month.ids:
        noise = params["noise_low"] + params["noise_span"] * month.u("actor", i, 3)
        money = swings.money(S, i)
        H = month.refs["Hmax"][i] / 12 * S["phi"][i] * money
        F["H"][i] = H * season * need * S["fh"][i] * noise * month.own[i]["H"]
        D = month.refs["Dmax"][i] / 12 * S["Psi"] * money * S["fd"][i]
        contact = 1.0 if S["L"][i] >= 1 else params["D_rung0"]
        F["D"][i] = D * contact * month.own[i]["D"]
        F["sumH"] += F["H"][i]
        F["sumD"] += F["D"][i]
        if month.A[i]["kind"] == "institution" and S["L"][i] == 7:
            F["on_budget"] += F["D"][i]
    F["acc"] = pieces.access(params, S["x"])
    F["Del"] = F["acc"] * (F["sumH"] + S["K"] / params["K_months"])
    F["asked"] = N["c"] * swings.factor(S["sC"])
    F["Req"] = F["asked"] * params["target"] * N["reach"] * S["n"] * S["pop"] / 12
    N["K"] = max(S["K"] + F["sumH"] - F["Del"], 0.0)
    N["accH"] = N["accH"] + F["sumH"]
    N["accR"] = N["accR"] + F["Req"]


def pay(month):
    """Tranches and interest (7.10)."""
    S, N, F, params = month.S, month.N, month.F, month.params
    F["interest"], F["paid"], F["sumTr"] = {}, {}, 0.0
    deals.pay_deals(month)
    for j in month.pools:
        pool, back = month.terms[j], F["taken"][j]
        tr = F["inst"][j]
        if S["z"][j] == 4 and j not in month.suspended:
            tr += min(max(S["B"][j] - F["inst"][j], 0.0), pool["tranche"])
        rate = pool["r"] * swings.factor(S["sR"][j])
        F["interest"][j] = S["B"][j] * rate / 12
        F["paid"][j] = tr
        N["B"][j] = max(S["B"][j] * (1 + rate / 12) - tr + back, 0.0)
        N["paid"][j] = S["paid"][j] + tr
        N["back"][j] = S["back"][j] + back
        F["sumTr"] += tr
    F["to_reserves"] = params["share_reserves"] * F["sumTr"]
    F["to_debt"] = params["share_debt"] * F["sumTr"]
    F["to_humanitarian"] = params["share_humanitarian"] * F["sumTr"]
    N["res"] = max(S["res"] + F["to_reserves"] - sum(F["taken"].values()), 0.0)
    N["debt"] = S["debt"] + F["to_debt"]


def trade(month):
    """Trade and rerouting (7.11)."""
    S, F, params = month.S, month.F, month.params
    F["b"], F["T"] = {}, {}
    F.update(sumB=0.0, lost=0.0, sumT=0.0)
    passing = 0.0
    income = (S["Y"] / month.world["start"]["Y"]) ** params["trade_income"]
    for i in month.ids:
        climbed = params["trade_rung"] * (S["L"][i] - month.A[i]["L"]) / 7
        b = month.A[i]["T0"] * params["trade_factor"] / 12 * (1 + climbed)
        b = b * income * swings.factor(S["sT"]) * month.own[i]["T"]
        F["b"][i] = b
        F["sumB"] += b
        F["lost"] += b * (1 - S["o"][i])
        passing += b * S["o"][i]
    for i in month.ids:
        T = 0.0
        if passing > 0:
            T = F["b"][i] * S["o"][i] * (1 + S["psi"] * F["lost"] / passing)
        F["T"][i] = T
        F["sumT"] += T
    change = params["psi_up"] if F["lost"] > params["lost_threshold"] else -params["psi_dn"]
    month.N["psi"] = clip(S["psi"] + change, params["psi_min"], params["psi_max"])


def invest(month):
    """Investment and royalties (7.11)."""
    S, N, F = month.S, month.N, month.F
    F.update(invest={}, sumInvest=0.0, sumRoyalty=0.0)
    for p in month.projects:
        project = month.world["projects"][p]
        contracted = 0.0
        if S["y"][p] >= 3:
            contracted = pieces.scheduled(project, S["inv"][p] + 1)
            N["inv"][p] = S["inv"][p] + 1
        if S["y"][p] == 4:
            F["sumRoyalty"] += project["royalty"]
        F["invest"][p] = month.params["delivery_ratio"] * contracted
        F["sumInvest"] += F["invest"][p]


# 10 and 11 Accounts, economy, people


def account(month):
    """Revenue and stress."""
    S, F, params = month.S, month.F, month.params
    domestic = params["domrate"] * params["Ybar"] / 12 * (S["Y"] / month.world["start"]["Y"])
    F["revenue"] = params["customs"] * F["sumT"] + domestic + F["sumRoyalty"]
    needed = params["need0"] * (1 + params["need_growth"]) ** ((month.t - 1) / 12)
    stress = params["stress_base"] + params["stress_slope"] * (1 - F["revenue"] / needed)
    month.N["m"] = clip(stress, 0.0, 1.0)


def produce(month):
    """Output."""
    S, N, F, params, refs = month.S, month.N, month.F, month.params, month.refs
    idle = max(0.0, 1 - S["Yb"] / params["Y_capacity"])
    N["Yb"] = S["Yb"] * (1 + (params["g_trend"] + params["catchup"] * idle) / 12)
    push = (
        params["m_H"] * (F["Del"] - refs["Del0"])
        + params["m_A"] * (F["sumD"] - refs["D0"])
        + params["m_T"] * (F["sumT"] - refs["T0"])
        + params["m_I"] * F["sumInvest"]
        + params["m_F"] * F["sumTr"]
    )
    x0 = month.world["start"]["x"]
    shut_out = sum(params["upsilon"][k] * (x0[k] - S["x"][k]) / 4 for k in month.issues)
    losses = params["drought_loss"] * S["dr"]
    factor = 1 + 12 * push / params["Ybar"] - losses - shut_out
    target = N["Yb"] * factor * swings.factor(S["sY"])
    N["Y"] = S["Y"] + params["Y_rate"] * (target - S["Y"])


def migrate(month):
    """Hunger, refugees and population."""
    S, N, F, params = month.S, month.N, month.F, month.params
    winter = 1 + params["food_winter"] * math.cos(2 * math.pi * (month.theta - 1) / 12)
    F["hardship"] = swings.hardship(month)
    food = month.refs["food_rest"] * winter * swings.factor(F["hardship"])
    F["food"] = clip(food + params["food_drought"] * S["dr"], 0.0, 1.0)
    hungry = 1 + params["food_slope"] * max(0.0, F["food"] - params["food_ref"])
    F.update(Out={}, Ret={}, sumOut=0.0, sumRet=0.0)
    for i in month.ids:
        out, ret = 0.0, 0.0
        if month.A[i]["Rf"] > 0:
            out = params["emigration"] * (month.A[i]["Rf"] / month.refs["Rf0"]) * hungry
            faster = params["expulsion_factor"] if S["exp"][i] else 1.0
            ret = min(month.own[i]["ret"] * faster, 1.0) * S["Rf"][i]
        F["Out"][i], F["Ret"][i] = out, ret
        F["sumOut"] += out
        F["sumRet"] += ret
        N["Rf"][i] = max(S["Rf"][i] + out - ret, 0.0)
    N["pop"] = S["pop"] * (1 + params["pop_growth"] / 12) + F["sumRet"] - F["sumOut"]


def live(month):
    """Need, health and unemployment."""
    S, N, F, params, refs = month.S, month.N, month.F, month.params, month.refs
    begun = month.world["start"]
    gpc = (S["Y"] / begun["Y"]) * (begun["pop"] / S["pop"])
    rs = params["n_returns"] * 12 * max(0.0, F["sumRet"] - refs["Ret0"]) / S["pop"]
    target = refs["n_rest"] * swings.factor(F["hardship"]) + params["n_drought"] * S["dr"]
    if month.quake:
        target = target + params["n_quake"]
    low, high = params["n_min"], params["n_max"]
    target = clip(target + rs, low, high)
    N["n"] = clip(S["n"] + params["n_rate"] * (target - S["n"]), low, high)
    coverage = min(1.0, F["Del"] / F["Req"]) if F["Req"] > 0 else 1.0
    support = F["sumD"] / refs["D0"] if refs["D0"] > 0 else 1.0
    health = params["health_const"] + params["health_coverage"] * coverage
    health = health + params["health_development"] * support
    N["h"] = clip(S["h"] + params["health_rate"] * (health - S["h"]), 0.0, 1.0)
    jobless = params["u_base"] - params["u_slope"] * (gpc - 1)
    F["unemployment"] = clip(jobless, params["u_min"], params["u_max"])


# 12 Memories


def remember_issues(month):
    """Concessions, cohesion and the hard-line share."""
    S, N, params = month.S, month.N, month.params
    month.dx = {k: N["x"][k] - month.before["x"][k] for k in month.issues}
    conceded = 0.0
    for k in month.issues:
        N["xdot"][k] = params["xdot_decay"] * S["xdot"][k] + params["xdot_gain"] * month.dx[k] / 4
        conceded += params["ideology"][k] * max(month.dx[k], 0) / 4
    rally = any(month.incident[i] and month.A[i]["corridor"] for i in month.ids)
    coh = (
        S["coh"]
        + params["coh_reversion"] * (params["coh_bar"] - S["coh"])
        - params["coh_concession"] * conceded
        - params["coh_stress"] * S["m"]
    )
    N["coh"] = clip(coh + params["coh_rally"] if rally else coh, 0.0, 1.0)
    eta = S["eta"] + params["eta_reversion"] * (params["eta_bar"] - S["eta"])
    if month.happens(5, params["soft_p"]):
        eta = eta - params["soft_size"]
    if month.happens(6, params["hard_p"]):
        eta = eta + params["hard_size"]
    N["eta"] = clip(eta, 0.0, 1.0)


def remember_actors(month):
    """Grievance, domestic salience and openness."""
    S, N, params = month.S, month.N, month.params
    for i in month.ids:
        g = params["g_decay"] * S["g"][i]
        if month.incident[i]:
            g = g + params["g_gain"]
        if month.attend[i]:
            g = g - params["conference_relief"]
        N["g"][i] = clip(g, 0.0, 1.5)
        dom = S["dom"][i] + params["dom_reversion"] * (S["dom0"][i] - S["dom"][i])
        if S["dom0"][i] > params["dom_threshold"]:
            if month.refused:
                dom = dom + params["dom_refusal"]
            dom = dom + month.atrocity[i]
        N["dom"][i] = clip(dom, 0.0, 1.0)
        if month.A[i]["corridor"] and i not in month.held_closed:
            reopened = params["recovery_rate"] * (1 - S["o"][i]) + params["recovery_add"]
            N["o"][i] = clip(S["o"][i] + reopened, 0.0, 1.0)


def remember_rewards(month):
    """The authority's belief in rewards, and the windows for them (7.5)."""
    S, N, params = month.S, month.N, month.params
    paying = {
        i for j in month.pools if month.F["paid"][j] > 0 for i in month.world["pools"][j]["veto"]
    }
    for i in month.ids:
        risen = N["L"][i] > month.before["L"][i] or i in paying
        reward = S["win"][i] > 0 and risen
        miss = S["win"][i] == 1 and not reward
        cred = S["cred"][i]
        word = month.word[i]
        if word == 1:
            cred = cred + params["word_kept"]
        elif reward:
            cred = cred + params["cred_step"]
        elif miss:
            cred = cred - params["cred_step"]
        if word == -1:
            cred = cred - params["word_broken"]
        N["cred"][i] = clip(cred + params["cred_reversion"] * (1 - S["cred"][i]), 0.0, 1.5)
        N["win"][i] = 0 if reward or word == 1 else max(S["win"][i] - 1, 0)
        omega, least = month.own[i]["bundle"]["omega"], params["window_omega"]
        for k in month.issues:
            if month.dx[k] > 0 and omega[k] > least + params["gate_tolerance"]:
                N["win"][i] = params["window_months"]


def remember_aid(month):
    """Budgets of donors and the drought."""
    S, N, params = month.S, month.N, month.params
    nu = params["nu_lo"] if S["att"] > 0 else params["nu_hi"]
    for i in month.ids:
        phi = S["phi"][i] + nu * (S["Psi"] - S["phi"][i])
        if month.quake:
            phi = phi + params["phi_quake"]
        if S["dr"] > params["phi_drought_from"]:
            phi = phi + params["phi_drought"]
        N["phi"][i] = max(phi, 0.0)
        N["cut"][i] = clip(S["cut"][i] + params["cut_recovery"] * (1 - S["cut"][i]), 0.0, 1.0)
        b = month.own[i]["bundle"]
        for name, chi, rate in (("fh", "chi_h", "fh_rate"), ("fd", "chi_d", "fd_rate")):
            target = 1 - b[chi] * (1 - month.C[i])
            changed = S[name][i] + params[rate] * (target - S[name][i])
            N[name][i] = clip(changed, 0.0, 1.0)
    N["Psi"] = max(S["Psi"] * (1 - params["delta_f"]), params["Psi_min"])
    N["att"] = max(S["att"] - 1, 0)
    N["drt"] = max(S["drt"] - 1, 0)
    if N["drt"] == 0:
        N["dr"] = 0.0


def remember_pitch(month):
    """How long and how strongly a pitch works (7.6)."""
    S, N, params = month.S, month.N, month.params
    easing = any(change > 0 for change in month.dx.values())
    N["pn"] = 0 if easing else S["pn"]
    if month.pitch:
        N["pt"] = params["pitch_months"]
        N["ps"] = params["pitch_discount"] ** N["pn"]
        N["pn"] = N["pn"] + 1
    else:
        N["pt"] = max(S["pt"] - 1, 0)
