"""What runs of some scenarios could keep: outcomes by run and series by month, by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sim.measures.catalog import MEASURES, series_of
from sim.measures.codebook import described, described_by_month
from sim.measures.measure import Key, name_of
from sim.measures.members import members_of
from sim.scenario.conditions import labelled
from sim.scenario.load import Loaded

OF_ISSUES = [each.name for each in MEASURES.values() if each.studied and each.of == "issue"]
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
    """All that runs of some scenarios could keep."""
    found = Known()
    for base in bases:
        shown = [name for name, facts in base.case.issues.items() if facts.headline]
        found.of_issues = [f"{name}:{issue}" for name in OF_ISSUES for issue in shown]
        found.series |= {name_of(key): key for key in series_of(members_of(base.case))}
        meanings = described(base.case, labelled(base.scenario.interventions))
        for known, facts in (
            (found.outcomes, meanings),
            (found.months, described_by_month(base.case)),
        ):
            for name, (unit, meaning, _) in facts.items():
                _note(known, name, (unit, meaning), base.name)
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
