"""`sim study point`."""

import shlex
from itertools import islice
from pathlib import Path
from typing import Any

import click

from sim.cli.study_run import in_folder
from sim.io.errors import CannotWrite, MissingFile
from sim.io.files import write_new
from sim.io.writing import as_yaml
from sim.study.plan import Planned, open_study
from sim.study.points import Point, changed


def point_of(planned: Planned, number: int) -> Point:
    """A point by its number, from 1 on; raises MissingFile."""
    found = next(islice(planned.points, number - 1, None), None)
    if found is None:
        raise MissingFile(
            f"{planned.folder}: has points 1 to {len(planned.points):,}, no {number:,}"
        )
    return found


def scenario_of(planned: Planned, point: Point) -> dict[str, Any]:
    """What a scenario file says that does what a point does: its numbers and interventions."""
    study = planned.study
    full = changed(study.bases[point.scenario], point.change)
    content = full.resolved()
    values = zip(point.change.paths, point.change.values.tolist(), strict=True)
    differ = {path: value for path, value in values if value != study.case.value_at(path)}
    same = content["numbers"].keys() - set(point.change.paths)
    numbers = {path: content["numbers"][path] for path in same} | differ
    title = f"{content['title']}, point {point.number:,} of {study.study.title}"
    return {**content, "title": title, "months": study.months, "numbers": numbers}


@click.command("point")
@in_folder
@click.argument("number", type=click.IntRange(1), metavar="N")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def point(folder: Path, number: int, file: Path) -> None:
    """Write a scenario file that does what point N of a study does.

    N is the number in the first column of experiments.csv, and FILE a new file, as in
    scenarios/mine.yaml. `sim run` with the seed of the study gives the runs of the point.
    """
    planned = open_study(folder)
    found = point_of(planned, number)
    try:
        write_new(file, as_yaml(scenario_of(planned, found)))
    except OSError as error:
        raise CannotWrite(f"{file}: {error.strerror}") from None
    seed, runs = planned.study.study.seed, found.block.runs
    click.echo(f"{file}; to run it: sim run {shlex.quote(str(file))} --runs {runs} --seed {seed}")
