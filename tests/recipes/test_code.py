"""What a verb, a quantity of an actor and a mechanism cost: files that are touched by hand.

All recipes are followed in one copy of the tree and tried there by agents, without a compiler. The
blind twin knows nothing of them: it says so, and stays.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.recipes.copy import ARCHITECTURE, TWIN, WHOLE, Copy, copied
from tests.recipes.model import with_column, with_mechanism, with_quantity
from tests.recipes.verbs import with_parameter_verb, with_state_verb

FILES: dict[Callable[[Copy], None], list[str]] = {
    with_parameter_verb: [
        "sim/scenario/verbs/interest.py",
        "tests/unit/scenario/test_interest.py",
    ],
    with_state_verb: [
        "sim/model/rules/interventions.py",
        "sim/scenario/verbs/breakdown.py",
        "tests/unit/rules/test_breakdown.py",
    ],
    with_quantity: [
        "sim/model/rules/economy.py",
        "sim/model/state.py",
        "tests/unit/rules/test_remittances.py",
    ],
    with_mechanism: [
        "sim/model/parameters.py",
        "sim/model/rules/illness.py",
        "sim/model/rules/month.py",
        "tests/unit/rules/test_illness.py",
    ],
}
"""The files that each recipe touches: its class or rule, what declares it, and its test."""

DROUGHT = "{month: 1, verb: shock, kind: drought, severity: 0.9, months: 10}"
CHANGES = (
    ["interventions=[{month: 1, verb: lose_interest, select: {all: true}, by: 0.1}]"],
    ["interventions=[{month: 2, verb: break_health, loss: 0.5}]"],
    [f"interventions=[{DROUGHT}]", "parameters.drought_illness=0.5"],
)
"""Settings by which what is new acts; without its parameter the drought alone does."""

ALONE = [f"interventions=[{DROUGHT}]"]


@dataclass(frozen=True)
class Followed:
    """A copy in which all recipes were followed: what each touched, and runs before them."""

    tree: Copy
    touched: dict[str, list[str]]
    before: list[str]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """All recipes, one after the other, then what a command makes."""
    tree = copied(tmp_path_factory.mktemp("recipes") / "tree")
    before, touched = tree.played([[], ALONE]), {}
    for recipe in FILES:
        known = tree.by_hand()
        recipe(tree)
        touched[recipe.__name__] = [path for path in tree.by_hand() if path not in known]
    tree.renew()
    return Followed(tree, touched, before)


@pytest.mark.parametrize("recipe", FILES)
def test_a_recipe_touches_these_files_and_no_more(
    followed: Followed, recipe: Callable[[Copy], None]
) -> None:
    assert followed.touched[recipe.__name__] == FILES[recipe]


def test_nothing_else_is_touched_by_hand(followed: Followed) -> None:
    assert followed.tree.by_hand() == sorted(path for files in FILES.values() for path in files)


def test_what_is_new_acts_where_a_scenario_or_a_case_wants_it_alone(followed: Followed) -> None:
    runs = followed.tree.played([[], ALONE, *CHANGES])
    assert runs[:2] == followed.before
    assert len(set(runs)) == len(runs)


def test_text_by_hand_in_a_page_is_counted(tree: Copy) -> None:
    tree.replace("README.md", "# Legation\n", "# Legation of old\n")
    assert tree.by_hand() == ["README.md"]


def test_the_narrow_gates_pass(followed: Followed) -> None:
    own = [path for files in FILES.values() for path in files if path.startswith("tests/")]
    ended = followed.tree.pytest(*own, *TWIN, *ARCHITECTURE)
    assert ended.failing == []
    assert "2 of the verbs are not in the text: lose_interest, break_health" in ended.text


def test_a_case_gives_a_quantity_in_a_column(tmp_path: Path) -> None:
    tree = copied(tmp_path / "tree")
    with_quantity(tree)
    with_column(tree)
    data = [path for path in tree.by_hand() if path.startswith("seeds/")]
    assert data == ["seeds/afghanistan/actors.columns.yaml", "seeds/afghanistan/actors.csv"]
    first, given = tree.played([[], ["actors.RUS.remittances=500"]])
    assert first != given


@pytest.mark.soak
@pytest.mark.parametrize("recipe", FILES)
def test_the_whole_gate_passes_after(tree: Copy, recipe: Callable[[Copy], None]) -> None:
    recipe(tree)
    tree.renew()
    assert tree.pytest(*WHOLE).failing == []
