"""What a person wrote: faults in a line, the way to a value, the nearest word."""

import pytest

from sim.io.documents import did_you_mean, spelled
from sim.io.errors import BadFile, Fault
from sim.io.reader import parse_yaml


def test_a_fault_stands_at_its_value_or_at_what_encloses_it() -> None:
    document = parse_yaml("a:\n  - {c: 2}\n", "x.yaml")
    assert str(document.fault(("a", 0, "c"), "wrong")) == "x.yaml:2:6: a[0].c: wrong"
    assert str(document.fault(("a", 0, "d"), "missing")) == "x.yaml:2:5: a[0].d: missing"
    assert str(document.fault(("e",), "missing")) == "x.yaml:1:1: e: missing"
    assert str(document.fault((), "wrong")) == "x.yaml:1:1: wrong"


def test_a_fault_may_have_neither_place_nor_path() -> None:
    assert str(Fault("x.yaml", None, "", "empty")) == "x.yaml: empty"
    assert str(Fault("x.yaml", None, "a.b", "wrong")) == "x.yaml: a.b: wrong"


@pytest.mark.parametrize("letter", ["\r", "\n", "\x85", "\u2028", "\x1b", "\x0b"])
def test_a_fault_stays_a_line_whatever_a_key_holds(letter: str) -> None:
    fault = parse_yaml("a: {b: 1}", "x.yaml").fault(("a", f"k{letter}"), f"unknown {letter}key")
    assert len(str(fault).splitlines()) == 1
    assert str(fault).isprintable()
    assert str(fault).startswith("x.yaml:1:1: a.k")


def test_all_faults_are_lines_of_the_error() -> None:
    faults = [Fault("x", (1, 2), "a", "one"), Fault("x", (3, 4), "b", "two")]
    assert str(BadFile(faults)) == "x:1:2: a: one\nx:3:4: b: two"
    assert BadFile(faults).faults == faults


def test_the_way_to_a_value_is_spelled_with_points_and_brackets() -> None:
    assert spelled(("interventions", 2, "select", "id", 0)) == "interventions[2].select.id[0]"
    assert spelled(()) == ""


def test_the_nearest_word_is_offered() -> None:
    assert did_you_mean("set_polcy", ["set_policy", "pitch"]) == ", did you mean set_policy?"


def test_without_a_near_word_a_few_are_all_named() -> None:
    assert did_you_mean("xyz", ["one", "two"]) == "; known: one, two"
    assert did_you_mean("xyz", [f"word{i}" for i in range(12)]).startswith("; known: word0, ")
    assert did_you_mean("xyz", [f"word{i}" for i in range(13)]) == ""
    assert did_you_mean("xyz", []) == ""
