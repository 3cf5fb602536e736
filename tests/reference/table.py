"""Renew `docs/scenarios.md`: python -m tests.reference.table. It takes a few minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np
import yaml

from sim.scenario.limits import DEFAULT_SEED
from sim.scenario.load import load_scenario
from sim.store.manifest import digest
from tests.reference.cells import between, kind, label, places_for, places_of, printed, signed
from tests.reference.figures import ENTRIES, FILE, Entry, Figure
from tests.reference.measure import (
    REFERENCE_RUNS,
    REFERENCE_SEED,
    STANDARD_ERRORS,
    Reals,
    estimate,
    is_met,
    played,
    spread,
    values_of,
)
from tests.reference.refresh import REFERENCE

PAGE = Path(__file__).parents[2] / "docs" / "scenarios.md"
READINGS = Path(__file__).parent / "readings.yaml"

SHOWN = (
    "mean_rung:West",
    "mean_rung:East",
    "states_at_6",
    "recognitions_ever",
    "relief_pledged",
    "development",
    "assets_paid",
    "gdp",
    "people_in_need",
    "eased:EDU",
    "reached:EDU:2",
    "level:EMP",
    "level:CT",
    "issue_levels",
)
"""Outcomes shown for every scenario, so that rights always stand beside money."""

NORMAL_90 = 1.6448536269514722
"""Standard errors on either side of a mean that hold 90 % of a normal distribution."""

BEYOND, CHANGED = "†", "≠"

HEAD = """\
<!-- Made by `python -m tests.reference.table` from {digest}. Edit the files beside that script. -->

# The named scenarios beside their kept figures

The model document names twenty-two scenarios, some with variants. Here they are played:
{runs:,} runs of 60 months each, under common random numbers. Figures are kept from this program
when the model changes on purpose (CHANGELOG.md), so that a later version can be held against them;
those that the document first had are of the model before governments had lines and budgets swung.
Nothing here is a forecast. Each line says what one change does within the model; what a scenario
cannot say stands above its table.

- *here*: the figure from runs with seed {seed}, that of `sim run`; in brackets its 90 % interval
  from Monte-Carlo error alone. A difference is paired, run by run, with the scenario named.
- *90 % of runs*: from the 5 % to the 95 % quantile over runs.
- *kept*: the figure kept, rounded. {beyond} where it lies beyond rounding and {errors:g} standard
  errors of both ({count} figures are compared, so chance alone may bring one beyond three).
- *same draws*: the figure from runs with seed {theirs}, as those kept are. {changed} where one does
  not come out to the last digit.

Of {count} figures {marked} lie beyond Monte-Carlo error, and {changes} differ in a printed digit
when the draws are the same.
"""


@dataclass(frozen=True)
class Line:
    """A line of a scenario's table: the figure, its cells, and whether the kept figure differs."""

    figure: Figure
    cells: tuple[str, ...]
    beyond: bool = False
    changed: bool = False


def sources() -> str:
    """A digest of what the page is made from: figures, readings, and results of the model."""
    files = [FILE, READINGS, *sorted(REFERENCE.glob("*.csv"))]
    return digest(b"".join(file.read_bytes() for file in files))[:16]


def runs_of(entry: Entry, figure: Figure, seed: int) -> Reals:
    """By run, that of which the figure is the mean, with one seed."""
    own, partner = (played(name, REFERENCE_RUNS, seed) for name in (entry.name, entry.against))
    return values_of(own, partner, figure)


def over_runs(values: Reals, figure: Figure) -> str:
    """Between what 90 % of runs lie; blank where a run has no number of its own."""
    if figure.of not in ("mean", "difference") or figure.outcome.startswith(("eased", "reached")):
        return ""
    low, high = np.quantile(values, (0.05, 0.95))
    return " … ".join(between(float(low), float(high), figure, more=1))


def here(values: Reals, figure: Figure) -> str:
    """The figure as measured, with its 90 % interval."""
    low, high = spread(values, figure, NORMAL_90 / len(values) ** 0.5)
    middle = signed(estimate(values, figure), places_for(low, high), figure)
    return f"{middle} [{', '.join(between(low, high, figure))}]"


def line(entry: Entry, figure: Figure) -> Line:
    """The line of one figure; where nothing is kept, `half` is nought."""
    ours = runs_of(entry, figure, DEFAULT_SEED)
    cells = (label(figure), kind(figure), here(ours, figure), over_runs(ours, figure))
    if not figure.half:
        return Line(figure, (*cells, "", ""))
    theirs = runs_of(entry, figure, REFERENCE_SEED)
    beyond = not is_met(ours, figure, same_draws=False)
    changed = not is_met(theirs, figure, same_draws=True)
    again = signed(estimate(theirs, figure), places_of(figure) + (figure.half < 1), figure)
    kept = printed(figure) + beyond * f" {BEYOND}"
    return Line(figure, (*cells, kept, again + changed * f" {CHANGED}"), beyond, changed)


def shown(entry: Entry) -> list[Figure]:
    """What is shown of a scenario: the outcomes shown of all, then the other figures kept."""
    of = "mean" if entry.against == entry.name else "difference"
    first = []
    for outcome in SHOWN:
        found = [each for each in entry.figures if each.is_plain(outcome, of)]
        first.append(found[0] if found else Figure(outcome, of))
    return [*first, *(figure for figure in entry.figures if figure not in first)]


def folded(text: str) -> str:
    """Text in lines of a page."""
    return fill(" ".join(text.split()), 98, break_long_words=False, break_on_hyphens=False)


def section(entry: Entry, lines: list[Line], readings: dict[str, Any]) -> Iterator[str]:
    """What the page says of one scenario; raises KeyError for a mark that nobody explained."""
    scenario = load_scenario(entry.name).scenario
    yield f"## {entry.number} {scenario.title}\n"
    partner = "alone" if entry.against == entry.name else f"against `{entry.against}`"
    yield f"`{entry.name}`, {partner}. {scenario.question}\n"
    yield f"{scenario.description}\n"
    yield f"*Cannot say:* {scenario.cannot_say}\n"
    if entry.name in readings["readings"]:
        yield f"*Reading:* {readings['readings'][entry.name]}\n"
    for each in lines:
        if each.beyond or each.changed:
            why = readings["beyond"][entry.name][each.figure.outcome]
            yield f"*{label(each.figure)}, {kind(each.figure)}:* {why}\n"
    yield table(lines)


def table(lines: list[Line]) -> str:
    """The lines as a table."""
    header = ("quantity", "of", "here", "90 % of runs", "kept", "same draws")
    rows = [header, ("---",) * len(header), *(each.cells for each in lines)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def page() -> str:
    """The whole page."""
    readings = yaml.safe_load(READINGS.read_text(encoding="utf-8"))
    lines = {entry: [line(entry, each) for each in shown(entry)] for entry in ENTRIES.values()}
    every = [each for some in lines.values() for each in some]
    head = HEAD.format(
        digest=sources(),
        runs=REFERENCE_RUNS,
        seed=DEFAULT_SEED,
        theirs=REFERENCE_SEED,
        beyond=BEYOND,
        changed=CHANGED,
        errors=STANDARD_ERRORS,
        count=sum(each.figure.half > 0 for each in every),
        marked=sum(each.beyond for each in every),
        changes=sum(each.changed for each in every),
    )
    parts = [head]
    for entry, some in lines.items():
        parts += section(entry, some, readings)
    return "\n".join(
        part if part.startswith(("|", "<", "#")) else f"{folded(part)}\n" for part in parts
    )


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
