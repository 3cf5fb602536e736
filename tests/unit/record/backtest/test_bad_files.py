"""A backtest of broken files ends in clear lines before anything is run."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.engine.ensemble import Chunk
from sim.io.errors import BadFile
from sim.io.places import shipped
from sim.record import ensemble
from sim.record.backtest.amounts import AmountFile, tried_panels
from sim.record.backtest.make import backtest
from sim.record.ensemble import Runs, load_file
from sim.record.hindcast import HindcastFile

FILE, PANEL = "backtest.yaml", "record/afg_rung_panel.csv"


def never(*args: Any, **more: Any) -> Iterator[Chunk]:
    raise AssertionError("something was run")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the case has, in place of it."""
    monkeypatch.setattr(ensemble, "shipped", lambda name: tmp_path)
    return Path(shutil.copytree(shipped("seeds") / "afghanistan", tmp_path / "afghanistan"))


def faults(path: Path, old: str, new: str) -> list[str]:
    """What is said once some text of a file has another in its place."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        backtest("afghanistan", Runs(2, using=never))
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (FILE, "rung: rung", "rung: rang", "1:1: no column 'rang', did you mean rung?"),
        (FILE, 'first: "2021-12-31"', 'first: "2021-12-30"', "no window from 2021-12-31 to"),
        (FILE, 'last: "2022-12-31"', 'last: "2020-12-31"', "are not 1 to"),
        (FILE, 'last: "2022-12-31"', 'last: "2099-12-31"', "are not 1 to"),
        (FILE, 'last: "2023-12-31"', 'last: "2023-11-30"', "no rung on 2023-11-30 for"),
        (FILE, "counts: [kosovo", "counts: [kosov", "counts: no fit 'kosov' in patterns.yaml"),
        (FILE, "who: [{kind: state}, {kind: bloc}]", "who: []", "rungs.who: "),
        (FILE, 'takeover: "2021-08"', 'takeover: "2022-01"', "takeover 2022-01 lies within"),
        (FILE, "table: afg_", "table: [", "afghanistan/backtest.yaml:"),
        (PANEL, "CHN,China,state,East_Asia,1,0,0,2022-12-31,5", "CHN,,,,,,,2022-12-31,", "for CHN"),
        (PANEL, "2022-12-31,5,", "2022-12-31,five,", ":3:9: rung: 'five' is not a rung, 0 to 7"),
        (PANEL, "2022-12-31,5,", "2022-12-31,8,", "'8' is not a rung, 0 to 7"),
        (PANEL, "2021-12-31,4,", ",4,", "date: '' is not a year, month or day"),
    ],
)
def test_each_fault_is_told_in_a_line(
    folder: Path, name: str, old: str, new: str, message: str
) -> None:
    lines = faults(folder / name, old, new)
    assert any(message in line for line in lines), lines


def test_a_panel_that_is_not_there_gets_the_nearest_one() -> None:
    hindcast = load_file(HindcastFile, "afghanistan", "hindcast.yaml")[1]
    with pytest.raises(BadFile, match=r"no panel 'Relief pleged' .*did you mean Relief pledged"):
        tried_panels(AmountFile(panels=["Relief pleged"]), hindcast)


def test_an_amount_that_has_no_logarithm_is_told(folder: Path) -> None:
    text = (folder / FILE).read_text(encoding="utf-8")
    (folder / FILE).write_text(text[: text.index("rungs:")] + text[text.index("amounts:") :])
    table = folder / "record" / "afg_humanitarian.csv"
    lines = faults(table, "2022,24.4,", "2022,0,")
    assert lines == [
        "hindcast.yaml: People in need: 0 has no logarithm; an amount that is tried lies above 0"
    ]
