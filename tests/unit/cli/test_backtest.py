"""`sim backtest`."""

import csv
import io
import json

from tests.unit.cli.conftest import Sim


def test_all_forms_say_the_same(sim: Sim) -> None:
    lines = list(csv.DictReader(io.StringIO(sim("backtest", "--runs", 20, "--csv").out)))
    found = json.loads(sim("backtest", "--runs", 20, "--json").out)
    assert [row["score"] for row in lines] == [row["score"] for row in found["scores"]]
    text = sim("backtest", "--runs", 20).out
    assert "Where the model loses:" in text
    assert max(map(len, text.splitlines())) <= 80
    assert sim("backtest", "--runs", 20, "--markdown").out.startswith("# The model against naive")


def test_a_case_without_a_backtest_says_so(sim: Sim) -> None:
    assert sim("case", "new", "mine").status == 0
    ended = sim("backtest", "--case", "mine")
    assert (ended.status, ended.faults) == (66, ["mine/backtest.yaml: no such file"])
