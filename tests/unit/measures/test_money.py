"""Series read off flows and balances, by hand (model 11)."""

import numpy as np
import pytest

from sim.agents.cast import Cast
from sim.agents.model import EngagementModel
from sim.measures.world import share, summed
from sim.planning.compile import compile_scenario
from sim.scenario.load import load_scenario
from sim.scenario.schema import Scenario
from tests.recorded import blank, by_month, members

MEMBERS = members([0, 1], {"East": [0], "West": [1, 2]}, {"A": [0, 2], "B": [1]}, institutions=[2])


def series(name: str, subject: str = "") -> list[list[float]]:
    """A series of a run of two months by three actors, the last an institution."""
    found = blank(runs=1, months=3, actors=3)
    found.actors["trade"] = [[[0, 0, 0], [10, 30, 0], [0, 0, 0]]]
    found.metrics["trade"] = [[0, 40, 0]]
    found.actors["development"] = [[[0, 0, 0], [5, 6, 7], [1, 2, 3]]]
    found.metrics["assets_frozen"] = [[200, 150, 210]]
    found.metrics["rerouting"] = [[0.2, 0.3, 0.4]]
    found.metrics["trade_lost"] = [[0, 50, 60]]
    return by_month(found, MEMBERS, name, subject)


def test_trade_is_shared_among_blocs_and_a_month_without_trade_among_none() -> None:
    """11: trade, share by bloc."""
    assert series("trade_share", "A") == [[0, 0.25, 0]]
    assert series("trade_share", "B") == [[0, 0.75, 0]]


def test_development_money_of_institutions_is_told_apart() -> None:
    """11: development and IFI money."""
    assert series("institutions_development") == [[0, 7, 3]]


def test_what_is_frozen_is_a_share_of_what_was_at_the_start() -> None:
    """11: assets frozen in per cent; interest may bring it above all that there was."""
    assert series("assets_frozen_share") == [[1, 0.75, 1.05]]


def test_diversion_is_rerouted_trade_over_all_trade() -> None:
    """7.11: lost trade reroutes with the share of the month before; none where none passes."""
    assert series("diversion") == [[0, pytest.approx(0.2 * 50 / 40), 0]]


def test_a_share_of_nothing_is_nothing() -> None:
    assert share(np.array([1.0, 2.0]), np.array([0.0, 4.0])).tolist() == [0, 0.5]


def test_actors_are_added_one_by_one_so_that_neighbours_do_not_matter() -> None:
    values = np.random.default_rng(1).normal(1e3, 1e2, (40, 20, 2))
    added = np.zeros(20)
    for i in range(40):
        added += values[i, :, 1]
    assert summed(values, np.arange(40))[:, 1].tolist() == added.tolist()


def test_rerouted_trade_is_what_the_rules_rerouted() -> None:
    """7.11: ΣT = Σb - lost + rerouted."""
    loaded = load_scenario("baseline")
    select = {"id": ["IRN", "PAK", "UZB"]}
    closed = {"verb": "close_corridor", "month": 1, "until": 6, "select": select}
    content = {**loaded.scenario.model_dump(exclude_none=True), "interventions": [closed]}
    compiled = compile_scenario(loaded.case, Scenario.model_validate(content), months=6)
    model = EngagementModel(Cast(compiled.start, compiled.uids), seed=1)
    found, expected = blank(runs=1, months=7), [0.0]
    for month in range(7):
        for name in ("trade", "trade_lost", "rerouting"):
            found.metrics[name][0, month] = getattr(model.metrics, name)
        if month < 6:
            model.step()
            world = model.state.world
            expected.append(world.trade - (world.trade_wanted - world.trade_lost))
    assert min(expected[1:]) > 30.0
    rerouted = by_month(found, MEMBERS, "diversion")[0] * found.metrics["trade"][0]
    assert rerouted.tolist() == pytest.approx(expected, rel=1e-9)
