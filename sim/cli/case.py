"""`sim case`: Show what the model assumes, and why."""

from typing import Any

import click

from sim.case.number_id import KINDS
from sim.cli import candidates, options

SHOWN = (*KINDS[:5], "issues", "claims", "ladder", *KINDS[5:])
"""What can be shown, in the order of the help."""


class KindOrId(click.Choice[str]):
    """A kind of part of the case; any other word may be the id of an item."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as it is given."""
        return str(value)


@click.command("case")
@click.argument("kind", required=False, type=KindOrId(SHOWN))
@click.argument("item", required=False, metavar="[ID]", shell_complete=candidates.ids)
@options.case
@click.option("--csv", "as_csv", is_flag=True, help="Print the numbers as CSV.")
@options.as_json
def command(
    kind: str | None, item: str | None, name: str | None, as_csv: bool, as_json: bool
) -> None:
    """Show what the model assumes and why: every number with unit, range and source."""
    from sim.case.claims import claims
    from sim.cli.console import print_json, print_lines
    from sim.cli.text.case import case_lines, kind_and_item, print_csv, records
    from sim.scenario.catalog import case_named, cases

    case = case_named(name or cases()[0])
    if kind is not None:
        kind, item = kind_and_item(case, kind, item, SHOWN)
    if kind == "claims" and as_json:
        whole = claims().items()
        print_json({name: each.model_dump(mode="json", exclude_none=True) for name, each in whole})
    elif as_json or as_csv:
        (print_csv if as_csv else print_json)(records(case, kind, item))
    else:
        print_lines(case_lines(case, kind, item, SHOWN))
