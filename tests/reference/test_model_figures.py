"""The figures that are kept of the named scenarios are met."""

from dataclasses import replace

import pytest

from sim.io.places import shipped
from sim.scenario.limits import DEFAULT_SEED
from sim.scenario.load import load_scenario
from tests.reference.figures import ENTRIES, Entry, Figure
from tests.reference.measure import (
    REFERENCE_RUNS,
    REFERENCE_SEED,
    Played,
    is_met,
    played,
    values_of,
)

FEW = 600

VARIANTS = {"04b", "05b", "06b", "06c", "12H", "19a", "19b", "19c", "19d"}
NUMBERS = {f"{number:02d}" for number in range(1, 27)} - {"19"} | VARIANTS | {"01H", "01c"}
"""Scenarios and variants of section 9, and the two baselines beside 01."""


def few(name: str) -> Played:
    """The first of the runs behind the kept figures."""
    return played(name, FEW, REFERENCE_SEED)


def unmet(entry: Entry, runs: int, seed: int) -> list[Figure]:
    """Figures of a scenario that are not met."""
    own, partner = played(entry.name, runs, seed), played(entry.against, runs, seed)
    same = seed == REFERENCE_SEED
    return [
        figure
        for figure in entry.figures
        if not is_met(values_of(own, partner, figure), figure, same_draws=same)
    ]


def test_every_number_of_the_document_has_its_scenario() -> None:
    assert sorted(entry.number for entry in ENTRIES.values()) == sorted(NUMBERS)
    shipped_names = {path.stem for path in shipped("scenarios").glob("*.yaml")}
    assert set(ENTRIES) <= shipped_names
    assert all(entry.figures for entry in ENTRIES.values())


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.name)
def test_figures_are_met_by_the_first_of_their_runs(entry: Entry) -> None:
    assert unmet(entry, FEW, REFERENCE_SEED) == []


@pytest.mark.soak
@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.name)
def test_figures_are_met_to_the_last_digit_by_all_of_their_runs(entry: Entry) -> None:
    assert unmet(entry, REFERENCE_RUNS, REFERENCE_SEED) == []


@pytest.mark.soak
@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.name)
def test_figures_are_met_by_other_draws(entry: Entry) -> None:
    assert unmet(entry, REFERENCE_RUNS, DEFAULT_SEED) == []


def test_figures_that_are_off_by_a_tenth_would_be_noticed() -> None:
    entry = ENTRIES["engagement-without-recognition"]
    off = tuple(replace(figure, value=1.1 * figure.value) for figure in entry.figures)
    noticed = {figure.outcome for figure in unmet(replace(entry, figures=off), FEW, REFERENCE_SEED)}
    assert {"mean_rung:West", "development", "gdp"} <= noticed


def test_nobody_in_the_west_recognises() -> None:
    case = load_scenario("baseline").case
    west = [actor.id for actor in case.actors.values() if actor.group == "West"]
    assert len(west) > 1
    assert max(few("baseline").outcomes[f"rung_highest:{actor}"].max() for actor in west) < 7


def test_with_less_stress_more_forums_are_refused() -> None:
    """17: a scenario that lowers fiscal stress raises the share of refusals, and the reverse."""
    refused = {}
    for name in ("regional-realignment", "baseline", "donor-fatigue"):
        outcomes = few(name).outcomes
        refused[name] = outcomes["forums_refused"].sum() / outcomes["forums_held"].sum()
    assert list(refused) == sorted(refused, key=lambda name: -refused[name])
