"""A file appears whole or not at all, and nothing half written stays."""

import os
from pathlib import Path

import pytest

from sim.store.disk import keep


def test_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        keep(tmp_path / "file", content, "1-")
        assert (tmp_path / "file").read_bytes() == content
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_what_the_disk_does_not_take_leaves_the_file_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    keep(tmp_path / "file", b"one")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space left"):
        keep(tmp_path / "file", b"two")
    assert os.listdir(tmp_path) == ["file"]
    assert (tmp_path / "file").read_bytes() == b"one"
