"""A results folder appears whole or not at all, and its files are named by their hashes."""

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sim.io.errors import CannotWrite
from sim.store.folder import PARTIAL, Packer, appearing, joined
from sim.store.manifest import MANIFEST, canonical, digest, identity, short_hash

ROOT = Path(__file__).parents[3]


class Stop(Exception):
    """Something goes wrong in the middle."""


def write_and_stop(folder: Path) -> None:
    """Begin a folder and fail."""
    with appearing(folder) as partial:
        (partial / "file").write_text("half")
        raise Stop


def test_a_folder_appears_with_all_its_files_when_the_block_ends(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "x"
    with appearing(folder) as partial:
        (partial / "file").write_text("whole")
        assert not folder.exists()
        assert PARTIAL in partial.name
        assert partial.parent == folder.parent
    assert (folder / "file").read_text() == "whole"
    assert os.listdir(folder.parent) == ["x"]


def test_a_folder_can_be_read_by_others(tmp_path: Path) -> None:
    with appearing(tmp_path / "x"):
        pass
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o755


def test_nothing_appears_where_the_block_fails(tmp_path: Path) -> None:
    with pytest.raises(Stop):
        write_and_stop(tmp_path / "x")
    assert os.listdir(tmp_path) == []


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), appearing(tmp_path / "x"):
        raise KeyboardInterrupt
    assert os.listdir(tmp_path) == []


def test_an_older_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "old").write_text("")
    with appearing(tmp_path / "x") as partial:
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
    with pytest.raises(CannotWrite, match=r"^.*/file: "), appearing(tmp_path / "file" / "x"):
        raise AssertionError("the block must not run")


def test_a_file_where_the_folder_should_be_stays(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with pytest.raises(CannotWrite, match="Not a directory"), appearing(tmp_path / "x"):
        pass
    assert (tmp_path / "x").read_text() == "mine"
    assert os.listdir(tmp_path) == ["x"]


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with (
        pytest.raises(CannotWrite, match=r"/x: No space left on device$"),
        appearing(tmp_path / "x"),
    ):
        raise OSError(28, "No space left on device")
    assert os.listdir(tmp_path) == []


KILLED = """
import sys
from pathlib import Path
from sim.store.folder import Packer, appearing
with appearing(Path(sys.argv[1])) as partial:
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


def test_a_digest_is_sha_256() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest(b"") == empty
    assert digest(b"abc") == hashlib.sha256(b"abc").hexdigest()


def test_what_is_hashed_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": [1.5, "é"]}) == '{"a":[1.5,"é"],"b":1}'
    assert short_hash({"b": 1, "a": 2}) == short_hash({"a": 2, "b": 1})
    assert short_hash({"a": 1}) != short_hash({"a": 2})
    assert short_hash([1]) == digest(b"[1]")[:10]


def test_a_packer_notes_the_hash_of_what_it_writes(tmp_path: Path) -> None:
    packer = Packer(tmp_path)
    packer.write("text.csv", "é\n")
    packer.write("raw.bin", b"\x00\xff")
    assert (tmp_path / "text.csv").read_bytes() == "é\n".encode()
    assert packer.hashes == {"text.csv": digest("é\n".encode()), "raw.bin": digest(b"\x00\xff")}


def test_a_packed_file_is_hashed_by_its_text_and_has_no_time_in_it(tmp_path: Path) -> None:
    packer = Packer(tmp_path)
    packer.write_gzip("x.gz", iter(["one\n", "twé\n"]))
    raw = (tmp_path / "x.gz").read_bytes()
    assert gzip.decompress(raw) == "one\ntwé\n".encode()
    assert raw[4:8] == b"\0\0\0\0"
    assert packer.hashes["x.gz"] == digest("one\ntwé\n".encode())


def archived(folder: Path, *members: tuple[str, list[bytes]]) -> Packer:
    """A packer that wrote `x.zip` of these members in these parts."""
    packer = Packer(folder)
    packer.write_archive("x.zip", [(name, iter(parts)) for name, parts in members])
    return packer


def test_an_archive_holds_its_members_and_is_hashed_by_what_they_hold(tmp_path: Path) -> None:
    packer = archived(tmp_path, ("a", [b"one", b"two"]), ("b", []))
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "a": b"onetwo",
            "b": b"",
        }
    assert packer.hashes["x.zip"] == digest(b"aonetwo" + b"b")


def test_the_parts_of_a_member_do_not_change_a_byte(tmp_path: Path) -> None:
    archived(tmp_path, ("a", [b"one" * 1_000, b"two"]))
    raw = (tmp_path / "x.zip").read_bytes()
    archived(tmp_path, ("a", [b"one" * 400, b"one" * 600 + b"two"]))
    assert (tmp_path / "x.zip").read_bytes() == raw


def test_the_manifest_holds_what_it_is_given_and_all_hashes(tmp_path: Path) -> None:
    packer = Packer(tmp_path)
    packer.write("a", "a")
    content = {"scenario": "Türkiye", "seed": 2**64 - 1}
    packer.finish(content)
    text = (tmp_path / MANIFEST).read_text(encoding="utf-8")
    assert "Türkiye" in text
    found = json.loads(text)
    assert {key: found[key] for key in content} == content
    assert (found["files"], found["identity"]) == ({"a": digest(b"a")}, identity(content))
    assert identity(found) == identity(content)


@pytest.mark.parametrize(
    ("names", "most", "text"),
    [
        (["one"], 60, "one"),
        (["one", "two", "three"], 60, "one+two+three"),
        (["one", "two", "three"], 13, "one+two+three"),
        (["one", "two", "three"], 12, "one+two+1-more"),
        (["one", "two", "three"], 6, "one+2-more"),
        (["a" * 300, "two"], 60, "a" * 60 + "+1-more"),
        (["é" * 300], 61, "é" * 30),
    ],
    ids=str,
)
def test_names_are_joined_as_far_as_they_fit(names: list[str], most: int, text: str) -> None:
    assert joined(names, most) == text
