"""A case that builds on another says only what differs, and shares its draws."""

import re
import shutil
from pathlib import Path

import pytest

from sim.case.case import Case
from sim.case.load import load_case
from sim.case.number_id import NumberId
from sim.io.errors import BadFile
from sim.io.places import shipped
from sim.scenario.catalog import case_named, cases
from tests.states import afghanistan
from tests.unit.case.edits import text_of

HEAD = 'id: {name}\ntitle: "A case of one\'s own"\nbase: {base}\n'
ACTORS = (
    "id,name,kind,group,bloc,policy,salience,rung_2021_09,rung_2024_02\n"
    "XYZ,Elsewhere,state,Other,GF,economic_partnership,0,0,1\n"
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def case_of(name: str = "mine", base: str = "afghanistan", **files: str) -> Case:
    """A case in the user's own folder; `actors_csv` stands for `actors.csv`."""
    folder = written(name, base, **files)
    return load_case(folder)


def written(name: str = "mine", base: str = "afghanistan", **files: str) -> Path:
    """The folder of a case of one's own."""
    folder = Path("seeds") / name
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text(HEAD.format(name=name, base=base), encoding="utf-8")
    for file, text in files.items():
        (folder / file.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def faults_of(**files: str) -> list[str]:
    with pytest.raises(BadFile) as caught:
        case_of(**files)
    return str(caught.value).splitlines()


def test_what_is_not_given_is_that_of_the_base() -> None:
    case, base = case_of(), afghanistan()
    assert (case.id, case.base, case.root) == ("mine", "afghanistan", "afghanistan")
    assert {name: number.value for name, number in case.numbers.items()} == {
        name: number.value for name, number in base.numbers.items()
    }
    assert (case.actors, case.ties, case.starts) == (base.actors, base.ties, base.starts)


def test_numbers_of_the_base_keep_their_backing_and_say_whence_they_come() -> None:
    own = "dead_band: {value: 0.4, unit: utility, source: mine}\n"
    case, base = case_of(parameters_yaml=own), afghanistan()
    name = NumberId("parameters", "", "dead_band")
    assert (case.numbers[name].value, case.numbers[name].inherited) == (0.4, "")
    others = [number for each, number in case.numbers.items() if each != name]
    assert {number.inherited for number in others} == {"afghanistan"}
    assert [number.source for number in others] == [
        number.source for each, number in base.numbers.items() if each != name
    ]


def test_what_the_base_leaves_out_is_inherited_from_it_too() -> None:
    """An effect of the issues of which no file says anything."""
    plain = shutil.copytree(shipped("seeds") / "afghanistan", Path("seeds") / "plain")
    head = (plain / "case.yaml").read_text(encoding="utf-8")
    (plain / "case.yaml").write_text(head.replace("id: afghanistan", "id: plain"))
    text = (plain / "parameters.yaml").read_text(encoding="utf-8")
    without = re.sub(r"^project_lift:\n(  .*\n)+", "", text, flags=re.MULTILINE)
    (plain / "parameters.yaml").write_text(without, encoding="utf-8")
    case = case_of(base="plain")
    assert {number.inherited for number in case.numbers.values()} == {"plain"}
    assert case.numbers[NumberId("parameters", "", "project_lift", 0)].value == 0.0


def test_one_more_actor_is_a_row() -> None:
    """Columns that the table leaves out are 0, and the highest rung is 7."""
    case = case_of(actors_csv=ACTORS)
    assert set(case.actors) == {*afghanistan().actors, "XYZ"}
    assert case.value("actors", "XYZ", "relief") == 0
    assert case.value("actors", "XYZ", "cap") == 7
    assert case.numbers[NumberId("actors", "XYZ", "rung_2024_02")].inherited == ""
    assert case.numbers[NumberId("actors", "XYZ", "rung_2024_02")].assumption != ""


def test_a_row_takes_the_place_of_the_row_of_the_base_with_its_sources() -> None:
    case = case_of(actors_csv=ACTORS.replace("XYZ", "ADB"))
    assert case.actors["ADB"].name == "Elsewhere"
    assert afghanistan().numbers[NumberId("actors", "ADB", "relief")].source
    assert case.value("actors", "ADB", "relief") == 0
    own = case.numbers[NumberId("actors", "ADB", "rung_2024_02")]
    assert (own.source, own.low, own.high) == ("", 0, 2)
    assert own.assumption == "from mine/actors.csv, which names no source"


def test_a_source_of_ones_own_backs_a_cell() -> None:
    sources = "actor,column,source,confidence,note\nXYZ,rung_2024_02,a note,high,\n"
    case = case_of(**{"actors.csv": ACTORS, "actors.sources.csv": sources})
    assert case.numbers[NumberId("actors", "XYZ", "rung_2024_02")].source == "a note"
    assert case.numbers[NumberId("actors", "ADB", "relief")].source


def test_a_policy_of_ones_own_may_name_a_profile_of_the_base() -> None:
    base = text_of("policies.yaml").partition("  engagement_without_recognition:\n")[2]
    text = base.partition("\n  human")[0]
    case = case_of(policies_yaml=f"policies:\n  mild:\n{text}\n")
    assert set(case.policies) == {*afghanistan().policies, "mild"}
    assert case.value("policies", "mild", "issue_weights", 0) == 0.27


def test_a_fault_names_the_file_in_which_it_stands() -> None:
    assert faults_of(actors_csv=ACTORS.replace("GF", "GX")) == [
        "mine/actors.csv:2:5: XYZ.bloc: unknown bloc 'GX', did you mean RG?"
    ]


def test_a_row_without_the_rung_of_a_start_is_refused() -> None:
    lacking = ACTORS.replace(",rung_2024_02", "").replace("0,0,1", "0,0")
    assert faults_of(actors_csv=lacking) == ["mine/actors.csv:2:1: XYZ: rung_2024_02 is missing"]


def test_a_base_that_is_not_there_is_refused() -> None:
    written(base="afganistan")
    with pytest.raises(BadFile, match=r"mine/case.yaml:3:1: base: .*did you mean afghanistan"):
        load_case(Path("seeds/mine"))


def test_a_case_that_builds_on_itself_is_refused() -> None:
    written("one", "other")
    written("other", "one")
    with pytest.raises(BadFile, match="builds on itself: one -> other -> one"):
        load_case(Path("seeds/one"))


def test_the_root_is_at_the_bottom() -> None:
    written()
    case = case_of("mine2", "mine", actors_csv=ACTORS)
    assert (case.base, case.root) == ("mine", "afghanistan")


def test_the_first_case_builds_on_none_and_is_shipped() -> None:
    """It is the one that is meant where none is named."""
    written("aaa")
    written("aab", "aaa")
    head = written("aac") / "case.yaml"
    head.write_text(head.read_text("utf-8").replace("base:", "# base:"), "utf-8")
    assert cases() == ["afghanistan", "aac", "aaa", "aab"]
    assert case_named("aab").root == "afghanistan"


def test_a_case_stands_in_a_folder_of_its_name() -> None:
    folder = written()
    other = folder.rename("seeds/other")
    with pytest.raises(BadFile, match=r"other/case.yaml:1:1: id: unknown folder 'mine'"):
        load_case(other)
