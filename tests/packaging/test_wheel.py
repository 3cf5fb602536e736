"""The wheel holds all the program needs, and runs far from a clone, without a right to write."""

import json
import os
import sys
from pathlib import Path

import pytest

from sim.engine.digest import model_digest
from sim.runs.make import Order, folder_for, make_result, manifest_of
from sim.scenario.load import load_scenario
from tests.packaging.conftest import ROOT, Installed, content_of_wheel, files_in

NAMES = ("baseline", "human-rights-conditionality")
FEW = ("--runs", 4, "--months", 6, "--panel")
ORDER = Order(runs=4, months=6, panel=True)


@pytest.fixture(scope="module")
def content(wheel: Path) -> dict[str, bytes]:
    """The files of the wheel by name."""
    return content_of_wheel(wheel)


def test_the_wheel_holds_the_code_the_scenarios_and_the_seeds_and_nothing_else(
    content: dict[str, bytes],
) -> None:
    expected = files_in("sim")
    for kind in ("scenarios", "seeds"):
        expected |= {f"sim/shipped/{name}": raw for name, raw in files_in(kind).items()}
    found = {name: raw for name, raw in content.items() if ".dist-info/" not in name}
    assert sorted(found) == sorted(expected)
    assert found == expected


def test_the_wheel_says_what_it_is(content: dict[str, bytes]) -> None:
    [folder] = {name.split("/")[0] for name in content if ".dist-info/" in name}
    names = {name.removeprefix(f"{folder}/") for name in content if name.startswith(folder)}
    assert names == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}
    assert b"sim = sim.cli.main:main" in content[f"{folder}/entry_points.txt"]
    head = content[f"{folder}/METADATA"].decode().split("\n\n")[0]
    assert {"Name: legation", "Requires-Python: >=3.11", "License-Expression: MIT"} <= set(
        head.splitlines()
    )


def test_no_file_of_the_wheel_names_a_place_on_this_machine(
    content: dict[str, bytes], wheel: Path
) -> None:
    places = {str(ROOT), str(wheel.parent), sys.prefix, sys.base_prefix}
    secrets = [place.encode() for place in places if place.count(os.sep) > 1]
    assert secrets
    assert [name for name, raw in content.items() if any(one in raw for one in secrets)] == []


def test_the_installed_copy_is_the_one_that_runs(installed: Installed) -> None:
    code = "import sim, sim.io.places; print(sim.__file__); print(sim.io.places.shipped('seeds'))"
    file, seeds = installed.run("-c", code).stdout.splitlines()
    assert Path(file) == installed.program / "sim" / "__init__.py"
    assert Path(seeds) == installed.program / "sim" / "shipped" / "seeds"


def test_it_knows_its_version_and_has_the_model_of_the_clone(installed: Installed) -> None:
    found = json.loads(installed.sim("version", "--json"))
    assert (found["legation"], found["model"]) == ("0.1.0", model_digest())


def test_it_lists_the_scenarios_that_came_along(installed: Installed) -> None:
    scenarios = [Path(name) for name in files_in("scenarios") if name.count("/") == 1]
    shipped = {path.stem for path in scenarios if path.suffix == ".yaml"}
    lines = installed.sim("scenarios", "list").splitlines()
    assert {line.split(":")[0] for line in lines if not line.startswith(" ")} == shipped


def test_it_shows_the_actors_of_the_case(installed: Installed) -> None:
    lines = installed.sim("case", "actors").splitlines()
    ids = [line.split()[0] for line in lines[1:] if not line.endswith(":")]
    assert sorted(ids) == list(load_scenario("baseline").case.actors)


@pytest.fixture(scope="module")
def results(installed: Installed) -> list[Path]:
    """The folders of two scenarios, run by agents, which need no compiler."""
    made = json.loads(installed.sim("run", *NAMES, *FEW, "--engine", "mesa", "--json"))
    return [installed.work / each["folder"] for each in made]


def test_it_runs_scenarios_and_finds_the_results_of_the_clone(results: list[Path]) -> None:
    """The same scenario, case and code: the hash in the name says so."""
    assert [folder.name for folder in results] == [
        folder_for(manifest_of(load_scenario(name), ORDER), Path()).name for name in NAMES
    ]


def test_its_panel_has_the_bytes_of_the_clone(results: list[Path], tmp_path: Path) -> None:
    """The clone's are compiled: exp and pow of no library and no compiler are in them."""
    own, _ = make_result(load_scenario(NAMES[0]), ORDER, tmp_path)
    assert (results[0] / "panel.npz").read_bytes() == (own / "panel.npz").read_bytes()


def test_it_compares_results(installed: Installed, results: list[Path]) -> None:
    found = json.loads(installed.sim("compare", *results, "--json"))
    assert {(row["base"], row["other"], row["runs"]) for row in found["outcomes"]} >= {(*NAMES, 4)}
    assert (installed.work / found["folder"] / "outcomes.csv").is_file()


def test_it_draws_results(installed: Installed, results: list[Path]) -> None:
    [path] = installed.sim("plot", *results, "--picture", "ladder").splitlines()
    assert (installed.work / path).read_bytes().startswith(b"\x89PNG")


@pytest.mark.usefixtures("results")
def test_nothing_is_written_where_it_is_installed(installed: Installed) -> None:
    assert installed.state() == installed.fresh


@pytest.mark.soak
def test_the_kernel_is_compiled_once_into_the_user_s_cache(
    installed: Installed, results: list[Path]
) -> None:
    """Once means: the second process finds the compiled code, and writes none."""
    kept: list[dict[Path, int]] = []
    for out in ("first", "second"):
        [made] = json.loads(installed.sim("run", "baseline", *FEW, "--out", out, "--json"))
        for path in results[0].iterdir():
            assert (installed.work / made["folder"] / path.name).read_bytes() == path.read_bytes()
        compiled = installed.cache.rglob("*.nb[ci]")
        kept.append({path: path.stat().st_mtime_ns for path in compiled})
    assert kept[0] == kept[1]
    assert {path.suffix for path in kept[0]} == {".nbc", ".nbi"}
    place = installed.cache / "legation" / f"kernel-{model_digest()}"
    assert all(path.is_relative_to(place) for path in kept[0])
    assert installed.state() == installed.fresh
