"""`sim study point`: a point of a study as a scenario file that does the same."""

from pathlib import Path

import numpy as np
import pytest

from sim.engine.prepare import prepare_plainly
from sim.planning.compile import compile_scenario
from sim.scenario.load import load_scenario
from sim.study.plan import Planned, open_study
from sim.study.points import Point
from sim.study.ready import Plans
from tests.studies import planned
from tests.unit.cli.conftest import Sim

TEXT = """\
title: T
scenarios: [baseline, ./changed.yaml]
months: 6
runs: 40
seed: 3
outcomes: [gdp]
blocks:
  grid:
    uncertainties:
      - {number: parameters.climb_rate, steps: 2}
      - {number: parameters.share_to_debt, values: [0.37]}
    levers:
      - {name: west, month: {values: [2, 3]}, select: {id: DEU}, policies: [isolation, mediator]}
    design: {method: grid}
"""

CHANGED = """\
title: Changed
extends: donor-fatigue
numbers: {parameters.climb_rate: 0.11, parameters.exit_rate: 0.07}
"""


@pytest.fixture
def study(tmp_path: Path) -> Planned:
    """A study of two scenarios, one of which changes numbers that a factor changes, too."""
    (tmp_path / "changed.yaml").write_text(CHANGED)
    return planned(tmp_path, TEXT)


def start_of_point(study: Planned, point: Point) -> list[bytes]:
    """The bytes of what the runs of a point start from."""
    plans = Plans(study.common.bases, study.study.months)
    ready = plans.ready(point.scenario, point.change, prepare_plainly)
    return [np.ascontiguousarray(each).tobytes() for each in ready.made.start]


def test_the_file_of_every_point_starts_as_the_point_does(
    sim: Sim, study: Planned, tmp_path: Path
) -> None:
    points = list(study.points)
    assert len(points) == 16
    for point in points:
        file = tmp_path / f"point-{point.number}.yaml"
        ended = sim("study", "point", study.folder, point.number, file)
        assert ended.status == 0, ended.err
        loaded = load_scenario(str(file))
        made = compile_scenario(loaded.case, loaded.scenario)
        assert made.months == 6
        start = [np.ascontiguousarray(each).tobytes() for each in made.start]
        assert start == start_of_point(study, point)
        assert f"point {point.number} of T" in loaded.scenario.title


def test_it_names_the_command_that_runs_it(sim: Sim, study: Planned, tmp_path: Path) -> None:
    ended = sim("study", "point", study.folder, 5, "mine.yaml")
    assert ended.out == "mine.yaml; to run it: sim run mine.yaml --runs 40 --seed 3\n"


@pytest.mark.parametrize(("number", "status"), [(17, 66), (0, 2), ("x", 2)])
def test_a_point_that_is_not_there_is_told(
    sim: Sim, study: Planned, number: object, status: int
) -> None:
    ended = sim("study", "point", study.folder, number, "mine.yaml")
    assert (ended.status, ended.out, Path("mine.yaml").exists()) == (status, "", False)


def test_a_file_that_is_there_stays(sim: Sim, study: Planned) -> None:
    Path("mine.yaml").write_text("mine")
    ended = sim("study", "point", study.folder, 1, "mine.yaml")
    assert (ended.status, ended.faults) == (73, ["mine.yaml: File exists"])
    assert Path("mine.yaml").read_text() == "mine"
    assert open_study(study.folder)
