"""Files that somebody spoiled: each gets clear lines, or is fine; never a traceback."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sim.io.errors import BAD_INPUT, NOT_FOUND, BadFile, LegationError
from sim.io.places import shipped
from sim.planning.compile import compile_scenario
from sim.scenario.load import load_scenario
from tests.worlds import examples

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(shipped("scenarios").glob("*.yaml"))]
TEXTS.append(
    """extends: [baseline, human-rights-conditionality]
title: Offers
numbers: {parameters.climb_rate: 0.08, actors.RUS.salience: 2.5}
interventions:
  - name: offer
    month: 6
    deadline: 24
    when: [{issue: EDU, at_least: 3}, {quantity: need, at_most: 0.8}]
    verb: shift
    select: {custodian: true, not: {id: [USA]}}
    param: asset_stance
    by: 1.2
  - {month: 3, until: 9, while: {actor: RUS, at_most: 6}, verb: hold, quantity: stress, to: 0.3}
  - {month: 2, verb: set_global, param: loading_peers.7, to: 3}
  - {month: 4, verb: set_litigation, pool: litigation, outcome: fund, to: fund}
  - {month: 5, verb: shock, kind: drought, severity: 0.9, months: 10}
"""
)
"""Every shipped scenario, and one with all that a file may hold."""

ODD = (
    "",
    "~",
    "-1",
    "0",
    "1e400",
    ".nan",
    "-.inf",
    "99999999999999999999999",
    "0x1F",
    "NO",
    "'",
    '"',
    "[",
    "}",
    "{a: b}",
    "[[[[[[",
    "&a",
    "*a",
    "!!python/object/apply:os.system [ls]",
    "\t",
    "\x00",
    "\ufeff",
    "é",
    "- ",
    ": ",
    "#",
    "? ",
    "|",
    "<<: ",
    "isolation",
    "RUS",
    "---\n",
    "..",
    "%YAML 1.1\n",
)
"""Pieces of text that trip readers up."""

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["RUS", "EDU", "isolation", "stance", "fund", "all", "West", "gates.9", "need"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def spoiled_texts(draw: DrawFn) -> str:
    """The text of a file with up to four cuts, repeats and odd pieces."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(text)))
        last = min(len(text), first + draw(st.sampled_from((0, 0, 1, 5, 40))))
        put = draw(st.sampled_from((*ODD, text[first:last] * 2)))
        text = text[:first] + put + text[last:]
    return text


def parts(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every part of a value."""
    found = [way] if way else []
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            found += parts(each, (*way, key))
    return found


@st.composite
def spoiled_values(draw: DrawFn) -> str:
    """A file in which up to three values are other values, or gone, or under other keys."""
    content = yaml.safe_load(draw(st.sampled_from(TEXTS)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(parts(content)))
        at = content
        for key in way:
            at = at[key]
        what = draw(st.sampled_from(("put", "put", "drop", "rename")))
        value = at.pop(last) if what != "put" else draw(VALUES)
        if what == "put":
            at[last] = value
        elif what == "rename" and isinstance(at, dict):
            at[draw(st.sampled_from([*at, "mnth", "by", "to", "select", "when", "while"]))] = value
        if not content:
            break
    return yaml.safe_dump(content, allow_unicode=True)


def well_said(error: Exception) -> bool:
    """Whether each line of an error names the file, and the line and column where it has any."""
    lines = str(error).splitlines() if isinstance(error, BadFile) else []
    return all(re.match(r"[^:]+(:\d+:\d+)?: .", line) for line in lines)


def outcome(text: str) -> int | None:
    """The exit status with which a file is read and compiled; None for an error without a place."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "spoiled.yaml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            loaded = load_scenario(str(path))
            compile_scenario(loaded.case, loaded.scenario, min(loaded.scenario.months, 12))
        except LegationError as error:
            return error.status if well_said(error) else None
    return 0


@examples(2)
@given(spoiled_texts())
def test_a_spoiled_text_gets_clear_lines(text: str) -> None:
    assert outcome(text) in (0, BAD_INPUT, NOT_FOUND)


@examples(2)
@given(spoiled_values())
def test_spoiled_values_get_clear_lines(text: str) -> None:
    assert outcome(text) in (0, BAD_INPUT, NOT_FOUND)


@pytest.mark.soak
@settings(max_examples=5_000)
@given(spoiled_texts() | spoiled_values())
def test_thousands_of_spoiled_files_get_clear_lines(text: str) -> None:
    assert outcome(text) in (0, BAD_INPUT, NOT_FOUND)


def test_what_is_not_spoiled_is_fine_and_what_is_is_not() -> None:
    """Else the tests above would show nothing."""
    assert [outcome(text) for text in TEXTS] == [0] * len(TEXTS)
    assert outcome(TEXTS[-1].replace("isolation", "x").replace("month: 6", "month: x")) == BAD_INPUT
