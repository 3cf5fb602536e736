"""What the codebook says of the columns of a result."""

import csv
import io
from pathlib import Path

import pytest

from sim.measures.catalog import MEASURES, outcomes_of
from sim.measures.codebook import CODEBOOK_HEADER, codebook_rows, described
from sim.measures.members import members_of
from sim.model.metrics import ActorMonth
from sim.model.schema import columns
from sim.store.panel import panel_rows
from sim.store.read import read_result
from sim.store.tables import as_csv
from tests.states import afghanistan


def test_the_codebook_explains_every_column() -> None:
    rows = list(codebook_rows(afghanistan(), {"mine": "x is at least 3"}))
    runs = [row[1] for row in rows if row[0] == "runs.csv.gz"]
    assert runs == outcomes_of(members_of(afghanistan(), ["mine"]))
    series = [row[1] for row in rows if row[0] == "summary.csv"]
    assert series == [name for name, each in MEASURES.items() if each.by_month]
    quantities = {row[1] for row in rows if row[0] == "actors.csv"}
    assert quantities >= {"trade", "attended", "rung_end", "reached_7"}
    assert all(row[2] and row[3] for row in rows)
    assert all(row[4] for row in rows if row[0] == "runs.csv.gz")


@pytest.mark.parametrize(
    ("name", "unit", "meaning", "title"),
    [
        ("gdp", "index", "{}; at the end", "Gross domestic product"),
        ("rung_end:RUS", "rung", "rung of Russia; at the end", "Rung end: Russia"),
        ("mean_rung:East", "rungs", "mean rung of group East; at the end", "Mean rung: East"),
        ("bloc_rung:IN", "rungs", "mean rung of bloc IN (India); at the end", "Bloc rung: India"),
        (
            "trade_share:IN",
            "share",
            "share of all trade with bloc IN (India); of the whole run",
            "Trade share: India",
        ),
        (
            "pool_paid:fund",
            "US$ m",
            "paid since the start from pool fund ({fund}); at the end",
            "Pool paid: {fund}",
        ),
        (
            "project_falls:oil",
            "count",
            "falls by a stage of project oil ({oil}); over the run",
            "Project falls: {oil}",
        ),
        (
            "eased:EDU",
            "flag",
            "1 where the level of issue EDU ({EDU}) rose in any month, from whichever level",
            "{EDU}: ever eased by a level or more",
        ),
        ("condition_met:mine", "month", "first month in which x; blank where never", "x"),
    ],
)
def test_an_outcome_names_its_subject(name: str, unit: str, meaning: str, title: str) -> None:
    case = afghanistan()
    words = {
        "fund": case.pools["fund"].title,
        "oil": case.projects["oil"].title,
        "EDU": case.issues["EDU"].title,
    }
    said = meaning.format(MEASURES["gdp"].meaning, **words), title.format(**words)
    assert described(case, {"mine": "x"})[name] == (unit, *said)


def test_no_outcome_of_a_result_is_unexplained(made: dict[str, Path]) -> None:
    result = read_result(made["baseline"])
    assert set(result.units) == set(result.titles) == set(result.outcomes)
    assert {metric for metric, _ in result.series} <= set(MEASURES)


def test_a_panel_is_explained_where_there_is_one() -> None:
    """Which array, its unit, how it is kept and in which order its indices stand."""
    panel = list(panel_rows())
    assert [row[0] for row in panel] == ["panel.npz"] * (len(columns(ActorMonth)) + 2)
    rows = {row[1]: row[2:] for row in panel}
    assert rows["trade"] == (
        "US$ m",
        "trade; in the month; array [run, month, actor], float of 64 bits, lowest byte first",
        "",
    )
    assert rows["rung"][1].endswith("array [run, month, actor], whole number in a byte")


def test_a_codebook_is_a_table() -> None:
    text = as_csv(CODEBOOK_HEADER, [*codebook_rows(afghanistan(), {}), *panel_rows()])
    assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1
