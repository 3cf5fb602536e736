"""Results made up for pictures: no engine runs and no file is read."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.model.calendar import Calendar
from sim.store.read import ActorRow, Result, Series
from sim.store.tables import QUANTILE_NAMES

UNITS = {"mean_rung": "rungs", "rung": "rung", "states_at_6": "states", "gdp": "index"}
UNITS |= {"level": "level", "stress": "index", "people_in_need": "m people"}
ACTORS = {"AA": "North", "AB": "North", "BA": "South", "BB": "South", "BC": "South", "CA": "Sea"}


def a_series(
    metric: str = "gdp", subject: str = "", months: int = 12, level: float = 4.0, first: int = 0
) -> Series:
    """A series that rises by 0.01 a month; its quantiles lie 0.2, 0.1, 0, -0.1, -0.2 below."""
    numbers = np.arange(first, months + 1)
    mean = level + 0.01 * numbers
    steps = zip(QUANTILE_NAMES, (-0.2, -0.1, 0.0, 0.1, 0.2), strict=True)
    quantiles = {name: mean + step for name, step in steps}
    dates = tuple(Calendar(2024, 2).date(int(month)) for month in numbers)
    return Series(metric, UNITS.get(metric, "US$ m"), subject, numbers, dates, mean, quantiles)


def a_rare_series(months: int = 12) -> Series:
    """A series that is 0 in nearly all runs."""
    one = a_series("assets_paid", months=months)
    nothing = {name: np.zeros(months + 1) for name in QUANTILE_NAMES}
    return Series(*(one.metric, one.unit, "", one.months, one.dates, one.mean), nothing)


def all_series(months: int, level: float) -> dict[tuple[str, str], Series]:
    """The series that are drawn when nothing is asked for, and the rungs of all actors."""
    keys = [("mean_rung", group) for group in sorted(set(ACTORS.values()))]
    keys += [("rung", actor) for actor in ACTORS]
    keys += [(metric, "") for metric in UNITS if metric not in ("mean_rung", "rung", "level")]
    keys += [("level", "ART")]
    found = {
        key: a_series(*key, months=months, level=level + place / 10)
        for place, key in enumerate(keys)
    }
    flows = {
        (name, ""): a_series(name, months=months, first=1)
        for name in ("relief_pledged", "development")
    }
    return {**found, **flows, ("assets_paid", ""): a_rare_series(months)}


def actor_rows(series: Mapping[tuple[str, str], Series]) -> list[ActorRow]:
    """The rung of each actor at the end."""
    return [
        ActorRow(
            actor,
            f"Land of {actor}",
            group,
            "rung_end",
            "rung",
            float(series["rung", actor].mean[-1]),
        )
        for actor, group in ACTORS.items()
    ]


def a_result(title: str = "First", months: int = 12, level: float = 1.0, **manifest: Any) -> Result:
    """A result of four runs; `manifest` replaces what identifies it."""
    facts = {"scenario": title.lower(), "title": title, "case": "made-up", "start": "2024-02"}
    facts |= {"months": months, "runs": 4, "seed": 7, **manifest}
    facts.setdefault("issues", {"ART": {"title": "Free art", "headline": True}})
    result = Result(Path(f"{title.lower()}-0123456789"), facts)
    series = all_series(months, level)
    outcomes = {key.rstrip(":"): level + np.arange(4.0) for key in map(":".join, series)}
    units = {
        name: (UNITS.get(name.split(":")[0], "US$ m"), f"{name} of it; at the end")
        for name in outcomes
    }
    titles = {f"level:{issue}": about["title"] for issue, about in facts["issues"].items()}
    vars(result).update(begun=(3, 6), series=series, actors=actor_rows(series))
    vars(result).update(outcomes=outcomes, units=units, titles=titles)
    return result


def results(titles: Sequence[str] = ("First", "Second"), months: int = 12) -> list[Result]:
    """Results of some titles, each a little above the one before."""
    return [a_result(title, months, 1.0 + place / 2) for place, title in enumerate(titles)]
