"""Planning: the folder holds all that is needed, and a change is named."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml

from sim.io.errors import BadFile, Busy, CannotWrite, MissingFile, PlanChanged
from sim.runs.gather import plan_study
from sim.store.lock import WHOLE, locked
from sim.study.content import differences, told
from sim.study.load import load_study
from sim.study.plan import Planned, edited_since, open_study
from tests.full_disk import fill
from tests.studies import HEAD, planned, tables, text_of, written


def test_the_folder_alone_is_enough(tmp_path: Path) -> None:
    """The study file, its own scenario and its table are gone; the points are the same."""
    (tmp_path / "own.yaml").write_text("title: O\nextends: donor-fatigue\nmonths: 5\n")
    written(tmp_path, "west\nmediator\nisolation\n", "rows.csv")
    block = """\
blocks:
  t:
    levers: [{name: west, month: 2, select: {all: true}, policies: [isolation, mediator]}]
    design: {method: table, file: rows.csv}
  l:
    uncertainties: ['pools.*']
    design: {method: latin_hypercube, points: 7}
"""
    text = text_of(blocks=block).replace("baseline", "[own.yaml, baseline]")
    before = planned(tmp_path, text)
    moved = tmp_path / "moved"
    shutil.move(before.folder, moved)
    for name in ("own.yaml", "rows.csv", "s.yaml"):
        (tmp_path / name).unlink()
    after = open_study(moved)
    assert [point.id for point in after.points] == [point.id for point in before.points]
    assert [point.values for point in after.points] == [point.values for point in before.points]


EVERY_WAY = """\
blocks:
  d:
    uncertainties:
      - {number: parameters.climb_rate, distribution: triangular}
      - {number: parameters.noise, range: [0.1, 0.6], distribution: normal, mode: 0.3, sd: 0.1}
      - {number: parameters.exit_rate, distribution: log_uniform, range: [0.01, 0.1], group: g}
      - {number: actors.IRN.corridor, values: [0, 1], sampled: true}
      - policies.mediator.issue_weights.*
    levers:
      - {name: west, month: {range: [2024-03, 2024-05], group: g}, until: {values: [5, 6]},
         select: {group: West}, policies: [isolation, mediator], sampled: true}
    design: {method: sobol, points: 4}
"""


def test_every_way_of_drawing_is_written_in_full_and_read_again(tmp_path: Path) -> None:
    head = HEAD.replace("coverage", "{{outcome: coverage, at_least: 0.5}}")
    before = planned(tmp_path, text_of(20, EVERY_WAY, head))
    (before.folder / "design-d.npy").unlink()
    after = open_study(before.folder)
    assert [point.id for point in after.points] == [point.id for point in before.points]
    assert [point.values for point in after.points] == [point.values for point in before.points]
    assert after.study.recording.shares == before.study.recording.shares
    assert len(before.points) == 4 * (3 + 7 + 1 + 1 + 2) * 2


def test_the_study_is_written_in_full(tmp_path: Path) -> None:
    found = planned(tmp_path)
    content = yaml.safe_load((found.folder / "study.yaml").read_text())
    assert content["series"][1:5] == [
        "mean_rung:East",
        "mean_rung:Institution",
        "mean_rung:Other",
        "mean_rung:West",
    ]
    assert (content["seed"], content["months"]) == (20240201, 6)
    [factor] = content["blocks"]["grid"]["uncertainties"]
    assert factor == {"number": "parameters.climb_rate", "values": [0.03, 0.14, 0.25]}
    scenario = yaml.safe_load((found.folder / "scenarios" / "baseline.yaml").read_text())
    assert scenario["case"] == "afghanistan"


def test_the_design_is_written_before_anything_is_run(tmp_path: Path) -> None:
    lines = (planned(tmp_path).folder / "experiments.csv").read_text().splitlines()
    assert len(lines) == 7
    assert all(line.endswith(",250,planned,0,,,") for line in lines[1:])


def test_planning_again_changes_nothing(tmp_path: Path) -> None:
    found = planned(tmp_path)
    before = {path: path.read_bytes() for path in found.folder.rglob("*") if path.is_file()}
    planned(tmp_path)
    plan_study(load_study(str(found.folder / "study.yaml")), found.folder)
    after = {path: path.read_bytes() for path in found.folder.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("runs: 250", "runs: 200", "study.runs: 200 now, 250 when planned"),
        ("months: 6", "months: 7", "study.months: 7 now, 6 when planned"),
        ("[isolation, mediator]", "[isolation]", "policies[1]: nothing now, mediator when planned"),
        ("month: 2", "month: 3", "levers[0].month: 3 now, 2 when planned"),
        ("coverage, ", "", "study.outcomes[3]: first_recognition now, coverage when planned"),
        ("baseline", "donor-fatigue", "scenarios.baseline: nothing now"),
    ],
)
def test_another_study_does_not_take_the_folder(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    planned(tmp_path)
    with pytest.raises(PlanChanged, match=r"would be lost; choose another folder") as caught:
        planned(tmp_path, text_of().replace(old, new))
    assert line in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new"), [("runs: 250", "runs: 251"), ("steps: 3", "steps: 5"), ("title: T", "title: U")]
)
def test_a_study_may_grow(tmp_path: Path, old: str, new: str) -> None:
    planned(tmp_path)
    planned(tmp_path, text_of().replace(old, new))
    assert len(open_study(tmp_path / "out").points) >= 6


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("study.yaml", "runs: 250", "runs: 300", "study.runs: 300 now, 250 when planned"),
        ("study.yaml", "0.14", "0.15", "uncertainties[0].values[1]: 0.15 now, 0.14 when planned"),
        ("scenarios/baseline.yaml", "months: 60", "months: 50", "scenarios.baseline.months: 50"),
    ],
)
def test_a_file_that_was_edited_after_planning_is_named(
    tmp_path: Path, name: str, old: str, new: str, line: str
) -> None:
    folder = planned(tmp_path).folder
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(PlanChanged, match=r"plan it again: sim study plan .*study.yaml") as caught:
        open_study(folder)
    assert line in str(caught.value)


def test_other_code_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = planned(tmp_path)
    monkeypatch.setattr("sim.study.plan.code_version", lambda: "0123456789")
    words = f"planned with code {found.common.code}, this is 0123456789"
    with pytest.raises(PlanChanged, match=words):
        open_study(found.folder)


def test_another_number_of_the_case_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = planned(tmp_path).folder
    plan = json.loads((folder / "plan.json").read_text())
    plan["case"]["numbers"]["actors.SWE.relief"] += 1
    (folder / "plan.json").write_text(json.dumps(plan))
    with pytest.raises(PlanChanged, match=r"case.numbers.actors.SWE.relief: \S+ now"):
        open_study(folder)


def test_a_design_that_comes_out_otherwise_is_named(tmp_path: Path) -> None:
    folder = planned(tmp_path).folder
    plan = json.loads((folder / "plan.json").read_text())
    plan["points"] = {f"{'0' * 32}": 250}
    plan["packages"]["scipy"] = "0.1"
    (folder / "plan.json").write_text(json.dumps(plan))
    with pytest.raises(PlanChanged, match=r"packages.scipy: \S+ now, 0.1 when planned"):
        open_study(folder)


SAMPLED = """\
blocks:
  s:
    uncertainties: ['pools.*']
    design: {method: morris, trajectories: 3}
"""


def test_samples_are_kept_so_that_nothing_is_needed_to_make_them_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = planned(tmp_path, text_of(blocks=SAMPLED))

    def fail(*args: object) -> None:
        raise AssertionError("must not be made again")

    monkeypatch.setattr("sim.study.design.unit_points", fail)
    after = open_study(before.folder)
    assert [point.values for point in after.points] == [point.values for point in before.points]


@pytest.mark.parametrize("content", [None, b"", b"x", "short", "whole"])
def test_samples_that_cannot_be_read_are_made_again(
    tmp_path: Path, content: bytes | str | None
) -> None:
    before = planned(tmp_path, text_of(blocks=SAMPLED))
    file = before.folder / "design-s.npy"
    rows = np.load(file)
    file.unlink()
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        np.save(file, rows[:, 1:] if content == "short" else rows.astype(np.int64))
    after = open_study(before.folder)
    assert [point.id for point in after.points] == [point.id for point in before.points]


@pytest.mark.parametrize("value", [99.0, -1.0, 0.5, np.nan, np.inf])
def test_samples_that_no_factor_takes_are_made_again(tmp_path: Path, value: float) -> None:
    """A forged design leads to no other place than the lists and ranges of its factors."""
    before = planned(tmp_path, text_of(20, EVERY_WAY))
    rows = np.load(before.folder / "design-d.npy")
    for column in range(rows.shape[1]):
        forged = rows.copy()
        forged[3, column] = value
        np.save(before.folder / "design-d.npy", forged)
        try:
            after = open_study(before.folder)
        except PlanChanged:
            continue
        assert [point.id for point in after.points] == [point.id for point in before.points]


def test_samples_that_were_changed_are_told(tmp_path: Path) -> None:
    folder = planned(tmp_path, text_of(blocks=SAMPLED)).folder
    rows = np.load(folder / "design-s.npy")
    rows[1, 0] += 1e-9
    np.save(folder / "design-s.npy", rows)
    with pytest.raises(PlanChanged, match="points: others come out of the design"):
        open_study(folder)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"format": 99}'])
def test_a_plan_that_cannot_be_read_is_told(tmp_path: Path, content: str) -> None:
    folder = planned(tmp_path).folder
    (folder / "plan.json").write_text(content)
    with pytest.raises(PlanChanged, match="plan the study again"):
        open_study(folder)


def test_a_folder_without_a_plan_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="no study is planned there"):
        open_study(tmp_path)


def test_a_study_file_that_became_faulty_is_told_with_its_line(tmp_path: Path) -> None:
    folder = planned(tmp_path).folder
    (folder / "study.yaml").write_text(text_of().replace("runs: 250", "rnus: 250"))
    with pytest.raises(BadFile, match=r"study.yaml:4:1: rnus: unknown key"):
        open_study(folder)


def test_a_study_that_is_being_run_is_not_planned_anew(tmp_path: Path) -> None:
    found = planned(tmp_path)
    with locked(found.folder, WHOLE), pytest.raises(Busy):
        planned(tmp_path, text_of(runs=300))
    assert "runs: 250" in (found.folder / "study.yaml").read_text()


def test_nothing_of_this_machine_stands_in_the_folder(folder: Path) -> None:
    here = str(Path(__file__).parents[3])
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".gz":
            content = path.read_bytes()
            assert str(folder).encode() not in content
            assert here.encode() not in content


def test_differences_are_told_part_by_part() -> None:
    one = {"a": 1, "b": [1, 2, {"c": "x"}], "d": 5}
    other = {"a": 1, "b": [1, 3, {"c": "y"}, 4], "e": 6}
    assert list(differences(one, other)) == [
        "b[1]: 3 now, 2 when planned",
        "b[2].c: y now, x when planned",
        "b[3]: 4 now, nothing when planned",
        "d: nothing now, 5 when planned",
        "e: 6 now, nothing when planned",
    ]
    assert list(differences(one, one)) == []


def test_many_differences_are_counted() -> None:
    lines = [str(i) for i in range(20)]
    assert told(lines).splitlines()[-1].strip() == "and 8 more"
    assert told(lines[:3]) == "  0\n  1\n  2"


def test_tables_are_there_only_once_gathered(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        tables(planned(tmp_path).folder)


@pytest.mark.parametrize("content", ["", "{", '{"format": 99}'])
def test_a_plan_that_cannot_be_read_is_planned_again(tmp_path: Path, content: str) -> None:
    folder = planned(tmp_path).folder
    (folder / "plan.json").write_text(content)
    planned(tmp_path)
    assert len(open_study(folder).points) == 6


def test_results_of_something_else_are_not_written_over(tmp_path: Path) -> None:
    written(tmp_path / "out", "{}", "manifest.json")
    with pytest.raises(PlanChanged, match=r"out: manifest.json stands there .* \(--out\)"):
        planned(tmp_path)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["manifest.json"]


def test_a_study_that_lost_its_plan_is_planned_again(done: Planned, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(done.folder, folder)
    (folder / "plan.json").unlink()
    planned(tmp_path)
    assert len(open_study(folder).points) == 6


@pytest.mark.parametrize("name", ["study.yaml", "experiments.csv"])
def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    fill(monkeypatch, name)
    with pytest.raises(CannotWrite, match=f"{name}: No space left on device"):
        planned(tmp_path)
    assert not list(folder.rglob(".partial-*"))


TABLED = """\
blocks:
  t:
    levers: [{name: west, month: 2, select: {all: true}, policies: [isolation, mediator]}]
    design: {method: table, file: rows.csv}
"""


@pytest.mark.parametrize(
    ("old", "new"), [("isolation\n", ""), ("mediator\nisolation", "isolation\nmediator")]
)
def test_a_table_that_was_edited_after_planning_is_named(
    tmp_path: Path, old: str, new: str
) -> None:
    written(tmp_path, "west\nmediator\nisolation\n", "rows.csv")
    folder = planned(tmp_path, text_of(blocks=TABLED)).folder
    text = (folder / "table-t.csv").read_text()
    assert old in text
    (folder / "table-t.csv").write_text(text.replace(old, new))
    with pytest.raises(PlanChanged, match=r"tables.t: \S+ now, \S+ when planned"):
        open_study(folder)


def test_points_in_another_order_are_told(tmp_path: Path) -> None:
    folder = planned(tmp_path).folder
    plan = json.loads((folder / "plan.json").read_text())
    plan["points"] = dict(reversed(plan["points"].items()))
    (folder / "plan.json").write_text(json.dumps(plan))
    with pytest.raises(PlanChanged, match="points: others come out of the design"):
        open_study(folder)


def test_files_that_were_edited_after_planning_are_known(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("title: O\nextends: donor-fatigue\nmonths: 5\n")
    written(tmp_path, "west\nmediator\nisolation\n", "rows.csv")
    text = text_of(blocks=TABLED).replace("baseline", "own.yaml")
    folder = planned(tmp_path, text).folder
    assert edited_since(folder) == []
    plan_study(load_study(str(folder / "study.yaml")), folder)
    for name in ("rows.csv", "own.yaml", "s.yaml"):
        with (tmp_path / name).open("a") as file:
            file.write("\n")
        assert [path.name for path in edited_since(folder)] == [name]
        (tmp_path / name).write_text((tmp_path / name).read_text()[:-1])
    (tmp_path / "rows.csv").unlink()
    assert edited_since(folder) == []


@pytest.mark.parametrize(
    "sources", [{"../../../../../../dev/zero": "x"}, {"\0": "x"}, ["s.yaml"], 1]
)
def test_forged_sources_lead_nowhere(tmp_path: Path, sources: object) -> None:
    folder = planned(tmp_path).folder
    plan = json.loads((folder / "plan.json").read_text())
    (folder / "plan.json").write_text(json.dumps({**plan, "sources": sources}))
    assert edited_since(folder) == []
    assert len(open_study(folder).points) == 6


def test_a_study_that_could_not_be_read_again_is_not_planned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Steps are few letters in its file, and many once they are written out."""
    monkeypatch.setattr("sim.study.plan.LARGEST_FILE", 4_000)
    planned(tmp_path / "small")
    with pytest.raises(BadFile, match=r"s.yaml: .* has \d,\d+ bytes, and a file may have 4,000"):
        planned(tmp_path, text_of().replace("steps: 3", "steps: 200"))
    assert not (tmp_path / "out" / "study.yaml").exists()


def test_progress_is_told_each_point_twice(tmp_path: Path) -> None:
    told: list[int] = []
    plan_study(load_study(written(tmp_path, text_of())), tmp_path / "out", told.append)
    assert told == [1] * 12
