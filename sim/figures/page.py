"""The sheet around the panels: its size, the title, the keys and the caption."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from textwrap import shorten, wrap

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.figures.style import CM, HEADING, LOOKS, PRINT, SMALL, Paper, look
from sim.runs.prospect import Contents
from sim.store.read import Result

KEY = 13
"""Letters that the line of a key takes up, and the gap after it."""

GAP = 4
"""Letters of the gap, which the last column does not need."""

LONGEST = 60
"""Letters of a scenario's name beyond which it is cut."""

EDGE = 0.008
"""Where the title and the caption begin, as a share of the width."""

LINE = 0.42
"""Height of a line of small print, cm."""

ALONE = 7.0
"""Height of a panel that has the width of a sheet alone, cm."""

WARNING = "A comparison of what-ifs, not a forecast."

CHANCE = "chance under the stated assumptions, not uncertainty about the world"
"""What bands and errors are."""

BOLD = 0.7
"""Letters of a title in a line, for each letter of small print."""


@dataclass(frozen=True)
class Asked:
    """What a picture is asked for: its metrics (none for the usual ones), and its paper.

    By month, `record` asks for what was observed, too, and `runs` for so many single runs.
    """

    metrics: Sequence[str] = ()
    paper: Paper = PRINT
    record: bool = False
    runs: int = 0


@dataclass(frozen=True)
class Picture:
    """What `sim plot` can draw; the module of a picture keeps one as `PICTURE`.

    `shows` lists the metrics that it can show of a result. `check` raises ValueError, before
    anything is run, where these results or metrics make no such picture; no metrics stand for the
    usual ones. `draw` yields its pages. It needs `least` scenarios.
    """

    shows: Callable[[Contents], list[str]]
    check: Callable[[Sequence[Contents], Sequence[str]], object]
    draw: Callable[[Sequence[Result], Asked], Iterator[Figure]]
    least: int = 1


def sheet(
    body: float,
    title: str,
    caption: str,
    keys: Sequence[Artist] = (),
    foot: float = 0.0,
    paper: Paper = PRINT,
) -> Figure:
    """An empty figure as wide as `paper`, `body` cm for panels between its title and its caption.

    `foot` cm above the caption stay free for `foot_axes`.
    """
    lines = [line for part in caption.split("\n") for line in wrap(part, paper.letters)]
    heads = wrap(title, int(BOLD * paper.letters))
    columns = key_columns(keys, paper.letters)
    head = 0.2 + LINE * len(heads)
    top = head + (0.28 if keys else 0.13) + LINE * -(-len(keys) // columns)
    bottom = 0.15 + LINE * len(lines) + foot
    height = body + top + bottom
    figure = Figure(figsize=(paper.width * CM, height * CM))
    figure.set_layout_engine("constrained", rect=(0, bottom / height, 1, body / height))
    place = EDGE, 1 - 0.12 / height
    figure.text(*place, "\n".join(heads), va="top", fontsize=HEADING, fontweight="bold")
    figure.text(EDGE, 0.1 / height, "\n".join(lines), va="bottom", fontsize=SMALL)
    for text in figure.texts:
        text.set_parse_math(False)
    if keys:
        _put_keys(figure, keys, columns, 1 - head / height)
    return figure


def multiples(
    height: float, count: int, title: str, caption: str, keys: Sequence[Artist], paper: Paper
) -> tuple[Figure, list[Axes]]:
    """A sheet with `count` panels, each `height` cm high; one alone across is higher."""
    columns = min(count, paper.columns)
    rows = -(-count // columns)
    body = height * rows if count > 1 or columns == paper.columns else ALONE
    figure = sheet(body, title, caption, keys, paper=paper)
    panels = list(figure.subplots(rows, columns, squeeze=False).flat)
    for ax in panels[count:]:
        ax.remove()
    return figure, panels[:count]


def foot_axes(figure: Figure, foot: float) -> Axes:
    """Axes 0.3 cm high across the page at the top of the `foot` cm that were kept free."""
    height = figure.get_figheight() / CM
    engine = figure.get_layout_engine()
    assert engine is not None
    bottom = engine.get()["rect"][1]
    ax = figure.add_axes((0.06, bottom - 0.45 / height, 0.88, 0.3 / height))
    ax.set_in_layout(False)
    return ax


def key_columns(keys: Sequence[Artist], letters: int) -> int:
    """The most columns in which the keys fit side by side, filled one column after the other."""
    lengths = [len(str(key.get_label())) + KEY for key in keys]
    for columns in range(len(lengths), 1, -1):
        rows, longer = divmod(len(lengths), columns)
        ends = [place * rows + min(place, longer) for place in range(columns + 1)]
        if sum(max(lengths[i:j]) for i, j in pairwise(ends)) <= letters + GAP:
            return columns
    return 1


def _put_keys(figure: Figure, keys: Sequence[Artist], columns: int, y: float) -> None:
    legend = figure.legend(
        handles=list(keys),
        loc="upper left",
        bbox_to_anchor=(0, y),
        ncols=columns,
        fontsize=SMALL,
        frameon=False,
        handlelength=4.2,
        columnspacing=1.6,
        labelspacing=0.35,
        borderaxespad=0.3,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
    legend.set_in_layout(False)


def pages(results: Sequence[Result]) -> list[list[Result]]:
    """The scenarios of each page: the first, to be compared with, and a fair share of the others.

    No page has more scenarios than there are looks.
    """
    first, others = results[0], results[1:]
    count = max(1, ceil(len(others) / (len(LOOKS) - 1)))
    share = max(1, ceil(len(others) / count))
    return [[first, *others[i * share : (i + 1) * share]] for i in range(count)]


def labels(results: Sequence[Result], paper: Paper = PRINT) -> list[str]:
    """What each result is called: its title, or its folder where titles are the same."""
    times = Counter(one.title for one in results)
    names = [one.title if times[one.title] == 1 else one.folder.name for one in results]
    most = min(LONGEST, paper.letters - KEY)
    return [shorten(name, most, placeholder=" …") for name in names]


def handles(names: Sequence[str], first: int = 0, dashed: bool = True) -> list[Artist]:
    """A key for each scenario, in the order of the looks from `first` on; `dashed` as its line."""
    plain = {} if dashed else {"linestyle": "solid"}
    return [
        Line2D([], [], **{**look(place).line, **plain}, label=name)
        for place, name in enumerate(names, start=first)
    ]


def provenance(results: Sequence[Result]) -> str:
    """How many runs, which seed and which months, as a sentence for a caption."""
    runs = _either(f"{runs:,}" for runs in sorted({one.runs for one in results}))
    seeds = _either(sorted(str(one.manifest["seed"]) for one in results))
    months = _either(str(months) for months in sorted({one.months for one in results}))
    starts = _either(sorted(str(one.manifest["start"]) for one in results))
    each = " each" if len(results) > 1 else ""
    return f"{runs} runs{each}, seed {seeds}, {months} months from {starts}."


def _either(words: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(words))
