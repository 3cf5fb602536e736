"""The Mesa front: the same rules on agents, for looking inside (stepping, collecting, subclassing).

    model = EngagementModel(start, uids, seed=1, run=0)
    model.step()
    model.authority.stress

To try a policy written in Python, subclass `ActorAgent`, override `decide`, and pass the class.
"""

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np

from sim.engine.draws import Uids, draw_month_as_lists
from sim.engine.ensemble import Chunk, chunk_starts, empty_trajectories, first_rows, runs_a_chunk
from sim.engine.kernel import Records, Start, Trajectories
from sim.model.metrics import Metrics, Report
from sim.model.rules.month import close_month, decide, open_month
from sim.model.rules.reporting import write_report
from sim.model.schema import columns
from sim.model.state import Actor, State, World

COLLECTED = ("rung", "score", "domestic_salience", "grievance", "pledged", "development", "trade")
"""Fields of an actor that the model collects each month."""


def fill(record: Any, row: np.void) -> Any:
    """Give `record` the fields of a row as Python numbers and lists."""
    for name in row.dtype.names or ():
        setattr(record, name, row[name].tolist())
    return record


def plain_records(rows: Records) -> list[Any]:
    """Rows as plain objects."""
    return [fill(SimpleNamespace(), row) for row in rows]


class ActorAgent(mesa.Agent, Actor):
    """An outside actor; its fields are those of `sim.model.state.Actor`."""

    def decide(self) -> None:
        """Step 5: choose the rung at the end of the month."""
        decide(self, self.model.state, self.model.draws)


class AuthorityAgent(mesa.Agent, World):
    """The authority, the country and the aid system, with the fields of `sim.model.state.World`."""


class EngagementModel(mesa.Model):
    """One run of a compiled scenario, month by month.

    `start` and `uids` are those of a compiled scenario, `run` the number of the run. All draws
    follow from seed and run; Mesa's own generator is seeded but not used.
    """

    def __init__(
        self,
        start: Start,
        uids: Uids,
        seed: int,
        run: int = 0,
        actor_class: type[ActorAgent] = ActorAgent,
        collect: bool = True,
    ) -> None:
        super().__init__(rng=seed)
        self.run_number = run
        self.key_seed = seed
        self.uids = uids
        self.months = len(start.parameters_of[0])
        self.authority = fill(AuthorityAgent(self), start.world[0])
        self.actors = list(actor_class.create_agents(self, len(start.actors)))
        for agent, row in zip(self.actors, start.actors, strict=True):
            fill(agent, row)
        self.state = self._state(start)
        self.metrics: Any = SimpleNamespace()
        self.datacollector = self._collector(actor_class) if collect else None
        self._collect()

    def _state(self, start: Start) -> State:
        return State(
            self.authority,
            self.actors,
            plain_records(start.pools),
            plain_records(start.projects),
            plain_records(start.conditions),
            plain_records(start.parameters),
            plain_records(start.policies),
            start.ties.tolist(),
            start.vetoes.tolist(),
            plain_records(start.clauses),
            plain_records(start.events),
            start.policy_of.tolist(),
            start.parameters_of.tolist(),
        )

    def _collector(self, actor_class: type[ActorAgent]) -> mesa.DataCollector:
        def reporter(name: str) -> Any:
            return lambda model: getattr(model.metrics, name)

        return mesa.DataCollector(
            model_reporters={name: reporter(name) for name in columns(Metrics)},
            agenttype_reporters={actor_class: {name: name for name in COLLECTED}},
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
        """Simulate one month; raises ValueError past the months that were compiled."""
        month = self.authority.month + 1
        if month > self.months:
            raise ValueError(f"the scenario was compiled for {self.months} months")
        self.draws = draw_month_as_lists(self.uids, self.run_number, month, self.key_seed)
        open_month(self.state, self.draws)
        self.agents.select(agent_type=ActorAgent).do("decide")
        close_month(self.state, self.draws)
        self._collect()
        self.running = month < self.months


def report_at(recorded: Trajectories, run: int, month: int) -> Report:
    """The places of one run and month, with attributes."""
    parts: Sequence[Any] = [array.view(np.recarray)[run, month] for array in recorded]
    return Report(*parts)


def simulate_with_agents(
    start: Start, uids: Uids, months: int, runs: int, seed: int
) -> Iterator[Chunk]:
    """What `sim.engine.ensemble.simulate` yields, bit for bit, run by agents."""
    size = runs_a_chunk(start, months)
    recorded = empty_trajectories(start, min(size, runs), months)
    for first, count in chunk_starts(runs, size):
        part = first_rows(recorded, count)
        for place in range(count):
            model = EngagementModel(start, uids, seed, first + place, collect=False)
            write_report(report_at(part, place, 0), model.state)
            for month in range(1, months + 1):
                model.step()
                write_report(report_at(part, place, month), model.state)
        yield Chunk(first, part)
