"""The twin: offers and threats of which the authority is told (model 7.5a)."""

# ruff: noqa: N803, N806
# The letters are those of the model.

import math

from tests.twin import deals, pieces
from tests.twin.conditions import holds, met
from tests.twin.months import month_parameters, selected
from tests.twin.philox import SLOT

NOTHING = 1e-9
"""US$ m a year: parts of no more are left out."""


class Offer:
    """Announced interventions that share a condition; `met` is the month in which it first held."""

    def __init__(self, iv):
        self.first, self.last = iv["month"], last(iv)
        self.gift = "when" in iv
        self.clauses = iv["when"] if self.gift else iv["while"]
        self.kept, self.credibility = iv.get("kept", 1.0), iv.get("credibility")
        self.members, self.parts = [], []
        self.met, self.broken = None, False

    def answers(self, iv):
        """Whether an intervention belongs to this offer."""
        other = Offer(iv)
        keys = ("first", "last", "gift", "clauses", "kept", "credibility")
        return all(getattr(self, key) == getattr(other, key) for key in keys)

    def live(self, t):
        """Whether it still moves the authority."""
        given = self.gift and self.met is not None
        return self.first <= t <= self.last and not self.broken and not given


def last(iv):
    """The last month in which a condition is looked at."""
    return min(iv.get("deadline", math.inf), iv.get("until", math.inf))


def group(interventions):
    """The offers of a scenario, in file order."""
    offers = []
    for iv in interventions:
        if not iv.get("announced"):
            continue
        offer = next((each for each in offers if each.answers(iv)), None)
        if offer is None:
            offer = Offer(iv)
            offers.append(offer)
        offer.members.append(iv)
    return offers


# Worth, once


def opened(world, W, interventions, start, months):
    """The offers of a run with their parts; those that begin beyond the horizon have none."""
    offers = group(interventions)
    for offer in offers:
        if offer.first <= months:
            offer.parts = parts(world, W, interventions, offer, start)
        if offer.first <= months and not offer.parts:
            raise ValueError("an offer changes nothing that the authority values; say its worth")
    return offers


def parts(world, W, interventions, offer, start):
    """Who offers what: ("actor" or "pool", id, worth in shares of revenue)."""
    conditions = {"when", "while"}
    on_actors = [iv for iv in interventions if not deals.of_pools(iv)]
    given = [iv for iv in on_actors if iv in offer.members or not conditions & set(iv)]
    sides = []
    for given_too in (False, True):
        own = [iv for iv in given if given_too or iv not in offer.members]
        own.sort(key=lambda iv: (iv["month"], offer.gift and iv in offer.members))
        bare = [{k: v for k, v in iv.items() if k not in conditions} for iv in own]
        sides.append(month_parameters(world, W, bare, offer.first))
    revenue = start["refs"]["Rev0"]
    found = said(world, offer, start, sides[0][0])
    if not any("worth" in iv for iv in offer.members):
        S = {**start, "x": dict(start["x"])}
        for clause in offer.clauses:
            if "issue" in clause:
                k = clause["issue"]
                S["x"][k] = bounded(S["x"][k], clause)
        before, after = (worths(world, S, *side) for side in sides)
        for key in before:
            found.append((*key, after[key] - before[key]))
    return [(kind, ident, v / revenue) for kind, ident, v in found if abs(v) > NOTHING]


def bounded(level, clause):
    """A level moved into the bounds of a clause."""
    if clause.get("at_least") is not None:
        level = max(level, math.ceil(clause["at_least"]))
    if clause.get("at_most") is not None:
        level = min(level, math.floor(clause["at_most"]))
    return level


def said(world, offer, start, params):
    """The worths that are declared, and those of rungs, in US$ m a year."""
    found = []
    for iv in offer.members:
        chosen = selected(world, iv.get("select"))
        if "worth" in iv:
            found += [("actor", i, iv["worth"] / len(chosen)) for i in chosen]
        elif iv["verb"] == "force_rung":
            for i in chosen:
                gain = of_rung(params, iv["to"]) - of_rung(params, start["L"][i])
                worth = params["stake_sal"] * world["actors"][i]["sal"] * gain
                found.append(("actor", i, worth))
    return found


def of_rung(params, rung):
    """What a rung is worth to the authority, for one unit of political weight."""
    return rung / 7 + params["stake_recognition"] * (rung == 7)


def worths(world, S, params, own):
    """What every actor and pool is worth to the authority, in US$ m a year."""
    C = {i: pieces.score(own[i]["bundle"], S["x"]) for i in sorted(own)}
    found = {}
    for i in sorted(own):
        b, refs, missing = own[i]["bundle"], S["refs"], 1 - C[i]
        money = params["stake_D"] * refs["Dmax"][i] * own[i]["D"]
        politics = params["stake_sal"] * world["actors"][i]["sal"]
        relief = params["stake_relief"] * refs["Hmax"][i] * own[i]["H"]
        worth = (1 - b["chi_d"] * missing) * (money + politics)
        found["actor", i] = worth + relief * (1 - b["chi_h"] * missing)
    med = pieces.mediation(params, sorted(own), own, S["L"])
    for j in sorted(world["pools"]):
        V = pieces.release(world, params, own, S, C, med, j, 3)
        pays = min(world["pools"][j]["tranche"], S["B"][j] / 12)
        chance = pieces.sigma((V - params["kappa"]) / params["noise_s"])
        found["pool", j] = 12 * pays * chance
    return found


# Month by month


def keep_words(world, offers, before, t, chance):
    """In the month in which an offer is first met its word is kept or broken (step 1)."""
    for offer in offers:
        waiting = offer.met is None and offer.first <= t <= offer.last
        if waiting and met(world, offer.clauses, before, chance):
            offer.met = t
            asked = {clause["issue"] for clause in offer.clauses if "issue" in clause}
            first = next(k for k in world["issues"] if k in asked)
            u = chance.u("issue", first, SLOT["word"])
            offer.broken = not chance.below(u, offer.kept)


def broken(offers):
    """The interventions of broken offers."""
    return [iv for offer in offers if offer.broken for iv in offer.members]


def words(month):
    """What the offers met in this month did for the word of their makers: -1, 0 or 1."""
    month.word = dict.fromkeys(month.ids, 0)
    month.pool_word = dict.fromkeys(month.pools, 0)
    met_now = [offer for offer in month.offers if offer.met == month.t]
    for offer in sorted(met_now, key=lambda offer: offer.broken):
        word = -1 if offer.broken else 1
        for kind, ident, _ in offer.parts:
            if kind == "pool":
                month.pool_word[ident] = word
            for i in makers(month.world, kind, ident):
                month.word[i] = word
    broken = [int(offer.broken) for offer in month.offers]
    month.F.update(word=month.word, pool_word=month.pool_word, broken=broken)


def makers(world, kind, ident):
    """The actors behind a part."""
    return [ident] if kind == "actor" else world["pools"][ident]["veto"]


def near(month, offer, x):
    """How near the prize is at some levels: 1 where they meet the condition."""
    now = {**month.S, "flows": month.before["flows"]}
    steps, share = 0, 1.0
    for clause in offer.clauses:
        if "issue" in clause:
            level = x[clause["issue"]]
            low, high = clause.get("at_least"), clause.get("at_most")
            short = 0 if low is None else low - level
            beyond = 0 if high is None else level - high
            steps += math.ceil(max(0, short, beyond))
        elif not holds(month.world, clause, now, month.chance):
            return 0.0
    for _ in range(steps):
        share *= month.params["offer_nearness"]
    return share


def belief(month, offer, part):
    """How far the authority believes a part."""
    kind, ident, v = part
    params, S = month.params, month.S
    found = []
    for i in makers(month.world, kind, ident):
        if offer.credibility is not None:
            found.append(offer.credibility * S["cred"][i])
        elif v < 0:
            doubt = 1 - params["offer_doubt"] * (1 - S["dom"][i])
            found.append(params["offer_talk"] * S["cred"][i] * doubt)
        else:
            doubt = 1 - params["offer_doubt"] * S["dom"][i]
            cr = month.own[i]["bundle"]["cr"]
            found.append(params["offer_talk"] * cr * S["cred"][i] * doubt)
    return min(found)


def pull(month, k, up, down):
    """Omega of 7.5a: worth won between two steps from the present level of issue k."""
    total, x = 0.0, month.S["x"]
    for offer in month.offers:
        if not offer.live(month.t):
            continue
        high = near(month, offer, {**x, k: x[k] + up})
        low = near(month, offer, {**x, k: x[k] + down})
        for part in offer.parts:
            loss = month.params["threat_loss"] if part[2] < 0 else 1.0
            total += loss * part[2] * (high - low) * belief(month, offer, part)
    return total


def resistance(month, k):
    """R of 7.5a: what threats on an issue stir up."""
    threatening = set()
    for offer in month.offers:
        if offer.live(month.t) and any(clause.get("issue") == k for clause in offer.clauses):
            for kind, ident, v in offer.parts:
                if v < 0:
                    threatening.update(makers(month.world, kind, ident))
    total, weight = 0.0, 0.0
    for i in month.ids:
        total += month.A[i]["sal"]
        if i in threatening:
            weight += month.A[i]["sal"]
    share = weight / total if total > 0 else 0.0
    params = month.params
    return params["resistance_weight"] * params["ideology"][k] * month.S["eta"] * share
