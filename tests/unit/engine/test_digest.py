"""The name of code changes with all that can move a result, and with nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.engine import digest
from sim.engine.digest import COMPILERS, code_digest, model_digest, module_of, package_modules

FILES = {
    "__init__.py": "",
    "model/__init__.py": '"""The science."""\n',
    "model/rules/__init__.py": "",
    "model/rules/trade.py": "FACTOR = 2.0\n",
    "model/vocab.py": "RUNGS = 8\n",
    "engine/__init__.py": "",
    "engine/kernel.py": "import sim.model.rules\nfrom sim.model import vocab\n",
    "figures/__init__.py": "",
    "figures/page.py": "from sim.engine.kernel import run\n",
}
"""A small package in which the engine reaches the model, and pictures reach the engine."""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small package in place of the real one, and an empty cache."""
    place = tmp_path / "sim"
    for name, text in FILES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)
    monkeypatch.setattr(digest.resources, "files", lambda package: place)
    monkeypatch.setattr("sim.engine.cache.__file__", str(tmp_path / "cache.py"))
    monkeypatch.setattr(digest, "package_modules", package_modules.__wrapped__)
    return place


@pytest.fixture
def memo(package: Path) -> Path:
    """The file in which the syntax of the small package is kept."""
    engine_digest()
    return package.parent / "__pycache__" / "digests" / digest.MEMO


def engine_digest() -> str:
    """The digest of the engine, looked up anew."""
    return code_digest.__wrapped__("sim.engine")


def edit(file: str, text: str) -> Callable[[Path], object]:
    """Something that writes a file of a package."""
    return lambda package: (package / file).write_text(text)


@pytest.mark.parametrize(
    "change",
    [
        edit("model/rules/trade.py", '"""Trade."""\n\n# twice\nFACTOR = (2.0)\n"""As usual."""\n'),
        edit("model/__init__.py", '"""Other words."""\n'),
        edit("figures/page.py", "WIDTH = 17\n"),
        edit("model/unused.py", "X = 1\n"),
        edit("model/rules/notes.txt", "FACTOR = 3.0\n"),
    ],
    ids=["comment and docstrings", "docstring", "figure", "no one imports it", "no module"],
)
def test_what_moves_no_result_leaves_the_digest(
    package: Path, change: Callable[[Path], object]
) -> None:
    before = engine_digest()
    change(package)
    assert engine_digest() == before


@pytest.mark.parametrize(
    "change",
    [
        edit("model/rules/trade.py", "FACTOR = 3.0\n"),
        edit("model/rules/trade.py", "FACTOR = 2\n"),
        edit("model/vocab.py", "RUNGS = 8\nRUNGS\n"),
        edit("model/rules/weather.py", ""),
        edit("model/__init__.py", "import numpy\n"),
        edit("engine/fold.py", "X = 1\n"),
        lambda package: (package / "model/rules/trade.py").rename(package / "model/rules/sale.py"),
    ],
    ids=["constant", "type", "statement", "new rule", "package", "new of the engine", "name"],
)
def test_what_can_move_a_result_changes_the_digest(
    package: Path, change: Callable[[Path], object]
) -> None:
    before = engine_digest()
    change(package)
    assert engine_digest() != before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{**a, b: c}", "{b: a, **c}"),
        ("f(a, b)", "f(a)(b)"),
        ("x = 1", "x = True"),
        ("x = 'a'", "x = b'a'"),
        ("x = None", "x = ..."),
        ("x = -0.0", "x = 0.0"),
        ("def f(*, a=1, b): pass", "def f(*, a, b=1): pass"),
        ("if a:\n  b\nc", "if a:\n  b\n  c"),
        ("from a import b", "from a import b as c"),
        ("x = 'text'", "'text'"),
    ],
)
def test_other_syntax_is_told_apart(one: str, other: str) -> None:
    assert module_of(one.encode()).syntax != module_of(other.encode()).syntax


SOURCE = b'''
class A(B, metaclass=M):
    x: int = 1

    def f(self, a, /, *b, c=None, **d) -> "A":
        """Text."""
        match a:
            case {"k": [1, *rest]} if rest:
                return f"{a!r:>8} and {b}" "more"
        return lambda: (yield -1.5e300)
'''


def test_the_syntax_of_a_file_does_not_depend_on_the_version_of_python() -> None:
    """As under 3.11, 3.12 and 3.13, whose trees differ in empty fields."""
    assert module_of(SOURCE).syntax.startswith("ad013b06cce0963d")


def test_the_code_of_a_result_is_all_but_what_shows_it() -> None:
    """Also what is imported only when it is used."""
    modules = package_modules()
    engine = digest.reached(modules, ("sim.engine",))
    assert {"sim.model.rules.month", "sim.model.state", "sim.engine.philox"} <= set(engine)
    result = digest.reached(modules, ("sim.runs.make",))
    assert {"sim.engine.kernel", "sim.io.reader", "sim.planning.compile"} <= set(result)
    point = digest.reached(modules, ("sim.runs.task",))
    read = {"sim.measures.reader", "sim.study.points", "sim.study.levers", "sim.store.chunk"}
    assert {*engine, *read} <= set(point)
    shown = ("sim.cli", "sim.figures", "sim.record", "sim.analysis", "sim.agents")
    assert [name for name in point if name.startswith(shown)] == []


def test_a_name_of_no_module_is_no_digest(package: Path) -> None:
    with pytest.raises(KeyError, match=r"sim\.motor"):
        code_digest.__wrapped__("sim.motor")


def test_what_was_found_is_kept(memo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = engine_digest()
    monkeypatch.setattr(digest, "module_of", None)
    assert engine_digest() == before


def test_an_edit_is_parsed_alone_and_what_it_replaces_is_forgotten(
    package: Path, memo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[bytes] = []

    def noted(content: bytes) -> digest.Module:
        parsed.append(content)
        return module_of(content)

    monkeypatch.setattr(digest, "module_of", noted)
    lines = len(memo.read_text().splitlines())
    edit("model/vocab.py", "RUNGS = 9\n")(package)
    engine_digest()
    assert parsed == [b"RUNGS = 9\n"]
    assert len(memo.read_text().splitlines()) == lines


@pytest.mark.parametrize(
    "damaged",
    [
        lambda text: "",
        lambda text: text[:-3],
        lambda text: text[:100],
        lambda text: text.replace("sim.model.vocab", "sim.model"),
        lambda text: "é" + text,
        lambda text: text.partition("\n")[2],
    ],
)
def test_a_damaged_memo_is_ignored_and_written_anew(
    memo: Path, damaged: Callable[[str], str]
) -> None:
    before, text = engine_digest(), memo.read_text()
    memo.write_text(damaged(text))
    assert engine_digest() == before
    assert memo.read_text() == text


def test_without_a_place_for_the_memo_the_digest_is_the_same(
    memo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = engine_digest()
    monkeypatch.setattr(digest, "cache_folder", lambda name: None)
    assert engine_digest() == before
    monkeypatch.setattr(digest, "cache_folder", lambda name: memo / "no folder")
    assert engine_digest() == before


@pytest.mark.parametrize("compiler", COMPILERS)
def test_another_compiler_has_another_digest(
    compiler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        return "0.0.1" if name == compiler else real(name)

    before, real = model_digest(), digest.version
    monkeypatch.setattr(digest, "version", version)
    assert model_digest.__wrapped__() != before


def test_the_digest_of_the_model_is_sixteen_hexadecimal_digits_and_stays() -> None:
    assert len(model_digest()) == 16
    assert int(model_digest(), 16) >= 0
    assert model_digest.__wrapped__() == model_digest()
