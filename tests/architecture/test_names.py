"""The package knows no country, policy or scenario: these live in seeds/ and scenarios/ alone."""

import csv
import re
from pathlib import Path

import pytest
import yaml

from sim.io.places import shipped
from tests.architecture.source import PACKAGE


def read_actors() -> list[dict[str, str]]:
    """The rows of every case's actors."""
    rows: list[dict[str, str]] = []
    for path in sorted(shipped("seeds").glob("*/actors.csv")):
        rows += csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return rows


def read_issues() -> dict[str, str]:
    """The titles of every case's issues by id."""
    found: dict[str, str] = {}
    for path in sorted(shipped("seeds").glob("*/issues.yaml")):
        issues = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        found |= {name: issue["title"] for name, issue in issues.items()}
    return found


def is_plain(name: str) -> bool:
    """Whether a name is one word: `isolation` is a policy, and also rung 0 of the ladder."""
    return not re.search(r"[-_\s]", name)


def read_names() -> set[str]:
    """Names of cases and actors, and those of policies, issues, scenarios of several words."""
    seeds, scenarios = shipped("seeds"), shipped("scenarios")
    names = {path.stem for path in scenarios.glob("**/*.yaml")} | set(read_issues().values())
    for path in seeds.glob("*/policies.yaml"):
        names |= set(yaml.safe_load(path.read_text(encoding="utf-8"))["policies"])
    names = {name for name in names if not is_plain(name)}
    names |= {row["name"] for row in read_actors()}
    return names | {path.parent.name for path in seeds.glob("*/case.yaml")}


def pattern(words: set[str], flags: int = 0) -> re.Pattern[str]:
    """Finds any of some words, whole; hyphen, underscore and blank are one."""
    spelled = [r"[-_\s]+".join(map(re.escape, re.split(r"[-_\s]+", word))) for word in words]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(spelled))})(?![^\W_])", flags)


CODES = {row["id"] for row in read_actors()} | set(read_issues())
"""Identifiers of actors and issues, which count only as they are written, in capitals."""

NAMES = read_names()
"""Names, which count in any spelling."""


def found(text: str) -> list[str]:
    """Names of the data in a text."""
    in_capitals, in_any_spelling = pattern(CODES), pattern(NAMES, re.IGNORECASE)
    return in_capitals.findall(text) + in_any_spelling.findall(text)


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_name_of_the_data_stands_in_the_code(path: Path) -> None:
    assert found(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        'if actor.id == "QAT":',
        "EU_FUNDS = 1",
        "# as in Pakistan",
        "def china_trade(",
        "if policy == HUMANITARIAN_ONLY",
        "the bloc follower waits",
        "engagement-without-recognition.yaml",
        '"afghanistan"',
        "World Bank / ARTF",
        "level[EDU]",
        "eased_counter_terrorism: float",
        "Women's employment",
    ],
)
def test_a_name_is_seen(text: str) -> None:
    assert len(found(text)) == 1


def test_plain_words_pass() -> None:
    assert found("can, one, fragile, Indiana, unit, ct; Rung.ISOLATION; row.mediator") == []
    assert is_plain("isolation")
    assert not is_plain("full-isolation")
