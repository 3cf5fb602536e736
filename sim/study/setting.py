"""What a study acts on: the context in which the parts of its file check themselves."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import AfterValidator, ValidationInfo

from sim.case.case import Case, StartFacts
from sim.io.documents import did_you_mean
from sim.scenario.load import Loaded
from sim.scenario.setting import Setting
from sim.study.known import Known, meant


@dataclass(frozen=True)
class StudySetting(Setting):
    """The case as its files have it, the start and the months, and the scenarios of a study.

    `bases` are the scenarios by the names that the study gives them, `known` all that their runs
    could keep.
    """

    start: StartFacts
    bases: Mapping[str, Loaded]
    known: Known

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


def recordable(what: str, known: Callable[[Known], Iterable[str]]) -> AfterValidator:
    """Refuses a name of something that no run has."""

    def check(name: str, info: ValidationInfo) -> str:
        setting = study_setting_in(info)
        if setting is not None and not meant(name, names := list(known(setting.known))):
            raise ValueError(f"unknown {what} {name!r}{did_you_mean(name, names)}")
        return name

    return AfterValidator(check)
