"""Reading a finished result: what it holds, and what is refused."""

import gzip
import json
import math
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.io.errors import Damaged, MissingFile
from sim.runs.make import Order, make_result
from sim.scenario.load import load_scenario
from sim.store.manifest import MANIFEST, digest
from sim.store.read import Result, is_result, read_result
from tests.states import afghanistan
from tests.unit.conftest import MONTHS, RUNS

PARTS = {
    "summary.csv": "series",
    "actors.csv": "actors",
    "codebook.csv": "units",
    "fingerprints.u32": "fingerprints",
    "runs.csv.gz": "outcomes",
}
"""Each file, and the part of a result that is read from it."""


@pytest.fixture
def copied(made: dict[str, Path], tmp_path: Path) -> Path:
    """A result that a test may change."""
    return Path(shutil.copytree(made["baseline"], tmp_path / made["baseline"].name))


@pytest.fixture(scope="module")
def result(made: dict[str, Path]) -> Result:
    return read_result(made["baseline"])


def test_a_result_knows_its_scenario(result: Result) -> None:
    assert (result.name, result.title) == ("baseline", "Baseline")
    assert (result.runs, result.months) == (RUNS, MONTHS)


def test_it_knows_when_interventions_begin_that_wait_for_nothing(tmp_path: Path) -> None:
    edu = "{issue: EDU, at_least: 1}"
    own = tmp_path / "own.yaml"
    own.write_text(
        "title: T\ncase: afghanistan\nmonths: 5\ninterventions:\n"
        "  - {month: 4, verb: pitch}\n  - {month: 2, verb: pitch}\n  - {month: 4, verb: pitch}\n"
        f"  - {{month: 3, when: {edu}, verb: pitch}}\n"
        f"  - {{month: 3, while: {edu}, verb: pitch}}\n  - {{month: 5, verb: pitch}}\n"
    )
    loaded = load_scenario(str(own))
    assert read_result(make_result(loaded, Order(1), tmp_path)[0]).begun == (2, 4, 5)
    shorter = make_result(loaded, Order(1, months=3), tmp_path)[0]
    assert read_result(shorter).begun == (2,)


def test_a_series_has_months_dates_means_and_quantiles(result: Result) -> None:
    gdp = result.series[("gdp", "")]
    assert gdp.months.tolist() == list(range(MONTHS + 1))
    assert (gdp.dates[0], gdp.dates[1], gdp.dates[-1]) == ("2024-01", "2024-02", "2025-03")
    assert (gdp.unit, gdp.mean[0]) == ("index", 77.1)
    spread = [gdp.quantiles[name][-1] for name in ("q05", "q25", "q50", "q75", "q95")]
    assert spread == sorted(spread)
    assert result.series[("trade", "")].months[0] == 1
    assert result.series[("rung", "RUS")].mean[0] == 5.0


def test_outcomes_have_a_value_for_each_run(result: Result) -> None:
    outcomes = result.outcomes
    assert list(outcomes)[:2] == ["people_in_need", "people_counted"]
    assert {len(values) for values in outcomes.values()} == {RUNS}
    assert outcomes["gdp"].mean() == pytest.approx(result.series[("gdp", "")].mean[-1], rel=1e-9)
    assert outcomes["trade"].mean() == pytest.approx(result.series[("trade", "")].mean.sum())


def test_what_is_blank_is_unknown(result: Result) -> None:
    firsts, ever = result.outcomes["first_recognition"], result.outcomes["recognitions_ever"]
    assert (np.isnan(firsts) == (ever == 0)).all()
    assert np.isnan(firsts).any()


def test_outcomes_have_units(result: Result) -> None:
    assert result.units["gdp"][0] == "index"
    assert set(result.units) == set(result.outcomes)


def test_actors_have_rows(result: Result) -> None:
    assert len(result.actors) == len(afghanistan().actors) * (4 + 1 + 7)
    [row] = [row for row in result.actors if (row.actor, row.quantity) == ("RUS", "reached_5")]
    assert (row.name, row.group, row.unit, row.mean) == ("Russia", "East", "probability", 1.0)


def test_fingerprints_stand_by_run_and_month(result: Result) -> None:
    found = result.fingerprints
    assert found.shape == (RUNS, MONTHS + 1)
    assert len(np.unique(found[:, 0])) == 1
    assert len(np.unique(found[:, -1])) == RUNS


def test_a_folder_without_manifest_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="no finished result there"):
        read_result(tmp_path)
    with pytest.raises(MissingFile, match="no finished result there"):
        read_result(tmp_path / "gone")


def test_a_folder_that_is_still_being_written_is_no_result(copied: Path) -> None:
    partial = copied.rename(copied.parent / f".partial-{copied.name}-abc")
    assert (partial / MANIFEST).is_file()
    assert not is_result(partial)
    with pytest.raises(MissingFile, match="no finished result there"):
        read_result(partial)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"scenario": "x"}', "5", "\0"])
def test_a_manifest_that_is_none_is_damaged(copied: Path, text: str) -> None:
    (copied / MANIFEST).write_text(text)
    with pytest.raises(Damaged, match=r"manifest\.json: not a manifest of a result \("):
        read_result(copied)


def test_a_copied_or_renamed_result_still_reads(copied: Path) -> None:
    moved = copied.rename(copied.with_name("what I sent"))
    assert len(read_result(moved).outcomes["gdp"]) == RUNS


def edited(folder: Path, **other: object) -> None:
    """Edit the manifest of a result; None takes a key away."""
    manifest = json.loads((folder / MANIFEST).read_text()) | other
    kept = {key: value for key, value in manifest.items() if value is not None}
    (folder / MANIFEST).write_text(json.dumps(kept))


@pytest.mark.parametrize("other", [{"title": "Other"}, {"runs": RUNS - 1}, {"seed": 2}], ids=str)
def test_a_manifest_that_was_edited_is_damaged(copied: Path, other: dict[str, object]) -> None:
    edited(copied, **other)
    with pytest.raises(Damaged, match=r"manifest\.json: changed since it was written; to have"):
        read_result(copied)


def test_a_key_that_no_text_can_hold_is_no_fault_of_the_program(copied: Path) -> None:
    edited(copied, more="\ud800")
    with pytest.raises(Damaged, match=r"manifest\.json: not a manifest of a result"):
        read_result(copied)


def test_with_what_it_was_made_is_no_part_of_its_identity(copied: Path) -> None:
    edited(copied, versions={"numpy": "0.1"})
    assert read_result(copied).runs == RUNS


def test_a_result_of_the_first_layout_still_reads(copied: Path) -> None:
    edited(copied, format=1, identity=None, versions=None)
    assert len(read_result(copied).outcomes["gdp"]) == RUNS


def refuse(folder: Path, part: str) -> str:
    """The message with which a part of a damaged result is refused."""
    result = read_result(folder)
    with pytest.raises(Damaged) as caught:
        getattr(result, part)
    return str(caught.value)


def replaced(path: Path, old: bytes, new: bytes) -> None:
    """Edit a file, packed or not."""
    packed = path.suffix == ".gz"
    raw = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    assert old in raw
    edited = raw.replace(old, new, 1)
    path.write_bytes(gzip.compress(edited) if packed else edited)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("summary.csv", b"gdp,index,,0,2024-01,77.1", b"gdp,index,,0,2024-01,78"),
        ("actors.csv", b"Russia", b"Russja"),
        ("codebook.csv", b"index", b"indices"),
        ("runs.csv.gz", b"\n3,", b"\n3,1"),
    ],
)
def test_an_edited_file_is_damaged(copied: Path, file: str, old: bytes, new: bytes) -> None:
    replaced(copied / file, old, new)
    message = refuse(copied, PARTS[file])
    assert message.startswith(f"{copied / file}: changed since it was written")


def test_one_bit_of_the_fingerprints_is_seen(copied: Path) -> None:
    path = copied / "fingerprints.u32"
    raw = bytearray(path.read_bytes())
    raw[100] ^= 1
    path.write_bytes(bytes(raw))
    assert "changed since it was written" in refuse(copied, "fingerprints")


@pytest.mark.parametrize("file", PARTS)
def test_a_missing_file_is_damage(copied: Path, file: str) -> None:
    (copied / file).unlink()
    assert refuse(copied, PARTS[file]).startswith(f"{copied / file}: missing or cannot be read")


@pytest.mark.parametrize("file", PARTS)
def test_an_empty_file_is_damage(copied: Path, file: str) -> None:
    (copied / file).write_bytes(b"")
    assert refuse(copied, PARTS[file]).startswith(f"{copied / file}: ")


@pytest.fixture
def paneled(tmp_path: Path) -> Path:
    """A result with its panel, which a test may change."""
    order = Order(runs=3, months=2, panel=True)
    return make_result(load_scenario("baseline"), order, tmp_path)[0]


def test_a_panel_is_read_by_run_month_and_actor(paneled: Path) -> None:
    result = read_result(paneled)
    assert result.panel["trade"].shape == (3, 3, len(afghanistan().actors))
    assert result.panel["rung"][0, 0, result.panel["actor"].tolist().index("RUS")] == 5


def test_a_panel_is_a_long_table_too(paneled: Path) -> None:
    result = read_result(paneled)
    table = result.panel_table()
    assert list(table.index.names) == ["run", "month", "actor"]
    assert len(table) == result.panel["rung"].size
    place = result.panel["actor"].tolist().index("DEU")
    by_hand = result.panel["trade"][:, :, place]
    assert (table.xs("DEU", level="actor")["trade"].unstack().to_numpy() == by_hand).all()


def test_a_result_without_a_panel_says_how_to_get_one(result: Result) -> None:
    with pytest.raises(MissingFile, match=r"panel\.npz: not there; run the scenario with --panel"):
        _ = result.panel


def test_another_panel_is_damage(paneled: Path) -> None:
    arrays = dict(read_result(paneled).panel)
    arrays["trade"][1, 1, 1] += 1.0
    np.savez_compressed(paneled / "panel.npz", **arrays)
    assert refuse(paneled, "panel").endswith("move the folder away and run the scenario anew")
    assert "changed since" in refuse(paneled, "panel")


def test_a_panel_may_be_packed_anew(paneled: Path) -> None:
    """The hash is that of the arrays, so another compression is the same result."""
    arrays = read_result(paneled).panel
    np.savez(paneled / "panel.npz", **arrays)
    assert (read_result(paneled).panel["trade"] == arrays["trade"]).all()


@pytest.mark.parametrize("raw", [b"", b"PK", b"no archive at all"])
def test_a_panel_that_is_no_archive_is_damage(paneled: Path, raw: bytes) -> None:
    (paneled / "panel.npz").write_bytes(raw)
    assert refuse(paneled, "panel").startswith(f"{paneled}/panel.npz: missing or cannot be read")


def test_a_wrong_byte_in_a_panel_is_damage(paneled: Path) -> None:
    path = paneled / "panel.npz"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    path.write_bytes(bytes(raw))
    assert refuse(paneled, "panel").startswith(f"{path}: ")


def test_a_missing_panel_is_damage(paneled: Path) -> None:
    (paneled / "panel.npz").unlink()
    assert "missing or cannot be read" in refuse(paneled, "panel")


@pytest.mark.parametrize("kept", [20, 2_000])
def test_a_packed_file_that_was_cut_is_damage(copied: Path, kept: int) -> None:
    path = copied / "runs.csv.gz"
    path.write_bytes(path.read_bytes()[:kept])
    assert refuse(copied, "outcomes").startswith(f"{path}: missing or cannot be read")


def test_a_packed_file_may_be_packed_anew(copied: Path) -> None:
    """The hash is that of the text, so another compression is the same result."""
    path = copied / "runs.csv.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()), compresslevel=1))
    assert len(read_result(copied).outcomes["gdp"]) == RUNS


def test_a_part_is_read_only_when_asked_for(copied: Path) -> None:
    (copied / "summary.csv").unlink()
    assert len(read_result(copied).outcomes["gdp"]) == RUNS


def written(folder: Path, text: str, **manifest: Any) -> Result:
    """A result with these outcomes."""
    facts = {"scenario": "x", "title": "X", "case": "c", "start": "2024-02", "months": 1}
    whole = {**facts, "seed": 1, **manifest}
    folder.mkdir()
    (folder / "runs.csv.gz").write_bytes(gzip.compress(text.encode()))
    whole["files"] = {"runs.csv.gz": digest(text.encode())}
    (folder / MANIFEST).write_text(json.dumps(whole))
    return read_result(folder)


def test_outcomes_are_read_as_they_were_written(tmp_path: Path) -> None:
    text = "run,x,first_recognition,rung_end:RUS\n0,1.5,,7\n1,-2e-05,12,0\n"
    outcomes = written(tmp_path / "x", text, runs=2).outcomes
    assert outcomes["x"].tolist() == [1.5, -2e-05]
    assert math.isnan(outcomes["first_recognition"][0])
    assert outcomes["first_recognition"][1] == 12.0
    assert outcomes["rung_end:RUS"].tolist() == [7, 0]
    assert outcomes["rung_end:RUS"].dtype == np.int8


def test_more_runs_than_are_read_at_once_come_in_order(tmp_path: Path) -> None:
    text = "run,x\n" + "".join(f"{run},{run / 4}\n" for run in range(4_321))
    outcomes = written(tmp_path / "x", text, runs=4_321).outcomes
    assert (outcomes["x"] == np.arange(4_321) / 4).all()


def test_fewer_runs_than_the_manifest_says_are_damage(tmp_path: Path) -> None:
    result = written(tmp_path / "x", "run,x\n0,1\n", runs=2)
    with pytest.raises(Damaged):
        _ = result.outcomes


def test_a_run_too_many_is_damage_whatever_is_read_at_once(tmp_path: Path) -> None:
    text = "run,x\n" + "0,1\n" * 2_000
    result = written(tmp_path / "x", text, runs=2_000)
    (result.folder / "runs.csv.gz").write_bytes(gzip.compress(f"{text}0,1\n".encode()))
    with pytest.raises(Damaged):
        _ = result.outcomes


def test_a_packed_file_that_cannot_be_unpacked_is_damage(copied: Path) -> None:
    path = copied / "runs.csv.gz"
    path.write_bytes(path.read_bytes()[:10] + b"\xff" * 50)
    assert refuse(copied, "outcomes").startswith(f"{path}: ")


def test_more_runs_than_the_manifest_says_are_damage(copied: Path) -> None:
    path = copied / "runs.csv.gz"
    text = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(text + text.splitlines(keepends=True)[-1]))
    assert refuse(copied, "outcomes").startswith(f"{path}: ")


@pytest.mark.parametrize("at", [0.3, 0.6])
def test_a_packed_file_with_a_wrong_byte_is_damage(copied: Path, at: float) -> None:
    path = copied / "runs.csv.gz"
    raw = bytearray(path.read_bytes())
    raw[int(at * len(raw))] ^= 0xFF
    path.write_bytes(bytes(raw))
    assert refuse(copied, "outcomes").startswith(f"{path}: ")
