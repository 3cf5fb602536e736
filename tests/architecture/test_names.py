"""The package knows no country, policy or scenario: these live in seeds/ and scenarios/ alone."""

import csv
import re
from pathlib import Path

import pytest
import yaml

from tests.architecture.source import PACKAGE, ROOT

ORDINARY = {
    "Inclusion",  # issues of a case, and also plain words
    "Justice",
    "baseline",  # what other scenarios are compared with, in any case
    "isolation",  # rung 0 of the ladder, and also a policy
    "mediator",  # a flag in the row of any policy, and also a policy
}
"""Names that are plain words of the model, too."""


def read_actors() -> list[dict[str, str]]:
    """The rows of every case's actors."""
    rows: list[dict[str, str]] = []
    for path in sorted(ROOT.glob("seeds/*/actors.csv")):
        rows += csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return rows


def read_issues() -> dict[str, str]:
    """The titles of every case's issues by id."""
    found: dict[str, str] = {}
    for path in sorted(ROOT.glob("seeds/*/issues.yaml")):
        issues = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        found |= {name: issue["title"] for name, issue in issues.items()}
    return found


def read_names() -> set[str]:
    """Names of cases, actors, issues, policies and scenarios."""
    names = {row["name"] for row in read_actors()} | set(read_issues().values())
    names |= {path.parent.name for path in ROOT.glob("seeds/*/case.yaml")}
    names |= {path.stem for path in ROOT.glob("scenarios/**/*.yaml")}
    for path in ROOT.glob("seeds/*/policies.yaml"):
        names |= set(yaml.safe_load(path.read_text(encoding="utf-8"))["policies"])
    return names


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
    in_capitals, in_any_spelling = pattern(CODES), pattern(NAMES - ORDINARY, re.IGNORECASE)
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


def test_every_exception_is_needed() -> None:
    assert ORDINARY <= NAMES
