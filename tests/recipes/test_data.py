"""What is data alone costs one file: a scenario, a policy, an actor, and no name typed into a test.

Each recipe is followed in a copy of the tree, tried there, and its files are counted.
"""

import json
import re
from collections.abc import Callable

import pytest

from tests.recipes.copy import NAMES, SMALL, TWIN, WHOLE, Copy

SCENARIO = """\
title: Two capitals engage
question: What if Germany and Norway engage from July 2024 on?
description: >-
  Germany and Norway follow engagement without recognition from month 6 on; all else stays.
claims: [S2-03-conditions]
cannot_say: >-
  Why they should.
extends: baseline
interventions:
  - {month: 1, verb: set_policy, select: {id: [DEU, NOR]}, policy: engagement_without_recognition}
"""

POLICY = """\
  wait_and_see:
    title: "Wait and see"
    source: "S2¶13–14"
    summary: "Keeps what contact there is, and adds none."
    stance: 0.0
    weight_rights: 1.0
    weight_security: 0.6
    weight_resources: 0.4
    weight_humanitarian: 1.0
    weight_peers: 0.6
    weight_reciprocity: 0.3
    weight_momentum: 0.3
    weight_domestic: 0.6
    weight_grievance: 0.6
    weight_durability: 0.7
    reference_score: 0.4
    issue_weights: rights_issues
    gates: [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.15, 2.0]
    quorum: 0.5
    reservation: 2.0
    relief_conditionality: 0.1
    development_conditionality: 0.35
    asset_stance: 0.45
    reward_credibility: 0.2
    descent_rate: 0.01
    drift: 0.0
"""

BRAZIL = "BRA,Brazil,state,Other,OI,bloc_follower,0,7,1,0.1,0.1,0.2,1,0,10,0,0,0,0,0,0,0,0,0,1\n"

PAGE = "tests/reference/test_page.py::test_the_tables_are_those_of_the_code"
FIGURES = (
    "tests/reference/test_model_figures.py::test_every_number_of_the_document_has_its_scenario"
)

LIST_BY_ISSUE = re.compile(r"\[([-.\d]+(?:, [-.\d]+){5})\]")
"""A list of six numbers."""

RESULTS = ("tests/reference", "tests/unit/analysis")
"""Tests of what the model gives, which an actor more changes."""


ISSUE = """
MED:
  title: "Media"
  meaning: "What may be printed and broadcast"
  levels: ["None but the authority's", "Censored", "Censored in part", "Mostly free", "Free"]
"""


def with_issue(tree: Copy) -> None:
    """The recipe of an issue: its words, and a place at the end of every list by issue."""
    tree.append("seeds/afghanistan/issues.yaml", ISSUE)
    for name in ("parameters", "policies", "starts"):
        path = tree.root / "seeds" / "afghanistan" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        longer = LIST_BY_ISSUE.sub(r"[\1, 0]", text)
        assert longer != text
        path.write_text(longer, encoding="utf-8")
    files = ("issues", "parameters", "policies", "starts")
    assert tree.by_hand() == [f"seeds/afghanistan/{name}.yaml" for name in files]


def with_scenario(tree: Copy) -> None:
    """The recipe of a scenario."""
    tree.write("scenarios/two-capitals-engage.yaml", SCENARIO)
    assert tree.by_hand() == ["scenarios/two-capitals-engage.yaml"]


def with_policy(tree: Copy) -> None:
    """The recipe of a policy."""
    tree.append("seeds/afghanistan/policies.yaml", POLICY)
    assert tree.by_hand() == ["seeds/afghanistan/policies.yaml"]


def with_actor(tree: Copy) -> None:
    """The recipe of an actor."""
    tree.append("seeds/afghanistan/actors.csv", BRAZIL)
    assert tree.by_hand() == ["seeds/afghanistan/actors.csv"]


def test_a_scenario_is_one_file(tree: Copy) -> None:
    with_scenario(tree)
    [result] = json.loads(tree.sim("run", "two-capitals-engage", *SMALL))
    assert result["new"]
    shipped = "tests/unit/scenario/test_shipped.py"
    assert tree.pytest(NAMES, FIGURES, shipped).failing == []


def test_a_policy_is_a_part_of_one_file(tree: Copy) -> None:
    with_policy(tree)
    change = "{month: 1, verb: set_policy, select: {id: DEU}, policy: wait_and_see}"
    [result] = json.loads(tree.sim("run", "baseline", *SMALL, "--set", f"interventions=[{change}]"))
    assert result["new"]
    ended = tree.pytest(NAMES, *TWIN, PAGE)
    assert ended.failing == [PAGE]
    assert "docs/model.md is stale: make docs" in ended.text
    assert "1 of the case's parts are not in the text: policies.wait_and_see" in ended.text


def test_an_actor_is_a_line_of_one_file(tree: Copy) -> None:
    with_actor(tree)
    [result] = json.loads(tree.sim("run", "baseline", *SMALL))
    assert ",Brazil," in (tree.root / result["folder"] / "actors.csv").read_text()
    facts = "tests/unit/case/test_afghanistan.py"
    assert tree.pytest(NAMES, *TWIN, facts).failing == []


def test_an_issue_is_data(tree: Copy) -> None:
    with_issue(tree)
    [result] = json.loads(tree.sim("run", "baseline", *SMALL))
    summary = (tree.root / result["folder"] / "summary.csv").read_text(encoding="utf-8")
    assert "level,level,MED," in summary
    facts = "tests/unit/case/test_afghanistan.py"
    assert tree.pytest(NAMES, *TWIN, facts).failing == []


def test_what_should_fail_fails(tree: Copy) -> None:
    """Else the tests above would show nothing."""
    tree.write("scenarios/no-question.yaml", "title: No question\nextends: baseline\n")
    tree.replace(
        "seeds/afghanistan/actors.csv", "PAK,Pakistan,state,East", "PAK,Pakistan,state,West"
    )
    ended = tree.pytest("tests/unit/scenario/test_shipped.py", *TWIN)
    assert {test.partition("[")[0] for test in ended.failing} == {
        "tests/unit/scenario/test_shipped.py::test_a_shipped_scenario_opens_with_its_words_and_compiles",
        "tests/twin/test_twin.py::test_the_case_files_hold_the_numbers_of_the_text",
    }


@pytest.mark.soak
@pytest.mark.parametrize("recipe", [with_scenario, with_policy])
def test_the_whole_gate_passes_after(tree: Copy, recipe: Callable[[Copy], None]) -> None:
    recipe(tree)
    tree.renew()
    assert tree.pytest(*WHOLE).failing == []


@pytest.mark.soak
def test_all_but_results_passes_after_an_actor(tree: Copy) -> None:
    with_actor(tree)
    tree.renew()
    assert tree.pytest(*WHOLE, *(f"--ignore={folder}" for folder in RESULTS)).failing == []
