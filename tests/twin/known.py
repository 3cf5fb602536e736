"""Of a case, what the text that the twin was typed from has, too; a case may grow beyond it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sim.case.case import Case
from tests.twin import afghanistan

PARTS = ("actors", "issues", "policies", "pools", "projects")


def of_the_text(case: Case, start: str) -> Case:
    """The case without the parts of which the text says nothing; issues are added at the end."""
    theirs = afghanistan.world(start)

    def kept(part: str) -> Mapping[str, Any]:
        return {name: facts for name, facts in getattr(case, part).items() if name in theirs[part]}

    return replace(
        case,
        actors=kept("actors"),
        issues=kept("issues"),
        policies=kept("policies"),
        pools=kept("pools"),
        projects=kept("projects"),
    )


def beyond_the_text(case: Case, start: str) -> list[str]:
    """What such a case leaves out, as `actors.XYZ`."""
    rest = of_the_text(case, start)
    return [
        f"{part}.{name}"
        for part in PARTS
        for name in getattr(case, part)
        if name not in getattr(rest, part)
    ]
