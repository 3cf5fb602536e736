"""What is known of a result before it is there: where it will be and what it will hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.measures.catalog import outcomes_of, series_of
from sim.measures.measure import Key
from sim.measures.members import members_of
from sim.planning.compile import Compiled, compile_scenario
from sim.runs.make import Order, folder_for, manifest_of
from sim.scenario.load import Loaded
from sim.store.read import Result


@dataclass(frozen=True)
class Prospect:
    """The result that a scenario will leave."""

    loaded: Loaded
    folder: Path
    manifest: Mapping[str, Any]
    outcomes: Mapping[str, None]
    series: Mapping[Key, None]
    groups: Mapping[str, str]
    compiled: Compiled


Contents = Result | Prospect
"""A finished result, or one that is yet to be made."""


def prospect_of(loaded: Loaded, order: Order, out: Path) -> Prospect:
    """What a scenario will leave below `out`; raises CannotCompile."""
    compiled = compile_scenario(loaded.case, loaded.scenario, order.months)
    members, manifest = members_of(loaded.case, compiled.conditions), manifest_of(loaded, order)
    return Prospect(
        loaded,
        folder_for(manifest, out),
        manifest,
        dict.fromkeys(outcomes_of(members)),
        dict.fromkeys(series_of(members)),
        {actor.id: actor.group for actor in loaded.case.actors.values()},
        compiled,
    )
