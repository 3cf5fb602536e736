"""Every claim of the two source texts has its place, and every figure is the text's own."""

import ast
import csv
import re
from pathlib import Path

import pytest

from sim.case.case import Case
from sim.case.claims import Claim, Place, claims
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


def in_record(file: str, cell: str) -> bool:
    path = ROOT / "seeds" / "afghanistan" / "record" / file
    with path.open(newline="", encoding="utf-8") as table:
        return any(cell in row[:3] for row in csv.reader(table))


def exists(place: Place, case: Case) -> bool:
    """Whether a place leads somewhere; one outside the model does not have to."""
    path = place.path or ""
    if place.kind == "number":
        return path in numbers_of(case)
    if place.kind == "rule":
        return path.startswith("sim/model/rules/") and place.function in functions(ROOT / path)
    if place.kind == "record":
        return in_record(path, place.row or "")
    if place.kind in ("policy", "actor"):
        return place.id in (case.policies if place.kind == "policy" else case.actors)
    known = {"scenario": {*catalog()}, "metric": {*metrics_of(case)}}
    known["outcome"] = {*outcomes_of(members_of(case))}
    return bool(place.why) or place.name in known[place.kind]


@pytest.mark.parametrize("name", claims())
def test_every_place_of_a_claim_exists(name: str, case: Case) -> None:
    lost = [place.words() for place in claims()[name].place if not exists(place, case)]
    assert lost == []


def test_a_place_that_is_gone_is_noticed(case: Case) -> None:
    gone: list[Place] = [
        Place(kind="number", path="parameters.dead_bands"),
        Place(kind="rule", path="sim/model/rules/forums.py", function="hold_forums"),
        Place(kind="record", path="afg_economy.csv", row="1999"),
        Place(kind="metric", name="happiness"),
        Place(kind="actor", id="XXX"),
    ]
    assert [exists(place, case) for place in gone] == [False] * 5


@pytest.mark.parametrize("given", [{"path": "x.py"}, {"path": "x", "function": "f", "row": "1"}])
def test_a_place_says_what_its_kind_needs_and_nothing_else(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="kind rule needs path and function alone"):
        Place.model_validate({"kind": "rule", **given})


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
