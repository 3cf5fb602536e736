"""Tables of `docs/model.md` that follow from the code: the schema, the draws, what is reported."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import sim.model.rules
import sim.model.state
from sim.measures.catalog import MEASURES
from sim.measures.codebook import ANY
from sim.model.interventions import Clause, Condition, Deal, Event, Part
from sim.model.metrics import (
    ActorMonth,
    ConditionMonth,
    IssueMonth,
    Metrics,
    PoolMonth,
    ProjectMonth,
)
from sim.model.parameters import Parameters
from sim.model.policy import Policy
from sim.model.schema import NEXT, Column, columns
from sim.model.slots import SLOTS, Draws, named_draws
from sim.model.state import Actor, Pool, Project, Terms, World
from sim.model.vocab import MOST_ISSUES, RUNG_WORDS, AssetStage, ProjectStage

STATE = {
    "actor": Actor,
    "world": World,
    "pool": Pool,
    "project": Project,
    "event": Event,
    "condition": Condition,
    "deal": Deal,
    "terms": Terms,
    "clause": Clause,
    "part": Part,
}
"""The records of the state by the name that the page gives them."""

REPORTED = {
    "metrics": Metrics,
    "of an actor": ActorMonth,
    "of a pool": PoolMonth,
    "of a project": ProjectMonth,
    "of an issue": IssueMonth,
    "of a condition": ConditionMonth,
}
ENTITIES = ("actor", "issue", "pool", "project", "world")


def cell(value: object) -> str:
    """The text of a cell."""
    return str(value).replace("|", "\\|").replace("\n", " ").strip()


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell(value) for value in line) + " |" for line in lines)


def anchor(name: str) -> str:
    """What a link to a row leads to: `actor.rung` to `#actor-rung`."""
    return name.replace(".", "-")


def row_name(name: str, shown: str = "") -> str:
    """The first cell of a row to which links lead."""
    return f'<a id="{anchor(name)}"></a>`{shown or name}`'


def shape(column: Column) -> str:
    """The unit, and how many numbers there are if more than one."""
    if column.length == MOST_ISSUES:
        return f"{column.unit}, by issue"
    return f"{column.unit}, {column.length} of them" if column.length else column.unit


def state_table(record: str) -> str:
    """The fields of a record of the state; a memory has a twin in which the month writes it."""
    fields = columns(STATE[record])
    rows = [
        (
            row_name(f"{record}.{name}", name),
            shape(column),
            column.meaning,
            "memory" if f"{NEXT}{name}" in fields else "",
        )
        for name, column in fields.items()
        if not name.startswith(NEXT)
    ]
    return table(("field", "unit", "meaning", ""), rows)


def ladder_table() -> str:
    """The rungs in words."""
    return table(("rung", "in words"), enumerate(RUNG_WORDS))


def stages_table() -> str:
    """The stages of pools and projects in words."""
    pairs = zip(AssetStage, ProjectStage, strict=True)
    rows = [(int(pool), in_words(pool.name), in_words(project.name)) for pool, project in pairs]
    return table(("stage", "of a pool", "of a project"), rows)


def in_words(name: str) -> str:
    """The name of a member as plain words."""
    return name.replace("_", " ").lower()


def slots_of() -> dict[str, tuple[str, int]]:
    """Entity and slot of every named draw, as `named_draws` takes them."""
    entities = ["actor", "world", "issue", "pool", "project"]
    rows: Any = [[(entity, slot) for entity in entities] for slot in range(SLOTS)]
    draws = named_draws(rows, 1, 1, 1, 1)._asdict()
    return {name: drawn[0] if isinstance(drawn, list) else drawn for name, drawn in draws.items()}


def rule_modules() -> dict[str, Path]:
    """Every file of the rules by its name."""
    found = sorted(entry.name for entry in pkgutil.iter_modules(sim.model.rules.__path__))
    folder = Path(next(iter(sim.model.rules.__path__)))
    return {name: folder / f"{name}.py" for name in found}


def readers(draw: str) -> list[str]:
    """Functions of the rules that read a draw by name."""
    return [
        f"{module}.{node.name}"
        for module, path in rule_modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and reads(node, draw)
    ]


def reads(function: ast.FunctionDef, draw: str) -> bool:
    """Whether a function has `draws.<draw>` in it."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == draw
        and isinstance(node.value, ast.Name)
        and node.value.id == "draws"
        for node in ast.walk(function)
    )


def draws_table() -> str:
    """Which slot of which entity every draw takes, and which rule reads it."""
    order = sorted(slots_of().items(), key=lambda item: (ENTITIES.index(item[1][0]), item[1][1]))
    rows = [
        (
            row_name(f"draws.{name}", name),
            entity,
            slot,
            ", ".join(f"[`{reader}`]" for reader in readers(name)),
        )
        for name, (entity, slot) in order
    ]
    return table(("draw", "of each", "slot", "read by"), rows)


def metrics_table() -> str:
    """What is reported of a month."""
    rows = [
        (f"`{name}`", what, column.unit, column.meaning, "of the month" if column.flow else "")
        for what, record in REPORTED.items()
        for name, column in columns(record).items()
    ]
    return table(("name", "", "unit", "meaning", ""), rows)


def outcomes_table() -> str:
    """What is read off the runs beside the metrics, by month or as a number of a run."""
    rows = [
        (
            f"`{name}`",
            "by month" if measure.by_month else "of a run",
            measure.of,
            measure.unit,
            measure.meaning.format(ANY[measure.of]),
        )
        for name, measure in MEASURES.items()
        if name not in columns(Metrics)
    ]
    return table(("name", "", "of each", "unit", "meaning"), rows)


def functions() -> list[str]:
    """Every function of the rules, as `module.function`."""
    found = []
    for name in rule_modules():
        module = importlib.import_module(f"sim.model.rules.{name}")
        members = inspect.getmembers(module, inspect.isfunction)
        found += [f"{name}.{each}" for each, one in members if one.__module__ == module.__name__]
    return found


def targets() -> dict[str, str]:
    """Where every name leads that the page may show in brackets."""
    rows = [f"{record}.{name}" for record, kind in STATE.items() for name in columns(kind)]
    rows = [name for name in rows if not name.partition(".")[2].startswith(NEXT)]
    rows += [*columns(Parameters), *(f"policy.{name}" for name in columns(Policy))]
    rows += [f"draws.{name}" for name in Draws._fields]
    found = {name: f"#{anchor(name)}" for name in rows}
    found |= {name: f"../sim/model/rules/{name.partition('.')[0]}.py" for name in functions()}
    return found


def links() -> str:
    """The targets, as Markdown wants them at the end of a page; a reader does not see them."""
    return "\n".join(f"[`{name}`]: {target}" for name, target in targets().items())


FROM_CODE = {
    **{f"state of {name}": lambda name=name: state_table(name) for name in STATE},
    "ladder": ladder_table,
    "stages": stages_table,
    "draws": draws_table,
    "metrics": metrics_table,
    "outcomes": outcomes_table,
    "links": links,
}
"""What stands between the markers of each name."""
