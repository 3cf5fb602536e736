"""What is known of a result before it is there: where it will lie and what it will hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sim.measures.catalog import outcomes_of, series_of
from sim.measures.measure import Key
from sim.measures.members import members_of
from sim.planning.compile import compile_scenario
from sim.runs.make import Order, folder_of, manifest_of
from sim.scenario.load import Loaded


class Contents(Protocol):
    """What a finished result and an awaited one have in common."""

    @property
    def folder(self) -> Path:
        """The folder of the result."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What identifies it; the hashes of its files only if it is there."""

    @property
    def outcomes(self) -> Mapping[str, object]:
        """Its outcomes, by name."""

    @property
    def series(self) -> Mapping[Key, object]:
        """Its series, by metric and subject."""

    @property
    def groups(self) -> Mapping[str, str]:
        """The group of each actor."""


@dataclass(frozen=True)
class Awaited:
    """The result that a scenario will leave."""

    loaded: Loaded
    folder: Path
    manifest: Mapping[str, Any]
    outcomes: Mapping[str, None]
    series: Mapping[Key, None]
    groups: Mapping[str, str]


def awaited(loaded: Loaded, order: Order, out: Path) -> Awaited:
    """What a scenario will leave below `out`; raises CannotCompile."""
    compiled = compile_scenario(loaded.case, loaded.scenario, order.months)
    members = members_of(loaded.case, compiled.conditions)
    return Awaited(
        loaded,
        folder_of(loaded, order, out),
        manifest_of(loaded, order),
        dict.fromkeys(outcomes_of(members)),
        dict.fromkeys(series_of(members)),
        {actor.id: actor.group for actor in loaded.case.actors.values()},
    )
