"""What a metric is called on a picture, and which metrics a picture asks for."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sim.io.documents import did_you_mean
from sim.measures.catalog import MEASURES, is_flow
from sim.measures.measure import Key, Scale, name_of, scale_of_unit
from sim.runs.prospect import Contents
from sim.store.facts import headline_issues
from sim.store.read import Result

STEPS = ("rung", "rungs", "level", "stage")
"""Units of which an axis shows the whole scale."""


def scale(metric: str, unit: str) -> Scale:
    """The scale of a metric; that of the unit for one of which nothing is known."""
    return MEASURES[metric].scale if metric in MEASURES else scale_of_unit(unit)


def ends_of(metric: str, unit: str) -> tuple[float, float] | None:
    """The ends of a metric's scale; None where it has none.

    >>> ends_of("stress", "index"), ends_of("gdp", "index")
    ((0.0, 1.0), None)
    """
    return scale(metric, unit).ends


def least_difference(metric: str, unit: str, mean: float) -> float:
    """The least difference that may fill half an axis: 5 % of a scale, or 1 % of the mean.

    A smaller one would look like an effect and be noise.
    """
    ends = ends_of(metric, unit)
    return 0.05 * (ends[1] - ends[0]) if ends else 0.01 * abs(mean)


def title_of(metric: str, subject: str = "") -> str:
    """A heading for a metric, as far as its name says it.

    >>> title_of("people_in_need"), title_of("mean_rung", "North"), title_of("level", "ART")
    ('People in need', 'Mean rung: North', 'Level: ART')
    """
    if metric in MEASURES and (title := MEASURES[metric].titled(subject)) != subject:
        return title
    return f"{metric.replace('_', ' ').capitalize()}: {subject}".removesuffix(": ")


def title_of_outcome(name: str, result: Result) -> str:
    """A heading for an outcome or a series of `result`, as its codebook has it."""
    metric, _, subject = name.partition(":")
    return result.titles.get(name) or title_of(metric, subject)


def scale_of(metric: str, unit: str) -> str:
    """The unit with the ends or the base of its scale.

    >>> scale_of("gdp", "index"), scale_of("trade", "US$ m")
    ('index, 2020 is 100', 'US$ m')
    """
    return scale(metric, unit).words


def unit_of(metric: str, unit: str) -> str:
    """The unit of a series as it stands on an axis: a flow is that of one month.

    >>> unit_of("development", "US$ m"), unit_of("level", "level")
    ('US$ m a month', 'level, 0 to 4')
    """
    words = scale_of(metric, unit)
    return f"{words} a month" if is_flow(metric) else words


def root_of(result: Contents) -> str:
    """The case of a result, or the one on which all that it builds on rests."""
    return str(result.manifest.get("case_root", result.manifest["case"]))


def main_groups(result: Contents, most: int = 2) -> list[str]:
    """The groups with the most actors, by name."""
    members = Counter(result.groups.values())
    largest = sorted(members, key=lambda group: (-members[group], group))[:most]
    return sorted(largest)


def usual(results: Sequence[Contents]) -> list[str]:
    """What is drawn when nothing is asked for: who moves, what flows, how need and rights fare.

    Of groups, the largest; of issues, the first that the case marks for a first look. What the case
    of a result is without is left out.
    """
    first = results[0]
    subjects = {
        "": [""],
        "group": main_groups(first),
        "issue": headline_issues(first.manifest)[:1],
    }
    drawn = sorted((each for each in MEASURES.values() if each.drawn), key=lambda each: each.drawn)
    asked = [name_of((each.name, subject)) for each in drawn for subject in subjects[each.of]]
    return [name for name in asked if all(name in result.outcomes for result in results)]


def expanded(
    wanted: Iterable[str], known: Sequence[str], where: str = "in every result"
) -> list[str]:
    """Each wanted name that is known, or all that are known of it by subject; none twice.

    >>> expanded(["gdp", "mean_rung"], ["mean_rung:A", "mean_rung:B", "gdp", "trade"])
    ['gdp', 'mean_rung:A', 'mean_rung:B']

    Raises ValueError for a name of which nothing is known; `where` says where.
    """
    found: list[str] = []
    for name in wanted:
        these = [each for each in known if each == name or each.startswith(f"{name}:")]
        if not these:
            raise ValueError(f"{name}: not {where}{did_you_mean(name, list(known))}")
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
