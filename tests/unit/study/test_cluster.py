"""A study on a real dask.distributed cluster: two processes on this machine, on loopback only."""

import gc
import logging
import os
import random
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any

import dask
import distributed
import pytest

from sim.cli.errors import run_safely
from sim.cli.main import command as cli
from sim.io.errors import MissingExtra, NoCluster
from sim.runs.cluster import Keys, OnCluster, cluster, quietly, secured
from sim.runs.gather import gather_study
from sim.runs.sweep import run_study
from tests.studies import chunks, planned, tables, text_of
from tests.unit.study.test_kill import kill_once


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


LONG = text_of(runs=2_000).replace("months: 6", "months: 60")


@pytest.mark.soak
def test_workers_killed_again_and_again_lose_nothing(tmp_path: Path, local: Any) -> None:
    unbroken = planned(tmp_path / "unbroken", LONG)
    run_study(unbroken)
    gather_study(unbroken)
    found = planned(tmp_path / "killed", LONG)
    kept: list[int] = []
    with cluster(local.scheduler_address) as (executor, workers):

        def kill(runs: int) -> None:
            kept.append(runs)
            if len(kept) % 25 == 0:
                os.kill(next(iter(executor._client.run(os.getpid).values())), signal.SIGKILL)

        run_study(found, executor=executor, workers=workers, chunk=100, progress=kill)
    assert len(kept) == 120
    gather_study(found)
    assert tables(found.folder) == tables(unbroken.folder)


@pytest.mark.soak
def test_the_process_that_hands_out_tasks_may_be_killed(tmp_path: Path, local: Any) -> None:
    unbroken = planned(tmp_path / "unbroken", LONG)
    run_study(unbroken)
    gather_study(unbroken)
    found = planned(tmp_path / "killed", LONG)
    chance = random.Random(3)
    for _ in range(8):
        kill_once(found, chance, "--cluster", local.scheduler_address)
        assert found.store.contents().damaged == []
    with cluster(local.scheduler_address) as (executor, workers):
        run_study(found, executor=executor, workers=workers)
    gather_study(found)
    assert tables(found.folder) == tables(unbroken.folder)


@pytest.mark.parametrize("lost", [CancelledError(), distributed.KilledWorker("x", None, 3)])
def test_a_cluster_that_is_lost_is_told(local: Any, lost: Exception) -> None:
    message = rf"the cluster was lost \({type(lost).__name__}\); what was run is kept$"
    with pytest.raises(NoCluster, match=message), cluster(local.scheduler_address):
        raise lost


class Silent:
    """A client that lost its scheduler, and an executor that never says so."""

    status = "connecting"

    def get_executor(self, **options: object) -> "Silent":
        return self

    def submit(self, *work: object) -> Future[bytes]:
        return Future()


def test_a_cluster_that_goes_away_without_a_word_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not every task that is lost is told as such; nobody waits for the others."""
    monkeypatch.setattr("sim.runs.sweep.GLANCE", 0.01)
    with pytest.raises(NoCluster, match=r"^tcp://x:1: the cluster was lost; what was run is kept$"):
        run_study(planned(tmp_path), executor=OnCluster(Silent(), "tcp://x:1"), workers=1)


@pytest.mark.soak
def test_a_cluster_that_goes_away_ends_the_study_and_loses_nothing(
    folder: Path, tmp_path: Path
) -> None:
    found = planned(tmp_path)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as away:

        def leave(runs: int) -> None:
            threading.Thread(target=away.close, daemon=True).start()

        with pytest.raises(NoCluster), cluster(away.scheduler_address) as (executor, workers):
            run_study(found, executor=executor, workers=workers, chunk=100, progress=leave)
    assert 0 < len(chunks(found.folder)) < 18
    run_study(found)
    gather_study(found)
    assert tables(found.folder) == tables(folder)


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.runs.cluster.PATIENCE", 1)
    message = r"^tcp://127.0.0.1:9: no scheduler answers"
    with pytest.raises(NoCluster, match=message), cluster("tcp://127.0.0.1:9"):
        raise AssertionError


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "x://y:1"])
def test_an_address_that_is_none_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.runs.cluster.PATIENCE", 1)
    with pytest.raises(NoCluster), cluster(address):
        raise AssertionError


def test_a_client_without_a_scheduler_is_gone_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Left to chance it may close while another one starts, and both wait forever."""
    monkeypatch.setattr("sim.runs.cluster.PATIENCE", 1)
    gc.collect()
    gc.disable()
    try:
        before = {id(each) for each in gc.get_objects() if type(each) is distributed.Client}
        with pytest.raises(NoCluster), cluster("tcp://127.0.0.1:9"):
            raise AssertionError
        after = {id(each) for each in gc.get_objects() if type(each) is distributed.Client}
    finally:
        gc.enable()
    assert after <= before


def test_without_distributed_a_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    message = r"pip install distributed$"
    with pytest.raises(MissingExtra, match=message), cluster("tcp://127.0.0.1:1"):
        raise AssertionError


class Answering(Silent):
    """A scheduler that is there, with a worker whose every result is this one."""

    status = "running"

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error

    def submit(self, *work: object) -> Future[bytes]:
        future: Future[bytes] = Future()
        if self.error is not None:
            future.set_exception(self.error)
        return future


def test_workers_that_say_nothing_are_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.runs.sweep.GLANCE", 0.01)
    monkeypatch.setattr("sim.runs.cluster.SILENCE", 0)
    message = r"^tcp://x:1: no worker answered for 0 seconds; what was run is kept$"
    with pytest.raises(NoCluster, match=message):
        run_study(planned(tmp_path), executor=OnCluster(Answering(), "tcp://x:1"), workers=1)


@pytest.mark.parametrize(
    "error", [ValueError("odd\nlines\x1b[2J"), RuntimeError(), KeyboardInterrupt(), SystemExit(3)]
)
def test_a_worker_that_fails_in_a_way_of_its_own_is_told(
    tmp_path: Path, error: BaseException
) -> None:
    executor = OnCluster(Answering(error), "tcp://x:1")
    with pytest.raises(NoCluster, match=f"a worker .*{type(error).__name__}") as caught:
        run_study(planned(tmp_path), executor=executor, workers=1)
    assert "\n" not in str(caught.value)


def test_other_packages_do_not_log_beside(caplog: pytest.LogCaptureFixture) -> None:
    with quietly():
        logging.getLogger("distributed.client").error("lost")
    assert caplog.records == []
    logging.getLogger("distributed.client").error("lost")
    assert logging.root.manager.disable == 0


def test_keys_are_handed_on_and_nothing_goes_unencrypted(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "ca.pem", tmp_path / "own.pem", tmp_path / "own-key.pem")
    security = secured(distributed, keys)
    assert security.require_encryption
    assert security.tls_ca_file == str(keys.authority)
    assert security.tls_client_key == str(keys.key)
    assert secured(distributed, None) is None


def test_keys_that_are_none_are_told(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    with (
        pytest.raises(NoCluster, match="no scheduler answers"),
        cluster("tls://127.0.0.1:9", Keys(tmp_path / "ca.pem")),
    ):
        raise AssertionError


def test_after_a_cluster_a_sample_is_run_again(
    tmp_path: Path, local: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    found = planned(tmp_path)
    command = ["study", "run", str(found.folder), "--cluster", local.scheduler_address]
    assert run_safely(cli, command) == 0
    assert "1 of 1 chunks were run again here and came out the same" in capsys.readouterr().err


def test_wrong_numbers_of_a_cluster_are_told(
    tmp_path: Path, local: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = planned(tmp_path)
    monkeypatch.setattr("sim.runs.audit.made_again", lambda task: "other.chunk")
    command = ["study", "run", str(found.folder), "--cluster", local.scheduler_address]
    assert run_safely(cli, command) == 1
    assert "do not trust the cluster" in capsys.readouterr().err
