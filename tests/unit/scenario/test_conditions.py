"""Conditions of interventions as records and in words, and their faults against the case."""

from typing import Any, get_args

import numpy as np
import pytest

from sim.io.errors import CannotCompile
from sim.model.vocab import HOLDABLE, Quantity
from sim.planning.compile import compile_scenario
from sim.scenario.clauses import QUANTITIES, RANGES, Holdable, Visible
from sim.scenario.conditions import MOST_SWITCHES, conditions_of, in_words
from sim.scenario.verbs.base import EVER
from tests.scenarios import (
    assert_says,
    at,
    fault_of,
    faults,
    interventions,
    load,
    with_interventions,
)
from tests.states import afghanistan
from tests.worlds import run

REOPENED = "when: {issue: EDU, at_least: 3}"
OFFER = "verb: shift, select: {custodian: true}, param: asset_stance, by: 1}"

AUSTRALIA = list(afghanistan().actors).index("AUS")
STATES = sum(actor.kind == "state" for actor in afghanistan().actors.values())


def records(*lines: str) -> list[list[dict[str, Any]]]:
    """The conditions and clauses of some interventions."""
    start = compile_scenario(afghanistan(), load(with_interventions(*lines)).scenario).start
    return [
        [dict(zip(array.dtype.names or (), row.tolist(), strict=True)) for row in array]
        for array in (start.conditions, start.clauses)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"{{month: 6, {REOPENED}, {OFFER}", (6, EVER, 1)),
        (f"{{month: 6, until: 24, {REOPENED}, {OFFER}", (6, 24, 1)),
        (f"{{month: 6, until: 24, deadline: 12, {REOPENED}, {OFFER}", (6, 12, 1)),
        (f"{{month: 6, until: 12, deadline: 24, {REOPENED}, {OFFER}", (6, 12, 1)),
        (f"{{month: 6, while: {{issue: EDU, at_least: 3}}, {OFFER}", (6, EVER, 0)),
        (f"{{month: 6, until: 9, while: {{issue: EDU, at_least: 3}}, {OFFER}", (6, 9, 0)),
    ],
)
def test_a_condition_knows_its_months_and_whether_it_lasts(
    line: str, expected: tuple[int, int, int]
) -> None:
    [[condition], _] = records(line)
    assert (condition["first"], condition["last"], condition["lasting"]) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("{issue: CT, at_least: 3}", (Quantity.LEVEL, 4, 3.0, np.inf)),
        ("{actor: AUS, at_most: 2}", (Quantity.RUNG, AUSTRALIA, -np.inf, 2.0)),
        ("{pool: fund, at_least: 4}", (Quantity.STAGE, 1, 4.0, np.inf)),
        ("{quantity: recognitions, at_least: 1}", (Quantity.RECOGNITIONS, -1, 1.0, np.inf)),
        ("{quantity: need, at_least: 0.5, at_most: 0.6}", (Quantity.NEED, -1, 0.5, 0.6)),
        ("{quantity: food_share, at_most: 0.3}", (Quantity.HUNGER, -1, -np.inf, 0.3)),
    ],
)
def test_a_clause_knows_what_it_looks_at(clause: str, expected: tuple[Any, ...]) -> None:
    [_, [found]] = records(f"{{month: 6, when: {clause}, {OFFER}")
    assert tuple(found[name] for name in ("quantity", "target", "low", "high")) == expected


def test_every_quantity_has_its_name_and_what_can_be_held_comes_first() -> None:
    assert set(get_args(Visible)) == set(QUANTITIES)
    assert {QUANTITIES[name] for name in get_args(Holdable)} == set(range(HOLDABLE))
    assert set(RANGES) == set(QUANTITIES) - {"recognitions"}


def test_interventions_share_a_condition_and_rows_alone_need_a_switch() -> None:
    pitch = f"{{month: 6, {REOPENED}, verb: pitch}}"
    lines = [f"{{month: 6, {REOPENED}, {OFFER}", pitch, f"{{month: 7, {REOPENED}, verb: pitch}}"]
    lines.append(f"{{month: 8, {REOPENED}, {OFFER}")
    found = conditions_of(interventions(*lines, "{month: 6, verb: pitch}"))
    assert (found.of, found.switches) == ((0, 0, 1, 2, -1), (1, 0, 2))


def test_a_condition_reads_well() -> None:
    line = "{month: 6, when: [{actor: RUS, at_least: 7}, {quantity: food_share, at_most: 0.4}], "
    [condition] = conditions_of(interventions(line + "verb: pitch}")).distinct
    words = "RUS is at least at rung 7 (formal recognition) and food share is at most 0.4"
    assert in_words(condition) == words


# What a condition does to a run


def recorded(*lines: str, months: int = 30) -> Any:
    """Twenty runs of the case."""
    loaded = load(with_interventions(*lines))
    return run(compile_scenario(loaded.case, loaded.scenario, months), 1, 20)


ALWAYS = "{quantity: need, at_least: 0.15}"
NEVER = "{issue: EDU, at_least: 4}"
ISOLATE = "verb: set_policy, select: {group: West}, policy: isolation}"
RISE = "verb: force_rung, select: {id: RUS}, rung: 7}"


@pytest.mark.kernel
@pytest.mark.parametrize("word", ["when", "while"])
@pytest.mark.parametrize("what", [ISOLATE, f"until: 20, {RISE}"])
def test_what_is_always_met_is_as_good_as_no_condition(word: str, what: str) -> None:
    with_it = recorded(f"{{month: 6, {word}: {ALWAYS}, {what}")
    without = recorded(f"{{month: 6, {what}")
    for name in ("metrics", "actors", "pools", "projects"):
        assert getattr(with_it, name).tobytes() == getattr(without, name).tobytes()
    assert with_it.conditions["holds"][:, 6:21].all()


@pytest.mark.kernel
@pytest.mark.parametrize("what", [ISOLATE, RISE])
def test_what_is_never_met_does_nothing(what: str) -> None:
    with_it = recorded(f"{{month: 6, when: {NEVER}, {what}")
    without = recorded()
    assert with_it.actors.tobytes() == without.actors.tobytes()
    assert with_it.conditions["holds"].sum() == 0


@pytest.mark.kernel
def test_an_offer_waits_until_it_is_met_and_then_stands() -> None:
    """The schools reopen in month 10; what hangs on it is seen in month 11, and stays."""
    schools = "{month: 10, verb: set_issue, issue: EDU, level: 3}"
    shut = "{month: 15, verb: set_issue, issue: EDU, level: 0}"
    below = "{month: 1, until: 10, verb: force_rung, select: {id: RUS}, rung: 5}"
    found = recorded(schools, shut, below, f"{{month: 6, {REOPENED}, {RISE}")
    russia = list(afghanistan().actors).index("RUS")
    assert (found.actors["rung"][:, 11, russia] == 7).all()
    assert (found.actors["rung"][:, 10, russia] < 7).all()
    assert found.conditions["holds"][:, 11:].all()
    assert not found.conditions["holds"][:, :11].any()


@pytest.mark.kernel
def test_while_ends_with_its_condition() -> None:
    schools = "{month: 10, until: 14, verb: set_issue, issue: EDU, level: 3}"
    shut = "{month: 15, until: 20, verb: set_issue, issue: EDU, level: 0}"
    found = recorded(schools, shut, f"{{month: 6, while: {{issue: EDU, at_least: 3}}, {ISOLATE}")
    held = found.conditions["holds"][:, :20, 0]
    assert (held.sum(axis=0) == [20 if 11 <= month <= 15 else 0 for month in range(20)]).all()


@pytest.mark.kernel
def test_an_offer_that_is_met_after_its_deadline_is_no_offer() -> None:
    schools = "{month: 10, until: 30, verb: set_issue, issue: EDU, level: 3}"
    found = recorded(schools, f"{{month: 6, deadline: 10, {REOPENED}, {RISE}")
    assert found.conditions["holds"].sum() == 0


@pytest.mark.kernel
def test_what_hangs_on_two_conditions_has_the_rows_of_both() -> None:
    both = (f"{{month: 6, when: {ALWAYS}, {ISOLATE}", f"{{month: 9, when: {ALWAYS}, {OFFER}")
    plain = (f"{{month: 6, {ISOLATE}", f"{{month: 9, {OFFER}")
    assert recorded(*both).actors.tobytes() == recorded(*plain).actors.tobytes()


# Faults


@pytest.mark.parametrize(
    ("given", "text", "path", "words"),
    [
        ("when: {issue: SCHOOLS, at_least: 3}", "issue", ".when.issue", ["unknown issue", "EDU"]),
        ("when: {actor: Russia, at_least: 3}", "actor", ".when.actor", ["did you mean RUS"]),
        ("when: {pool: fnd, at_least: 3}", "pool", ".when.pool", ["did you mean fund"]),
        ("when: {issue: EDU, at_least: 5}", "at_least", ".when.at_least", ["never", "0 and 4"]),
        ("when: {actor: EU, at_least: 7}", "at_least", ".when.at_least", ["never", "0 and 6"]),
        ("when: {quantity: need, at_most: 0.1}", "at_most", ".when.at_most", ["never", "0.15"]),
        (
            "when: {quantity: recognitions, at_least: 400}",
            "at_least",
            ".when.at_least",
            ["never", "the number of states", f"0 and {STATES}"],
        ),
        (
            "when: {issue: EDU, at_least: 2.2, at_most: 2.8}",
            "at_least",
            ".when.at_least",
            ["never", "whole number"],
        ),
        (
            "when: {issue: EDU, at_least: 3, at_most: 2}",
            "at_least",
            ".when.at_least",
            ["can never hold", "at_least 3 is above at_most 2"],
        ),
        (
            "while: [{issue: EDU, at_least: 3}, {issue: EDUU, at_least: 3}]",
            "issue: EDUU",
            ".while[1].issue",
            ["unknown issue"],
        ),
        ("when: {issue: EDU}", "when", ".when", ["at_least or at_most"]),
        ("when: {at_least: 3}", "when", ".when", ["must look at one thing"]),
        ("when: {issue: EDU, pool: fund, at_least: 3}", "when", ".when", ["one thing"]),
        (
            "when: {quantity: hunger, at_least: 0}",
            "quantity",
            ".when.quantity",
            ["unknown quantity", "need"],
        ),
        ("when: {issue: EDU, at_lest: 3}", "at_lest", ".when.at_lest", ["at_least"]),
        ("when: []", "when", ".when", ["at least 1"]),
        ("when: null", "{month", "", ["when is empty"]),
        ("deadline: 9", "{month", "", ["deadline", "`when`"]),
        (
            f"deadline: 2, {REOPENED}",
            "{month",
            "",
            ["deadline 2 (2024-03)", "before month 6 (2024-07)"],
        ),
        (f"deadline: 99, {REOPENED}", "deadline", ".deadline", ["99", "beyond the horizon"]),
        (f"{REOPENED}, while: {{issue: EDU, at_least: 1}}", "{month", "", ["not both"]),
    ],
)
def test_a_bad_condition_is_refused_in_one_line(
    given: str, text: str, path: str, words: list[str]
) -> None:
    line = f"{{month: 6, {given}, {OFFER}"
    assert_says(fault_of(line), f"{at(line, text)}: interventions[0]{path}", words)


@pytest.mark.parametrize(
    "line",
    [
        "{month: 6, while: {issue: EDU, at_least: 3}, verb: set_litigation, pool: litigation, "
        "outcome: release}",
        "{month: 6, while: {issue: EDU, at_least: 3}, verb: shock, kind: budget, severity: 0.1}",
    ],
)
def test_what_strikes_once_takes_no_while(line: str) -> None:
    assert_says(fault_of(line), f"{at(line, '{month')}: interventions[0]", ["once", "while"])


def test_too_many_different_conditions_on_rows_are_refused() -> None:
    lines = [f"{{month: {month}, {REOPENED}, {OFFER}" for month in range(1, MOST_SWITCHES + 2)]
    load(with_interventions(*lines[:-1]))
    [fault] = faults(with_interventions(*lines))
    assert "more than 8 different conditions" in fault
    assert fault.startswith("x.yaml:12:5: interventions[8]")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", ["holds one thing"]),
        ("quantity: need, issue: EDU", ["holds one thing"]),
        ("issue: EDU, to: 3", ["set_issue or force_rung"]),
        ("quantity: need, to: 1.5", ["to: must be between 0.15 and 0.95, not 1.5"]),
        ("quantity: neeed", ["did you mean need?"]),
        ("issue: EDUC", ["unknown issue"]),
        ("select: {id: Russia}", ["did you mean RUS"]),
    ],
)
def test_what_cannot_be_held_is_refused(given: str, words: list[str]) -> None:
    line = f"{{month: 6, verb: hold{', ' if given else ''}{given}}}"
    assert_says(fault_of(line), fault_of(line).split(": ")[0], words)


TOLD = "month: 6, announced: true"
ON_SCHOOLS = "when: {issue: EDU, at_least: 3}"


@pytest.mark.parametrize(
    ("line", "text", "words"),
    [
        (f"{{{TOLD}, {OFFER}", "announced", ["needs `when` or `while` with a clause on an issue"]),
        (f"{{{TOLD}, when: {{quantity: need, at_least: 0.6}}, {OFFER}", "announced", ["an issue"]),
        (f"{{month: 6, {ON_SCHOOLS}, kept: 0.5, {OFFER}", "kept", ["announced: true"]),
        (f"{{month: 6, {ON_SCHOOLS}, worth: 5, {OFFER}", "worth", ["announced: true"]),
        (f"{{month: 6, {ON_SCHOOLS}, credibility: 1, {OFFER}", "credibility", ["announced: true"]),
        (f"{{{TOLD}, {ON_SCHOOLS}, kept: 1.5, {OFFER}", "kept: 1.5", ["1"]),
        (f"{{{TOLD}, {ON_SCHOOLS}, credibility: 1.6, {OFFER}", "credibility: 1.6", ["1.5"]),
        (f"{{{TOLD}, {ON_SCHOOLS}, credibility: -0.1, {OFFER}", "credibility: -", ["0"]),
        (f"{{{TOLD}, {ON_SCHOOLS}, worth: many, {OFFER}", "worth: many", ["number"]),
        (f"{{{TOLD}, {ON_SCHOOLS}, worth: .inf, {OFFER}", "worth: .inf", ["finite"]),
        (f"{{{TOLD}, {ON_SCHOOLS}, worth: 5, verb: pitch}}", "worth", ["needs `select`"]),
        (f"{{month: 6, announced: perhaps, {ON_SCHOOLS}, {OFFER}", "announced: perhaps", []),
    ],
)
def test_what_is_wrong_with_an_offer_is_said_at_its_key(
    line: str, text: str, words: list[str]
) -> None:
    path = f"interventions[0].{text.partition(':')[0]}"
    assert_says(fault_of(line), f"{at(line, text)}: {path}", words)


def test_all_that_is_wrong_with_an_offer_is_said_at_once() -> None:
    line = f"{{month: 6, {ON_SCHOOLS}, kept: 0.5, worth: 5, credibility: 1, {OFFER}"
    assert len(faults(with_interventions(line))) == 3


def test_an_offer_and_a_silent_condition_are_two_and_offers_differ_by_how_they_are_made() -> None:
    made = ["", ", announced: true", ", announced: true, kept: 0.5"]
    made += [", announced: true, credibility: 0.9", ", announced: true"]
    conditions = conditions_of(
        interventions(*(f"{{month: 6, {ON_SCHOOLS}{each}, {OFFER}" for each in made))
    )
    assert conditions.of == (0, 1, 2, 3, 1)


@pytest.mark.parametrize(
    ("asked", "issue"),
    [("[{issue: CT, at_least: 3}, {issue: EMP, at_least: 1}]", 1), ("{issue: CT, at_most: 3}", 4)],
)
def test_the_first_issue_that_an_offer_names_decides_whether_it_is_kept(
    asked: str, issue: int
) -> None:
    [[condition], _] = records(f"{{{TOLD}, kept: 0.5, when: {asked}, {OFFER}")
    assert (condition["announced"], condition["kept"], condition["word_issue"]) == (1, 0.5, issue)
    assert condition["credibility"] < 0


def test_an_offer_of_nothing_is_refused_with_its_name() -> None:
    line = "verb: shift, select: {id: [DEU]}, param: stance, by: 0.1}"
    lines = [f"{{name: x{i}, {TOLD}, when: {{issue: EDU, at_least: {i}}}, {line}" for i in (2, 3)]
    loaded = load(with_interventions(*lines))
    with pytest.raises(CannotCompile) as caught:
        compile_scenario(loaded.case, loaded.scenario)
    message = "changes nothing that the authority values; say what it is worth (worth)"
    assert str(caught.value).splitlines() == [f"T: x2 {message}", f"T: x3 {message}"]
