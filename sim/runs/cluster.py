"""A dask.distributed scheduler as an executor of a study's tasks."""

import gc
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from sim.io.errors import LegationError, MissingExtra, NoCluster

RETRIES = 10
"""How often a task is tried again where its worker is lost."""

PATIENCE = 20
"""Seconds to wait for the scheduler."""


SILENCE = 600
"""Seconds without any result after which no worker is waited for any more."""


@dataclass(frozen=True)
class Keys:
    """Files with the certificates and the key by which both sides of a cluster know each other."""

    authority: Path
    certificate: Path | None = None
    key: Path | None = None


class OnCluster(Executor):
    """The workers behind a client; `look` tells whether their results can still come."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self._executor = client.get_executor(pure=False, retries=RETRIES)
        self._heard = time.monotonic()

    def submit(self, work: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        """Hand out some work."""
        found: Future[Any] = self._executor.submit(work, *args, **named)
        return found

    def look(self) -> None:
        """Raise NoCluster where the scheduler is gone.

        The client then gives up what it waits for, but may tell only some of those who wait.
        """
        if self._client.status != "running":
            raise NoCluster(f"{self._address}: the cluster was lost; what was run is kept")
        if time.monotonic() - self._heard > SILENCE:
            raise NoCluster(
                f"{self._address}: no worker answered for {SILENCE} seconds; what was run is kept"
            )

    def check(self, future: Future[Any]) -> None:
        """Take note of a result; raises NoCluster where its worker failed in a way of its own."""
        self._heard = time.monotonic()
        error = None if future.cancelled() else future.exception()
        fine = (LegationError, CancelledError, type(None))
        if isinstance(error, Exception) and not isinstance(error, fine):
            first = str(error).partition("\n")[0][:200]
            raise NoCluster(
                f"{self._address}: a worker failed ({type(error).__name__}: {first}); "
                "what was run is kept"
            )


def secured(distributed: Any, keys: Keys | None) -> Any:
    """What distributed takes for keys: with them nothing goes over the network unencrypted."""
    if keys is None:
        return None
    return distributed.Security(
        require_encryption=True,
        tls_ca_file=str(keys.authority),
        tls_client_cert=keys.certificate and str(keys.certificate),
        tls_client_key=keys.key and str(keys.key),
    )


@contextmanager
def quietly() -> Iterator[None]:
    """Keep other packages from logging: what goes wrong is told in a line of its own."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def connected(distributed: Any, address: str, keys: Keys | None) -> Any:
    """A client of the scheduler at `address`; raises NoCluster.

    A client without a scheduler closes once nobody holds it. Were that left to chance, it could
    happen while another one starts, and each would wait for the other; so it is collected here.
    """
    try:
        security = secured(distributed, keys)
        return distributed.Client(
            address, timeout=PATIENCE, set_as_default=False, security=security
        )
    except (OSError, TypeError, ValueError) as error:
        reason = str(error)
    gc.collect()
    raise NoCluster(f"{address}: no scheduler answers ({reason})")


@contextmanager
def cluster(address: str, keys: Keys | None = None) -> Iterator[tuple[Executor, int]]:
    """An executor on the cluster behind a scheduler, and the number of its threads.

    Raises MissingExtra, or NoCluster, also where the cluster is lost on the way.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise MissingExtra("--cluster", "distributed") from None
    with quietly(), connected(distributed, address, keys) as client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise NoCluster(f"{address}: the cluster has no workers")
        try:
            yield OnCluster(client, address), workers
        except (CancelledError, distributed.KilledWorker) as error:
            raise NoCluster(
                f"{address}: the cluster was lost ({type(error).__name__}); what was run is kept"
            ) from None
