"""Legation: compare what-ifs of diplomatic recognition and engagement.

`docs/first-look.ipynb` shows the public names at work. They are loaded when they are first used, so
that `import sim` costs nothing.
"""

from importlib import import_module
from typing import Any

PUBLIC = {
    "load_scenario": "sim.scenario.load",
    "run": "sim.public",
    "read_result": "sim.store.read",
    "compare": "sim.public",
    "plot": "sim.public",
    "compile_scenario": "sim.planning.compile",
    "simulate": "sim.engine.ensemble",
    "EngagementModel": "sim.agents.model",
    "ActorAgent": "sim.agents.model",
}
"""Each public name and the module that defines it."""

__all__ = sorted(PUBLIC)


def __getattr__(name: str) -> Any:
    if name not in PUBLIC:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(PUBLIC[name]), name)


def __dir__() -> list[str]:
    return __all__
