"""Small studies: texts of their files, their folders, and what stands there."""

from pathlib import Path

from sim.runs.gather import plan_study
from sim.study.load import load_study
from sim.study.plan import Planned

TABLES = (
    "experiments.csv",
    "outcomes.csv",
    "differences.csv",
    "months.csv.gz",
    "runs.csv.gz",
    "codebook.csv",
)

HEAD = """\
title: T
scenarios: baseline
months: 6
runs: {runs}
outcomes: [recognitions_ever, relief_pledged, "level:EDU", coverage, first_recognition]
series: [gdp, mean_rung:*, relief_pledged]
"""

GRID = """\
blocks:
  grid:
    uncertainties:
      - {number: parameters.climb_rate, steps: 3}
    levers:
      - {name: west, month: 2, select: {group: West}, policies: [isolation, mediator]}
    design: {method: grid}
"""
"""Six points."""


def text_of(runs: int = 250, blocks: str = GRID, head: str = HEAD) -> str:
    """The file of a study; six points on a grid unless it has other blocks."""
    return head.format(runs=runs) + blocks


def written(folder: Path, text: str, name: str = "s.yaml") -> str:
    """A study file in a folder; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def planned(folder: Path, text: str | None = None) -> Planned:
    """A study, planned in `folder/out`."""
    return plan_study(load_study(written(folder, text or text_of())), folder / "out")


def tables(folder: Path) -> dict[str, bytes]:
    """The tables in the folder of a study."""
    return {name: (folder / name).read_bytes() for name in TABLES}


def chunks(folder: Path) -> list[Path]:
    """The files of chunks in the folder of a study."""
    return sorted((folder / "chunks").glob("[!.]*.chunk"))
