"""Notes on a scenario: what its author may not have in mind, and nothing about the rest."""

from pathlib import Path

import pytest

from sim.planning.compile import compile_scenario
from sim.planning.notes import notes
from sim.scenario.load import Loaded, load_scenario
from tests.scenarios import HEAD, load, with_interventions

WEST = "{month: 1, verb: set_policy, select: {id: [DEU, FRA]}, policy: %s}"
FOLLOWED = "human_rights_conditionality"


def told(loaded: Loaded) -> list[str]:
    """The notes on a scenario."""
    return notes(loaded, compile_scenario(loaded.case, loaded.scenario))


def told_of(*lines: str, head: str = HEAD) -> list[str]:
    """The notes on a scenario with these interventions."""
    return told(load(with_interventions(*lines, head=head)))


def test_of_a_plain_scenario_there_is_nothing_to_tell() -> None:
    assert told(load_scenario("baseline")) == []
    assert told_of(WEST % "isolation", "{month: 3, verb: pitch}") == []
    assert told_of("{month: 1, verb: set_global, param: climb_rate, to: 0.1}") == []


def test_a_policy_that_all_follow_anyway() -> None:
    [note] = told_of(WEST % FOLLOWED)
    assert note == (
        f"interventions[0] changes nothing for DEU, FRA: in the case the policy is {FOLLOWED}, too"
    )


def test_a_policy_that_some_follow_anyway_is_no_news() -> None:
    assert told_of(WEST.replace("FRA", "PAK") % FOLLOWED) == []


def test_a_policy_that_undoes_an_earlier_intervention_does_something() -> None:
    later = (WEST % FOLLOWED).replace("month: 1", "month: 3")
    assert told_of(WEST % "isolation", later) == []
    shift = "{month: 1, verb: shift, select: {id: [FRA]}, param: stance, by: 0.1}"
    assert told_of(shift, later) == []


def test_of_two_in_one_month_the_one_that_never_counts_is_told() -> None:
    [note] = told_of(WEST % "isolation", WEST % FOLLOWED)
    assert note == "interventions[0] never counts; interventions[1] does, on the same numbers"


def test_an_actor_named_that_follows_the_votes_of_members() -> None:
    [note] = told_of(WEST.replace("FRA", "UN") % "isolation")
    assert note.startswith("interventions[0] does not reach UN: ")


def test_a_group_with_such_an_actor_is_no_news() -> None:
    everybody = "{month: 1, verb: set_policy, select: {all: true}, policy: isolation}"
    assert told_of(everybody) == []


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (
            "{name: slow, month: 1, verb: set_global, param: climb_rate, to: 0.5}",
            "intervention slow takes climb_rate out of its documented range: 0.5, not ",
        ),
        (
            "{month: 1, verb: set_global, param: ideological_cost.EDU, to: 9}",
            "interventions[0] takes ideological_cost.EDU out of its documented range: 9, not ",
        ),
        (
            "{month: 1, verb: shift, select: {id: [DEU]}, param: stance, by: 5}",
            f"interventions[0] takes stance out of its range of {FOLLOWED} (",
        ),
        (
            "{month: 1, verb: set, select: {id: [PAK]}, param: return_rate, to: 0.03}",
            "interventions[0] takes return_rate out of its range of PAK (0.03, not 0.005 to 0.015 ",
        ),
    ],
)
def test_a_value_beyond_its_documented_range(line: str, note: str) -> None:
    [found] = told_of(line)
    assert found.startswith(note)


def test_several_policies_out_of_range_are_one_note() -> None:
    line = "{month: 1, verb: set, select: {custodian: true}, param: asset_stance, to: 1.5}"
    [note] = told_of(line)
    assert note.count("1.5, not ") == 3


def test_a_factor_that_no_file_has_is_passed_over() -> None:
    line = "{month: 1, verb: scale, select: {id: [DEU]}, param: relief_factor, by: 0.1}"
    assert told_of(line) == []


def test_a_number_of_the_case_beyond_its_documented_range() -> None:
    numbers = "numbers: {parameters.climb_rate: 0.5}\n"
    [note] = told_of(head=HEAD + numbers)
    assert note.startswith("parameters.climb_rate lies outside its documented range: 0.5, not ")
    assert told_of(head=HEAD + numbers.replace("0.5", "0.1")) == []


def test_what_a_base_does_beside_one_s_own(tmp_path: Path) -> None:
    pitch, forum = "{month: 3, verb: pitch}", "{month: 4, verb: schedule_forum}"
    (tmp_path / "base.yaml").write_text(with_interventions(pitch, forum))
    path = tmp_path / "child.yaml"
    path.write_text(with_interventions(pitch, head="title: T\nextends: base\n"))
    note = "2 interventions act from base.yaml, beside 1 of its own"
    assert told(load_scenario(str(path))) == [note]
    option = f"interventions[0]={pitch}"
    note = "1 intervention acts from base.yaml, beside 2 of its own"
    assert told(load_scenario(str(path), [option])) == [note]
    path.write_text("title: T\nextends: base\n")
    assert told(load_scenario(str(path))) == []


def test_who_stands_above_its_gate() -> None:
    found = told_of(head=HEAD + "numbers: {policies.regional_pragmatism.gates.5: 0.9}\n")
    assert [note for note in found if "PAK" in note and note.startswith("at the start ")]


CONDITION = "month: 6, announced: true, when: {issue: EDU, at_least: 3}"


def test_what_is_announced_is_told_with_its_worth_and_how_far_it_is_believed() -> None:
    assets = "verb: set, select: {custodian: true}, param: asset_stance, to: 1.5}"
    note = told_of(f"{{name: t, {CONDITION}, {assets}")[0]
    assert note == (
        "t: in month 6 (2024-07) the authority is told: once EDU is at least at level 3, US$ 849 m"
        " a year promised (0.33 of revenue), 75 of it believed: europe 415 (believed at 0.10),"
        " fund 413 (believed at 0.07), litigation 21 (believed at 0.10)"
    )


def test_a_threat_is_told_and_of_many_parts_the_largest() -> None:
    note = told_of(
        f"{{name: t, {CONDITION.replace('when', 'while')}, verb: shift, select: {{group: West}}, "
        "param: relief_conditionality, by: 0.3}"
    )[0]
    assert " the authority is told: while EDU is at least at level 3, US$ " in note
    assert " m a year threatened (" in note
    assert note.count("(believed at") == 6
    assert note.endswith(" more")


def test_an_offer_whose_worth_is_said_does_something_though_its_rows_do_not() -> None:
    said = "worth: 50, verb: shift, select: {id: [DEU]}, param: stance, by: 0}"
    [note] = told_of(f"{{name: visas, {CONDITION}, {said}")
    assert note.startswith("visas: in month 6 (2024-07) the authority is told: once EDU")
    assert "US$ 50 m a year promised" in note


def test_a_deal_that_the_horizon_cuts_short_is_told() -> None:
    line = "{name: half, month: 50, verb: pay, pool: fund, share: 0.5, months: 24}"
    assert "intervention half pays 11 of its 24 instalments at most" in told_of(line)
    assert told_of(line.replace("month: 50", "month: 37")) == []


def test_a_number_of_a_pool_out_of_its_range_is_told() -> None:
    [note] = told_of("{month: 2, verb: set, select: {pool: fund}, param: tranche, to: 900}")
    assert "tranche out of its range of fund (900, not 10 to 150" in note
