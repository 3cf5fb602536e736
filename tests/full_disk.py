"""A disk without room for one file."""

from pathlib import Path
from typing import IO, Any

import pytest

OPEN = Path.open


def fill(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let a device that takes no byte stand where the temporary file of `name` would."""

    def opened(path: Path, mode: str = "r", *more: Any, **named: Any) -> IO[Any]:
        if path.name == f".partial-{name}":
            return OPEN(Path("/dev/full"), "wb")
        return OPEN(path, mode, *more, **named)

    monkeypatch.setattr(Path, "open", opened)
