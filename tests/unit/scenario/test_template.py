"""New scenario files, and the schema for editors."""

import json
from pathlib import Path

import pytest

from sim.places import shipped
from sim.scenario.load import load_scenario
from sim.scenario.template import new_scenario, scenario_schema, write_new
from tests.architecture.source import ROOT


def test_a_new_scenario_is_fine_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    base = load_scenario("full-isolation")
    text = new_scenario("my-own", "my-own.yaml", base, "full-isolation", "2024-02")
    write_new(Path("my-own.yaml"), text)
    loaded = load_scenario("my-own.yaml")
    assert loaded.scenario.title == "My own"
    assert len(loaded.scenario.interventions) == len(base.scenario.interventions) + 1


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "mine.yaml"
    write_new(path, "one")
    with pytest.raises(FileExistsError):
        write_new(path, "two")
    assert path.read_text() == "one"


def test_the_schema_for_editors_is_current() -> None:
    """Renew it with: sim scenarios schema > scenarios/schema.json"""
    text = (shipped("scenarios") / "schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == scenario_schema()


def test_the_schema_knows_names_and_refuses_others() -> None:
    schema = scenario_schema()
    kinds = schema["$defs"]
    assert "climb_rate" in kinds["SetGlobal"]["properties"]["param"]["enum"]
    assert "gates.7" in kinds["Shift"]["properties"]["param"]["enum"]
    assert kinds["SetIssue"]["additionalProperties"] is False
    assert "while" in kinds["SetIssue"]["properties"]


def test_shipped_scenarios_meet_the_schema_by_their_keys() -> None:
    """A full check needs a validator; that no key is unknown to it can be seen without."""
    known = set(scenario_schema()["properties"])
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        keys = {line.split(":")[0] for line in path.read_text().splitlines() if line[:1].isalpha()}
        assert keys <= known, path.name
