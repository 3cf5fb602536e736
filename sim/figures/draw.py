"""What `sim plot` draws of which metrics, and the folder of pictures that it writes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from sim.analysis.replay import check_again
from sim.figures.page import Asked, Picture
from sim.figures.points import draw_all
from sim.figures.save import save
from sim.figures.style import PHONE
from sim.figures.words import root_of
from sim.io.documents import did_you_mean
from sim.io.errors import NotAgain
from sim.io.files import whole_folder
from sim.io.places import listed
from sim.record.hindcast import load_hindcast
from sim.runs.prospect import Contents
from sim.store.folder import Packer, joined
from sim.store.manifest import short_hash
from sim.store.read import Result
from sim.store.study import StudyTables

PICTURES = listed("figures", "--picture", ("trajectories", "ladder", "differences"))
"""The pictures by name: each file of this room that begins with its name."""

Plan = dict[str, list[str]]
"""The metrics of each picture that is to be drawn."""


def picture_named(name: str) -> Picture:
    """A picture by its name; raises KeyError for an unknown one."""
    picture: Picture = import_module(PICTURES[name].module).PICTURE
    return picture


def metrics_for(name: str, results: Sequence[Contents], metrics: Sequence[str]) -> list[str]:
    """Those of the metrics that a picture can show, with or without a subject."""
    known = picture_named(name).shows(results[0])
    known += [metric.partition(":")[0] for metric in known]
    return [metric for metric in metrics if metric in known]


def check_metrics(results: Sequence[Contents], metrics: Sequence[str]) -> None:
    """Raise ValueError for a metric that no picture can show."""
    known = [metric for name in PICTURES for metric in picture_named(name).shows(results[0])]
    for metric in metrics:
        if metric not in known:
            raise ValueError(f"unknown metric {metric!r}{did_you_mean(metric, known)}")


def pictures_of(results: Sequence[Contents], metrics: Sequence[str]) -> list[str]:
    """Every picture that results and metrics allow."""
    names = [name for name in PICTURES if len(results) >= picture_named(name).least]
    if metrics:
        names = [name for name in names if metrics_for(name, results, metrics)]
    return names or list(PICTURES)[:1]


def make_plan(
    name: str | None, results: Sequence[Contents], asked: Asked
) -> tuple[Plan, list[str]]:
    """What will be drawn of results, be they there or not, and a note on each picture left out.

    Raises ValueError for a metric that a picture cannot show of all of them, NotPaired for results
    of which there are no differences run by run, MissingFile where there is no record, and NotAgain
    for single runs that are not kept and cannot be played again.
    """
    metrics = asked.metrics
    check_metrics(results, metrics)
    _check_asked(results, asked)
    names = [name] if name else pictures_of(results, metrics)
    plan, notes = {}, []
    for each in names:
        own = metrics_for(each, results, metrics) if len(names) > 1 else list(metrics)
        try:
            picture_named(each).check(results, own)
        except NotAgain as error:
            if name:
                raise
            notes.append(f"no picture {each}: {error}")
        else:
            plan[each] = own
    return plan, notes


def _check_asked(results: Sequence[Contents], asked: Asked) -> None:
    """Raise ValueError, MissingFile or NotAgain where a record or single runs cannot be drawn."""
    if asked.record:
        load_hindcast(root_of(results[0]))
    if asked.runs:
        least = min(int(each.manifest["runs"]) for each in results)
        if asked.runs > least:
            raise ValueError(f"--runs-shown: {asked.runs} of {least} runs")
        check_again(results)


def draw_results(
    results: Sequence[Result], plan: Plan, name: str | None, asked: Asked, kind: str, out: Path
) -> list[Path]:
    """Draw results into a folder below `out`; the paths of the pictures, files of some `kind`.

    The folder is named after the scenarios and what is asked for: a picture, metrics, a phone.
    """
    folders = [result.folder.name for result in results]
    phone = ["phone"] if asked.paper is PHONE else []
    words = [[result.name for result in results], [*filter(None, [name]), *asked.metrics, *phone]]
    named = "-".join(joined(part) for part in words if part).replace(":", ".")
    figures = (
        (picture, picture_named(picture).draw(results, replace(asked, metrics=metrics)))
        for picture, metrics in plan.items()
    )
    title = f"Pictures: {joined([result.title for result in results])}"
    facts = {"title": title, "compares": words[0], "results": folders, "pictures": plan}
    identity = short_hash([folders, plan, repr(asked), kind])
    return _save_all(figures, kind, out / f"plot-{named}-{identity}", facts)


def draw_study(
    study: StudyTables, name: str | None, asked: Asked, width: str, kind: str, out: Path
) -> list[Path]:
    """Draw the points of a study into a folder below `out`; the paths of the pictures.

    Raises ValueError for a picture or a metric that the study does not have.
    """
    figures = draw_all(study, name, asked.metrics, asked.paper)
    facts = {
        "title": f"Pictures: {study.title}",
        "compares": study.manifest.get("compares"),
        "results": [study.folder.name],
        "width": width,
    }
    identity = short_hash([study.manifest.get("identity"), name, asked.metrics, (width, kind)])
    folder = out / f"plot-{study.folder.resolve().name}-{identity}"
    return _save_all(figures.items(), kind, folder, facts)


def _save_all(
    pictures: Iterable[tuple[str, Iterable[Figure]]], kind: str, folder: Path, facts: dict[str, Any]
) -> list[Path]:
    """Write the pages of each picture, and a manifest with these facts; the paths of the pages."""
    paths = []
    with whole_folder(folder) as partial:
        for picture, figures in pictures:
            for number, figure in enumerate(figures, start=1):
                name = f"{picture}.{kind}" if number == 1 else f"{picture}-{number}.{kind}"
                save(figure, partial / name)
                paths.append(folder / name)
        Packer(partial).finish(facts)
    return paths
