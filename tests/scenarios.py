"""Scenarios written as text, for tests of what is read, refused and compiled."""

from pathlib import Path

import pytest

from sim.io.errors import BadFile
from sim.io.reader import parse_yaml
from sim.scenario.load import Loaded, load_document
from sim.scenario.verbs.base import Intervention

HEAD = "title: T\ncase: afghanistan\n"
"""Lines 1 and 2 of a scenario that is fine."""

FIRST = 4
"""Line of the first intervention."""


def with_interventions(*lines: str, head: str = HEAD) -> str:
    """A scenario file with these interventions, the first in line 4."""
    listed = "".join(f"  - {line}\n" for line in lines)
    return f"{head}interventions:\n{listed}" if lines else head


def load(text: str) -> Loaded:
    """The scenario in a text."""
    return load_document("x", Path("x.yaml"), parse_yaml(text, "x.yaml"))


def interventions(*lines: str) -> list[Intervention]:
    """The interventions in these lines."""
    return list(load(with_interventions(*lines)).scenario.interventions)


def faults(text: str) -> list[str]:
    """The lines with which a text is refused."""
    with pytest.raises(BadFile) as caught:
        load(text)
    return str(caught.value).splitlines()


def fault_of(line: str) -> str:
    """The one line with which an intervention is refused."""
    [fault] = faults(with_interventions(line))
    return fault


def assert_says(fault: str, where: str, words: list[str]) -> None:
    """A fault begins with its place and path and says these words, whatever else it says."""
    assert fault.startswith(f"{where}: ")
    message = fault.removeprefix(f"{where}: ")
    assert [word for word in words if word not in message] == []


def at(line: str, text: str) -> str:
    """`x.yaml:4:column` of a text within the first intervention."""
    return f"x.yaml:{FIRST}:{line.index(text) + len('  - ') + 1}"
