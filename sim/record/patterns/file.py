"""What `patterns.yaml` of a case may say: which ensembles to run, and each fact with its tests.

All names of actors, groups, projects and scenarios stand in that file; the code knows only the
kinds of tests (`sim/record/patterns/checks.py`).
"""

from typing import Annotated, Literal

from pydantic import Field

from sim.case.numbers import Confidence, Real, Strict
from sim.record.patterns.checks import AnyCheck, Year
from sim.scenario.limits import LONGEST
from sim.scenario.names import Name


class Ensemble(Strict):
    """A scenario, played many times from a start of the case over some months."""

    scenario: Name
    start: Name
    months: Annotated[int, Field(ge=1, le=LONGEST)]


class Group(Strict):
    """States of which any of the columns has its value; without `any_of`, all that are left."""

    title: Name
    any_of: dict[str, str] = {}


class Fit(Strict):
    """The recognition kernel alone, fitted to a record of recognitions (model 12).

    `record` is a table below `seeds/`; its first two columns name a row. Rows are used whose
    column `event` is one of `events`; those with a date have recognised. The groups are asked in
    order. States with `1` in the column `worry` pay a penalty, and those with `1` in `heavy` count
    `heavy_weight` times among peers.
    """

    record: Name
    first_month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    events: Annotated[list[Name], Field(min_length=1)]
    fitted: Annotated[list[Year], Field(min_length=2)]
    left_out: Annotated[list[Year], Field(min_length=1)]
    groups: Annotated[list[Group], Field(min_length=1)]
    worry: Name
    heavy: Name
    heavy_weight: Real


class Pattern(Strict):
    """A stylised fact, what stands behind it, and the tests that hold the model against it.

    `reference` is the verdict of the model document.
    """

    title: Name
    fact: Name
    evidence: Name
    source: Name
    confidence: Confidence
    reference: Literal["met", "partly", "missed"]
    note: str = ""
    tests: Annotated[list[AnyCheck], Field(min_length=1)]


class PatternsFile(Strict):
    """`patterns.yaml`."""

    caution: Name
    reference: Name
    ensembles: dict[str, Ensemble]
    fits: dict[str, Fit]
    patterns: dict[str, Pattern]
