"""The scenarios of a study, which are read before what it says is held against their case."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.io.documents import Document, Keys
from sim.io.errors import BadFile, Fault, MissingFile
from sim.scenario.catalog import SUFFIX
from sim.scenario.limits import LONGEST
from sim.scenario.load import Loaded, load_scenario
from sim.scenario.names import as_list
from sim.study.known import known_of
from sim.study.setting import StudySetting


def read_bases(path: Path, document: Document) -> tuple[dict[str, Loaded], list[Fault]]:
    """The scenarios by the names that a study gives them, and what is wrong with them.

    A path leads from the folder of the study's file.
    """
    found: dict[str, Loaded] = {}
    faults: list[Fault] = []
    for name, keys in _named(document.value).items():
        is_path = name.endswith((SUFFIX, ".yml")) or "/" in name
        try:
            found[name] = load_scenario(str(path.parent / name) if is_path else name)
        except MissingFile as error:
            message = str(error).replace(str(path.parent / name), name)
            faults.append(document.fault(keys, message))
        except BadFile as error:
            faults += error.faults
    together = _apart(list(found.values()), document.value.get("months") is not None)
    return found, [*faults, *(document.fault(("scenarios",), message) for message in together)]


def _named(content: Mapping[str, Any]) -> dict[str, Keys]:
    """Every scenario that is named anywhere, and where it is first."""
    found: dict[str, Keys] = {}
    blocks = content.get("blocks")
    parts: list[tuple[Keys, Any]] = [((), content)]
    if isinstance(blocks, dict):
        parts += ((("blocks", key), block) for key, block in blocks.items())
    for keys, part in parts:
        given = part.get("scenarios") if isinstance(part, dict) else None
        for i, name in enumerate(given if isinstance(given, list) else as_list(given) or ()):
            if isinstance(name, str) and name:
                place = (i,) if isinstance(given, list) else ()
                found.setdefault(name, (*keys, "scenarios", *place))
    return found


def _apart(bases: list[Loaded], has_months: bool) -> Iterator[str]:
    """What keeps scenarios from standing in one table."""
    cases = sorted({base.scenario.case for base in bases})
    starts = sorted({base.start for base in bases})
    lengths = sorted({base.scenario.months for base in bases})
    if len(cases) > 1:
        yield f"all scenarios of a study play in one case, not in {', '.join(cases)}"
    elif len(starts) > 1:
        yield f"a month means one date in a study; the scenarios start at {', '.join(starts)}"
    if len(lengths) > 1 and not has_months:
        shown = ", ".join(map(str, lengths))
        yield f"the scenarios last {shown} months; say months for all of them"
    names = [base.name for base in bases]
    if len(set(names)) < len(names):
        yield "two of the scenarios have the same name"


def read_setting(document: Document, bases: Mapping[str, Loaded]) -> StudySetting | None:
    """What a study acts on; None where no scenario could be read, or they have two cases."""
    if len({base.scenario.case for base in bases.values()}) != 1:
        return None
    first = next(iter(bases.values()))
    months = document.value.get("months", first.scenario.months)
    fine = type(months) is int and 1 <= months <= LONGEST
    case = first.documented
    return StudySetting(
        case, case.starts[first.start], months if fine else LONGEST, bases, known_of(bases.values())
    )
