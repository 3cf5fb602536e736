"""The store: whole chunks or none, each named by its content, and nothing wrong passes."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from sim.io.errors import CannotWrite
from sim.store.chunk import Failure, Layout, Read, Stretch, encoded
from sim.store.chunks import Contents, Store, name_of
from sim.store.lock import WHOLE, Share
from tests.full_disk import fill

LAYOUT = Layout(2, ("gdp",), ("gdp",))


def chunk(point: str, first: int, runs: int, value: float = 1.0, layout: Layout = LAYOUT) -> bytes:
    """A chunk of one stretch, all of whose numbers are the same."""
    stretch = Stretch(point, first, runs)
    read = Read(
        np.full((1, runs), value), np.full((len(stretch.atoms), 1, 4, layout.months + 1), value)
    )
    return encoded(layout, [(stretch, read)])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with three chunks."""
    found = Store(tmp_path, LAYOUT)
    for content in (chunk("a", 0, 200), chunk("a", 200, 50), chunk("b", 0, 100, 2.0)):
        found.put(content, WHOLE)
    return found


def files(store: Store) -> list[Path]:
    """All files among the chunks."""
    return sorted(store.chunks.iterdir())


def test_chunks_bear_the_hash_of_their_content(store: Store) -> None:
    assert len(files(store)) == 3
    contents = store.contents()
    assert sorted(contents.files) == [file.name for file in files(store)]
    assert contents.size == sum(file.stat().st_size for file in files(store))
    assert contents.damaged == []


def test_the_same_chunk_twice_is_one_file(store: Store) -> None:
    store.put(chunk("a", 0, 200), Share(1, 2))
    assert len(files(store)) == 3


def test_atoms_are_found_where_they_have_the_length_that_is_wanted(store: Store) -> None:
    contents = store.contents()
    assert sorted(contents.atoms("a", 250)) == [0, 1, 2]
    assert sorted(contents.atoms("a", 240)) == [0, 1]
    assert sorted(contents.atoms("a", 300)) == [0, 1]
    assert sorted(contents.atoms("a", 100)) == [0]
    assert sorted(contents.atoms("a", 50)) == []
    assert contents.atoms("c", 100) == {}


def test_runs_are_read_from_where_they_are(store: Store) -> None:
    contents = store.contents()
    read = store.read(contents.atoms("b", 100)[0])
    assert read.outcomes.tolist() == [[2.0] * 100]
    assert read.months.shape == (1, 1, 4, 3)


def test_a_chunk_of_another_layout_is_left_alone(store: Store) -> None:
    other = Layout(3, ("gdp",), ("gdp",))
    store.put(chunk("a", 300, 100, layout=other), WHOLE)
    contents = store.contents()
    assert len(contents.files) == 4
    assert sorted(contents.atoms("a", 400)) == [0, 1]


def damaged(store: Store) -> list[str]:
    """The names of damaged chunks."""
    return store.contents().damaged


@pytest.mark.parametrize("length", [0, 1, 8, 100, -8, -1])
def test_a_chunk_that_lost_its_end_is_damaged(store: Store, length: int) -> None:
    file = files(store)[1]
    content = file.read_bytes()
    file.write_bytes(content[:length])
    assert damaged(store) == [file.name]


@pytest.mark.parametrize("place", [0, 20, -1, -100])
def test_a_chunk_with_one_other_bit_is_damaged(store: Store, place: int) -> None:
    file = files(store)[0]
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    assert damaged(store) == [file.name]


def test_a_whole_chunk_under_another_name_is_damaged(store: Store) -> None:
    files(store)[0].rename(store.chunks / f"{'0' * 32}.chunk")
    assert damaged(store) == [f"{'0' * 32}.chunk"]


def test_runs_of_a_damaged_chunk_are_not_there(store: Store) -> None:
    for file in files(store):
        file.write_bytes(file.read_bytes()[:-1])
    contents = store.contents()
    assert (contents.places, contents.files, len(contents.damaged)) == ({}, {}, 3)


def test_damaged_chunks_are_moved_out_of_the_way(store: Store) -> None:
    file = files(store)[0]
    file.write_bytes(b"x")
    store.set_aside(damaged(store))
    assert not file.exists()
    assert (store.folder / "damaged" / file.name).read_bytes() == b"x"
    assert damaged(store) == []


def test_looking_changes_nothing(store: Store) -> None:
    files(store)[0].write_bytes(b"x")
    before = [(file.name, file.stat().st_mtime_ns) for file in files(store)]
    store.contents()
    assert [(file.name, file.stat().st_mtime_ns) for file in files(store)] == before


def test_a_chunk_is_on_the_disk_before_it_has_its_name(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        done.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")
        fsync(handle)

    def renamed(source: Path, target: Path) -> None:
        done.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    store.put(chunk("c", 0, 100), WHOLE)
    assert done == ["file", "name", "folder"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_what_cannot_be_written_is_told_and_leaves_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    before = files(store)

    def fail(*args: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(CannotWrite, match=rf"chunks/[0-9a-f]+\.chunk: {os.strerror(number)}$"):
        store.put(chunk("c", 0, 100), WHOLE)
    monkeypatch.undo()
    assert files(store) == before
    assert damaged(store) == []


def test_a_full_device_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    content = chunk("c", 0, 100)
    before = files(store)
    fill(monkeypatch, f"{WHOLE.label}-{name_of(content)}")
    with pytest.raises(CannotWrite, match=r"No space left on device$"):
        store.put(content, WHOLE)
    assert files(store) == before


def left(store: Store, *labels: str) -> None:
    """Half-written files of processes that were killed."""
    for label in labels:
        (store.chunks / f".partial-{label}-{'0' * 32}.chunk").write_bytes(b"half")


def partials(store: Store) -> list[str]:
    """Whose half-written files are there."""
    names = [file.name for file in files(store) if file.name.startswith(".partial-")]
    return [name.removeprefix(".partial-").rsplit("-", 1)[0] for name in names]


def test_half_written_files_are_no_chunks(store: Store) -> None:
    left(store, "whole")
    contents = store.contents()
    assert (len(contents.files), contents.damaged) == (3, [])


def test_a_whole_run_clears_all_that_was_left_half_written(store: Store) -> None:
    left(store, "whole", "shard-1-of-2", "shard-2-of-2")
    store.clear(WHOLE)
    assert partials(store) == []
    assert len(files(store)) == 3


def test_a_shard_leaves_what_others_are_writing(store: Store) -> None:
    left(store, "whole", "shard-1-of-20", "shard-1-of-2", "shard-2-of-2")
    store.clear(Share(1, 2))
    assert partials(store) == ["shard-1-of-20", "shard-2-of-2"]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path, LAYOUT)
    assert store.contents() == Contents(LAYOUT)
    store.clear(WHOLE)


def test_a_failure_is_kept_in_place_of_numbers(store: Store) -> None:
    failure = Failure(130, "run", "x")
    store.put(encoded(LAYOUT, [(Stretch("f", 100, 100), failure)]), WHOLE)
    [place] = store.contents().places["f"]
    assert place.entry.failure == failure


def test_a_chunk_that_another_shard_moved_out_of_the_way_is_no_fault(store: Store) -> None:
    file = files(store)[0]
    file.write_bytes(b"x")
    names = damaged(store)
    store.set_aside(names)
    store.set_aside(names)
    assert damaged(store) == []


def test_a_chunk_that_goes_away_while_it_is_looked_at_is_not_damaged(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "_names", lambda store: [f"{'0' * 32}.chunk"])
    contents = store.contents()
    assert (contents.files, contents.damaged) == ({}, [])


def test_bytes_that_nest_without_end_are_damaged(store: Store) -> None:
    """The reader of the first line gives up on them in a way of its own."""
    file = files(store)[0]
    file.write_bytes(b"[" * 200_000 + b"\n")
    assert damaged(store) == [file.name]


def test_the_folder_of_chunks_is_on_the_disk_with_the_first_chunk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    for user in ("store.chunks", "io.files"):
        monkeypatch.setattr(f"sim.{user}.sync", synced.append)
    store = Store(tmp_path, LAYOUT)
    store.put(chunk("a", 0, 200), WHOLE)
    store.put(chunk("b", 0, 200), WHOLE)
    assert synced == [tmp_path, store.chunks, store.chunks]
