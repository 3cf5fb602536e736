import os
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from sim.figures.ladder import ladders
from sim.figures.save import save
from sim.figures.trajectories import trajectories
from sim.io.errors import CannotWrite
from tests.unit.figures.example import results

KINDS = [".png", ".pdf", ".svg"]


def plain() -> Figure:
    figure = Figure(figsize=(2, 1))
    figure.subplots().plot([1, 2])
    return figure


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_picture_gives_the_same_bytes(kind: str, tmp_path: Path) -> None:
    one, two = (save(ladders(results()), tmp_path / f"{name}{kind}") for name in "ab")
    assert one.read_bytes() == two.read_bytes()
    one, two = (save(trajectories(results(), ["gdp"]), tmp_path / f"{name}{kind}") for name in "ab")
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_says_neither_when_nor_with_what_it_was_made(kind: str, tmp_path: Path) -> None:
    raw = save(plain(), tmp_path / f"a{kind}").read_bytes().lower()
    for word in (b"creationdate", b"<dc:date>", b"software", b"matplotlib v"):
        assert word not in raw


@pytest.mark.parametrize(
    ("kind", "start"), [(".PNG", b"\x89PNG"), (".pdf", b"%PDF"), (".svg", b"<?xml")]
)
def test_the_suffix_chooses_the_kind(kind: str, start: bytes, tmp_path: Path) -> None:
    assert save(plain(), tmp_path / "new" / f"a{kind}").read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["a.jpg", "a"])
def test_an_unknown_suffix_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"known: \.pdf, \.png, \.svg"):
        save(plain(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(plain(), tmp_path / "a.png")
    before = path.read_bytes()

    def full(*paths: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CannotWrite, match="No space left"):
        save(plain(), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        save(plain(), tmp_path / "file" / "a.png")
