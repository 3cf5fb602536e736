"""A case to change."""

import shutil
from pathlib import Path

import pytest

from sim.places import shipped
from tests.unit.case.edits import Edit


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Copies the case and changes one file of it, each `old` text once for a `new` one."""

    def edit(file: str, *changes: tuple[str, str]) -> Path:
        folder = tmp_path / "afghanistan"
        ignored = shutil.ignore_patterns("record")
        shutil.copytree(shipped("seeds") / "afghanistan", folder, ignore=ignored)
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"{file} has no {old!r}"
            text = text.replace(old, new, 1)
        (folder / file).write_text(text, encoding="utf-8")
        return folder

    return edit
