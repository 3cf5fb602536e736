"""All measures by name, and which outcomes and series the runs of a case have."""

from collections.abc import Iterable

from sim.measures.ladder import LADDER, OF_ACTORS
from sim.measures.measure import Key, Measure, Over, name_of
from sim.measures.members import Membership
from sim.measures.parts import CONDITION_MET, ISSUES, STAGES
from sim.measures.world import METRICS, MONEY, OF_A_RUN

ALL = (*METRICS.values(), *MONEY, *OF_A_RUN, *LADDER, *STAGES, *ISSUES, CONDITION_MET, *OF_ACTORS)

MEASURES = {measure.name: measure for measure in sorted(ALL, key=lambda each: bool(each.of))}
"""Every measure by name, those without a subject first."""


def measured(members: Membership) -> list[Measure]:
    """The measures that runs of a case have; a share of nobody says nothing."""
    return [measure for measure in MEASURES.values() if measure.needs not in members.missing]


def outcomes_of(members: Membership) -> list[str]:
    """Names of all outcomes of a run, such as `gdp` and `level:XYZ`."""
    return [
        name_of((measure.name, subject))
        for measure in measured(members)
        if measure.over is not None
        for subject in members.subjects(measure.of)
    ]


def series_of(members: Membership) -> list[Key]:
    """Names and subjects of all series by month."""
    return [
        (measure.name, subject)
        for measure in measured(members)
        if measure.by_month
        for subject in members.subjects(measure.of)
    ]


def measure_of(outcome: str) -> Measure | None:
    """The measure of an outcome or series by its name; None for one that is not known any more."""
    return MEASURES.get(outcome.partition(":")[0])


def is_of_an_actor(outcome: str) -> bool:
    """Whether an outcome is one of a single actor."""
    measure = measure_of(outcome)
    return measure is not None and measure.of == "actor"


def is_flow(name: str) -> bool:
    """Whether a measure is an amount of a month; not so one of which nothing is known."""
    return name in MEASURES and MEASURES[name].flow


def is_whole(outcome: str) -> bool:
    """Whether an outcome or series has whole numbers only; not so one of which nothing is known."""
    measure = measure_of(outcome)
    return measure is not None and measure.scale.whole


def is_headline(outcome: str, issues: Iterable[str]) -> bool:
    """Whether a first look wants this outcome; `issues` and levels of them are those it shows."""
    measure = measure_of(outcome)
    if measure is None or not measure.headline:
        return False
    return measure.of not in ("issue", "level") or outcome.partition(":")[2] in issues


def taken(outcome: str) -> str:
    """When an outcome is taken, in a word; empty where its name says it."""
    measure = measure_of(outcome)
    over = measure.over if measure else None
    return over.word if isinstance(over, Over) else ""
