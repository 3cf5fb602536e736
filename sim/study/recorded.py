"""What a study keeps of its runs: outcomes by run, series by month, expanded from its file."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.measures.measure import Key
from sim.study.known import Known, expanded, meant
from sim.study.outcomes import ShareOfRuns
from sim.study.schema import Study


@dataclass(frozen=True)
class Recorded:
    """The outcomes and series that are kept, shares of runs by them, and what they mean."""

    outcomes: tuple[str, ...]
    series: tuple[Key, ...]
    shares: tuple[ShareOfRuns, ...]
    known: Known


def recorded_of(known: Known, study: Study) -> Recorded:
    """What is kept of the runs of a study; to what it keeps by default its case adds issues."""
    outcomes: Sequence[str | ShareOfRuns] = [*study.outcomes, *_added(known, study, "outcomes")]
    series = [*study.series, *_added(known, study, "series")]
    asked = [each if isinstance(each, str) else each.outcome for each in outcomes]
    shares = {
        share.model_copy(update={"outcome": name}): None
        for share in outcomes
        if isinstance(share, ShareOfRuns)
        for name in meant(share.outcome, known.outcomes)
    }
    return Recorded(
        tuple(expanded(asked, known.outcomes)),
        tuple(known.series[name] for name in expanded(series, known.series)),
        tuple(shares),
        known,
    )


def _added(known: Known, study: Study, key: str) -> list[str]:
    """What the case adds to the outcomes, or to the series, where the study names none."""
    there = known.outcomes if key == "outcomes" else known.series
    return (
        [] if key in study.model_fields_set else [name for name in known.of_issues if name in there]
    )
