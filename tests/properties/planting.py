"""Replacing a function of the package for a while, wherever it was imported.

Rules run in plain Python (on the Mesa front, or by `sim.engine.plain`) then use the replacement;
the compiled kernel does not.
"""

import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

Function = Callable[..., Any]


def holders(function: Function) -> Iterator[tuple[ModuleType, str]]:
    """Modules of the package in which a function has a name, and the name.

    What a test has imported stays as it is.
    """
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").split(".")[0] == "sim":
            for name, value in list(vars(module).items()):
                if value is function:
                    yield module, name


@contextmanager
def replaced(original: Function, new: Function) -> Iterator[None]:
    """Use `new` in place of `original` everywhere."""
    places = list(holders(original))
    for module, name in places:
        setattr(module, name, new)
    try:
        yield
    finally:
        for module, name in places:
            setattr(module, name, original)


def rewritten(module: str, function: str, old: str, new: str) -> tuple[Function, Function]:
    """A function, and what its source gives with `new` in place of `old`, which stands there once.

    Raises ValueError where it does not.
    """
    home = import_module(module)
    original = getattr(home, function)
    source = textwrap.dedent(inspect.getsource(original))
    if source.count(old) != 1:
        raise ValueError(f"{module}.{function} has {source.count(old)} times {old!r}")
    names: dict[str, Any] = {}
    code = compile(source.replace(old, new), f"<{function} with a fault>", "exec")
    exec(code, vars(home), names)  # the names of its module are seen as they are at each call
    return original, names[function]


@contextmanager
def planted(module: str, function: str, old: str, new: str) -> Iterator[None]:
    """Use a function with a changed source everywhere."""
    original, changed = rewritten(module, function, old, new)
    with replaced(original, changed):
        yield
