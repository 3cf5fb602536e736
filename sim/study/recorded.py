"""What a study keeps of its runs: outcomes by run, series by month, expanded from its file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sim.documents import Document, Fault, Keys, did_you_mean
from sim.results.codebook import codebook_rows
from sim.results.ladder import Key
from sim.results.outcomes import name_of
from sim.results.wanted import names
from sim.scenario.compile import compile_scenario
from sim.scenario.load import Loaded
from sim.study.schema import OF_ISSUES, Study
from sim.validation import within

Meaning = tuple[str, str]
"""Unit and meaning."""


@dataclass
class Known:
    """All outcomes and series that runs of some scenarios have, with unit and meaning.

    `outcomes` are by name, `months` by the name of a series, its subject aside; `of_issues` are
    outcomes of the issues that the case marks for a first look.
    """

    outcomes: dict[str, Meaning] = field(default_factory=dict)
    series: dict[str, Key] = field(default_factory=dict)
    months: dict[str, Meaning] = field(default_factory=dict)
    of_issues: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Recorded:
    """The outcomes and series that are kept, and what they mean."""

    outcomes: tuple[str, ...]
    series: tuple[Key, ...]
    known: Known


def known_of(bases: Iterable[Loaded]) -> Known:
    """All that runs of some scenarios could keep; raises CannotCompile."""
    found = Known()
    for base in bases:
        shown = [issue.id for issue in base.case.issues.values() if issue.headline]
        found.of_issues = [f"{name}:{issue}" for name in OF_ISSUES for issue in shown]
        compiled = compile_scenario(base.case, base.scenario)
        outcomes, series = names(base.case, compiled)
        found.series |= {name_of(key): key for key in series}
        for file, name, *meaning in codebook_rows(base.case, outcomes, compiled.conditions):
            known = {"runs.csv.gz": found.outcomes, "summary.csv": found.months}.get(str(file))
            if known is not None:
                _note(known, str(name), (str(meaning[0]), str(meaning[1])), base.name)
    return found


def _note(known: dict[str, Meaning], name: str, new: Meaning, scenario: str) -> None:
    """Note a meaning; conditions are counted, so that those of other scenarios share a name."""
    unit, meaning = known.setdefault(name, new)
    if new[1] not in meaning:
        known[name] = (unit, f"{meaning}; in {scenario}: {new[1]}")


def meant(asked: str, known: Iterable[str]) -> list[str]:
    """The known names that one means; `mean_rung:*` means all that begin so."""
    if asked.endswith("*"):
        return [name for name in known if name.startswith(asked.removesuffix("*"))]
    return [asked] if asked in known else []


def expanded(asked: Sequence[str], known: Iterable[str]) -> list[str]:
    """All names that are meant, each once."""
    return list(dict.fromkeys(name for each in asked for name in meant(each, known)))


def asked_of(known: Known, study: Study, key: str) -> list[str]:
    """The outcomes or series a study asks for; what it asks for by silence, its case completes."""
    asked: list[str] = getattr(study, key)
    if key in study.model_fields_set:
        return asked
    there = known.outcomes if key == "outcomes" else known.series
    return [*asked, *(name for name in known.of_issues if name in there)]


def recorded_of(known: Known, study: Study) -> Recorded:
    """What is kept of the runs of a study."""
    return Recorded(
        tuple(expanded(asked_of(known, study, "outcomes"), known.outcomes)),
        tuple(
            known.series[name] for name in expanded(asked_of(known, study, "series"), known.series)
        ),
        known,
    )


def faults_of_recorded(known: Known, study: Study, document: Document) -> list[Fault]:
    """Outcomes and series that no run has."""
    found = [
        *_unknown("outcomes", study.outcomes, known.outcomes),
        *_unknown("series", study.series, known.series),
    ]
    return [document.fault(within(document.value, keys), message) for keys, message in found]


def _unknown(
    key: str, asked: Sequence[str], known: Mapping[str, object]
) -> Iterator[tuple[Keys, str]]:
    for i, name in enumerate(asked):
        if not meant(name, known):
            what = "series" if key == "series" else "outcome"
            yield (key, i), f"unknown {what} {name!r}{did_you_mean(name, list(known))}"
