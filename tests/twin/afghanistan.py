"""The twin's own reading of the tables of the model document: the two starts (model 5, 7, 8).

Typed in from the text, apart from `seeds/`, so that the two can be compared number by number.
"""

ISSUES = ("EDU", "EMP", "JUS", "INC", "CT", "BOR", "PUB")
FEATURES = "RSEHPQMDGB"

# id, kind, policy, bloc, group, flags, cap, sal, s, e, dom0, L 2021/2024, H0, D0, T0, other
ACTORS = """
ADB, i, votes, IF, I, -, 4, 0, 0, 0, 0.3, 1/3, 240, 0, 0, -
ARE, s, economic, GF, E, -, 7, 1, 0.3, 0.6, 0.1, 4/5, 40, 0, 1150, -
AUS, s, humanitarian, WE, W, e, 7, 0.6, 0.1, 0.05, 0.7, 1/1, 30, 10, 5, y 0.09
AZE, s, economic, CA, E, -, 7, 0.3, 0.2, 0.3, 0.1, 2/2, 2, 0, 20, -
CAN, s, rights, WE, W, e, 7, 0.8, 0.1, 0.05, 0.7, 1/1, 37, 20, 5, Rf 0.055; y 0.13
CHE, s, engagement, EU, W, e, 7, 0.5, 0.1, 0.05, 0.6, 2/2, 30, 15, 5, y 0.07
CHN, s, economic, EA, E, -, 7, 3, 0.7, 0.9, 0.05, 4/6, 31, 10, 1590, -
DEU, s, rights, EU, W, e, 7, 1.5, 0.3, 0.1, 0.8, 2/2, 46, 90, 40, y 0.2
EU, b, rights, EU, W, e, 6, 2, 0.3, 0.1, 0.7, 2/3, 163, 160, 30, y 0.06
FRA, s, rights, EU, W, e, 7, 1.5, 0.1, 0.05, 0.8, 1/1, 30, 20, 15, y 0.02
GBR, s, rights, WE, W, e, 7, 1.5, 0.2, 0.05, 0.7, 2/2, 120, 60, 20, Rf 0.036; y 0.05
ICRC, i, engagement, IO, I, -, 3, 0, 0, 0, 0.2, 3/3, 0, 0, 0, -
IDN, s, engagement, OI, O, -, 7, 0.7, 0.1, 0.1, 0.3, 3/4, 3, 0, 40, -
IMF, i, votes, IF, I, -, 4, 0, 0, 0, 0.4, 0/0, 0, 0, 0, -
IND, s, engagement, IN, E, -, 7, 1.5, 0.6, 0.5, 0.3, 2/3, 30, 10, 997, -
IRN, s, regional, RG, E, c, 7, 1.2, 1, 0.7, 0.1, 4/5, 10, 0, 3100, Rf 3.4771; ret 0.006
ITA, s, rights, EU, W, e, 7, 1, 0.1, 0.05, 0.7, 2/2, 25, 10, 15, y 0.01
JPN, s, engagement, WE, W, e, 7, 1.2, 0.1, 0.2, 0.3, 2/4, 105, 60, 30, -
KAZ, s, economic, CA, E, -, 7, 0.6, 0.4, 0.6, 0.1, 4/5, 5, 0, 545, -
KGZ, s, follower, CA, E, -, 7, 0.3, 0.4, 0.3, 0.1, 3/4, 1, 0, 66, -
KOR, s, follower, WE, W, e, 7, 1, 0.1, 0.1, 0.5, 1/1, 15, 10, 20, -
MYS, s, follower, OI, O, -, 7, 0.4, 0.1, 0.3, 0.2, 2/5, 3, 0, 60, -
NOR, s, engagement, EU, W, e, 7, 0.6, 0.1, 0, 0.5, 2/2, 40, 40, 5, y 0.14
OIC, i, votes, IO, I, -, 4, 0, 0, 0, 0.2, 2/3, 5, 0, 0, -
OMN, s, follower, GF, E, -, 7, 0.3, 0.1, 0.2, 0.1, 2/2, 2, 0, 20, -
PAK, s, regional, RG, E, c, 7, 1.2, 1, 0.8, 0.2, 5/5, 10, 0, 1600, Rf 1.7586; ret 0.01
QAT, s, mediator, GF, E, m, 7, 0.8, 0.2, 0.3, 0.1, 4/5, 30, 10, 60, -
RUS, s, patron, RU, E, -, 7, 3, 0.6, 0.3, 0.1, 4/5, 10, 0, 323, -
SAU, s, mediator, GF, E, m, 7, 1.2, 0.3, 0.3, 0.2, 4/3, 40, 0, 60, -
SCO, i, votes, IO, I, -, 4, 0, 0, 0, 0.1, 0/0, 0, 0, 0, -
SWE, s, rights, EU, W, e, 7, 0.6, 0.1, 0, 0.8, 2/2, 43, 40, 5, y 0.2
TJK, s, regional, CA, E, c, 7, 0.4, 1, 0.3, 0.6, 1/2, 1, 0, 120, Rf 0.0129
TKM, s, regional, CA, E, c, 7, 0.4, 0.8, 0.7, 0.05, 4/5, 3, 0, 500, Rf 0.0034
TUR, s, regional, GF, E, -, 7, 1, 0.5, 0.5, 0.2, 4/5, 20, 10, 300, -
UN, i, votes, IO, I, -, 4, 0, 0, 0, 0.3, 3/3, 124, 0, 0, -
USA, s, counterterror, WE, W, e, 7, 4, 0.5, 0.1, 0.8, 2/2, 526, 190, 40, pool 500; Rf 0.2; y 0.03
UZB, s, regional, CA, E, c, 7, 0.6, 0.9, 0.8, 0.1, 4/4, 5, 0, 1100, Rf 0.0085
WB, i, votes, IF, I, -, 4, 0, 0, 0, 0.4, 1/3, 99, 330, 0, -
"""

# policy, a, R S E H P Q M D G B, c
STANCES = """
engagement_without_recognition .6 1.0 .6 .4 1.0 .6 .3 .3 .6 .6 .7 .4
human_rights_conditionality 0 2.2 .2 .1 1.1 .5 .3 .3 1.3 .6 .2 .5
regional_pragmatism .5 .5 1.1 .7 .2 .9 .3 .3 0 1.2 1.0 .3
economic_partnership .5 .4 .6 1.4 0 .7 .3 .3 0 .7 1.0 .3
patron_hedger .8 .4 1.1 .6 0 .6 .3 .3 0 .8 1.2 .3
mediator .5 .4 .4 .6 .7 .6 .3 1.2 0 .6 .7 .3
isolation -1.5 1.0 0 0 .3 .2 .3 .3 2.0 .6 0 .6
humanitarian_only -.2 1.2 .1 0 1.6 .4 .3 .3 1.0 .6 .2 .5
counterterror_first 0 1.8 .9 .1 .5 .4 .3 .3 .8 .6 .2 .5
bloc_follower -.1 .8 .3 .3 .4 1.5 .3 .3 .4 .6 .4 .4
step_for_step_roadmap .3 1.6 .4 .2 .9 .5 2.5 .8 .7 .6 .4 .35
"""

# policy, omega, gates 1-7 (2 = ceiling), q rho chi_h chi_d F cr delta
CONDITIONS = """
engagement_without_recognition, RI, 0 0 0 0 0 .15 2, .5 2 .1 .35 .45 .2 .25
human_rights_conditionality, RI, 0 0 0 0 .4 .6 .8, .5 2 .1 .75 0 .35 -.45
regional_pragmatism, SEC, 0 0 0 0 0 0 0, 0 .75 .1 .1 .6 .2 .4
economic_partnership, SEC, 0 0 0 0 0 0 0, 0 1.15 .1 .1 .5 .2 .4
patron_hedger, SEC, 0 0 0 0 0 0 0, 0 -2.4 .1 .1 .8 .1 .6
mediator, SEC, 0 0 0 0 0 0 .2, .1 .8 .1 .2 .6 .4 .25
isolation, RI, 0 2 2 2 2 2 2, 1 4 .5 1.0 -1.2 .05 0
humanitarian_only, RI, 0 0 .3 .5 .7 2 2, .7 3 0 .95 -.4 .2 -.5
counterterror_first, CTF, 0 0 0 .25 .45 .6 .8, .5 2 .1 .6 0 .35 -.45
bloc_follower, RI, 0 0 0 0 0 .1 .15, .4 .3 .1 .5 .1 .2 .15
step_for_step_roadmap, RI, 0 0 0 0 .25 .4 .6, .3 1 .1 .65 .3 .85 .1
"""

OMEGA = {
    "RI": (0.27, 0.18, 0.09, 0.135, 0.18, 0.045, 0.10),
    "SEC": (0.0198, 0.0198, 0.0099, 0.1485, 0.396, 0.396, 0.01),
    "CTF": (0.095, 0.0475, 0.0475, 0.095, 0.475, 0.19, 0.05),
}

NAMES = {
    "economic": "economic_partnership",
    "humanitarian": "humanitarian_only",
    "rights": "human_rights_conditionality",
    "engagement": "engagement_without_recognition",
    "regional": "regional_pragmatism",
    "follower": "bloc_follower",
    "mediator": "mediator",
    "patron": "patron_hedger",
    "counterterror": "counterterror_first",
}

VOTES = {
    "UN": "CHN FRA GBR RUS USA",
    "OIC": "IRN PAK TUR SAU ARE QAT MYS IDN UZB TKM TJK KAZ KGZ AZE OMN",
    "SCO": "CHN RUS IND PAK IRN KAZ KGZ TJK UZB",
}
LENDERS = ("WB", "ADB", "IMF")

LOADINGS = """
R .1 .3 .5 .6 .8 1 1
S 1 1 1 1 .9 .8 .5
E .5 .8 1 1 1 1 .6
H 1 1 .8 .5 .2 0 0
P .5 .5 .5 .5 .5 .5 1
Q .2 .5 1 1 1 1 .8
M .5 1 1 .6 .4 .2 0
D 0 .05 .15 .3 .5 .75 1
G .2 .4 .6 .8 1 1 1
B .3 .5 .8 1 1 1 1
"""
THRESHOLDS = (0, 0.25, 0.5, 0.75, 1.0, 2.1, 3.0)
IDEOLOGY = (1, 0.9, 0.6, 0.9, 0.35, 0.5, 0.95)
INTERCEPTS = (0.15, 0, 0.2, -0.2, 0.55, 0.15, 0.15)
EFFECTS = {
    "acc_loss": (0, 0.35, 0, 0, 0, 0, 0.05),
    "upsilon": (0, 0.05, 0, 0, 0, 0, 0.005),
    "curb": (0, 0, 0, 0, 0.6, 1, 0),
    "lift": (0, 0, 0, 0, 0.3, 0, 0),
}

PARAMETERS = """
# ladder (7.1, 7.3, 7.4)
kappa 0.45; noise_s 0.35; lambda_up 0.09; gate_slack 0.08; exit 0.1; iota 0.05; Lambda_P7 1.0
climb_reach 0.2; line_spread 0.6; line_turnover 1/48; line_sharing 0.2
T_B 36.0; opp_scale 2; opp_loss 0.3
# authority (7.5)
lambda_x_up 0.03; lambda_x_dn 0.035; zeta 1.5; T_zeta 12.0; alpha_G 6.0; alpha_M 0.9
alpha_mu 0.25; alpha_I 2.6; alpha_C 0.6; alpha_X 0.5; stake_D 1.5; stake_sal 60.0
xdot_decay 0.85; xdot_gain 0.5; window_months 6; cred_step 0.05; cred_reversion 0.004
window_omega 0.1; eta_bar 0.62; eta_reversion 0.03; soft_p 0.01; soft_size 0.2; hard_p 0.015
hard_size 0.12; coh_bar 0.7; coh_reversion 0.05; coh_concession 0.08; coh_stress 0.01
coh_rally 0.03
# offers (7.5a)
offer_talk 0.5; offer_nearness 0.3; offer_doubt 0.5; threat_loss 1; resistance_weight 1
word_kept 0.1; word_broken 0.25; stake_relief 0.3; stake_recognition 1
# diplomacy (7.6)
forum_hazard 0.08; seated_p 0.5; refusal_max 0.6; refusal_slope 8; refusal_mid 0.45
refusal_stress 0.8; mu_decay 0.92; mu_held 0.35; mu_refused 0.45; med_base 0.4; med_span 0.6
med_rung 4; conference_hazard 0.04; conference_relief 0.05; conference_rung 3
pitch_hazard 0.03; pitch_min_stress 0.2; pitch_z 0.25; pitch_opp 0.1; pitch_months 6
pitch_discount 0.5; dom_reversion 0.05; dom_refusal 0.05; dom_threshold 0.4
election_rate 1/48; election_size 0.15
# incidents (7.7)
incident_base 0.035; incident_far 0.35; incident_top 1.6
incident_low 0.2; incident_high 1.6; closure_p 0.35; closure_level 0.15; recovery_rate 0.35
recovery_add 0.02; g_decay 0.9; g_gain 0.3
# relief and development (7.8, 7.9)
delta_f 0.008; Psi_min 0.35; nu_lo 0.02; nu_hi 0.35; phi_quake 0.2; phi_drought 0.015
phi_drought_from 0.5; cut_recovery 0.01; leaving_rate 0.004; coming_back_rate 0.04
squeeze_people 0.4; count_squeeze 0.33
season 0.25; season_peak 11; need_elasticity 0.5; noise_low 0.7; noise_span 0.6; fh_rate 0.2
K_months 12; squeeze 0.18; squeeze_floor 0.5; c_min 60.0; fd_rate 0.12
D_rung0 0.3; capacity_floor 0.05
# pools (7.10)
z_const -0.7; z_C 1.6; z_L 0.35; z_L_ref 2; z_mu 0.5; z_dom 0.7; z_n 0.25; z_lock 1.5
z_stage 0.15; z_hold 0.3; lambda_z_up 0.1; lambda_z_dn 0.08; share_reserves 0.5
share_debt 0.3; share_humanitarian 0.2
# swings (7.1a)
swing_half_life 12; money_spread 0.5; giving_spread 0.6; output_spread 0.05; hardship_spread 0.25
trade_spread 0.2; appeal_spread 0.35; interest_spread 0.4
# trade, economy, people (7.11)
trade_rung 0.35; trade_income 0.6; psi_min 0.2; psi_max 0.8; psi_up 0.06; psi_dn 0.01
lost_threshold 30.0; project_L 0.9; project_g 0.8; delivery_ratio 0.3
Ybar 17200.0; Y_capacity 100.0; m_H 0.15; m_A 0.8; m_T 0.1; m_I 0.4; m_F 0.45; g_trend 0.022
catchup 0.09; Y_rate 0.12; drought_loss 0.08; customs 0.145; domrate 0.068
stress_base 0.15; stress_slope 3; need_growth 0.02; pop_growth 0.024; emigration 0.02
food_ref 0.35; food_slope 2; hardship_income 1; hardship_delivery 0.1; n_drought 0.12; n_quake 0.1
expulsion_rate 0.012; expulsion_end_rate 0.25; expulsion_factor 8
n_returns 0.5; n_rate 0.06; n_min 0.15; n_max 0.95
food_winter 0.085; food_drought 0.1; health_rate 0.1; health_const 0.1; health_coverage 0.35
health_development 0.1; u_base 0.18; u_slope 0.5; u_min 0.02; u_max 0.6; drought_hazard 0.07
drought_low 0.3; drought_span 0.7; drought_length 10; quake_hazard 0.05
"""


def rows(table, separator):
    """The rows of a table as lists of texts; a line that begins with # is a heading."""
    lines = [line for line in table.strip().splitlines() if not line.startswith("#")]
    return [[text.strip() for text in line.split(separator)] for line in lines]


def number(text):
    """A number, or a fraction."""
    over, _, under = text.partition("/")
    return float(over) / float(under) if under else float(text)


def by_issue(values):
    """Values of the issues by name."""
    return dict(zip(ISSUES, values, strict=True))


def actors(column):
    """The actors; column 0 has the rungs of 2021, 1 those of 2024."""
    return {row[0]: actor(row, column) for row in rows(ACTORS, ",")}


def actor(row, column):
    """One actor."""
    other = dict(part.split() for part in row[15].split(";")) if row[15] != "-" else {}
    numbers = ("sal", "s", "e", "dom0")
    found = {key: float(text) for key, text in zip(numbers, row[7:11], strict=True)}
    found |= {key: float(text) for key, text in zip(("H0", "D0", "T0"), row[12:15], strict=True)}
    found |= {key: float(other.get(key, 0)) for key in ("Rf", "ret", "pool")}
    found["interest"] = float(other.get("y", 0))
    flags = (("corridor", "c"), ("mediator", "m"), ("electorate", "e"))
    found |= {key: letter in row[5] for key, letter in flags}
    return found | {
        "kind": {"s": "state", "b": "bloc", "i": "institution"}[row[1]],
        "policy": NAMES.get(row[2]),
        "delegate": row[2] == "votes",
        "bloc": row[3],
        "group": {"W": "West", "E": "East", "O": "Other", "I": "Institution"}[row[4]],
        "cap": int(row[6]),
        "L": int(row[11].split("/")[column]),
        "rho_i": 0.0,
    }


def policies():
    """The bundles."""
    conditions = {row[0]: row[1:] for row in rows(CONDITIONS, ",")}
    return {row[0]: policy(row, conditions[row[0]]) for row in rows(STANCES, None)}


def policy(stance, conditions):
    """One bundle."""
    profile, gates, others = conditions
    keys = ("q", "rho", "chi_h", "chi_d", "F", "cr", "delta")
    found = {key: float(text) for key, text in zip(keys, others.split(), strict=True)}
    return found | {
        "a": float(stance[1]),
        "w": {f: float(text) for f, text in zip(FEATURES, stance[2:12], strict=True)},
        "c": float(stance[12]),
        "omega": by_issue(OMEGA[profile]),
        "gates": [float(text) for text in gates.split()],
        "lambda_dn": 0.12 if stance[0] == "isolation" else 0.005,
    }


def tie(i, j, table):
    """The largest tie that applies."""
    bi, bj = table[i]["bloc"], table[j]["bloc"]
    ties = [
        (1.0, bi == bj),
        (0.8, bi in ("CA", "RG") and j in ("RUS", "CHN")),
        (0.7, {bi, bj} <= {"GF", "OI"}),
        (0.7, {bi, bj} <= {"EU", "WE"}),
        (0.6, {bi, bj} <= {"CA", "RG"}),
        (0.12, True),
    ]
    return max(weight for weight, applies in ties if applies)


def raw_weight(i, j, table):
    """Weight of j for i before rows are scaled."""
    sal = table[j]["sal"]
    if i in VOTES:
        member = j in VOTES[i].split()
        return float(member) * (1.0 if i == "UN" else sal)
    if i in LENDERS:
        return (1.0 if table[j]["bloc"] in ("EU", "WE") else 0.3) * sal
    return tie(i, j, table) * sal


def parameters():
    """The numbers that both starts share."""
    found = {}
    for row in rows(PARAMETERS, ";"):
        found |= {name: number(text) for name, text in (part.split() for part in row)}
    found["loadings"] = {row[0]: [float(text) for text in row[1:]] for row in rows(LOADINGS, None)}
    found["thresholds"] = list(THRESHOLDS)
    found["ideology"], found["intercept"] = by_issue(IDEOLOGY), by_issue(INTERCEPTS)
    found |= {name: by_issue(values) for name, values in EFFECTS.items()}
    return found | {"reset_months": [1, 7], "drought_months": [11, 12, 1, 2, 3, 4], "med": None}


def world(start):
    """The world at the start of 2021-09 or 2024-02."""
    early = start == "2021-09"
    table = actors(0 if early else 1)
    change = {"trade_factor": 0.69, "need0": 192.5, "target": 0.906}
    late = {"trade_factor": 0.814, "need0": 222.3, "target": 0.73}
    return {
        "id": "afghanistan",
        "start_month": 9 if early else 2,
        "issues": list(ISSUES),
        "ladder": list(range(8)),
        "actors": table,
        "raw_weights": {i: {j: raw_weight(i, j, table) for j in table if j != i} for i in table},
        "policies": policies(),
        "pools": pools(early),
        "projects": projects(early),
        "start": beginning(early),
        "parameters": parameters() | (change if early else late),
    }


def pools(early):
    """The frozen pools."""
    fund = {"veto": ["USA", "CHE"], "r": 0.044, "lock": 0, "tranche": 50.0}
    rest = {"r": 0.0, "tranche": 50.0, "z": 0}
    return {
        "fund": fund | {"B": 3500.0 if early else 3713.0, "z": 0 if early else 2},
        "litigation": rest | {"veto": ["USA"], "lock": 1, "B": 3500.0},
        "europe": rest | {"veto": ["DEU"], "lock": 0, "B": 2100.0},
    }


def projects(early):
    """The projects."""
    oil = {"sponsor": "CHN", "v0": -0.75, "lambda_up": 0.05, "lambda_dn": 0.06, "royalty": 3.0}
    copper = {"sponsor": "CHN", "v0": -1.0, "lambda_up": 0.03, "lambda_dn": 0.03, "royalty": 6.0}
    stage = {"y": 0, "inv": 0} if early else {"y": 3, "inv": 13}
    return {
        "oil": oil | stage | {"schedule": [[1, 12, 12.5], [13, 48, 15.0]]},
        "copper": copper | {"y": 1, "inv": 0, "schedule": [[1, None, 15.0]]},
    }


def beginning(early):
    """The state of the world."""
    both = {"pop": 40.0, "h": 0.35, "Psi": 1.0, "eta": 0.62, "coh": 0.70}
    if early:
        own = {"Y": 74.4, "Yb": 74.4, "n": 0.61, "c": 201.0, "phi": 2.15, "att": 14, "ten": 1}
        own |= {"food0": 0.48, "v0": 0.35, "K": 0.0}
        return both | own | {"x": by_issue((1, 2, 1, 0, 2, 2, 2))}
    own = {"Y": 77.1, "Yb": 77.1, "n": 0.5925, "c": 177.0, "phi": 1.0, "att": 0, "ten": 30}
    own |= {"food0": 0.3714, "v0": 0.0, "K": 600.0}
    return both | own | {"x": by_issue((0, 1, 1, 0, 2, 1, 1))}
