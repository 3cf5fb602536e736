"""A result: its folder, what identifies it, and the same bytes however it is run."""

import csv
import dataclasses
import gzip
import io
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.engine.ensemble import Chunk, simulate
from sim.runs.make import Order, folder_for, make_result, manifest_of
from sim.scenario.load import Loaded, load_scenario
from sim.store.manifest import MANIFEST, digest

FILES = {
    "manifest.json",
    "scenario.yaml",
    "summary.csv",
    "actors.csv",
    "codebook.csv",
    "fingerprints.u32",
    "runs.csv.gz",
}
ORDER = Order(runs=7, months=3)


@pytest.fixture(scope="module")
def baseline() -> Loaded:
    return load_scenario("baseline")


def content(folder: Path) -> dict[str, bytes]:
    """The bytes of every file."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_result_has_all_its_files(made: dict[str, Path]) -> None:
    assert {path.name for path in made["baseline"].iterdir()} == FILES


def test_the_codebook_explains_every_column_of_every_table(made: dict[str, Path]) -> None:
    folder = made["baseline"]
    book = csv.DictReader(io.StringIO((folder / "codebook.csv").read_text()))
    told = {(row["file"], row["column"]) for row in book if row["meaning"]}
    for name in FILES:
        if ".csv" in name:
            raw = (folder / name).read_bytes()
            text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode()
            header = next(csv.reader(io.StringIO(text)))
            assert [each for each in header if (name, each) not in told] == []


def test_the_manifest_names_the_hash_of_every_other_file(made: dict[str, Path]) -> None:
    folder = made["baseline"]
    hashes = json.loads((folder / MANIFEST).read_text())["files"]
    assert set(hashes) == FILES - {MANIFEST}
    for name, found in hashes.items():
        raw = (folder / name).read_bytes()
        assert digest(gzip.decompress(raw) if name.endswith(".gz") else raw) == found


def test_nothing_tells_of_the_machine(made: dict[str, Path]) -> None:
    manifest = json.loads((made["baseline"] / MANIFEST).read_text())
    assert set(manifest) == {
        "format",
        "title",
        "compares",
        "points",
        "scenario",
        "case",
        "start",
        "months",
        "runs",
        "seed",
        "panel",
        "issues",
        "ladder",
        "scenario_hash",
        "case_hash",
        "code_hash",
        "identity",
        "versions",
        "files",
    }
    assert set(manifest["versions"]) == {"legation", "numpy", "numba"}


def test_the_resolved_scenario_is_kept_with_its_horizon(made: dict[str, Path]) -> None:
    text = (made["human-rights-conditionality"] / "scenario.yaml").read_text(encoding="utf-8")
    resolved = yaml.safe_load(text)
    assert (resolved["months"], resolved["start"], resolved["case"]) == (
        14,
        "2024-02",
        "afghanistan",
    )
    assert resolved["interventions"][0]["policy"] == "human_rights_conditionality"


def test_the_kept_scenario_reads_back_as_the_same(tmp_path: Path) -> None:
    """Also where its title is text that a reader could take for a number."""
    own = tmp_path / "own.yaml"
    own.write_text(
        "title: '08'\nquestion: '1e3'\ndescription: \"0o7\\n no\"\ncase: afghanistan\nmonths: 3\n"
    )
    loaded = load_scenario(str(own))
    folder, _ = make_result(loaded, ORDER, tmp_path)
    again = load_scenario(str(folder / "scenario.yaml"))
    assert again.scenario.title == "08"
    assert again.resolved() == loaded.resolved()


@pytest.mark.parametrize(
    "how", [{"threads": 1, "chunk": 2}, {"threads": 2, "chunk": 3}, {"chunk": 7}]
)
def test_threads_and_chunks_do_not_change_a_byte(
    baseline: Loaded, tmp_path: Path, how: dict[str, int]
) -> None:
    """10, invariant 10: bit-identical output."""
    one, _ = make_result(baseline, ORDER, tmp_path / "one")
    other, _ = make_result(baseline, ORDER, tmp_path / "other", using=partial(simulate, **how))
    assert one.name == other.name
    assert content(one) == content(other)


def test_a_result_that_is_there_is_left_as_it_is(baseline: Loaded, tmp_path: Path) -> None:
    def refuse(*args: Any) -> Iterator[Chunk]:
        raise AssertionError("must not run again")

    folder, new = make_result(baseline, ORDER, tmp_path)
    again, anew = make_result(baseline, ORDER, tmp_path, using=refuse)
    assert (new, anew, folder) == (True, False, again)


def test_progress_counts_the_runs_that_are_done(baseline: Loaded, tmp_path: Path) -> None:
    done: list[int] = []
    by_three = partial(simulate, chunk=3)
    make_result(baseline, ORDER, tmp_path, using=by_three, progress=done.append)
    assert done == [3, 3, 1]


def test_a_failure_on_the_way_leaves_nothing(baseline: Loaded, tmp_path: Path) -> None:
    def fail(*args: Any) -> Iterator[Chunk]:
        yield from simulate(*args, chunk=3)
        raise RuntimeError("on the way")

    with pytest.raises(RuntimeError, match="on the way"):
        make_result(baseline, ORDER, tmp_path, using=fail)
    assert list(tmp_path.iterdir()) == []


def identity(loaded: Loaded, order: Order = ORDER) -> str:
    """The name of a result's folder."""
    return folder_for(manifest_of(loaded, order), Path("out")).name


@pytest.mark.parametrize(
    "order",
    [Order(8, 3), Order(7, 4), Order(7, 3, seed=1), Order(7, None), Order(7, 3, panel=True)],
    ids=repr,
)
def test_another_order_is_another_result(baseline: Loaded, order: Order) -> None:
    assert identity(baseline, order) != identity(baseline)
    assert identity(baseline, order).startswith("baseline-")


def test_the_horizon_of_the_scenario_is_the_default(baseline: Loaded) -> None:
    assert identity(baseline, Order(7, 60)) == identity(baseline, Order(7))
    assert manifest_of(baseline, Order(7))["months"] == 60


def test_another_scenario_is_another_result(baseline: Loaded) -> None:
    longer = baseline.scenario.model_copy(update={"question": "Another?"})
    renamed = dataclasses.replace(baseline, name="other")
    assert identity(dataclasses.replace(baseline, scenario=longer)) != identity(baseline)
    assert identity(renamed).startswith("other-")


def changed_number(loaded: Loaded, path: str, value: float) -> Loaded:
    """A scenario in whose case one number differs."""
    case = loaded.case.with_values_at({path: value})
    return dataclasses.replace(loaded, case=case, documented=case)


def test_another_number_of_the_case_is_another_result(baseline: Loaded) -> None:
    changed = changed_number(baseline, "actors.SWE.relief", 40.000001)
    assert manifest_of(changed, ORDER)["case_hash"] != manifest_of(baseline, ORDER)["case_hash"]
    assert identity(changed) != identity(baseline)


def test_another_fact_of_the_case_is_another_result(baseline: Loaded) -> None:
    actors = dict(baseline.case.actors)
    actors["SWE"] = dataclasses.replace(actors["SWE"], group="Other")
    case = dataclasses.replace(baseline.case, actors=actors)
    assert identity(dataclasses.replace(baseline, case=case, documented=case)) != identity(baseline)


def test_other_code_is_another_result(baseline: Loaded, monkeypatch: pytest.MonkeyPatch) -> None:
    before = identity(baseline)
    monkeypatch.setattr("sim.store.manifest.code_digest", lambda *roots: "f" * 64)
    assert identity(baseline) != before
