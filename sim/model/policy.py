"""The numbers of a policy: names, units and meanings (model 8); values live in the case."""

from sim.model.parameters import SHARE
from sim.model.schema import columns, of
from sim.model.vocab import MOST_ISSUES, RUNGS

CLIMB = "the actors climb"
MOVE = "the actors climb or fall"
RECOGNISE = "the actors recognise the authority"
RELEASE = "pools are released, on which all custodians of a pool must agree"


class Policy:
    """What an actor follows in a month: a bundle, and the attributes an intervention may change.

    Rows are immutable; an actor holds the index of its row (model 8).
    """

    stance: float = of("utility", "a: readiness to engage at all", sways=CLIMB)
    weight_rights: float = of("weight", "on the gap between score and reference", low=0, sways=MOVE)
    weight_security: float = of("weight", "on the border and security stake", low=0, sways=MOVE)
    weight_resources: float = of("weight", "on resources and trade", low=0, sways=MOVE)
    weight_humanitarian: float = of("weight", "on human need", low=0, sways=MOVE)
    weight_peers: float = of("weight", "on peers already at the rung", low=0, sways=MOVE)
    weight_reciprocity: float = of("weight", "on recent concessions", low=0, sways=MOVE)
    weight_momentum: float = of("weight", "on forum momentum", low=0, sways=MOVE)
    weight_domestic: float = of("weight", "on the cost at home", low=0, sways=MOVE)
    weight_grievance: float = of("weight", "on grievance", low=0, sways=MOVE)
    weight_durability: float = of("weight", "on durable control", low=0, sways=MOVE)
    reference_score: float = of(
        "score", "score from which rights speak for engagement", sways=CLIMB
    )
    issue_weights: list[float] = of(
        "weight", "of the issues in the score, sum 1", length=MOST_ISSUES, low=0
    )
    gates: list[float] = of(
        "score", "score that opens a rung; 2 is a ceiling", length=RUNGS, sways=MOVE
    )
    quorum: float = of(
        SHARE, "of peers at recognition before one's own", low=0, high=1, sways=RECOGNISE
    )
    reservation: float = of("utility", "rho: reservation against recognition", sways=RECOGNISE)
    relief_conditionality: float = of(SHARE, "of relief that depends on the score", low=0, high=1)
    development_conditionality: float = of(
        SHARE, "of development money that depends on the score", low=0, high=1
    )
    asset_stance: float = of("utility", "F: readiness to release frozen assets", sways=RELEASE)
    reward_credibility: float = of(
        "factor",
        "cr: how credible its rewards are",
        low=0,
        sways="the authority concedes for rewards",
    )
    descent_rate: float = of(
        "1/month", "largest chance of falling a rung", low=0, high=1, sways="the actors fall"
    )
    drift: float = of("utility", "delta: upward drift at the starting rung", sways=CLIMB)
    security_stake: float = of("index", "s: border and security stake", low=0, sways=CLIMB)
    resource_stake: float = of("index", "e: resource and trade stake", low=0, sways=CLIMB)
    return_rate: float = of("share/month", "of hosted refugees who return", low=0, high=1)
    interest: float = of(
        SHARE,
        "y: of its possible governments that put an interest above conditions",
        low=0,
        high=1,
        absent=0,
        sways=CLIMB,
    )
    mediator: float = of("flag", "1 for a mediator", low=0, high=1, sways="talks go well")
    relief_factor: float = of("factor", "scales relief pledged", low=0)
    development_factor: float = of("factor", "scales development money", low=0)
    trade_factor: float = of("factor", "scales trade", low=0)


ATTRIBUTES = (
    "security_stake",
    "resource_stake",
    "return_rate",
    "interest",
    "mediator",
    "relief_factor",
    "development_factor",
    "trade_factor",
)
"""Numbers of a policy row that are an actor's own; no named policy or delegation sets them."""

OWN = ATTRIBUTES[:5]
"""Attributes that the case gives; the factors after them start at 1."""

BUNDLE = tuple(name for name in columns(Policy) if name not in ATTRIBUTES)
"""Numbers of a named policy, which delegation averages."""
