"""Measures of the world: the metrics of the model, and what money comes to (model 11)."""

from dataclasses import replace
from typing import Any

import numpy as np

from sim.measures.measure import (
    BY_TRADE,
    END,
    INDEX,
    PEAK,
    SIGNED,
    TOTAL,
    Field,
    Measure,
    Scale,
)
from sim.measures.members import Places, Reals, Runs
from sim.model.metrics import Metrics
from sim.model.schema import columns

NEEDS = {
    "country": (
        *("people_in_need", "need_share", "food_insecure", "food_share", "health", "population"),
        *(
            "people_counted",
            "people_targeted",
            "refugees",
            "returned",
            "departed",
            "unemployment",
            "stress",
            "gdp",
        ),
    ),
    "aid": (
        *("relief_pledged", "relief_delivered", "relief_required", "requirement", "carry_over"),
        *("access", "development", "development_on_budget"),
    ),
    "shocks": ("drought", "quakes"),
    "diplomacy": ("momentum", "forums_held", "forums_refused", "attendance", "attended", "pitches"),
    "incidents": ("incidents",),
    "pools": (
        *("assets_frozen", "assets_paid", "assets_awarded", "interest", "stalls", "refreezes"),
        *("reserves", "debt_paid", "window_paid"),
    ),
    "projects": ("investment", "royalties", "terminations"),
    "issues": ("concessions", "tightenings", "hard_line", "cohesion"),
}
"""Metrics, and flows of an actor, of each block that a case may leave out."""

BLOCK_OF = {name: block for block, names in NEEDS.items() for name in names}
"""The block without which a case has nothing to report, by metric."""

FACTS: dict[str, dict[str, Any]] = {
    "people_in_need": {"headline": True, "drawn": 6, "studied": True},
    "health": {"axis": INDEX},
    "relief_pledged": {"title": "Relief pledged", "headline": True, "drawn": 4, "studied": True},
    "relief_delivered": {
        "title": "Relief delivered, with carry-over from earlier months",
        "headline": True,
    },
    "development": {"title": "Development money", "headline": True, "drawn": 5, "studied": True},
    "assets_frozen": {"headline": True},
    "assets_paid": {
        "title": "Assets paid since the start",
        "headline": True,
        "drawn": 3,
        "studied": True,
    },
    "trade": {"headline": True},
    "revenue": {"headline": True},
    "stress": {
        "title": "Fiscal stress of the authority",
        "axis": INDEX,
        "headline": True,
        "drawn": 9,
    },
    "gdp": {
        "title": "Gross domestic product",
        "axis": Scale("index, 2020 is 100", whole=False),
        "headline": True,
        "drawn": 8,
        "studied": True,
    },
    "momentum": {"axis": SIGNED},
    "cohesion": {"axis": INDEX},
}
"""What the declaration of a metric does not say of its measure."""


def metrics() -> dict[str, Measure]:
    """A measure for each metric: the total of a flow, else that of the end."""
    return {
        name: Measure(
            name,
            column.unit,
            column.meaning,
            Field("metrics", name),
            TOTAL if column.flow else END,
            needs=BLOCK_OF.get(name, ""),
            **FACTS.get(name, {}),
        )
        for name, column in columns(Metrics).items()
    }


METRICS = metrics()


def summed(values: Reals, at: Places) -> Reals:
    """The sum `[run, month]` of `values[actor, run, month]` over some actors, in their order."""
    total = np.zeros(values.shape[1:])
    for i in at.tolist():
        total += values[i]
    return total


def share(part: Reals, whole: Reals) -> Reals:
    """A part over the whole; 0 where the whole is nothing."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0.0)


def institutions_development(runs: Runs, _: str) -> Reals:
    """Development money of institutions, `[run, month]`."""
    return summed(runs.development, runs.members.institutions)


def assets_frozen_share(runs: Runs, _: str) -> Reals:
    """The balance of all pools over that of the start, `[run, month]`."""
    frozen = runs.metric("assets_frozen")
    return share(frozen, np.repeat(frozen[:, :1], frozen.shape[1], 1))


def diversion(runs: Runs, _: str) -> Reals:
    """Trade that closed corridors lost and that found another way, of all trade, `[run, month]`.

    The share that reroutes in a month is the one with which the month before ended. It says nothing
    of a month in which no trade passes at all.
    """
    found = np.zeros(runs.trajectories.metrics.shape)
    found[:, 1:] = runs.metric("rerouting")[:, :-1] * runs.metric("trade_lost")[:, 1:]
    return share(found, runs.metric("trade"))


def trade_share(runs: Runs, bloc: str) -> Reals:
    """Trade with a bloc over all trade, `[run, month]`."""
    return share(summed(runs.trade, runs.members.blocs[bloc]), runs.metric("trade"))


def coverage(runs: Runs) -> Reals:
    """Relief pledged over the requirement of the appeal, by run; months are added one by one."""
    pledged, required = (
        np.cumsum(runs.metric(name)[:, 1:], axis=1)[:, -1]
        for name in ("relief_pledged", "relief_required")
    )
    return share(pledged, required)


MONEY = (
    Measure(
        "institutions_development",
        "US$ m",
        "development money of institutions",
        institutions_development,
        TOTAL,
        needs="aid",
    ),
    Measure(
        "assets_frozen_share",
        "share",
        "balance of all pools, of that at the start",
        assets_frozen_share,
        needs="pools",
    ),
    Measure(
        "diversion",
        "share",
        "trade rerouted around closed corridors, of all trade",
        diversion,
        BY_TRADE,
    ),
    Measure("trade_share", "share", "share of all trade with {}", trade_share, BY_TRADE, of="bloc"),
)

OF_A_RUN = (
    Measure(
        "coverage",
        "share",
        "relief pledged over the requirement of the appeal, whole run",
        None,
        coverage,
        needs="aid",
        headline=True,
    ),
    replace(
        METRICS["food_share"],
        name="peak_food_share",
        meaning="largest share of people at IPC 3 or worse in any month",
        over=PEAK,
        title="Peak share at IPC 3 or worse",
        headline=True,
    ),
    replace(
        METRICS["food_insecure"],
        name="peak_food_insecure",
        meaning="most people at IPC 3 or worse in any month",
        over=PEAK,
    ),
)
"""What is a number of a run alone."""
