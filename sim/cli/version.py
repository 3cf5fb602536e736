"""`sim version`: Show the versions of the program and of its model."""

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from sim.cli import options
from sim.cli.console import print_json, print_lines
from sim.io.errors import BadFile

PACKAGES = (
    "click",
    "llvmlite",
    "matplotlib",
    "mesa",
    "networkx",
    "numba",
    "numpy",
    "pandas",
    "pydantic",
    "pyyaml",
    "scipy",
    "tqdm",
)
"""What the program stands on, and the compiler of its compiler."""


def version_of(package: str) -> str:
    """The version of a package, where it is installed as one."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def hash_of(case: str) -> str:
    """The hash of a case as results have it."""
    from sim.scenario.catalog import case_named
    from sim.store.manifest import case_hash

    try:
        return case_hash(case_named(case))
    except BadFile as error:
        return f"cannot be read: {error.faults[0]}"


def facts() -> dict[str, Any]:
    """What a report of a fault needs, and nothing of the host, the user or a path."""
    from sim.engine.digest import model_digest
    from sim.engine.ensemble import threads_by_default
    from sim.scenario.catalog import cases
    from sim.store.manifest import FORMAT, code_hash

    machine = (platform.system(), platform.machine(), *platform.libc_ver())
    return {
        "legation": version_of("legation"),
        "model": model_digest(),
        "code": code_hash(),
        "format": FORMAT,
        "cases": {name: hash_of(name) for name in cases()},
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "platform": " ".join(part for part in machine if part),
        "processors": threads_by_default(),
        "packages": {name: version_of(name) for name in PACKAGES},
    }


@click.command("version")
@options.as_json
def command(as_json: bool) -> None:
    """Show versions and hashes, for a bug report.

    `model` is the digest of the rules and what compiles them, `code` and `cases` are the hashes
    that results hold, `format` is the layout of a results folder, `processors` is how many threads
    a run takes. The host, the user and paths are not shown.
    """
    known = facts()
    if as_json:
        print_json(known)
        return
    cases, packages = known.pop("cases"), known.pop("packages")
    named = {f"case {name}": text for name, text in cases.items()}
    print_lines(f"{name} {text}" for name, text in {**known, **named, **packages}.items())
