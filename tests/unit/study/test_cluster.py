"""A study on a real dask.distributed cluster: two processes on this machine, on loopback only."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dask
import distributed
import pytest

from sim.study.cluster import cluster
from sim.study.faults import MissingExtra, NoCluster
from sim.study.gather import gather_study
from sim.study.sweep import run_study
from tests.studies import planned, tables, text_of


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """A scheduler and two workers of one thread each, without a dashboard."""
    quiet = {"distributed.admin.log-format": "%(message)s"}

    with (
        dask.config.set(quiet),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=50,
        ) as found,
    ):
        yield found


def test_workers_of_a_cluster_do_not_change_a_byte(
    folder: Path, tmp_path: Path, local: Any
) -> None:
    found = planned(tmp_path)
    with cluster(local.scheduler_address) as (executor, workers):
        assert workers == 2
        run_study(found, executor=executor, workers=workers, chunk=200)
    gather_study(found)
    assert tables(found.folder) == tables(folder)


def test_a_study_completes_though_a_worker_is_killed(
    folder: Path, tmp_path: Path, local: Any
) -> None:
    found = planned(tmp_path, text_of(runs=250))
    killed: list[int] = []
    with cluster(local.scheduler_address) as (executor, workers):
        client = executor._client

        def kill(runs: int) -> None:
            """Once a chunk is kept, one of the workers is gone in the middle of its work."""
            if not killed:
                pids = list(client.run(os.getpid).values())
                os.kill(pids[0], signal.SIGKILL)
                killed.append(pids[0])

        run_study(found, executor=executor, workers=workers, chunk=100, progress=kill)
    assert killed
    gather_study(found)
    assert tables(found.folder) == tables(folder)


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.study.cluster.PATIENCE", 1)
    message = r"^tcp://127.0.0.1:9: no scheduler answers"
    with pytest.raises(NoCluster, match=message), cluster("tcp://127.0.0.1:9"):
        raise AssertionError


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "x://y:1"])
def test_an_address_that_is_none_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.study.cluster.PATIENCE", 1)
    with pytest.raises(NoCluster), cluster(address):
        raise AssertionError


def test_without_distributed_a_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    message = r"pip install 'legation\[cluster\]'$"
    with pytest.raises(MissingExtra, match=message), cluster("tcp://127.0.0.1:1"):
        raise AssertionError
