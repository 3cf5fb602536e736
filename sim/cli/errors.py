"""One clear line and an exit status for each thing that goes wrong."""

import os
import re
import shlex
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import Any, NoReturn, TextIO

import click

from sim.io.errors import (
    CANNOT_WRITE,
    DONE,
    INTERNAL,
    INTERRUPTED,
    UNSEEN,
    USAGE,
    LegationError,
    visible,
)

LONG_DASHES = ("\u2013", "\u2014", "\u2212")
"""What word processors and web pages make of two hyphens."""


class Harmless:
    """A stream to which nothing is written that steers a terminal: it is spelled out instead."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text, of which only line ends and what can be seen stay as they are."""
        return self._stream.write(STEERING.sub(_spelled, text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


STEERING = re.compile(rf"(?![\n\t]){UNSEEN.pattern}")


def _spelled(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def say(text: str) -> None:
    """Print to stderr, with what would steer the terminal spelled out."""
    click.echo("\n".join(map(visible, text.split("\n"))), err=True)


def interrupted(args: list[str]) -> int:
    """Say how to go on after an interrupt."""
    again = shlex.join(["sim", *args])
    say(f"\ninterrupted: no unfinished result was kept. To run it again: {again}")
    return INTERRUPTED


def _interrupt(signum: int, frame: object) -> None:
    raise KeyboardInterrupt


def run_safely(command: click.Command, args: list[str] | None) -> int:
    """Run a command; the exit status it ends with."""
    given = sys.argv[1:] if args is None else args
    for word in given:
        if word.startswith(LONG_DASHES):
            meant = word.lstrip("".join(LONG_DASHES))
            say(f"{word}: begins with a long dash; an option begins with hyphens: --{meant}")
            return USAGE
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with redirect_stdout(Harmless(sys.stdout)):
            ended = command.main(args=given, prog_name="sim", standalone_mode=False)
    except click.ClickException as error:
        with redirect_stderr(Harmless(sys.stderr)):
            error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return interrupted(given)
    except (BrokenPipeError, SystemExit):  # click ends the process where nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except MemoryError as error:
        said = error.args if type(error) is MemoryError else ()
        say(f"not enough memory: {''.join(said) or 'fewer runs, threads or actors need less'}")
        return CANNOT_WRITE
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(f"{where}cannot write: {error.strerror or error}")
        return CANNOT_WRITE
    except LegationError as error:
        say(str(error))
        return error.status
    except Exception:
        traceback.print_exc()
        say("sim: this is a fault of the program; please report it with the lines above")
        return INTERNAL
    return ended if isinstance(ended, int) else DONE


@contextmanager
def wrong_usage() -> Iterator[None]:
    """Turn a ValueError into wrong usage: what was asked for cannot be."""
    try:
        yield
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def exit_process(status: int) -> NoReturn:
    """End the process; after an interrupt at once, though the compiler may still be at work.

    It works on a thread that nothing can stop, and that could crash while the interpreter is taken
    down around it.
    """
    if status == INTERRUPTED:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(status)
    sys.exit(status)
