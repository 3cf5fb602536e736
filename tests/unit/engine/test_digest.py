"""The name of the model's code changes with all that the compiled kernel is made of."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.engine import digest
from sim.engine.digest import COMPILERS, SOURCES, digest_of, model_digest, python_files
from tests.architecture.source import PACKAGE, ROOT


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, whose digests are asked for instead."""
    place = tmp_path / "sim"
    shutil.copytree(PACKAGE, place, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(digest.resources, "files", lambda package: place)
    return place


def loaded_with_the_kernel() -> list[str]:
    """The modules of the package that a fresh process has once it imported the kernel."""
    code = "import sys, sim.engine.kernel; print(*(m for m in sys.modules if m[:4] == 'sim.'))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_the_digest_covers_all_that_the_kernel_imports() -> None:
    covered = {source.removesuffix(".py") for source in SOURCES}
    found = loaded_with_the_kernel()
    assert "sim.model.rules.month" in found
    rest = [name.removeprefix("sim.").replace(".", "/") for name in found if name != "sim.model"]
    assert [name for name in rest if not name.startswith(tuple(covered))] == []


@pytest.mark.parametrize(
    "file", ["model/rules/trade.py", "engine/kernel.py", "model/state.py", "model/slots.py"]
)
def test_any_edit_changes_the_digest(copy: Path, file: str) -> None:
    before = digest_of(SOURCES)
    with (copy / file).open("a", encoding="utf-8") as text:
        text.write("# edited\n")
    assert digest_of(SOURCES) != before


def test_a_new_rule_module_changes_the_digest(copy: Path) -> None:
    before = digest_of(SOURCES)
    (copy / "model" / "rules" / "weather.py").touch()
    assert digest_of(SOURCES) != before


def test_text_that_moves_to_another_file_changes_the_digest(copy: Path) -> None:
    """The names of files count, and where one ends and the next begins."""
    before = digest_of(("model/rules",))
    (copy / "model" / "rules" / "trade.py").rename(copy / "model" / "rules" / "traded.py")
    assert digest_of(("model/rules",)) != before


def test_what_is_no_code_of_the_model_is_no_matter(copy: Path) -> None:
    before = digest_of(SOURCES)
    (copy / "model" / "rules" / "notes.txt").touch()
    (copy / "figures" / "page.py").unlink()
    assert digest_of(SOURCES) == before


def test_files_come_in_order_of_name(copy: Path) -> None:
    names = [file.name for file in python_files(copy / "model" / "rules")]
    assert names == sorted(names)
    assert "month.py" in names
    assert python_files(copy / "model" / "state.py") == [copy / "model" / "state.py"]


@pytest.mark.parametrize("compiler", COMPILERS)
def test_another_compiler_has_another_digest(
    compiler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        return "0.0.1" if name == compiler else real(name)

    real = digest.version
    monkeypatch.setattr(digest, "version", version)
    assert model_digest.__wrapped__() != model_digest()


def test_the_digest_is_sixteen_hexadecimal_digits_and_stays() -> None:
    assert len(model_digest()) == 16
    assert int(model_digest(), 16) >= 0
    assert model_digest.__wrapped__() == model_digest()
