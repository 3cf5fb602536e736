"""What `import sim` gives: few names, each with a docstring and shown at work, and short reprs."""

import doctest
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.scenario.load import load_scenario
from tests.unit.conftest import MONTHS, RUNS

BASELINE, OTHER = "baseline", "human-rights-conditionality"


@pytest.fixture
def results(made: dict[str, Path]) -> list[Any]:
    """Two finished results."""
    return [sim.read_result(made[name]) for name in (BASELINE, OTHER)]


def test_the_names_are_few_and_each_is_there() -> None:
    assert dir(sim) == sorted(sim.PUBLIC)
    assert len(dir(sim)) <= 12
    for name in dir(sim):
        assert getattr(sim, name).__doc__


@pytest.mark.parametrize("name", ["load_scenario", "run", "compare", "plot"])
def test_what_a_notebook_calls_has_an_example(name: str) -> None:
    function = getattr(sim, name)
    finder = doctest.DocTestFinder(recurse=False)
    assert any(found.examples for found in finder.find(function, name, globs={}))


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'comparison'"):
        vars(sim)["__getattr__"]("comparison")


def test_what_is_shown_is_short(results: list[Any]) -> None:
    loaded = sim.load_scenario(OTHER)
    compiled = sim.compile_scenario(loaded.case, loaded.scenario, 1)
    [chunk] = sim.simulate(compiled.start, compiled.uids, 1, 2, 1)
    shown = [loaded, loaded.scenario, loaded.case, loaded.documented, compiled, chunk, *results]
    for one in shown:
        assert len(repr(one)) <= 200, repr(one)[:300]
        assert "object at 0x" not in repr(one)
    long = sim.load_scenario(BASELINE, [f"title={'A title without end ' * 9}"])
    assert len(repr(long)) <= 200


def test_scenarios_and_results_are_named_by_text_or_path(made: dict[str, Path]) -> None:
    loaded = load_scenario(BASELINE)
    assert sim.load_scenario(loaded.path).resolved() == loaded.resolved()
    assert sim.load_scenario(str(loaded.path)).resolved() == loaded.resolved()
    folder = made[BASELINE]
    assert sim.read_result(str(folder)) == sim.read_result(folder)


def test_run_finds_what_is_there(made: dict[str, Path]) -> None:
    folder = made[BASELINE]
    for scenario in (BASELINE, sim.load_scenario(BASELINE)):
        result = sim.run(scenario, RUNS, months=MONTHS, out=str(folder.parent))
        assert result.folder == folder


def test_run_takes_agents_of_one_s_own(tmp_path: Path) -> None:
    file = tmp_path / "my.py"
    file.write_text(
        "import sim\nclass Still(sim.ActorAgent):\n    def decide(self):\n        pass\n"
    )
    result = sim.run(BASELINE, 2, months=2, agents=f"{file}:Still", out=tmp_path)
    assert result.title == "Baseline with Still"
    rungs = [values for name, values in result.outcomes.items() if name.startswith("rung_end:")]
    assert rungs
    assert all((values == values[0]).all() for values in rungs)


def test_compare_gives_a_table(results: list[Any]) -> None:
    table = sim.compare(*results)
    assert table.index.names == ["scenario", "outcome"]
    assert set(table.index.get_level_values("scenario")) == {OTHER}
    assert table.runs.loc[OTHER, "gdp"] == RUNS
    gap = results[1].outcomes["gdp"] - results[0].outcomes["gdp"]
    assert table.difference.loc[OTHER, "gdp"] == pytest.approx(gap.mean())
    folders = [result.folder for result in results]
    assert len(sim.compare(*folders, everything=True)) > 2 * len(table)


@pytest.mark.parametrize("picture", ["trajectories", "ladder", "differences"])
def test_plot_gives_a_figure(results: list[Any], picture: str) -> None:
    figure = sim.plot(*results, picture=picture)
    assert len(figure.axes) > 1


def test_plot_takes_metrics(results: list[Any]) -> None:
    assert len(sim.plot(results[0].folder, metrics=["gdp"]).axes) == 1


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"picture": "pie"}, "no picture 'pie'"),
        ({"picture": "page"}, "no picture 'page'"),
        ({"picture": "differences"}, "differences needs 2 results"),
        ({"metrics": ["gpd"]}, "gpd"),
    ],
)
def test_plot_says_what_makes_no_picture(
    results: list[Any], how: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        sim.plot(results[0], **how)


def test_plot_draws_one_page(results: list[Any]) -> None:
    with pytest.raises(ValueError, match="do not fit on a page"):
        sim.plot(*results, *results, *results, *results, picture="ladder")
