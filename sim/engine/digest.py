"""A name for the code of the model: it changes when a rule, the schema or the draws change."""

import hashlib
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

SOURCES = (
    "model/arithmetic.py",
    "model/calendar.py",
    "model/vocab.py",
    "model/schema.py",
    "model/parameters.py",
    "model/policy.py",
    "model/state.py",
    "model/slots.py",
    "model/plan.py",
    "model/metrics.py",
    "model/rules",
    "engine",
)
COMPILERS = ("numba", "numpy")


def python_files(place: Traversable) -> list[Traversable]:
    """The Python files at `place`, a file or a folder, in order of name."""
    if place.is_file():
        return [place]
    files = [entry for entry in place.iterdir() if entry.name.endswith(".py")]
    return sorted(files, key=lambda entry: entry.name)


def digest_of(sources: tuple[str, ...]) -> str:
    """SHA-256, in hexadecimal, of the Python files of the package at `sources`."""
    digest = hashlib.sha256()
    for source in sources:
        for file in python_files(resources.files("sim").joinpath(source)):
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def model_digest() -> str:
    """Sixteen hexadecimal digits of the model's source and of what compiles it."""
    versions = " ".join(f"{name} {version(name)}" for name in COMPILERS)
    return hashlib.sha256(f"{digest_of(SOURCES)} {versions}".encode()).hexdigest()[:16]
