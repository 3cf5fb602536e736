"""`sim results`: List results, or say what one holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from sim.cli import candidates, options
from sim.cli.console import paragraph, print_json, table
from sim.cli.meter import sized
from sim.io.errors import visible
from sim.store.listing import FILES_IN_WORDS, Listed, all_listed, listed
from sim.store.manifest import VERSIONS

FACTS = {"case": "case", "start": "start", "seed": "seed", "code_hash": "code"}
"""Keys of a manifest that are shown, and what they are called."""


def extent(result: Listed) -> str:
    """How much was run, in words; empty where the manifest does not say."""
    points = f"{result.points:,} points, " if result.points > 1 else ""
    runs = f"{points}{result.runs:,} runs" if result.runs else ""
    return f"{runs} of {result.months} months" if runs and result.months else runs


def lines(result: Listed) -> Iterator[str]:
    """A result in the list: its title, what it compares and how often it was run, its folder."""
    yield result.title
    told = [", ".join(result.compares), extent(result), f"written {result.written} UTC"]
    yield paragraph("; ".join(filter(None, told)), indent="  ")
    yield f"  {result.folder}"


def as_dict(result: Listed) -> dict[str, Any]:
    """A result for JSON."""
    return {
        "folder": str(result.folder),
        "title": result.title,
        "compares": list(result.compares),
        "points": result.points,
        "runs": result.runs,
        "months": result.months,
        "written": result.written,
        "files": list(result.files),
    }


def files(result: Listed) -> Iterator[list[str]]:
    """Rows of the files that a folder holds, with their size."""
    for name in result.files or sorted(path.name for path in result.folder.iterdir()):
        path = result.folder / name
        size = sized(path.stat().st_size) if path.is_file() else "missing"
        yield [name, size if not path.is_dir() else "", FILES_IN_WORDS.get(name, "")]


def show(result: Listed) -> None:
    """Print what a folder holds."""
    click.echo(result.title)
    versions = result.manifest.get(VERSIONS)
    made = versions.items() if isinstance(versions, dict) else ()
    facts = {
        "compares": ", ".join(result.compares),
        "runs": extent(result),
        **{words: result.manifest.get(key) for key, words in FACTS.items()},
        "written": f"{result.written} UTC",
        "made with": ", ".join(f"{name} {number}" for name, number in made),
    }
    for name, value in facts.items():
        if value not in ("", None):
            click.echo(f"  {name:<10} {visible(str(value))}")
    for line in table(["file", "size", ""], [*files(result)], left=3):
        click.echo(f"  {line}")


@click.command("results")
@click.argument(
    "folder",
    required=False,
    type=click.Path(file_okay=False, path_type=Path),
    shell_complete=candidates.any_folders,
)
@options.out
@options.as_json
def command(folder: Path | None, out: Path, as_json: bool) -> None:
    """List results, the newest last, or say what one FOLDER holds.

    Runs, studies, comparisons and pictures are listed alike: title, scenarios, runs, and when they
    were written.
    """
    if folder is not None:
        found = listed(folder if folder.exists() else out / folder)
        print_json(as_dict(found)) if as_json else show(found)
        return
    everything = all_listed(out)
    if as_json:
        print_json([as_dict(each) for each in everything])
        return
    for each in everything:
        click.echo("\n".join(lines(each)))
    if not everything:
        click.echo(f"no results in {out} yet; see: sim run --help")
