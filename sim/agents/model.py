"""The Mesa front: the same rules on agents, for looking inside (stepping, collecting, subclassing).

    model = EngagementModel("baseline", run=0)
    model.step()
    model.authority.stress

To try a policy written in Python, subclass `ActorAgent`, override `decide`, and pass the class.
"""

from numbers import Real
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np

from sim.agents.cast import Cast, cast_of
from sim.engine.draws import draw_month_as_lists
from sim.engine.kernel import Records
from sim.io.errors import visible
from sim.model.metrics import Metrics, Report
from sim.model.rules.month import close_month, decide, open_month
from sim.model.rules.reporting import write_report
from sim.model.schema import columns
from sim.model.state import Actor, State, World
from sim.scenario.limits import DEFAULT_SEED
from sim.scenario.load import Loaded

COLLECTED = ("rung", "score", "domestic_salience", "grievance", "pledged", "development", "trade")
"""Fields of an actor that the model collects each month, beside its id, name and policy."""


class RungFault(ValueError):
    """A `decide` that left an actor where it cannot stand."""


def fill(record: Any, row: np.void) -> Any:
    """Give `record` the fields of a row as Python numbers and lists."""
    for name in row.dtype.names or ():
        setattr(record, name, row[name].tolist())
    return record


def python_values(array: Records) -> Any:
    """Records as plain objects, numbers as lists of Python's own."""
    if array.dtype.names is None:
        return array.tolist()
    return [fill(SimpleNamespace(), row) for row in array]


class ActorAgent(mesa.Agent, Actor):
    """An outside actor, with `id`, `name` and the fields of `sim.model.state.Actor`.

    The fields are filled once all agents are made, so after `__init__`. Override `decide` to write
    a policy in Python:

        class Bold(sim.ActorAgent):
            def decide(self):
                if self.luck > 0.9 and self.rung < self.cap:
                    self.next_rung = self.rung + 1
    """

    id: str = ""
    name: str = ""

    def decide(self) -> None:
        """Step 5: choose `next_rung`, the rung at the end of the month; it is `rung` until set."""
        decide(self, self.model.state, self.model.draws)

    @property
    def policy_name(self) -> str:
        """The policy it follows this month; empty for an institution that follows its members."""
        names = self.model.names
        return names.policies[self.policy] if names else ""

    @property
    def luck(self) -> float:
        """Its draw of the month, in [0, 1): where high the rules climb, where low they fall.

        It follows from seed, run, month and actor alone, so every scenario meets the same one.
        """
        return float(self.model.draws.ladder[self.index])

    def __repr__(self) -> str:
        policy = f", {self.policy_name}" if self.policy_name else ""
        return f"<{type(self).__name__} {self.id or self.unique_id}: rung {self.rung}{policy}>"


class Authority(World):
    """The authority, the country and the aid system, with the fields of `sim.model.state.World`."""

    def __repr__(self) -> str:
        return f"<Authority in month {self.month}: stress {self.stress:.3g}, GDP {self.gdp:.4g}>"


class EngagementModel(mesa.Model):
    """One run of a scenario, given by name, path or loaded, month by month.

    `run` is the number of the run. All draws of the rules follow from seed, run, month and actor;
    Mesa's own `rng` and `random` follow from seed and run and are for your own agents.
    `datacollector` holds month 0 and every month after it: `get_model_vars_dataframe()` has what is
    reported for the world, `get_agent_vars_dataframe()` a row for each month and actor. Mesa's
    `batch_run` runs it as well, as in
    `mesa.batch_run(sim.EngagementModel, {"scenario": "baseline", "run": range(10), "months": 24})`;
    the versions of Mesa that ask for a month by its step leave out the last month.
    """

    def __init__(
        self,
        scenario: str | Path | Loaded | Cast,
        seed: int = DEFAULT_SEED,
        run: int = 0,
        *,
        months: int | None = None,
        actor_class: type[ActorAgent] = ActorAgent,
        collect: bool = True,
    ) -> None:
        super().__init__(rng=np.random.SeedSequence((seed, run)))
        cast = scenario if isinstance(scenario, Cast) else cast_of(scenario, months)
        start, self.uids, self.names = cast
        self.run_number = run
        self.key_seed = seed
        self.months = len(start.parameters_of[0])
        self.authority: Any = fill(Authority(), start.world[0])
        self.ladder = tuple(sorted({0, *self.authority.rung_above}))
        self.actors = list(actor_class.create_agents(self, len(start.actors)))
        for agent, row in zip(self.actors, start.actors, strict=True):
            fill(agent, row)
            if self.names:
                agent.id, agent.name = self.names.ids[agent.index], self.names.names[agent.index]
        self.state = State(self.authority, self.actors, *map(python_values, start[2:]))
        self.metrics: Any = SimpleNamespace()
        self.datacollector = self._collector() if collect else None
        self._collect()

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__} in month {self.authority.month} of {self.months}: "
            f"{len(self.actors)} actors, seed {self.key_seed}, run {self.run_number}>"
        )

    def _collector(self) -> mesa.DataCollector:
        def reporter(name: str) -> Any:
            return lambda model: getattr(model.metrics, name)

        named = {"id": "id", "name": "name", "policy": "policy_name"}
        return mesa.DataCollector(
            model_reporters={name: reporter(name) for name in columns(Metrics)},
            agent_reporters={**named, **{name: name for name in COLLECTED}},
        )

    def _collect(self) -> None:
        if self.datacollector is not None:
            write_report(self.blank_report(), self.state)
            self.datacollector.collect(self)

    def blank_report(self) -> Report:
        """A report in plain objects, whose metrics become those of the model."""
        lines = [
            [SimpleNamespace() for _ in entities]
            for entities in (
                self.state.actors,
                self.state.pools,
                self.state.projects,
                range(self.authority.issues),
                self.state.conditions,
            )
        ]
        parts: list[Any] = [self.metrics, *lines]
        return Report(*parts)

    def step(self) -> None:
        """Simulate one month; raises RungFault, or ValueError past the months of the scenario."""
        month = self.authority.month + 1
        if month > self.months:
            raise ValueError(f"the scenario was compiled for {self.months} months")
        self.draws = draw_month_as_lists(self.uids, self.run_number, month, self.key_seed)
        open_month(self.state, self.draws)
        for actor in self.actors:
            self._ask(actor)
        close_month(self.state, self.draws)
        self._collect()
        self.running = month < self.months

    def _ask(self, actor: ActorAgent) -> None:
        """Have an actor decide; it stays where it says nothing or an intervention forces it."""
        actor.next_rung = rung = actor.rung
        actor.decide()
        wrong = rung_fault(actor, self.ladder) or (
            "rung was changed; set next_rung" if actor.rung != rung else ""
        )
        if wrong:
            who, month = actor.id or actor.unique_id, self.authority.month
            raise RungFault(f"{who} in month {month} of run {self.run_number}: {wrong}")
        actor.next_rung = rung if actor.rung_forced else int(actor.next_rung)


def rung_fault(actor: ActorAgent, ladder: tuple[int, ...]) -> str:
    """Why an actor cannot stand on its `next_rung`; empty where it can."""
    wanted = actor.next_rung
    if not isinstance(wanted, Real) or wanted not in ladder:
        shown = ", ".join(map(str, ladder))
        return (
            f"next_rung cannot be {visible(repr(wanted))[:80]}; the rungs of the case are {shown}"
        )
    if actor.rung < wanted > actor.cap:
        return f"next_rung cannot be {wanted}; this actor can stand on rung {actor.cap} at most"
    return ""
