"""Every end of a command has a status of its own and one clear line."""

import signal
from collections.abc import Callable, Iterator

import click
import pytest

from sim.cli.errors import run_safely
from sim.io.errors import (
    BadFile,
    Busy,
    CannotCompile,
    CannotWrite,
    CodeMismatch,
    Damaged,
    Fault,
    MissingExtra,
    MissingFile,
    NoCluster,
    NotPaired,
    PlanChanged,
)


@pytest.fixture(autouse=True)
def handler() -> Iterator[None]:
    """The handler of the signal that the command line takes over, given back."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def ending(how: Callable[[], object]) -> int:
    """The status of a command that does `how`."""

    @click.command()
    def command() -> None:
        how()

    return run_safely(command, [])


def raising(error: BaseException) -> Callable[[], object]:
    """Something that raises."""

    def fail() -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (MissingFile("x: no such file"), 66),
        (MissingExtra("x", "y"), 66),
        (NoCluster("x"), 66),
        (BadFile([Fault("x", (1, 2), "a", "wrong")]), 65),
        (CannotCompile("x: rates"), 65),
        (Damaged("x: changed"), 65),
        (PlanChanged("x"), 65),
        (NotPaired("x and y differ"), 65),
        (CodeMismatch("x"), 65),
        (Busy("x"), 73),
        (CannotWrite("x: read-only"), 73),
        (OSError("x: read-only"), 73),
        (ValueError("a fault of the program"), 70),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_has_a_status(error: Exception, status: int) -> None:
    assert ending(raising(error)) == status


@pytest.mark.parametrize(
    ("error", "status", "line"),
    [
        (MissingFile("x: no such file"), 66, "x: no such file\n"),
        (BadFile([Fault("x", (1, 2), "a", "wrong")]), 65, "x:1:2: a: wrong\n"),
        (CannotWrite("x: read-only"), 73, "x: read-only\n"),
    ],
)
def test_such_an_error_is_one_line_on_stderr(
    capsys: pytest.CaptureFixture[str], error: Exception, status: int, line: str
) -> None:
    assert ending(raising(error)) == status
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", line)


def test_a_command_that_ends_well_has_status_nought() -> None:
    assert ending(lambda: None) == 0


def test_a_command_may_end_with_a_status_of_its_own() -> None:
    assert ending(raising(click.exceptions.Exit(65))) == 65


def test_wrong_usage_has_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending(raising(click.UsageError("give two"))) == 2
    assert "give two" in capsys.readouterr().err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()], ids=repr)
def test_an_interrupt_has_status_130_and_says_how_to_go_on(
    capsys: pytest.CaptureFixture[str], error: BaseException
) -> None:
    @click.command()
    @click.argument("name")
    def command(name: str) -> None:
        raise error

    assert run_safely(command, ["my scenario"]) == 130
    err = capsys.readouterr().err
    assert "sim 'my scenario'" in err
    assert "Traceback" not in err


def test_a_fault_of_the_program_shows_where_and_has_status_seventy(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ending(raising(ZeroDivisionError("oops"))) == 70
    err = capsys.readouterr().err
    assert "ZeroDivisionError: oops" in err
    assert "fault of the program" in err.splitlines()[-1]


def test_a_request_to_end_is_an_interrupt() -> None:
    assert ending(lambda: signal.raise_signal(signal.SIGTERM)) == 130


def test_what_would_steer_the_terminal_is_spelled_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending(raising(MissingFile("a\x1b[2J\udcff\r: no such file"))) == 66
    assert capsys.readouterr().err == "a\\x1b[2J\\udcff\\r: no such file\n"


def test_nothing_that_is_printed_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending(lambda: click.echo("a\x1b]0;b\x07\u202e\x9b\r\tchargé\n\udcff")) == 0
    assert capsys.readouterr().out == "a\\u001b]0;b\\u0007\\u202e\\u009b\\u000d\tchargé\n\\udcff\n"
    assert ending(raising(click.UsageError("no such command '\x1b]0;b'"))) == 2
    assert "\\u001b]0;b" in capsys.readouterr().err


def test_little_memory_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert ending(raising(MemoryError())) == 73
    assert capsys.readouterr().err.startswith("not enough memory")
