"""What a case leaves out has the value that its field declares, and fills what the field says."""

from pathlib import Path

from sim.case.bounds import names_of, slot_of
from sim.case.load import load_case
from sim.model.parameters import COMMON, EFFECTS, Parameters
from sim.model.schema import columns
from sim.model.state import Actor
from sim.planning.compile import compile_scenario
from sim.scenario.schema import Scenario
from tests.toy_case import write_toy


def toy_without(folder: Path, *titles: str) -> Path:
    """The made-up case without some columns of actors."""
    case = write_toy(folder / "islands")
    table = case / "actors.csv"
    rows = [line.split(",") for line in table.read_text(encoding="utf-8").splitlines()]
    kept = [place for place, title in enumerate(rows[0]) if title not in titles]
    lines = [",".join(row[place] for place in kept) for row in rows]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return case


def test_a_column_that_is_left_out_has_what_its_field_declares(tmp_path: Path) -> None:
    case = load_case(toy_without(tmp_path, "cap", "custody", "refugees"))
    for actor in case.actors:
        assert case.value("actors", actor, "cap") == 7.0
        assert case.value("actors", actor, "custody") == 0.0
    compiled = compile_scenario(case, Scenario(title="x", case=case.id), 1)
    assert set(compiled.start.actors["cap"]) == {7}
    assert set(compiled.start.actors["refugees"]) == {0.0}


def test_every_number_that_a_field_names_is_one_of_an_actor_and_fills_it() -> None:
    given = {name: column.given for name, column in columns(Actor).items() if column.given}
    assert set(given.values()) <= set(names_of("actors"))
    assert given["relief_capacity"] == "relief"
    assert given["salience_base"] == given["domestic_salience"] == "domestic_salience"
    assert slot_of("actors", "domestic_salience").bounds.high == 1.0
    assert slot_of("actors", "refugees").bounds.low == 0.0


def test_a_parameter_may_be_left_out_only_where_its_field_says_so() -> None:
    for name, column in columns(Parameters).items():
        if name in COMMON:
            assert slot_of("parameters", name).absent == column.absent
    assert {slot_of("parameters", name).absent for name in EFFECTS} == {0}
    assert slot_of("parameters", "dead_band").absent is None
