"""What the codebook says of the columns of a result."""

import csv
import io
from pathlib import Path

import pytest

from sim.model.metrics import ActorMonth, Metrics
from sim.model.schema import columns
from sim.results.codebook import CODEBOOK_HEADER, codebook_rows, outcome_row
from sim.results.outcomes import described
from sim.results.series import READ_OFF
from sim.store.panel import panel_rows
from sim.store.read import read_result
from sim.store.tables import as_csv
from tests.states import afghanistan


def test_the_codebook_explains_every_column() -> None:
    names = [*described(), "mean_rung:East", "rung_end:RUS", "rung_highest:RUS"]
    rows = list(codebook_rows(afghanistan(), names, {}))
    runs = {row[1]: row[2:] for row in rows if row[0] == "runs.csv.gz"}
    assert set(runs) == set(names)
    series = {row[1] for row in rows if row[0] == "summary.csv"}
    assert series == {*columns(Metrics), *READ_OFF, "rung"}
    quantities = {row[1] for row in rows if row[0] == "actors.csv"}
    assert quantities >= {"trade", "attended", "rung_end", "reached_7"}
    assert all(row[2] and row[3] for row in rows)


@pytest.mark.parametrize(
    ("name", "unit", "meaning"),
    [
        ("rung_highest:RUS", "rung", "rung of Russia; highest in the run"),
        ("mean_rung:East", "rungs", "mean rung of group East; at the end"),
        ("bloc_rung:IN", "rungs", "mean rung of bloc IN (India); at the end"),
        ("trade_share:IN", "share", "share of all trade with bloc IN (India); of the whole run"),
        ("pool_paid:fund", "US$ m", "paid since the start from pool fund ({fund}); at the end"),
        ("project_falls:oil", "count", "falls by a stage of project oil ({oil}); over the run"),
        (
            "project_investment:oil",
            "US$ m",
            "investment in project oil ({oil}); total over the run",
        ),
    ],
)
def test_an_outcome_with_a_subject_names_it(name: str, unit: str, meaning: str) -> None:
    case = afghanistan()
    words = {"fund": case.pools["fund"].title, "oil": case.projects["oil"].title}
    assert outcome_row(case, name) == ("runs.csv.gz", name, unit, meaning.format(**words))


def test_no_outcome_of_a_result_is_unexplained(made: dict[str, Path]) -> None:
    result = read_result(made["baseline"])
    assert set(result.units) == set(result.outcomes)
    assert {metric for metric, _ in result.series} <= {*columns(Metrics), *READ_OFF, "rung"}


def test_a_panel_is_explained_where_there_is_one() -> None:
    """Which array, its unit, how it is kept and in which order its indices stand."""
    rows = {row[1]: row[2:] for row in panel_rows()}
    assert [row[0] for row in panel_rows()] == ["panel.npz"] * (len(columns(ActorMonth)) + 2)
    assert rows["trade"] == (
        "US$ m",
        "trade; in the month; array [run, month, actor], float of 64 bits, lowest byte first",
    )
    assert rows["rung"][1].endswith("array [run, month, actor], whole number in a byte")


def test_a_codebook_is_a_table() -> None:
    text = as_csv(CODEBOOK_HEADER, codebook_rows(afghanistan(), [], {}))
    assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1
