"""Where compiled code and other costly things are kept from one process to the next."""

import os
from contextlib import suppress
from pathlib import Path


def cache_folder(name: str) -> Path | None:
    """A folder of this name that can be written: beside this file, else in the user's cache.

    None where neither can be written.
    """
    for place in (Path(__file__).parent / "__pycache__", *user_caches()):
        folder = place / name
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK):
                return folder
    return None


def user_caches() -> list[Path]:
    """The program's folder below XDG_CACHE_HOME, else ~/.cache; none without a full path."""
    given = (os.environ.get("XDG_CACHE_HOME", ""), os.path.expanduser("~/.cache"))
    return [Path(each) / "legation" for each in given if os.path.isabs(each)][:1]
