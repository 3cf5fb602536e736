"""Whether the names in `patterns.yaml` lead somewhere: in its case, in itself, among metrics."""

from collections.abc import Collection, Iterator

from sim.case.case import Case
from sim.case.numbers import Strict
from sim.io.documents import Document
from sim.io.errors import Fault
from sim.io.validation import Finding
from sim.record.patterns.checks import Months
from sim.record.patterns.file import Ensemble, PatternsFile
from sim.record.patterns.panel import metrics_of
from sim.scenario.names import unknown
from sim.scenario.selection import Selection, selected


def faults_of(case: Case, file: PatternsFile, document: Document) -> list[Fault]:
    """All faults that only the case and the rest of the file can show, in the order of the file."""
    findings = list(_ensembles(case, file))
    for name, pattern in file.patterns.items():
        for place, check in enumerate(pattern.tests):
            for keys, message in _part(case, file, check):
                findings.append((("patterns", name, "tests", place, *keys), message))
    return [document.fault(keys, message) for keys, message in findings]


def _ensembles(case: Case, file: PatternsFile) -> Iterator[Finding]:
    for name, ensemble in file.ensembles.items():
        if ensemble.start not in case.starts:
            yield ("ensembles", name, "start"), unknown("start", ensemble.start, case.starts)


def _part(case: Case, file: PatternsFile, part: Strict) -> Iterator[Finding]:
    """Findings of a test or of an amount in it, key by key."""
    own = getattr(part, "ensemble", None)
    for key in type(part).model_fields:
        value = getattr(part, key)
        if isinstance(value, Selection):
            if not selected(case, value):
                yield (key,), "selects nobody"
        elif isinstance(value, Months) or key in ("month", "year"):
            if own in file.ensembles:
                yield from _time(case, file.ensembles[own], key, value)
        elif isinstance(value, Strict):
            yield from (((key, *keys), message) for keys, message in _part(case, file, value))
        else:
            yield from _names(case, file, key, value)


def _names(case: Case, file: PatternsFile, key: str, value: object) -> Iterator[Finding]:
    known: dict[str, Collection[str]] = {
        "ensemble": file.ensembles,
        "less": file.ensembles,
        "metric": metrics_of(case),
        "metrics": metrics_of(case),
        "project": case.projects,
        "path": list(map(str, case.numbers)),
        "fit": file.fits,
    }
    for name in value if isinstance(value, list) else [value]:
        if key in known and isinstance(name, str) and name not in known[key]:
            yield (key,), unknown(key.removesuffix("s"), name, known[key])


def _time(case: Case, ensemble: Ensemble, key: str, value: object) -> Iterator[Finding]:
    """A month beyond the horizon, or a year that lies not wholly within it."""
    if isinstance(value, Months):
        if value.last > ensemble.months:
            yield (key, "last"), f"lies beyond the {ensemble.months} months of the ensemble"
    elif isinstance(value, int):
        first = last = value
        if key == "year":
            if ensemble.start not in case.starts:
                return
            start = case.starts[ensemble.start]
            first, last = start.calendar.months_of_year(value)
        if first < (key == "year") or last > ensemble.months:
            yield (key,), f"lies not within the {ensemble.months} months of the ensemble"
