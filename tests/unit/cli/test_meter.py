"""How far a long job is, and how long it will take."""

import pytest

from sim.cli.meter import Meter, spoken


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


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


def test_the_time_left_follows_from_what_was_done_here_and_not_before() -> None:
    clock = Clock()
    meter = Meter("x", 10_000, done=5_000, clock=clock)
    clock.now += 10
    meter(1_000)
    assert meter.left() == "100 a second, about 40 s left"


def test_nothing_is_said_before_the_pace_is_known() -> None:
    clock = Clock()
    meter = Meter("x", 10_000, clock=clock)
    assert meter.left() == ""
    clock.now += 1
    meter(500)
    assert meter.left() == ""


def test_the_pace_is_that_of_the_last_minute() -> None:
    clock = Clock()
    meter = Meter("x", 100_000, clock=clock)
    for _ in range(30):
        clock.now += 10
        meter(1_000)
    for _ in range(12):
        clock.now += 10
        meter(100)
    pace = float(meter.left().split()[0])
    assert 10 <= pace <= 26


def test_elsewhere_than_on_a_terminal_there_is_a_line_a_minute(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = Clock()
    with Meter("study", 1_000, done=100, clock=clock) as meter:
        for _ in range(14):
            clock.now += 10
            meter(50)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "study: 100 of 1,000 done before"
    assert lines[1].startswith("study: 400 of 1,000; 5 a second, about 2 min left")
    assert len(lines) == 3


def test_a_terminal_has_a_bar_with_the_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    clock = Clock()
    with Meter("study", 1_000, clock=clock) as meter:
        clock.now += 10
        meter(500)
    assert "50 a second, about 10 s left" in capsys.readouterr().err
