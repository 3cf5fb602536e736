"""Whether the factors and the design of a block fit its case and each other."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from sim.case.bounds import bounds_of
from sim.case.case import Case, StartFacts
from sim.case.number_id import number_id
from sim.documents import BadFile, Document, Fault, Keys, MissingFile
from sim.scenario.load import Loaded
from sim.scenario.numbers import unknown_number
from sim.study.check_levers import faults_of_levers
from sim.study.factors import Factor, factors_of, paths_of
from sim.study.numbers import adds_up, below
from sim.study.schema import (
    AFTER,
    BEFORE,
    MOST_POINTS,
    SAMPLED,
    Block,
    Grid,
    Morris,
    Sobol,
    Study,
    Table,
    Uncertainty,
    Zip,
)
from sim.study.tables import faults_of_table, read
from sim.validation import within

Finding = tuple[Keys, str]


def faults_of_block(
    path: Path, study: Study, name: str, bases: Sequence[Loaded], document: Document
) -> list[Fault]:
    """All faults of a block that only the case can show."""
    block = study.blocks[name]
    case = bases[0].documented
    starts = [case.starts[base.start] for base in bases]
    readable = _readable(block)
    paths = paths_of(case, starts, readable.uncertainties)
    findings = [*_uncertainties(case, starts, block), *_names(block, paths)]
    faults = [_fault(document, ("blocks", name, *keys), message) for keys, message in findings]
    for j, lever in enumerate(block.levers):
        if lever is not None:
            faults += faults_of_levers(bases, study, lever, ("blocks", name, "levers", j), document)
    if not findings and block.design is not None:
        factors = factors_of(case, starts, readable)
        faults += [
            _fault(document, ("blocks", name, *keys), message)
            for keys, message in _design(block, factors, len(bases))
        ]
        if isinstance(block.design, Table):
            faults += _table(path, block.design, factors, document, name, len(bases))
    return faults


def _fault(document: Document, keys: Keys, message: str) -> Fault:
    return document.fault(within(document.value, keys), message)


def _readable(block: Block) -> Block:
    """The block without what could not be read."""
    known = {
        "uncertainties": [each for each in block.uncertainties if each is not None],
        "levers": [each for each in block.levers if each is not None],
    }
    return block.model_copy(update=known)


def _uncertainties(case: Case, starts: list[StartFacts], block: Block) -> Iterator[Finding]:
    seen: set[str] = set()
    for i, each in enumerate(block.uncertainties):
        if each is None:
            continue
        if each.is_many:
            message = _fault_of_many(case, starts, each)
        elif each.number in seen:
            message = f"{each.number} stands already above"
        else:
            message = fault_of_number(case, each)
        seen.add(each.number)
        if message:
            yield ("uncertainties", i, "number"), message


def _fault_of_many(case: Case, starts: list[StartFacts], each: Uncertainty) -> str:
    beginning = each.number.removesuffix("*")
    if next(below(case, each.number, starts), None) is not None:
        return ""
    if any(str(known).startswith(beginning) for known in case.numbers):
        return f"no number below {beginning.rstrip('.')} can vary alone in a documented range"
    parts = {f"{part}.*" for known in case.numbers for part in _beginnings(str(known))}
    near = get_close_matches(each.number, parts, n=1, cutoff=0.6)
    hint = f", did you mean {near[0]}?" if near else "; see: sim case --csv"
    return f"no numbers below {beginning.rstrip('.')!r}{hint}"


def _beginnings(path: str) -> Iterator[str]:
    """Every part of a case in which a number lies."""
    words = path.split(".")
    return (".".join(words[:length]) for length in range(1, len(words)))


def fault_of_number(case: Case, each: Uncertainty) -> str:
    """What is wrong with an uncertainty that names one number; empty if nothing is."""
    try:
        name = number_id(each.number)
        number = case.numbers[name]
    except KeyError:
        return unknown_number(case, each.number)
    if adds_up(name):
        return f"{each.number} must add up to 1 with its neighbours, so it cannot vary alone"
    if each.values is None and each.range is None and not number.low < number.high:
        return f"{each.number} has no documented range: give it a range or values"
    bounds = bounds_of(name)
    given = each.values or each.range or [number.low, number.high]
    rounded = [float(round(value)) if bounds.whole else value for value in given]
    return next((bounds.fault(value) for value in rounded if bounds.fault(value)), "")


def _names(block: Block, paths: Sequence[str]) -> Iterator[Finding]:
    """Two factors must not have one name, and none that of another column."""
    taken = set(paths)
    for j, lever in enumerate(block.levers):
        if lever is not None:
            if lever.name in (*BEFORE, *AFTER):
                yield ("levers", j, "name"), f"{lever.name} is another column of experiments.csv"
            elif lever.name in taken:
                yield ("levers", j, "name"), f"another factor is called {lever.name}, too"
            taken.add(lever.name)


def _design(block: Block, factors: Sequence[Factor], scenarios: int) -> Iterator[Finding]:
    """Whether the factors are such as the design wants, and the points not too many."""
    keys = ("design",)
    ranged = [factor.name for factor in factors if factor.is_ranged]
    if isinstance(block.design, SAMPLED):
        if not ranged:
            yield keys, f"{block.design.method} samples ranges, and no factor has one"
    elif isinstance(block.design, Grid | Zip) and ranged:
        more = f" and {len(ranged) - 1} more" if len(ranged) > 1 else ""
        yield keys, f"{block.design.method} needs steps or values for {ranged[0]}{more}"
    elif isinstance(block.design, Zip):
        lengths = {len(factor.options) for factor in factors}
        if len(lengths) > 1:
            shown = ", ".join(f"{factor.name} has {len(factor.options)}" for factor in factors)
            yield keys, f"zip needs as many values for each factor: {shown}"
        elif not factors:
            yield keys, "zip needs factors"
    if message := _too_many(scenarios * points_of(block, factors)):
        yield keys, message


def _too_many(points: int) -> str:
    return f"{points:,} points; a block may have {MOST_POINTS:,}" if points > MOST_POINTS else ""


def points_of(block: Block, factors: Sequence[Factor]) -> int:
    """Number of points of a block's design with one scenario; 0 where a table says it."""
    design, ranged, crossed = block.design, 0, 1
    for factor in factors:
        if factor.is_ranged:
            ranged += 1
        else:
            crossed *= len(factor.options)
    if isinstance(design, Grid):
        return crossed
    if isinstance(design, Zip):
        return len(factors[0].options) if factors else 0
    if isinstance(design, Sobol):
        return crossed * design.points * (2 * ranged + 2 if design.second_order else ranged + 2)
    if isinstance(design, Morris):
        return crossed * design.trajectories * (ranged + 1)
    return 0 if isinstance(design, Table) else crossed * design.points


def _table(
    path: Path,
    design: Table,
    factors: Sequence[Factor],
    document: Document,
    name: str,
    scenarios: int,
) -> list[Fault]:
    try:
        table = read(path, design)
        faults = list(faults_of_table(table, factors))
        if message := _too_many(scenarios * len(table.value)):
            faults.append(_fault(document, ("blocks", name, "design"), message))
        return faults
    except MissingFile as error:
        return [_fault(document, ("blocks", name, "design", "file"), str(error))]
    except BadFile as error:
        return error.faults
