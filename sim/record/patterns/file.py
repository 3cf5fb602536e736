"""What `patterns.yaml` of a case may say: which ensembles to run, and each fact with its tests.

All names of actors, groups, projects and scenarios stand in that file; the code knows only the
kinds of tests (`sim/record/patterns/checks.py`).
"""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, model_validator

from sim.case.numbers import Confidence, Strict
from sim.io.validation import Finding, wrong
from sim.record.ensemble import Ensemble, Span
from sim.record.patterns.checks import Amount, AnyCheck, Months
from sim.record.patterns.recognition import Fit
from sim.scenario.names import Name, unknown
from sim.scenario.setting import Setting, setting_in


class Pattern(Strict):
    """A stylised fact, what stands behind it, and the tests that hold the model against it.

    `reference` is the verdict of the model document.
    """

    title: Name
    fact: Name
    evidence: Name
    source: Name
    confidence: Confidence
    reference: Literal["met", "partly", "missed"]
    note: str = ""
    tests: Annotated[list[AnyCheck], Field(min_length=1)]


class PatternsFile(Strict):
    """`patterns.yaml`."""

    caution: Name
    reference: Name
    ensembles: dict[str, Ensemble]
    fits: dict[str, Fit]
    patterns: dict[str, Pattern]

    @model_validator(mode="after")
    def _at_home(self, info: ValidationInfo) -> Self:
        if setting := setting_in(info):
            findings = [
                (("patterns", name, "tests", place, *keys), message)
                for name, pattern in self.patterns.items()
                for place, check in enumerate(pattern.tests)
                for keys, message in self._faults(check, setting)
            ]
            if findings:
                raise wrong(findings)
        return self

    def _faults(self, part: Strict, setting: Setting) -> Iterator[Finding]:
        """Ensembles and fits of a test that the file does not have, and months beyond the last."""
        ensemble = self.ensembles.get(getattr(part, "ensemble", ""))
        for key, value in part:
            known = self.fits if key == "fit" else self.ensembles
            if isinstance(value, Amount):
                yield from (((key, *keys), said) for keys, said in self._faults(value, setting))
            elif key in ("ensemble", "less", "fit") and isinstance(value, str):
                if value not in known:
                    what = key.replace("less", "ensemble")
                    yield (key,), unknown(what, value, known)
            elif ensemble and not _lies_within(key, value, ensemble, setting):
                keys = (key, "last") if isinstance(value, Months) else (key,)
                yield keys, f"lies beyond the {ensemble.months} months of the ensemble"


def _lies_within(key: str, value: object, ensemble: Ensemble, setting: Setting) -> bool:
    """Whether a month, months or a whole year lie in the time of an ensemble; so does the rest."""
    span: Span = (1, 1)
    if isinstance(value, Months):
        span = value.span
    elif key == "month" and isinstance(value, int):
        span = (value, value)
    elif key == "year" and isinstance(value, int):
        span = setting.case.starts[ensemble.start].calendar.months_of_year(value)
    return span[0] >= (key == "year") and span[1] <= ensemble.months
