"""The pages of `docs/how-to` work as they stand, and touch as many files as they say.

Each recipe is followed in a copy of the tree. Those that leave results as they are are followed in
one copy, too, and held against the gates. Runs are by agents, without a compiler. The blind twin
knows nothing of what is new: it says so, and stays.
"""

import re
from pathlib import Path

import pytest

from tests.recipes.copy import ARCHITECTURE, TWIN, WHOLE, Copy, copied
from tests.recipes.page import HOW_TO, Recipe, follow, recipes, side, steps, write

RECIPES = {one.name: one for page in sorted(HOW_TO.glob("*.md")) for one in recipes(page)}

MOST_FILES = {
    "case-1": 1,
    "case-2": 3,
    "command-1": 2,
    "figure-1": 2,
    "issue-1": 4,
    "mechanism-1": 4,
    "mechanism-2": 3,
    "outcome-1": 2,
    "policy-1": 1,
    "scenario-1": 1,
    "verb-1": 2,
    "verb-2": 3,
}
"""The files that each recipe may touch: a page that asks for more shows that something grew."""

TOGETHER = [name for name in MOST_FILES if not name.startswith(("case", "issue"))]
"""Those that move no result."""

DROUGHT = "{month: 1, verb: shock, kind: drought, severity: 0.9, months: 10}"
ALONE = [f"interventions=[{DROUGHT}]"]
CHANGES = (
    ["interventions=[{month: 1, verb: lose_interest, select: {all: true}, by: 0.1}]"],
    ["interventions=[{month: 2, verb: break_health, loss: 0.5}]"],
    [*ALONE, "parameters.drought_illness=0.5"],
)
"""Settings by which what is new acts; without its parameter the drought alone does."""


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_recipe_works_and_touches_the_files_it_says(tree: Copy, recipe: Recipe) -> None:
    touched = follow(tree, recipe)
    assert len(touched) == recipe.files
    assert set(touched) >= {step.path for step in recipe.steps if step.verb}


def test_no_recipe_grew() -> None:
    assert {name: one.files for name, one in RECIPES.items()} == MOST_FILES


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Copy, list[str]]:
    """A copy in which all recipes that move no result were followed, and runs before them."""
    tree = copied(tmp_path_factory.mktemp("recipes") / "tree")
    before = tree.played([[], ALONE])
    for name in TOGETHER:
        write(tree, RECIPES[name])
    tree.renew()
    return tree, before


def test_what_is_new_acts_where_a_scenario_or_a_case_wants_it_alone(
    followed: tuple[Copy, list[str]],
) -> None:
    tree, before = followed
    runs = tree.played([[], ALONE, *CHANGES])
    assert runs[:2] == before
    assert len(set(runs)) == len(runs)


def test_the_narrow_gates_pass(followed: tuple[Copy, list[str]]) -> None:
    ended = followed[0].pytest(*TWIN, *ARCHITECTURE)
    assert ended.failing == []
    assert "2 of the verbs are not in the text: lose_interest, break_health" in ended.text
    assert "1 of the case's parts are not in the text: policies.wait_and_see" in ended.text


def test_a_page_that_is_stale_is_seen(tree: Copy) -> None:
    """Else the tests above would show nothing."""
    text = (HOW_TO / "verb.md").read_text(encoding="utf-8")
    stale = tree.root / "stale.md"
    old = "state.pools[event.target].suspended = 1\n"
    assert old in text
    stale.write_text(text.replace(old, old.replace("suspended", "idle")), "utf-8")
    with pytest.raises(AssertionError, match=r"interventions\.py"):
        write(tree, recipes(stale)[1])


def test_output_that_is_not_printed_is_seen(tree: Copy) -> None:
    page = tree.root / "page.md"
    page.write_text("**Files: 0.**\n\n```console\n$ sim case issues\nNOSUCH\n```\n", "utf-8")
    with pytest.raises(AssertionError, match="NOSUCH"):
        follow(tree, recipes(page)[0])


def test_a_block_without_a_file_is_refused() -> None:
    with pytest.raises(ValueError, match="names no file"):
        steps("Some code:\n\n```python\nx = 1\n```\n")


def test_a_change_has_two_sides() -> None:
    change = " kept\n-old\n+new\n\n end\n"
    assert (side(change, "-"), side(change, "+")) == ("kept\nold\n\nend\n", "kept\nnew\n\nend\n")


def test_text_by_hand_in_a_page_is_counted(tree: Copy) -> None:
    tree.replace("README.md", "# Legation\n", "# Legation of old\n")
    assert tree.by_hand() == ["README.md"]


def test_what_should_fail_fails(tree: Copy) -> None:
    """A scenario without its question, and a number that the text does not have."""
    tree.write("scenarios/no-question.yaml", "title: No question\nextends: baseline\n")
    tree.replace(
        "seeds/afghanistan/actors.csv", "PAK,Pakistan,state,East", "PAK,Pakistan,state,West"
    )
    ended = tree.pytest("tests/unit/scenario/test_shipped.py", *TWIN)
    assert {test.partition("[")[0] for test in ended.failing} == {
        "tests/unit/scenario/test_shipped.py::test_a_shipped_scenario_opens_with_its_words_and_compiles",
        "tests/twin/test_twin.py::test_the_case_files_hold_the_numbers_of_the_text",
    }


def test_a_case_gives_a_quantity_in_a_column(tree: Copy) -> None:
    write(tree, RECIPES["mechanism-2"])
    before = tree.played([[]])
    table = tree.root / "seeds" / "afghanistan" / "actors.csv"
    text = re.sub(r"$", ",20", table.read_text("utf-8").rstrip("\n"), flags=re.MULTILINE)
    table.write_text(text.replace(",20", ",remittances", 1) + "\n", "utf-8")
    tree.append(
        "seeds/afghanistan/actors.columns.yaml",
        "remittances: {meaning: sent home, unit: US$ m/month, kind: number, assumption: made up,"
        " range: {relative: 0.5}}\n",
    )
    assert tree.played([[]]) != before


@pytest.mark.soak
def test_the_whole_gate_passes_after_all(followed: tuple[Copy, list[str]]) -> None:
    assert followed[0].pytest(*WHOLE).failing == []


def test_pages_are_listed_where_they_are_looked_for() -> None:
    index = Path(HOW_TO.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [page.name for page in HOW_TO.glob("*.md") if f"how-to/{page.name}" not in index] == []
