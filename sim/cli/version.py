"""`sim version`."""

from importlib.metadata import PackageNotFoundError, version

import click

from sim.cli import options
from sim.cli.console import print_json
from sim.engine.digest import model_digest

SHOWN = ("mesa", "numpy", "numba", "pydantic", "matplotlib", "scipy")


def own_version() -> str:
    """The version, where the program is installed."""
    try:
        return version("legation")
    except PackageNotFoundError:
        return "not installed"


@click.command("version")
@options.as_json
def command(as_json: bool) -> None:
    """Show the version, the digest of the model's code, and the packages it stands on."""
    found = {"legation": own_version(), "model": model_digest()}
    found.update({name: version(name) for name in SHOWN})
    if as_json:
        print_json(found)
        return
    for name, text in found.items():
        click.echo(f"{name} {text}")
