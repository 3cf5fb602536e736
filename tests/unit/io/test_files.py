"""A file or folder appears whole or not at all, and nothing half written stays."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.io.errors import CannotWrite
from sim.io.files import PARTIAL, whole_folder, write_new, write_whole

ROOT = Path(__file__).parents[3]


class Stop(Exception):
    """Something goes wrong in the middle."""


def write_and_stop(folder: Path) -> None:
    """Begin a folder and fail."""
    with whole_folder(folder) as partial:
        (partial / "file").write_text("half")
        raise Stop


def test_a_folder_appears_with_all_its_files_when_the_block_ends(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "x"
    with whole_folder(folder) as partial:
        (partial / "file").write_text("whole")
        assert not folder.exists()
        assert PARTIAL in partial.name
        assert partial.parent == folder.parent
    assert (folder / "file").read_text() == "whole"
    assert os.listdir(folder.parent) == ["x"]


def test_a_folder_can_be_read_by_others(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "x"):
        pass
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o755


def test_nothing_appears_where_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(Stop):
        write_and_stop(tmp_path / "x")
    assert os.listdir(tmp_path) == []


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), whole_folder(tmp_path / "x"):
        raise KeyboardInterrupt
    assert os.listdir(tmp_path) == []


def test_an_older_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "old").write_text("")
    with whole_folder(tmp_path / "x") as partial:
        (partial / "new").write_text("")
    assert os.listdir(tmp_path / "x") == ["new"]


def test_an_older_folder_stays_where_the_block_fails(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "old").write_text("")
    with pytest.raises(Stop):
        write_and_stop(tmp_path / "x")
    assert os.listdir(tmp_path) == ["x"]
    assert os.listdir(tmp_path / "x") == ["old"]


def test_a_file_where_the_parent_should_be_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match=r"^.*/file: "), whole_folder(tmp_path / "file" / "x"):
        raise AssertionError("the block must not run")


def test_a_file_where_the_folder_should_be_stays(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with pytest.raises(CannotWrite, match="Not a directory"), whole_folder(tmp_path / "x"):
        pass
    assert (tmp_path / "x").read_text() == "mine"
    assert os.listdir(tmp_path) == ["x"]


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(CannotWrite, match=r"/x: No space left on device$"),
        whole_folder(tmp_path / "x"),
    ):
        raise OSError(28, "No space left on device")
    assert os.listdir(tmp_path) == []


KILLED = """
import sys
from pathlib import Path
from sim.io.files import whole_folder
from sim.store.folder import Packer
with whole_folder(Path(sys.argv[1])) as partial:
    packer = Packer(partial)
    packer.write("a.csv", "a\\n" * 1000)
    packer.finish({"scenario": "x"})
    print("written", flush=True)
    sys.stdin.read()
"""


def test_a_process_that_is_killed_leaves_no_finished_folder(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    child.kill()
    assert child.wait() == -signal.SIGKILL
    assert not folder.exists()
    assert all(PARTIAL in name for name in os.listdir(tmp_path))


def test_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    for content in (b"one", b"two"):
        write_whole(tmp_path / "file", content, "1-")
        assert (tmp_path / "file").read_bytes() == content
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_what_the_disk_does_not_take_leaves_the_file_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    write_whole(tmp_path / "file", b"one")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(CannotWrite, match="No space left"):
        write_whole(tmp_path / "file", b"two")
    assert os.listdir(tmp_path) == ["file"]
    assert (tmp_path / "file").read_bytes() == b"one"


def test_a_file_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "mine.yaml"
    write_new(path, "one")
    with pytest.raises(FileExistsError):
        write_new(path, "two")
    assert path.read_text() == "one"
