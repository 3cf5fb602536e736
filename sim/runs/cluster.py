"""A dask.distributed scheduler as an executor of a study's tasks."""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from sim.io.errors import MissingExtra, NoCluster

RETRIES = 10
"""How often a task is tried again where its worker is lost."""

PATIENCE = 20
"""Seconds to wait for the scheduler."""


class OnCluster(Executor):
    """The workers behind a client; `look` tells whether their results can still come."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self._executor = client.get_executor(pure=False, retries=RETRIES)

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


def connected(distributed: Any, address: str) -> Any:
    """A client of the scheduler at `address`; raises NoCluster.

    A client without a scheduler closes once nobody holds it. Were that left to chance, it could
    happen while another one starts, and each would wait for the other; so it is collected here.
    """
    try:
        return distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error)
    gc.collect()
    raise NoCluster(f"{address}: no scheduler answers ({reason})")


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor on the cluster behind a scheduler, and the number of its threads.

    Raises MissingExtra, or NoCluster, also where the cluster is lost on the way.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise MissingExtra("--cluster", "distributed") from None
    with connected(distributed, address) as client:
        workers = sum(client.nthreads().values())
        if not workers:
            raise NoCluster(f"{address}: the cluster has no workers")
        try:
            yield OnCluster(client, address), workers
        except (CancelledError, distributed.KilledWorker) as error:
            raise NoCluster(
                f"{address}: the cluster was lost ({type(error).__name__}); what was run is kept"
            ) from None
