"""A case as text: what the model assumes, and why."""

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
from sim.case.tables import Line, counts, is_assumption, items, lines, meaning_of, policy_rows
from sim.cli.console import paragraph, table
from sim.io.documents import did_you_mean
from sim.io.errors import MissingFile
from sim.model.parameters import BY_START
from sim.model.vocab import RUNG_WORDS
from sim.scenario.names import unknown
from sim.store.tables import as_csv

SIDE_BY_SIDE = 6
"""Policies beside each other in one table of 80 columns."""

LONG = 27
"""Letters of a name for which the table of actors has room."""


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


def overview(case: Case, kinds: Sequence[str]) -> Iterator[str]:
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
    yield paragraph(", ".join(kinds), "  ")


def summary(case: Case, kind: str) -> Iterator[str]:
    """The items of a kind, a line each."""
    if kind == "ladder":
        yield from (f"{rung}  {words}" for rung, words in enumerate(RUNG_WORDS))
    elif kind == "policies":
        yield from policies(case)
    elif kind == "claims":
        yield from claim_lines()
    elif kind == "parameters":
        own = ((line.path.removeprefix("parameters."), line.number) for line in lines(case, kind))
        rows = [[name, plain(one.value), one.unit, span(one)] for name, one in own]
        yield from table(["parameter", "value", "unit", "range"], rows)
        yield ""
        names = " and ".join(BY_START)
        yield f"Every start has its own {names}: sim case starts {case.default_start}"
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


def kind_and_item(
    case: Case, word: str, item: str | None, kinds: Sequence[str]
) -> tuple[str, str | None]:
    """What to show; a word that is no kind may be the id, or the name, of an item.

    Raises UsageError for any other word.
    """
    if word in kinds:
        return word, item
    titles = {kind: items(case, kind) for kind in kinds if kind not in ("claims", "ladder")}
    titles["claims"] = dict.fromkeys(claims(), "")
    for kind, own in titles.items() if item is None else ():
        for name, title in own.items():
            if word.casefold() in (name.casefold(), title.casefold()):
                return kind, name
    near = did_you_mean(word, [*kinds, *(name for own in titles.values() for name in own)])
    raise click.UsageError(f"{word!r} is neither a kind nor an id{near} Kinds: {', '.join(kinds)}")


def records(case: Case, kind: str | None, item: str | None) -> list[dict[str, Any]]:
    """Numbers for JSON and CSV; raises MissingFile where an item has none."""
    kinds = [kind] if kind else KINDS
    rows = [record(line) for each in kinds for line in lines(case, each, item or "")]
    if item and not rows:
        raise MissingFile(f"{item}: not among the {kind}")
    return rows


def print_csv(rows: Sequence[dict[str, Any]]) -> None:
    """Print records of the same keys as CSV."""
    header = list(rows[0]) if rows else []
    click.echo(as_csv(header, [list(row.values()) for row in rows]), nl=False)


def case_lines(
    case: Case, kind: str | None, item: str | None, kinds: Sequence[str]
) -> Iterator[str]:
    """The case, a kind of its parts, or one item; raises MissingFile for an unknown one."""
    if kind is None:
        return overview(case, kinds)
    if item is None:
        return summary(case, kind)
    if kind == "ladder":
        return one_rung(item)
    return one_claim(item) if kind == "claims" else one(case, kind, item)
