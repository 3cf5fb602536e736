"""Documents over each other: bases, and options on top."""

import pytest

from sim.io.documents import Document
from sim.io.errors import BadFile
from sim.io.reader import parse_yaml
from sim.scenario.merge import merged, way, with_settings

BASE = """title: Base
months: 48
numbers: {parameters.noise: 0.3, parameters.climb_rate: 0.1}
interventions:
  - {month: 1, verb: pitch}
  - {name: offer, month: 2, verb: pitch}
"""
OWN = """extends: base
title: Own
numbers: {parameters.noise: 0.4}
interventions:
  - {month: 3, verb: pitch}
  - {name: offer, month: 4, verb: pitch}
"""


def document(text: str, name: str) -> Document:
    return parse_yaml(text, name)


def both() -> Document:
    return merged([document(BASE, "base.yaml")], document(OWN, "own.yaml"))


def test_a_key_of_its_own_stands_over_that_of_the_base() -> None:
    assert both().value["title"] == "Own"
    assert both().value["months"] == 48


def test_words_of_the_base_are_not_taken_over() -> None:
    found = merged([document(BASE, "base.yaml")], document("extends: base\n", "own.yaml"))
    assert "title" not in found.value


def test_interventions_follow_each_other_and_a_name_takes_the_place_of_the_same() -> None:
    months = [each["month"] for each in both().value["interventions"]]
    assert months == [1, 4, 3]


def test_two_of_its_own_with_one_name_are_both_left_for_the_schema_to_refuse() -> None:
    twice = OWN + "  - {name: offer, month: 5, verb: pitch}\n"
    found = merged([document(BASE, "base.yaml")], document(twice, "own.yaml"))
    assert [each["month"] for each in found.value["interventions"]] == [1, 4, 3, 5]


def test_numbers_are_merged_by_path() -> None:
    expected = {"parameters.noise": 0.4, "parameters.climb_rate": 0.1}
    assert both().value["numbers"] == expected


def test_later_bases_weigh_more() -> None:
    second = document("title: Second\nmonths: 24\n", "second.yaml")
    found = merged([document(BASE, "base.yaml"), second], document("title: Own\n", "own.yaml"))
    assert found.value["months"] == 24


@pytest.mark.parametrize(
    ("keys", "where"),
    [
        (("months",), "base.yaml:2:1: months"),
        (("title",), "own.yaml:2:1: title"),
        (("interventions", 0, "month"), "base.yaml:5:6: interventions[0].month"),
        (("interventions", 1, "month"), "own.yaml:6:19: interventions[1].month"),
        (("interventions", 2, "month"), "own.yaml:5:6: interventions[0].month"),
        (("interventions", 2, "missing"), "own.yaml:5:5: interventions[0].missing"),
        (("numbers", "parameters.noise"), "own.yaml:3:11: numbers.parameters.noise"),
        (("numbers", "parameters.climb_rate"), "base.yaml:3:34: numbers.parameters.climb_rate"),
        (("interventions",), "own.yaml:4:1: interventions"),
        (("numbers",), "own.yaml:3:1: numbers"),
        (("nowhere",), "own.yaml:1:1: nowhere"),
    ],
)
def test_a_fault_names_the_file_at_fault(keys: tuple[str | int, ...], where: str) -> None:
    assert str(both().fault(keys, "wrong")) == f"{where}: wrong"


def test_a_fault_in_a_base_of_a_base_names_that_file() -> None:
    top = merged([both()], document("title: Top\n", "top.yaml"))
    assert str(top.fault(("months",), "wrong")) == "base.yaml:2:1: months: wrong"


def test_merging_keeps_one_entry_for_each_part_whatever_lies_below() -> None:
    """So that thousands of interventions take no longer, each, than a few."""
    lines = "".join(f"  - {{name: n{i}, month: 1, verb: pitch, every: 3}}\n" for i in range(300))
    base = document(f"interventions:\n{lines}", "base.yaml")
    found = merged([base, base], document("title: Own\n", "own.yaml"))
    assert len(found.value["interventions"]) == 300
    assert len(found.parts) == 302
    assert found.value["interventions"][7] is base.value["interventions"][7]


def test_what_is_no_list_is_left_for_the_schema_to_refuse() -> None:
    found = merged([document(BASE, "base.yaml")], document("interventions: 3\n", "own.yaml"))
    assert found.value["interventions"] == 3


# Interventions left out


@pytest.mark.parametrize("dropped", ["offer", "[offer]"])
def test_an_intervention_of_a_base_is_left_out_by_name(dropped: str) -> None:
    own = f"extends: base\ntitle: Own\ndrop: {dropped}\n"
    found = merged([document(BASE, "base.yaml")], document(own, "own.yaml"))
    assert [each["month"] for each in found.value["interventions"]] == [1]


def test_one_s_own_of_that_name_stays() -> None:
    found = merged([document(BASE, "base.yaml")], document(f"drop: [offer]\n{OWN}", "own.yaml"))
    assert [each["month"] for each in found.value["interventions"]] == [1, 3, 4]


def test_what_a_base_drops_does_not_drop_what_extends_it() -> None:
    middle = document("extends: base\ntitle: Middle\ndrop: offer\n", "middle.yaml")
    found = merged([merged([document(BASE, "base.yaml")], middle)], document(OWN, "own.yaml"))
    assert "drop" not in found.value
    assert [each["month"] for each in found.value["interventions"]] == [1, 3, 4]


@pytest.mark.parametrize(
    ("dropped", "place"),
    [("ofer", "own.yaml:2:1: drop"), ("[offer, ofer]", "own.yaml:2:15: drop[1]")],
)
def test_a_name_that_no_base_has_is_refused(dropped: str, place: str) -> None:
    own = document(f"extends: base\ndrop: {dropped}\n", "own.yaml")
    message = f"{place}: no base has an intervention named 'ofer', did you mean offer?"
    with pytest.raises(BadFile) as caught:
        merged([document(BASE, "base.yaml")], own)
    assert str(caught.value) == message


# Options


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("months", ("months",)),
        ("interventions[1].month", ("interventions", 1, "month")),
        ("interventions[0].select.id[2]", ("interventions", 0, "select", "id", 2)),
        ("parameters.climb_rate", ("numbers", "parameters.climb_rate")),
        ("starts.2024-02.gdp", ("numbers", "starts.2024-02.gdp")),
        ("numbers.actors.RUS.salience", ("numbers", "actors.RUS.salience")),
    ],
)
def test_a_key_spells_a_way(key: str, keys: tuple[str | int, ...]) -> None:
    assert way(key) == keys


def put(*settings: str) -> Document:
    return with_settings(document(OWN, "own.yaml"), settings)


def test_an_option_changes_a_value() -> None:
    found = put("months=12", "interventions[0].month=7", "parameters.noise=0.5", "start='2021-09'")
    assert found.value["months"] == 12
    assert found.value["interventions"][0] == {"month": 7, "verb": "pitch"}
    assert found.value["numbers"] == {"parameters.noise": 0.5}
    assert found.value["start"] == "2021-09"


def test_the_document_itself_stays_as_it_was() -> None:
    own = document(OWN, "own.yaml")
    with_settings(own, ["interventions[0].month=7", "title=Other"])
    assert own.value == document(OWN, "own.yaml").value


def test_a_fault_in_an_option_names_the_option() -> None:
    found = put("interventions[0].month=x")
    fault = found.fault(("interventions", 0, "month"), "wrong")
    assert str(fault) == "--set interventions[0].month=x: interventions[0].month: wrong"
    assert str(found.fault(("interventions", 1, "month"), "wrong")).startswith("own.yaml:6:19")


def test_a_value_may_be_a_mapping_and_takes_the_place_of_all_below() -> None:
    found = put("interventions[0]={month: 9, verb: pitch, every: 2}")
    assert found.value["interventions"][0] == {"month": 9, "verb": "pitch", "every": 2}
    assert found.fault(("interventions", 0, "month"), "wrong").place is None


@pytest.mark.parametrize(
    "text", ["interventions[9].month=3", "interventions[-1].month=3", "title.x=3", "=3", "a[b]=3"]
)
def test_a_key_that_leads_nowhere_is_refused(text: str) -> None:
    with pytest.raises(BadFile, match=r"^--set .* leads nowhere in own\.yaml$"):
        put(text)


@pytest.mark.parametrize(
    "text", ["months=[", "months=*x", "months=!!python/name:os.system", "a=&b 3"]
)
def test_a_value_that_is_no_yaml_is_refused(text: str) -> None:
    with pytest.raises(BadFile) as caught:
        put(text, "interventions[9].month=3")
    assert len(caught.value.faults) == 2
