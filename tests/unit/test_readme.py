"""What the README shows works as it stands there."""

import re
import shlex
from pathlib import Path

import pytest

from sim.cli.main import COMMANDS, command
from sim.scenario.load import load_scenario
from sim.scenario.verbs import VERBS
from tests.reference.readme import renewed

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
CALLS = sorted(set(re.findall(r"`?(sim [a-z][^`\n]*)", README)))


def interventions(folder: Path, text: str) -> int:
    """Number of interventions in a scenario file with this text."""
    file = folder / "swap.yaml"
    file.write_text(text, encoding="utf-8")
    return len(load_scenario(str(file)).scenario.interventions)


def test_the_scenario_of_the_readme_is_fine_and_so_are_its_offers(tmp_path: Path) -> None:
    scenario, offers = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert interventions(tmp_path, scenario) == 2
    assert interventions(tmp_path, scenario + offers) == 4


ROWS = re.findall(r"^\| `(\w+)` \| (.*) \| [^|]* \|$", README, re.MULTILINE)
EXAMPLES = [(verb, rest) for verb, cell in ROWS for rest in re.findall(r"`([^`]*\})`", cell)]


@pytest.mark.parametrize(("verb", "rest"), EXAMPLES)
def test_every_example_of_a_verb_is_fine(tmp_path: Path, verb: str, rest: str) -> None:
    line = f"  - {{month: 6, verb: {verb}{'' if rest == '}' else ', '}{rest}\n"
    assert interventions(tmp_path, f"title: T\ncase: afghanistan\ninterventions:\n{line}") == 1


def test_every_verb_has_its_example() -> None:
    assert {verb for verb, _ in EXAMPLES} == set(VERBS)


def test_the_table_of_verbs_is_that_of_the_code() -> None:
    assert README.count("<!-- verbs -->") == 1
    assert renewed(README) == README, "the table of verbs in README.md is stale: make docs"
    changed = README.replace("| to the end |", "| for ever |", 1)
    assert changed != README
    assert renewed(changed) == README


@pytest.mark.parametrize("call", [call for call in CALLS if call.split()[1] in COMMANDS])
def test_every_option_of_a_call_in_the_readme_exists(call: str) -> None:
    words = shlex.split(call)[1:]
    context = command.make_context("sim", words[:1], resilient_parsing=True)
    found = command.get_command(context, words[0])
    assert found is not None
    known = {option for param in found.params for option in param.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_every_path_in_the_readme_exists() -> None:
    root = Path(__file__).parents[2]
    named = re.findall(r"`((?:sim|seeds|scenarios|docs)/[\w/.-]*)`", README)
    assert named
    assert [name for name in named if not (root / name).exists() and "swap" not in name] == []


def test_calls_are_found() -> None:
    assert len(CALLS) >= 5
