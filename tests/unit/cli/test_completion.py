"""The Tab key: what is offered, and that nothing is ever printed into the line of who types."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.cli.completion import SHELLS, VARIABLE, Bash
from sim.cli.main import COMMANDS, command
from sim.figures.draw import check_metrics
from sim.io.places import shipped
from sim.record.patterns.play import load_patterns
from sim.scenario.load import load_scenario
from sim.store.read import read_result
from sim.study.catalog import catalog as study_catalog
from tests.unit.cli.conftest import Sim

ROOT = Path(__file__).parents[3]
SHIPPED = sorted(path.stem for path in shipped("scenarios").glob("*.yaml"))

Tab = Callable[..., list[str]]


@pytest.fixture
def tab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tab:
    """What is offered for the last of some words, in an empty folder; a path as `file:`."""
    monkeypatch.chdir(tmp_path)

    def offered(*words: object, shell: str = "bash") -> list[str]:
        monkeypatch.setenv("COMP_WORDS", "\n".join(["sim", *map(str, words)]))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        answer = SHELLS[shell](command, {}, "sim", VARIABLE).complete()
        return [line.removeprefix("plain,") for line in answer.splitlines()]

    return offered


def test_commands_and_their_subcommands_are_offered(tab: Tab) -> None:
    assert tab("") == list(COMMANDS)
    assert tab("com") == ["compare", "completion"]
    assert tab("scenarios", "") == ["check", "diff", "list", "new", "schema", "show"]
    assert tab("completion", "") == ["bash", "zsh", "fish"]


def test_options_and_their_choices_are_offered(tab: Tab) -> None:
    assert tab("run", "--th") == ["--threads"]
    assert tab("run", "baseline", "--engine", "") == ["kernel", "mesa"]
    assert tab("--he") == ["--help"]


@pytest.mark.parametrize(
    "words",
    [
        ("run",),
        ("compare", "baseline"),
        ("plot",),
        ("scenarios", "show"),
        ("scenarios", "diff", "baseline"),
        ("scenarios", "new", "mine", "--extends"),
    ],
    ids=" ".join,
)
def test_scenarios_are_offered(tab: Tab, words: tuple[str, ...]) -> None:
    assert set(tab(*words, "")) >= set(SHIPPED)
    assert tab(*words, "human") == ["human-rights-conditionality"]


def test_the_user_s_own_scenarios_are_offered_too(tab: Tab) -> None:
    for path in (Path("scenarios/zebra.yaml"), Path("zoo of my own.yaml")):
        path.parent.mkdir(exist_ok=True)
        path.write_text("title: [broken")
    assert tab("scenarios", "check", "z") == ["zebra", "'zoo of my own.yaml'"]


@pytest.mark.parametrize("word", ["scenarios/", "../", "~/x", "nosuch"])
def test_where_nothing_has_that_name_the_shell_offers_its_files(tab: Tab, word: str) -> None:
    assert [line.split(",")[0] for line in tab("run", word)] == ["file"]


def copied(folder: Path, out: str) -> str:
    """A copy of a result below a folder of the working folder."""
    shutil.copytree(folder, Path(out) / folder.name)
    return str(Path(out) / folder.name)


@pytest.mark.parametrize("name", ["compare", "plot"])
def test_results_are_offered_once_something_is_typed(
    tab: Tab, made: dict[str, Path], name: str
) -> None:
    """Neither comparisons nor pictures, nor what is unfinished or damaged."""
    folder = copied(made["baseline"], "results")
    for other in ("compare-baseline+x-0123456789", "unfinished-0123456789"):
        Path("results", other).mkdir()
    Path("results", "compare-baseline+x-0123456789", "manifest.json").write_text("{}")
    assert tab(name, "res") == [folder]
    assert tab(name, "results/b") == [folder]
    assert folder not in tab(name, "")
    assert tab("run", "results/b") == ["file,results/b"]


def test_results_stand_where_the_line_says(tab: Tab, made: dict[str, Path]) -> None:
    folder = copied(made["baseline"], "else")
    assert tab("compare", "--out", "else", "else/") == [folder]


def test_studies_and_their_folders_are_offered(tab: Tab) -> None:
    assert tab("study", "") == ["check", "gather", "plan", "point", "run", "status"]
    names = list(study_catalog())
    assert tab("study", "plan", "") == names
    for name in names:
        assert tab("study", "plan", name) == [each for each in names if each.startswith(name)]
    for name, file in (("study-x", "plan.json"), ("baseline-0123456789", "manifest.json")):
        Path("results", name).mkdir(parents=True)
        Path("results", name, file).write_text("{}")
    for command_of_study in ("run", "status", "gather", "check"):
        assert tab("study", command_of_study, "") == ["results/study-x"]


def test_ids_are_those_of_the_kind(tab: Tab) -> None:
    case = load_scenario("baseline").case
    assert tab("case", "actors", "") == list(case.actors)
    assert tab("case", "policies", "mediat") == ["mediator"]
    assert tab("case", "issues", "ED") == ["EDU"]
    assert tab("case", "ladder", "") == []
    assert "fatigue" in tab("case", "parameters", "fat")
    assert tab("case", "claims", "") != []
    assert tab("case", "--case", "") == [case.id]


def test_patterns_are_those_of_the_case(tab: Tab) -> None:
    case = load_scenario("baseline").case.id
    assert tab("patterns", "") == list(load_patterns(case).file.patterns)
    assert tab("patterns", "--case", "") == [case]


def test_other_shells_show_titles_beside_ids(tab: Tab) -> None:
    russia = ["plain", "RUS", load_scenario("baseline").case.actors["RUS"].name]
    assert tab("case", "actors", "RU", shell="zsh")[-2:] == russia[1:]


def test_every_metric_that_is_offered_can_be_drawn(tab: Tab, made: dict[str, Path]) -> None:
    results = [read_result(folder) for folder in made.values()]
    offered = [*tab("plot", "--metric", ""), *tab("plot", "--metric", "r")]
    check_metrics(results, offered)
    assert {"gdp", "recognitions_ever", "mean_rung", "rung_end:USA", "rung:USA"} <= set(offered)
    assert len(tab("plot", "--metric", "")) < 200


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--metric", "mean_rung", ":"), ["East", "Institution", "Other", "West"]),
        (("--metric", "mean_rung", ":", "We"), ["West"]),
        (("--metric", "=", "mean_rung", ":", "We"), ["West"]),
        (("--metric", "=", "gd"), ["gdp"]),
        (("--format", "="), ["png", "pdf", "svg"]),
    ],
    ids=" ".join,
)
def test_bash_splits_words_at_colons_and_equals_signs(
    tab: Tab, words: tuple[str, ...], found: list[str]
) -> None:
    assert tab("plot", "baseline", *words) == found


def test_a_word_that_is_not_begun_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bash drops empty words at the end."""
    monkeypatch.setenv("COMP_WORDS", "sim\nplot\nx\n--metric=")
    monkeypatch.setenv("COMP_CWORD", "4")
    assert Bash(command, {}, "sim", VARIABLE).get_completion_args() == (
        ["plot", "x", "--metric="],
        "",
    )


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_asks_the_program(sim: Sim, shell: str) -> None:
    ended = sim("completion", shell)
    assert (ended.status, ended.err) == (0, "")
    assert f"{VARIABLE}={shell}_complete" in ended.out


def test_the_help_says_how_to_switch_it_on(sim: Sim) -> None:
    lines = sim("completion", "--help").out.splitlines()
    assert any(line.split()[:1] == ["bash"] and "sim completion bash" in line for line in lines)


def asked(folder: Path, instruction: str, **given: str) -> subprocess.CompletedProcess[str]:
    """A process that a shell asks for candidates."""
    return subprocess.run(
        [sys.executable, "-m", "sim"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), VARIABLE: instruction, **given},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_process_answers_a_shell(tmp_path: Path) -> None:
    process = asked(tmp_path, "bash_complete", COMP_WORDS="sim run engag", COMP_CWORD="2")
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout == "plain,engagement-without-recognition\n"


@pytest.mark.parametrize(
    ("instruction", "given"),
    [
        ("bash_complete", {"COMP_WORDS": "sim nosuch ", "COMP_CWORD": "2"}),
        ("bash_complete", {"COMP_WORDS": "sim case actors --case nosuch U", "COMP_CWORD": "5"}),
        ("bash_complete", {"COMP_WORDS": "sim 'run b", "COMP_CWORD": "x"}),
        ("bash_complete", {}),
        ("bash_nosuch", {}),
        ("nosuch", {}),
    ],
    ids=str,
)
def test_a_process_that_has_no_answer_says_nothing(
    tmp_path: Path, instruction: str, given: dict[str, str]
) -> None:
    process = asked(tmp_path, instruction, **given)
    assert (process.returncode, process.stdout, process.stderr) == (1, "", "")


def test_a_closed_pipe_is_no_matter(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.run(
        [sys.executable, "-m", "sim"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            VARIABLE: "bash_complete",
            "COMP_WORDS": "sim ",
            "COMP_CWORD": "1",
        },
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert process.stderr == ""


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_a_real_bash_completes(tmp_path: Path) -> None:
    """It splits the words, calls the function of the script and takes its replies."""
    program = tmp_path / "sim"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sim "$@"\n')
    program.chmod(0o755)
    script = """
eval "$(sim completion bash)"
complete -p sim
for line in 'sim run engag' 'sim plot x --metric mean_rung : We'; do
    read -ra COMP_WORDS <<< "$line"
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
    _sim_completion sim
    printf '%s\\n' "${COMPREPLY[@]}"
done
"""
    process = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.stderr == ""
    assert process.stdout.splitlines() == [
        "complete -o nosort -F _sim_completion sim",
        "engagement-without-recognition",
        "West",
    ]
