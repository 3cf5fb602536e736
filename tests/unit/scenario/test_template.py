"""New scenario files, and the schema for editors."""

import json
from pathlib import Path

import jsonschema
import pytest

from sim.io.places import shipped
from sim.io.reader import parse_yaml, read_yaml
from sim.scenario.load import load_document, load_scenario
from sim.scenario.merge import merged
from sim.scenario.template import new_scenario, scenario_schema
from tests.scenarios import with_interventions


def test_a_new_scenario_is_fine_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    base = load_scenario("full-isolation")
    text = new_scenario("my-own", "my-own.yaml", base, "full-isolation", "2024-02")
    Path("my-own.yaml").write_text(text)
    loaded = load_scenario("my-own.yaml")
    assert loaded.scenario.title == "My own"
    assert loaded.scenario.interventions == base.scenario.interventions


def test_the_example_in_a_new_scenario_is_fine_once_it_is_no_comment() -> None:
    base = load_scenario("baseline")
    text = new_scenario("my-own", "my-own.yaml", base, "baseline", "2024-02")
    begun = text.replace("interventions: []", "interventions:").replace("#  - {", "  - {")
    document = merged([read_yaml(base.path)], parse_yaml(begun, "my-own.yaml"))
    assert len(load_document("my-own", Path("my-own.yaml"), document).scenario.interventions) == 1


def test_the_schema_for_editors_is_current() -> None:
    text = (shipped("scenarios") / "schema.json").read_text(encoding="utf-8")
    again = "scenarios/schema.json is stale: sim scenarios schema > scenarios/schema.json"
    assert json.loads(text) == scenario_schema(), again


def test_the_schema_knows_names_and_refuses_others() -> None:
    schema = scenario_schema()
    kinds = schema["$defs"]
    assert "climb_rate" in kinds["SetGlobal"]["properties"]["param"]["enum"]
    assert "gates.7" in kinds["Shift"]["properties"]["param"]["enum"]
    assert kinds["SetIssue"]["additionalProperties"] is False
    assert "while" in kinds["SetIssue"]["properties"]


SCHEMA = scenario_schema()
FILES = sorted(shipped("scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_shipped_scenarios_meet_the_schema(path: Path) -> None:
    jsonschema.validate(read_yaml(path).value, SCHEMA)


@pytest.mark.parametrize(
    "line",
    [
        "{month: 6, verb: set_polcy}",
        "{month: 0, verb: pitch}",
        "{month: 6, verb: set_global, param: climb_rat, to: 1}",
        "{month: 6, verb: shift, select: {id: RUS}, param: gates, by: 1}",
        "{month: 6, when: {issue: EDUC, at_least: 3}, verb: pitch}",
        "{month: 6, verb: set_issue, issue: EDU, level: 5}",
    ],
)
def test_an_editor_sees_a_mistake(line: str) -> None:
    content = parse_yaml(with_interventions(line), "x.yaml").value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, SCHEMA)
