"""What a scenario file may say, and the one line that meets anything else."""

import pytest

from sim.scenario.schema import Scenario
from sim.scenario.selection import Selection
from tests.scenarios import (
    assert_says,
    at,
    fault_of,
    faults,
    interventions,
    load,
    with_interventions,
)

SET = "{month: 6, verb: set_policy, select: {id: RUS}, policy: isolation}"


def test_a_scenario_needs_a_title_and_a_case_alone() -> None:
    scenario = load("title: T\ncase: afghanistan\n").scenario
    assert (scenario.months, scenario.start, scenario.interventions) == (60, None, [])
    assert (scenario.question, scenario.description) == ("", "")
    assert (scenario.claims, scenario.cannot_say) == ([], "")


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("case: afghanistan\n", "x.yaml:1:1", ["title", "missing"]),
        ("title: T\n", "x.yaml:1:1", ["case", "missing"]),
        (
            "title: T\ncase: afghanistan\nmnths: 3\n",
            "x.yaml:3:1: mnths",
            ["unknown key", "months"],
        ),
        ("title: 5\ncase: afghanistan\n", "x.yaml:1:1: title", ["must be text", "not 5"]),
        ('title: ""\ncase: afghanistan\n', "x.yaml:1:1: title", ["must not be empty"]),
        ("title:\ncase: afghanistan\n", "x.yaml:1:1: title", ["must be text", "nothing"]),
        ("title: T\ncase: afghanistan\ndrop: offer\n", "x.yaml:1:1", ["drop", "extends"]),
        ("title: T\ncase: afghanistan\nclaims: S1\n", "x.yaml:3:1: claims", ["list"]),
        (
            "title: T\ncase: afghanistan\ncannot_say: [a]\n",
            "x.yaml:3:1: cannot_say",
            ["must be text"],
        ),
    ],
)
def test_a_bad_head_is_refused(text: str, where: str, words: list[str]) -> None:
    [found] = faults(text)
    assert_says(found, where, words)


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ("twelve", ["whole number", "'twelve'"]),
        ("'12'", ["whole number", "'12'"]),
        ("12.5", ["whole number", "12.5"]),
        ("true", ["whole number", "True"]),
        ("", ["whole number", "nothing"]),
        ("0", ["1", "not 0"]),
        ("481", ["480", "not 481"]),
        ("[12]", ["whole number"]),
    ],
)
def test_a_bad_horizon_is_refused(months: str, words: list[str]) -> None:
    [found] = faults(f"title: T\ncase: afghanistan\nmonths: {months}\n")
    assert_says(found, "x.yaml:3:1: months", words)


@pytest.mark.parametrize("months", [1, 180])
def test_the_shortest_and_the_longest_horizon_are_fine(months: int) -> None:
    assert load(f"title: T\ncase: afghanistan\nmonths: {months}\n").scenario.months == months


def test_no_stays_text_and_is_no_false() -> None:
    assert load("title: NO\ncase: afghanistan\n").scenario.title == "NO"
    line = "{month: 6, verb: schedule_forum, civil_society: NO}"
    where = f"{at(line, 'civil_society')}: interventions[0].civil_society"
    assert_says(fault_of(line), where, ["'NO'"])


@pytest.mark.parametrize(
    ("line", "text", "path", "words"),
    [
        (
            "{month: 6, verb: set_polcy, select: {id: RUS}, policy: isolation}",
            "verb",
            ".verb",
            ["unknown", "'set_polcy'", "set_policy"],
        ),
        ("{month: 6}", "{", "", ["verb", "missing"]),
        ("{verb: freeze_authority}", "{", "", ["month", "missing"]),
        ("{month: 6, verb: set_policy, select: {id: RUS}}", "{", "", ["policy", "missing"]),
        ("{month: 0, verb: freeze_authority}", "month", ".month", ["1", "not 0"]),
        ("{month: 6.5, verb: freeze_authority}", "month", ".month", ["whole number", "not 6.5"]),
        ("{month: 6, until: 5, verb: pitch}", "{", "", ["until 5", "before month 6"]),
        (
            "{month: 6, verb: freeze_authority, select: {id: RUS}}",
            "select",
            ".select",
            ["unknown key", "month", "until", "verb", "when"],
        ),
        (
            "{month: 6, verb: set_policy, select: {ids: RUS}, policy: isolation}",
            "ids",
            ".select.ids",
            ["unknown key", "id"],
        ),
        (
            "{month: 6, verb: pitch, evry: 3}",
            "evry",
            ".evry",
            ["unknown key", "every"],
        ),
        (
            "{month: 6, verb: shift, select: {all: true, not: {kindd: x}}, param: stance, by: 1}",
            "kindd",
            ".select.not.kindd",
            ["unknown key", "kind"],
        ),
        (
            "{month: 6, verb: set_policy, select: {}, policy: isolation}",
            "select",
            ".select",
            ["nobody", "all: true"],
        ),
        (
            "{month: 6, verb: set_policy, select: {not: {id: RUS}}, policy: isolation}",
            "select",
            ".select",
            ["nobody", "all: true"],
        ),
        (
            "{month: 6, verb: set_policy, select: {all: false}, policy: isolation}",
            "all",
            ".select.all",
            ["True", "not False"],
        ),
        (
            "{month: 6, verb: set_policy, select: {id: []}, policy: isolation}",
            "id:",
            ".select.id",
            ["at least 1, not 0"],
        ),
        (
            "{month: 6, verb: set_policy, select: RUS, policy: isolation}",
            "select",
            ".select",
            ["'RUS'"],
        ),
        (
            "{month: 6, verb: shift, select: {id: RUS}, param: stance, by: .nan}",
            "by",
            ".by",
            ["finite", "nan"],
        ),
        (
            "{month: 6, verb: scale, select: {id: RUS}, param: stance, by: .inf}",
            "by",
            ".by",
            ["finite", "inf"],
        ),
        (
            "{month: 6, verb: shift, select: {id: RUS}, param: stance, by: one}",
            "by",
            ".by",
            ["number", "'one'"],
        ),
        (
            "{month: 6, verb: set, select: {id: RUS}, param: stance, to: true}",
            "to",
            ".to",
            ["number", "True"],
        ),
        (
            "{month: 6, verb: force_rung, select: {id: RUS}, rung: 8}",
            "rung: 8",
            ".rung",
            ["7", "not 8"],
        ),
        ("{month: 6, verb: set_issue, issue: EDU, level: 5}", "level", ".level", ["4", "not 5"]),
        ("{month: 6, verb: set_issue, issue: EDU, level: -1}", "level", ".level", ["0", "not -1"]),
        (
            "{month: 6, verb: shock, kind: flood, severity: 1}",
            "kind",
            ".kind",
            ["drought", "quake", "budget", "atrocity", "'flood'"],
        ),
        (
            "{month: 6, verb: shock, kind: drought, severity: 1}",
            "{",
            "",
            ["drought", "months"],
        ),
        ("{month: 6, verb: shock, kind: drought, months: 3}", "{", "", ["drought", "severity"]),
        ("{month: 6, verb: shock, kind: budget}", "{", "", ["budget", "severity"]),
        ("{month: 6, verb: shock, kind: atrocity}", "{", "", ["atrocity", "severity"]),
        (
            "{month: 6, verb: shock, kind: drought, months: 3, severity: 1.2}",
            "severity",
            ".severity",
            ["1", "not 1.2"],
        ),
        (
            "{month: 6, verb: shock, kind: drought, months: 3, severity: .5, until: 9}",
            "{",
            "",
            ["drought", "once", "until"],
        ),
        (
            "{month: 6, until: 7, verb: shock, kind: budget, severity: .2}",
            "{",
            "",
            ["budget", "once", "until"],
        ),
        ("{month: 6, verb: pitch, every: 0}", "every", ".every", ["1", "not 0"]),
        (
            "{month: 6, verb: set_litigation, pool: litigation, outcome: win}",
            "outcome",
            ".outcome",
            ["release", "fund", "award", "'win'"],
        ),
        (
            "{month: 6, verb: set_litigation, pool: litigation, outcome: fund}",
            "{",
            "",
            ["`to`", "fund"],
        ),
        (
            "{month: 6, verb: set_litigation, pool: litigation, outcome: award, to: fund}",
            "{",
            "",
            ["`to`", "fund"],
        ),
        (
            "{month: 6, until: 7, verb: set_litigation, pool: litigation, outcome: award}",
            "{",
            "",
            ["once", "until"],
        ),
        ("just text", "just", "", ["'just text'"]),
    ],
)
def test_a_bad_intervention_is_refused_in_one_line(
    line: str, text: str, path: str, words: list[str]
) -> None:
    assert_says(fault_of(line), f"{at(line, text)}: interventions[0]{path}", words)


def test_a_name_that_two_interventions_have_is_refused_where_it_comes_again() -> None:
    named = "{name: offer, month: 6, verb: pitch}"
    [found] = faults(with_interventions(named, "{month: 6, verb: pitch}", named))
    assert_says(found, "x.yaml:6:6: interventions[2].name", ["another", "'offer'"])


def test_interventions_must_be_a_list() -> None:
    [found] = faults("title: T\ncase: afghanistan\ninterventions: none\n")
    assert_says(found, "x.yaml:3:1: interventions", ["list", "'none'"])


def test_each_fault_has_a_line_of_its_own() -> None:
    text = with_interventions("{month: 0, verb: pitch}", SET, "{month: 3, verb: pitc}")
    assert [line.split(": ")[1] for line in faults(text)] == [
        "interventions[0].month",
        "interventions[2].verb",
    ]


def test_a_duplicate_key_is_refused() -> None:
    line = "{month: 6, month: 7, verb: freeze_authority}"
    assert_says(fault_of(line), f"{at(line, 'month: 7')}: interventions[0].month", ["line 4"])


def test_one_name_stands_for_a_list_of_one() -> None:
    [verb] = interventions("{month: 6, verb: set_issue, issue: EDU, level: 3}")
    assert verb.issue == ["EDU"]
    assert Selection.model_validate({"id": "RUS"}).id == ["RUS"]


def test_every_verb_can_be_said() -> None:
    verbs = interventions(
        SET,
        "{month: 6, verb: shift, select: {id: RUS}, param: stance, by: -1.5}",
        "{month: 6, verb: set, select: {custodian: true}, param: asset_stance, to: 1}",
        "{month: 6, verb: scale, select: {group: East, not: {id: CHN}}, param: stance, by: 2}",
        "{month: 6, verb: set_global, param: fatigue, to: 0.025}",
        "{month: 6, verb: freeze_authority, until: 6}",
        "{month: 6, verb: close_corridor, select: {id: PAK}, until: 9}",
        "{month: 6, verb: force_rung, select: {id: RUS}, rung: 7}",
        "{month: 6, verb: set_issue, issue: [EDU, EMP], level: 0}",
        "{month: 6, verb: shock, kind: drought, severity: 0.9, months: 10}",
        "{month: 6, verb: shock, kind: quake}",
        "{month: 6, verb: shock, kind: budget, severity: 0.2, select: {id: USA}}",
        "{month: 6, verb: shock, kind: atrocity, severity: 0.2}",
        "{month: 6, verb: schedule_forum, civil_society: true, every: 6}",
        "{month: 6, verb: pitch, every: 3}",
        "{month: 6, verb: set_litigation, pool: litigation, outcome: fund, to: fund}",
    )
    assert len(verbs) == 16


def test_a_resolved_scenario_says_the_same() -> None:
    loaded = load(with_interventions(SET, "{month: 6, verb: pitch, every: 3}"))
    resolved = loaded.resolved()
    assert resolved["start"] == "2024-02"
    assert resolved["interventions"][1] == {"month": 6, "verb": "pitch", "every": 3}
    assert Scenario.model_validate(resolved).interventions == loaded.scenario.interventions
