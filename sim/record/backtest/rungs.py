"""Rungs of actors at dated panels: what the model and the naive rules gave each of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Self

import numpy as np
from pydantic import Field, model_validator

from sim.case.case import Case
from sim.case.numbers import Real, Strict
from sim.io.errors import BadFile, Fault
from sim.measures.members import Places, Reals
from sim.model.calendar import month_number
from sim.model.vocab import RUNGS
from sim.planning.compile import compile_scenario
from sim.record.backtest.naive import HALF, RUNG_RULES, Moves
from sim.record.dots import TIME, lines_of
from sim.record.ensemble import Runs, StartId, record_folder
from sim.scenario.limits import LONGEST
from sim.scenario.load import load_scenario
from sim.scenario.names import Name
from sim.scenario.selection import Chosen, selected
from sim.scenario.verbs.rows import Shift

MODEL, REFITTED = "the model as it is set", "the model, refitted"

REACH = 2.0
"""Largest shift of a group's stance that a fit tries, in utility."""

HALVINGS = 7
"""Times that the range of a shift is halved: it is then known to about 0.03."""

FIT_RUNS = 400
"""Runs with which a shift is tried."""

RUNG = (f"a rung, 0 to {RUNGS - 1}", re.compile(f"[0-{RUNGS - 1}]?"))

Date = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])-\d\d$")]


class RungWindow(Strict):
    """Two dates of the panel; a fit, if there is one, uses the window that ends where it begins.

    The model begins at `start`, with the panel's rungs of `first` and the numbers of `settings`.
    """

    title: Name
    first: Date
    last: Date
    fit: Date | None = None
    start: StartId
    settings: dict[str, Real] = {}

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 1 <= self.months <= LONGEST:
            raise ValueError(f"from {self.first} to {self.last} are not 1 to {LONGEST} months")
        return self

    @property
    def months(self) -> int:
        """Months between the two dates."""
        return month_number(self.last[:7]) - month_number(self.first[:7])


class RungFile(Strict):
    """The panel: its table and columns, whose rungs count, and the windows.

    Groups of actors are those of the case; in a fit each of `refit` gets a shift of its stance.
    `takeover` is the month from which a falling hazard counts.
    """

    table: Name
    actor: Name
    date: Name
    rung: Name
    scenario: Name
    takeover: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    who: Annotated[list[Chosen], Field(min_length=1)]
    refit: list[Chosen]
    windows: Annotated[list[RungWindow], Field(min_length=1)]

    @model_validator(mode="after")
    def _fits_begin(self) -> Self:
        known = {(window.first, window.last) for window in self.windows}
        for window in self.windows:
            if month_number(self.takeover) > month_number((window.fit or window.first)[:7]):
                raise ValueError(f"takeover {self.takeover} lies within window {window.title!r}")
            if window.fit and (window.fit, window.first) not in known:
                raise ValueError(f"no window from {window.fit} to {window.first}, for a fit")
        return self


@dataclass(frozen=True)
class Forecast:
    """What a rule gave each actor: `chances[actor, rung]` at the end of a window.

    `climbs[run]` is the number of actors that stood higher in each run; empty for naive rules.
    """

    rule: str
    chances: Reals
    climbs: Reals


@dataclass(frozen=True)
class RungTest:
    """A window with its actors, what they did, and all forecasts of it, the model's first.

    `shifts` are the fitted shifts of stance of the groups that were refitted.
    """

    window: RungWindow
    actors: tuple[str, ...]
    moves: Moves
    forecasts: tuple[Forecast, ...]
    shifts: tuple[float, ...]


def panel_of(file: RungFile, case: Case) -> dict[str, dict[str, int]]:
    """Rungs by date and actor; raises MissingFile, or BadFile if a window lacks a rung."""
    path = record_folder(case.id) / file.table
    panel: dict[str, dict[str, int]] = {}
    for line in lines_of(path, (file.actor,), {file.date: TIME, file.rung: RUNG}):
        if line[file.rung]:
            panel.setdefault(line[file.date], {})[line[file.actor]] = int(line[file.rung])
    dates = {date for each in file.windows for date in (each.fit, each.first, each.last) if date}
    lacking = {
        date: [actor for actor in actors_of(file, case) if actor not in panel.get(date, {})]
        for date in sorted(dates)
    }
    if faults := [
        Fault(file.table, None, "", f"no rung on {date} for {', '.join(actors)}")
        for date, actors in lacking.items()
        if actors
    ]:
        raise BadFile(faults)
    return panel


def actors_of(file: RungFile, case: Case) -> list[str]:
    """Ids of the actors that count, sorted."""
    return sorted({actor for who in file.who for actor in selected(case, who)})


def moves_between(
    file: RungFile, case: Case, panel: Mapping[str, Mapping[str, int]], first: str, last: str
) -> Moves:
    """What the actors did between two dates of the panel."""
    ids = actors_of(file, case)
    names = sorted({actor.group for actor in case.actors.values()})
    return Moves(
        np.array([panel[first][actor] for actor in ids], np.int64),
        np.array([panel[last][actor] for actor in ids], np.int64),
        np.array([names.index(case.actors[actor].group) for actor in ids], np.int64),
        month_number(last[:7]) - month_number(first[:7]),
        month_number(first[:7]) - month_number(file.takeover) + 1,
    )


def played_rungs(
    file: RungFile,
    window: RungWindow,
    rungs: Mapping[str, int],
    shifts: Sequence[float],
    how: Runs,
) -> Places:
    """Rungs `[run, actor]` at the end of a window that begins on these rungs."""
    settings = [f"{path}={value}" for path, value in window.settings.items()]
    loaded = load_scenario(file.scenario, [f"start={window.start}", *settings])
    column = loaded.case.starts[window.start].rungs
    settings += [
        f"actors.{a}.{column}={rung}" for a, rung in rungs.items() if a in loaded.case.actors
    ]
    loaded = load_scenario(file.scenario, [f"start={window.start}", *settings])
    moved = [
        Shift(verb="shift", month=1, select=who, param="stance", by=shift)
        for who, shift in zip(file.refit, shifts, strict=False)
    ]
    scenario = loaded.scenario.model_copy(
        update={"interventions": [*loaded.scenario.interventions, *moved]}
    )
    compiled = compile_scenario(loaded.case, scenario, window.months)
    places = [compiled.actors.index(actor) for actor in actors_of(file, loaded.case)]
    ends = []
    for chunk in how.using(compiled.start, compiled.uids, window.months, how.runs, how.seed):
        ends.append(np.array(chunk.trajectories.actors["rung"][:, window.months, places], np.int64))
        how.progress(len(ends[-1]))
    return np.concatenate(ends)


def chances_of(ends: Places) -> Reals:
    """Chances `[actor, rung]` from rungs `[run, actor]`, with half a run added to each rung."""
    counts = np.stack([(ends == rung).sum(axis=0) for rung in range(RUNGS)], axis=1)
    return np.asarray((counts + HALF) / (len(ends) + HALF * RUNGS))


def fitted_shifts(
    file: RungFile,
    case: Case,
    panel: Mapping[str, Mapping[str, int]],
    window: RungWindow,
    how: Runs,
) -> tuple[float, ...]:
    """Shifts of stance with which as many actors of each group climb, in the mean, as did.

    By halving, for all groups at once: one group hardly bears on the other within a year.
    """
    past = moves_between(file, case, panel, window.first, window.last)
    ids = actors_of(file, case)
    groups = [np.array([a in set(selected(case, who)) for a in ids]) for who in file.refit]
    low, high = np.full(len(groups), -REACH), np.full(len(groups), REACH)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        ends = played_rungs(file, window, panel[window.first], middle.tolist(), how)
        climbed = (ends > past.before).mean(axis=0)
        for place, own in enumerate(groups):
            if climbed[own].sum() > past.climbed[own].sum():
                high[place] = middle[place]
            else:
                low[place] = middle[place]
    return tuple(((low + high) / 2.0).tolist())


def tested(file: RungFile, case: Case, window: RungWindow, how: Runs) -> RungTest:
    """A window with all forecasts of it; those that are fitted only where it names a fit."""
    panel = panel_of(file, case)
    moves = moves_between(file, case, panel, window.first, window.last)
    forecasts = [_forecast(MODEL, file, window, panel, (), moves, how)]
    shifts: tuple[float, ...] = ()
    rules = dict(RUNG_RULES)
    past = moves
    if window.fit is None:
        rules = {name: rule for name, rule in rules.items() if name == "persistence"}
    else:
        past = moves_between(file, case, panel, window.fit, window.first)
        before = next(one for one in file.windows if one.last == window.first)
        fewer = replace(how, runs=min(how.runs, FIT_RUNS))
        shifts = fitted_shifts(file, case, panel, before, fewer)
        forecasts.append(_forecast(REFITTED, file, window, panel, shifts, moves, how))
    for name, rule in rules.items():
        forecasts.append(Forecast(name, rule(past, moves), np.empty(0)))
    return RungTest(window, tuple(actors_of(file, case)), moves, tuple(forecasts), shifts)


def _forecast(
    rule: str,
    file: RungFile,
    window: RungWindow,
    panel: Mapping[str, Mapping[str, int]],
    shifts: Sequence[float],
    moves: Moves,
    how: Runs,
) -> Forecast:
    ends = played_rungs(file, window, panel[window.first], shifts, how)
    return Forecast(rule, chances_of(ends), (ends > moves.before).sum(axis=1).astype(np.float64))
