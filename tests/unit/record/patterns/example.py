"""Batches, tests and records made up by hand: no engine runs and no file is read."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.model.calendar import Calendar
from sim.record.ensemble import Batch
from sim.record.patterns.file import PatternsFile
from tests.recorded import blank, with_rungs

ACTORS = ("NO", "SO", "UN")
"""A northern state, a southern state and an institution."""


FACTS = {
    "NO": {"kind": "state", "group": "North"},
    "SO": {"kind": "state", "group": "South"},
    "UN": {"kind": "institution", "group": "Institution"},
}


def a_case() -> Any:
    """A case with three actors, a project and a number."""
    actors = {
        name: SimpleNamespace(id=name, bloc="", policy="", **facts) for name, facts in FACTS.items()
    }
    starts = {"2021-09": SimpleNamespace(year=2021, month=9)}
    return SimpleNamespace(
        id="made-up",
        actors=actors,
        projects={"well": None},
        pools={},
        starts=starts,
        default_start="2021-09",
        numbers={"parameters.ratio": 0.3},
    )


def a_batch(
    rungs: list[list[list[int]]] | None = None,
    metrics: Mapping[str, Sequence[Sequence[float]]] | None = None,
    stages: Sequence[Sequence[int]] | None = None,
    start: tuple[int, int] = (2021, 9),
) -> Batch:
    """A batch with rungs `[run][actor][month]`, metrics and stages `[run][month]`."""
    some = next(iter((metrics or {}).values()), stages or [[0, 0]])
    shape = (len(some), len(some[0]))
    recorded = with_rungs(rungs) if rungs else blank(*shape, actors=len(ACTORS))
    for name, values in (metrics or {}).items():
        recorded.metrics[name] = np.array(values)
    if stages:
        recorded.projects["stage"][:, :, 0] = np.array(stages)

    compiled: Any = SimpleNamespace(
        actors=ACTORS, projects=("well",), pools=("chest",), calendar=Calendar(*start)
    )
    return Batch(a_case(), compiled, recorded)


HEAD: Mapping[str, Any] = {"says": "a quantity", "unit": "of it", "high": 1.0}
"""What every test says; bounds that a test can replace."""

ENSEMBLE: Mapping[str, Any] = {"scenario": "anything", "start": "2021-09", "months": 24}

PATTERN: Mapping[str, Any] = {
    "title": "A fact",
    "fact": "So it is.",
    "evidence": "It was seen.",
    "source": "a book",
    "confidence": "low",
    "reference": "met",
}


def a_file(*tests: Mapping[str, Any], **patterns: Sequence[Mapping[str, Any]]) -> PatternsFile:
    """A file with the pattern P1 that has these tests, or with patterns by name."""
    listed = patterns or {"P1": tests}
    return PatternsFile.model_validate(
        {
            "caution": "Calibration, not validation.",
            "reference": "a book",
            "ensembles": {"one": ENSEMBLE, "two": ENSEMBLE},
            "fits": {},
            "patterns": {
                name: {**PATTERN, "tests": [{**HEAD, **each} for each in own]}
                for name, own in listed.items()
            },
        }
    )


def a_check(**parts: Any) -> Any:
    """A test of some kind."""
    return a_file(parts).patterns["P1"].tests[0]
