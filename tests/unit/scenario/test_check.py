"""Names and months of a scenario that lead nowhere, each in one line with the nearest name."""

import pytest

from tests.scenarios import (
    HEAD,
    assert_says,
    at,
    fault_of,
    faults,
    interventions,
    load,
    with_interventions,
)
from tests.states import afghanistan


def test_an_unknown_case_is_refused() -> None:
    [found] = faults("title: T\ncase: afganistan\n")
    assert_says(found, "x.yaml:2:1: case", ["afganistan", "did you mean afghanistan?"])


def test_an_unknown_start_is_refused() -> None:
    [found] = faults(HEAD + "start: 2024-03\n")
    assert_says(found, "x.yaml:3:1: start", ["unknown start '2024-03'", "2024-02"])


@pytest.mark.parametrize("start", ["2021-09", "'2024-02'"])
def test_a_known_start_is_taken(start: str) -> None:
    assert load(HEAD + f"start: {start}\n").start == start.strip("'")


def test_an_unknown_claim_is_refused_with_the_nearest_one() -> None:
    text = HEAD + "claims:\n  - S2-13-missions\n  - S2-13-mission\n  - nothing like it\n"
    near, far = faults(text)
    words = ["unknown claim 'S2-13-mission'", "did you mean S2-13-missions?"]
    assert_says(near, "x.yaml:5:5: claims[1]", words)
    assert_says(far, "x.yaml:6:5: claims[2]", ["unknown claim", "see: sim case claims"])


def test_known_claims_are_fine() -> None:
    scenario = load(HEAD + "claims: [S2-13-missions, S1-01-no-recognition]\n").scenario
    assert scenario.claims == ["S2-13-missions", "S1-01-no-recognition"]


@pytest.mark.parametrize(
    ("line", "key", "month"),
    [
        ("{month: 61, verb: freeze_authority}", "month", 61),
        ("{month: 6, until: 61, verb: freeze_authority}", "until", 61),
    ],
)
def test_a_month_beyond_the_horizon_is_refused(line: str, key: str, month: int) -> None:
    words = [f"month {month}", "beyond", "60 months"]
    assert_says(fault_of(line), f"{at(line, key)}: interventions[0].{key}", words)


def test_the_last_month_of_the_horizon_is_fine() -> None:
    [verb] = interventions("{month: 60, until: 60, verb: freeze_authority}")
    assert (verb.month, verb.until) == (60, 60)


@pytest.mark.parametrize(
    ("line", "text", "path", "words"),
    [
        (
            "{month: 6, verb: set_policy, select: {id: RUS}, policy: isolaton}",
            "policy:",
            ".policy",
            ["unknown policy 'isolaton'", "did you mean isolation?"],
        ),
        (
            "{month: 6, verb: set_policy, select: {group: West, bloc: CA}, policy: isolation}",
            "select",
            ".select",
            ["nobody"],
        ),
        (
            "{month: 6, verb: shift, select: {all: true, not: {all: true}}, param: stance, by: 1}",
            "select",
            ".select",
            ["nobody"],
        ),
        (
            "{month: 6, verb: shift, select: {all: true, not: {kind: stat}}, param: stance, by: 1}",
            "kind",
            ".select.not.kind",
            ["unknown kind 'stat'", "state"],
        ),
        (
            "{month: 6, verb: set_policy, select: {id: [WB, UN]}, policy: isolation}",
            "select",
            ".select",
            ["UN, WB", "members"],
        ),
        (
            "{month: 6, verb: scale, select: {id: WB}, param: gates.1, by: 2}",
            "select",
            ".select",
            ["WB", "members"],
        ),
        (
            "{month: 6, verb: set_issue, issue: EDUU, level: 3}",
            "issue:",
            ".issue",
            ["unknown issue 'EDUU'", "EDU"],
        ),
        (
            "{month: 6, verb: set_issue, issue: [EDU, EDUU], level: 3}",
            "EDUU",
            ".issue[1]",
            ["unknown issue 'EDUU'", "EDU"],
        ),
        (
            "{month: 6, verb: close_corridor, select: {id: RUS}}",
            "select",
            ".select",
            ["RUS", "no corridor"],
        ),
        (
            "{month: 6, verb: set_litigation, pool: litigaton, outcome: release}",
            "pool",
            ".pool",
            ["unknown pool 'litigaton'", "did you mean litigation?"],
        ),
        (
            "{month: 6, verb: set_litigation, pool: litigation, outcome: fund, to: fond}",
            "to:",
            ".to",
            ["unknown pool 'fond'", "did you mean fund?"],
        ),
        (
            "{month: 6, verb: set_litigation, pool: litigation, outcome: fund, to: litigation}",
            "to:",
            ".to",
            ["another pool"],
        ),
        (
            "{month: 6, verb: shift, select: {id: RUS}, param: stence, by: 1}",
            "param",
            ".param",
            ["unknown parameter 'stence'", "did you mean stance?"],
        ),
        (
            "{month: 6, verb: shift, select: {id: RUS}, param: gates, by: 1}",
            "param",
            ".param",
            ["gates needs a place", "gates.1"],
        ),
        (
            "{month: 6, verb: shift, select: {id: RUS}, param: gates.8, by: 1}",
            "param",
            ".param",
            ["0 to 7", "not 8"],
        ),
        (
            "{month: 6, verb: shift, select: {id: RUS}, param: gates.-1, by: 1}",
            "param",
            ".param",
            ["0 to 7", "'-1'"],
        ),
        (
            "{month: 6, verb: shift, select: {id: RUS}, param: gates.x, by: 1}",
            "param",
            ".param",
            ["'x'"],
        ),
        (
            "{month: 6, verb: shift, select: {id: RUS}, param: stance.1, by: 1}",
            "param",
            ".param",
            ["stance has no parts"],
        ),
        (
            "{month: 6, verb: set, select: {id: RUS}, param: drift, to: 1}",
            "param",
            ".param",
            ["unknown parameter 'drift'"],
        ),
        (
            "{month: 6, verb: set, select: {id: RUS}, param: issue_weights.EDU, to: 1}",
            "param",
            ".param",
            ["unknown parameter 'issue_weights.EDU'"],
        ),
        (
            "{month: 6, verb: set, select: {id: RUS}, param: quorum, to: 1.5}",
            "to:",
            ".to",
            ["between 0 and 1", "not 1.5"],
        ),
        (
            "{month: 6, verb: set, select: {id: RUS}, param: trade_factor, to: -1}",
            "to:",
            ".to",
            ["0", "not -1"],
        ),
        (
            "{month: 6, verb: set_global, param: climb_rat, to: 0.1}",
            "param",
            ".param",
            ["unknown parameter 'climb_rat'", "did you mean climb_rate?"],
        ),
        (
            "{month: 6, verb: set_global, param: authority_frozen, to: 1}",
            "param",
            ".param",
            ["unknown parameter 'authority_frozen'"],
        ),
        (
            "{month: 6, verb: set_global, param: loading_peers, to: 4}",
            "param",
            ".param",
            ["loading_peers needs a place", "loading_peers.1"],
        ),
        (
            "{month: 6, verb: set_global, param: ideological_cost.99, to: 1}",
            "param",
            ".param",
            [f"0 to {len(afghanistan().issues) - 1}", "not 99"],
        ),
        (
            "{month: 6, verb: set_global, param: climb_rate, to: 1.1}",
            "to:",
            ".to",
            ["between 0 and 1", "not 1.1"],
        ),
        (
            "{month: 6, verb: set_global, param: reward_window, to: 3.5}",
            "to:",
            ".to",
            ["whole number", "3.5"],
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_refused_in_one_line(
    line: str, text: str, path: str, words: list[str]
) -> None:
    assert_says(fault_of(line), f"{at(line, text)}: interventions[0]{path}", words)


@pytest.mark.parametrize(
    ("select", "words"),
    [
        ("{id: RUX}", ["unknown actor 'RUX'", "did you mean RUS"]),
        ("{id: Russia}", ["unknown actor 'Russia'", "did you mean RUS"]),
        ("{bloc: CB}", ["unknown bloc 'CB'", "did you mean CA?"]),
        ("{group: Wst}", ["unknown group 'Wst'", "did you mean West?"]),
        ("{group: XX}", ["unknown group 'XX'", "East, Institution, Other, West"]),
        ("{policy: isolaton}", ["unknown policy 'isolaton'", "did you mean isolation?"]),
        ("{kind: stat}", ["unknown kind 'stat'", "did you mean state?"]),
    ],
)
def test_an_unknown_name_in_a_selection_gets_the_nearest_one(select: str, words: list[str]) -> None:
    line = f"{{month: 6, verb: set_policy, select: {select}, policy: isolation}}"
    key = select[1:].split(":")[0]
    where = f"{at(line, select[1:])}: interventions[0].select.{key}"
    assert_says(fault_of(line), where, words)


def test_an_unknown_name_in_a_list_has_its_own_place() -> None:
    line = "{month: 6, verb: set_policy, select: {id: [RUS, CHX]}, policy: isolation}"
    where = f"{at(line, 'CHX')}: interventions[0].select.id[1]"
    assert_says(fault_of(line), where, ["unknown actor 'CHX'", "did you mean CHN"])


@pytest.mark.parametrize(
    "line",
    [
        "{month: 6, verb: shift, select: {group: East}, param: gates.7, by: 0.1}",
        "{month: 6, verb: scale, select: {id: WB}, param: relief_factor, by: 2}",
        "{month: 6, verb: set_policy, select: {kind: institution}, policy: isolation}",
        "{month: 6, verb: set, select: {id: RUS}, param: quorum, to: 1}",
        "{month: 6, verb: set_global, param: loading_peers.7, to: 4}",
        "{month: 6, verb: set_global, param: ideological_cost.EDU, to: 0.5}",
        "{month: 6, verb: set_global, param: reward_window, to: 3.0}",
        "{month: 6, verb: set_global, param: mediation_override, to: 0.4}",
        "{month: 6, verb: close_corridor, select: {bloc: RG}}",
    ],
)
def test_what_leads_somewhere_is_fine(line: str) -> None:
    assert len(interventions(line)) == 1


def test_all_faults_are_told_in_the_order_of_the_file() -> None:
    text = with_interventions(
        "{month: 99, verb: pitch}",
        "{month: 6, verb: set_policy, select: {id: RUS}, policy: isolaton}",
        "{month: 6, verb: set_issue, issue: [EDUU, EMX], level: 3}",
        head=HEAD.replace("T", "Too much"),
    )
    assert [line.split(":")[1] for line in faults(text)] == ["4", "5", "6", "6"]
