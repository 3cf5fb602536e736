"""What is planned, in full: the study with every list written out, its scenarios, its case."""

from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sim.io.reader import read_text
from sim.measures.measure import name_of
from sim.store.manifest import digest
from sim.study.load import LoadedStudy
from sim.study.methods import Table
from sim.study.points import case_content

SCENARIOS, TABLE = "scenarios", "table-{}.csv"
FORMAT = 1
MAKERS = ("numpy", "scipy", "SALib")
"""Packages that make the designs."""


def resolved(study: LoadedStudy) -> dict[str, Any]:
    """The study in full, with every `*` expanded; scenarios are files beside it."""
    content: dict[str, Any] = study.study.model_dump(mode="json", by_alias=True, exclude_none=True)
    files = {name: f"{SCENARIOS}/{base.name}.yaml" for name, base in study.bases.items()}
    content["scenarios"] = [files[name] for name in study.study.scenarios]
    content["months"] = study.months
    shares = [share.model_dump(exclude_none=True) for share in study.recorded.shares]
    content["outcomes"] = [*study.recorded.outcomes, *shares]
    content["series"] = [name_of(key) for key in study.recorded.series]
    for block in study.blocks:
        own = content["blocks"][block.name]
        own["scenarios"] = [files[name] for name in block.scenarios]
        own["runs"] = block.runs
        own["uncertainties"] = [
            {"number": factor.name, **factor.written()}
            for factor in block.factors
            if factor.lever is None
        ]
        if isinstance(study.study.blocks[block.name].design, Table):
            own["design"]["file"] = TABLE.format(block.name)
    return content


def versions() -> dict[str, str]:
    """The packages that make designs."""
    found = {}
    for name in MAKERS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def tables(study: LoadedStudy) -> Iterator[tuple[str, str]]:
    """The text of each block's table, of those that have one."""
    for block in study.blocks:
        design = study.study.blocks[block.name].design
        if isinstance(design, Table):
            yield block.name, read_text(study.path.parent / design.file)


def _case(study: LoadedStudy) -> dict[str, Any]:
    """The case as its files have it: numbers by path, and a hash of each of its facts."""
    base = next(iter(study.bases.values()))
    documented = {str(name): number.value for name, number in study.case.numbers.items()}
    facts = {name: digest(text.encode())[:10] for name, text in case_content(base)[1].items()}
    return {"numbers": documented, "facts": facts}


def content_of(study: LoadedStudy, code: str, points: Mapping[str, int]) -> dict[str, Any]:
    """All that must not change between planning and running; runs of each point by name."""
    bases = study.bases.values()
    return {
        "format": FORMAT,
        "code": code,
        "study": resolved(study),
        "scenarios": {base.name: base.resolved() for base in bases},
        "case": _case(study),
        "packages": versions(),
        "tables": {name: digest(text.encode())[:10] for name, text in tables(study)},
        "points": dict(points),
    }
