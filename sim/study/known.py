"""What runs of some scenarios could keep: outcomes by run and series by month, by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sim.planning.compile import compile_scenario
from sim.results.codebook import codebook_rows
from sim.results.ladder import Key
from sim.results.outcomes import name_of
from sim.results.wanted import names
from sim.scenario.load import Loaded

OF_ISSUES = ("level", "eased")
"""What is kept of each issue that the case marks for a first look: rights stand beside money."""

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


def known_of(bases: Iterable[Loaded]) -> Known:
    """All that runs of some scenarios could keep; raises CannotCompile."""
    found = Known()
    for base in bases:
        shown = [name for name, facts in base.case.issues.items() if facts.headline]
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
