"""`sim patterns`: the model against stylised facts."""

import csv
import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Sim

FEW = ("--runs", 12)


def test_a_pattern_is_shown_with_figure_bounds_evidence_and_verdict(sim: Sim) -> None:
    ended = sim("patterns", "P2", "P18", *FEW)
    assert ended.status == 0
    assert "P2  met     Few recognitions ahead" in ended.out
    for words in (
        "late: baseline from 2024-02, 60 months",
        "should be 0.5 to 2: holds",
        "document 0.66",
        "evidence: One recognition",
        "12 runs of each ensemble, seed 20240201",
        "Calibration, not validation",
        "90 % interval",
    ):
        assert words in " ".join(ended.out.split())
    assert max(len(line) for line in ended.out.splitlines()) <= 80


def test_a_miss_is_information_unless_strict(sim: Sim) -> None:
    plain, strict = (sim("patterns", "P8", *FEW, *more) for more in ((), ("--strict",)))
    assert "P8  partly" in plain.out
    assert "does not hold" in plain.out
    assert (plain.status, strict.status) == (0, 1)
    assert strict.out == plain.out
    assert sim("patterns", "P9", *FEW, "--strict").status == 0


def test_json_and_csv_have_a_line_for_each_test(sim: Sim) -> None:
    found = json.loads(sim("patterns", "P7", "P18", *FEW, "--json").out)
    assert "not validation" in found["caution"]
    assert [(row["pattern"], row["test"]) for row in found["tests"]] == [
        ("P7", 1),
        ("P7", 2),
        ("P7", 3),
        ("P18", 1),
        ("P18", 2),
    ]
    assert found["tests"][3]["error_low"] is None
    rows = list(csv.DictReader(sim("patterns", "P7", "P18", *FEW, "--csv").out.splitlines()))
    assert [row["pattern"] for row in rows] == ["P7"] * 3 + ["P18"] * 2
    for row, each in zip(rows, found["tests"], strict=True):
        assert float(row["figure"]) == pytest.approx(each["figure"])


def test_a_page_of_markdown_is_printed(sim: Sim) -> None:
    ended = sim("patterns", "P18", *FEW, "--markdown")
    assert ended.out.startswith("# The model against stylised facts\n")
    assert "| P18 | Extractive promises under-deliver |" in ended.out


def test_another_seed_gives_other_runs_and_threads_do_not(sim: Sim) -> None:
    one, other, threads = (
        sim("patterns", "P7", *FEW, *more, "--csv").out
        for more in ((), ("--seed", 5), ("--threads", 1))
    )
    assert one == threads
    assert one != other


def test_the_record_is_drawn_over_the_runs(sim: Sim, tmp_path: Path) -> None:
    ended = sim("patterns", "P18", *FEW, "--figure", "hindcast.svg")
    assert ended.status == 0
    assert "hindcast.svg" in ended.err
    text = (tmp_path / "hindcast.svg").read_text(encoding="utf-8")
    assert text.startswith("<?xml")


def test_a_fit_without_runs_is_shown_with_its_losses(sim: Sim) -> None:
    ended = sim("patterns", "P17", *FEW)
    assert ended.status == 0
    assert ended.err == ""
    assert "Fitted 2008–2010" in ended.out


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (("P19",), 66, "P19: no such pattern"),
        (("P18", "--case", "nowhere"), 66, "no such case"),
        (("P18", "--figure", "x.jpg"), 2, "unknown kind of picture"),
        (("P18", "--runs", "0"), 2, "--runs"),
    ],
)
def test_what_is_not_there_is_said(
    sim: Sim, args: tuple[str, ...], status: int, words: str
) -> None:
    ended = sim("patterns", *args)
    assert ended.status == status
    assert words in ended.err
    assert "Traceback" not in ended.err
