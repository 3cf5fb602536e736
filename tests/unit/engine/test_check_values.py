"""Values of the whole model at the seed of the document, to hold another build against."""

from typing import Any

import numpy as np
import pytest

from sim.engine.draws import draw_month_as_lists
from sim.engine.ensemble import simulate
from sim.engine.plain import plain_state
from sim.model.rules.engagement import (
    chance_to_climb,
    chance_to_leave,
    peers_and_leaning,
    value,
)
from sim.model.rules.month import open_month
from sim.planning.compile import Compiled, compile_scenario
from sim.scenario.load import load_scenario

SEED = 20240201


def compiled(name: str) -> Compiled:
    """A scenario as shipped."""
    loaded = load_scenario(name)
    return compile_scenario(loaded.case, loaded.scenario)


ANCHORS = {
    "baseline": {
        "RUS": -0.654698,
        "CHN": -0.164172,
        "USA": -0.892545,
        "EU": -0.184936,
        "WB": -0.201755,
        "IMF": -0.826543,
        "DEU": -0.732240,
        "UZB": -1.526729,
        "JPN": -0.264744,
    },
    "baseline-2021": {
        "RUS": -0.351273,
        "CHN": -1.085794,
        "USA": -0.902192,
        "EU": -0.807873,
        "WB": -0.789132,
        "IMF": -0.789132,
    },
}


@pytest.mark.parametrize("name", ANCHORS)
def test_anchors_are_those_of_the_document(name: str) -> None:
    found = compiled(name)
    anchors = dict(zip(found.actors, found.start.actors["anchor"].tolist(), strict=True))
    expected = ANCHORS[name]
    assert {actor: anchors[actor] for actor in expected} == pytest.approx(expected, abs=5e-7)


LINES = {
    "RUS": (0.451446401, 0.773973125, 0.407172899, 0.663600223),
    "CHN": (0.906244068, 0.990591730, 1.540428399, 1.467036048),
    "DEU": (0.920329088, 0.402332228, -0.130915312, 0.051429233),
    "UZB": (0.723605041, 0.859214777, 0.598340744, 0.976642609),
}
"""Draws of turnover and line, z and Z in month 1 of run 0, after step 4."""

CHANCES = {
    "RUS": (0.025570065, 0.083229407, 0.000028670),
    "CHN": (0.002374076, None, 0.000006658),
    "DEU": (0.001975329, 0.000309292, 0.001651425),
    "UZB": (0.082752370, 0.014351516, 0.000010491),
}
"""Of the next rung and the one after it, and of leaving the present one."""


def opened() -> tuple[Compiled, Any, Any]:
    """The first month of run 0 after step 4, with its draws."""
    found = compiled("baseline")
    state = plain_state(found.start)
    drawn = draw_month_as_lists(found.uids, 0, 1, SEED)
    open_month(state, drawn)
    return found, state, drawn


def test_lines_of_the_first_month() -> None:
    found, state, drawn = opened()
    for name, expected in LINES.items():
        i = found.actors.index(name)
        actor = state.actors[i]
        leaning = peers_and_leaning(actor, 0, state)[1]
        line = (drawn.line_turnover[i], drawn.line[i], actor.disposition, leaning)
        assert line == pytest.approx(expected, abs=5e-10)


def test_values_and_chances_of_the_first_month() -> None:
    found, state, _ = opened()
    worth = {"RUS": 1.354452, "CHN": 3.114476, "DEU": -2.305948, "UZB": 1.302312}
    for name, (following, leapt, leaving) in CHANCES.items():
        actor = state.actors[found.actors.index(name)]
        rung = int(actor.rung)
        assert value(actor, 5, state) == pytest.approx(worth[name], abs=5e-7)
        assert chance_to_climb(actor, rung + 1, state) == pytest.approx(following, abs=5e-10)
        assert chance_to_leave(actor, rung, state) == pytest.approx(leaving, abs=5e-10)
        if leapt is not None:
            assert chance_to_climb(actor, rung + 2, state) == pytest.approx(leapt, abs=5e-10)


def test_sums_of_rungs_at_the_end_of_ten_runs() -> None:
    found = compiled("baseline")
    [chunk] = simulate(found.start, found.uids, found.months, 10, SEED)
    last = chunk.trajectories.actors["rung"][:, 60]
    assert last.sum(axis=1).tolist() == [151, 143, 144, 149, 129, 131, 151, 145, 148, 138]
    names = ("RUS", "CHN", "JPN", "NOR", "UZB", "SAU", "DEU", "USA")
    rungs = [int(last[0, found.actors.index(name)]) for name in names]
    assert rungs == [7, 6, 5, 5, 6, 5, 2, 2]
    assert np.all(last <= found.start.actors["cap"])
