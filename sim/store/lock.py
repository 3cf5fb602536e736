"""Who may work in the folder of a study: one whole run, or shards beside each other."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sim.io.errors import Busy, CannotWrite

LOCK = "lock"

FLAGS = os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW
"""How a lock is opened: a link is not followed out of the folder, and nothing is waited for."""

TRIES, BETWEEN = 10, 0.03
"""How often a lock is asked for, and seconds between: a glance at it holds it for a moment."""


@dataclass(frozen=True)
class Share:
    """A part of a study's work: shard `number` of `of`; 1 of 1 is all of it."""

    number: int = 1
    of: int = 1

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the work."""
        return self.of == 1

    @property
    def label(self) -> str:
        """Its name in names of files."""
        return "whole" if self.is_whole else f"shard-{self.number}-of-{self.of}"

    def owns(self, ordinal: int, total: int) -> bool:
        """Whether the piece of work `ordinal` of `total` belongs to it; neighbours do together."""
        return ordinal * self.of // total == self.number - 1


WHOLE = Share()


@contextmanager
def _held(path: Path, kind: int, message: str) -> Iterator[None]:
    """Hold a lock on a file, which ends with the process at the latest.

    Raises Busy, or CannotWrite where the folder cannot be written or knows no locks.
    """
    try:
        handle = os.open(path, FLAGS | os.O_CREAT, 0o644)
    except OSError as error:
        raise CannotWrite(f"{path.parent}: {error.strerror}") from None
    try:
        _take(handle, kind, path, message)
        yield
    finally:
        os.close(handle)


def _take(handle: int, kind: int, path: Path, message: str) -> None:
    for left in reversed(range(TRIES)):
        try:
            return fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if not left:
                raise Busy(message) from None
            time.sleep(BETWEEN)
        except OSError as error:
            raise CannotWrite(f"{path}: {error.strerror}") from None
    return None


@contextmanager
def locked(folder: Path, share: Share) -> Iterator[None]:
    """Hold the folder for a whole run, or for a shard beside others; raises Busy or CannotWrite."""
    with ExitStack() as held:
        if share.is_whole:
            message = f"{folder}: another process works on this study"
            held.enter_context(_held(folder / LOCK, fcntl.LOCK_EX, message))
        else:
            message = f"{folder}: another process works on the whole of this study"
            held.enter_context(_held(folder / LOCK, fcntl.LOCK_SH, message))
            message = f"{folder}: another process works on shard {share.number}/{share.of}"
            held.enter_context(_held(folder / f"{LOCK}-{share.label}", fcntl.LOCK_EX, message))
        yield


def is_busy(folder: Path) -> bool:
    """Whether a process works in the folder now; none does where nothing may be written."""
    try:
        handle = os.open(folder / LOCK, FLAGS)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False
