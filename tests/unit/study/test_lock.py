"""Who may work in a folder at the same time."""

import errno
import fcntl
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sim.io.errors import Busy, CannotWrite
from sim.store.lock import LOCK, WHOLE, Share, is_busy, locked


def test_one_whole_run_at_a_time(tmp_path: Path) -> None:
    with locked(tmp_path, WHOLE):
        assert is_busy(tmp_path)
        with (
            pytest.raises(Busy, match="another process works on this study"),
            locked(tmp_path, WHOLE),
        ):
            raise AssertionError
    assert not is_busy(tmp_path)
    with locked(tmp_path, WHOLE):
        pass


def test_shards_work_beside_each_other(tmp_path: Path) -> None:
    with locked(tmp_path, Share(1, 3)), locked(tmp_path, Share(2, 3)):
        assert is_busy(tmp_path)
        with pytest.raises(Busy, match="shard 2/3"), locked(tmp_path, Share(2, 3)):
            raise AssertionError
        with locked(tmp_path, Share(3, 3)):
            pass


def test_a_whole_run_and_a_shard_exclude_each_other(tmp_path: Path) -> None:
    with locked(tmp_path, Share(1, 2)), pytest.raises(Busy), locked(tmp_path, WHOLE):
        raise AssertionError
    of_the_whole = pytest.raises(Busy, match="the whole of this study")
    with locked(tmp_path, WHOLE), of_the_whole, locked(tmp_path, Share(1, 2)):
        raise AssertionError


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom sim.store.lock import WHOLE, locked\n"
        "with locked(Path(sys.argv[1]), WHOLE):\n"
        "    print('held', flush=True)\n    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    assert is_busy(tmp_path)
    child.kill()
    child.wait()
    assert not is_busy(tmp_path)


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="No such file"), locked(tmp_path / "x", WHOLE):
        raise AssertionError
    assert not is_busy(tmp_path / "x")


@pytest.mark.parametrize("of", [1, 2, 3, 7])
@pytest.mark.parametrize("total", [1, 2, 5, 100])
def test_shares_are_all_of_the_work_once(of: int, total: int) -> None:
    owners = [
        [share for share in range(1, of + 1) if Share(share, of).owns(ordinal, total)]
        for ordinal in range(total)
    ]
    assert all(len(each) == 1 for each in owners)
    if total >= of:
        assert {each[0] for each in owners} == set(range(1, of + 1))


def test_a_glance_at_the_lock_keeps_nobody_out(tmp_path: Path) -> None:
    """Who asks whether a process works there holds the lock for a moment."""
    (tmp_path / LOCK).touch()
    glance = os.open(tmp_path / LOCK, os.O_RDWR)
    fcntl.flock(glance, fcntl.LOCK_EX)
    timer = threading.Timer(0.1, os.close, [glance])
    timer.start()
    with locked(tmp_path, Share(1, 2)):
        timer.join()


def test_a_file_system_that_locks_only_what_may_be_written_is_asked_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As NFS does; where nothing may be written, nobody works."""
    flock = fcntl.flock

    def strict(handle: int, kind: int) -> None:
        if kind & fcntl.LOCK_EX and fcntl.fcntl(handle, fcntl.F_GETFL) & os.O_ACCMODE == 0:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        flock(handle, kind)

    with locked(tmp_path, WHOLE):
        monkeypatch.setattr(fcntl, "flock", strict)
        assert is_busy(tmp_path)
    assert not is_busy(tmp_path)


def test_a_file_system_without_locks_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int, kind: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(CannotWrite, match="lock: No locks available"), locked(tmp_path, WHOLE):
        raise AssertionError
    assert not is_busy(tmp_path)
