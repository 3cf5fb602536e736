"""The text of `codebook.csv`: what every column of the other files of a result means."""

from collections.abc import Iterable, Iterator, Mapping

from sim.case.case import Case
from sim.model.metrics import ActorMonth, Metrics
from sim.model.schema import columns
from sim.model.vocab import RUNG_WORDS, RUNGS
from sim.results.absent import absent
from sim.results.outcomes import CONDITION_MET, described, described_of
from sim.results.series import READ_OFF, SUBJECTS, column_of
from sim.results.summary import ACTOR_FLOWS

CodebookRow = tuple[str, str, str, str]
"""File, column, unit and meaning."""

CODEBOOK_HEADER = ("file", "column", "unit", "meaning")


def subject_in_words(case: Case, kind: str, subject: str) -> str:
    """A group, bloc, pool, project or issue by its kind and name, as in "bloc X (Its title)"."""
    titles = {
        "bloc": case.blocs,
        "pool": {pool: facts.title for pool, facts in case.pools.items()},
        "project": {project: facts.title for project, facts in case.projects.items()},
        "issue": {issue: facts.title for issue, facts in case.issues.items()},
    }
    title = titles.get(kind, {}).get(subject)
    return f"{kind} {subject} ({title})" if title else f"{kind} {subject}"


def outcome_row(case: Case, name: str) -> CodebookRow:
    """What an outcome with a subject means."""
    metric, _, subject = name.partition(":")
    if metric in SUBJECTS:
        kind = SUBJECTS[metric]
        unit, meaning = described_of(metric)
        words = subject_in_words(case, kind, subject)
        plain = f"an {kind}" if kind == "issue" else f"a {kind}"
        return ("runs.csv.gz", name, unit, meaning.replace(plain, words, 1))
    when = "at the end" if metric == "rung_end" else "highest in the run"
    return ("runs.csv.gz", name, "rung", f"rung of {case.actors[subject].name}; {when}")


def codebook_rows(
    case: Case, outcomes: Iterable[str], conditions: Mapping[str, str]
) -> Iterator[CodebookRow]:
    """Rows of `codebook.csv` for the outcomes of a result.

    `conditions` gives each condition of an intervention in words, by its label. What the case is
    without is left out.
    """
    without = absent(case)
    rows = _all_rows(case, outcomes, conditions)
    yield from (row for row in rows if row[1] not in without)


def _all_rows(
    case: Case, outcomes: Iterable[str], conditions: Mapping[str, str]
) -> Iterator[CodebookRow]:
    for name, (unit, meaning) in described().items():
        yield ("runs.csv.gz", name, unit, meaning)
    for name in outcomes:
        if name.startswith(CONDITION_MET):
            words = conditions[name.removeprefix(CONDITION_MET)]
            yield ("runs.csv.gz", name, "month", f"first month in which {words}; blank where never")
        elif ":" in name:
            yield outcome_row(case, name)
    for name in (*columns(Metrics), *READ_OFF, "rung"):
        column = column_of(name)
        when = "in the month" if column.flow else "at the end of the month"
        yield ("summary.csv", name, column.unit, f"{column.meaning}; {when}")
    for name in ACTOR_FLOWS:
        column = columns(ActorMonth)[name]
        yield ("actors.csv", name, column.unit, f"{column.meaning}; total over the run")
    yield ("actors.csv", "rung_end", "rung", "rung at the end of the run")
    for rung in range(1, RUNGS):
        meaning = f"share of runs that ever reach rung {rung}, {RUNG_WORDS[rung]}"
        yield ("actors.csv", f"reached_{rung}", "probability", meaning)
