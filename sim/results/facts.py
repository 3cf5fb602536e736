"""What the manifest of a result says of its case: titles of issues, and the rungs that exist."""

from collections.abc import Mapping
from typing import Any

from sim.case.case import Case
from sim.case.ladder import EVERY_RUNG

ISSUES = "issues"
"""The key of the issues."""


LADDER = "ladder"
"""The key of the rungs."""


def issue_facts(case: Case) -> dict[str, dict[str, Any]]:
    """What the manifest says of each issue, by id."""
    return {
        name: {"title": issue.title, "headline": issue.headline}
        for name, issue in case.issues.items()
    }


def issue_titles(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The title of each issue by id."""
    return {name: str(facts["title"]) for name, facts in manifest.get(ISSUES, {}).items()}


def headline_issues(manifest: Mapping[str, Any]) -> list[str]:
    """The issues that the case wants to be shown first."""
    return [name for name, facts in manifest.get(ISSUES, {}).items() if facts["headline"]]


def rungs_in_use(manifest: Mapping[str, Any]) -> list[int]:
    """The rungs of the case's ladder, the lowest first."""
    return [int(rung) for rung in manifest.get(LADDER, EVERY_RUNG)]
