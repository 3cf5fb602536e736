"""A new scenario file to begin with, and the schema of such files for editors."""

from typing import Any

from sim.scenario.load import Loaded
from sim.scenario.schema import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"

NEW = """\
# {name}: what changes, for whom and when. Month 1 is {first}; a month may be such a date, too.
# sim scenarios check {file}     finds mistakes
# sim scenarios show {file}      says it in words
# sim compare {base} {file}
extends: {base}
title: {title}
question: >-
  What if …?
description: >-
  What happens, who does it, and what stays as it is.
cannot_say: >-
  What this scenario cannot say.
interventions: []
# Each begins with a hyphen, in place of the brackets, as in:
#  - {{month: 6, verb: set_policy, select: {{id: {actor}}}, policy: {policy}}}
"""


def new_scenario(name: str, file: str, base: Loaded, base_name: str, first: str) -> str:
    """The text of a new scenario that extends `base` and does nothing else yet."""
    actor = next(each for each in base.case.actors.values() if not each.delegates)
    policy = next(each for each in base.case.policies if each != actor.policy)
    title = name.replace("-", " ").replace("_", " ").capitalize()
    return NEW.format(
        name=name,
        file=file,
        base=base_name,
        title=title,
        first=first,
        actor=actor.id,
        policy=policy,
    )


def scenario_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file; a file that extends another needs no case of its own.

    It takes the issues of all cases.
    """
    schema = Scenario.model_json_schema(mode="validation", by_alias=True)
    schema["required"] = ["title"]
    return {"$schema": DIALECT, **schema}
