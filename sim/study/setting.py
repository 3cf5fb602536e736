"""What a study acts on and what its runs could keep: its file checks itself in this context."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import AfterValidator, ValidationInfo

from sim.case.case import Case, StartFacts
from sim.io.documents import did_you_mean
from sim.measures.catalog import MEASURES, series_of
from sim.measures.codebook import described, described_by_month
from sim.measures.measure import Key, name_of
from sim.measures.members import members_of
from sim.scenario.conditions import labelled
from sim.scenario.load import Loaded
from sim.scenario.setting import Setting

OF_ISSUES = [each.name for each in MEASURES.values() if each.studied and each.of == "issue"]
"""What is kept of each issue that the case marks for a first look: rights stand beside money."""

Meaning = tuple[str, str]
"""Unit and meaning."""


@dataclass
class Inventory:
    """All outcomes and series that runs of some scenarios have, with unit and meaning.

    `outcomes` are by name, `months` by the name of a series, its subject aside; `of_issues` are
    outcomes of the issues that the case marks for a first look.
    """

    outcomes: dict[str, Meaning] = field(default_factory=dict)
    series: dict[str, Key] = field(default_factory=dict)
    months: dict[str, Meaning] = field(default_factory=dict)
    of_issues: list[str] = field(default_factory=list)


def inventory_of(bases: Iterable[Loaded]) -> Inventory:
    """All that runs of some scenarios could keep."""
    found = Inventory()
    for base in bases:
        shown = [name for name, facts in base.case.issues.items() if facts.headline]
        found.of_issues = [f"{name}:{issue}" for name in OF_ISSUES for issue in shown]
        found.series |= {name_of(key): key for key in series_of(members_of(base.case))}
        outcomes = described(base.case, labelled(base.scenario.interventions))
        for meanings, facts in (
            (found.outcomes, outcomes),
            (found.months, described_by_month(base.case)),
        ):
            for name, (unit, meaning, _) in facts.items():
                _note(meanings, name, (unit, meaning), base.name)
    return found


def _note(meanings: dict[str, Meaning], name: str, new: Meaning, scenario: str) -> None:
    """Note a meaning; conditions are counted, so that those of other scenarios share a name."""
    unit, meaning = meanings.setdefault(name, new)
    if new[1] not in meaning:
        meanings[name] = (unit, f"{meaning}; in {scenario}: {new[1]}")


def matching(asked: str, names: Iterable[str]) -> list[str]:
    """The names that one means; `mean_rung:*` means all that begin so."""
    if asked.endswith("*"):
        return [name for name in names if name.startswith(asked.removesuffix("*"))]
    return [asked] if asked in names else []


def expanded(asked: Sequence[str], names: Iterable[str]) -> list[str]:
    """All names that are meant, each once."""
    return list(dict.fromkeys(name for each in asked for name in matching(each, names)))


@dataclass(frozen=True)
class StudySetting(Setting):
    """The case as its files have it, the start and the months, and the scenarios of a study.

    `bases` are the scenarios by the names that the study gives them, `inventory` all that their
    runs could keep.
    """

    start: StartFacts
    bases: Mapping[str, Loaded]
    inventory: Inventory

    def of(self, names: Iterable[Any]) -> "StudySetting":
        """The setting of a block with scenarios of its own; names of none are left out."""
        own = {name: self.bases[name] for name in names if name in self.bases}
        return replace(self, bases=own) if own else self

    @property
    def cases(self) -> list[Case]:
        """The case of the files, and those in which scenarios have changed numbers."""
        changed = [base.case for base in self.bases.values()]
        return [self.case, *(case for case in changed if case is not self.case)]


def study_setting_in(info: ValidationInfo) -> StudySetting | None:
    """The setting in which a part of a study is validated; None where its form alone is."""
    return info.context if isinstance(info.context, StudySetting) else None


def recordable(what: str, of: Callable[[Inventory], Iterable[str]]) -> AfterValidator:
    """Refuses a name of something that no run has."""

    def check(name: str, info: ValidationInfo) -> str:
        setting = study_setting_in(info)
        if setting is not None and not matching(name, names := list(of(setting.inventory))):
            raise ValueError(f"unknown {what} {name!r}{did_you_mean(name, names)}")
        return name

    return AfterValidator(check)
