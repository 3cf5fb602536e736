"""`sim case`: what the model assumes, and why."""

import csv
import io
import json

import pytest

from sim.cli.case import SHOWN
from sim.cli.console import WIDTH
from tests.states import afghanistan
from tests.unit.cli.conftest import Sim


@pytest.mark.parametrize("kind", [(), *((kind,) for kind in SHOWN)])
def test_every_kind_fits_a_terminal_of_80_columns(sim: Sim, kind: tuple[str, ...]) -> None:
    ended = sim("case", *kind)
    assert (ended.status, ended.err) == (0, "")
    assert [line for line in ended.out.splitlines() if len(line) > WIDTH] == []


@pytest.mark.parametrize(
    ("kind", "item", "words"),
    [
        ("actors", "RUS", ["Russia", "salience: 3 weight", "range 1.5 … 4.5", "assumption"]),
        ("policies", "mediator", ["S2¶3", "weight_momentum (w_M): 1.2", "range"]),
        ("issues", "EDU", ["0  ", "4  "]),
        ("parameters", "dead_band", ["(κ)", "0.45 utility", "range 0.1 … 0.8"]),
        ("pools", "fund", ["interest_rate", "0.044 1/year", "source"]),
        ("projects", "oil", ["royalty", "schedule.0"]),
        ("claims", "S1-01-no-recognition", ["S1 ¶1", "the record agrees", "rule: sim/model/rules"]),
        ("starts", "2024-02", ["gdp: 77.1 index"]),
    ],
)
def test_an_item_is_shown_with_what_stands_behind_it(
    sim: Sim, kind: str, item: str, words: list[str]
) -> None:
    text = " ".join(sim("case", kind, item).out.split())
    assert [word for word in words if " ".join(word.split()) not in text] == []


@pytest.mark.parametrize("kind", [kind for kind in SHOWN if kind != "ladder"])
def test_a_near_miss_gets_the_nearest_item(sim: Sim, kind: str) -> None:
    ended = sim("case", kind, "x")
    assert (ended.status, ended.out) == (66, "")
    assert len(ended.faults) == 1


def test_an_actor_gets_the_nearest_one(sim: Sim) -> None:
    assert "did you mean USA?" in sim("case", "actors", "USS").err


def test_policies_stand_side_by_side_under_their_names(sim: Sim) -> None:
    lines = sim("case", "policies").out.splitlines()
    names = list(afghanistan().policies)
    assert all(any(line[4:].startswith(name) for line in lines) for name in names)
    assert sum(line.startswith("stance") for line in lines) == 2


def test_numbers_as_csv_and_json_are_the_same_and_all(sim: Sim) -> None:
    rows = list(csv.DictReader(io.StringIO(sim("case", "--csv").out)))
    found = json.loads(sim("case", "--json").out)
    assert [row["path"] for row in rows] == [each["path"] for each in found]
    assert {each["path"] for each in found} == {str(name) for name in afghanistan().numbers}
    assert [float(row["value"]) for row in rows] == [each["value"] for each in found]


def test_claims_as_json_have_their_places(sim: Sim) -> None:
    found = json.loads(sim("case", "claims", "--json").out)
    assert all(claim["place"] for claim in found.values())


def test_parameters_say_where_those_of_a_start_are(sim: Sim) -> None:
    ended = sim("case", "parameters")
    names = [line.split()[0] for line in ended.out.splitlines() if line]
    assert "dead_band" in names
    assert "target_share" not in names
    last = ended.out.splitlines()[-1]
    assert last.startswith("Every start has its own target_share and revenue_need: ")
    command = last.partition(": ")[2].removeprefix("sim ").split()
    shown = sim(*command).out
    assert "\ntarget_share (target): 0.73 share" in shown
    assert "\nrevenue_need (Need₀): 222.3 US$ m/month" in shown


def test_a_number_says_what_it_means(sim: Sim) -> None:
    lines = sim("case", "parameters", "climb_rate").out.splitlines()
    assert lines[2].strip() == "largest chance of climbing a rung in a month"
    page = sim("case", "policies", "isolation").out.splitlines()
    [stance] = [i for i, line in enumerate(page) if line.startswith("stance (a): ")]
    assert page[stance + 1].strip() == "readiness to engage at all"
    [record] = json.loads(sim("case", "parameters", "climb_rate", "--json").out)
    assert record["meaning"] == "largest chance of climbing a rung in a month"


def test_the_page_of_an_actor_says_where_it_belongs(sim: Sim) -> None:
    page = sim("case", "actors", "DEU").out.splitlines()
    assert page[1] == "  state, group West, bloc EU (Europe), follows human_rights_conditionality"
    assert "political weight in the eyes of others and of the authority" in "\n".join(page)
    assert "the votes of its members" in " ".join(sim("case", "actors", "UN").out.split())


def test_actors_stand_group_by_group(sim: Sim) -> None:
    lines = sim("case", "actors").out.splitlines()
    groups = [line.removesuffix(":") for line in lines if line.endswith(":")]
    assert groups == ["East", "Institution", "Other", "West"]
    assert lines.index("West:") < next(i for i, line in enumerate(lines) if "Germany" in line)
