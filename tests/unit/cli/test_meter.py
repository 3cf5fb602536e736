"""How far a long job is, and how long it will take."""

import io
import threading

import pytest

from sim.cli.meter import meter, spoken


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "under a second"),
        (5, "5 s"),
        (89, "89 s"),
        (91, "2 min"),
        (5399, "90 min"),
        (5401, "1.5 h"),
        (86_400, "24.0 h"),
        (172_801, "2.0 days"),
    ],
)
def test_a_time_is_spoken(seconds: float, text: str) -> None:
    assert spoken(seconds) == text


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that is set by hand: its only element is the time in seconds."""
    now = [1000.0]
    monkeypatch.setattr("tqdm.std.time", lambda: now[0])
    return now


def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What a terminal shows from now on; no fixture, as the test runner takes stderr after them."""
    found = io.StringIO()
    monkeypatch.setattr(found, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", found)
    return found


def test_a_short_job_is_one_line_on_stderr_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with meter("baseline: 10 runs", 10) as count:
        count(5)
        count(5)
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "baseline: 10 runs …\n")


def test_elsewhere_than_on_a_terminal_there_is_a_line_a_minute(
    capsys: pytest.CaptureFixture[str], clock: list[float]
) -> None:
    with meter("study", 1_000, done=100) as count:
        for _ in range(14):
            clock[0] += 10
            count(50)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "study: 100 of 1,000 done before"
    assert lines[1].startswith("450 of 1,000, ")
    assert lines[1].endswith("5.00/s, 01:50 left")
    assert len(lines) == 3


def test_a_terminal_has_a_bar_with_the_time_left(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    screen = terminal(monkeypatch)
    with meter("study", 10_000, done=5_000) as count:
        clock[0] += 70
        count(500)
        clock[0] += 5
        count(500)
        shown = screen.getvalue()
    assert "study |" in shown
    assert "60 %, 6,000 of 10,000, 100.00/s, 00:40 left" in shown


def test_what_steers_a_terminal_is_spelled_out_in_a_label(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = terminal(monkeypatch)
    with meter("a\x1b[2Jb", 10) as count:
        count(10)
    assert "\x1b" not in screen.getvalue()
    assert "100 %" in screen.getvalue()


def test_the_compiler_is_named_where_nothing_is_done(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.cli.meter.PATIENCE", 0.0)
    with meter("baseline", 10) as count:
        threading.Event().wait(0.05)
        count(10)
    assert "compiling the rules" in capsys.readouterr().err
