"""Wiring shared by the commands that need results: run what is missing, read what is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.errors import say
from sim.cli.meter import meter
from sim.engine.ensemble import simulate
from sim.planning.compile import compile_scenario
from sim.planning.notes import falling
from sim.runs.awaited import Awaited, awaited
from sim.runs.make import Order, Simulate, folder_of, make_result, name_of
from sim.scenario.load import Loaded, load_scenario
from sim.scenario.parts import LONGEST
from sim.store.read import Result, is_result, read_result

if TYPE_CHECKING:
    from sim.agents.own import Own


LONG_FOR_AGENTS = 600
"""Months of all runs that take agents some ten seconds."""


@dataclass(frozen=True)
class How:
    """How to run a scenario that has no result yet."""

    order: Order
    out: Path
    threads: int | None
    settings: tuple[str, ...] = ()
    engine: str = "kernel"
    own: "Own | None" = None

    def simulate(self, loaded: Loaded) -> Simulate:
        """The engine as asked for."""
        if self.own:
            return self.own.simulate(loaded, self.order.months)
        if self.engine == "mesa":
            from sim.agents.own import simulate_with_agents

            return simulate_with_agents
        return partial(simulate, threads=self.threads)


def caution(loaded: Loaded, months: int | None) -> None:
    """Say what to know of a scenario before it is run; raises CannotCompile."""
    for note in falling(compile_scenario(loaded.case, loaded.scenario, months)):
        say(f"{loaded.name}: {note}")
    last = months or LONGEST
    beyond = [each for each in loaded.scenario.interventions if each.month > last]
    if beyond:
        say(f"{loaded.name}: {len(beyond)} interventions lie beyond month {months}")


def run_one(loaded: Loaded, how: How) -> tuple[Path, bool]:
    """Run a scenario with a bar, unless its result is there; its folder and whether it is new."""
    folder = folder_of(loaded, how.order, how.out)
    if is_result(folder):
        return folder, False
    months = how.order.months or loaded.scenario.months
    label = f"{name_of(loaded, how.order)}: {how.order.runs:,} runs of {months} months"
    if (how.own or how.engine == "mesa") and how.order.runs * months > LONG_FOR_AGENTS:
        say(f"{label} by agents: about a second for every 60 months; fewer runs tell, too")
    with meter(label, how.order.runs) as progress:
        return make_result(
            loaded, how.order, how.out, using=how.simulate(loaded), progress=progress
        )


def found_for(names: Sequence[str], how: How) -> list[Result | Awaited]:
    """The result of each name or folder, or what is known of it before it is there."""
    found: list[Result | Awaited] = []
    for name in names:
        if is_result(Path(name)):
            found.append(read_result(Path(name)))
            continue
        loaded = load_scenario(name, how.settings)
        folder = folder_of(loaded, how.order, how.out)
        there = is_result(folder)
        found.append(read_result(folder) if there else awaited(loaded, how.order, how.out))
    return found


READ = ("series", "actors", "outcomes", "units", "fingerprints", "begun")
"""What a comparison or a picture reads of a result."""


def results_for(found: Sequence[Result | Awaited], how: How) -> list[Result]:
    """All results; before the first is run, all that are there are read, or raise Damaged."""
    lacking = [each for each in found if isinstance(each, Awaited)]
    for result in found if lacking else ():
        for part in READ if isinstance(result, Result) else ():
            getattr(result, part)
    for each in lacking:
        caution(each.loaded, how.order.months)
    return [
        each if isinstance(each, Result) else read_result(run_one(each.loaded, how)[0])
        for each in found
    ]
