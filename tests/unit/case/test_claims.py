"""Every claim of the two source texts has its place, and every figure is the text's own."""

import ast
import csv
import re
from pathlib import Path

import pytest

from sim.case.case import Case
from sim.case.claims import (
    Claim,
    IdPlace,
    NamedPlace,
    NumberPlace,
    Place,
    RecordPlace,
    RulePlace,
    claims,
    place_words,
)
from sim.measures.catalog import outcomes_of
from sim.measures.members import members_of
from sim.record.ensemble import metrics_of
from sim.scenario.catalog import case_named, catalog
from tests.paths import numbers_of

ROOT = Path(__file__).parents[3]
TEXTS = {"S1": "000_98e40f14b9c62b2d.txt", "S2": "002_90d63ed0015899db.txt"}
BESIDE = ROOT.parent / "shared" / "seeds"
CITATION = re.compile(r"\b(S[12])¶(\d+)")


@pytest.fixture(scope="module")
def case() -> Case:
    return case_named("afghanistan")


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def in_record(place: RecordPlace) -> bool:
    path = ROOT / "seeds" / "afghanistan" / "record" / place.path
    with path.open(newline="", encoding="utf-8") as file:
        return any(place.row in row[:3] for row in csv.reader(file))


def exists(place: Place, case: Case) -> bool:
    """Whether a place leads somewhere; one outside the model does not have to."""
    if isinstance(place, NumberPlace):
        return place.path in numbers_of(case)
    if isinstance(place, RulePlace):
        path = ROOT / place.path
        return place.path.startswith("sim/model/rules/") and place.function in functions(path)
    if isinstance(place, RecordPlace):
        return in_record(place)
    if isinstance(place, NamedPlace):
        known = {"scenario": catalog(), "metric": metrics_of(case)}
        known["outcome"] = outcomes_of(members_of(case))
        return place.name in known[place.kind]
    if isinstance(place, IdPlace):
        return place.id in (case.policies if place.kind == "policy" else case.actors)
    return bool(place.why)


@pytest.mark.parametrize("name", claims())
def test_every_place_of_a_claim_exists(name: str, case: Case) -> None:
    lost = [place_words(place) for place in claims()[name].place if not exists(place, case)]
    assert lost == []


def test_a_place_that_is_gone_is_noticed(case: Case) -> None:
    gone: list[Place] = [
        NumberPlace(kind="number", path="parameters.dead_bands"),
        RulePlace(kind="rule", path="sim/model/rules/forums.py", function="hold_forums"),
        RecordPlace(kind="record", path="afg_economy.csv", row="1999"),
        NamedPlace(kind="metric", name="happiness"),
        IdPlace(kind="actor", id="XXX"),
    ]
    assert [exists(place, case) for place in gone] == [False] * 5


def paragraphs() -> set[tuple[str, int]]:
    """The paragraphs that some claim covers."""
    return {(claim.text, number) for claim in claims().values() for number in claim.paragraph}


def test_every_paragraph_of_the_texts_has_a_claim() -> None:
    wanted = {("S1", number) for number in range(1, 12)} | {("S2", n) for n in range(1, 16)}
    assert wanted - paragraphs() == set()


def test_every_number_that_cites_a_text_cites_a_paragraph_with_claims(case: Case) -> None:
    cited = {
        (text, int(paragraph))
        for number in case.numbers.values()
        for text, paragraph in CITATION.findall(
            f"{number.source} {number.assumption} {number.note}"
        )
    }
    assert cited
    assert cited - paragraphs() == set()


def plain(text: str) -> str:
    """Text with one kind of blank and of quote."""
    for old, new in {"“": '"', "”": '"', "‘": "'", "’": "'"}.items():
        text = text.replace(old, new)
    return " ".join(text.split())


@pytest.mark.skipif(not BESIDE.is_dir(), reason="the source texts are not beside this checkout")
@pytest.mark.parametrize("name", [name for name, claim in claims().items() if claim.figures])
def test_every_figure_of_a_claim_occurs_in_its_text(name: str) -> None:
    claim: Claim = claims()[name]
    text = plain((BESIDE / TEXTS[claim.text]).read_text(encoding="utf-8"))
    assert [figure for figure in claim.figures if plain(figure) not in text] == []
