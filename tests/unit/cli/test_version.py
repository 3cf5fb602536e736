"""`sim version`."""

import json

import pytest

from sim.engine.digest import model_digest
from tests.unit.cli.conftest import Sim


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every package were installed in version 1."""
    monkeypatch.setattr("sim.cli.version.version", lambda name: "1.0")


def test_the_version_names_the_model_s_code(sim: Sim) -> None:
    ended = sim("version")
    assert (ended.status, ended.err) == (0, "")
    assert f"model {model_digest()}" in ended.out.splitlines()


def test_the_version_as_json(sim: Sim) -> None:
    found = json.loads(sim("version", "--json").out)
    assert (found["legation"], found["model"]) == ("1.0", model_digest())
    assert {"numpy", "numba", "mesa", "pydantic"} <= set(found)
