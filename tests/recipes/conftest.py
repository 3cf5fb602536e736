"""A copy of the tree for each recipe."""

from pathlib import Path

import pytest

from tests.recipes.copy import Copy, copied


@pytest.fixture
def tree(tmp_path: Path) -> Copy:
    """A copy of the tree, which is no checkout."""
    return copied(tmp_path / "tree")
