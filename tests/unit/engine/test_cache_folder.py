"""Where compiled code is kept."""

import os
from pathlib import Path

import pytest

from sim.engine.cache import cache_folder

OWN = "compiled"


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As if the engine lay in an empty folder, in a home of its own and without XDG_CACHE_HOME."""
    folder = tmp_path / "installed"
    folder.mkdir()
    monkeypatch.setattr("sim.engine.cache.__file__", str(folder / "cache.py"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.chdir(folder)
    return folder


def close(folder: Path) -> None:
    """Nobody can write below this folder, not even the administrator: its place is a file."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("")


def test_compiled_code_lies_beside_the_engine(installed: Path) -> None:
    assert cache_folder(OWN) == installed / "__pycache__" / OWN
    assert (installed / "__pycache__" / OWN).is_dir()


def test_where_the_installation_cannot_be_written_it_lies_in_the_user_s_cache(
    installed: Path, tmp_path: Path
) -> None:
    close(installed / "__pycache__")
    assert cache_folder(OWN) == tmp_path / "home" / ".cache" / "legation" / OWN
    assert (tmp_path / "home" / ".cache" / "legation" / OWN).is_dir()


def test_a_folder_that_is_there_but_belongs_to_another_user_is_left(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a first run by the administrator."""
    beside = installed / "__pycache__" / OWN
    beside.mkdir(parents=True)
    monkeypatch.setattr("os.access", lambda path, mode: path != beside or mode != os.W_OK)
    assert cache_folder(OWN) == tmp_path / "home" / ".cache" / "legation" / OWN


def test_the_user_may_say_where_the_cache_is(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(installed / "__pycache__")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    assert cache_folder(OWN) == tmp_path / "caches" / "legation" / OWN


@pytest.mark.parametrize("given", ["", "caches", "./caches"])
def test_a_place_that_is_no_full_path_is_not_taken(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    """So the standard of these folders wants it, and nothing may be left in the working folder."""
    close(installed / "__pycache__")
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert cache_folder(OWN) == tmp_path / "home" / ".cache" / "legation" / OWN
    assert list(installed.iterdir()) == [installed / "__pycache__"]


def test_where_nothing_can_be_written_nothing_is_kept(installed: Path, tmp_path: Path) -> None:
    close(installed / "__pycache__")
    close(tmp_path / "home" / ".cache")
    assert cache_folder(OWN) is None


def test_without_a_home_nothing_is_kept(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    close(installed / "__pycache__")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    assert cache_folder(OWN) is None
    assert list(installed.iterdir()) == [installed / "__pycache__"]
