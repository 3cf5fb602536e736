"""Why a mutant that survives may: no test could tell it from the rule, or none is worth it."""

from tests.mutants.mutations import Mutant

REASONS: dict[str, tuple[str, ...]] = {}
"""Mutants by the reason they share."""


def reason_for(mutant: Mutant) -> str:
    """The reason for a mutant; empty where there is none."""
    return next((reason for reason, names in REASONS.items() if str(mutant) in names), "")
