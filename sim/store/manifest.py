"""The manifest of a folder: what it holds, what made it, and what shows that it is as it was."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sim.case.case import Case
from sim.engine.digest import code_digest
from sim.io.opening import read_plain

MANIFEST = "manifest.json"

LARGEST = 1_000_000
"""Bytes of the largest manifest that is read."""

FORMAT = 2
"""Version of the layout of a folder. Version 1 had no `identity`: its folder's name was checked."""

IDENTITY, VERSIONS, FILES = "identity", "versions", "files"
ASIDE = (IDENTITY, VERSIONS, FILES)
"""Keys of a manifest that are not hashed: with what it was made says nothing about what was asked
for. When it was made is not written: the same runs leave the same bytes."""

PACKAGES = ("legation", "numpy", "numba")
"""Packages whose versions a manifest names."""

CASE_FACTS = (
    "actors",
    "policies",
    "pools",
    "projects",
    "issues",
    "ladder",
    "starts",
    "default_start",
    "blocs",
    "ties",
    "votes",
)
"""What a result takes from a case beside its numbers."""


def digest(content: bytes | memoryview) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spare blanks, for hashing."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def short_hash(value: Any) -> str:
    """Ten hexadecimal digits that name `value`."""
    return digest(canonical(value).encode())[:10]


def case_hash(case: Case) -> str:
    """What a result takes from a case, as a hash."""
    numbers = {str(name): number.value for name, number in case.numbers.items()}
    facts = {name: repr(getattr(case, name)) for name in CASE_FACTS}
    facts |= {
        name: repr(getattr(case, name)) for name in ("base", "without") if getattr(case, name)
    }
    return short_hash([numbers, facts])


def code_hash() -> str:
    """The code on which a result depends, as a hash."""
    return code_digest("sim.runs.make")[:10]


def version_of(package: str) -> str:
    """The version of a package, where it is installed as one."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


@cache
def versions() -> dict[str, str]:
    """The versions of the packages that make results."""
    return {package: version_of(package) for package in PACKAGES}


def identity(manifest: Mapping[str, Any]) -> str:
    """The hash of all that a manifest says of what was asked for."""
    return short_hash({key: value for key, value in manifest.items() if key not in ASIDE})


def sealed(content: Mapping[str, Any], files: Mapping[str, str]) -> str:
    """The text of a manifest: its content, its identity, and with what it was made.

    `files` gives the hash of each file's uncompressed content.
    """
    whole = {
        **content,
        IDENTITY: identity(content),
        VERSIONS: versions(),
        FILES: dict(files),
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def parse_manifest(folder: Path) -> dict[str, Any]:
    """The manifest in `folder`, as it stands there; raises OSError or ValueError."""
    text = read_plain(folder / MANIFEST, LARGEST, links=False).decode()
    try:
        content = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(content, dict):
        raise ValueError("no mapping")
    return content
