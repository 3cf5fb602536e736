"""A results folder appears whole or not at all, and its files are named by their hashes."""

import gzip
import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from sim.store.folder import Packer, joined
from sim.store.manifest import MANIFEST, canonical, digest, identity, short_hash

ROOT = Path(__file__).parents[3]


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
        (["one", "two", "three"], 12, "one+2-others"),
        (["one", "two"], 6, "one+1-other"),
        (["a" * 300, "two"], 60, "a" * 60 + "+1-other"),
        (["é" * 300], 61, "é" * 30),
    ],
    ids=str,
)
def test_names_are_joined_as_far_as_they_fit(names: list[str], most: int, text: str) -> None:
    assert joined(names, most) == text
