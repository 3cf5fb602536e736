"""A made-up case in a folder, for tests of what must hold in any case: `tests/toy` and the rest.

Parameters, and what backs the columns of policies and actors, are those of the shipped case; what
has a number for each issue is replaced.
"""

import shutil
from pathlib import Path
from typing import Any

import yaml

from sim.io.places import shipped
from tests.case_files import as_yaml

FILES = Path(__file__).parent / "toy"
LIKE = shipped("seeds") / "afghanistan"

BY_ISSUE = {
    "ideological_cost": [1.0, 0.4, 0.7],
    "issue_intercept": [0.2, 0.0, 0.4],
    "access_loss": [0.0, 0.0, 0.3],
    "output_loss": [0.1, 0.0, 0.05],
    "incident_curb": [0.0, 0.5, 0.7],
    "project_lift": [0.6, 0.0, 0.1],
}
"""The lists by issue of the toy, whose issues are FISH, SONG and LAMP."""

MADE_UP = {"assumption": "made up"}

WEIGHTS = {"mild": [0.2, 0.1, 0.7], "stern": [0.5, 0.4, 0.1]}
"""Issue weights of its policies."""

POLICIES = {"mild": "regional_pragmatism", "stern": "human_rights_conditionality"}
"""The policies of the toy, and the shipped ones whose other numbers they have."""


def content(path: Path) -> Any:
    """What a YAML file holds."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def parameters(by_issue: dict[str, list[float]]) -> dict[str, Any]:
    """The parameters with these lists by issue; effects that are not given are left out."""
    known = content(LIKE / "parameters.yaml")
    found = {name: entry for name, entry in known.items() if name not in BY_ISSUE}
    for name, values in by_issue.items():
        ends = [values, values]
        found[name] = {"value": values, "unit": known[name]["unit"], "range": ends, **MADE_UP}
    return found


def policies(weights: dict[str, list[float]]) -> dict[str, Any]:
    """The policies with these issue weights."""
    file = content(LIKE / "policies.yaml")
    rows = {
        name: {**file["policies"][like], "title": name.title(), "issue_weights": weights[name]}
        for name, like in POLICIES.items()
    }
    return {"profiles": {}, "columns": file["columns"], "policies": rows}


def columns() -> dict[str, Any]:
    """What backs the columns of the actors."""
    file = content(LIKE / "actors.columns.yaml")
    rungs = [name for name in file if name.startswith("rung")]
    return {**{name: file[name] for name in file if name not in rungs}, "rung": file[rungs[0]]}


def write_toy(folder: Path) -> Path:
    """Write the toy case; returns its folder."""
    shutil.copytree(FILES, folder, dirs_exist_ok=True)
    (folder / "parameters.yaml").write_text(as_yaml(parameters(BY_ISSUE)), encoding="utf-8")
    (folder / "policies.yaml").write_text(as_yaml(policies(WEIGHTS)), encoding="utf-8")
    (folder / "actors.columns.yaml").write_text(as_yaml(columns()), encoding="utf-8")
    return folder


def write_toy_without_issues(folder: Path) -> Path:
    """Write the toy case with no issue at all, so that nothing is asked of its authority."""
    write_toy(folder)
    none: dict[str, list[float]] = {name: [] for name in ("ideological_cost", "issue_intercept")}
    (folder / "parameters.yaml").write_text(as_yaml(parameters(none)), encoding="utf-8")
    weights: dict[str, list[float]] = {name: [] for name in WEIGHTS}
    (folder / "policies.yaml").write_text(as_yaml(policies(weights)), encoding="utf-8")
    (folder / "issues.yaml").write_text("{}\n", encoding="utf-8")
    starts = content(folder / "starts.yaml")
    for start in starts.values():
        start["values"]["levels"] |= {"value": [], "range": [[], []]}
    (folder / "starts.yaml").write_text(as_yaml(starts), encoding="utf-8")
    return folder
