"""Reading a case's patterns, running their ensembles, and the figure of each test."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.case.case import Case
from sim.engine.ensemble import simulate
from sim.io.documents import did_you_mean
from sim.io.errors import BadFile, Fault, MissingFile
from sim.io.places import shipped
from sim.io.reader import read_table, read_yaml
from sim.io.validation import validate
from sim.measures.members import Reals
from sim.planning.compile import compile_scenario
from sim.record.patterns.check import faults_of
from sim.record.patterns.checks import AnyCheck, CaseNumber, Fitted, Read
from sim.record.patterns.estimate import Figure
from sim.record.patterns.file import Ensemble, PatternsFile
from sim.record.patterns.fitting import Fitting, figure_of_fit, fit_kernel
from sim.record.patterns.panel import Panel
from sim.record.patterns.recognition import record_of
from sim.runs.make import Simulate
from sim.scenario.catalog import case_named
from sim.scenario.limits import DEFAULT_SEED, PATTERN_RUNS
from sim.scenario.load import Loaded, load_scenario


@dataclass(frozen=True)
class Patterns:
    """The patterns of a case."""

    case: Case
    file: PatternsFile


@dataclass(frozen=True)
class Runs:
    """How to play an ensemble; `progress` takes the number of runs done since its last call."""

    runs: int = PATTERN_RUNS
    seed: int = DEFAULT_SEED
    using: Simulate = simulate
    progress: Callable[[int], None] = lambda more: None


def load_patterns(case: str) -> Patterns:
    """The patterns of a case; raises MissingFile where there are none, and BadFile."""
    loaded = case_named(case)
    name = f"{case}/patterns.yaml"
    document = read_yaml(shipped("seeds") / case / "patterns.yaml", name)
    file = validate(PatternsFile, document)
    faults = faults_of(loaded, file, document)
    if faults:
        raise BadFile(faults)
    return Patterns(loaded, file)


def chosen(patterns: Patterns, ids: Sequence[str]) -> list[str]:
    """The patterns asked for, all of them if none is; raises MissingFile for an unknown one."""
    known = list(patterns.file.patterns)
    for name in ids:
        if name not in known:
            raise MissingFile(f"{name}: no such pattern{did_you_mean(name, known)}")
    return [name for name in known if name in ids or not ids]


def ensembles_needed(patterns: Patterns, ids: Sequence[str]) -> list[str]:
    """The ensembles that the tests of some patterns need, each once."""
    checks = [check for name in ids for check in patterns.file.patterns[name].tests]
    return list(dict.fromkeys(name for check in checks for name in check.ensembles))


def scenario_of(case: Case, ensemble: Ensemble) -> Loaded:
    """The scenario of an ensemble from its start; raises MissingFile or BadFile."""
    loaded = load_scenario(ensemble.scenario)
    if loaded.case.id != case.id:
        message = f"{ensemble.scenario} is a scenario of case {loaded.case.id}, not of {case.id}"
        raise BadFile([Fault(loaded.path.name, None, "case", message)])
    scenario = loaded.scenario.model_copy(update={"start": ensemble.start})
    return replace(loaded, scenario=scenario)


def panels_of(case: Case, ensemble: Ensemble, how: Runs) -> Iterator[tuple[int, Panel]]:
    """Run an ensemble: the first run and the panel of each chunk.

    The arrays of a panel are used again once the next one is asked for.
    """
    loaded = scenario_of(case, ensemble)
    compiled = compile_scenario(loaded.case, loaded.scenario, ensemble.months)
    for chunk in how.using(compiled.start, compiled.uids, compiled.months, how.runs, how.seed):
        yield chunk.first_run, Panel(loaded.case, compiled, chunk.trajectories)
        how.progress(len(chunk.trajectories.metrics))


def play(patterns: Patterns, name: str, reads: Sequence[Read], how: Runs) -> list[Reals]:
    """Numbers `[run]` of each reading of an ensemble, which is run once."""
    found = [np.zeros(how.runs) for _ in reads]
    for first, panel in panels_of(patterns.case, patterns.file.ensembles[name], how):
        for values, read in zip(found, reads, strict=True):
            numbers = read(panel)
            values[first : first + len(numbers)] = numbers
    return found


def fittings(patterns: Patterns, checks: Iterable[AnyCheck]) -> dict[str, Fitting]:
    """The fits that some tests need."""
    needed = {check.fit for check in checks if isinstance(check, Fitted)}
    dead_band, noise = (
        patterns.case.value("parameters", "", name) for name in ("dead_band", "noise")
    )
    found = {}
    for name in sorted(needed):
        fit = patterns.file.fits[name]
        table = read_table(shipped("seeds") / fit.record, fit.record, keys=2)
        found[name] = fit_kernel(fit, record_of(fit, table), dead_band, noise)
    return found


def figures(patterns: Patterns, ids: Sequence[str], how: Runs) -> dict[str, list[Figure]]:
    """The figures of all tests of some patterns; each ensemble that is needed is run once."""
    checks = [check for name in ids for check in patterns.file.patterns[name].tests]
    numbers = _numbers(patterns, checks, how)
    fits = fittings(patterns, checks)

    def figure(check: AnyCheck, found: Sequence[Reals]) -> Figure:
        if isinstance(check, CaseNumber):
            return Figure(patterns.case.value_at(check.path))
        if isinstance(check, Fitted):
            return figure_of_fit(check, fits[check.fit], how.seed)
        return check.estimate(found)

    pairs = iter(zip(checks, numbers, strict=True))
    return {
        name: [figure(*next(pairs)) for _ in patterns.file.patterns[name].tests] for name in ids
    }


def _numbers(patterns: Patterns, checks: Sequence[AnyCheck], how: Runs) -> list[list[Reals]]:
    """The numbers that each test needs, read ensemble by ensemble."""
    gathered: dict[str, list[Read]] = {}
    for name, read in (need for check in checks for need in check.needs()):
        gathered.setdefault(name, []).append(read)
    played = {name: iter(play(patterns, name, each, how)) for name, each in gathered.items()}
    return [[next(played[name]) for name, _ in check.needs()] for check in checks]
