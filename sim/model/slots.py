"""The uniform draws of a month by name: what each slot of an entity is used for (model 7.12)."""

from collections.abc import Sequence
from typing import NamedTuple


class Draws(NamedTuple):
    """The uniform draws of one month, each in [0, 1), by entity and slot (model 7.12)."""

    ladder: Sequence[float]
    incident: Sequence[float]
    closure: Sequence[float]
    pledge: Sequence[float]
    attendance: Sequence[float]
    election: Sequence[float]
    election_swing: Sequence[float]
    giving_swing: Sequence[float]
    leaving: Sequence[float]
    expulsion: Sequence[float]
    line_turnover: Sequence[float]
    line: Sequence[float]
    issue: Sequence[float]
    word: Sequence[float]
    pool: Sequence[float]
    interest_swing: Sequence[float]
    project: Sequence[float]
    drought: float
    drought_severity: float
    quake: float
    forum: float
    refusal: float
    soft_faction: float
    hard_faction: float
    conference: float
    pitch: float
    civil_society: float
    money_swing: float
    output_swing: float
    hardship_swing: float
    trade_swing: float
    appeal_swing: float


SLOTS = 16
"""Slots that are reserved for every entity and month.

No entity uses more; issues, pools and projects use the first four alone.
"""


def named_draws(
    rows: Sequence[Sequence[float]], actors: int, issues: int, pools: int, projects: int
) -> Draws:
    """Name the draws of a month, `rows[slot][entity]`.

    The entities are the actors, the world, the issues, the pools and the projects, in this order.
    Slots 7 and 8 of an actor stay empty for ever: they once drew budget cuts.
    """
    world = actors
    first_issue = world + 1
    first_pool = first_issue + issues
    first_project = first_pool + pools
    return Draws(
        rows[0][:actors],
        rows[1][:actors],
        rows[2][:actors],
        rows[3][:actors],
        rows[4][:actors],
        rows[5][:actors],
        rows[6][:actors],
        rows[9][:actors],
        rows[10][:actors],
        rows[11][:actors],
        rows[12][:actors],
        rows[13][:actors],
        rows[0][first_issue:first_pool],
        rows[1][first_issue:first_pool],
        rows[0][first_pool:first_project],
        rows[1][first_pool:first_project],
        rows[0][first_project : first_project + projects],
        rows[0][world],
        rows[1][world],
        rows[2][world],
        rows[3][world],
        rows[4][world],
        rows[5][world],
        rows[6][world],
        rows[7][world],
        rows[8][world],
        rows[9][world],
        rows[10][world],
        rows[11][world],
        rows[12][world],
        rows[13][world],
        rows[14][world],
    )
