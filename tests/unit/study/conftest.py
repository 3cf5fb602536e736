"""Studies that several tests read: planned, run and gathered once."""

from pathlib import Path

import pytest

from sim.runs.gather import gather_study
from sim.runs.sweep import run_study
from sim.study.plan import Planned
from tests.studies import planned


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """A study of six points with 250 runs each, run on one thread. Not to be changed."""
    found = planned(tmp_path_factory.mktemp("study"))
    run_study(found, workers=1)
    gather_study(found)
    return found


@pytest.fixture(scope="session")
def folder(done: Planned) -> Path:
    """Its folder. Not to be changed."""
    return done.folder
