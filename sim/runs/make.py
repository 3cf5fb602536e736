"""Run a scenario and leave its results in a folder."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sim.engine.ensemble import Chunk, simulate
from sim.io.files import whole_folder
from sim.io.writing import as_yaml
from sim.measures.catalog import outcomes_of, series_of
from sim.measures.codebook import CODEBOOK_HEADER, codebook_rows
from sim.measures.members import members_of
from sim.measures.reader import Reader
from sim.planning.compile import Compiled, compile_scenario
from sim.scenario.limits import DEFAULT_SEED
from sim.scenario.load import Loaded
from sim.store.facts import ISSUES, LADDER, issue_facts
from sim.store.folder import Packer
from sim.store.manifest import FORMAT, MANIFEST, case_hash, code_hash, short_hash
from sim.store.panel import PANEL, Spool, panel_rows, spooling
from sim.store.summary import Summary
from sim.store.tables import (
    OF_ACTORS,
    OF_SUMMARY,
    actor_rows,
    as_csv,
    column_rows,
    run_parts,
    summary_rows,
)

Simulate = Callable[..., Iterator[Chunk]]


class Agents(NamedTuple):
    """Agents of one's own: their class, the name and hash of its file, and that of `sim.agents`."""

    name: str
    file: str
    content: str
    front: str


@dataclass(frozen=True)
class Order:
    """What to run: how often, how long (None: the scenario's horizon), and with which seed.

    `panel` keeps rungs and flows by run, month and actor, too; `agents` decide for the actors.
    """

    runs: int = 1_000
    months: int | None = None
    seed: int = DEFAULT_SEED
    panel: bool = False
    agents: Agents | None = None


def manifest_of(loaded: Loaded, order: Order) -> dict[str, Any]:
    """What identifies a result: the same content gives the same folder and the same bytes."""
    months = order.months or loaded.scenario.months
    resolved = {**loaded.resolved(), "months": months}
    own = order.agents
    return {
        "format": FORMAT,
        "title": loaded.scenario.title + (f" with {own.name}" if own else ""),
        "compares": [name_of(loaded, order)],
        "points": 1,
        "scenario": name_of(loaded, order),
        **({"agents": own._asdict()} if own else {}),
        "case": loaded.case.id,
        **({"case_root": loaded.case.root} if loaded.case.base else {}),
        "start": loaded.start,
        "months": months,
        "runs": order.runs,
        "seed": order.seed,
        "panel": order.panel,
        ISSUES: issue_facts(loaded.case),
        LADDER: list(loaded.case.ladder),
        "scenario_hash": short_hash(resolved),
        "case_hash": case_hash(loaded.documented),
        "code_hash": code_hash(),
    }


def name_of(loaded: Loaded, order: Order) -> str:
    """The name of a result: that of the scenario, and whose agents decide."""
    return loaded.name + (f"-with-{order.agents.name}" if order.agents else "")


def folder_for(manifest: Mapping[str, Any], out: Path) -> Path:
    """The folder in which the result stands, or will stand, by its `manifest_of`."""
    return out / f"{manifest['scenario']}-{short_hash(manifest)}"


def make_result(
    loaded: Loaded,
    order: Order,
    out: Path,
    *,
    using: Simulate = simulate,
    progress: Callable[[int], None] = lambda runs: None,
    compiled: Compiled | None = None,
) -> tuple[Path, bool]:
    """Run `loaded` and write its folder below `out`; returns the folder and whether it is new.

    A finished result that is already there is left as it is. `progress` is called with the number
    of runs of each chunk. `compiled` is the scenario over the months of the order, where it was
    compiled before. Raises CannotWrite.
    """
    manifest = manifest_of(loaded, order)
    folder = folder_for(manifest, out)
    if (folder / MANIFEST).is_file():
        return folder, False
    if compiled is None:
        compiled = compile_scenario(loaded.case, loaded.scenario, order.months)
    with whole_folder(folder) as partial, _panel(order, partial, compiled) as panel:
        members = members_of(loaded.case, compiled.conditions)
        reader = Reader(members, outcomes_of(members), series_of(members))
        summary = Summary(reader, members, compiled.months, order.runs)
        for chunk in using(compiled.start, compiled.uids, compiled.months, order.runs, order.seed):
            summary.add(chunk.trajectories, chunk.first_run)
            if panel:
                panel.add(chunk.trajectories)
            progress(len(chunk.trajectories.metrics))
        packer = Packer(partial)
        _write(packer, loaded, compiled, summary)
        explained = [*codebook_rows(loaded.case, compiled.conditions), *column_rows()]
        if panel:
            packer.write_archive(PANEL, panel.members())
            explained += panel_rows()
        packer.write("codebook.csv", as_csv(CODEBOOK_HEADER, explained))
        packer.finish(manifest)
    return folder, True


def _panel(order: Order, partial: Path, compiled: Compiled) -> AbstractContextManager[Spool | None]:
    """Where the panel is held meanwhile, if one is asked for."""
    if not order.panel:
        return nullcontext()
    return spooling(partial, compiled.actors, compiled.months)


def _write(packer: Packer, loaded: Loaded, compiled: Compiled, summary: Summary) -> None:
    resolved, case = {**loaded.resolved(), "months": compiled.months}, loaded.case
    packer.write("scenario.yaml", as_yaml(resolved))
    months = summary_rows(summary, compiled.calendar)
    packer.write("summary.csv", as_csv([*OF_SUMMARY], months))
    packer.write("actors.csv", as_csv([*OF_ACTORS], actor_rows(summary, case)))
    packer.write("fingerprints.u32", summary.fingerprints.astype("<u4", copy=False).data)
    packer.write_gzip("runs.csv.gz", run_parts(summary.outcomes, summary.runs))
