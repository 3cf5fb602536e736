"""The panel: every rung and flow by run, month and actor, whatever the chunks."""

import io
import os
import zipfile
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from sim.engine.ensemble import simulate
from sim.engine.kernel import Trajectories
from sim.model.metrics import ActorMonth
from sim.model.schema import columns
from sim.runs.make import Order, make_result
from sim.scenario.load import load_scenario
from sim.store.folder import Packer
from sim.store.panel import FIELDS, PANEL, PART, header, read_panel, spooling, whole
from sim.store.read import read_result
from tests.recorded import blank

ORDER = Order(runs=7, months=3, panel=True)


def recorded(runs: int = 5) -> Trajectories:
    """Runs of two months by two actors in which every cell is another number."""
    found = blank(runs, months=3, actors=2)
    cells = np.arange(runs * 6).reshape(runs, 3, 2)
    for place, name in enumerate(columns(ActorMonth)):
        found.actors[name] = cells % 8 if name in ("rung", "attended") else cells + place / 7
    return found


def written(folder: Path, chunk: int) -> Path:
    """The archive of these runs, added chunk by chunk."""
    every, packer = recorded(), Packer(folder)
    with spooling(folder, ["A", "BC"], months=2) as panel:
        for first in range(0, 5, chunk):
            panel.add(Trajectories(*(array[first : first + chunk] for array in every)))
        packer.write_archive(PANEL, panel.members())
    assert read_panel(folder / PANEL, 5, 2)[1] == packer.hashes[PANEL]
    return folder / PANEL


def test_every_number_comes_back_with_its_place(tmp_path: Path) -> None:
    """11: per run, month and actor rung, attendance, H, D, T."""
    arrays, _ = read_panel(written(tmp_path, 2), 5, 2)
    assert arrays["actor"].tolist() == ["A", "BC"]
    assert arrays["month"].tolist() == [0, 1, 2]
    for name in columns(ActorMonth):
        assert arrays[name].tolist() == recorded().actors[name].tolist()


def test_numpy_reads_it_by_itself(tmp_path: Path) -> None:
    with np.load(written(tmp_path, 2), allow_pickle=False) as archive:
        assert set(archive.files) == {"actor", "month", *columns(ActorMonth)}
        assert archive["trade"][4, 2, 1] == recorded().actors["trade"][4, 2, 1]


def test_kinds_are_those_of_the_codebook() -> None:
    kinds = {name: kind.str for name, kind in FIELDS.items()}
    flows = dict.fromkeys(("relief_pledged", "development", "trade"), "<f8")
    assert kinds == {"rung": "|i1", **flows, "attended": "|i1"}


@pytest.mark.parametrize("chunk", [1, 3])
def test_chunks_do_not_change_a_byte(tmp_path: Path, chunk: int) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    one, other = written(tmp_path / "one", 5), written(tmp_path / "other", chunk)
    assert one.read_bytes() == other.read_bytes()


def test_nothing_is_left_beside_the_archive(tmp_path: Path) -> None:
    written(tmp_path, 2)
    assert os.listdir(tmp_path) == [PANEL]


def test_what_is_not_written_leaves_nothing(tmp_path: Path) -> None:
    with spooling(tmp_path, ["A", "BC"], months=2) as panel:
        panel.add(recorded())
    assert os.listdir(tmp_path) == []


def test_a_large_array_is_handed_on_in_parts(tmp_path: Path) -> None:
    """Constant memory: no part is larger than `PART`, however many runs there are."""
    many = blank(runs=20_000, months=3, actors=3)
    with spooling(tmp_path, ["A", "B", "C"], months=2) as panel:
        panel.add(many)
        sizes = {name: [len(part) for part in parts] for name, parts in panel.members()}
    assert max(map(max, sizes.values())) <= PART
    assert len(sizes["trade.npy"]) == 1 + -(-20_000 * 9 * 8 // PART)


def test_a_header_is_what_numpy_writes() -> None:
    values = np.arange(6, dtype="<i2").reshape(2, 3)
    text = io.BytesIO()
    np.save(text, values)
    assert b"".join(whole(values)) == text.getvalue()
    assert header("<i2", (2, 3)) == text.getvalue()[: -values.nbytes]


def test_the_archive_knows_no_time_and_no_system(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path, 2)) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {3}
    assert all(
        entry.compress_size < entry.file_size for entry in entries if "trade" in entry.filename
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("results")
    return make_result(load_scenario("baseline"), ORDER, out)[0]


def test_flows_of_the_panel_add_up_to_the_outcomes(folder: Path) -> None:
    """10, 7: reported totals equal the sum of actor flows."""
    result = read_result(folder)
    for name in ("relief_pledged", "development", "trade"):
        assert result.panel[name].sum(axis=(1, 2)) == pytest.approx(result.outcomes[name], rel=1e-9)
    attended = result.panel["attended"].sum(axis=(1, 2))
    assert attended.tolist() == result.outcomes["attendance"].tolist()


def test_rungs_of_the_panel_are_those_of_the_end(folder: Path) -> None:
    result = read_result(folder)
    for place, actor in enumerate(result.panel["actor"]):
        last = result.panel["rung"][:, -1, place]
        assert last.tolist() == result.outcomes[f"rung_end:{actor}"].tolist()


def test_threads_and_chunks_do_not_change_a_byte_of_a_result(folder: Path, tmp_path: Path) -> None:
    """10, invariant 10."""
    by_two = partial(simulate, threads=2, chunk=2)
    again, _ = make_result(load_scenario("baseline"), ORDER, tmp_path, using=by_two)
    assert again.name == folder.name
    assert (again / PANEL).read_bytes() == (folder / PANEL).read_bytes()


def test_a_panel_changes_nothing_else(folder: Path, tmp_path: Path) -> None:
    plain, _ = make_result(load_scenario("baseline"), Order(runs=7, months=3), tmp_path)
    assert plain.name != folder.name
    for name in ("runs.csv.gz", "summary.csv", "actors.csv", "fingerprints.u32"):
        assert (plain / name).read_bytes() == (folder / name).read_bytes()
