"""Likely slips at the command line and in files: each is named, with what is meant."""

from pathlib import Path

import pytest

from sim.scenario.verbs import VERBS
from tests.unit.cli.conftest import Sim

LIST = "title: T\ncase: afghanistan\ninterventions:\n"
SHIFT = "verb: shift, select: {id: DEU}, param: stance"
NO_BREAK = "\u00a0"


def fault(sim: Sim, text: str) -> str:
    """The one line with which `check` refuses a file."""
    Path("slip.yaml").write_text(text, encoding="utf-8")
    ended = sim("scenarios", "check", "slip.yaml")
    assert ended.status == 65
    [line] = ended.faults
    return line


# Numbers


@pytest.mark.parametrize(
    ("line", "where", "words"),
    [
        (f"{{month: 6, {SHIFT}, by: 0,5}}", "4:69: interventions[0].5", "as in 0.5, and no comma"),
        (f"{{month: 6, {SHIFT}, by: '0,5'}}", "4:63: interventions[0].by", "decimal point: 0.5"),
        (f"{{month: 6, {SHIFT}, by: '1,000'}}", "interventions[0].by", "without commas: 1000"),
        (f"{{month: 6, {SHIFT}, by: '0.1; 0.2'}}", "interventions[0].by", "write a study"),
    ],
)
def test_a_comma_in_a_number_is_named(sim: Sim, line: str, where: str, words: str) -> None:
    found = fault(sim, f"{LIST}  - {line}\n")
    assert where in found
    assert words in found


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("0,5", "a number has a decimal point: 0.5"),
        ("0.1,0.2", "write a study to try several: sim study --help"),
        ("[0.1, 0.2]", "write a study to try several: sim study --help"),
    ],
)
def test_an_option_takes_one_number(sim: Sim, given: str, words: str) -> None:
    option = f"parameters.climb_rate={given}"
    ended = sim("scenarios", "check", "baseline", "--set", option)
    assert ended.status == 65
    assert ended.err.startswith(f"--set {option}: numbers.parameters.climb_rate: must be a number")
    assert words in ended.err


def test_numbers_may_have_the_commas_with_which_they_are_printed(sim: Sim) -> None:
    ended = sim("run", "baseline", "--runs", "1,000", "--months", "1")
    assert (ended.status, "1,000 runs" in ended.out) == (0, True)
    assert sim("run", "baseline", "--runs", "1,00").status == 2


# Months


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("01/2026", "2026-01"),
        ("1-2026", "2026-01"),
        ("15.01.2026", "2026-01"),
        ("January 2026", "2026-01"),
        ("2026 Sept", "2026-09"),
        ("2026-9", "2026-09"),
        ("2026/09/30", "2026-09"),
    ],
)
def test_a_date_in_another_spelling_is_read_back(sim: Sim, given: str, meant: str) -> None:
    found = fault(sim, f"{LIST}  - {{month: {given}, verb: pitch}}\n")
    assert "4:6: interventions[0].month: must be a month, as in 2024-02, or a number" in found
    assert found.endswith(f"not {given!r}, did you mean {meant}?")


@pytest.mark.parametrize("given", ["13/2026", "Nowember 2026", "2026-00"])
def test_what_is_no_month_is_not_read_as_one(sim: Sim, given: str) -> None:
    found = fault(sim, f"{LIST}  - {{month: {given}, verb: pitch}}\n")
    assert found.endswith(f"not {given!r}")


def test_faults_speak_in_dates_and_say_which_horizon_would_do(sim: Sim) -> None:
    beyond = fault(sim, f"{LIST}  - {{month: 2031-01, verb: pitch}}\n")
    assert "month 84 lies beyond the horizon of 60 months; 2031-01 needs `months: 84`" in beyond
    never = fault(sim, f"{LIST}  - {{month: 2099-01, verb: pitch}}\n")
    assert "the longest is 480" in never
    order = fault(sim, f"{LIST}  - {{month: 2025-01, until: 2024-12, verb: pitch}}\n")
    assert "until 11 (2024-12) lies before month 12 (2025-01)" in order


# Names and blanks


def test_an_unknown_verb_gets_the_list_of_verbs(sim: Sim) -> None:
    far = fault(sim, f"{LIST}  - {{month: 6, verb: xyzzy}}\n")
    assert f"unknown verb 'xyzzy'; known: {', '.join(VERBS)}" in far
    near = fault(sim, f"{LIST}  - {{month: 6, verb: set_polcy}}\n")
    assert (
        f"unknown verb 'set_polcy', did you mean set_policy? Known: {next(iter(VERBS))}, " in near
    )


def test_a_name_with_a_blank_gets_one_without(sim: Sim) -> None:
    found = fault(sim, f"{LIST}  - {{name: my first offer, month: 6, verb: pitch}}\n")
    assert "did you mean my-first-offer?" in found
    assert "pattern" not in found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{LIST}  - {{month:{NO_BREAK}6, verb: pitch}}\n", "4:6"),
        (f"{LIST}  - {{month: 6,{NO_BREAK}verb: pitch}}\n", "4:15"),
        (f"{LIST}  - {{month: 6{NO_BREAK}, verb: pitch}}\n", "4:6"),
        (f"title: T\nquestion:{NO_BREAK}a: b\n", "2:1"),
    ],
)
def test_a_no_break_space_is_named(sim: Sim, text: str, place: str) -> None:
    found = fault(sim, text)
    assert found.startswith(f"slip.yaml:{place}: ")
    assert "a no-break space; use a plain blank" in found


@pytest.mark.parametrize("dash", ["\u2013", "\u2014", "\u2212", "\u2013\u2013"])
def test_a_pasted_long_dash_is_named(sim: Sim, dash: str) -> None:
    ended = sim("run", "baseline", f"{dash}runs", "3")
    line = f"{dash}runs: begins with a long dash; an option begins with hyphens: --runs\n"
    assert (ended.status, ended.err) == (2, line)


# Things that are there


@pytest.mark.parametrize("name", ["folder", "folder/", "./folder"])
def test_a_folder_is_called_one(sim: Sim, name: str) -> None:
    Path("folder").mkdir()
    Path("folder/mine.yaml").write_text("title: T\ncase: afghanistan\n")
    ended = sim("scenarios", "check", name)
    line = f"{name}: a folder, not a scenario; name a file in it, as in folder/mine.yaml\n"
    assert (ended.status, ended.err) == (66, line)


@pytest.mark.parametrize(
    ("words", "beginning"),
    [
        (("RUS",), "RUS: Russia"),
        (("russia",), "RUS: Russia"),
        (("climb_rate",), "climb_rate"),
        (("EDU",), "EDU: "),
        (("ladder", "4"), "4  mission without recognition"),
        (("ladder", "Formal recognition"), "7  formal recognition"),
    ],
)
def test_an_id_alone_and_a_rung_are_found(sim: Sim, words: tuple[str, ...], beginning: str) -> None:
    ended = sim("case", *words)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith(beginning)


def test_what_is_no_part_of_a_case_is_refused_with_the_kinds(sim: Sim) -> None:
    ended = sim("case", "xyzzy")
    assert (ended.status, ended.out) == (2, "")
    assert "Kinds: actors, policies," in ended.err
    assert sim("case", "ladder", "9").status == 66


@pytest.mark.parametrize("name", ["../../escape", "..", "deeper/one", "a b"])
def test_a_new_scenario_stays_in_its_folder(sim: Sim, tmp_path: Path, name: str) -> None:
    ended = sim("scenarios", "new", name)
    assert (ended.status, list(tmp_path.iterdir())) == (2, [])
    assert "a name holds letters, digits, - and _, and no folder" in ended.err
