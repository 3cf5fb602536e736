"""Everything that can end a command with a message of its own, and the exit status of each."""

import re
from dataclasses import dataclass

DONE, FAILED, USAGE = 0, 1, 2
BAD_INPUT, NOT_FOUND, INTERNAL, CANNOT_WRITE, INTERRUPTED = 65, 66, 70, 73, 130

Place = tuple[int, int]
"""Line and column, counted from 1."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file."""

    file: str
    place: Place | None
    path: str
    message: str

    def __str__(self) -> str:
        where = self.file if self.place is None else f"{self.file}:{self.place[0]}:{self.place[1]}"
        line = f"{where}: {self.path}: {self.message}" if self.path else f"{where}: {self.message}"
        return visible(line)


def visible(line: str) -> str:
    """A line in which what would break it, or cannot be seen, is spelled out.

    >>> print(visible("two\\r\\nlines, chargé"))
    two\\r\\nlines, chargé
    """
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in line
    )


UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What breaks a line, steers a terminal, turns the order of letters round or is no letter."""


class LegationError(Exception):
    """What a user can mend; `status` is the exit status of a command that it ends."""

    status = BAD_INPUT


class BadFile(LegationError):
    """A file that cannot be used, with all its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class MissingFile(LegationError):
    """A file, case, scenario or result that is not there."""

    status = NOT_FOUND


class CannotWrite(LegationError):
    """A place that cannot be written."""

    status = CANNOT_WRITE


class CannotCompile(LegationError):
    """Inconsistent numbers, or two entities that would share their draws."""


class Damaged(LegationError):
    """A results folder with a file that is missing or not as it was written."""


class NotPaired(LegationError):
    """Results that cannot be compared run by run."""


class NotAgain(LegationError):
    """A result whose runs cannot be played again as they were."""


class PlanChanged(LegationError):
    """A study that is not the one that was planned."""


class CodeMismatch(LegationError):
    """A worker whose code is not that of the study."""


class Busy(LegationError):
    """Another process works in the folder."""

    status = CANNOT_WRITE


class Interrupted(LegationError):
    """The study was asked to stop; what had begun is finished and kept."""

    status = INTERRUPTED


class PointFailed(LegationError):
    """A point of a study failed, and nothing more was to be run then; what was run is kept."""

    status = FAILED


class NoCluster(LegationError):
    """A scheduler that does not answer, or that has no workers."""

    status = NOT_FOUND


class MissingExtra(LegationError):
    """A library that is not needed for everything, and is not installed."""

    status = NOT_FOUND

    def __init__(self, what: str, library: str) -> None:
        super().__init__(f"{what} needs {library}, which is not installed: pip install {library}")
