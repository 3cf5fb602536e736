"""What the package calls a thing and where the twin keeps it: metrics, states and flows."""

from collections.abc import Callable
from typing import Any

State = dict[str, Any]
"""A state of the twin."""

Metric = Callable[[State, State], float]
"""A metric from the twin's state of a month and that of the month before."""


def of(key: str) -> Metric:
    return lambda state, before: state[key]


def flow(key: str) -> Metric:
    return lambda state, before: state["flows"][key]


def total(key: str) -> Metric:
    return lambda state, before: sum(state[key].values())


def count(key: str) -> Metric:
    return lambda state, before: sum(state["flows"][key].values())


def moves(key: str, falling_from: Callable[[int], bool]) -> Metric:
    return lambda state, before: sum(
        state[key][name] < before[key][name] and falling_from(before[key][name])
        for name in state[key]
    )


def levels(sign: int) -> Metric:
    return lambda state, before: sum(
        max(sign * (state["x"][issue] - before["x"][issue]), 0) for issue in state["x"]
    )


METRICS: dict[str, Metric] = {
    "people_in_need": lambda state, before: state["n"] * state["pop"],
    "people_counted": flow("counted"),
    "people_targeted": flow("targeted"),
    "need_share": of("n"),
    "food_insecure": lambda state, before: state["flows"]["food"] * state["pop"],
    "food_share": flow("food"),
    "health": of("h"),
    "population": of("pop"),
    "refugees": total("Rf"),
    "returned": flow("sumRet"),
    "departed": flow("sumOut"),
    "unemployment": flow("unemployment"),
    "relief_pledged": flow("sumH"),
    "relief_delivered": flow("Del"),
    "relief_required": flow("Req"),
    "requirement": flow("asked"),
    "carry_over": of("K"),
    "access": flow("acc"),
    "development": flow("sumD"),
    "development_on_budget": flow("on_budget"),
    "assets_frozen": total("B"),
    "assets_paid": total("paid"),
    "assets_awarded": total("award"),
    "interest": count("interest"),
    "stalls": moves("z", lambda stage: stage < 4),
    "refreezes": moves("z", lambda stage: stage == 4),
    "reserves": of("res"),
    "debt_paid": of("debt"),
    "trade": flow("sumT"),
    "trade_lost": flow("lost"),
    "rerouting": of("psi"),
    "investment": flow("sumInvest"),
    "royalties": flow("sumRoyalty"),
    "terminations": moves("y", lambda stage: True),
    "revenue": flow("revenue"),
    "stress": of("m"),
    "gdp": of("Y"),
    "concessions": levels(1),
    "tightenings": levels(-1),
    "hard_line": of("eta"),
    "cohesion": of("coh"),
    "momentum": of("mu"),
    "forums_held": flow("forum"),
    "forums_refused": flow("refused"),
    "attendance": count("attend"),
    "pitches": flow("pitch"),
    "incidents": count("incident"),
    "drought": of("dr"),
    "quakes": flow("quake"),
}
"""Every metric but `window_paid`, of which the twin keeps no sum."""

WORLD = {
    "hard_line": "eta",
    "cohesion": "coh",
    "momentum": "mu",
    "stress": "m",
    "tenure": "ten",
    "slow_budget": "Psi",
    "attention": "att",
    "price": "c",
    "carry_over": "K",
    "appeal_pledged": "accH",
    "appeal_required": "accR",
    "gdp": "Y",
    "gdp_trend": "Yb",
    "population": "pop",
    "need": "n",
    "health": "h",
    "rerouting": "psi",
    "reserves": "res",
    "debt_paid": "debt",
    "drought": "dr",
    "drought_left": "drt",
    "pitch_left": "pt",
    "pitch_strength": "ps",
    "pitches": "pn",
    "money_swing": "sM",
    "output_swing": "sY",
    "hardship_swing": "sX",
    "trade_swing": "sT",
    "appeal_swing": "sC",
    "reach": "reach",
}
WORLD_FLOWS = {
    "pledged": "sumH",
    "access": "acc",
    "delivered": "Del",
    "required": "Req",
    "development": "sumD",
    "development_on_budget": "on_budget",
    "tranches": "sumTr",
    "humanitarian_window": "to_humanitarian",
    "trade_wanted": "sumB",
    "trade_lost": "lost",
    "trade": "sumT",
    "investment": "sumInvest",
    "royalties": "sumRoyalty",
    "revenue": "revenue",
    "food_insecure": "food",
    "unemployment": "unemployment",
    "returned": "sumRet",
    "departed": "sumOut",
    "mediation": "med",
    "opportunity": "opp",
    "forum_held": "forum",
    "forum_refused": "refused",
    "conference": "conference",
    "pitch": "pitch",
    "quake": "quake",
}
ACTORS = {
    "rung": "L",
    "salience_base": "dom0",
    "domestic_salience": "dom",
    "grievance": "g",
    "relief_share": "fh",
    "development_share": "fd",
    "relief_budget": "phi",
    "budget_cut": "cut",
    "belief": "cred",
    "window": "win",
    "openness": "o",
    "refugees": "Rf",
    "line": "line",
    "disposition": "disposition",
    "giving_swing": "sG",
    "away": "away",
    "expelling": "exp",
}
ACTOR_FLOWS = {
    "pledged": "H",
    "development": "D",
    "trade": "T",
    "trade_wanted": "b",
    "departed": "Out",
    "returned": "Ret",
    "incident": "incident",
    "attended": "attend",
    "score": "C",
    "word": "word",
}
POOLS = {
    "stage": "z",
    "balance": "B",
    "paid": "paid",
    "awarded": "award",
    "lock": "lock",
    "interest_swing": "sR",
    "returned": "back",
}
POOL_FLOWS = {"payment": "paid", "instalments": "inst", "taken_back": "taken"}
PROJECTS = {"stage": "y", "months_invested": "inv"}
PROJECT_FLOWS = {"investment": "invest"}


ACTOR_LINES = {"relief_pledged": "H", "development": "D", "trade": "T"}


REFERENCES = {
    "trade_start": "T0",
    "delivered_start": "Del0",
    "development_start": "D0",
    "revenue_start": "Rev0",
    "returns_start": "Ret0",
    "refugees_start": "Rf0",
    "access": "acc0",
}
ANCHORS = {"anchor": "alpha", "development_capacity": "Dmax", "relief_capacity": "Hmax"}
