"""What the README and the page on scenarios show works as it stands there."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import COMMANDS, command
from sim.scenario.load import load_scenario
from sim.scenario.verbs import VERBS
from tests.reference import verb_table
from tests.tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = verb_table.PAGE.read_text(encoding="utf-8")
BOTH = f"{README}\n{GUIDE}"
CALLS = sorted(set(re.findall(r"`?(sim [a-z][^`\n]*)", BOTH)))


def interventions(folder: Path, text: str) -> int:
    """Number of interventions in a scenario file with this text."""
    file = folder / "swap.yaml"
    file.write_text(text, encoding="utf-8")
    return len(load_scenario(str(file)).scenario.interventions)


def test_the_scenario_of_the_readme_is_fine_and_so_are_its_offers(tmp_path: Path) -> None:
    scenario, *more = re.findall(r"```yaml\n(.*?)```", BOTH, re.DOTALL)
    assert interventions(tmp_path, scenario) == 2
    assert more
    for lines in more:
        assert interventions(tmp_path, scenario + lines) == 2 + lines.count("verb:")


ROWS = re.findall(r"^\| `(\w+)` \| (.*) \| [^|]* \|$", GUIDE, re.MULTILINE)
EXAMPLES = [(verb, rest) for verb, cell in ROWS for rest in re.findall(r"`([^`]*\})`", cell)]


@pytest.mark.parametrize(("verb", "rest"), EXAMPLES)
def test_every_example_of_a_verb_is_fine(tmp_path: Path, verb: str, rest: str) -> None:
    line = f"  - {{month: 6, verb: {verb}{'' if rest == '}' else ', '}{rest}\n"
    assert interventions(tmp_path, f"title: T\ncase: afghanistan\ninterventions:\n{line}") == 1


def test_every_verb_has_its_example() -> None:
    assert {verb for verb, _ in EXAMPLES} == set(VERBS)


def test_the_table_of_verbs_is_that_of_the_code() -> None:
    assert GUIDE.count("<!-- verbs -->") == 1
    renewed = verb_table.renewed
    assert renewed(GUIDE) == GUIDE, "the table of verbs is stale: make docs"
    changed = GUIDE.replace("| to the end |", "| for ever |", 1)
    assert changed != GUIDE
    assert renewed(changed) == GUIDE


@pytest.mark.kernel
def test_the_first_answer_is_what_the_command_prints(tmp_path: Path) -> None:
    [command_line] = re.findall(r"^    (sim compare .*conditionality)$", README, re.MULTILINE)
    [answer] = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    words = [*shlex.split(command_line)[1:], "--out", str(tmp_path)]
    printed = CliRunner(env={"COLUMNS": "100"}).invoke(command, words).output.splitlines()
    assert [line for line in answer.splitlines() if line not in printed] == []


@pytest.mark.parametrize("call", [call for call in CALLS if call.split()[1] in COMMANDS])
def test_every_option_of_a_call_in_the_readme_exists(call: str) -> None:
    words = shlex.split(call)[1:]
    context = command.make_context("sim", words[:1], resilient_parsing=True)
    found = command.get_command(context, words[0])
    assert found is not None
    known = {option for param in found.params for option in param.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_every_path_in_the_readme_exists() -> None:
    named = re.findall(r"`((?:sim|seeds|scenarios|docs)/[\w/.-]*)`", BOTH)
    named += re.findall(r"\]\(([\w/.-]+)\)", README)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists() and "swap" not in name] == []


def test_calls_are_found() -> None:
    assert len(CALLS) >= 5
