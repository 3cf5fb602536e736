"""A case in which not every rung exists: who stands where, who steps where, and what is refused."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.case.case import Case
from sim.case.ladder import above, below
from sim.case.load import load_case
from sim.io.errors import BadFile
from sim.planning.compile import compile_scenario
from sim.scenario.schema import Scenario
from sim.scenario.setting import Setting
from tests.case_files import as_yaml
from tests.toy_case import content, write_toy
from tests.worlds import AGENTS, KERNEL, PLAIN, difference, run

SHORT = [0, 3, 7]


def write_short(folder: Path, ladder: object = SHORT) -> Path:
    """Write the toy case with some rungs only, on which all its actors stand."""
    write_toy(folder)
    head = content(folder / "case.yaml") | {"ladder": ladder}
    (folder / "case.yaml").write_text(as_yaml(head), encoding="utf-8")
    table = (folder / "actors.csv").read_text(encoding="utf-8").splitlines()
    moved = [",".join(standing(line.split(","))) for line in table[1:]]
    (folder / "actors.csv").write_text("\n".join([table[0], *moved, ""]), encoding="utf-8")
    return folder


def standing(cells: list[str]) -> list[str]:
    """A row whose cap and rung, the last cell, are on the short ladder."""
    cap = "3" if cells[0] == "BANK" else "7"
    return [*cells[:7], cap, *cells[8:-1], "0" if cells[0] == "BANK" else "3"]


def short(tmp_path: Path) -> Case:
    """The toy case with three rungs."""
    return load_case(write_short(tmp_path / "islands"))


def recorded(case: Case, runs: int = 40, verbs: Iterable[Any] = ()) -> Any:
    """Rungs `[run, month, actor]` over four years."""
    head = {"title": "Toy", "case": "islands", "start": "2010-03", "months": 48}
    scenario = Scenario.model_validate({**head, "interventions": list(verbs)})
    return run(compile_scenario(case, scenario), 3, runs)


def test_each_rung_knows_the_next_ones() -> None:
    assert above(SHORT) == [3, 3, 3, 7, 7, 7, 7, 7]
    assert below(SHORT) == [0, 0, 0, 0, 3, 3, 3, 3]


@pytest.mark.kernel
def test_actors_step_from_rung_to_rung_of_the_ladder(tmp_path: Path) -> None:
    rungs = recorded(short(tmp_path)).actors["rung"]
    assert set(np.unique(rungs)) <= set(SHORT)
    steps = {tuple(pair) for pair in zip(rungs[:, :-1].flat, rungs[:, 1:].flat, strict=True)}
    moved = {pair for pair in steps if pair[0] != pair[1]}
    assert moved
    assert moved <= {(0, 3), (3, 0), (3, 7), (7, 3)}


@pytest.mark.kernel
def test_it_runs_alike_in_all_three_ways(tmp_path: Path) -> None:
    made = compile_scenario(
        short(tmp_path), Scenario(title="Toy", case="islands", start="2010-03", months=24)
    )
    ways = [run(made, 3, 2, way) for way in (KERNEL, PLAIN, AGENTS)]
    assert [difference(ways[0], way) for way in ways[1:]] == ["", ""]


def refused(folder: Path) -> str:
    """What is said of a bad case."""
    with pytest.raises(BadFile) as caught:
        load_case(folder)
    return str(caught.value)


@pytest.mark.parametrize("ladder", [[], [0, 3], [3, 7], [0, 5, 3, 7], [0, 3, 3, 7], [0, 9, 7]])
def test_a_ladder_begins_with_0_rises_and_ends_with_7(tmp_path: Path, ladder: list[int]) -> None:
    told = refused(write_short(tmp_path / "islands", ladder))
    assert "ladder: must begin with 0, rise, and end with 7" in told


def test_a_rung_beside_the_ladder_is_refused_with_the_nearest(tmp_path: Path) -> None:
    folder = write_toy(tmp_path / "islands")
    head = content(folder / "case.yaml") | {"ladder": SHORT}
    (folder / "case.yaml").write_text(as_yaml(head), encoding="utf-8")
    told = refused(folder).splitlines()
    where = "is not on the ladder of the case (0, 3, 7), did you mean"
    assert [line.partition(": ")[2] for line in told] == [
        f"BANK.cap: rung 4 {where} 3?",
        f"BANK.rung: rung 1 {where} 0?",
        f"HILL.rung: rung 2 {where} 3?",
        f"MOOR.rung: rung 4 {where} 3?",
    ]


@pytest.mark.parametrize(
    ("verb", "key"),
    [
        ({"month": 2, "verb": "force_rung", "select": {"id": "HILL"}, "rung": 5}, "rung"),
        ({"month": 2, "verb": "pitch", "when": {"actor": "HILL", "at_least": 5}}, "at_least"),
        ({"month": 2, "verb": "pitch", "while": {"actor": "HILL", "at_most": 5}}, "at_most"),
    ],
)
def test_a_scenario_names_rungs_of_the_ladder(
    tmp_path: Path, verb: dict[str, Any], key: str
) -> None:
    case = short(tmp_path)
    head = {"title": "Toy", "case": "islands", "start": "2010-03", "interventions": [verb]}
    setting = Setting(case, case.starts["2010-03"], 24)
    with pytest.raises(ValidationError) as caught:
        Scenario.model_validate(head, context=setting)
    told = str(caught.value)
    assert "rung 5 is not on the ladder of the case (0, 3, 7), did you mean" in told
    assert key in told
