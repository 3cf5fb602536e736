"""Exit statuses, and one clear line for each thing that goes wrong."""

import os
import shlex
import signal
import sys
import traceback
from contextlib import suppress
from typing import NoReturn

import click

DONE, FAILED, USAGE = 0, 1, 2
BAD_INPUT, NOT_FOUND, INTERNAL, CANNOT_WRITE, INTERRUPTED = 65, 66, 70, 73, 130


LONG_DASHES = ("\u2013", "\u2014", "\u2212")
"""What word processors and web pages make of two hyphens."""


def say(text: str) -> None:
    """Print to stderr, with what would steer the terminal spelled out."""
    from sim.io.documents import visible

    click.echo("\n".join(map(visible, text.split("\n"))), err=True)


def status_of(error: Exception) -> int | None:
    """The exit status of an error with a message of its own; None for a fault of the program."""
    from sim.analysis.compare import NotPaired
    from sim.io.documents import BadFile, MissingFile
    from sim.results.folder import CannotWrite
    from sim.results.read import Damaged
    from sim.scenario.faults import CannotCompile
    from sim.study import faults

    statuses: dict[type[Exception], int] = {
        MissingFile: NOT_FOUND,
        BadFile: BAD_INPUT,
        CannotCompile: BAD_INPUT,
        Damaged: BAD_INPUT,
        NotPaired: BAD_INPUT,
        CannotWrite: CANNOT_WRITE,
        faults.NotAsPlanned: BAD_INPUT,
        faults.OtherCode: BAD_INPUT,
        faults.MissingExtra: NOT_FOUND,
        faults.NoCluster: NOT_FOUND,
        faults.Busy: CANNOT_WRITE,
    }
    kinds = type(error).__mro__
    return next((statuses[kind] for kind in kinds if kind in statuses), None)


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
        ended = command.main(args=given, prog_name="sim", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return interrupted(given)
    except (BrokenPipeError, SystemExit):  # click ends the process where nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(f"{where}cannot write: {error.strerror}")
        return CANNOT_WRITE
    except Exception as error:
        status = status_of(error)
        if status is None:
            traceback.print_exc()
            say("sim: this is a fault of the program; please report it with the lines above")
            return INTERNAL
        say(str(error))
        return status
    return ended if isinstance(ended, int) else DONE


def leave(status: int) -> NoReturn:
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
