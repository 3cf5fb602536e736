"""From a case and a scenario of the package to the twin's dictionaries: numbers and words only.

What the model makes of them (weights, delegation, anchors, flows) the twin works out for itself.
"""

from typing import Any

from sim.case.case import ActorFacts, Case
from sim.scenario.schema import Scenario
from sim.scenario.selection import Selection
from sim.scenario.verbs.base import Intervention

World = dict[str, Any]

FEATURES = {
    "R": "rights",
    "S": "security",
    "E": "resources",
    "H": "humanitarian",
    "P": "peers",
    "Q": "reciprocity",
    "M": "momentum",
    "D": "domestic",
    "G": "grievance",
    "B": "durability",
}
"""The letters of the features (model 7.3) and their names in the package."""

BUNDLE = {
    "a": "stance",
    "c": "reference_score",
    "q": "quorum",
    "rho": "reservation",
    "chi_h": "relief_conditionality",
    "chi_d": "development_conditionality",
    "F": "asset_stance",
    "cr": "reward_credibility",
    "delta": "drift",
    "lambda_dn": "descent_rate",
}

ACTOR = {
    "sal": "salience",
    "s": "security_stake",
    "e": "resource_stake",
    "dom0": "domestic_salience",
    "H0": "relief",
    "D0": "development",
    "T0": "trade",
    "Rf": "refugees",
    "ret": "return_rate",
    "pool": "custody",
    "rho_i": "reservation_offset",
    "interest": "interest",
}

FLAGS = ("corridor", "mediator", "electorate")

CHANGED = {
    **{name: letter for letter, name in BUNDLE.items()},
    **{f"weight_{name}": f"w_{letter}" for letter, name in FEATURES.items()},
    "security_stake": "s",
    "resource_stake": "e",
    "return_rate": "ret",
    "mediator": "mediator",
    "interest": "interest",
    "relief_factor": "H",
    "development_factor": "D",
    "trade_factor": "T",
    "interest_rate": "r",
    "tranche": "tranche",
    "lock": "lock",
}
"""What an intervention may change of a policy or a pool, and the twin's word for it."""

SCALARS = {
    "kappa": "dead_band",
    "noise_s": "noise",
    "lambda_up": "climb_rate",
    "gate_slack": "gate_slack",
    "exit": "exit_rate",
    "iota": "derecognition_factor",
    "climb_reach": "climb_reach",
    "line_spread": "line_spread",
    "line_turnover": "line_turnover",
    "line_sharing": "line_sharing",
    "T_B": "durability_months",
    "opp_loss": "insecurity_discount",
    "opp_scale": "insecurity_scale",
    "lambda_x_up": "concession_rate",
    "lambda_x_dn": "tightening_rate",
    "zeta": "settling_factor",
    "T_zeta": "settling_months",
    "alpha_G": "reward_weight",
    "alpha_M": "stress_weight",
    "alpha_mu": "momentum_weight",
    "alpha_I": "ideology_weight",
    "alpha_C": "cohesion_weight",
    "alpha_X": "coercion_weight",
    "offer_talk": "offer_talk",
    "offer_nearness": "offer_nearness",
    "offer_doubt": "offer_doubt",
    "threat_loss": "threat_loss",
    "resistance_weight": "resistance_weight",
    "word_kept": "word_kept",
    "word_broken": "word_broken",
    "stake_relief": "stake_relief",
    "stake_recognition": "stake_recognition",
    "stake_D": "stake_development",
    "stake_sal": "stake_political",
    "xdot_decay": "memory_decay",
    "xdot_gain": "memory_gain",
    "window_months": "reward_window",
    "window_omega": "window_issue_weight",
    "cred_step": "credibility_step",
    "cred_reversion": "credibility_reversion",
    "eta_bar": "hard_line_rest",
    "eta_reversion": "hard_line_reversion",
    "soft_p": "soft_faction_hazard",
    "soft_size": "soft_faction_shift",
    "hard_p": "hard_faction_hazard",
    "hard_size": "hard_faction_shift",
    "coh_bar": "cohesion_rest",
    "coh_reversion": "cohesion_reversion",
    "coh_concession": "cohesion_concession",
    "coh_stress": "cohesion_stress",
    "coh_rally": "cohesion_rally",
    "forum_hazard": "forum_hazard",
    "seated_p": "civil_society_share",
    "refusal_max": "refusal_most",
    "refusal_slope": "refusal_slope",
    "refusal_mid": "refusal_midpoint",
    "refusal_stress": "refusal_stress",
    "mu_decay": "momentum_decay",
    "mu_held": "momentum_held",
    "mu_refused": "momentum_refused",
    "med_base": "mediation_base",
    "med_span": "mediation_span",
    "med_rung": "mediation_rung",
    "conference_hazard": "conference_hazard",
    "conference_relief": "conference_relief",
    "pitch_hazard": "pitch_hazard",
    "pitch_min_stress": "pitch_least_stress",
    "pitch_z": "pitch_on_assets",
    "pitch_opp": "pitch_on_opportunity",
    "pitch_months": "pitch_months",
    "dom_reversion": "salience_reversion",
    "dom_refusal": "refusal_shock",
    "dom_threshold": "salience_threshold",
    "election_rate": "election_rate",
    "election_size": "election_swing",
    "incident_base": "incident_rate",
    "incident_far": "incident_far",
    "incident_top": "incident_ceiling",
    "incident_high": "incident_ceiling",
    "incident_low": "incident_floor",
    "closure_p": "closure_share",
    "closure_level": "closure_openness",
    "recovery_rate": "reopening_rate",
    "recovery_add": "reopening_least",
    "g_decay": "grievance_decay",
    "g_gain": "grievance_incident",
    "delta_f": "fatigue",
    "Psi_min": "fatigue_floor",
    "nu_lo": "attention_reversion",
    "nu_hi": "ordinary_reversion",
    "phi_quake": "quake_relief",
    "phi_drought": "drought_relief",
    "phi_drought_from": "severe_drought",
    "cut_recovery": "budget_cut_recovery",
    "swing_half_life": "swing_half_life",
    "money_spread": "money_spread",
    "giving_spread": "giving_spread",
    "output_spread": "output_spread",
    "hardship_spread": "hardship_spread",
    "trade_spread": "trade_spread",
    "appeal_spread": "appeal_spread",
    "interest_spread": "interest_spread",
    "leaving_rate": "leaving_rate",
    "coming_back_rate": "coming_back_rate",
    "expulsion_rate": "expulsion_rate",
    "expulsion_end_rate": "expulsion_end_rate",
    "expulsion_factor": "expulsion_factor",
    "hardship_income": "hardship_income",
    "hardship_delivery": "hardship_delivery",
    "season": "season_amplitude",
    "season_peak": "season_peak",
    "need_elasticity": "need_elasticity",
    "noise_low": "pledge_noise_low",
    "noise_span": "pledge_noise_span",
    "fh_rate": "relief_adjustment",
    "K_months": "carry_over_months",
    "target": "target_share",
    "squeeze": "requirement_squeeze",
    "squeeze_floor": "requirement_least_cut",
    "squeeze_people": "squeeze_on_people",
    "count_squeeze": "squeeze_on_count",
    "c_min": "requirement_floor",
    "fd_rate": "development_adjustment",
    "D_rung0": "development_without_contact",
    "z_const": "asset_intercept",
    "z_C": "asset_conditions",
    "z_L": "asset_rung",
    "z_L_ref": "asset_rung_reference",
    "z_mu": "asset_momentum",
    "z_dom": "asset_domestic",
    "z_n": "asset_need",
    "z_lock": "asset_lock",
    "z_stage": "asset_stage",
    "z_hold": "asset_retention",
    "lambda_z_up": "asset_up_rate",
    "lambda_z_dn": "asset_down_rate",
    "share_reserves": "share_to_reserves",
    "share_debt": "share_to_debt",
    "share_humanitarian": "share_to_relief",
    "trade_rung": "trade_rung",
    "trade_income": "trade_income",
    "psi_min": "rerouting_least",
    "psi_max": "rerouting_most",
    "psi_up": "rerouting_gain",
    "psi_dn": "rerouting_loss",
    "lost_threshold": "lost_trade_threshold",
    "project_L": "project_rung",
    "project_g": "project_grievance",
    "delivery_ratio": "delivery_ratio",
    "Ybar": "gdp_value",
    "m_H": "multiplier_relief",
    "m_A": "multiplier_development",
    "m_T": "multiplier_trade",
    "m_I": "multiplier_investment",
    "m_F": "multiplier_tranches",
    "g_trend": "trend_growth",
    "catchup": "catch_up",
    "Y_rate": "gdp_adjustment",
    "drought_loss": "drought_loss",
    "customs": "customs_rate",
    "domrate": "domestic_rate",
    "stress_base": "stress_base",
    "stress_slope": "stress_slope",
    "need0": "revenue_need",
    "need_growth": "revenue_need_growth",
    "pop_growth": "population_growth",
    "emigration": "departures",
    "food_ref": "departure_hunger",
    "food_slope": "departure_slope",
    "n_drought": "need_drought",
    "n_quake": "need_quake",
    "n_returns": "need_returns",
    "n_rate": "need_rate",
    "food_winter": "food_winter",
    "food_drought": "food_drought",
    "health_rate": "health_rate",
    "health_const": "health_base",
    "health_coverage": "health_relief",
    "health_development": "health_development",
    "u_base": "unemployment_base",
    "u_slope": "unemployment_slope",
    "drought_hazard": "drought_hazard",
    "drought_low": "drought_low",
    "drought_span": "drought_span",
    "drought_length": "drought_months",
    "quake_hazard": "quake_hazard",
}
"""The twin's global parameters and those of the package."""

BY_ISSUE = {
    "ideology": "ideological_cost",
    "intercept": "issue_intercept",
    "acc_loss": "access_loss",
    "upsilon": "output_loss",
    "curb": "incident_curb",
    "lift": "project_lift",
}
"""The twin's parameters with a number for each issue, and those of the package."""

COUNTS = ("window_months", "med_rung", "pitch_months", "season_peak", "drought_length")

FIXED = {
    "gate_tolerance": 1e-9,  # of the package: `sim.model.rules.ordinal.TOLERANCE`
    "conference_rung": 3,
    "pitch_discount": 0.5,
    "reset_months": [1, 7],
    "capacity_floor": 0.05,
    "Y_capacity": 100.0,
    "n_min": 0.15,
    "n_max": 0.95,
    "u_min": 0.02,
    "u_max": 0.6,
    "med": None,
}
"""What the text fixes and the package holds in its code."""

BY_START = ("target_share", "revenue_need")
"""Parameters that a start has for itself."""

SEASON = ("drought_season_start", "drought_season_end")


def season(first: int, last: int) -> list[int]:
    """The calendar months from `first` to `last`, over the turn of the year or not."""
    return [(first - 1 + k) % 12 + 1 for k in range((last - first) % 12 + 1)]


def parameters(case: Case, start: str) -> World:
    """The global parameters at a start."""
    found: World = dict(FIXED)
    for theirs, ours in SCALARS.items():
        base = f"starts.{start}" if ours in BY_START else "parameters"
        value = case.value_at(f"{base}.{ours}")
        found[theirs] = int(value) if theirs in COUNTS else value
    found["trade_factor"] = case.value_at(f"starts.{start}.trade_scale")
    found["loadings"] = {
        letter: case.values("parameters", "", f"loading_{name}", 8)[1:]
        for letter, name in FEATURES.items()
    }
    found["Lambda_P7"] = found["loadings"]["P"][6]
    found["thresholds"] = case.values("parameters", "", "thresholds", 8)[1:]
    for theirs, ours in BY_ISSUE.items():
        found[theirs] = by_issue(case, "parameters", "", ours)
    found["drought_months"] = season(*(int(case.value_at(f"parameters.{end}")) for end in SEASON))
    return found


def by_issue(case: Case, kind: str, item: str, field: str) -> dict[str, float]:
    """The numbers of the issues by name."""
    return dict(zip(case.issues, case.values(kind, item, field, len(case.issues)), strict=True))


def policy(case: Case, name: str) -> World:
    """A bundle."""
    base = f"policies.{name}"
    found: World = {theirs: case.value_at(f"{base}.{ours}") for theirs, ours in BUNDLE.items()}
    found["w"] = {
        letter: case.value_at(f"{base}.weight_{feature}") for letter, feature in FEATURES.items()
    }
    found["omega"] = by_issue(case, "policies", name, "issue_weights")
    found["gates"] = case.values("policies", name, "gates", 8)[1:]
    return found


def actor(case: Case, facts: ActorFacts, rungs: str) -> World:
    """An actor."""
    base = f"actors.{facts.id}"
    found: World = {theirs: case.value_at(f"{base}.{ours}") for theirs, ours in ACTOR.items()}
    found |= {flag: bool(case.value_at(f"{base}.{flag}")) for flag in FLAGS}
    found |= {"cap": int(case.value_at(f"{base}.cap")), "L": int(case.value_at(f"{base}.{rungs}"))}
    found |= {"kind": facts.kind, "bloc": facts.bloc, "group": facts.group}
    found |= {"delegate": facts.delegates, "policy": None if facts.delegates else facts.policy}
    return found


def tie(case: Case, one: ActorFacts, other: ActorFacts) -> float:
    """The largest weight of the tie rules that apply (model 5)."""
    found = 0.0
    for i, rule in enumerate(case.ties):
        pair = {one.bloc, other.bloc}
        applies = (
            (rule.same_bloc and len(pair) == 1)
            or (one.bloc in rule.from_blocs and other.id in rule.to_actors)
            or (bool(rule.within_blocs) and pair <= set(rule.within_blocs))
            or not (rule.same_bloc or rule.from_blocs or rule.within_blocs)
        )
        if applies:
            found = max(found, case.value_at(f"ties.{i}"))
    return found


def vote(case: Case, institution: str, member: ActorFacts) -> float:
    """The vote of a member in an institution."""
    votes = case.votes[institution]
    if votes.members:
        share = float(member.id in votes.members)
    else:
        bloc = member.bloc if member.bloc in votes.blocs else "otherwise"
        share = case.value_at(f"votes.{institution}.{bloc}")
    return share * case.value_at(f"actors.{member.id}.salience") if votes.by_salience else share


def raw_weights(case: Case) -> dict[str, dict[str, float]]:
    """Ties times salience, or votes: what the twin scales to rows that add up to 1."""
    found: dict[str, dict[str, float]] = {}
    for one in case.actors.values():
        row = found.setdefault(one.id, {})
        for other in case.actors.values():
            if other is one:
                continue
            if one.delegates:
                row[other.id] = vote(case, one.id, other)
            else:
                salience = case.value_at(f"actors.{other.id}.salience")
                row[other.id] = tie(case, one, other) * salience
    return found


def pool(case: Case, name: str, start: str) -> World:
    """A pool at a start."""
    base, begun = f"pools.{name}", f"starts.{start}.pools.{name}"
    return {
        "veto": list(case.pools[name].veto),
        "r": case.value_at(f"{base}.interest_rate"),
        "lock": int(case.value_at(f"{base}.lock")),
        "tranche": case.value_at(f"{base}.tranche"),
        "B": case.value_at(f"{begun}.balance"),
        "z": int(case.value_at(f"{begun}.stage")),
    }


def project(case: Case, name: str, start: str) -> World:
    """A project at a start."""
    base, begun = f"projects.{name}", f"starts.{start}.projects.{name}"
    periods = case.projects[name].periods
    return {
        "sponsor": case.projects[name].sponsor,
        "v0": case.value_at(f"{base}.base_value"),
        "lambda_up": case.value_at(f"{base}.up_rate"),
        "lambda_dn": case.value_at(f"{base}.down_rate"),
        "royalty": case.value_at(f"{base}.royalty"),
        "schedule": [
            [first, last, case.value_at(f"{base}.schedule.{i}")]
            for i, (first, last) in enumerate(periods)
        ],
        "y": int(case.value_at(f"{begun}.stage")),
        "inv": int(case.value_at(f"{begun}.months_invested")),
    }


def beginning(case: Case, start: str) -> World:
    """The state of the world at a start."""

    def own(name: str) -> float:
        return case.value_at(f"starts.{start}.{name}")

    levels = by_issue(case, "starts", start, "levels")
    return {
        "x": {issue: int(level) for issue, level in levels.items()},
        "Y": own("gdp"),
        "Yb": own("gdp"),
        "pop": own("population"),
        "n": own("need"),
        "food0": own("hunger"),
        "v0": own("hardship"),
        "h": own("health"),
        "c": own("price"),
        "phi": own("relief_budget"),
        "att": int(own("attention")),
        "ten": own("tenure"),
        "K": own("carry_over"),
        "Psi": 1.0,
        "eta": case.value_at("parameters.hard_line_rest"),
        "coh": case.value_at("parameters.cohesion_rest"),
    }


def world(case: Case, start: str) -> World:
    """The twin's world."""
    facts = case.starts[start]
    everybody = case.actors.values()
    return {
        "id": case.id,
        "start_month": facts.calendar.month,
        "issues": list(case.issues),
        "ladder": list(case.ladder),
        "actors": {each.id: actor(case, each, facts.rungs) for each in everybody},
        "raw_weights": raw_weights(case),
        "policies": {name: policy(case, name) for name in case.policies},
        "pools": {name: pool(case, name, start) for name in case.pools},
        "projects": {name: project(case, name, start) for name in case.projects},
        "start": beginning(case, start),
        "parameters": parameters(case, start),
    }


# Interventions


def selection(select: Selection) -> World:
    """A selection."""
    found: World = {
        key: list(names)
        for key in ("id", "bloc", "group", "policy", "kind", "pool", "veto")
        if (names := getattr(select, key)) is not None
    }
    if select.custodian is not None:
        found["custodian"] = select.custodian
    if select.all:
        found["all"] = True
    if select.not_ is not None:
        found["not"] = selection(select.not_)
    return found


def global_parameter(case: Case, name: str) -> list[str]:
    """The twin's words for a global parameter; none for one that the twin does not read."""
    base, _, place = name.partition(".")
    if not place:
        return [theirs for theirs, ours in SCALARS.items() if ours == base]
    if base in BY_ISSUE.values():
        issue = place if place in case.issues else list(case.issues)[int(place)]
        return [f"{theirs}.{issue}" for theirs, ours in BY_ISSUE.items() if ours == base]
    if place == "0":
        return []
    if base == "thresholds":
        return [f"thresholds.{place}"]
    letter = next(k for k, feature in FEATURES.items() if base == f"loading_{feature}")
    return ["Lambda_P7"] if (letter, place) == ("P", "7") else [f"loadings.{letter}.{place}"]


def global_changes(case: Case, content: World) -> list[World]:
    """A `set_global`, in the twin's words."""
    name, value = content["param"], content["to"]
    if name == "mediation_override":
        return [{**content, "param": "med", "to": value if value >= 0.0 else None}]
    return [{**content, "param": theirs} for theirs in global_parameter(case, name)]


def intervention(case: Case, verb: Intervention) -> list[World]:
    """An intervention in the twin's words."""
    content = verb.model_dump(exclude_none=True, by_alias=True)
    select = getattr(verb, "select", None)
    if select is not None:
        content["select"] = selection(select)
    if content["verb"] in ("shift", "set", "scale"):
        content["param"] = CHANGED[content["param"]]
    elif content["verb"] == "set_global":
        return global_changes(case, content)
    elif content["verb"] in ("force_rung", "set_issue"):
        content["to"] = content.pop("rung" if content["verb"] == "force_rung" else "level")
    elif content["verb"] in ("schedule_forum", "pitch") and "until" in content:
        content.setdefault("every", 1)  # the package acts each month to `until`; the text is silent
    return [content]


def interventions(case: Case, scenario: Scenario) -> list[World]:
    """The interventions of a scenario in the twin's words, in file order."""
    return [each for verb in scenario.interventions for each in intervention(case, verb)]


def can_say(scenario: Scenario) -> bool:
    """Whether the twin has words for it all.

    It holds no single gates and no ends of a season, and does not know what an announced deal is
    worth.
    """
    if any(verb.announced and verb.verb == "pay" for verb in scenario.interventions):
        return False
    params = [getattr(verb, "param", "") for verb in scenario.interventions]
    return not any(param in SEASON or param.startswith("gates.") for param in params)
