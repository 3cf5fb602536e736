"""The words of the model: the ladder, the stages and the verbs of an intervention.

The members stand as plain integers beside their enumerations, because the compiled kernel reads
module constants fastest. Nothing here knows an actor, a policy, an issue or a country.
"""

from enum import IntEnum


class Rung(IntEnum):
    """Rungs of the ladder of engagement, cumulative (model 2)."""

    ISOLATION = 0
    INDIRECT_CONTACT = 1
    DIRECT_CONTACT = 2
    STANDING_CHANNEL = 3
    MISSION = 4
    CHARGE_EXCHANGE = 5
    AMBASSADOR = 6
    RECOGNITION = 7


RUNG_WORDS = (
    "isolation",
    "indirect contact",
    "direct contact",
    "standing channel",
    "mission without recognition",
    "chargé exchange",
    "ambassador without recognition",
    "formal recognition",
)
"""The rungs in words, indexed by rung."""


class AssetStage(IntEnum):
    """Stages of a frozen pool (model 2)."""

    BLOCKED = 0
    TECHNICAL_TALKS = 1
    FRAMEWORK_AGREED = 2
    TRANCHE_APPROVED = 3
    DISBURSING = 4


class ProjectStage(IntEnum):
    """Stages of an extractive project (model 2)."""

    NONE = 0
    PRELIMINARY_DEAL = 1
    CONTRACT = 2
    INVESTING = 3
    PRODUCING = 4


class Quantity(IntEnum):
    """What a condition looks at; the first of them, up to GDP, can also be held at a value."""

    NEED = 0
    STRESS = 1
    MOMENTUM = 2
    HARD_LINE = 3
    COHESION = 4
    GDP = 5
    HUNGER = 6
    RECOGNITIONS = 7
    LEVEL = 8
    RUNG = 9
    STAGE = 10
    MET = 11


RUNGS = 8
MOST_ISSUES = 10
"""Room for issues in a record; a case names as many of them as it has."""

RECOGNITION = int(Rung.RECOGNITION)
STANDING_CHANNEL = int(Rung.STANDING_CHANNEL)
DIRECT_CONTACT = int(Rung.DIRECT_CONTACT)
CHARGE_EXCHANGE = int(Rung.CHARGE_EXCHANGE)

TOP_LEVEL = 4
"""The highest level of an issue, which meets the benchmark, and of a pool's or project's stage."""

DISBURSING = int(AssetStage.DISBURSING)
INVESTING = int(ProjectStage.INVESTING)
PRODUCING = int(ProjectStage.PRODUCING)


NEED, STRESS, MOMENTUM, HARD_LINE, COHESION, GDP, HUNGER, RECOGNITIONS, LEVEL, RUNG, STAGE, MET = (
    int(quantity) for quantity in Quantity
)
HOLDABLE = 6
"""Quantities that can be held: those before this one."""
