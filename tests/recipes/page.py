"""A page of `docs/how-to`, read as what it tells a person to do, and done in a copy of the tree.

A recipe begins with **Files: N.** and runs to the next one. The line above a block of code names
the file to create, to append to or to change. A block of commands is run, and what is shown below a
command must be among what it prints; `…` stands for any text. `make docs` is left to the test that
follows all pages in one copy.
"""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.recipes.copy import Copy
from tests.tree import ROOT

HOW_TO = ROOT / "docs" / "how-to"
RECIPE = re.compile(r"^\*\*Files: (\d+)\.\*\*", re.MULTILINE)
BLOCK = re.compile(
    r"(?:^(?P<verb>Create|Append to|In) `(?P<path>[^`]+)`[^\n]*:\n\n)?"
    r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """A block of a page: `verb` is what to do with the file at `path`; empty for commands."""

    verb: str
    path: str
    kind: str
    text: str


@dataclass(frozen=True)
class Recipe:
    """What a page tells to do, and how many files it says that takes."""

    name: str
    files: int
    steps: tuple[Step, ...]


def recipes(page: Path) -> list[Recipe]:
    """The recipes of a page, in order."""
    _, *parts = RECIPE.split(page.read_text(encoding="utf-8"))
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return [
        Recipe(f"{page.stem}-{place}", int(files), tuple(steps(text)))
        for place, (files, text) in enumerate(pairs, start=1)
    ]


def steps(text: str) -> list[Step]:
    """The blocks of a text; raises ValueError for one that says neither a file nor commands."""
    found = [
        Step(*(block[part] or "" for part in Step.__match_args__)) for block in BLOCK.finditer(text)
    ]
    for step in found:
        if (step.kind == "console") == bool(step.verb):
            raise ValueError(f"a block of {step.kind} that names no file: {step.text}")
    return found


def side(change: str, sign: str) -> str:
    """The text before a change (`-`) or after it (`+`), from lines with signs and those between."""
    lines = change.splitlines(keepends=True)
    return "".join(line[1:] or line for line in lines if line[0] in (" ", "\n", sign))


def edit(tree: Copy, step: Step) -> None:
    """Do to a file what a step tells."""
    if step.verb == "Create":
        (tree.root / step.path).parent.mkdir(parents=True, exist_ok=True)
        tree.write(step.path, step.text)
    elif step.verb == "Append to":
        tree.append(step.path, step.text)
    else:
        for part in re.split(r"^ …\n", step.text, flags=re.MULTILINE):
            tree.replace(step.path, side(part, "-"), side(part, "+"))


def run(tree: Copy, step: Step) -> None:
    """Run the commands of a step; each must end well and print the lines that are shown."""
    for part in re.split(r"^\$ ", step.text, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        words = shlex.split(command)
        if words == ["make", "docs"]:
            continue
        if words[0] == "pytest":
            tested = tree.pytest(*words[1:])
            assert tested.failing == [], tested.text[-3000:]
            printed = tested.text
        else:
            printed = tree.shell(words)
        for line in shown:
            pattern = ".*".join(map(re.escape, line.strip().split("…")))
            assert re.search(rf"^\s*{pattern}\s*$", printed, re.MULTILINE), f"{line}\n{printed}"


def write(tree: Copy, recipe: Recipe) -> None:
    """Make the changes of a recipe, and run nothing."""
    for step in recipe.steps:
        if step.verb:
            edit(tree, step)


def follow(tree: Copy, recipe: Recipe) -> list[str]:
    """Do all that a recipe tells, in order; the files that a person touched."""
    before = tree.by_hand()
    for step in recipe.steps:
        (edit if step.verb else run)(tree, step)
    return [path for path in tree.by_hand() if path not in before]
