"""Results folders that somebody forged or broke: one line and status 65."""

import gzip
import json
import os
import socket
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.io.errors import BadFile, Damaged
from sim.store.manifest import MANIFEST
from sim.store.read import read_result
from tests.forging import forged, restated

MEMORY = 20_000_000
"""Bytes that may be taken to refuse a packed file that never ends."""

LEFT_OUT = object()
"""In place of a value: the key is left out."""

ESCAPE = "\x1b[2J"


@pytest.fixture
def base(made: dict[str, Path]) -> Path:
    """A result as it should be."""
    return made["baseline"]


PARTS = ("series", "actors", "outcomes", "units", "fingerprints", "begun")


def every_part(folder: Path) -> list[object]:
    """All that is read of a result."""
    result = read_result(folder)
    return [getattr(result, part) for part in PARTS]


def refused(folder: Path) -> str:
    """The one line with which a folder, or a part of it, is refused."""
    with pytest.raises((Damaged, BadFile)) as caught:
        every_part(folder)
    line = str(caught.value).replace(str(folder), "")
    assert line.isprintable()
    return line


def changed(value: Any, key: str, put: Any) -> Any:
    """A mapping with another value under a key, or without it."""
    rest = {name: each for name, each in value.items() if name != key}
    return rest if put is LEFT_OUT else {**rest, key: put}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("runs", 10**10),
        ("runs", None),
        ("runs", 0),
        ("runs", -1),
        ("runs", 2.5),
        ("runs", "30"),
        ("runs", True),
        ("runs", float("inf")),
        ("runs", LEFT_OUT),
        ("months", 10**9),
        ("months", 0),
        ("months", [14]),
        ("months", LEFT_OUT),
        ("title", LEFT_OUT),
        ("title", 5),
        ("title", f"a{ESCAPE}b"),
        ("title", "a\nb"),
        ("title", "\ud800"),
        ("title", "x" * 5_000),
        ("scenario", "../../escape"),
        ("scenario", ""),
        ("scenario", "a\nb"),
        ("scenario", "é" * 120),
        ("seed", -1),
        ("seed", LEFT_OUT),
        ("start", "soon"),
        ("start", "0000-01"),
        ("case", {}),
        ("case_hash", f"{ESCAPE}"),
        ("ladder", [0, 300]),
        ("ladder", "all"),
        ("ladder", []),
        ("issues", {"EDU": {}}),
        ("issues", {"EDU": 5}),
        ("issues", [1]),
        ("issues", {str(i): {"title": "x", "headline": True} for i in range(11)}),
        ("files", []),
        ("files", {"runs.csv.gz": 5}),
        ("files", {}),
        ("files", LEFT_OUT),
    ],
)
def test_a_manifest_with_absurd_facts(base: Path, tmp_path: Path, key: str, value: object) -> None:
    folder = forged(base, tmp_path)
    content = json.loads((folder / MANIFEST).read_text())
    refused(restated(folder, json.dumps(changed(content, key, value))))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"runs": 1e400}',
        f'{{"runs": {"9" * 10_000}}}',
        '"text"',
        "\x00",
        " " * 2_000_000,
    ],
    ids=lambda text: f"{text[:9]!a} …",
)
def test_a_manifest_that_is_none(base: Path, tmp_path: Path, text: str) -> None:
    folder = forged(base, tmp_path)
    (folder / MANIFEST).write_text(text)
    assert MANIFEST in refused(folder)


TABLES: dict[str, Callable[[bytes], bytes]] = {
    "a column is missing": lambda raw: raw.replace(b"mean", b"mode", 1),
    "no header": lambda raw: b"",
    "NUL": lambda raw: raw.replace(b"0", b"\0", 1),
    "an escape sequence": lambda raw: raw.replace(b"\n", b"\n\x1b[2J", 2),
    "a field without end": lambda raw: raw + b"x" * 200_000 + b"\n",
    "an open quote": lambda raw: raw + b'"' + raw,
    "a row is cut": lambda raw: raw.replace(b",", b"", 1),
    "not UTF-8": lambda raw: raw + b"\xff\n",
    "text for every number": lambda raw: raw.replace(b"0", b"o").replace(b"1", b"l"),
    "infinite numbers": lambda raw: raw.replace(b",0,0,0,", b",inf,inf,inf,"),
    "huge numbers": lambda raw: raw.replace(b",0,0,0,", b",1e308,1e308,-1e308,"),
}
"""What may be wrong with any table."""


@pytest.mark.parametrize("file", ["summary.csv", "actors.csv"])
@pytest.mark.parametrize("change", TABLES)
def test_a_table_that_is_none(base: Path, tmp_path: Path, file: str, change: str) -> None:
    raw = TABLES[change]((base / file).read_bytes())
    assert file in refused(forged(base, tmp_path, **{file: raw}))


def rows(raw: bytes, keep: Callable[[bytes], bool]) -> bytes:
    """The lines of a table that are kept, and its header."""
    header, *lines = raw.splitlines(keepends=True)
    return header + b"".join(line for line in lines if keep(line))


@pytest.mark.parametrize(
    ("file", "keep"),
    [
        ("summary.csv", lambda line: False),
        ("summary.csv", lambda line: b",0,2024-01," not in line),
        ("summary.csv", lambda line: not line.startswith(b"gdp,index,,7,")),
        ("codebook.csv", lambda line: b"runs.csv.gz,gdp," not in line),
    ],
)
def test_a_table_without_some_rows(
    base: Path, tmp_path: Path, file: str, keep: Callable[[bytes], bool]
) -> None:
    raw = rows((base / file).read_bytes(), keep)
    assert file in refused(forged(base, tmp_path, **{file: raw}))


OUTCOMES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda raw: b"",
    "a run is missing": lambda raw: raw[: raw.rstrip().rindex(b"\n") + 1],
    "a run too many": lambda raw: raw + raw.splitlines(keepends=True)[-1],
    "a rung of 300": lambda raw: raw[:-2] + b"300\n",
    "a rung that is none": lambda raw: raw[:-2] + b"\n",
    "text": lambda raw: raw[:-2] + b"high\n",
    "infinite": lambda raw: raw.replace(b"\n0,", b"\n0,1e400", 1),
    "NUL": lambda raw: raw.replace(b"\n0,", b"\n0,\0", 1),
    "a column is missing": lambda raw: raw.replace(b"gdp,", b"", 1),
    "a column twice": lambda raw: raw.replace(b"gdp,", b"stress,", 1),
    "a name that steers the terminal": lambda raw: raw.replace(b"gdp,", b"\x1b[2J,", 1),
    "a row without end": lambda raw: raw + b"1," * 200_000,
    "a header without end": lambda raw: b"x," * 200_000 + raw,
}


@pytest.mark.parametrize("change", OUTCOMES)
def test_outcomes_that_are_none(base: Path, tmp_path: Path, change: str) -> None:
    raw = gzip.decompress((base / "runs.csv.gz").read_bytes())
    refused(forged(base, tmp_path, **{"runs.csv.gz": OUTCOMES[change](raw)}))


@pytest.mark.parametrize("size", [0, 7, 30 * 15 * 4 - 1, 30 * 15 * 4 + 4])
def test_fingerprints_of_another_size(base: Path, tmp_path: Path, size: int) -> None:
    assert "fingerprints" in refused(forged(base, tmp_path, **{"fingerprints.u32": bytes(size)}))


@pytest.mark.parametrize(
    "text",
    [
        "title: T\n",
        "interventions: 5\n",
        "interventions: {a: b}\n",
        "interventions: [5]\n",
        "interventions: [{month: soon}]\n",
        "interventions: [{month: .inf}]\n",
        "interventions: [{verb: pitch}]\n",
        f"interventions: {'[' * 5_000}",
        "interventions: *a\n",
    ],
)
def test_a_scenario_without_its_interventions(base: Path, tmp_path: Path, text: str) -> None:
    folder = forged(base, tmp_path, **{"scenario.yaml": text.encode()})
    assert "scenario.yaml" in refused(folder)


def bomb() -> bytes:
    """Some 300 kB that unpack to 300 MB without a line end."""
    return gzip.compress(b"run,x\n0," + bytes(300_000_000), compresslevel=9)


def test_a_packed_file_that_never_ends_is_not_unpacked(base: Path, tmp_path: Path) -> None:
    folder = forged(base, tmp_path)
    (folder / "runs.csv.gz").write_bytes(bomb())
    result = read_result(folder)
    tracemalloc.start()
    with pytest.raises(Damaged, match=r"runs\.csv\.gz"):
        _ = result.outcomes
    assert tracemalloc.get_traced_memory()[1] < MEMORY
    tracemalloc.stop()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def link_out(path: Path) -> None:
    path.symlink_to(__file__)


def link_in_a_circle(path: Path) -> None:
    path.symlink_to(path)


def folder_in_place(path: Path) -> None:
    path.mkdir()


def listener(path: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)  # the name of a socket has 107 bytes at most
    socket.socket(socket.AF_UNIX).bind(path.name)
    os.fchdir(here)
    os.close(here)


FILES = ("summary.csv", "actors.csv", "codebook.csv", "fingerprints.u32", "runs.csv.gz")


@pytest.mark.parametrize("file", [MANIFEST, *FILES])
@pytest.mark.parametrize(
    "put", [pipe, link_to_a_device, link_out, link_in_a_circle, folder_in_place, listener]
)
def test_what_is_no_plain_file_is_not_opened(
    base: Path, tmp_path: Path, file: str, put: Callable[[Path], None]
) -> None:
    folder = forged(base, tmp_path)
    (folder / file).unlink()
    put(folder / file)
    assert file in refused(folder)


def test_a_copy_as_it_was_is_read(base: Path, tmp_path: Path) -> None:
    """Else the tests above would show nothing."""
    assert every_part(forged(base, tmp_path))
