"""Ensembles are run once for all that is asked of them, and repeat."""

from typing import Any

import numpy as np
import pytest

from sim.engine.ensemble import simulate
from sim.io.errors import BadFile, MissingFile
from sim.model.calendar import Calendar
from sim.record.ensemble import Ensemble, Runs, batches, scenario_of
from sim.record.patterns.play import (
    Patterns,
    chosen,
    ensembles_needed,
    figures,
    load_patterns,
)
from tests.states import afghanistan


@pytest.fixture(scope="module")
def patterns() -> Patterns:
    return load_patterns("afghanistan")


class Counting:
    """Runs ensembles in small chunks and counts them."""

    def __init__(self) -> None:
        self.times = 0
        self.runs = 0

    def simulate(self, *args: Any) -> Any:
        self.times += 1
        return simulate(*args, chunk=4)

    def progress(self, more: int) -> None:
        self.runs += more


def test_each_ensemble_is_run_once_and_progress_adds_up(patterns: Patterns) -> None:
    counting = Counting()
    how = Runs(10, 1, counting.simulate, counting.progress)
    found = figures(patterns, ["P1", "P2", "P5", "P7"], how)
    assert [len(found[name]) for name in ("P1", "P2", "P5", "P7")] == [1, 2, 1, 3]
    assert (counting.times, counting.runs) == (2, 20)


def test_figures_do_not_depend_on_chunks_or_on_what_else_is_asked(patterns: Patterns) -> None:
    small = Runs(9, 1, Counting().simulate)
    both = figures(patterns, ["P5", "P15"], small)
    assert both["P15"] == figures(patterns, ["P15"], Runs(9, 1))["P15"]
    assert both["P5"] == figures(patterns, ["P5"], Runs(9, 1))["P5"]


def test_numbers_and_fits_need_no_run(patterns: Patterns) -> None:
    assert ensembles_needed(patterns, ["P17"]) == []
    assert ensembles_needed(patterns, ["P14", "P18"]) == ["realignment", "late", "west-isolates"]
    assert figures(patterns, ["P18"], Runs(2, 1))["P18"][0].value == 0.3


def test_an_ensemble_starts_where_it_says() -> None:
    ensemble = Ensemble(scenario="baseline", start="2021-09", months=5)
    assert scenario_of(afghanistan(), ensemble).start == "2021-09"
    [batch] = batches(afghanistan(), ensemble, Runs(3, 1))
    assert (batch.horizon, batch.compiled.calendar) == (5, Calendar(2021, 9))
    assert np.all(batch.metric("gdp")[:, 0] == 74.4)


def test_a_scenario_of_another_case_is_refused() -> None:
    class Other:
        id = "elsewhere"

    ensemble = Ensemble(scenario="baseline", start="2021-09", months=5)
    other: Any = Other()
    with pytest.raises(BadFile, match="of case afghanistan, not of elsewhere"):
        scenario_of(other, ensemble)


def test_patterns_are_chosen_by_id(patterns: Patterns) -> None:
    assert chosen(patterns, ["P9", "P2"]) == ["P2", "P9"]
    assert len(chosen(patterns, [])) == 18
    with pytest.raises(MissingFile, match="P19: no such pattern, did you mean P9"):
        chosen(patterns, ["P19"])


def test_a_case_without_patterns_is_said() -> None:
    with pytest.raises(MissingFile):
        load_patterns("nowhere")
