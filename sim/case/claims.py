"""The claims of the source texts: what each says, where it lives, what the record says."""

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from sim.case.numbers import Confidence, Strict
from sim.io.documents import Document
from sim.io.places import shipped
from sim.io.reader import read_yaml
from sim.io.validation import validate

PLACES = {
    "number": ("path",),
    "rule": ("path", "function"),
    "record": ("path", "row"),
    "scenario": ("name",),
    "metric": ("name",),
    "outcome": ("name",),
    "policy": ("id",),
    "actor": ("id",),
    "outside": ("why",),
}
"""The kinds of places, and what is said of each: nothing else, and nothing less."""


class Place(Strict):
    """Where the case has what a claim says; `why` it is outside, where it has no place.

    A number of the case has a path, a rule a file and a function, a row of the record a file and
    one of its first cells.
    """

    kind: Literal[
        "number", "rule", "record", "scenario", "metric", "outcome", "policy", "actor", "outside"
    ]
    path: str | None = None
    function: str | None = None
    row: str | None = None
    name: str | None = None
    id: str | None = None
    why: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.model_fields_set != {"kind", *PLACES[self.kind]}:
            raise ValueError(f"kind {self.kind} needs {' and '.join(PLACES[self.kind])} alone")
        return self

    def words(self) -> str:
        """The place in a line."""
        return f"{self.kind}: {', '.join(getattr(self, name) for name in PLACES[self.kind])}"


class Claim(Strict):
    """One claim of a source text, in words of our own."""

    text: str
    paragraph: Annotated[
        list[int], BeforeValidator(lambda given: given if isinstance(given, list) else [given])
    ]
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
