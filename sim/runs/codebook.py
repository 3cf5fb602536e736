"""`codebook.csv`: what the columns of a study's tables mean, and in which unit they are."""

from collections.abc import Iterator

from sim.case.bounds import is_by_issue
from sim.case.case import Case
from sim.case.number_id import number_id
from sim.case.tables import Line, items, meaning_of
from sim.model.parameters import Parameters
from sim.model.policy import Policy
from sim.model.schema import columns
from sim.store.tables import OF_CODEBOOK, OF_QUANTILES
from sim.study.factors import Factor
from sim.study.levers import Lever
from sim.study.numbers import adds_up
from sim.study.plan import Planned

EXPERIMENTS, OUTCOMES, DIFFERENCES = "experiments.csv", "outcomes.csv", "differences.csv"
MONTHS, RUNS, CODEBOOK = "months.csv.gz", "runs.csv.gz", "codebook.csv"
TABLES = (EXPERIMENTS, OUTCOMES, DIFFERENCES, MONTHS, RUNS, CODEBOOK)

Row = tuple[str, str, str, str]
"""File, column, unit and meaning."""


def codebook_rows(planned: Planned) -> Iterator[Row]:
    """Rows of `codebook.csv`: factors, outcomes, series, and the columns beside them."""
    recording = planned.study.recording
    outcomes, months = recording.inventory.outcomes, recording.inventory.months
    for file, meanings in COLUMNS.items():
        for name, meaning in meanings.items():
            yield (file, name, "", meaning)
    for factor in planned.points.factors:
        meaning_and_unit = meaning_of_factor(planned.study.case, factor)
        yield from ((file, factor.name, *meaning_and_unit) for file in (EXPERIMENTS, RUNS))
    for name in recording.outcomes:
        yield from ((file, name, *outcomes[name]) for file in (OUTCOMES, DIFFERENCES, RUNS))
    for share in recording.shares:
        for file in (OUTCOMES, DIFFERENCES):
            yield (file, share.name, "share of runs", share.meaning)
    for name in dict.fromkeys(name for name, _ in recording.series):
        yield (MONTHS, name, *months[name])


def meaning_of_factor(case: Case, factor: Factor) -> tuple[str, str]:
    """Unit of a factor, and what it means."""
    if factor.lever is not None and factor.timing:
        return "month", f"{WHEN[factor.timing]} in which the lever {factor.lever.name} acts"
    unit, meaning = of_number(case, factor.name) if factor.lever is None else of_lever(factor.lever)
    return unit, meaning + (f"; drawn together with group {factor.group}" if factor.group else "")


def of_number(case: Case, path: str) -> tuple[str, str]:
    """Unit and meaning of a number of the case, with the title of what it belongs to."""
    name = number_id(path)
    line = Line(name, case.numbers[name])
    kind = name.kind.partition(".")[0]
    title = items(case, kind).get(name.item, "")
    place = "" if name.place is None else f" {name.place}"
    if isinstance(name.place, int) and is_by_issue(name.field):
        place = f" {list(case.issues)[name.place]}"
    called = f"{title}, {name.field.replace('_', ' ')}{place}".removeprefix(", ")
    meaning = f": {said}" if (said := meaning_of(line)) else ""
    shared = "; scaled so that it and its neighbours add up to 1" if adds_up(name) else ""
    return line.number.unit, f"{called}{meaning}{shared}"


def of_lever(lever: Lever) -> tuple[str, str]:
    """Unit and meaning of what is chosen by a lever."""
    if lever.policies is not None:
        return "", "lever: the policy that the actors follow, by its name"
    if lever.options is not None:
        return "", "lever: the bundle of interventions, by its name"
    record = Parameters if lever.verb == "set_global" else Policy
    column = columns(record)[(lever.param or "").partition(".")[0]]
    unit = "factor" if lever.verb == "scale" else column.unit
    return unit, f"lever: {VERBS_IN_WORDS[lever.verb or 'set']} {lever.param}: {column.meaning}"


WHEN = {"month": "first month", "until": "last month"}
VERBS_IN_WORDS = {
    "set": "what is set for",
    "set_global": "what is set for",
    "shift": "what is added to",
    "scale": "what multiplies",
}

OF_POINT = {"point": "number of the point, as in experiments.csv"}
OVER_RUNS = {
    "mean": "mean over the runs",
    "sd": "standard deviation over the runs",
}

COLUMNS = {
    EXPERIMENTS: {
        "point": "number of the point, from 1 on; the other tables name it so",
        "id": "hash of all that the runs of the point depend on",
        "block": "block of the study",
        "scenario": "scenario that the point starts from",
        "world": "number of the drawn world: equal for points whose uncertain numbers are equal",
        "runs": "runs that were planned",
        "status": "done, part, failed or planned",
        "done": "runs that are kept",
        "stage": "stage at which a point failed",
        "run": "first run that failed; blank where the point cannot be run at all",
        "message": "why a point failed",
    },
    OUTCOMES: {
        **OF_POINT,
        "outcome": "outcome, or share of runs, as in this table",
        "unit": "its unit",
        "runs": "runs of the point in which the outcome is known",
        **OVER_RUNS,
        "mc_error": "Monte-Carlo error of the mean: sd over the root of the runs; it says how well "
        "this mean is known, not whether two points differ (see differences.csv)",
        **OF_QUANTILES,
    },
    DIFFERENCES: {
        **OF_POINT,
        "reference": "point that is compared with: the first that was run to its end",
        "outcome": "outcome, or share of runs, as in outcomes.csv",
        "unit": "unit of the difference",
        "runs": "pairs of runs in which both have the outcome",
        "difference": "mean of the differences, point less reference, run by run",
        "standard_error": "standard error of the mean difference, by chance alone",
        "higher": "share of pairs in which the point is higher",
        "equal": "share of pairs in which both are equal",
        "lower": "share of pairs in which the point is lower",
    },
    MONTHS: {
        **OF_POINT,
        "metric": "series, as in this table",
        "unit": "unit of the series",
        "subject": "group, actor or issue that the series is of; blank for all",
        "month": "months since the start, which is 0",
        "date": "year and month",
        "runs": "runs of the point",
        **OVER_RUNS,
        "least": "least of the runs",
        "greatest": "greatest of the runs",
    },
    RUNS: {
        **OF_POINT,
        "scenario": "scenario that the point starts from; factors as in experiments.csv follow",
        "run": "number of the run; run k of every point meets the same random events",
    },
    CODEBOOK: OF_CODEBOOK,
}
"""Columns of each table beside factors and outcomes, in their order."""
