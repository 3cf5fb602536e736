"""Loading a scenario: what it extends, the numbers it changes, and all faults at once."""

from pathlib import Path

import pytest

from sim.io.errors import BadFile, MissingFile
from sim.planning.compile import compile_scenario
from sim.scenario.load import load_scenario
from tests.scenarios import HEAD, with_interventions

OFFER = "  - {month: 6, verb: pitch}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with a folder for scenarios."""
    monkeypatch.chdir(tmp_path)
    Path("scenarios").mkdir()
    return tmp_path


def write(name: str, text: str) -> str:
    """A file below the folder; its name."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")
    return name


def faults(name: str, *settings: str) -> list[str]:
    """The lines with which a scenario is refused."""
    with pytest.raises(BadFile) as caught:
        load_scenario(name, settings)
    return str(caught.value).splitlines()


def extending(base: str, more: str = "") -> str:
    return f"extends: {base}\ntitle: Mine\n{more}"


def test_a_scenario_extends_a_shipped_one() -> None:
    write("mine.yaml", extending("human-rights-conditionality", f"interventions:\n{OFFER}"))
    loaded = load_scenario("mine.yaml")
    assert [each.verb for each in loaded.scenario.interventions] == ["set_policy", "pitch"]
    assert (loaded.scenario.title, loaded.scenario.case) == ("Mine", "afghanistan")


def test_the_resolved_form_needs_no_base() -> None:
    write("mine.yaml", extending("human-rights-conditionality"))
    resolved = load_scenario("mine.yaml").resolved()
    assert "extends" not in resolved
    assert len(resolved["interventions"]) == 1


def test_several_bases_follow_each_other() -> None:
    for name, month in (("one", 6), ("two", 7)):
        line = f"interventions:\n  - {{month: {month}, verb: pitch}}\n"
        write(f"scenarios/{name}.yaml", HEAD + line)
    write("scenarios/mine.yaml", extending("[one, two]"))
    assert [each.month for each in load_scenario("mine").scenario.interventions] == [6, 7]


def test_a_name_is_looked_for_beside_the_file_first() -> None:
    write("scenarios/base.yaml", HEAD + "months: 10\n")
    write("elsewhere/base.yaml", HEAD + "months: 20\n")
    write("elsewhere/mine.yaml", extending("base"))
    assert load_scenario("elsewhere/mine.yaml").scenario.months == 20
    write("scenarios/mine.yaml", extending("base"))
    assert load_scenario("mine").scenario.months == 10


def test_one_s_own_baseline_may_extend_the_shipped_one() -> None:
    write("scenarios/baseline.yaml", extending("baseline", "months: 9\n"))
    assert load_scenario("baseline").scenario.months == 9


def test_a_path_leads_from_the_folder_of_the_file() -> None:
    write("elsewhere/parts/base.yaml", HEAD + "months: 20\n")
    write("elsewhere/mine.yaml", extending("parts/base.yaml"))
    assert load_scenario("elsewhere/mine.yaml").scenario.months == 20


@pytest.mark.parametrize(
    ("base", "words"),
    [
        ("basline", "no such scenario, did you mean baseline?"),
        ("missing.yaml", "no such scenario"),
        ("../outside.yaml", "lies outside the folders for scenarios"),
        ("/etc/hostname.yaml", "lies outside the folders for scenarios"),
        ("link.yaml", "lies outside the folders for scenarios"),
        ("mine.yaml", "cannot extend itself"),
        ("3", "must be the name of a scenario, or a list"),
        ("[baseline, 3]", "must be the name of a scenario, or a list"),
    ],
)
def test_a_base_that_cannot_be_extended_is_refused(base: str, words: str, folder: Path) -> None:
    write("../outside.yaml", HEAD)
    Path("elsewhere").mkdir()
    Path("elsewhere/link.yaml").symlink_to(folder.parent / "outside.yaml")
    write("elsewhere/mine.yaml", extending(base))
    [fault] = faults("elsewhere/mine.yaml")
    assert fault.startswith("elsewhere/mine.yaml:1:1: extends: ")
    assert words in fault


def test_a_circle_is_refused() -> None:
    write("scenarios/a.yaml", extending("b"))
    write("scenarios/b.yaml", extending("c"))
    write("scenarios/c.yaml", extending("a"))
    assert faults("a") == [
        "c.yaml:1:1: extends: a: a scenario cannot extend itself: a -> b -> c -> a"
    ]


def test_a_base_that_is_named_again_and_again_is_read_once() -> None:
    """Else 20 files that each name the next one twice would be read a million times."""
    for i in range(40):
        write(f"s{i}.yaml", extending(f"[s{i + 1}, s{i + 1}]"))
    write("s40.yaml", extending("baseline"))
    assert load_scenario("s0.yaml").scenario.title == load_scenario("s40.yaml").scenario.title


def test_what_grows_without_end_is_refused() -> None:
    for i in range(30):
        write(f"s{i}.yaml", extending(f"[s{i + 1}, s{i + 1}]"))
    write("s30.yaml", with_interventions("{month: 1, verb: pitch}"))
    assert faults("s0.yaml")[0].endswith("more than 50,000 interventions with those of its bases")


def test_too_many_files_one_on_another_are_refused() -> None:
    for i in range(60):
        write(f"s{i}.yaml", extending(f"s{i + 1}"))
    write("s60.yaml", extending("baseline"))
    assert "more than 50 files, one on another" in faults("s0.yaml")[0]


def test_every_base_that_is_wrong_is_named() -> None:
    write("mine.yaml", extending("[nowhere, neither]"))
    assert [fault.split(": ")[1] for fault in faults("mine.yaml")] == ["extends[0]", "extends[1]"]


def test_faults_name_the_file_at_fault() -> None:
    write(
        "scenarios/base.yaml",
        f"{HEAD}months: 12\ninterventions:\n{OFFER}  - {{month: 20, verb: pitch}}\n",
    )
    write(
        "scenarios/mine.yaml", extending("base", "interventions:\n  - {month: 30, verb: pitch}\n")
    )
    found = faults("mine")
    assert found[0].startswith("base.yaml:6:6: interventions[1].month: month 20 lies beyond")
    assert found[1].startswith("mine.yaml:4:6: interventions[0].month: month 30 lies beyond")


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    write(
        "bad.yaml",
        HEAD + "mnths: 3\nnumbers: {parameters.climb_rat: 1, parameters.noise: x}\n"
        "interventions:\n"
        "  - {month: 6, verb: set_polcy, select: {id: RUS}, policy: isolation}\n"
        "  - {month: 6, verb: set_policy, select: {id: Russia}, policy: isolaton}\n",
    )
    found = faults("bad.yaml")
    assert [fault.split(": ")[1] for fault in found] == [
        "mnths",
        "numbers.parameters.climb_rat",
        "numbers.parameters.noise",
        "interventions[0].verb",
        "interventions[1].select.id",
        "interventions[1].policy",
    ]


def test_without_a_case_only_what_needs_none_is_said() -> None:
    write("bad.yaml", "title: T\ncase: nowhere\nmnths: 3\n")
    found = faults("bad.yaml")
    assert [line.split(": ")[1] for line in found] == ["case", "mnths"]


# Options


def test_an_option_changes_the_scenario_and_its_title() -> None:
    loaded = load_scenario("baseline", ["months=12"])
    assert loaded.scenario.months == 12
    assert loaded.scenario.title == "Baseline (months=12)"


def test_a_fault_in_an_option_is_one_line() -> None:
    assert faults("baseline", "mnths=12")[0].startswith("--set mnths=12: mnths: unknown key")
    [fault] = faults("baseline", "parameters.climb_rate=9")
    assert fault.startswith("--set parameters.climb_rate=9: numbers.parameters.climb_rate: must be")


# Numbers of the case


def test_a_number_of_the_case_is_changed_for_the_scenario_alone() -> None:
    loaded = load_scenario("baseline", ["actors.RUS.salience=4", "starts.2024-02.gdp=77"])
    assert loaded.case.value_at("actors.RUS.salience") == 4.0
    assert loaded.documented.value_at("actors.RUS.salience") == 3.0
    start = compile_scenario(loaded.case, loaded.scenario).start
    assert start.actors["salience"][list(loaded.case.actors).index("RUS")] == 4.0
    assert start.world["gdp"][0] == 77.0


def test_a_policy_and_a_parameter_are_changed_before_anything_happens() -> None:
    loaded = load_scenario(
        "baseline", ["policies.patron_hedger.reservation=-1", "parameters.climb_rate=0.05"]
    )
    start = compile_scenario(loaded.case, loaded.scenario).start
    russia = start.policy_of[0, 0, list(loaded.case.actors).index("RUS")]
    assert start.policies["reservation"][russia] == -1.0
    assert start.parameters["climb_rate"][0] == 0.05


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("parameters.climb_rat=1", "did you mean parameters.climb_rate?"),
        (
            "parameters.loading_peers=1",
            "holds 8 numbers; name one, as in parameters.loading_peers.0",
        ),
        ("parameters.climb_rate=1.5", "must be between 0 and 1"),
        ("actors.RUS.rung_2024_02=2.5", "must be a whole number"),
        ("actors.RUS.rung_2024_02=9", "must be between 0 and 7"),
        ("actors.RUS.salience=-1", "must be 0 or more"),
        ("actors.RUS.salience=.nan", "finite number"),
        ("actors.RUS.salience=.inf", "finite number"),
        ("actors.RUS.salience=true", "must be a number"),
        ("policies.mediator.issue_weights.0=0.9", "must add up to 1"),
    ],
)
def test_a_bad_number_is_refused_in_one_line(setting: str, words: str) -> None:
    [fault] = faults("baseline", setting)
    assert words in fault
    assert fault.startswith(f"--set {setting}: numbers.")


def test_missing_files_and_names_are_said() -> None:
    with pytest.raises(MissingFile, match=r"^nowhere\.yaml: no such file$"):
        load_scenario("nowhere.yaml")


def test_an_unknown_case_is_told_beside_all_else() -> None:
    head = "title: T\ncase: afganistan\n"
    write("bad.yaml", with_interventions("{month: 6, verb: ptch}", head=head))
    case, verb = faults("bad.yaml")
    assert case == "bad.yaml:2:1: case: afganistan: no such case, did you mean afghanistan?"
    assert "ptch" in verb
