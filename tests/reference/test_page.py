"""The page on the model is that of the code: tables are current and links lead somewhere."""

import re
from pathlib import Path

import pytest

from sim.model.parameters import Parameters
from sim.model.policy import Policy
from sim.model.schema import NEXT, columns
from sim.scenario.verbs import VERBS
from tests.reference.page import BLOCK, PAGE, TABLES, by_hand, made, renewed
from tests.reference.page_tables import STATE, rule_modules, targets
from tests.reference.rule_tables import address, rules_of_their_own_words, verbs_of_their_own_words

FURTHER = "further rules"
"""The part of the page in which rules tell of themselves."""

TEXT = PAGE.read_text(encoding="utf-8")
HAND = by_hand(TEXT)

NAMED = re.compile(r"\[`([^`]+)`\](?![(:])")
"""A name in brackets without an address of its own."""

ADDRESS = re.compile(r"\]\(([^)]+)\)")


def unknown(text: str) -> set[str]:
    """Names in brackets that lead nowhere."""
    return set(NAMED.findall(text)) - set(targets())


def missing_files(text: str) -> list[str]:
    """Addresses of files that are not there."""
    paths = [address.partition("#")[0] for address in ADDRESS.findall(text)]
    return [path for path in paths if path and not (PAGE.parent / path).exists()]


def slug(heading: str) -> str:
    """What a heading is called in an address."""
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


def places(text: str) -> set[str]:
    """Where an address within the page may lead."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {*re.findall(r'<a id="([^"]+)">', text), *map(slug, headings)}


def lost_addresses(text: str) -> set[str]:
    """Addresses within the page that lead nowhere."""
    found = {address for address in ADDRESS.findall(text) if address.startswith("#")}
    found |= {targets()[name] for name in NAMED.findall(text) if name in targets()}
    return {address[1:] for address in found if address.startswith("#")} - places(text)


def unnamed(told: str) -> list[str]:
    """Parameters, numbers of a policy and memories that are told of nowhere."""
    names = [*columns(Parameters), *(f"policy.{name}" for name in columns(Policy))]
    names += [
        f"{record}.{name.removeprefix(NEXT)}"
        for record, kind in STATE.items()
        for name in columns(kind)
        if name.startswith(NEXT)
    ]
    return [name for name in names if name not in NAMED.findall(told)]


def verbs() -> list[str]:
    """Every verb of a scenario file."""
    return list(VERBS)


def stale(text: str) -> list[str]:
    """Tables that are not those of the code."""
    return [block["name"] for block in BLOCK.finditer(text) if made(block["name"]) != block[0]]


def test_the_tables_are_those_of_the_code() -> None:
    assert stale(TEXT) == [], "docs/model.md is stale: make docs"


def test_every_table_stands_on_the_page_once() -> None:
    assert sorted(BLOCK.findall(TEXT)) == sorted(TABLES)


def test_names_in_brackets_exist() -> None:
    assert unknown(TEXT) == set()


def test_files_that_are_linked_exist() -> None:
    assert missing_files(TEXT) == []
    files = {target for target in targets().values() if not target.startswith("#")}
    assert [file for file in files if not (PAGE.parent / file).is_file()] == []


def test_addresses_within_the_page_lead_somewhere() -> None:
    assert lost_addresses(TEXT) == set()


def test_every_field_of_the_state_has_its_row() -> None:
    rows = {f"{record}-{name}" for record, kind in STATE.items() for name in columns(kind)}
    assert {row for row in rows if f"-{NEXT}" not in row} <= places(TEXT)
    assert set(columns(Parameters)) <= places(TEXT)


def test_every_parameter_and_every_memory_is_in_an_equation() -> None:
    assert unnamed(HAND + made(FURTHER)) == []


@pytest.mark.parametrize("module", rule_modules())
def test_every_file_of_the_rules_has_a_section(module: str) -> None:
    assert address(module) in HAND + made(FURTHER)


def test_a_file_that_is_told_of_nowhere_tells_of_itself() -> None:
    untold = HAND.replace(address("people"), "File:").replace("[`health_rate`]", "")
    assert {*unnamed(untold)} - {*unnamed(HAND)} == {"health_rate"}
    told = rules_of_their_own_words(untold)
    assert f"{address('people')}. Hardship, hunger, refugees and returns, population" in told
    assert "\n- [`people.update_health`]: Step 11: health services, carried by relief" in told
    assert unnamed(untold + told) == []
    assert "[`world.health`]" in told
    assert unknown(told) == set()


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_told_of(verb: str) -> None:
    assert f"`{verb}`" in HAND + made("further verbs")


def test_a_verb_that_is_told_of_nowhere_tells_of_itself() -> None:
    told = verbs_of_their_own_words(HAND.replace("`set_issue`", ""))
    assert "| `set_issue` | Issues take a level; with `until` they are held there. |" in told
    assert "`force_rung`" not in told


def test_a_table_that_is_not_current_is_seen() -> None:
    current = renewed(TEXT)
    changed = current.replace("| κ | half the dead band", "| κ | all of the dead band", 1)
    assert stale(changed) == ["parameters"]
    assert renewed(changed) == current


def test_text_by_hand_is_left_as_it_is() -> None:
    assert renewed(f"{TEXT}More.\n") == f"{renewed(TEXT)}More.\n"
    assert by_hand(renewed(TEXT)) == HAND


@pytest.mark.parametrize(
    "text", ["[`actor.wrung`]", "[`relief.pledged`]", "see [`need`] of [`actor.rung`]"]
)
def test_a_name_that_does_not_exist_is_seen(text: str) -> None:
    assert len(unknown(text)) == 1


def test_a_lost_link_is_seen() -> None:
    gone = "../sim/model/rules/gone.py"
    assert missing_files(f"[a]({gone}) [b](../README.md)") == [gone]
    assert lost_addresses("[a](#b)\n## A b\n[b](#a-b) [`actor.rung`]") == {"b", "actor-rung"}


def test_no_rule_is_told_of_without_its_file() -> None:
    folder = Path(__file__).parents[2] / "sim" / "model" / "rules"
    assert {path.stem for path in folder.glob("*.py")} == {*rule_modules(), "__init__"}
