"""`sim study`: what the commands print, leave and end with."""

import json
import os
from pathlib import Path

import pytest

from sim.runs import task
from sim.store.chunks import name_of
from sim.store.lock import WHOLE, locked
from tests.studies import TABLES, chunks, text_of, written
from tests.unit.cli.conftest import Sim


@pytest.fixture(autouse=True)
def short_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan measures for a moment only."""
    monkeypatch.setattr("sim.runs.probe.SECONDS", 0.01)


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A study of six points with 120 runs each."""
    return written(tmp_path, text_of(runs=120))


@pytest.fixture
def out(sim: Sim, file: str, tmp_path: Path) -> Path:
    """The folder in which it is planned."""
    assert sim("study", "plan", file, "--out", tmp_path / "o").status == 0
    return tmp_path / "o"


def test_a_plan_says_what_will_be_done_and_what_it_takes(sim: Sim, file: str) -> None:
    ended = sim("study", "plan", file, "--threads", "3")
    assert ended.status == 0
    for words in (
        "points    6\n",
        "  grid: 6 of 120 runs each, grid over 2 factors, from baseline\n",
        "runs      720 of 6 months\n",
        "outcomes  5 by run: recognitions_ever, relief_pledged,",
        "series    6 by month: gdp, mean_rung:East,",
        "on 3 threads",
        "runs a second on one thread",
        "memory    about ",
        "on disk   about ",
        "to run it: sim study run results/study-s\n",
    ):
        assert words in ended.out
    assert (Path("results") / "study-s" / "experiments.csv").is_file()


def test_a_plan_as_json_has_the_same_numbers(sim: Sim, file: str, tmp_path: Path) -> None:
    ended = sim("study", "plan", file, "--out", tmp_path / "o", "--json")
    told = json.loads(ended.out)
    assert (told["points"], told["runs"], told["runs_done"], told["months"]) == (6, 720, 0, 6)
    assert told["seconds"] > 0
    assert told["memory"] > told["bytes"] > 0
    assert told["folder"] == str(tmp_path / "o")


def test_a_run_leaves_the_tables_and_says_where(sim: Sim, out: Path) -> None:
    ended = sim("study", "run", out)
    assert ended.status == 0
    assert ended.out.startswith(f"6 points in {out}/outcomes.csv")
    assert ended.faults[0] == f"{out}: 0 of 720 done before"
    assert all((out / name).is_file() for name in TABLES)


def test_a_second_run_has_nothing_to_do(sim: Sim, out: Path) -> None:
    sim("study", "run", out)
    before = {path: path.stat().st_mtime_ns for path in chunks(out)}
    ended = sim("study", "run", out)
    assert (ended.status, ended.faults) == (0, [f"{out}: 720 of 720 done before"])
    assert {path: path.stat().st_mtime_ns for path in chunks(out)} == before


def test_shards_are_run_one_by_one_and_gathered(sim: Sim, out: Path) -> None:
    first = sim("study", "run", out, "--shard", "1/2")
    assert first.status == 0
    assert "shard 1/2 is done; 360 of 720 runs of the study are kept" in first.err
    assert f"once all shards are done: sim study gather {out}" in first.out
    early = sim("study", "gather", out)
    assert early.status == 1
    assert "3 points are not finished and left out" in early.err
    assert sim("study", "run", out, "--shard", "2/2").status == 0
    late = sim("study", "gather", out)
    assert (late.status, late.err) == (0, "")


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "a/b", "1/", "-1/2"])
def test_a_shard_that_is_none_is_wrong_usage(sim: Sim, out: Path, shard: str) -> None:
    ended = sim("study", "run", out, f"--shard={shard}")
    assert ended.status == 2
    assert f"{shard!r} is not I/N, as in 1/8" in ended.err


def test_threads_and_a_cluster_exclude_each_other(sim: Sim, out: Path) -> None:
    ended = sim("study", "run", out, "--threads", 2, "--cluster", "tcp://127.0.0.1:9")
    assert ended.status == 2
    assert "either --threads or --cluster" in ended.err


def test_status_says_how_far_it_is_and_changes_nothing(sim: Sim, out: Path) -> None:
    sim("study", "run", out, "--shard", "1/2")
    before = sorted((path, path.stat().st_mtime_ns) for path in out.rglob("*"))
    ended = sim("study", "status", out)
    assert ended.status == 0
    for words in ("points   3 done, 3 planned", "runs     360 of 720", "no process works on it"):
        assert words in ended.out
    told = json.loads(sim("study", "status", out, "--json").out)
    assert (told["runs_done"], told["points"]["done"], told["running"]) == (360, 3, False)
    assert sorted((path, path.stat().st_mtime_ns) for path in out.rglob("*")) == before


def test_a_check_runs_chunks_again(sim: Sim, out: Path) -> None:
    sim("study", "run", out, "--chunk", "100")
    ended = sim("study", "check", out, "--share", "1")
    assert ended.status == 0
    count = len(chunks(out))
    assert ended.out == f"{count} of {count} chunks came out the same; {count} are there\n"


def test_a_check_of_nothing_is_no_success(sim: Sim, out: Path) -> None:
    ended = sim("study", "check", out)
    assert (ended.status, ended.err) == (1, f"{out}: no chunk of this study is there yet\n")


def test_a_chunk_that_comes_out_otherwise_is_told_with_what_to_do(sim: Sim, out: Path) -> None:
    sim("study", "run", out)
    [file] = chunks(out)
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.unlink()
    (out / "chunks" / name_of(bytes(content))).write_bytes(content)
    ended = sim("study", "check", out)
    assert ended.status == 1
    assert f"move it out of {out}/chunks and run: sim study run {out}" in ended.err


def test_damage_is_told_by_status_check_gather_and_run(sim: Sim, out: Path) -> None:
    sim("study", "run", out, "--chunk", "100")
    file = chunks(out)[0]
    content = file.read_bytes()
    file.write_bytes(content[:-1])
    assert f"damaged  {file.name}" in sim("study", "status", out).out
    checked = sim("study", "check", out)
    assert checked.status == 1
    assert f"{file.name} is damaged" in checked.err
    gathered = sim("study", "gather", out)
    assert gathered.status == 65
    assert file.name in gathered.err
    file.write_bytes(content[:-1])
    again = sim("study", "run", out)
    assert again.status == 0
    assert f"{file.name} is damaged; moved to damaged/" in again.err


@pytest.fixture
def picky(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last two points cannot be compiled."""
    ready = task.ready_point

    def only_slow(common: object, piece: task.Piece) -> object:
        values = dict(zip(piece.change.paths, piece.change.values, strict=True))
        if values["parameters.climb_rate"] > 0.2:
            raise ZeroDivisionError("no")
        return ready(common, piece)

    monkeypatch.setattr(task, "ready_point", only_slow)


@pytest.mark.usefixtures("picky")
def test_a_shard_with_points_that_fail_ends_with_status_1(sim: Sim, out: Path) -> None:
    assert sim("study", "run", out, "--shard", "1/3").status == 0
    last = sim("study", "run", out, "--shard", "3/3")
    assert last.status == 1
    assert "points that failed in this shard: 2; gather says at which stage and why" in last.err
    assert f"sim study gather {out}" in last.out


@pytest.mark.usefixtures("picky")
def test_points_that_fail_end_with_status_1(sim: Sim, out: Path) -> None:
    ended = sim("study", "run", out)
    assert ended.status == 1
    assert ended.out.startswith("4 points in ")
    assert f"2 points failed; {out}/experiments.csv says at which stage and why" in ended.err


@pytest.mark.usefixtures("picky")
def test_a_study_that_stops_at_a_failure_says_at_which_and_keeps_the_rest(
    sim: Sim, out: Path
) -> None:
    ended = sim("study", "run", out, "--fail-fast", "--chunk", 100, "--threads", 1)
    assert (ended.status, ended.out) == (1, "")
    assert "ZeroDivisionError: no" in ended.faults[-1]
    assert "Traceback" not in ended.err
    assert chunks(out)
    assert sim("study", "run", out, "--fail-fast").status == 1
    assert sim("study", "run", out).out.startswith("4 points in ")


def test_a_study_that_was_edited_is_refused(sim: Sim, out: Path) -> None:
    path = out / "study.yaml"
    path.write_text(path.read_text().replace("runs: 120", "runs: 130"))
    for command in ("run", "status", "gather", "check"):
        ended = sim("study", command, out)
        assert ended.status == 65
        assert "study.runs: 130 now, 120 when planned" in ended.err


def test_another_study_is_not_planned_over_it(sim: Sim, out: Path, tmp_path: Path) -> None:
    other = written(tmp_path, text_of(runs=120).replace("month: 2", "month: 3"))
    ended = sim("study", "plan", other, "--out", out)
    assert ended.status == 65
    assert "month: 3 now, 2 when planned" in ended.err


@pytest.mark.parametrize("command", ["run", "status", "gather", "check"])
def test_a_folder_without_a_study_is_not_found(sim: Sim, command: str, tmp_path: Path) -> None:
    ended = sim("study", command, tmp_path / "nowhere")
    assert ended.status == 66
    assert "no study is planned there; see: sim study plan" in ended.err


def test_a_faulty_file_ends_with_status_65_and_its_lines(sim: Sim, tmp_path: Path) -> None:
    path = written(tmp_path, text_of(runs=0).replace("climb_rate", "clim_rate"))
    ended = sim("study", "plan", path)
    assert ended.status == 65
    assert len(ended.faults) == 2
    assert not Path("results").exists()


def test_an_unknown_name_gets_the_nearest_one(sim: Sim, tmp_path: Path) -> None:
    written(tmp_path / "scenarios" / "studies", text_of(), "mine.yaml")
    ended = sim("study", "plan", "min")
    assert (ended.status, ended.err) == (66, "min: no such study, did you mean mine?\n")


def test_a_folder_that_cannot_be_made_ends_with_status_73(
    sim: Sim, file: str, tmp_path: Path
) -> None:
    (tmp_path / "x").write_text("")
    ended = sim("study", "plan", file, "--out", tmp_path / "x" / "y")
    assert ended.status == 73
    assert "Not a directory" in ended.err


def test_a_folder_that_may_only_be_read_is_told(
    sim: Sim, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def read_only(path: object, flags: int, *args: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and str(path).startswith(str(out)):
            raise OSError(30, "Read-only file system")
        return opened(path, flags, *args)

    monkeypatch.setattr(os, "open", read_only)
    ended = sim("study", "run", out)
    assert (ended.status, ended.err) == (73, f"{out}: Read-only file system\n")


def test_two_at_once_are_told(sim: Sim, out: Path) -> None:
    with locked(out, WHOLE):
        ended = sim("study", "run", out)
        assert (ended.status, ended.err) == (73, f"{out}: another process works on this study\n")
        assert "a process works on it now" in sim("study", "status", out).out


def test_a_scheduler_that_does_not_answer_is_told(
    sim: Sim, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.runs.cluster.PATIENCE", 1)
    ended = sim("study", "run", out, "--cluster", "tcp://127.0.0.1:9")
    assert ended.status == 66
    assert "tcp://127.0.0.1:9: no scheduler answers" in ended.err


def test_a_plan_tells_what_may_not_be_meant(sim: Sim, tmp_path: Path) -> None:
    text = text_of(runs=1).replace("steps: 3", "values: [0.1, 0.9]")
    file = written(tmp_path, text)
    ended = sim("study", "plan", file, "--out", tmp_path / "o")
    assert "note: parameters.climb_rate takes 0.1 to 0.9, beyond its documented" in ended.out
    assert ended.faults[0] == "planning 4 points …"
    told = json.loads(sim("study", "plan", file, "--out", tmp_path / "o", "--json").out)
    assert [note[:22] for note in told["notes"]] == ["parameters.climb_rate "]


def test_a_run_says_that_the_file_was_edited_after_planning(sim: Sim, out: Path, file: str) -> None:
    Path(file).write_text(Path(file).read_text() + "# more\n")
    ended = sim("study", "run", out)
    assert ended.status == 0
    assert f"{file} was edited after planning; what was planned is run." in ended.faults[0]


def test_a_plan_tells_which_points_cannot_be_run(sim: Sim, tmp_path: Path) -> None:
    lever = (
        "    levers:\n      - {name: more, month: 2, verb: set_global, "
        "param: share_to_debt, values: [0.3, 0.9]}\n"
    )
    file = written(tmp_path, text_of(runs=1).replace("    levers:\n", lever))
    ended = sim("study", "plan", file, "--out", tmp_path / "o")
    assert ended.status == 0
    said = " ".join(ended.out.split())
    assert "note: 6 of 12 points cannot be run, as point 3: " in said
    assert "do not add up to 1" in said
    told = json.loads(sim("study", "plan", file, "--out", tmp_path / "o", "--json").out)
    assert [fault["point"] for fault in told["unable"]] == [3, 4, 7, 8, 11, 12]
