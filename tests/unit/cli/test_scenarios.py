"""`sim scenarios`: list, show, check."""

import json
from pathlib import Path

import pytest
import yaml

from sim.case.claims import claims
from sim.scenario.schema import Scenario
from tests.unit.cli.conftest import Sim

SHIPPED = {"baseline", "engagement-without-recognition", "human-rights-conditionality"}


def test_a_list_names_every_scenario(sim: Sim) -> None:
    ended = sim("scenarios", "list")
    assert (ended.status, ended.err) == (0, "")
    assert all(name in ended.out for name in SHIPPED)


def test_a_list_as_json_has_names_titles_and_questions(sim: Sim) -> None:
    listed = json.loads(sim("scenarios", "list", "--json").out)
    assert {each["name"] for each in listed} >= SHIPPED
    assert all(each["title"] and each["question"] for each in listed)


def test_the_user_s_own_folder_is_listed_too(sim: Sim, own: Path) -> None:
    (own.parent / "scenarios").mkdir()
    own.rename(own.parent / "scenarios" / "mine.yaml")
    listed = json.loads(sim("scenarios", "list", "--json").out)
    assert "My own" in {each["title"] for each in listed}


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_a_half_written_file_hides_no_other(sim: Sim, own: Path, as_json: tuple[str, ...]) -> None:
    (own.parent / "scenarios").mkdir()
    own.rename(own.parent / "scenarios" / "mine.yaml")
    (own.parent / "scenarios" / "half.yaml").write_text("title: Half\nextends: [base\n")
    ended = sim("scenarios", "list", *as_json)
    assert ended.status == 65
    assert "My own" in ended.out
    assert len(ended.faults) == 1
    assert ended.faults[0].startswith("scenarios/half.yaml:")


def test_a_scenario_is_shown_for_reading(sim: Sim) -> None:
    ended = sim("scenarios", "show", "human-rights-conditionality")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("human-rights-conditionality: Human-rights conditionality")
    for part in (
        "afghanistan",
        "2024-02",
        "60",
        "set_policy",
        "human_rights_conditionality",
        "West",
    ):
        assert part in ended.out


def test_what_a_scenario_rests_on_and_cannot_say_is_shown_within_80_columns(
    sim: Sim, own: Path
) -> None:
    name, limit = "S2-13-missions", "How long the mission of a single state would stay open. " * 3
    own.write_text(f"{own.read_text()}claims: [{name}]\ncannot_say: {limit}\n")
    out = sim("scenarios", "show", own).out
    lines = out.splitlines()
    assert lines[lines.index("rests on") + 1].startswith(f"  {name}: ")
    for text in (claims()[name].claim, limit):
        assert " ".join(text.split()) in " ".join(out.split())
    assert "cannot say" in lines
    [case] = [i for i, line in enumerate(lines) if line.startswith("case ")]
    assert max(len(line) for line in lines[:case]) <= 80


def test_a_scenario_that_says_neither_shows_neither(sim: Sim, own: Path) -> None:
    out = sim("scenarios", "show", own).out
    assert "rests on" not in out
    assert "cannot say" not in out


def test_a_scenario_without_interventions_says_so(sim: Sim) -> None:
    assert "none" in sim("scenarios", "show", "baseline").out


def test_a_resolved_scenario_can_be_run_again(sim: Sim, own: Path) -> None:
    text = sim("scenarios", "show", own, "--resolved").out
    resolved = yaml.safe_load(text)
    assert resolved["start"] == "2024-02"
    assert Scenario.model_validate(resolved).months == 3
    again = own.with_name("again.yaml")
    again.write_text(text)
    assert yaml.safe_load(sim("scenarios", "show", again, "--resolved").out) == resolved


def test_a_scenario_as_json_is_its_resolved_form(sim: Sim, own: Path) -> None:
    shown = json.loads(sim("scenarios", "show", own, "--json").out)
    assert shown == yaml.safe_load(sim("scenarios", "show", own, "--resolved").out)


def lines_at_the_margin(out: str) -> list[str]:
    """The lines of an output that are not indented."""
    return [line for line in out.splitlines() if not line.startswith(" ")]


def test_a_check_tells_what_is_certain_and_what_is_not(sim: Sim, own: Path) -> None:
    told = " ".join(sim("scenarios", "check", own).out.split())
    assert "interventions[0], for certain: the policy of" in told
    assert "interventions[0], only more or less likely: the actors climb" in told
    shown = sim("scenarios", "show", own).out
    assert shown.count("for certain: ") == shown.count("only more or less likely: ") == 1


def test_fine_scenarios_are_checked_with_status_nought(sim: Sim, own: Path) -> None:
    ended = sim("scenarios", "check", own, "baseline")
    assert (ended.status, ended.err) == (0, "")
    assert [line.endswith(": fine") for line in lines_at_the_margin(ended.out)] == [True, True]


def test_each_fault_is_a_line_with_its_place_and_status_65(sim: Sim, bad: Path) -> None:
    ended = sim("scenarios", "check", bad)
    assert ended.status == 65
    head, verb = sorted(ended.faults)
    assert head.startswith(f"{bad}:3:1: mnths: ")
    assert "months" in head
    assert verb.startswith(f"{bad}:5:16: interventions[0].verb: ")
    assert "set_policy" in verb


def test_one_bad_scenario_among_fine_ones_is_enough(sim: Sim, bad: Path, own: Path) -> None:
    ended = sim("scenarios", "check", own, bad, "baseline")
    assert ended.status == 65
    assert [line.endswith(": fine") for line in lines_at_the_margin(ended.out)] == [True, True]
    assert len(ended.faults) == 2


def test_a_missing_scenario_has_status_66(sim: Sim) -> None:
    ended = sim("scenarios", "check", "basline")
    assert ended.status == 66
    assert len(ended.faults) == 1
    assert "baseline" in ended.err


def test_a_bad_scenario_weighs_more_than_a_missing_one(sim: Sim, bad: Path) -> None:
    assert sim("scenarios", "check", "gone.yaml", bad).status == 65
    assert sim("scenarios", "check", bad, "gone.yaml").status == 65


def test_rates_that_make_no_run_are_refused(sim: Sim, own: Path) -> None:
    own.write_text(
        "title: T\ncase: afghanistan\ninterventions:\n"
        "  - {month: 6, verb: set_global, param: climb_rate, to: 0.95}\n"
    )
    ended = sim("scenarios", "check", own)
    assert ended.status == 65
    assert len(ended.faults) == 1
    assert "month 6" in ended.err


@pytest.mark.parametrize("name", ["nosuch", "gone.yaml", "folder/gone"])
def test_what_is_not_there_cannot_be_shown(sim: Sim, name: str) -> None:
    ended = sim("scenarios", "show", name)
    assert ended.status == 66
    assert len(ended.faults) == 1
    assert ended.err.startswith(f"{name}: ")


def test_a_new_scenario_is_begun_and_fine(sim: Sim) -> None:
    ended = sim("scenarios", "new", "my-offer")
    assert (ended.status, ended.err) == (0, "")
    assert sim("scenarios", "check", "my-offer").out == "my-offer: fine\n"
    assert "interventions: none" in sim("scenarios", "show", "my-offer").out


def test_a_new_scenario_never_overwrites(sim: Sim) -> None:
    sim("scenarios", "new", "mine")
    path = Path("scenarios/mine.yaml")
    path.write_text("mine")
    ended = sim("scenarios", "new", "mine")
    assert (ended.status, ended.err) == (73, "scenarios/mine.yaml: cannot write: File exists\n")
    assert path.read_text() == "mine"


def test_a_new_scenario_may_extend_a_file(sim: Sim, own: Path) -> None:
    assert sim("scenarios", "new", "mine.yaml", "--extends", own.name).status == 0
    assert "\nextends: own.yaml\n" in Path("mine.yaml").read_text()
    assert sim("scenarios", "new", "x", "--extends", "nowhere").status == 66
    outside = sim("scenarios", "new", "deeper/mine.yaml", "--extends", own.name)
    assert (outside.status, Path("deeper").exists()) == (66, False)


def test_two_scenarios_are_told_apart(sim: Sim, own: Path) -> None:
    ended = sim("scenarios", "diff", "baseline", own)
    assert ended.out.splitlines()[:3] == ["months", "  - 60", "  + 3"]
    assert "  + from month 2 (2024-03) on: set_policy" in ended.out
    changes = json.loads(sim("scenarios", "diff", "baseline", own, "--json").out)
    assert changes[0] == {"what": "months", "before": "60", "after": "3"}
    assert sim("scenarios", "diff", own, own).out == f"{own} and {own} do the same\n"


def test_the_schema_is_json(sim: Sim) -> None:
    assert json.loads(sim("scenarios", "schema").out)["title"] == "Scenario"


def test_numbers_and_conditions_are_shown(sim: Sim) -> None:
    Path("mine.yaml").write_text(
        "title: T\ncase: afghanistan\nnumbers: {parameters.noise: 0.3}\ninterventions:\n"
        "  - {month: 6, when: {issue: EDU, at_least: 3}, verb: pitch}\n"
    )
    text = sim("scenarios", "show", "mine.yaml").out
    assert "parameters.noise = 0.3 utility (else 0.35)" in text
    when = "when in month 6 (2024-07) or later EDU is at least at level 3, then once: pitch"
    assert when in " ".join(text.split())


def test_a_note_is_no_fault(sim: Sim, own: Path) -> None:
    own.write_text(
        own.read_text()
        .replace("group: West", "id: [DEU]")
        .replace("isolation", "human_rights_conditionality")
    )
    ended = sim("scenarios", "check", own)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.splitlines()[0].endswith(": fine")
    assert "\n  note: interventions[0] changes nothing for DEU" in ended.out
    assert "note: interventions[0] changes nothing" in sim("scenarios", "show", own).out


def test_settings_are_shown_and_checked(sim: Sim) -> None:
    shown = sim("scenarios", "show", "baseline", "--set", "months=24", "--resolved").out
    assert yaml.safe_load(shown)["months"] == 24
    fine = sim("scenarios", "check", "baseline", "--set", "parameters.climb_rate=0.5")
    assert fine.status == 0
    assert "note: parameters.climb_rate lies outside its documented range: 0.5" in fine.out
    ended = sim("scenarios", "check", "baseline", "--set", "parameters.climb_rte=0.5")
    assert ended.status == 65
    assert "did you mean parameters.climb_rate?" in ended.err


BOTH = """title: Two policies
case: afghanistan
interventions:
  - {{month: {0}, verb: set_policy, select: {{id: DEU}}, policy: {1}}}
  - {{month: {2}, verb: set_policy, select: {{id: DEU}}, policy: {3}}}
"""


@pytest.mark.parametrize(("months", "same"), [((6, 6), False), ((5, 6), True)])
def test_sameness_is_claimed_only_where_what_is_compiled_is_the_same(
    sim: Sim, own: Path, months: tuple[int, int], same: bool
) -> None:
    """Two lines on the same numbers: within a month their order in the file decides."""
    lines = list(zip(months, ("isolation", "human_rights_conditionality"), strict=True))
    for name, (one, other) in (("one", lines), ("other", lines[::-1])):
        (own.parent / f"{name}.yaml").write_text(BOTH.format(*one, *other))
    files = [str(own.parent / f"{name}.yaml") for name in ("one", "other")]
    ended = sim("scenarios", "diff", *files)
    assert ended.status == 0
    assert ended.out.endswith("do the same\n") == same
    assert ended.out.startswith("order of the lines") != same
