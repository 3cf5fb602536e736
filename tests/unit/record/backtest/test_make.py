"""The backtest of the shipped case, on few runs: what it plays, and the table and page it makes."""

import math
from functools import cache

import pytest

from sim.record.backtest.file import BacktestFile
from sim.record.backtest.make import MODELS, SEEN, Backtest, Score, backtest, plays, scores
from sim.record.backtest.page import losses, page
from sim.record.backtest.scores import FEWEST_CASES
from sim.record.ensemble import Runs, load_file

RUNS = 60


@cache
def played() -> tuple[Backtest, list[Score], int]:
    """A backtest, its scores and the number of runs it said it had done."""
    done = [0]

    def more(runs: int) -> None:
        done[0] += runs

    found = backtest("afghanistan", Runs(RUNS, progress=more))
    return found, list(scores(found)), done[0]


def value(test: str, rule: str, score: str) -> Score:
    """A score by its names."""
    [row] = [row for row in played()[1] if (row.test, row.rule, row.score) == (test, rule, score)]
    return row


def test_it_plays_as_many_runs_as_it_says() -> None:
    file = load_file(BacktestFile, "afghanistan", "backtest.yaml")[1]
    assert played()[2] == plays(file, RUNS)


def test_windows_begin_on_the_rungs_of_the_panel() -> None:
    """Persistence is wrong by the rungs that the record has moved: 10 by 31 actors in 2023."""
    row = value("rungs, 2023", "persistence", "ranked probability score")
    assert row.cases == 31
    assert row.value == pytest.approx(10 / 31, abs=0.01)
    assert value("rungs, 2023", SEEN, "actors that climb").value == 8.0


def test_the_fit_meets_the_year_before() -> None:
    window = next(one for one in played()[0].rungs if one.window.fit)
    assert len(window.shifts) == 2
    assert all(abs(shift) < 1.5 for shift in window.shifts)


def test_every_rule_is_scored_on_the_same_cases() -> None:
    tests: dict[tuple[str, str], set[int]] = {}
    for row in played()[1]:
        if row.cases:
            tests.setdefault((row.test, row.score), set()).add(row.cases)
    assert tests
    assert all(len(cases) == 1 for cases in tests.values())


def test_differences_are_held_against_the_model() -> None:
    for row in played()[1]:
        if not math.isnan(row.worse):
            first = next(each for each in played()[1] if each.test == row.test)
            own = value(row.test, first.rule, row.score)
            assert row.worse == pytest.approx(row.value - own.value)
            if row.cases >= FEWEST_CASES:
                assert row.worse_low - 1e-9 <= row.worse <= row.worse_high + 1e-9


def test_the_page_has_every_loss_and_every_rule() -> None:
    found, rows, _ = played()
    text = page("afghanistan", found.file.says, rows, RUNS, 1)
    lost = losses(rows)
    assert lost
    assert text.count("” beats the model") == len(lost)
    assert not {row.rule for row in lost} & set(MODELS)
    for row in rows:
        assert row.rule in text
