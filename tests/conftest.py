"""Hypothesis profiles, and data of the project alone.

`HYPOTHESIS_PROFILE=soak` looks further than the tests of every day. `ci` is derandomized, so that a
change passes or fails for what it does and not by luck; `soak` draws new examples each time and
prints how to repeat one that fails.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import settings

from sim.engine import kernel
from tests.tree import ship_only_the_project

settings.register_profile("ci", max_examples=12, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("soak", max_examples=5_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure(config: pytest.Config) -> None:
    """Leave scenarios, studies and cases of one's own out of what tests are collected from."""
    own = tempfile.TemporaryDirectory(prefix="legation-")
    config.add_cleanup(own.cleanup)
    ship_only_the_project(Path(own.name))
    if "not kernel" in config.option.markexpr:
        kernel.compile_function = compile_nothing


def compile_nothing(function: Callable[..., Any], **options: bool) -> NoReturn:
    """Fail in place of the compiler, so that no test without the marker can slow `make quick`."""
    pytest.fail(f"compiles {function.__name__}: mark the test with pytest.mark.kernel")
