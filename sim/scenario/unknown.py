"""What is said of a name that leads nowhere, with the nearest one that leads somewhere."""

from collections.abc import Iterable
from difflib import get_close_matches

from sim.case.case import Case
from sim.case.claims import claims
from sim.documents import did_you_mean


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """The message about a name that leads nowhere."""
    return f"unknown {what} {name!r}{did_you_mean(name, list(known))}"


def unknown_actor(case: Case, name: str) -> str:
    """The message about an unknown actor; a name in words, or its beginning, finds the id."""
    wanted = name.lower()
    for actor in case.actors.values():
        if actor.name.lower().startswith(wanted) or wanted in actor.name.lower().split():
            return f"unknown actor {name!r}, did you mean {actor.id} ({actor.name})?"
    names = {actor.name: actor.id for actor in case.actors.values()}
    near = get_close_matches(name, names, n=1, cutoff=0.7)
    if near:
        return f"unknown actor {name!r}, did you mean {names[near[0]]} ({near[0]})?"
    message = unknown("actor", name, case.actors)
    return message if message.endswith("?") else f"{message}; see: sim case actors"


def unknown_issue(case: Case, name: str) -> str:
    """The message about an unknown issue, with all issues and their titles."""
    spelled = {issue.upper(): issue for issue in case.issues}
    if name.upper() in spelled:
        return f"unknown issue {name!r}, did you mean {spelled[name.upper()]}?"
    known = ", ".join(f"{issue.id} ({issue.title})" for issue in case.issues.values())
    return f"unknown issue {name!r}; known: {known or 'none, this case has no issues'}"


def unknown_claim(name: str) -> str:
    """The message about an unknown claim, with the nearest one or where to look."""
    message = unknown("claim", name, claims())
    return message if message.endswith("?") else f"{message}; see: sim case claims"
