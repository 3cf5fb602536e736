"""The mutation tester: what it changes, how it plants it, what it writes."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.model.rules import ordinal
from tests.mutants.journal import keep, kept
from tests.mutants.mutations import all_mutants, changes_of, mutants_of, mutated, parsed
from tests.mutants.page import PAGE, page
from tests.mutants.reasons import REASONS
from tests.mutants.running import BY_MONTHS, BY_UNIT_TESTS, ROOT, SURVIVED, Fate, plant

RULE = """
def rule(actor, parameters):
    least = 1
    if actor.rung > 3 and not actor.rung_forced:
        least = min(least, -actor.rung)
        actor.next_rung += 1
    for k in range(2):
        continue
    return clip(least * 2.0, 0, TOP)
"""


def changed(source: str) -> list[tuple[str, str]]:
    """What stands there and what will, for each change of the first function."""
    return [(old, new) for old, new, _ in changes_of(ast.parse(source).body[0])]


def test_each_kind_of_change_is_made() -> None:
    assert changed(RULE) == [
        ("1", "2"),
        (
            "if actor.rung > 3 and (not actor.rung_forced)",
            "if not (actor.rung > 3 and (not actor.rung_forced))",
        ),
        ("and not actor.rung_forced", "or not actor.rung_forced"),
        ("> 3", ">= 3"),
        ("> 3", "<= 3"),
        ("rung", "next_rung"),
        ("3", "4"),
        ("not actor.rung_forced", "actor.rung_forced"),
        ("least = min(least, -actor.rung)", "pass"),
        ("min", "max"),
        ("-actor.rung", "actor.rung"),
        ("rung", "next_rung"),
        ("actor.next_rung += 1", "pass"),
        ("+= 1", "-= 1"),
        ("1", "2"),
        ("2", "3"),
        ("continue", "pass"),
        ("return clip(least * 2.0, 0, TOP)", "return 0"),
        ("clip(…, 0, TOP)", "…"),
        ("* 2.0", "/ 2.0"),
        ("2.0", "3.0"),
        ("0", "1"),
        ("TOP", "TOP + 1"),
    ]


def test_a_condition_that_is_returned_is_turned_round() -> None:
    assert changed("def f(a):\n    return a.rung or a.cap")[:2] == [
        ("return a.rung or a.cap", "return not (a.rung or a.cap)"),
        ("or a.cap", "and a.cap"),
    ]


def test_every_mutant_has_a_name_of_its_own_and_another_source_that_compiles() -> None:
    mutants = all_mutants()
    assert len({str(mutant) for mutant in mutants}) == len(mutants)
    for mutant in mutants[::20]:
        source = ast.unparse(mutated(mutant))
        compile(source, "rule", "exec")
        assert source != ast.unparse(parsed(mutant.module))


@pytest.fixture
def restored() -> Iterator[None]:
    """Leaves the rule as it was."""
    before = ordinal.clip.__code__
    yield
    ordinal.clip.__code__ = before


@pytest.mark.usefixtures("restored")
def test_what_is_planted_acts() -> None:
    [swap] = [each for each in mutants_of("ordinal") if str(each) == "ordinal.clip: `min` → `max`"]
    assert ordinal.clip(3.0, 0.0, 1.0) == 1.0
    plant(swap)
    assert ordinal.clip(3.0, 0.0, 1.0) == 3.0


TRY = """
from tests.mutants.mutations import all_mutants
from tests.mutants.running import run_all

wanted = ("ordinal.clip: `min` → `max`", "relief.reset_appeal: `1.0` → `2.0`")
run_all(
    [mutant for mutant in all_mutants() if str(mutant) in wanted],
    lambda fate: print(fate.status, fate.mutant, flush=True),
)
"""


@pytest.mark.soak
def test_a_changed_rule_is_caught_and_one_that_is_the_same_survives() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", TRY], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert sorted(ran.stdout.splitlines()) == [
        f"{SURVIVED} relief.reset_appeal: `1.0` → `2.0`",
        f"{BY_UNIT_TESTS} ordinal.clip: `min` → `max`",
    ]


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal of its own for a test."""
    monkeypatch.setattr("tests.mutants.journal.JOURNAL", tmp_path / "build" / "mutants.jsonl")


@pytest.mark.usefixtures("journal")
def test_the_journal_gives_the_last_word_on_the_rules_as_they_are() -> None:
    mutants = mutants_of("ordinal")[:3]
    assert kept(mutants) == {}
    keep(Fate(mutants[0], SURVIVED))
    keep(Fate(mutants[0], BY_MONTHS))
    keep(Fate(mutants[1], SURVIVED))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.mutants.journal.digest", lambda module: "another text")
        keep(Fate(mutants[2], BY_MONTHS))
    assert kept(mutants) == {str(mutants[0]): BY_MONTHS, str(mutants[1]): SURVIVED}
    assert kept(mutants[1:]) == {str(mutants[1]): SURVIVED}


def test_the_page_counts_by_file_and_lists_what_survives_by_reason() -> None:
    reason, (name, *_) = next(iter(REASONS.items()))
    fated = {str(mutant): mutant for mutant in all_mutants()}
    others = mutants_of("ordinal")[:3]
    fates = [Fate(fated[name], SURVIVED), Fate(others[0], BY_MONTHS)]
    fates += [Fate(other, BY_UNIT_TESTS) for other in others[1:]]
    text = page(fates)
    assert f"| `{fated[name].module}.py` | 1 | 0 | 0 | 0 | 1 |\n" in text
    assert "| `ordinal.py` | 3 | 2 | 1 | 0 | 0 |\n| all | 4 | 2 | 1 | 0 | 1 |\n" in text
    assert text.endswith(f"\n{reason}\n\n- {name}\n")
    assert "\n25.0% survive.\n" in text


@pytest.mark.soak
def test_the_page_and_its_reasons_are_of_the_rules_as_they_are() -> None:
    """Renewed by: make mutants."""
    names = {str(mutant) for mutant in all_mutants()}
    assert {name for of in REASONS.values() for name in of} <= names
    [count] = re.findall(r"^\| all \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.M)
    assert int(count) == len(names)
