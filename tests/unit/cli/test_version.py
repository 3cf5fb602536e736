"""`sim version`: all that a report of a fault needs, and nothing about who runs it where."""

import json
import os
import platform
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from sim.cli.version import PACKAGES, version_of
from sim.engine.digest import model_digest
from sim.engine.ensemble import threads_by_default
from sim.io.errors import BadFile, Fault
from sim.runs.make import Order, manifest_of
from sim.scenario.load import load_scenario
from tests.unit.cli.conftest import Sim

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every package were installed in version 1."""
    monkeypatch.setattr("sim.cli.version.version", lambda name: "1.0")


def as_json(sim: Sim) -> dict[str, Any]:
    """What is shown as JSON."""
    return dict(json.loads(sim("version", "--json").out))


def test_the_version_has_all_that_a_report_needs(sim: Sim) -> None:
    found = as_json(sim)
    assert list(found) == [
        "legation",
        "model",
        "code",
        "format",
        "cases",
        "python",
        "platform",
        "processors",
        "packages",
    ]
    assert (found["legation"], found["model"]) == ("1.0", model_digest())
    assert found["python"].endswith(platform.python_version())
    assert found["platform"].startswith(f"{platform.system()} {platform.machine()}")
    assert found["processors"] == threads_by_default()
    assert found["packages"] == dict.fromkeys(PACKAGES, "1.0")


def test_hashes_are_those_that_a_result_holds(sim: Sim) -> None:
    loaded = load_scenario("baseline")
    manifest = manifest_of(loaded, Order(runs=1))
    found = as_json(sim)
    assert found["cases"][loaded.case.id] == manifest["case_hash"]
    assert (found["code"], found["format"]) == (manifest["code_hash"], manifest["format"])


def test_as_text_each_fact_is_a_line(sim: Sim) -> None:
    ended = sim("version")
    assert (ended.status, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert {f"model {model_digest()}", "legation 1.0", "numba 1.0"} <= set(lines)
    assert any(re.fullmatch(r"case afghanistan [0-9a-f]{10}", line) for line in lines)
    assert not any("{" in line for line in lines)


def test_every_package_the_program_stands_on_is_shown() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[^a-z0-9-]", each.lower())[0] for each in project["dependencies"]}
    assert needed <= set(PACKAGES)


def test_nothing_is_said_of_the_host_the_user_or_a_path(
    sim: Sim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.node", lambda: "a-host")
    monkeypatch.setenv("USER", "a-user")
    for args in ((), ("--json",)):
        out = sim("version", *args).out
        for secret in ("a-host", "a-user", str(ROOT), sys.prefix, os.sep):
            assert secret not in out


def test_a_package_that_is_not_installed_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("sim.cli.version.version", missing)
    assert version_of("legation") == "not installed"


def test_a_case_that_cannot_be_read_is_no_error(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise BadFile([Fault("case.yaml", (1, 2), "title", "is missing")])

    monkeypatch.setattr("sim.scenario.catalog.case_named", broken)
    assert as_json(sim)["cases"]["afghanistan"] == (
        "cannot be read: case.yaml:1:2: title: is missing"
    )
