"""Finding scenarios by name or path, and loading them."""

from pathlib import Path

import pytest

from sim.io.errors import BadFile, MissingFile
from sim.scenario.catalog import case_named, catalog, find
from sim.scenario.load import load_scenario
from tests.scenarios import HEAD

SHIPPED = {"baseline", "engagement-without-recognition", "human-rights-conditionality"}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of the user's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def own(name: str, text: str = HEAD) -> Path:
    """A scenario in the user's own folder."""
    path = Path("scenarios") / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def test_the_shipped_scenarios_are_found_from_anywhere() -> None:
    assert set(catalog()) >= SHIPPED
    for name in SHIPPED:
        assert load_scenario(name).name == name


def test_every_shipped_scenario_asks_a_question() -> None:
    assert all(load_scenario(name).scenario.question for name in catalog())


def test_the_user_s_own_scenario_comes_first() -> None:
    path = own("baseline", HEAD.replace("T", "My own"))
    assert catalog()["baseline"] == path
    assert load_scenario("baseline").scenario.title == "My own"


def test_names_are_sorted() -> None:
    own("aaa")
    assert list(catalog()) == sorted(catalog())
    assert "aaa" in catalog()


def test_a_path_is_taken_as_it_is() -> None:
    path = own("mine")
    assert find(str(path)) == path
    Path("here.yaml").write_text(HEAD)
    assert load_scenario("here.yaml").name == "here"


@pytest.mark.parametrize("name", ["gone.yaml", "gone.yml", "folder/gone"])
def test_a_path_that_is_not_there_is_named(name: str) -> None:
    with pytest.raises(MissingFile, match=f"^{name}: no such file$"):
        find(name)


def test_an_unknown_name_gets_the_nearest_one() -> None:
    with pytest.raises(MissingFile, match=r"^basline: no such scenario, did you mean baseline\?$"):
        find("basline")


def test_an_unknown_case_gets_the_nearest_one() -> None:
    with pytest.raises(
        MissingFile, match=r"^afganistan: no such case, did you mean afghanistan\?$"
    ):
        case_named("afganistan")


def test_faults_name_the_file_as_it_was_given() -> None:
    own("bad", "title: T\n")
    with pytest.raises(BadFile, match=r"^bad\.yaml:1:1: case is missing$"):
        load_scenario("bad")
    with pytest.raises(BadFile, match=r"^scenarios/bad\.yaml:1:1: case is missing$"):
        load_scenario("scenarios/bad.yaml")


def test_the_default_start_is_that_of_the_case() -> None:
    own("mine")
    own("early", HEAD + "start: '2021-09'\n")
    assert load_scenario("mine").start == "2024-02"
    assert load_scenario("early").start == "2021-09"
    assert load_scenario("early").resolved()["start"] == "2021-09"
