"""Many runs by agents, also by a class of one's own from a Python file."""

import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from sim.agents.cast import Cast, Names, cast_of
from sim.agents.model import ActorAgent, EngagementModel, RungFault
from sim.engine.digest import code_digest
from sim.engine.draws import Uids
from sim.engine.ensemble import Chunk, chunk_starts, empty_trajectories, first_rows
from sim.engine.kernel import Start, Trajectories
from sim.io.documents import did_you_mean
from sim.io.errors import BadFile, Fault, MissingFile, visible
from sim.model.metrics import Report
from sim.model.rules.reporting import write_report
from sim.runs.make import Agents, Simulate
from sim.scenario.load import Loaded
from sim.store.manifest import digest

RUNS_A_CHUNK = 5
"""Agents take so long that a bar moves, and an interrupt is heard, after so few runs."""


@dataclass(frozen=True)
class Own:
    """A class of agents from a file, `content` its hash."""

    actor_class: type[ActorAgent]
    file: Path
    content: str

    @property
    def record(self) -> Agents:
        """What a result says of it: not the folder of the file, which is private to its machine."""
        front = code_digest("sim.agents")[:10]
        return Agents(self.actor_class.__name__, self.file.name, self.content[:10], front)

    def simulate(self, loaded: Loaded, months: int | None) -> Simulate:
        """What runs a scenario with these agents; raises BadFile for what goes wrong in them."""
        names = cast_of(loaded, months).names
        return partial(_simulate_own, self, actor_class=self.actor_class, names=names)


def load_own(text: str) -> Own:
    """The class that `FILE:CLASS` names; runs the code in the file, as an import does.

    Raises ValueError for another form, MissingFile, or BadFile where there is no such class or the
    code fails.
    """
    place, _, name = text.rpartition(":")
    file = Path(place)
    if not place or not name:
        raise ValueError("name the file and a class in it, as my.py:Bold")
    if not file.is_file():
        raise MissingFile(f"{visible(place)}: no such file")
    raw = file.read_bytes()
    module = _run_module(file, raw)
    classes = {
        key: each
        for key, each in vars(module).items()
        if isinstance(each, type) and issubclass(each, ActorAgent)
    }
    if name not in classes:
        hint = did_you_mean(name, sorted(classes))
        raise BadFile([Fault(place, None, name, f"no such subclass of ActorAgent{hint}")])
    return Own(classes[name], file, digest(raw))


def _run_module(file: Path, raw: bytes) -> ModuleType:
    """The module in a file, run from the very bytes that are hashed; leaves no compiled copy."""
    module = ModuleType(f"agents_{digest(raw)[:10]}")
    module.__file__ = str(file)
    sys.modules[module.__name__] = module
    try:
        exec(compile(raw, str(file), "exec", dont_inherit=True), vars(module))
    except SyntaxError as error:
        place = error.lineno or 1, error.offset or 1
        raise BadFile([Fault(str(file), place, "", error.msg)]) from error
    except (Exception, SystemExit) as error:
        raise fault_in(file, error) from error
    return module


def fault_in(file: Path, error: BaseException) -> BadFile:
    """An error of a user's code in one line: the last place of the file that took part in it."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [(frame.lineno or 1, 1) for frame in frames if frame.filename == str(file)]
    message = f"{type(error).__name__}: {error}"
    return BadFile([Fault(str(file), places[-1] if places else None, "", message)])


def _simulate_own(own: Own, *args: Any, **how: Any) -> Iterator[Chunk]:
    try:
        yield from simulate_with_agents(*args, **how)
    except RungFault as error:
        fault = Fault(str(own.file), None, own.actor_class.__name__, str(error))
        raise BadFile([fault]) from None
    except Exception as error:
        raise fault_in(own.file, error) from error


def report_at(recorded: Trajectories, run: int, month: int) -> Report:
    """The places of one run and month, with attributes."""
    parts: Sequence[Any] = [array.view(np.recarray)[run, month] for array in recorded]
    return Report(*parts)


def simulate_with_agents(
    start: Start,
    uids: Uids,
    months: int,
    runs: int,
    seed: int,
    actor_class: type[ActorAgent] = ActorAgent,
    names: Names | None = None,
) -> Iterator[Chunk]:
    """What `sim.engine.ensemble.simulate` yields, bit for bit, run by agents.

    With a class of one's own, what its `decide` chooses. Raises RungFault.
    """
    cast = Cast(start, uids, names)
    recorded = empty_trajectories(start, min(RUNS_A_CHUNK, runs), months)
    for first, count in chunk_starts(runs, RUNS_A_CHUNK):
        part = first_rows(recorded, count)
        for place in range(count):
            how: dict[str, Any] = {"actor_class": actor_class, "collect": False}
            model = EngagementModel(cast, seed, first + place, **how)
            write_report(report_at(part, place, 0), model.state)
            for month in range(1, months + 1):
                model.step()
                write_report(report_at(part, place, month), model.state)
            model.__dict__.clear()  # Mesa never lets go of a model whose agents it has numbered
        yield Chunk(first, part)
