"""Reading a case's patterns, playing their ensembles, and the figure of each test."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.case.case import Case
from sim.io.documents import did_you_mean
from sim.io.errors import MissingFile
from sim.io.places import shipped
from sim.record.ensemble import Numbers, Runs, batches, load_file
from sim.record.patterns.checks import AnyCheck, CaseNumber, Fitted, Read
from sim.record.patterns.estimate import Figure
from sim.record.patterns.file import PatternsFile
from sim.record.patterns.fitting import Fitting, figure_of_fit, fit_kernel
from sim.record.patterns.recognition import Kernel, record_of


@dataclass(frozen=True)
class Patterns:
    """The patterns of a case."""

    case: Case
    file: PatternsFile

    def checks(self, ids: Iterable[str]) -> list[AnyCheck]:
        """The tests of some patterns."""
        return [check for name in ids for check in self.file.patterns[name].tests]


def load_patterns(case: str) -> Patterns:
    """The patterns of a case; raises MissingFile where there are none, and BadFile."""
    return Patterns(*load_file(PatternsFile, case, "patterns.yaml"))


def chosen(patterns: Patterns, ids: Sequence[str]) -> list[str]:
    """The patterns asked for, all of them if none is; raises MissingFile for an unknown one."""
    known = list(patterns.file.patterns)
    for name in ids:
        if name not in known:
            raise MissingFile(f"{name}: no such pattern{did_you_mean(name, known)}")
    return [name for name in known if name in ids or not ids]


def ensembles_needed(patterns: Patterns, ids: Sequence[str]) -> list[str]:
    """The ensembles that the tests of some patterns need, each once."""
    checks = patterns.checks(ids)
    return list(dict.fromkeys(name for check in checks for name in check.ensembles))


def play(patterns: Patterns, name: str, reads: Sequence[Read], how: Runs) -> list[Numbers]:
    """What each reading takes off the runs of an ensemble, `[run]`; it is played once."""
    ensemble = patterns.file.ensembles[name]
    parts = [[read(each) for read in reads] for each in batches(patterns.case, ensemble, how)]
    return [np.concatenate(values) for values in zip(*parts, strict=True)]


def fitting_named(patterns: Patterns, name: str) -> Fitting:
    """A fit of a case's patterns; raises MissingFile or BadFile for its table."""
    dead_band, noise, turnover = (
        patterns.case.value("parameters", "", each)
        for each in ("dead_band", "noise", "line_turnover")
    )
    fit = patterns.file.fits[name]
    held = Kernel(np.zeros(0), 0.0, 0.0, 0.0, dead_band, noise, fit.line_spread, turnover)
    return fit_kernel(fit, record_of(fit, shipped("seeds")), held)


def fittings(patterns: Patterns, checks: Iterable[AnyCheck]) -> dict[str, Fitting]:
    """The fits that some tests need."""
    names = sorted({check.fit for check in checks if check.kind == "fitted"})
    return {name: fitting_named(patterns, name) for name in names}


def figures(patterns: Patterns, ids: Sequence[str], how: Runs) -> dict[str, list[Figure]]:
    """The figures of all tests of some patterns; each ensemble that is needed is played once."""
    checks = patterns.checks(ids)
    fits = fittings(patterns, checks)

    def figure(check: AnyCheck, numbers: Sequence[Numbers]) -> Figure:
        if isinstance(check, CaseNumber):
            return Figure(patterns.case.value_at(check.path))
        if isinstance(check, Fitted):
            return figure_of_fit(check, fits[check.fit], how.seed)
        return check.estimate(numbers)

    ready = map(figure, checks, _numbers(patterns, checks, how))
    return {name: [next(ready) for _ in patterns.checks([name])] for name in ids}


def _numbers(patterns: Patterns, checks: Sequence[AnyCheck], how: Runs) -> list[list[Numbers]]:
    """The numbers that each test needs, read ensemble by ensemble."""
    reads: dict[str, list[Read]] = {}
    for name, read in (need for check in checks for need in check.needs()):
        reads.setdefault(name, []).append(read)
    played = {name: iter(play(patterns, name, each, how)) for name, each in reads.items()}
    return [[next(played[name]) for name, _ in check.needs()] for check in checks]
