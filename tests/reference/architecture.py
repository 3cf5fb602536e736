"""Renew the picture and the table of `docs/architecture.md` from the imports of the package.

python -m tests.reference.architecture, or `make docs`. An arrow runs from a room to one that it
imports, unless a longer way through other rooms says the same.
"""

import ast
import re
from functools import cache
from html import escape
from pathlib import Path

from tests.architecture.source import imports, trees

DOCS = Path(__file__).parents[2] / "docs"
PAGE, PICTURE = DOCS / "architecture.md", DOCS / "figures" / "rooms.svg"
BLOCK = re.compile(r"<!-- table: rooms -->\n.*?<!-- end -->", re.DOTALL)

WIDTH, HEIGHT = 112, 40
"""Of a box, in units of the picture."""

ACROSS, DOWN, EDGE = 136, 84, 20
"""From box to box, from row to row, and around them all."""

Graph = dict[str, set[str]]


def room(module: str) -> str:
    """The room at the first level of `sim` in which a module lies; empty for `sim` itself."""
    return [*module.split("."), ""][1]


@cache
def graph() -> Graph:
    """The rooms that each room imports; `__main__` and the list of public names aside."""
    found: Graph = {}
    for module, tree in trees().items():
        if room(module) not in ("", "__main__"):
            found.setdefault(room(module), set())
            names = (room(name) for name, _ in imports(tree) if name.startswith("sim."))
            found[room(module)] |= {name for name in names if name and name != room(module)}
    return found


def reached(start: str, through: Graph) -> set[str]:
    """All rooms below a room."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = through[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def arrows(whole: Graph) -> list[tuple[str, str]]:
    """The imports that no longer way says, from importer to imported."""
    return [
        (above, below)
        for above in sorted(whole)
        for below in sorted(whole[above])
        if not any(below in reached(other, whole) for other in whole[above] - {below})
    ]


def rank(name: str, whole: Graph) -> int:
    """Rooms on the longest way down from a room; raises RecursionError where there is a circle."""
    return 1 + max((rank(other, whole) for other in whole[name]), default=-1)


def places(whole: Graph) -> dict[str, tuple[float, float]]:
    """The middle of each box, higher rooms above; a row is centred, in the order of its arrows."""
    rows: dict[int, list[str]] = {}
    for name in sorted(whole):
        rows.setdefault(rank(name, whole), []).append(name)
    widest, top = max(map(len, rows.values())), max(rows)
    middle = EDGE + (ACROSS * (widest - 1) + WIDTH) / 2
    found = {}
    for level, names in rows.items():
        for place, name in enumerate(names):
            x = middle + ACROSS * (place - (len(names) - 1) / 2)
            found[name] = (x, EDGE + HEIGHT / 2 + DOWN * (top - level))
    return found


def arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line from below one box to above another, bent where it passes rows."""
    (x1, y1), (x2, y2) = start, end
    y1, y2 = y1 + HEIGHT / 2, y2 - HEIGHT / 2 - 6
    bend = (y2 - y1) / 2
    path = f"M{x1:g} {y1:g} C{x1:g} {y1 + bend:g} {x2:g} {y2 - bend:g} {x2:g} {y2:g}"
    return f'<path d="{path}" marker-end="url(#tip)"/>'


def box(place: tuple[float, float]) -> str:
    """The box of a room."""
    x, y = place[0] - WIDTH / 2, place[1] - HEIGHT / 2
    return f'<rect x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'


def word(name: str, place: tuple[float, float]) -> str:
    """The name of a room in its box."""
    return f'<text x="{place[0]:g}" y="{place[1] + 5:g}">{escape(name)}</text>'


HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">
<title>The rooms of sim and what each imports</title>
<defs><marker id="tip" viewBox="0 0 8 8" refX="4" refY="4" markerWidth="7" markerHeight="7"\
 orient="auto"><path d="M0 0 8 4 0 8z" fill="#5d6d7e"/></marker></defs>
<rect width="100%" height="100%" fill="white"/>"""

LINES = '<g fill="none" stroke="#5d6d7e" stroke-width="1.5">'
BOXES = '<g stroke="#34495e" stroke-width="1.5" fill="#eef3f8">'
NAMES = '<g font-family="sans-serif" font-size="16" text-anchor="middle" fill="black">'


def picture(whole: Graph) -> str:
    """The rooms and their arrows as SVG."""
    found = places(whole)
    width = max(x for x, _ in found.values()) + WIDTH / 2 + EDGE
    height = max(y for _, y in found.values()) + HEIGHT / 2 + EDGE
    drawn = (
        (LINES, [arrow(found[above], found[below]) for above, below in arrows(whole)]),
        (BOXES, [box(place) for place in found.values()]),
        (NAMES, [word(name, place) for name, place in found.items()]),
    )
    parts = [line for group, lines in drawn for line in (group, *lines, "</g>")]
    return "\n".join([HEAD.format(width=width, height=height), *parts, "</svg>"]) + "\n"


def says(name: str) -> str:
    """What a room says of itself in the first sentence of its docstring."""
    text = ast.get_docstring(trees()[f"sim.{name}"]) or ""
    return " ".join(text.split("\n\n")[0].split())


def table(whole: Graph) -> str:
    """The rooms from top to bottom, what each is for, and what it imports."""
    ordered = sorted(whole, key=lambda name: (-rank(name, whole), name))
    lines = ["| room | what it is for | imports |", "| --- | --- | --- |"]
    for name in ordered:
        below = ", ".join(f"`{other}`" for other in sorted(whole[name]))
        lines.append(f"| `sim/{name}` | {says(name)} | {below} |")
    return "<!-- table: rooms -->\n\n" + "\n".join(lines) + "\n\n<!-- end -->"


def renewed(text: str) -> str:
    """The page with its table made anew."""
    return BLOCK.sub(lambda _: table(graph()), text)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.write_text(picture(graph()), encoding="utf-8")
