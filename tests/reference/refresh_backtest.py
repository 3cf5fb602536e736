"""Renew `results/reference/backtest.csv` and `docs/backtest.md`: takes a minute.

python -m tests.reference.refresh_backtest. Say why in CHANGELOG.md. The page is written from the
table, so a quick test can hold the one against the other.
"""

import csv
import io
from pathlib import Path
from typing import get_type_hints

from sim.analysis.save import table
from sim.record.backtest.file import BacktestFile
from sim.record.backtest.make import Score, backtest, scores
from sim.record.backtest.page import page
from sim.record.ensemble import Runs, load_file

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "results" / "reference" / "backtest.csv"
PAGE = ROOT / "docs" / "backtest.md"
CASE = "afghanistan"


def scores_in(text: str) -> list[Score]:
    """The scores of a table; NaN for a blank number."""
    kinds = get_type_hints(Score)
    return [
        Score(
            **{
                name: kinds[name](cell or "nan" if kinds[name] is float else cell)
                for name, cell in row.items()
            }
        )
        for row in csv.DictReader(io.StringIO(text))
    ]


def page_of(text: str) -> str:
    """The page that belongs to a table."""
    file = load_file(BacktestFile, CASE, "backtest.yaml")[1]
    how = Runs()
    return page(CASE, file.says, scores_in(text), how.runs, how.seed)


def main() -> None:
    """Write the table and the page."""
    text = table(Score, list(scores(backtest(CASE, Runs()))))
    TABLE.write_text(text, encoding="utf-8")
    PAGE.write_text(page_of(text), encoding="utf-8")


if __name__ == "__main__":
    main()
