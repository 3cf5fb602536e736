"""Folders of studies that somebody forged or broke, and workers that send something else."""

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from sim.io.errors import Damaged, LegationError, MissingFile, NoCluster
from sim.runs.gather import gather_study
from sim.runs.sweep import run_study
from sim.store.chunk import decoded
from sim.store.chunks import look, name_of
from sim.store.lock import WHOLE, locked
from sim.study.catalog import PLAN
from sim.study.plan import open_study
from tests.studies import chunks, planned


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    """A study that was run, which a test may change."""
    return Path(shutil.copytree(folder, tmp_path / "copy"))


def put(folder: Path, content: bytes) -> str:
    """Add a file that bears the right hash; its name."""
    name = name_of(content)
    (folder / "chunks" / name).write_bytes(content)
    return name


def head_of(content: bytes) -> dict[str, Any]:
    """The first line of a chunk."""
    head: dict[str, Any] = json.loads(content[: content.find(b"\n")])
    return head


def with_head(folder: Path, **other: object) -> bytes:
    """A chunk that says something else of itself."""
    content = chunks(folder)[0].read_bytes()
    head = {**head_of(content), **other}
    return json.dumps(head).encode() + content[content.find(b"\n") :]


def stretches(*found: object) -> dict[str, object]:
    """What a chunk may say of its stretches."""
    return {"stretches": list(found)}


@pytest.mark.parametrize(
    "other",
    [
        {"months": "6"},
        {"months": 10**9},
        {"months": None},
        {"outcomes": 5},
        {"outcomes": [5]},
        {"series": "gdp"},
        {"series": {"gdp": 1}},
        {"stretches": 5},
        {"format": 2},
        {"atom": 0},
        stretches(["a", "0", 100]),
        stretches(["a", 0.5, 100]),
        stretches([["a"], 0, 100]),
        stretches(["a", 0, 10**18]),
        stretches(["a", 10**18, 100]),
        stretches(["a", -100, 100]),
        stretches(["a", 50, 100]),
        stretches(["a", 0, -5]),
        stretches(["a", 0]),
        stretches(["a", 0, 100, "x", "compile", "y"]),
        stretches(["a", 0, 100, 5, 5, 5]),
        stretches(5),
    ],
)
def test_a_chunk_that_says_absurd_things_is_damaged(copied: Path, other: dict[str, object]) -> None:
    name = put(copied, with_head(copied, **other))
    assert open_study(copied).store.contents().damaged == [name]


@pytest.mark.parametrize("raw", [b"", b"[" * 10**6, b"{}\n", b"\0" * 100, b"x" * 10**6 + b"\n"])
def test_a_file_that_is_no_chunk_is_damaged(copied: Path, raw: bytes) -> None:
    name = put(copied, raw)
    assert open_study(copied).store.contents().damaged == [name]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def sparse(path: Path) -> None:
    """A file of a terabyte that takes no room."""
    path.touch()
    os.truncate(path, 2**40)


@pytest.mark.parametrize("make", [pipe, device, sparse, Path.mkdir])
def test_what_is_no_plain_file_is_set_aside_and_not_read(
    copied: Path, make: Callable[[Path], None]
) -> None:
    name = f"{'0' * 32}.chunk"
    make(copied / "chunks" / name)
    with pytest.raises(Damaged, match="1 damaged chunks"):
        gather_study(open_study(copied))
    assert os.path.lexists(copied / "damaged" / name)
    gather_study(open_study(copied))


def test_what_cannot_be_read_is_not_broken(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may not read a chunk does not move it away."""
    found, before = open_study(copied), chunks(copied)

    def refuse(path: Path) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("sim.store.chunks.look", refuse)
    for work in (gather_study, run_study):
        with pytest.raises(MissingFile, match=r"\.chunk: Permission denied$"):
            work(found)
    assert chunks(copied) == before


@pytest.mark.parametrize("name", ["chunks", "damaged"])
def test_a_link_out_of_the_folder_is_not_followed(copied: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(copied / "chunks", tmp_path / "elsewhere")
    shutil.rmtree(copied / name, ignore_errors=True)
    (copied / name).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Damaged, match="a link"):
        run_study(open_study(copied))


def test_a_lock_that_leads_elsewhere_is_not_taken(copied: Path, tmp_path: Path) -> None:
    (copied / "lock").unlink()
    (copied / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LegationError), locked(copied, WHOLE):
        raise AssertionError
    assert not (tmp_path / "elsewhere").exists()


def test_a_link_in_place_of_a_temporary_file_is_not_written_through(
    copied: Path, tmp_path: Path
) -> None:
    (tmp_path / "own").write_text("mine")
    for name in ("manifest.json", "outcomes.csv"):
        (copied / f".partial-{name}").symlink_to(tmp_path / "own")
    gather_study(open_study(copied))
    assert (tmp_path / "own").read_text() == "mine"


def plan_with(**other: object) -> Callable[[Path], None]:
    """Change what a plan says."""

    def change(path: Path) -> None:
        path.write_text(json.dumps({**json.loads(path.read_text()), **other}))

    return change


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text("[" * 10**6),
        lambda path: path.write_text('{"a":' * 10**6),
        lambda path: path.write_bytes(b"\xff\xfe"),
        lambda path: path.unlink() or pipe(path),
        lambda path: path.unlink() or device(path),
        plan_with(points={"a": "many"}),
        plan_with(points={"a": [1]}),
        plan_with(points=5),
        plan_with(points={}),
        plan_with(format=None),
        plan_with(code=["x"]),
        plan_with(study=5),
        plan_with(scenarios=[]),
        plan_with(case={"numbers": 5}),
    ],
)
def test_a_plan_that_is_none_is_told(copied: Path, change: Callable[[Path], None]) -> None:
    change(copied / PLAN)
    with pytest.raises(LegationError, match=r"copy"):
        open_study(copied)


class Elsewhere(Executor):
    """Workers who send back something of their own."""

    def __init__(self, answer: Callable[[bytes], Any]) -> None:
        self.answer = answer

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(self.answer(work(*args)))
        except BaseException as error:
            future.set_exception(error)
        return future


def other_point(content: bytes) -> bytes:
    """The runs of a point that nobody asked for."""
    return content.replace(decoded(content)[1][0].stretch.point.encode(), b"0" * 32)


def leave(content: bytes) -> bytes:
    raise SystemExit


@pytest.mark.parametrize(
    "answer",
    [
        lambda content: None,
        lambda content: "text",
        lambda content: bytearray(content),
        lambda content: b"garbage",
        lambda content: content + content,
        lambda content: content[:-8],
        other_point,
        leave,
    ],
)
def test_what_a_worker_sends_is_held_against_what_was_asked(
    tmp_path: Path, answer: Callable[[bytes], Any]
) -> None:
    found = planned(tmp_path)
    with pytest.raises(NoCluster, match="a worker"):
        run_study(found, executor=Elsewhere(answer), workers=1, chunk=200)
    assert not (found.folder / "chunks").exists()


def test_a_chunk_as_it_was_is_read(copied: Path) -> None:
    """Else the tests above would show nothing."""
    assert [look(path)[0] for path in chunks(copied)] == [
        path.stat().st_size for path in chunks(copied)
    ]
