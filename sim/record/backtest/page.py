"""The backtest as a page of Markdown and as text: the model beside naive rules, losses and wins."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import get_type_hints

from sim.record.backtest.make import MODELS, UNIFORM, Score
from sim.record.backtest.scores import FEWEST_CASES
from sim.record.patterns.page import folded, number, table_of


def tests_of(rows: Iterable[Score]) -> dict[str, list[Score]]:
    """The scores by test, in their order."""
    tests: dict[str, list[Score]] = {}
    for row in rows:
        tests.setdefault(row.test, []).append(row)
    return tests


def value_words(row: Score) -> str:
    """A value, and the ends of 90 % of the runs or chances for what is expected."""
    if row.cases or row.unit == UNIFORM:
        return number(row.value, 3)
    ends = "" if math.isnan(row.low) else f" [{number(row.low, 0)}, {number(row.high, 0)}]"
    return f"{number(row.value, 1)}{ends}"


def worse_words(row: Score) -> str:
    """How much worse than the model a rule is, with its interval; nothing where it is no rule."""
    if math.isnan(row.worse):
        return ""
    if math.isnan(row.worse_low):
        return f"{row.worse:+.3f}"
    return f"{row.worse:+.3f} [{row.worse_low:+.3f}, {row.worse_high:+.3f}]"


def lower_is_better(row: Score) -> bool:
    """Whether the row is a score by which rules are ranked."""
    return not math.isnan(row.worse) and not row.score.startswith("held")


def losses(rows: Iterable[Score]) -> list[Score]:
    """Scores in which a rule that knows nothing of the model beats it on average."""
    return [
        row for row in rows if lower_is_better(row) and row.worse < 0 and row.rule not in MODELS
    ]


def loss_words(row: Score) -> str:
    """A loss in a sentence."""
    unit = f" {row.unit}" if row.unit else ""
    beaten = f"{row.test}, {row.score}: the rule “{row.rule}” beats the model"
    if math.isnan(row.worse_high):
        cases = "a single case" if row.cases == 1 else f"only {row.cases} cases"
        return f"{beaten} by {-row.worse:.3f}{unit}, in {cases}"
    how = "clearly" if row.worse_high < 0 else "on average, but not clearly"
    return (
        f"{beaten} {how}, by {-row.worse:.3f}{unit} [{-row.worse_high:.3f}, {-row.worse_low:.3f}]"
    )


def grid(rows: Sequence[Score]) -> tuple[list[str], list[list[str]]]:
    """A test as a table: the header, and for each rule its values and the first difference."""
    names = list(dict.fromkeys(row.score for row in rows))
    units = {row.score: row.unit for row in rows}
    header = ["rule", *(f"{name} ({units[name]})" if units[name] else name for name in names)]
    lines = []
    for rule in dict.fromkeys(row.rule for row in rows):
        own = {row.score: row for row in rows if row.rule == rule}
        cells = [value_words(own[name]) if name in own else "" for name in names]
        first = own.get(names[0])
        lines.append([rule, *cells, worse_words(first) if first else ""])
    return [*header, f"{names[0]}, less the model's"], lines


def page(case: str, says: str, rows: Sequence[Score], runs: int, seed: int) -> str:
    """The whole page; `runs` and `seed` are those of the model."""
    lost = losses(rows)
    parts = [
        "# The model against naive rules",
        f"Written by `sim backtest --markdown` from `seeds/{case}/backtest.yaml`; not by hand.",
        folded(f"**{says}**"),
        folded(
            f"{runs:,} runs of the model, seed {seed}. A score is a mean over cases (actors, "
            "values or years); lower is better. An interval should hold the share of cases that it "
            "promises, and the spread of the transform should be 1: below it the forecasts are too "
            "wide, above it too narrow. The last column is the first score less that of the model "
            "in the same cases; below 0 the rule beats the model. In brackets: 90 % of 4,000 "
            f"resamples of the cases, where there are {FEWEST_CASES} or more; or 90 % of the runs "
            "where a number is expected."
        ),
        "## Where the model loses",
        "\n".join(f"- {loss_words(row)}" for row in lost) or "In no score.",
    ]
    for test, own in tests_of(rows).items():
        header, lines = grid(own)
        cases = max(row.cases for row in own)
        parts += [f"## {test[:1].upper()}{test[1:]}", f"{cases} case{'s' if cases > 1 else ''}."]
        parts.append(table_of(header, [f"| {' | '.join(line)} |" for line in lines]))
    parts += [
        "## Columns of the table",
        "`sim backtest --csv` prints a row for each score, `--json` the same with these names.",
        table_of(["column", "unit", "meaning"], _columns()),
    ]
    return "\n\n".join(parts) + "\n"


def lines_of(says: str, rows: Sequence[Score]) -> Iterator[tuple[str, str]]:
    """The backtest as text, a block for each test: how far each line is set in, and the line."""
    for test, own in tests_of(rows).items():
        yield "", test
        header, lines = grid(own)
        for rule, *cells in lines:
            yield "  ", rule
            for name, cell in zip(header[1:], cells, strict=True):
                if cell:
                    yield "    ", f"{name}: {cell}"
        yield "", ""
    yield "", "Where the model loses:"
    yield from (("  ", loss_words(row)) for row in losses(rows))
    yield "", ""
    yield "", says


def _columns() -> list[str]:
    hints = get_type_hints(Score, include_extras=True)
    return [f"| `{name}` | {' | '.join(hint.__metadata__)} |" for name, hint in hints.items()]
