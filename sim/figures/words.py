"""What a metric is called on a picture, and which metrics a picture asks for."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sim.io.documents import did_you_mean
from sim.results.awaited import Contents
from sim.results.easing import LEVEL
from sim.results.facts import headline_issues, issue_titles
from sim.results.read import Result
from sim.results.series import is_flow

Key = tuple[str, str]
"""A metric and its subject: a group, a bloc, a pool, a project, an issue, an actor or nobody."""

MEASURES = (
    "states_at_6",
    "assets_paid",
    "relief_pledged",
    "development",
    "people_in_need",
    LEVEL,
    "gdp",
    "stress",
)
"""Metrics that tell who moves, what flows and is unfrozen, and how need and rights fare.

Of the levels, that of the first issue that the case marks for a first look.
"""

TITLES = {
    "assets_paid": "Assets paid since the start",
    "development": "Development money",
    "gdp": "Gross domestic product",
    "issue_levels": "Levels of all issues",
    "peak_food_share": "Peak share at IPC 3 or worse",
    "recognitions": "States at formal recognition",
    "recognitions_ever": "States ever at formal recognition",
    "relief_delivered": "Relief delivered, with carry-over from earlier months",
    "relief_pledged": "Relief pledged",
    "states_at_4": "States with a mission or above",
    "states_at_5": "States at chargé exchange or above",
    "states_at_6": "States at ambassador or above",
    "stress": "Fiscal stress of the authority",
}
"""Titles of metrics whose own name does not read well."""

OF_ISSUES = {LEVEL: "{}", "eased": "{} ever eased", "first_easing": "{}: first easing"}
"""Titles of what is told of a single issue, around the issue's own."""

SCALES = {
    "gdp": "index, 2020 is 100",
    "stress": "index, 0 to 1",
    "health": "index, 0 to 1",
    "momentum": "index, −1 to 1",
    "cohesion": "index, 0 to 1",
    "mean_rung": "rung, 0 to 7",
    "bloc_rung": "rung, 0 to 7",
    "rung": "rung, 0 to 7",
    "rung_end": "rung, 0 to 7",
    "rung_highest": "rung, 0 to 7",
    "level": "level, 0 to 4",
    "stage": "stage, 0 to 4",
    "flag": "share of runs",
}
"""Units that need their ends or their base, by metric or by unit."""


ENDS = {
    "rung": (0.0, 7.0),
    "rungs": (0.0, 7.0),
    "level": (0.0, 4.0),
    "stage": (0.0, 4.0),
    "share": (0.0, 1.0),
    "index, 0 to 1": (0.0, 1.0),
    "index, −1 to 1": (-1.0, 1.0),
}
"""Ends of scales, by unit or in words."""

STEPS = ("rung", "rungs", "level", "stage")
"""Units of which an axis shows the whole scale."""


def ends_of(metric: str, unit: str) -> tuple[float, float] | None:
    """The ends of a metric's scale; None where it has none.

    >>> ends_of("stress", "index"), ends_of("gdp", "index")
    ((0.0, 1.0), None)
    """
    return ENDS.get(unit, ENDS.get(scale_of(metric, unit)))


def least_difference(metric: str, unit: str, mean: float) -> float:
    """The least difference that may fill half an axis: 5 % of a scale, or 1 % of the mean.

    A smaller one would look like an effect and be noise.
    """
    ends = ends_of(metric, unit)
    return 0.05 * (ends[1] - ends[0]) if ends else 0.01 * abs(mean)


def title_of(metric: str, subject: str = "") -> str:
    """A heading for a metric.

    >>> title_of("people_in_need"), title_of("mean_rung", "North")
    ('People in need', 'Mean rung: North')
    """
    plain = TITLES.get(metric, metric.replace("_", " ").capitalize())
    return f"{plain}: {subject}" if subject else plain


def title_of_series(metric: str, subject: str, result: Result) -> str:
    """A heading for a series or an outcome of `result`; one of an issue bears its title."""
    titles = issue_titles(result.manifest)
    if metric in OF_ISSUES and subject in titles:
        return OF_ISSUES[metric].format(titles[subject])
    return title_of(metric, subject)


def title_of_outcome(name: str, result: Result) -> str:
    """A heading for an outcome of `result`; one of a group or an actor as the codebook has it."""
    metric, _, subject = name.partition(":")
    if not subject or metric in OF_ISSUES:
        return title_of_series(metric, subject, result)
    meaning = result.units[name][1].partition(";")[0]
    return meaning[:1].upper() + meaning[1:]


def scale_of(metric: str, unit: str) -> str:
    """The unit with the ends or the base of its scale.

    >>> scale_of("gdp", "index"), scale_of("trade", "US$ m")
    ('index, 2020 is 100', 'US$ m')
    """
    return SCALES.get(metric, SCALES.get(unit, unit))


def unit_of(metric: str, unit: str) -> str:
    """The unit of a series as it stands on an axis: a flow is that of one month.

    >>> unit_of("development", "US$ m"), unit_of("level", "level")
    ('US$ m a month', 'level, 0 to 4')
    """
    scale = scale_of(metric, unit)
    return f"{scale} a month" if is_flow(metric) else scale


def root_of(result: Contents) -> str:
    """The case of a result, or the one on which all that it builds on rests."""
    return str(result.manifest.get("case_root", result.manifest["case"]))


def main_groups(result: Contents, most: int = 2) -> list[str]:
    """The groups with the most actors, by name."""
    members = Counter(result.groups.values())
    largest = sorted(members, key=lambda group: (-members[group], group))[:most]
    return sorted(largest)


def usual(results: Sequence[Contents]) -> list[str]:
    """What is drawn when nothing is asked for: the largest groups' mean rungs and `MEASURES`.

    What the case of a result is without is left out.
    """
    first = results[0]
    levels = [f"{LEVEL}:{issue}" for issue in headline_issues(first.manifest)[:1]]
    measures = [name for each in MEASURES for name in (levels if each == LEVEL else [each])]
    wanted = [*(f"mean_rung:{group}" for group in main_groups(first)), *measures]
    return [name for name in wanted if all(name in result.outcomes for result in results)]


def expanded(wanted: Iterable[str], known: Sequence[str]) -> list[str]:
    """Each wanted name that is known, or all that are known of it by subject; none twice.

    >>> expanded(["gdp", "mean_rung"], ["mean_rung:A", "mean_rung:B", "gdp", "trade"])
    ['gdp', 'mean_rung:A', 'mean_rung:B']

    Raises ValueError for a name of which nothing is known.
    """
    found: list[str] = []
    for name in wanted:
        these = [each for each in known if each == name or each.startswith(f"{name}:")]
        if not these:
            raise ValueError(f"{name}: not in every result{did_you_mean(name, list(known))}")
        found += these
    return list(dict.fromkeys(found))


def chosen(results: Sequence[Contents], wanted: Iterable[str]) -> list[Key]:
    """Metrics and subjects of series for `metric` (with every subject) or `metric:subject`.

    Raises ValueError for one that is not in every result.
    """
    shared = [key for key in results[0].series if all(key in other.series for other in results)]
    by_name = {":".join(key).rstrip(":"): key for key in shared}
    return [by_name[name] for name in expanded(wanted, list(by_name))]


def chosen_outcomes(results: Sequence[Contents], wanted: Iterable[str]) -> list[str]:
    """Names of outcomes for `outcome` (with every subject) or `outcome:subject`.

    Raises ValueError for one that is not in every result.
    """
    first, *others = (one.outcomes for one in results)
    return expanded(wanted, [name for name in first if all(name in other for other in others)])
