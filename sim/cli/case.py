"""`sim case`: Show what the model assumes, and why."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

import click

from sim.case.case import Case
from sim.case.claims import claims
from sim.case.number_id import KINDS
from sim.case.numbers import Number
from sim.case.tables import (
    Line,
    counts,
    is_assumption,
    items,
    lines,
    meaning_of,
    policy_rows,
)
from sim.cli import candidates, options
from sim.cli.console import paragraph, print_json, table
from sim.io.documents import did_you_mean
from sim.io.errors import MissingFile
from sim.model.parameters import BY_START
from sim.model.vocab import RUNG_WORDS
from sim.scenario.catalog import case_named, cases
from sim.scenario.names import unknown
from sim.store.tables import as_csv

SIDE_BY_SIDE = 6
"""Policies beside each other in one table of 80 columns."""

LONG = 27
"""Letters of a name for which the table of actors has room."""

SHOWN = (*KINDS[:5], "issues", "claims", "ladder", *KINDS[5:])
"""What can be shown, in the order of the help."""


def plain(value: float) -> str:
    """A number as the file has it, without a needless point."""
    return f"{value:.6g}"


def span(number: Number) -> str:
    """The range of a number; blank where there is none."""
    return f"{plain(number.low)} … {plain(number.high)}" if number.has_range else ""


def record(line: Line) -> dict[str, Any]:
    """A number for JSON and CSV."""
    values = {"path": line.path, **asdict(line.number), "meaning": meaning_of(line)}
    values["is_assumption"] = is_assumption(line.number)
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in values.items()
    }


def detail(line: Line, start: str) -> Iterator[str]:
    """A number with all that stands behind it."""
    number = line.number
    name = line.path.removeprefix(f"{start}.")
    symbol = f" ({number.symbol})" if number.symbol else ""
    reach = f", range {span(number)}" if number.has_range else ""
    yield f"{name}{symbol}: {plain(number.value)} {number.unit}{reach}"
    meaning = meaning_of(line)
    if meaning:
        yield paragraph(meaning, "    ")
    for word, text in (
        ("source", number.source),
        ("confidence", number.confidence),
        ("assumption", number.assumption),
        ("note", number.note),
        ("inherited from", number.inherited),
    ):
        if text:
            yield paragraph(f"{word}: {text}", "    ")


def overview(case: Case) -> Iterator[str]:
    """The case in a page: what it is, and how much of it is assumed."""
    yield f"{case.id}: {case.title}"
    if case.base:
        own = sum(not number.inherited for number in case.numbers.values())
        yield paragraph(f"builds on {case.base}, with {own:,} numbers of its own", "  ")
    if case.without:
        yield paragraph(f"is without {', '.join(case.without)}", "  ")
    yield paragraph(case.notes["note"], "  ")
    yield ""
    rows = [
        [kind, str(len(items(case, kind))), str(sourced), str(assumed)]
        for kind, (sourced, assumed) in counts(case).items()
    ]
    yield from table(["", "items", "with a source", "assumptions"], rows)
    yield ""
    yield "More: sim case KIND [ID], where KIND is"
    yield paragraph(", ".join(SHOWN), "  ")


def summary(case: Case, kind: str) -> Iterator[str]:
    """The items of a kind, a line each."""
    if kind == "ladder":
        yield from (f"{rung}  {words}" for rung, words in enumerate(RUNG_WORDS))
    elif kind == "policies":
        yield from policies(case)
    elif kind == "claims":
        yield from claim_lines()
    elif kind == "parameters":
        rows = [
            [
                line.path.removeprefix("parameters."),
                plain(line.number.value),
                line.number.unit,
                span(line.number),
            ]
            for line in lines(case, kind)
        ]
        yield from table(["parameter", "value", "unit", "range"], rows)
        yield ""
        own = " and ".join(BY_START)
        yield f"Every start has its own {own}: sim case starts {case.default_start}"
    elif kind == "actors":
        yield from actors(case)
    else:
        rows = [[name, title] for name, title in items(case, kind).items()]
        yield from table(["id", "title"], rows, left=2)


def claim_lines() -> Iterator[str]:
    """Every claim in short; those from which the record differs are marked."""
    for name, claim in claims().items():
        mark = " (the record differs)" if claim.record == "differs" else ""
        yield f"{name}{mark}"
        yield paragraph(claim.claim, "    ")


def one_claim(name: str) -> Iterator[str]:
    """A claim with its places; raises MissingFile for an unknown one."""
    if name not in claims():
        raise MissingFile(f"{name}: no such claim{did_you_mean(name, list(claims()))}")
    claim = claims()[name]
    where = ", ".join(f"¶{number}" for number in claim.paragraph)
    yield f"{name}: {claim.text} {where}, {claim.kind}, confidence {claim.confidence}"
    yield paragraph(claim.claim, "  ")
    yield f"  the record {'is silent' if claim.record == 'silent' else claim.record}"
    if claim.difference:
        yield paragraph(claim.difference, "    ")
    for place in claim.place:
        yield paragraph(place.words(), "  ")


def actors(case: Case) -> Iterator[str]:
    """The actors with what matters most, group by group."""
    start = case.starts[case.default_start]
    ordered = sorted(case.actors.values(), key=lambda actor: (actor.group, actor.id))
    rows = [
        [
            actor.id,
            actor.name if len(actor.name) <= LONG else f"{actor.name[: LONG - 1]}…",
            actor.policy or "(its members')",
            plain(case.value("actors", actor.id, start.rungs)),
            plain(case.value("actors", actor.id, "salience")),
        ]
        for actor in ordered
    ]
    header, *found = table(["id", "name", "policy", "rung", "weight"], rows, left=3)
    yield header
    for group, own in groupby(zip(ordered, found, strict=True), lambda each: each[0].group):
        yield f"{group}:"
        yield from (line for _, line in own)


def labelled(case: Case, name: str) -> str:
    """The name of a number; a place of the issue weights bears its issue."""
    kind, _, place = name.partition(".")
    return f"{name} {list(case.issues)[int(place)]}" if kind == "issue_weights" else name


def policies(case: Case) -> Iterator[str]:
    """The policies side by side, some at a time, each group under its names."""
    names = list(case.policies)
    rows = list(policy_rows(case))
    for first in range(0, len(names), SIDE_BY_SIDE):
        some = names[first : first + SIDE_BY_SIDE]
        places = [str(first + place) for place in range(1, len(some) + 1)]
        for place, name in zip(places, some, strict=True):
            yield f"{place:>2}  {name} ({case.policies[name].source})"
        cells = [
            [
                labelled(case, name),
                *(plain(value) for value in values[first : first + SIDE_BY_SIDE]),
            ]
            for name, values in rows
        ]
        yield ""
        yield from table(["", *places], cells)
        yield ""
    yield "All numbers of policies are judgement; their ranges: sim case policies ID"


def one(case: Case, kind: str, item: str) -> Iterator[str]:
    """One item in full; raises MissingFile for an unknown one."""
    known = items(case, kind)
    if item not in known:
        if kind == "actors":
            raise MissingFile(unknown("actor", item, known, "sim case actors", known))
        raise MissingFile(f"{item}: not among the {kind}{did_you_mean(item, list(known))}")
    yield f"{item}: {known[item]}" if known[item] else item
    if kind == "policies":
        yield paragraph(case.policies[item].summary, "  ")
    if kind == "actors":
        actor = case.actors[item]
        follows = actor.policy or "the votes of its members"
        bloc = f"bloc {actor.bloc} ({case.blocs[actor.bloc]})"
        yield paragraph(f"{actor.kind}, group {actor.group}, {bloc}, follows {follows}", "  ")
    if kind == "issues":
        yield paragraph(case.issues[item].meaning, "  ")
        yield from (f"  {level}  {text}" for level, text in enumerate(case.issues[item].levels))
    for line in lines(case, kind, item):
        yield from detail(line, f"{kind}.{item}" if line.path != f"{kind}.{item}" else kind)


def one_rung(word: str) -> Iterator[str]:
    """A rung by its number or in words; raises MissingFile for an unknown one."""
    numbers = {words: rung for rung, words in enumerate(RUNG_WORDS)}
    rung = int(word) if word.isdecimal() else numbers.get(word.lower(), -1)
    if rung not in range(len(RUNG_WORDS)):
        hint = did_you_mean(word, list(RUNG_WORDS))
        raise MissingFile(f"{word}: not on the ladder, which has rungs 0 to 7{hint}")
    yield f"{rung}  {RUNG_WORDS[rung]}"


def kind_and_item(case: Case, word: str, item: str | None) -> tuple[str, str | None]:
    """What to show; a word that is no kind may be the id, or the name, of an item."""
    if word in SHOWN:
        return word, item
    known = {kind: items(case, kind) for kind in SHOWN if kind not in ("claims", "ladder")}
    known["claims"] = dict.fromkeys(claims(), "")
    for kind, titles in known.items() if item is None else ():
        for name, title in titles.items():
            if word.casefold() in (name.casefold(), title.casefold()):
                return kind, name
    near = did_you_mean(word, [*SHOWN, *(name for titles in known.values() for name in titles)])
    raise click.UsageError(f"{word!r} is no kind and no id{near} Kinds: {', '.join(SHOWN)}")


def print_csv(found: Sequence[Line]) -> None:
    """Print numbers as CSV."""
    records = [record(line) for line in found]
    header = list(records[0]) if records else []
    click.echo(as_csv(header, [list(each.values()) for each in records]), nl=False)


class KindOrId(click.Choice[str]):
    """A kind of part of the case; any other word may be the id of an item."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as it is given."""
        return str(value)


@click.command("case")
@click.argument("kind", required=False, type=KindOrId(SHOWN))
@click.argument("item", required=False, metavar="[ID]", shell_complete=candidates.ids)
@click.option(
    "--case",
    "name",
    help="Case to use; needed only if there are several.",
    shell_complete=candidates.names_of_cases,
)
@click.option("--csv", "as_csv", is_flag=True, help="Print the numbers as CSV.")
@options.as_json
def command(
    kind: str | None, item: str | None, name: str | None, as_csv: bool, as_json: bool
) -> None:
    """Show what the model assumes and why: every number with unit, range and source."""
    case = case_named(name or cases()[0])
    if kind is not None:
        kind, item = kind_and_item(case, kind, item)
    if kind == "claims" and as_json:
        whole = claims().items()
        print_json({name: each.model_dump(mode="json", exclude_none=True) for name, each in whole})
        return
    if as_json or as_csv:
        wanted = [kind] if kind else list(KINDS)
        found = [line for each in wanted for line in lines(case, each, item or "")]
        if item and not found:
            raise MissingFile(f"{item}: not among the {kind}")
        if as_csv:
            print_csv(found)
        else:
            print_json([record(line) for line in found])
        return
    if kind is None:
        text = overview(case)
    elif kind == "ladder" and item:
        text = one_rung(item)
    elif kind == "claims" and item:
        text = one_claim(item)
    elif item is None:
        text = summary(case, kind)
    else:
        text = one(case, kind, item)
    for line in list(text):
        click.echo(line)
