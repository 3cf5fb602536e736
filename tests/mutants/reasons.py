"""Why a mutant that survives may: no run could tell it from the rule, or only in a last bit."""

from tests.mutants.mutations import Mutant

REASONS: dict[str, tuple[str, ...]] = {
    "Both hold the same here: what the month leaves was just set to what it found.": (
        "assets.move_pools: `stage` → `next_stage` (2)",
        "authority.move_issues: `level` → `next_level` (2)",
        "engagement.decide: `rung` → `next_rung` (2)",
        "engagement.decide: `rung` → `next_rung` (3)",
        "security.update_grievance: `openness` → `next_openness` (2)",
        "security.update_grievance: `openness` → `next_openness` (3)",
        "trade.update_investment: `months_invested` → `next_months_invested` (2)",
        "trade.update_investment: `months_invested` → `next_months_invested` (3)",
    ),
    "The least or the largest of equal numbers is the same, whichever is taken.": (
        "assets.release_value: `< least` → `<= least`",
        "forums.mediation: `> highest` → `>= highest`",
    ),
    "The value is never read: a case without a veto over a pool is refused, and every quantity that"
    " a clause may name has its branch.": (
        "assets.release_value: `0.0` → `1.0`",
        "conditions.world_quantity: `0.0` → `1.0`",
    ),
    "Another line says the same: coverage above 1 is cut off where it is found, and again where the"
    " price may not rise.": (
        "relief.reset_appeal: `1.0` → `2.0`",
        "relief.reset_appeal: `1.0` → `2.0` (4)",
    ),
    "The end is never reached: no issue loses less than nothing of what is delivered.": (
        "relief.access: `1.0` → `2.0` (3)",
    ),
    "Another line says the same: where all numbers lie inside, none is found outside.": (
        "preparing.check_numbers: `< len(numbers)` → `<= len(numbers)`",
    ),
    "Another line says the same: the code beyond the last limit asks for the projects once more.": (
        "preparing.check_limits: `REROUTING` → `REROUTING + 1`",
        "preparing.check_limits: `1` → `2`",
    ),
    "The number of a verb stands for nothing but the verb, and no verb has the next one.": (
        "interventions.HOLD_ISSUE: `14` → `15`",
    ),
    "Where nothing passes, every product with the factor is 0.": (
        "trade.update_trade: `0.0` → `1.0` (5)",
    ),
    "Equality with the tolerance added for rounding, to the last bit, has no meaning to hold.": (
        "authority.owes_reward: `> parameters.window_issue_weight + TOLERANCE`"
        " → `>= parameters.window_issue_weight + TOLERANCE`",
        "engagement.is_open: `< policy.gates[rung] - TOLERANCE`"
        " → `<= policy.gates[rung] - TOLERANCE`",
        "engagement.gate_missed: `< state.policies[actor.policy].gates[actor.rung] - slack -"
        " TOLERANCE` → `<= state.policies[actor.policy].gates[actor.rung] - slack - TOLERANCE`",
        "preparing.misses_limit: `> NEARLY_ONE` → `>= NEARLY_ONE`",
    ),
}
"""Mutants by the reason they share."""


def reason_for(mutant: Mutant) -> str:
    """The reason for a mutant; empty where there is none."""
    return next((reason for reason, names in REASONS.items() if str(mutant) in names), "")
