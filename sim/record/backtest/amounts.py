"""Amounts that the record has after a start: what the model and the naive rules gave each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.case.case import Case, StartFacts
from sim.case.numbers import Strict
from sim.io.documents import did_you_mean
from sim.io.errors import BadFile, Fault
from sim.measures.members import Reals
from sim.record.backtest.naive import AMOUNT_RULES, Past
from sim.record.backtest.rungs import MODEL
from sim.record.dots import Dot, span
from sim.record.ensemble import Ensemble, Runs, Span, batches, load_file, over_span, record_folder
from sim.record.hindcast import GroupRung, HindcastFile, PanelFile
from sim.scenario.names import Name

LEAST_PAST = 3
"""Values that a naive rule must have seen."""


class AmountFile(Strict):
    """Which panels of `hindcast.yaml` are tried, and what of them was used to set the start.

    `used` gives for a panel the years whose values set a number of the start: the model cannot
    miss these, and they are left out.
    """

    panels: list[Name]
    used: dict[Name, list[int]] = {}


@dataclass(frozen=True)
class Sighting:
    """A value of the record after the start, and what each rule gave it: logarithms.

    `samples` are `[member]` by rule.
    """

    title: str
    unit: str
    time: float
    value: float
    samples: Mapping[str, Reals]


def months_of(dot: Dot, start: StartFacts, months: int) -> Span | None:
    """First and last month of a run in the time of a dot; None where one lies outside the run."""
    spans = [span(start.calendar.date(month)) for month in range(1, months + 1)]
    if dot.first == dot.last:
        inside = [m for m, (first, last) in enumerate(spans, 1) if first <= dot.first < last]
    else:
        inside = [
            m
            for m, (first, last) in enumerate(spans, 1)
            if dot.first <= (first + last) / 2 <= dot.last
        ]
    whole = inside and dot.last <= spans[-1][1] + 1e-6 and dot.first >= spans[0][0] - 1e-6
    return (inside[0], inside[-1]) if whole else None


def past_of(dots: Sequence[Dot], begin: float) -> Past:
    """What was seen before a date: values whose time lies mostly before it."""
    before = sorted((dot for dot in dots if dot.middle < begin), key=lambda dot: dot.middle)
    return Past(np.array([dot.middle for dot in before]), np.log([dot.value for dot in before]))


def tried_panels(file: AmountFile, hindcast: HindcastFile) -> list[PanelFile]:
    """The panels that are tried, in the order of the hindcast; those of rungs are none.

    Raises BadFile for a title that no panel has.
    """
    titles = [panel.title for panel in hindcast.panels]
    for title in (*file.panels, *file.used):
        if title not in titles:
            message = f"no panel {title!r} in hindcast.yaml{did_you_mean(title, titles)}"
            raise BadFile([Fault("backtest.yaml", None, "amounts", message)])
    return [
        panel
        for panel in hindcast.panels
        if panel.title in file.panels and not isinstance(panel.quantity, GroupRung)
    ]


def sightings(file: AmountFile, case: Case, how: Runs) -> list[Sighting]:
    """All values of the record in the time of the hindcast; raises MissingFile or BadFile."""
    hindcast = load_file(HindcastFile, case.id, "hindcast.yaml")[1]
    ensemble, start = hindcast.ensemble, case.starts[hindcast.ensemble.start]
    panels = tried_panels(file, hindcast)
    dots = [panel.record.dots(case, record_folder(case.id)) for panel in panels]
    for panel, own in zip(panels, dots, strict=True):
        if least := [dot.value for dot in own if dot.value <= 0.0]:
            message = f"{least[0]:g} has no logarithm; an amount that is tried lies above 0"
            raise BadFile([Fault("hindcast.yaml", None, panel.title, message)])
    ahead = [
        [
            (dot, months)
            for dot in own
            if (months := months_of(dot, start, ensemble.months))
            and int(dot.middle) not in file.used.get(panel.title, [])
        ]
        for panel, own in zip(panels, dots, strict=True)
    ]
    drawn = _drawn(case, ensemble, panels, [[months for _, months in own] for own in ahead], how)
    begin = span(start.calendar.date(1))[0]
    return [
        Sighting(
            panel.title,
            panel.unit,
            dot.middle,
            float(np.log(dot.value)),
            {MODEL: np.log(drawn[place][:, at]), **_naive(past_of(dots[place], begin), dot.middle)},
        )
        for place, panel in enumerate(panels)
        for at, (dot, _) in enumerate(ahead[place])
    ]


def _naive(past: Past, time: float) -> dict[str, Reals]:
    if len(past.values) < LEAST_PAST:
        return {}
    return {name: rule(past, time) for name, rule in AMOUNT_RULES.items()}


def _drawn(
    case: Case,
    ensemble: Ensemble,
    panels: Sequence[PanelFile],
    spans: Sequence[Sequence[Span]],
    how: Runs,
) -> list[Reals]:
    """What the model gives each panel at its spans, `[run, span]`."""
    parts: list[list[Reals]] = [[] for _ in panels]
    for batch in batches(case, ensemble, how):
        for part, panel, own in zip(parts, panels, spans, strict=True):
            series = panel.quantity.series(batch)
            part.append(
                np.stack([over_span(series, each, panel.flow) for each in own], axis=1)
                if own
                else np.empty((len(series), 0))
            )
    return [np.concatenate(part) for part in parts]
