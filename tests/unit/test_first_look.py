"""The notebook runs as it stands, and is kept without what it printed."""

import json
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure

NOTEBOOK = Path(__file__).parents[2] / "docs" / "first-look.ipynb"
CELLS: list[dict[str, Any]] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
CODE = ["".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "code"]


def value_of(source: str, names: dict[str, Any]) -> Any:
    """What a cell shows: the value of its last line, if that is an expression on one line."""
    lines = [line for line in source.splitlines() if not line.startswith("%")]
    try:
        compile(lines[-1], "cell", "eval")
    except SyntaxError:
        lines.append("None")
    exec(compile("\n".join(lines[:-1]), "cell", "exec"), names)
    return eval(lines[-1], names)


def test_every_cell_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "docs"
    place.mkdir()
    monkeypatch.chdir(place)
    names: dict[str, Any] = {}
    shown = [value_of(source, names) for source in CODE]
    assert len(shown) >= 12
    assert all(value is not None for value in shown)
    assert sum(isinstance(value, Figure) for value in shown) == 3
    assert list(place.iterdir()) == []
    assert len(list((tmp_path / "results").iterdir())) == 6


def test_it_is_kept_without_what_it_printed() -> None:
    cells = [cell for cell in CELLS if cell["cell_type"] == "code"]
    assert [cell["outputs"] for cell in cells] == [[]] * len(cells)
    assert {cell["execution_count"] for cell in cells} == {None}
