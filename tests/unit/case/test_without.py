"""A case may be without blocks: their numbers are neutral, and no file gives them."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from sim.case.blocks import BLOCKS, OF_BLOCKS, Block, block_of, neutral
from sim.case.bounds import names_of, slot_of
from sim.case.case import Case
from sim.case.load import load_case
from sim.case.number_id import NumberId
from sim.engine.ensemble import simulate
from sim.engine.kernel import Records
from sim.io.errors import BadFile
from sim.measures.catalog import outcomes_of
from sim.measures.members import members_of
from sim.measures.world import NEEDS
from sim.model.metrics import ActorMonth, Metrics
from sim.model.schema import columns
from sim.planning.compile import compile_scenario
from sim.scenario.schema import Scenario
from tests.case_files import as_yaml
from tests.states import afghanistan
from tests.toy_case import BY_ISSUE, write_toy

KINDS = ("parameters", "actors", "starts")
EVERY = [(block, kind, name) for block in BLOCKS for kind in KINDS for name in names_of(kind)]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def without(*blocks: str, **files: str) -> Case:
    """The case without some blocks."""
    folder = Path("seeds/bare")
    folder.mkdir(parents=True)
    head = f"id: bare\ntitle: Bare\nbase: afghanistan\nwithout: [{', '.join(blocks)}]\n"
    (folder / "case.yaml").write_text(head, encoding="utf-8")
    for file, text in files.items():
        (folder / file.replace("_", ".")).write_text(text, encoding="utf-8")
    return load_case(folder)


def test_each_neutral_number_is_one_that_a_case_can_have() -> None:
    for block, kind, name in EVERY:
        if block_of(kind, name, [block]):
            slot = slot_of(kind, name)
            numbers = neutral(name, slot, block)
            assert len(numbers) == (slot.length or 1)
            assert slot.bounds.fault(numbers[0].value) == ""
            assert numbers[0].assumption == f"the case is without {block}"


@pytest.mark.parametrize("block", BLOCKS)
def test_the_names_of_a_block_are_names_of_numbers(block: Block) -> None:
    """A name that is misspelled in the list of a block would be asked for in every case."""
    known = {kind: set(names_of(kind)) for kind in KINDS}
    assert {kind: set(text.split()) - known[kind] for kind, text in OF_BLOCKS[block].items()} == {
        kind: set() for kind in OF_BLOCKS[block]
    }


def test_numbers_of_a_block_left_out_take_the_place_of_the_bases() -> None:
    case = without("shocks")
    number = case.numbers[NumberId("parameters", "", "quake_hazard")]
    assert (number.value, number.assumption) == (0, "the case is without shocks")
    assert case.numbers[NumberId("parameters", "", "dead_band")].inherited == "afghanistan"


def test_a_number_of_a_block_left_out_may_not_be_given() -> None:
    given = "quake_hazard: {value: 0.01, unit: 1/month, source: x}\n"
    with pytest.raises(BadFile) as caught:
        without("shocks", parameters_yaml=given)
    [fault] = caught.value.faults
    assert str(fault) == "bare/parameters.yaml:1:1: quake_hazard: the case is without shocks"


def test_an_unknown_block_is_refused() -> None:
    with pytest.raises(BadFile, match=r"bare/case.yaml:4:11: without\[0\]: .*did you mean shocks"):
        without("shock")


MOVING = {"country": "gdp", "aid": "relief_pledged", "shocks": "drought"} | {
    "diplomacy": "momentum",
    "incidents": "incidents",
}
"""A series of each block that moves where the block is there."""


@pytest.mark.kernel
@pytest.mark.parametrize("block", BLOCKS)
def test_nothing_comes_of_a_block_left_out(block: str) -> None:
    """All that results leave out stands still, and the rest goes on."""
    metrics = metrics_of(without(block))
    still = [name for name in columns(Metrics) if np.ptp(metrics[name]) == 0.0]
    assert {name for name in NEEDS[block] if name in columns(Metrics)} <= set(still)
    assert [name for each, name in MOVING.items() if each != block and name in still] == []
    assert np.ptp(metrics["concessions"]) > 0.0


@pytest.mark.kernel
def test_a_case_without_anything_runs() -> None:
    metrics = metrics_of(without(*BLOCKS))
    assert all(np.isfinite(metrics[name]).all() for name in columns(Metrics))


def metrics_of(case: Case) -> Records:
    """What 20 runs of five years report of the world."""
    scenario = Scenario(title="x", case=case.id, start="2024-02", months=60)
    compiled = compile_scenario(case, scenario)
    [chunk] = simulate(compiled.start, compiled.uids, compiled.months, 20, 7)
    return chunk.trajectories.metrics


@pytest.mark.kernel
def test_the_base_has_numbers_for_every_block() -> None:
    """So that each test above shows something."""
    metrics = metrics_of(afghanistan())
    assert [name for name in MOVING.values() if np.ptp(metrics[name]) == 0.0] == []


def test_what_results_leave_out_are_names_of_results() -> None:
    known = {*columns(Metrics), *columns(ActorMonth)}
    assert {name for names in NEEDS.values() for name in names} - known == set()


@pytest.mark.kernel
def test_a_case_of_its_own_may_leave_out_files_and_lists(tmp_path: Path) -> None:
    """Without issues, pools, projects and sources of cells, and with no lists by issue."""
    folder = write_toy(tmp_path / "islands")
    for file in ("issues.yaml", "pools.yaml", "projects.yaml", "actors.sources.csv"):
        (folder / file).unlink()
    for file, cut in (("parameters.yaml", BY_ISSUE), ("policies.yaml", ["issue_weights"])):
        content = yaml.safe_load((folder / file).read_text("utf-8"))
        parts = [content, content.get("columns", {}), *content.get("policies", {}).values()]
        for part in parts:
            for name in cut:
                part.pop(name, None)
        (folder / file).write_text(as_yaml(content), "utf-8")
    starts = yaml.safe_load((folder / "starts.yaml").read_text("utf-8"))
    for start in starts.values():
        for name in ("levels", "pools", "projects"):
            start["values"].pop(name, None)
    (folder / "starts.yaml").write_text(as_yaml(starts), "utf-8")
    case = load_case(folder)
    assert (case.issues, case.pools, case.projects) == ({}, {}, {})
    left_out = {"assets_paid", "royalties", "issue_levels", "eased_any"}
    assert not left_out & {*outcomes_of(members_of(case))}
    assert left_out <= {*outcomes_of(members_of(afghanistan()))}
    scenario = Scenario(title="x", case=case.id, start=case.default_start, months=24)
    compiled = compile_scenario(case, scenario)
    [chunk] = simulate(compiled.start, compiled.uids, compiled.months, 5, 7)
    assert all(np.isfinite(chunk.trajectories.metrics[name]).all() for name in columns(Metrics))
