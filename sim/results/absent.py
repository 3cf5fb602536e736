"""What results leave out, since the case is without it: a share of nobody says nothing."""

from sim.case.case import Case

BY_BLOCK = {
    "country": (
        *("people_in_need", "need_share", "food_insecure", "food_share", "health", "population"),
        *("refugees", "returned", "departed", "unemployment", "stress", "gdp"),
        *("peak_food_share", "peak_food_insecure"),
    ),
    "aid": (
        *("relief_pledged", "relief_delivered", "relief_required", "requirement", "carry_over"),
        *("access", "development", "development_on_budget", "coverage"),
        "institutions_development",
    ),
    "shocks": ("drought", "quakes"),
    "diplomacy": ("momentum", "forums_held", "forums_refused", "attendance", "attended", "pitches"),
    "incidents": ("incidents",),
    "pools": (
        *("assets_frozen", "assets_paid", "assets_awarded", "interest", "stalls", "refreezes"),
        *("reserves", "debt_paid", "window_paid", "assets_frozen_share"),
    ),
    "projects": ("investment", "royalties", "terminations"),
    "issues": (
        *("concessions", "tightenings", "issue_levels", "hard_line", "cohesion"),
        *("eased_any", "first_easing_any"),
    ),
}
"""Series and outcomes of each block that a case may leave out, and of parts it may have none of."""


def absent(case: Case) -> frozenset[str]:
    """The series and outcomes, those by actor too, of what the case is without."""
    parts = {"pools": case.pools, "projects": case.projects, "issues": case.issues}
    without = (*case.without, *(name for name, part in parts.items() if not part))
    return frozenset(name for block in without for name in BY_BLOCK[block])
