"""A name for code: it changes when a statement changes that can move a result, and only then."""

import ast
import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable
from typing import NamedTuple

from sim.engine.cache import cache_folder

COMPILERS = ("numba", "numpy")

MEMO = "syntax.txt"
LINE = re.compile(r"(?P<file>[0-9a-f]{64}) (?P<syntax>[0-9a-f]{64})(?P<imports>( sim\.[\w.]+)*)")
"""What the memo has of one file: hashes of its content and of its syntax, and its imports."""


class Module(NamedTuple):
    """A hash of a module's statements, and the names of `sim` that it imports anywhere in it."""

    syntax: str
    imports: tuple[str, ...]


@cache
def code_digest(*roots: str) -> str:
    """SHA-256, in hexadecimal, of the statements of these modules and of all that they import.

    Comments, docstrings and layout leave it as it is, and so does the version of Python. A package
    stands for itself and the modules directly in it. Raises KeyError for a name of no module.
    """
    modules = package_modules()
    lines = (f"{name} {modules[name].syntax}\n" for name in reached(modules, roots))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@cache
def model_digest() -> str:
    """Sixteen hexadecimal digits of the code of the engine and the model, and of its compilers."""
    versions = " ".join(f"{name} {version(name)}" for name in COMPILERS)
    return hashlib.sha256(f"{code_digest('sim.engine')} {versions}".encode()).hexdigest()[:16]


@cache
def package_modules() -> dict[str, Module]:
    """Every module of `sim` by name.

    To parse them takes a second, so what was found is kept by the content of the files.
    """
    sources = dict(python_sources(resources.files("sim"), "sim"))
    files = {name: hashlib.sha256(content).hexdigest() for name, content in sources.items()}
    known = read_memo()
    found = {name: known.get(files[name]) or module_of(sources[name]) for name in sources}
    kept = {files[name]: module for name, module in found.items()}
    if kept != known:
        write_memo(kept)
    return found


def python_sources(folder: Traversable, package: str) -> Iterator[tuple[str, bytes]]:
    """The name and content of each module of a package."""
    for entry in folder.iterdir():
        if entry.name.endswith(".py"):
            name = f"{package}.{entry.name[:-3]}".removesuffix(".__init__")
            yield name, entry.read_bytes()
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from python_sources(entry, f"{package}.{entry.name}")


def module_of(content: bytes) -> Module:
    """What is to be known of a file; raises SyntaxError where it is no Python."""
    tree = ast.parse(content)
    parts: list[str] = []
    write_syntax(tree, parts)
    names = {name for name in imported_names(tree) if name.startswith("sim.")}
    return Module(hashlib.sha256("\0".join(parts).encode()).hexdigest(), tuple(sorted(names)))


def imported_names(tree: ast.Module) -> Iterator[str]:
    """All that a module imports; of `from sim.model import slots` it is `sim.model.slots`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def write_syntax(node: ast.AST, parts: list[str]) -> None:
    """Add a syntax tree to `parts`, without docstrings and fields that one Python has alone."""
    parts.append(type(node).__name__)
    for name, value in ast.iter_fields(node):
        if value is None or value == []:
            continue
        parts.append(name)
        for each in value if isinstance(value, list) else [value]:
            if not isinstance(each, ast.AST):
                parts.append(repr(each))
            elif not is_text(each):
                write_syntax(each, parts)
    parts.append(")")


def is_text(node: ast.AST) -> bool:
    """Whether a statement is text alone: a docstring, or words below a constant."""
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def reached(modules: Mapping[str, Module], roots: tuple[str, ...]) -> list[str]:
    """The names of the modules that `roots` import, themselves included, in order.

    What a package does when it is imported counts, so each module brings the packages above it; a
    package imported by its own name brings all modules in it.
    """
    found: set[str] = set()
    asked: set[str] = set()
    waiting = {*roots}
    while waiting:
        asked |= waiting
        new = {each for each in modules if each.rpartition(".")[0] in waiting}
        new |= {each for name in waiting for each in (name, *above(name))}
        imports = {name for each in new - found for name in modules[each].imports}
        found |= new
        waiting = {each if each in modules else each.rpartition(".")[0] for each in imports} - asked
    return sorted(found)


def above(name: str) -> list[str]:
    """The packages in which a module lies.

    >>> above("sim.model.state")
    ['sim', 'sim.model']
    """
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]


def read_memo() -> dict[str, Module]:
    """What was found of files, by the hash of their content; nothing from a damaged memo."""
    folder = cache_folder("digests")
    if folder is None:
        return {}
    with suppress(OSError, ValueError):
        check, text = (folder / MEMO).read_text(encoding="ascii").split("\n", 1)
        if hashlib.sha256(text.encode()).hexdigest() == check:
            lines = (LINE.fullmatch(line) for line in text.splitlines())
            return {
                line["file"]: Module(line["syntax"], tuple(line["imports"].split()))
                for line in lines
                if line
            }
    return {}


def write_memo(modules: Mapping[str, Module]) -> None:
    """Keep what was found of files, by the hash of their content, wherever that is possible."""
    folder = cache_folder("digests")
    text = "".join(
        f"{' '.join((file, each.syntax, *each.imports))}\n" for file, each in modules.items()
    )
    if folder is not None:
        with suppress(OSError):
            check = hashlib.sha256(text.encode()).hexdigest()
            (folder / MEMO).write_text(f"{check}\n{text}", encoding="ascii")
