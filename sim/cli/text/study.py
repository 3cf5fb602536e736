"""A study as text: what it will do and cost, and how far it is."""

import shlex
from collections.abc import Iterator
from typing import Any

from sim.cli.console import entry, paragraph
from sim.cli.meter import about, sized
from sim.runs.probe import Pace, bytes_on_disk, faults_of_points, memory
from sim.runs.status import count
from sim.store.lock import is_busy
from sim.study.load import LoadedBlock
from sim.study.notes import notes_on
from sim.study.plan import Planned

MOST_REASONS = 5
"""Reasons why points cannot be run that are written out."""


def plan_facts(planned: Planned, pace: Pace | None, threads: int) -> dict[str, Any]:
    """What a study will do and cost, by name; `pace` is what was measured."""
    counts = count(planned, planned.store.contents())
    layout, points = planned.common.layout, len(planned.points.wanted)
    left, shares = counts.wanted - counts.runs, planned.study.recording.shares
    missing = round(points * left / counts.wanted)
    return {
        "folder": str(planned.folder),
        "points": len(planned.points),
        "distinct_points": points,
        "runs": counts.wanted,
        "runs_done": counts.runs,
        "months": layout.months,
        "outcomes": [*layout.outcomes, *(share.name for share in shares)],
        "series": list(layout.series),
        "threads": threads,
        "seconds": pace and pace.seconds(missing, left, threads),
        "memory": memory(planned, threads),
        "bytes": bytes_on_disk(planned),
        "notes": notes_on(planned.study),
        "unable": [
            {"point": point.number, "message": message}
            for point, message in faults_of_points(planned)
        ],
    }


def plan_lines(planned: Planned, facts: dict[str, Any], pace: Pace | None) -> Iterator[str]:
    """What a study will do and cost, for reading."""
    study = planned.study.study
    yield study.title
    if study.question:
        yield paragraph(study.question)
    distinct = facts["distinct_points"]
    same = "" if facts["points"] == distinct else f", {distinct:,} of them distinct"
    yield entry("points", f"{facts['points']:,}{same}")
    yield from (paragraph(_block(planned, block), "  ", "  ") for block in planned.study.blocks)
    done = f", {facts['runs_done']:,} of them done" if facts["runs_done"] else ""
    yield entry("runs", f"{facts['runs']:,} of {facts['months']} months{done}")
    for name, when in (("outcomes", "by run"), ("series", "by month")):
        yield entry(name, f"{len(facts[name])} {when}: {', '.join(facts[name])}")
    if pace is not None:
        yield entry("time", f"{about(facts['seconds'])} on {facts['threads']} threads")
        yield entry(
            "",
            f"measured for one second: {pace.runs:,.0f} runs a second on one thread, "
            f"{1000 * pace.point:.0f} ms to set up a point",
        )
    yield entry("memory", f"about {sized(facts['memory'])}")
    yield entry("on disk", f"about {sized(facts['bytes'])}")
    for note in [*facts["notes"], *_unable(facts["unable"], facts["points"])]:
        yield paragraph(f"note: {note}", hanging="  ")
    folder = shlex.quote(str(planned.folder))
    yield f"planned in {folder}; to run it: sim study run {folder}"


def _unable(faults: list[dict[str, Any]], points: int) -> Iterator[str]:
    """Which points cannot be run, those of one reason together."""
    reasons: dict[str, list[int]] = {}
    for fault in faults:
        reasons.setdefault(fault["message"], []).append(fault["point"])
    for message, numbers in list(reasons.items())[:MOST_REASONS]:
        first = f"as point {numbers[0]}: {message}"
        yield f"{len(numbers):,} of {points:,} points cannot be run, {first}"
    if len(reasons) > MOST_REASONS:
        more = sum(len(numbers) for numbers in list(reasons.values())[MOST_REASONS:])
        yield f"{more:,} more points cannot be run for other reasons; --json has them all"


def _block(planned: Planned, block: LoadedBlock) -> str:
    """A block in a line."""
    method = planned.study.study.blocks[block.name].design.method.replace("_", " ")
    names = ", ".join(planned.study.bases[each].name for each in block.scenarios)
    return (
        f"{block.name}: {len(block):,} of {block.runs:,} runs each, {method} over "
        f"{len(block.factors):,} factors, from {names}"
    )


def status_facts(planned: Planned) -> dict[str, Any]:
    """How far a study is, by name."""
    contents = planned.store.contents()
    counts = count(planned, contents)
    return {
        "points": counts.points,
        "runs": counts.wanted,
        "runs_done": counts.runs,
        "chunks": len(contents.files),
        "bytes": contents.size,
        "damaged": contents.damaged,
        "running": is_busy(planned.folder),
    }


def status_lines(title: str, facts: dict[str, Any]) -> Iterator[str]:
    """How far a study is, for reading."""
    yield title
    points = ", ".join(f"{number:,} {name}" for name, number in facts["points"].items() if number)
    yield f"points   {points}"
    yield f"runs     {facts['runs_done']:,} of {facts['runs']:,}"
    yield f"chunks   {facts['chunks']:,}, {sized(facts['bytes'])}"
    yield from (f"damaged  {name}; its runs will be run again" for name in facts["damaged"])
    yield f"{'a' if facts['running'] else 'no'} process works on it now"
