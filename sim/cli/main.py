"""`sim`: the group of commands, each loaded when it is called, so that help comes at once."""

import importlib
import os
import sys
from typing import NoReturn

import click
from click.shell_completion import CompletionItem

from sim.cli.completion import VARIABLE, complete
from sim.cli.errors import exit_process, run_safely
from sim.cli.surroundings import settle
from sim.io.places import listed

FIRST = ("scenarios", "run", "compare", "plot", "patterns", "study", "case")
"""The commands that the help names first, in this order."""

COMMANDS = listed("cli", "sim", FIRST)
"""The commands by name: each file of this room that begins with its name."""

IN_TWO_WORDS = {
    "case new": ("sim.cli.case_files", "new"),
    "case check": ("sim.cli.case_files", "check"),
}
"""Commands below a command that does something of its own, too."""


class Lazy(click.Group):
    """A group that imports a command's module only to run it or to show its own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command `name`, imported now."""
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[name].module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.text) for name, one in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands and options for the Tab key, without importing the commands."""
        named = {name: one.text for name, one in COMMANDS.items() if name.startswith(incomplete)}
        found = [CompletionItem(name, help=text) for name, text in named.items()]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; a near miss gets the nearest name."""
        from sim.io.documents import did_you_mean

        if (words := " ".join(args[:2])) in IN_TWO_WORDS:
            module, name = IN_TWO_WORDS[words]
            return words, getattr(importlib.import_module(module), name), args[2:]
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = did_you_mean(args[0], list(COMMANDS))
            raise click.UsageError(f"no such command {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Compare what-ifs of diplomatic recognition and engagement.

    A scenario says who follows which policy and what happens when. `sim run` plays it month by
    month, many times under common random numbers; `sim compare` and `sim plot` show how scenarios
    differ, with their spread. It compares what-ifs; it does not forecast.

    \b
    sim scenarios list
    sim run baseline --runs 1000
    sim compare baseline NAME
    sim plot baseline NAME

    Exit status: 0 done, 1 a stated check failed, 2 wrong usage, 65 bad scenario or data,
    66 not found, 70 internal error, 73 cannot write, 130 interrupted.
    """


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line, or answer a shell that completes it, and exit with its status."""
    settle()
    if os.environ.get(VARIABLE):
        sys.exit(complete(command, os.environ[VARIABLE]))
    exit_process(run_safely(command, args))
