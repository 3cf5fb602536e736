"""The scenarios that come along: each says what it asks, rests on and cannot say, and compiles."""

from pathlib import Path

import pytest

from sim.io.places import shipped
from sim.io.reader import read_yaml
from sim.planning.compile import compile_scenario, falling_at_once
from sim.scenario.load import load_scenario

FILES = sorted(shipped("scenarios").glob("*.yaml"))
WORDS = ("title", "question", "description", "claims", "cannot_say")
"""What every shipped scenario says for itself, in this order and before all else."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.stem))
def test_a_shipped_scenario_opens_with_its_words_and_compiles(path: Path) -> None:
    said = read_yaml(path).value
    assert tuple(said)[: len(WORDS)] == WORDS
    assert all(said[word] for word in WORDS)
    assert said["question"].endswith("?")
    assert len(said["claims"]) == len(set(said["claims"]))
    loaded = load_scenario(str(path))
    assert falling_at_once(compile_scenario(loaded.case, loaded.scenario)) == []


def test_titles_are_told_apart() -> None:
    titles = {read_yaml(path).value["title"] for path in FILES}
    assert len(titles) == len(FILES) > 1
