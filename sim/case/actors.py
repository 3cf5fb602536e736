"""The actors of a case: a table, the backing of its columns, and the sources of single cells."""

from pathlib import Path

from sim.case.case import ActorFacts
from sim.case.numbers import ColumnEntry
from sim.case.reading import Numbers, each, table_file
from sim.documents import BadFile, Fault, did_you_mean

TEXT_COLUMNS = ("name", "kind", "group", "bloc", "policy")
KINDS = ("state", "bloc", "institution")
"""What an actor can be."""


def read_actors(folder: Path, numbers: Numbers) -> dict[str, ActorFacts]:
    """Add the numbers of the actors; raises BadFile or MissingFile."""
    document = table_file(folder, "actors.csv")
    backing = each(folder, "actors.columns.yaml", ColumnEntry)
    sources = _actor_sources(folder)
    faults: list[Fault] = []
    actors = {}
    for actor, row in sorted(document.value.items()):
        for name, text in row.items():
            if name == "id" or name in TEXT_COLUMNS:
                continue
            keys = (actor, name)
            if name not in backing:
                faults.append(document.fault(keys, "this column has no backing"))
                continue
            try:
                value = float(text)
            except ValueError:
                faults.append(document.fault(keys, f"must be a number, not {text!r}"))
                continue
            own = sources.get(keys, ("", "", ""))
            numbers[f"actors.{actor}.{name}"] = backing[name].number(value, *own)
        if row["kind"] not in KINDS:
            message = f"unknown kind {row['kind']!r}{did_you_mean(row['kind'], list(KINDS))}"
            faults.append(document.fault((actor, "kind"), message))
        actors[actor] = ActorFacts(
            actor,
            row["name"],
            row["kind"],
            row["group"],
            row["bloc"],
            row["policy"],
            delegates=row["delegates"] == "1",
            permanent_member=row["permanent_member"] == "1",
        )
    for keys in sources:
        if keys[0] not in actors or keys[1] not in backing:
            faults.append(
                document.fault((), f"a source for {keys[0]} {keys[1]}, which is not here")
            )
    if faults:
        raise BadFile(faults)
    return actors


def _actor_sources(folder: Path) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Source, confidence and note of cells, by actor and column."""
    document = table_file(folder, "actors.sources.csv", keys=2)
    return {
        (row["actor"], row["column"]): (row["source"], row["confidence"], row["note"])
        for row in document.value.values()
    }
