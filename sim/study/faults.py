"""What can go wrong with a study as a whole; each with a message of its own."""


class MissingExtra(Exception):
    """A library that only an extra installs."""

    def __init__(self, what: str, library: str, extra: str) -> None:
        super().__init__(
            f"{what} needs {library}, which is not installed: pip install 'legation[{extra}]'"
        )


class NoCluster(Exception):
    """A scheduler that does not answer, or that has no workers."""


class Busy(Exception):
    """Another process works in the folder."""


class NotAsPlanned(Exception):
    """A study that is not the one that was planned."""


class OtherCode(Exception):
    """A worker whose code is not that of the study."""


class Interrupted(Exception):
    """The study was asked to stop; what had begun is finished and kept."""
