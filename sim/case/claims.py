"""The claims of the source texts: what each says, where it lives, what the record says."""

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.case.numbers import Confidence, Strict
from sim.io.documents import Document
from sim.io.places import shipped
from sim.io.reader import read_yaml
from sim.io.validation import validate


class NumberPlace(Strict):
    """A number of the case, by its path."""

    kind: Literal["number"]
    path: str


class RulePlace(Strict):
    """A function of the rules."""

    kind: Literal["rule"]
    path: str
    function: str


class RecordPlace(Strict):
    """A row of the record, by one of its first cells."""

    kind: Literal["record"]
    path: str
    row: str


class NamedPlace(Strict):
    """A scenario, a metric or an outcome."""

    kind: Literal["scenario", "metric", "outcome"]
    name: str


class IdPlace(Strict):
    """A policy or an actor."""

    kind: Literal["policy", "actor"]
    id: str


class OutsidePlace(Strict):
    """No place, and why."""

    kind: Literal["outside"]
    why: str


Place = Annotated[
    NumberPlace | RulePlace | RecordPlace | NamedPlace | IdPlace | OutsidePlace,
    Field(discriminator="kind"),
]


def _listed(value: object) -> object:
    return value if isinstance(value, list) else [value]


class Claim(Strict):
    """One claim of a source text, in words of our own."""

    text: str
    paragraph: Annotated[list[int], BeforeValidator(_listed)]
    claim: str
    kind: Literal["position", "condition", "flow", "figure", "event", "judgement"]
    figures: list[str]
    place: Annotated[list[Place], Field(min_length=1)]
    record: Literal["agrees", "differs", "silent"]
    difference: str = ""
    confidence: Confidence

    @model_validator(mode="after")
    def _explained(self) -> Self:
        if (self.record == "differs") != bool(self.difference):
            raise ValueError("`difference` goes with record: differs, and with nothing else")
        return self


class ClaimsFile(Strict):
    """`claims.yaml`."""

    claims: dict[str, Claim]


def place_words(place: Place) -> str:
    """A place in a line."""
    if isinstance(place, NumberPlace):
        return f"number {place.path}"
    if isinstance(place, RulePlace):
        return f"rule {place.path}: {place.function}"
    if isinstance(place, RecordPlace):
        return f"record {place.path}, {place.row}"
    if isinstance(place, OutsidePlace):
        return f"outside: {place.why}"
    return f"{place.kind} {place.id if isinstance(place, IdPlace) else place.name}"


@cache
def claim_ids() -> list[str]:
    """The id of every claim, unchecked; raises BadFile or MissingFile."""
    return list(_document().value.get("claims") or ())


@cache
def _document() -> Document:
    return read_yaml(shipped("seeds") / "claims.yaml", "claims.yaml")


@cache
def claims() -> dict[str, Claim]:
    """Every claim by id, in the order of the texts; raises BadFile or MissingFile."""
    return validate(ClaimsFile, _document()).claims
