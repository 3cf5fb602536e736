"""The text of `codebook.csv`: what every column of the other files of a result means."""

from collections.abc import Iterator, Mapping

from sim.case.case import Case
from sim.measures.catalog import MEASURES, measured, outcomes_of
from sim.measures.measure import Measure
from sim.measures.members import members_of
from sim.measures.world import BLOCK_OF
from sim.model.metrics import ActorMonth
from sim.model.schema import columns
from sim.model.vocab import RUNG_WORDS, RUNGS

CodebookRow = tuple[str, str, str, str, str]
"""File, column, unit, meaning and title."""

CODEBOOK_HEADER = ("file", "column", "unit", "meaning", "title")

RUNS, SUMMARY, ACTORS = "runs.csv.gz", "summary.csv", "actors.csv"

ANY = {
    "": "",
    "issue": "an issue",
    "level": "a level of an issue",
    "actor": "an actor",
    "condition": "a condition holds",
    **{kind: f"a {kind}" for kind in ("group", "bloc", "pool", "project")},
}
"""A subject of each kind in words."""

ACTOR_FLOWS = tuple(name for name, column in columns(ActorMonth).items() if column.flow)
"""Flows of an actor, added up over a run."""


def titles_of(case: Case, conditions: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    """The title of each subject by its kind and id; a group is called by its own name."""
    return {
        "bloc": case.blocs,
        "pool": {pool: facts.title for pool, facts in case.pools.items()},
        "project": {project: facts.title for project, facts in case.projects.items()},
        "issue": {issue: facts.title for issue, facts in case.issues.items()},
        "level": {
            f"{issue}:{level}": f"{facts.title} at level {level} ({words})"
            for issue, facts in case.issues.items()
            for level, words in enumerate(facts.levels)
        },
        "actor": {actor: facts.name for actor, facts in case.actors.items()},
        "condition": conditions,
    }


def subject_in_words(kind: str, subject: str, title: str) -> str:
    """A subject by its kind, id and title, as in "bloc X (Its title)"."""
    if kind in ("actor", "condition", "level"):
        return title
    return f"{kind} {subject} ({title})" if title != subject else f"{kind} {subject}"


def meaning_of(measure: Measure, words: str = "") -> str:
    """What an outcome means; `words` name its subject."""
    parts = (measure.meaning.format(words or ANY[measure.of]), measure.when)
    return "; ".join(part for part in parts if part)


def described(case: Case, conditions: Mapping[str, str]) -> dict[str, tuple[str, str, str]]:
    """Unit, meaning and title of every outcome of a case and a scenario's conditions, by name.

    `conditions` gives each condition of an intervention in words, by its label.
    """
    titles = titles_of(case, conditions)
    found = {}
    for name in outcomes_of(members_of(case, conditions)):
        metric, _, subject = name.partition(":")
        measure = MEASURES[metric]
        title = titles.get(measure.of, {}).get(subject, subject)
        words = subject_in_words(measure.of, subject, title)
        found[name] = measure.unit, meaning_of(measure, words), measure.titled(title)
    return found


def described_by_month(case: Case) -> dict[str, tuple[str, str, str]]:
    """Unit, meaning and title of every series of a case by its name, the subject aside."""
    found = {}
    for measure in measured(members_of(case)):
        if measure.by_month:
            when = "in the month" if measure.flow else "at the end of the month"
            meaning = f"{measure.meaning.format(ANY[measure.of])}; {when}"
            found[measure.name] = measure.unit, meaning, measure.titled(ANY[measure.of])
    return found


def is_reported(case: Case, flow: str) -> bool:
    """Whether a flow of an actor is reported in a case."""
    return BLOCK_OF.get(flow) not in members_of(case).missing


def actor_rows(case: Case) -> Iterator[CodebookRow]:
    """What the quantities of `actors.csv` mean."""
    for name in ACTOR_FLOWS:
        column = columns(ActorMonth)[name]
        if is_reported(case, name):
            yield (ACTORS, name, column.unit, f"{column.meaning}; total over the run", "")
    yield (ACTORS, "rung_end", "rung", "rung at the end of the run", "")
    for rung in range(1, RUNGS):
        meaning = f"share of runs that ever reach rung {rung}, {RUNG_WORDS[rung]}"
        yield (ACTORS, f"reached_{rung}", "probability", meaning, "")


def codebook_rows(case: Case, conditions: Mapping[str, str]) -> Iterator[CodebookRow]:
    """Rows of `codebook.csv` for a result of a case.

    `conditions` gives each condition of an intervention in words, by its label.
    """
    for name, facts in described(case, conditions).items():
        yield (RUNS, name, *facts)
    for name, facts in described_by_month(case).items():
        yield (SUMMARY, name, *facts)
    yield from actor_rows(case)
