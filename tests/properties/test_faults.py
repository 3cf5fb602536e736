"""Every check of section 10 catches the fault that is planted for it.

Checks of the rules run on the Mesa front, which calls the same rules in plain Python and is ten
times faster than rows of arrays are; checks of the engine run on its uncompiled loop. Every day
some of the faults are tried, and all of them still find the words that they change; `make soak`
tries all.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.properties.faults import FAULTS, Fault
from tests.properties.page import page
from tests.properties.planting import planted, rewritten
from tests.properties.statements import KNOWN, Property
from tests.worlds import AGENTS, PLAIN, every_run

HERE = Path(__file__).parent
for file in sorted(HERE.glob("test_*.py")):
    if file.stem != Path(__file__).stem:
        import_module(f"tests.properties.{file.stem}")

ASKED = {*range(1, 9), *range(10, 33), *range(34, 43), *range(44, 49)}
"""Numbers of section 10 that are asked of a world; 9 needs two authorities, 33 is the record."""

TRIES = 400
"""Examples in which a fault must show; all but a few show in twenty."""

EVERY_DAY = (
    "test_3_pools_balance",
    "test_10_a_shorter_horizon_is_a_prefix",
    "test_24_faster_fatigue_raises_no_pledge",
)
"""Checks whose faults are tried without being asked for: an account, the engine, a pair."""

PAGE = HERE.parents[1] / "docs" / "properties.md"


def attempt(known: Property) -> None:
    """Run a check on fixed examples until one fails."""
    if not known.examples:
        known.check()
        return

    @settings(
        max_examples=TRIES,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(*known.examples))
    def tried(drawn: tuple[Any, ...]) -> None:
        known.check(*drawn)

    tried()


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(
            fault, id=fault.test, marks=() if fault.test in EVERY_DAY else pytest.mark.soak
        )
        for fault in FAULTS
    ],
)
def test_the_fault_is_caught(fault: Fault) -> None:
    way = PLAIN if fault.module.startswith("sim.engine.") else AGENTS
    with (
        planted(fault.module, fault.function, fault.old, fault.new),
        every_run(way),
        pytest.raises((AssertionError, pytest.fail.Exception)),
    ):
        attempt(KNOWN[fault.test])


def test_every_statement_has_a_fault() -> None:
    assert sorted(fault.test for fault in FAULTS) == sorted(KNOWN)


def test_every_number_is_asked_and_stands_in_the_names_of_its_tests() -> None:
    assert {known.number for known in KNOWN.values()} == ASKED
    assert all(name.startswith(f"test_{known.number}_") for name, known in KNOWN.items())


def test_every_fault_finds_what_it_changes() -> None:
    for fault in FAULTS:
        original, changed = rewritten(fault.module, fault.function, fault.old, fault.new)
        assert changed.__code__ != original.__code__, fault


def test_a_fault_that_changes_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="0 times 'no such words'"):
        rewritten("sim.model.rules.assets", "pay_tranches", "no such words", "")


def test_the_page_of_properties_is_current() -> None:
    """Renewed by: python -m tests.properties.page."""
    assert PAGE.read_text(encoding="utf-8") == page(KNOWN, FAULTS)
