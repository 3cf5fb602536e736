"""The tables of a study, held against the runs themselves."""

import csv
import gzip
import hashlib
import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from sim.io.errors import CannotWrite, Damaged, Interrupted, MissingFile
from sim.measures.catalog import is_whole
from sim.runs.gather import gather_study
from sim.runs.sweep import run_study
from sim.runs.task import Piece, run_piece
from sim.store.chunk import Read, Stretch
from sim.store.study import is_study, read_study
from sim.store.tables import number
from sim.study.plan import Planned, open_study
from tests.full_disk import fill
from tests.studies import HEAD, TABLES, chunks, planned, tables, text_of

Rows = list[dict[str, str]]


def rows(folder: Path, name: str) -> Rows:
    """The rows of a table."""
    raw = (folder / name).read_bytes()
    text = gzip.decompress(raw) if name.endswith(".gz") else raw
    return list(csv.DictReader(io.StringIO(text.decode())))


def read(done: Planned, place: int) -> Read:
    """All runs of the point at a place, run anew."""
    point = list(done.points)[place]
    found = run_piece(done.common, Piece(Stretch(point.id, 0, 250), point.scenario, point.change))
    assert isinstance(found, Read)
    return found


def test_every_point_is_a_row_with_its_factors(folder: Path) -> None:
    found = rows(folder, "experiments.csv")
    assert [row["point"] for row in found] == ["1", "2", "3", "4", "5", "6"]
    assert [row["west"] for row in found] == ["isolation", "mediator"] * 3
    assert [float(row["parameters.climb_rate"]) for row in found] == [
        0.03,
        0.03,
        0.14,
        0.14,
        0.25,
        0.25,
    ]
    for row in found:
        assert (row["block"], row["scenario"], row["runs"]) == ("grid", "baseline", "250")
        assert (row["status"], row["done"], row["message"]) == ("done", "250", "")


@pytest.mark.parametrize("place", [0, 3, 5])
def test_outcomes_are_those_of_the_runs(done: Planned, place: int) -> None:
    found = [row for row in rows(done.folder, "outcomes.csv") if row["point"] == str(place + 1)]
    assert [row["outcome"] for row in found] == list(done.common.outcomes)
    for row, values in zip(found, read(done, place).outcomes, strict=True):
        known = values[~np.isnan(values)]
        assert int(row["runs"]) == len(known)
        if len(known) > 1:
            assert row["mean"] == number(float(known.mean()))
            assert row["sd"] == number(float(np.std(known, ddof=1)))
            assert float(row["mc_error"]) == pytest.approx(float(row["sd"]) / len(known) ** 0.5)
            method = "inverted_cdf" if is_whole(row["outcome"]) else "linear"
            assert row["q05"] == number(float(np.quantile(known, 0.05, method=method)))
            assert row["q50"] == number(float(np.quantile(known, 0.5, method=method)))


def test_an_outcome_that_no_run_knows_is_blank(folder: Path) -> None:
    blank = [row for row in rows(folder, "outcomes.csv") if row["runs"] == "0"]
    assert all(row["outcome"] == "first_recognition" for row in blank)
    assert all((row["mean"], row["sd"], row["q50"]) == ("", "", "") for row in blank)


@pytest.mark.parametrize("place", [0, 5])
def test_months_are_those_of_the_runs(done: Planned, place: int) -> None:
    found = [row for row in rows(done.folder, "months.csv.gz") if row["point"] == str(place + 1)]
    assert len(found) == len(done.common.series) * 7
    months = read(done, place).months
    means = np.average(months[:, :, 0], axis=0, weights=[100, 100, 50])
    for row in found:
        key = (row["metric"], row["subject"])
        series, month = done.common.series.index(key), int(row["month"])
        assert float(row["mean"]) == pytest.approx(means[series, month], rel=1e-9)
        if row["least"] == row["greatest"]:
            assert float(row["sd"]) == 0.0
        assert float(row["least"]) <= float(row["mean"]) * (1 + 1e-9) + 1e-9
        assert float(row["greatest"]) >= float(row["mean"]) * (1 - 1e-9) - 1e-9
        assert row["runs"] == "250"
    dates = {row["month"]: row["date"] for row in found}
    assert (dates["0"], dates["6"]) == ("2024-01", "2024-07")


def test_an_outcome_and_a_series_agree_at_the_end(folder: Path) -> None:
    """Total relief is the sum of the means by month."""
    total = {
        row["point"]: row
        for row in rows(folder, "outcomes.csv")
        if row["outcome"] == "relief_pledged"
    }
    for point, row in total.items():
        by_month = [
            float(each["mean"])
            for each in rows(folder, "months.csv.gz")
            if (each["point"], each["metric"]) == (point, "relief_pledged") and each["month"] != "0"
        ]
        assert sum(by_month) == pytest.approx(float(row["mean"]), rel=1e-8)


def test_the_codebook_knows_every_factor_outcome_and_series(folder: Path) -> None:
    known = {(row["file"], row["column"]) for row in rows(folder, "codebook.csv")}
    for row in rows(folder, "outcomes.csv"):
        assert {("outcomes.csv", row["outcome"]), ("differences.csv", row["outcome"])} <= known
    for row in rows(folder, "months.csv.gz"):
        assert ("months.csv.gz", row["metric"]) in known
    assert {("experiments.csv", "west"), ("experiments.csv", "parameters.climb_rate")} <= known


def test_the_manifest_names_chunks_and_the_hash_of_every_table(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["files"]) == set(TABLES)
    for name, digest in manifest["files"].items():
        raw = (folder / name).read_bytes()
        content = gzip.decompress(raw) if name.endswith(".gz") else raw
        assert hashlib.sha256(content).hexdigest() == digest
    sizes = {file.name: file.stat().st_size for file in chunks(folder)}
    assert manifest["chunks"] == sizes


def test_gathering_twice_gives_the_same_bytes(done: Planned) -> None:
    before = tables(done.folder)
    gather_study(done)
    assert tables(done.folder) == before


def test_points_that_are_not_finished_are_rows_without_averages(tmp_path: Path) -> None:
    found = planned(tmp_path)
    kept: list[int] = []
    with pytest.raises(Interrupted):
        run_study(found, workers=1, chunk=100, progress=kept.append, stop=lambda: len(kept) >= 3)
    counts = gather_study(found)
    assert counts.unfinished == counts.points["part"] + counts.points["planned"] > 0
    status = {row["point"]: row["status"] for row in rows(found.folder, "experiments.csv")}
    with_means = {row["point"] for row in rows(found.folder, "outcomes.csv")}
    assert with_means == {point for point, each in status.items() if each == "done"}


def test_nothing_is_averaged_over_a_damaged_chunk(tmp_path: Path) -> None:
    found = planned(tmp_path)
    run_study(found, chunk=300)
    gather_study(found)
    before = tables(found.folder)
    file = chunks(found.folder)[0]
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    with pytest.raises(Damaged, match=f"(?s)1 damaged chunks.*{file.name}.*sim study run"):
        gather_study(found)
    assert tables(found.folder) == before
    assert not file.exists()
    counts = gather_study(found)
    assert counts.unfinished > 0


def test_a_failure_on_the_way_leaves_the_old_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = planned(tmp_path)
    run_study(found)
    gather_study(found)
    before = {path.name: path.read_bytes() for path in found.folder.iterdir() if path.is_file()}
    seen: list[int] = []

    def fail(point: int) -> None:
        seen.append(point)
        if len(seen) == 4:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        gather_study(found, fail)
    after = {path.name: path.read_bytes() for path in found.folder.iterdir() if path.is_file()}
    assert after == before


@pytest.mark.parametrize("name", ["experiments.csv", "months.csv.gz", "manifest.json"])
def test_a_full_disk_leaves_the_tables_that_were_there(
    done: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / "out"
    shutil.copytree(done.folder, folder)
    before = tables(folder)
    fill(monkeypatch, name)
    with pytest.raises(CannotWrite, match=f"{name}: No space left on device$"):
        gather_study(open_study(folder))
    assert tables(folder) == before
    assert not list(folder.glob(".partial-*"))


def test_a_unit_may_hold_a_comma_and_a_percent_sign(tmp_path: Path) -> None:
    found = planned(tmp_path)
    found.study.recording.inventory.months["gdp"] = ("%, of 2020", "size of the economy")
    run_study(found)
    gather_study(found)
    units = {row["unit"] for row in rows(found.folder, "months.csv.gz") if row["metric"] == "gdp"}
    assert units == {"%, of 2020"}


SHARES = """\
outcomes:
  - relief_pledged
  - {outcome: relief_pledged, at_least: 300}
  - {outcome: first_recognition, at_most: 6}
  - {outcome: "mean_rung:*", at_least: 1, at_most: 3}
"""


@pytest.fixture(scope="module")
def shares(tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """A study of two points with shares of runs, timing and a group, run and gathered."""
    head = HEAD.replace(
        HEAD[HEAD.index("outcomes") : HEAD.index("series")],
        SHARES.replace("{", "{{").replace("}", "}}"),
    )
    blocks = """\
blocks:
  b:
    uncertainties:
      - {number: parameters.climb_rate, group: pace}
      - {number: parameters.exit_rate, group: pace}
      - pools.fund.tranche
      - policies.mediator.issue_weights.0
    levers:
      - {name: west, month: {values: [2, 3], sampled: true}, select: {group: West},
         policies: [isolation, mediator], sampled: true}
      - {name: money, month: 2, verb: set_global, param: fatigue, range: [0.01, 0.02]}
      - {name: deal, options: {none: []}}
    design: {method: latin_hypercube, points: 2}
"""
    found = planned(tmp_path_factory.mktemp("shares"), text_of(120, blocks, head))
    run_study(found, workers=1)
    gather_study(found)
    return found


def test_a_share_of_runs_counts_those_that_reach_a_value(shares: Planned) -> None:
    for place, point in enumerate(shares.points):
        piece = Piece(Stretch(point.id, 0, 120), point.scenario, point.change)
        found = run_piece(shares.common, piece)
        assert isinstance(found, Read)
        by_name = dict(zip(shares.common.outcomes, found.outcomes, strict=True))
        told = {
            row["outcome"]: row
            for row in rows(shares.folder, "outcomes.csv")
            if row["point"] == str(place + 1)
        }
        relief, first = by_name["relief_pledged"], by_name["first_recognition"]
        assert float(told["relief_pledged>=300"]["mean"]) == pytest.approx(np.mean(relief >= 300))
        assert float(told["first_recognition<=6"]["mean"]) == pytest.approx(np.mean(first <= 6))
        assert told["first_recognition<=6"]["runs"] == "120"
        west = by_name["mean_rung:West"]
        inside = float(told["1<=mean_rung:West<=3"]["mean"])
        assert inside == pytest.approx(np.mean((west >= 1) & (west <= 3)))
        assert told["1<=mean_rung:West<=3"]["unit"] == "share of runs"


def test_the_codebook_says_what_each_factor_means(shares: Planned) -> None:
    told = {
        row["column"]: (row["unit"], row["meaning"])
        for row in rows(shares.folder, "codebook.csv")
        if row["file"] == "experiments.csv"
    }
    assert set(told) >= {factor.name for factor in shares.points.factors}
    unit, meaning = told["parameters.climb_rate"]
    assert unit == "1/month"
    assert meaning.startswith("climb rate: ")
    assert meaning.endswith("drawn together with group pace")
    assert told["pools.fund.tranche"][0] == "US$ m/month"
    assert "Fund" in told["pools.fund.tranche"][1]
    [*_, weight] = told["policies.mediator.issue_weights.0"]
    first = next(iter(shares.study.case.issues))
    assert weight.startswith(f"Mediator, issue weights {first}: ")
    assert "add up to 1" in weight
    assert told["west.month"] == ("month", "first month in which the lever west acts")
    assert told["money"][0] == "1/month"
    assert told["money"][1].startswith("lever: what is set for fatigue: ")
    assert "world" in told
    names = {row["column"] for row in rows(shares.folder, "codebook.csv")}
    assert {row["outcome"] for row in rows(shares.folder, "outcomes.csv")} <= names


def test_points_of_one_world_have_its_number_in_common(folder: Path) -> None:
    found = rows(folder, "experiments.csv")
    assert [row["world"] for row in found] == ["1", "1", "2", "2", "3", "3"]


def by_run(folder: Path, point: str) -> Rows:
    """The runs of a point."""
    return [row for row in rows(folder, "runs.csv.gz") if row["point"] == point]


def number_in(cell: str) -> float:
    """A number; NaN where it is blank."""
    return float(cell) if cell else np.nan


@pytest.mark.parametrize("place", [0, 4])
def test_every_run_is_kept_with_its_scenario_and_factors(done: Planned, place: int) -> None:
    found = by_run(done.folder, str(place + 1))
    [point] = [
        row for row in rows(done.folder, "experiments.csv") if row["point"] == f"{place + 1}"
    ]
    assert [row["run"] for row in found] == [str(run) for run in range(250)]
    for name in ("scenario", "west", "parameters.climb_rate"):
        assert {row[name] for row in found} == {point[name]}
    for name, values in zip(done.common.outcomes, read(done, place).outcomes, strict=True):
        kept = np.array([number_in(row[name]) for row in found])
        assert np.allclose(kept, values, rtol=1e-9, equal_nan=True)


def test_points_differ_from_the_first_one_run_by_run(done: Planned) -> None:
    found = rows(done.folder, "differences.csv")
    assert {row["point"] for row in found} == {"2", "3", "4", "5", "6"}
    assert {row["reference"] for row in found} == {"1"}
    first, other = read(done, 0).outcomes, read(done, 3).outcomes
    own = [row for row in found if row["point"] == "4"]
    assert [row["outcome"] for row in own] == list(done.common.outcomes)
    for row, ours, theirs in zip(own, first, other, strict=True):
        gap = theirs - ours
        gap = gap[~np.isnan(gap)]
        assert int(row["runs"]) == len(gap)
        if len(gap) > 1:
            assert float(row["difference"]) == pytest.approx(gap.mean(), rel=1e-8, abs=1e-12)
            error = gap.std(ddof=1) / len(gap) ** 0.5
            assert float(row["standard_error"]) == pytest.approx(error, rel=1e-8)
            shares = [float(row[name]) for name in ("higher", "equal", "lower")]
            assert shares == pytest.approx([(gap > 0).mean(), (gap == 0).mean(), (gap < 0).mean()])
            assert sum(shares) == pytest.approx(1.0)


def test_paired_differences_are_known_better_than_means_are(done: Planned) -> None:
    """The same random events: why points are not compared by the errors of their means."""
    alone = {
        row["point"]: float(row["mc_error"])
        for row in rows(done.folder, "outcomes.csv")
        if row["outcome"] == "relief_pledged"
    }
    for row in rows(done.folder, "differences.csv"):
        if row["outcome"] == "relief_pledged":
            assert float(row["standard_error"]) < alone[row["point"]]


def test_a_share_of_runs_differs_run_by_run(shares: Planned) -> None:
    found = {row["outcome"]: row for row in rows(shares.folder, "differences.csv")}
    means = {
        (row["point"], row["outcome"]): float(row["mean"])
        for row in rows(shares.folder, "outcomes.csv")
        if row["mean"]
    }
    name = "relief_pledged>=300"
    expected = means["2", name] - means["1", name]
    assert float(found[name]["difference"]) == pytest.approx(expected, abs=1e-9)


def test_the_codebook_explains_every_column_of_every_table(folder: Path) -> None:
    known = {(row["file"], row["column"]) for row in rows(folder, "codebook.csv")}
    for name in TABLES:
        assert [each for each in rows(folder, name)[0] if (name, each) not in known] == []


def test_tables_are_read_into_pandas(done: Planned) -> None:
    tables_of = read_study(done.folder)
    assert tables_of.factors == ["parameters.climb_rate", "west"]
    assert (len(tables_of.experiments), len(tables_of.runs)) == (6, 6 * 250)
    assert set(tables_of.runs["west"]) == {"isolation", "mediator"}
    assert tables_of.differences["difference"].dtype == np.float64
    means = tables_of.runs.groupby("point")["relief_pledged"].mean()
    told = tables_of.outcomes.set_index(["outcome", "point"]).loc["relief_pledged"]["mean"]
    assert np.allclose(means, told)
    assert len(tables_of.months) == 6 * 7 * len(done.common.series)


def test_a_table_that_was_edited_or_is_gone_is_damaged(done: Planned, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(done.folder, tmp_path / "renamed"))
    (copy / "outcomes.csv").write_text("point\n1\n")
    with pytest.raises(Damaged, match=r"outcomes\.csv: changed since it was written"):
        _ = read_study(copy).outcomes
    (copy / "runs.csv.gz").unlink()
    with pytest.raises(Damaged, match=r"runs\.csv\.gz: missing or cannot be read"):
        _ = read_study(copy).runs
    assert len(read_study(copy).experiments) == 6


def test_tables_of_an_earlier_version_are_missed_by_name(done: Planned, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(done.folder, tmp_path / "old"))
    manifest = json.loads((copy / "manifest.json").read_text())
    del manifest["files"]["differences.csv"]
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(MissingFile, match="gather the study again"):
        _ = read_study(copy).differences


def test_a_folder_that_is_no_study_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="no study was gathered there"):
        read_study(tmp_path)
    (tmp_path / "manifest.json").write_text('{"title": "T"}')
    with pytest.raises(Damaged, match="not a manifest of a study"):
        read_study(tmp_path)
    assert not is_study(tmp_path)
