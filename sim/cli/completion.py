"""`sim completion`: Complete names and options with the Tab key."""

import os
import shlex

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    shell_complete,
    split_arg_string,
)

VARIABLE = "_SIM_COMPLETE"
"""In the environment of a process that is to print candidates: `bash_complete` and the like."""

NOTHING = 1
"""Status of a process that finds no answer; the shell then offers nothing."""


def put_together(words: list[str]) -> list[str]:
    """Words that bash split at = and :, as they stand in the line.

    >>> put_together(["plot", "--metric", "=", "mean_rung", ":", "We"])
    ['plot', '--metric=mean_rung:We']
    """
    found: list[str] = []
    for word in words:
        if found and (word in ("=", ":") or found[-1].endswith(("=", ":"))):
            found[-1] += word
        else:
            found.append(word)
    return found


class Bash(BashComplete):
    """Answers for bash, which replaces only what follows the last colon of a word."""

    before_colon = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one at the cursor, and that one."""
        given, place = split_arg_string(os.environ["COMP_WORDS"]), int(os.environ["COMP_CWORD"])
        words = put_together(given[: place + 1])
        *before, word = words if place < len(given) else [*words, ""]
        value = word.partition("=")[2] if word.startswith("-") else word
        self.before_colon = value[: value.rfind(":") + 1]
        return before[1:], word

    def format_completion(self, item: CompletionItem) -> str:
        """The type of a candidate and the rest of it, quoted where the shell needs that."""
        return f"{item.type},{shlex.quote(item.value.removeprefix(self.before_colon))}"


add_completion_class(Bash)

SHELLS: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": ZshComplete, "fish": FishComplete}
"""Who speaks with each shell."""


def complete(command: click.Command, instruction: str) -> int:
    """Answer the shell on stdout; the status to end with.

    Whatever goes wrong, as a broken file or a closed pipe, stays unsaid: it would be printed into
    the line that somebody is typing.
    """
    try:
        return shell_complete(command, {}, "sim", VARIABLE, instruction)
    except (Exception, SystemExit, KeyboardInterrupt):
        return NOTHING


@click.command("completion")
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script with which a shell completes commands, names, ids and metrics on Tab.

    Run one of these once, for your shell:

    \b
    bash  echo 'eval "$(sim completion bash)"' >> ~/.bashrc
    zsh   echo 'eval "$(sim completion zsh)"' >> ~/.zshrc
    fish  sim completion fish > ~/.config/fish/completions/sim.fish
    """
    spoken = SHELLS[shell](context.find_root().command, {}, "sim", VARIABLE)
    click.echo(spoken.source(), nl=False)
