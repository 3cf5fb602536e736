"""Who looks to whom, by hand (model 5, ties)."""

import dataclasses
from functools import cache

import numpy as np
import pytest

from sim.case.case import ActorFacts, Case, TieRule
from sim.model.rules.preparing import GRAIN
from sim.planning.tie_kinds import applies
from tests.paths import by_id, numbers_of
from tests.starts import ties_of
from tests.states import afghanistan
from tests.twin.known import of_the_text


@cache
def as_counted() -> Case:
    """The case with the actors whose saliences the sums below add up, whoever has joined since."""
    return of_the_text(afghanistan(), "2024-02")


def weight(one: str, other: str) -> float:
    """Weight of `other` for `one` among those actors."""
    actors = list(as_counted().actors)
    return float(ties_of(as_counted())[actors.index(one), actors.index(other)])


def rounded(value: float) -> float:
    """The nearest multiple of 2^-30."""
    return round(value * 2**30) / 2**30


def member(bloc: str, actor: str = "A") -> ActorFacts:
    """An actor of a bloc."""
    return ActorFacts(actor, actor, "state", "West", bloc, "", False, False)


def test_every_row_adds_up_to_one() -> None:
    """5: rows sum to 1 within 1e-7."""
    rows = ties_of(afghanistan()).sum(axis=1)
    assert np.abs(rows - 1.0).max() < 1e-7


def test_nobody_is_tied_to_itself_or_to_an_institution() -> None:
    """5: w_ii = 0; institutions have sal 0."""
    weights = ties_of(afghanistan())
    actors = list(afghanistan().actors.values())
    institutions = [i for i, actor in enumerate(actors) if actor.kind == "institution"]
    assert not weights.diagonal().any()
    assert not weights[:, institutions].any()
    assert weights.min() >= 0.0


def test_weights_are_multiples_of_a_grain() -> None:
    """5: each weight rounded to the nearest multiple of 2^-30, so that sums are exact."""
    grains = ties_of(afghanistan()) * GRAIN
    assert GRAIN == 2**30
    assert (grains == np.round(grains)).all()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # NOR: 1·7.1 in EU, .7·9.1 in WE, .12·17.9 elsewhere: 15.618
        ("NOR", "DEU", 1.5 / 15.618),
        ("NOR", "USA", 0.7 * 4 / 15.618),
        ("NOR", "CHN", 0.12 * 3 / 15.618),
        # TJK: .8·6 to RUS and CHN, 1·2.2 in CA, .6·2.4 in RG, .12·23.7 elsewhere: 11.284
        ("TJK", "RUS", 0.8 * 3 / 11.284),
        ("TJK", "UZB", 0.6 / 11.284),
        ("TJK", "IRN", 0.6 * 1.2 / 11.284),
        ("TJK", "IND", 0.12 * 1.5 / 11.284),
        # ARE: 1·3.3 in GF, .7·1.1 in OI, .12·29.3 elsewhere: 7.586
        ("ARE", "QAT", 0.8 / 7.586),
        ("ARE", "IDN", 0.7 * 0.7 / 7.586),
        ("ARE", "RUS", 0.12 * 3 / 7.586),
    ],
)
def test_a_tie_is_the_largest_that_applies_times_salience(
    one: str, other: str, expected: float
) -> None:
    """5: 1 same bloc; .8 CA∪RG to RUS, CHN; .7 in GF∪OI and EU∪WE; .6 in CA∪RG; else .12."""
    assert weight(one, other) == rounded(expected)


def changed(**numbers: float) -> Case:
    """The case with every number whose path ends so changed."""
    found = {
        path: dataclasses.replace(number, value=number.value * numbers[end])
        if (end := path.rpartition(".")[2]) in numbers
        else number
        for path, number in numbers_of(afghanistan()).items()
    }
    return dataclasses.replace(afghanistan(), numbers=by_id(found))


def test_only_relative_salience_counts() -> None:
    """5: rows divided by their sum."""
    scaled = ties_of(changed(salience=2**-20))
    assert scaled == pytest.approx(ties_of(afghanistan()), abs=2**-30)


def test_a_row_without_weight_stays_nought() -> None:
    """5: a row without weight stays 0; the UN votes without salience."""
    weights = ties_of(changed(salience=0.0))
    rows = weights.sum(axis=1)
    assert [actor for actor, row in zip(afghanistan().actors, rows, strict=True) if row] == ["UN"]


def test_without_rules_nobody_is_tied_and_institutions_still_vote() -> None:
    weights = ties_of(dataclasses.replace(afghanistan(), ties=()))
    facts = list(afghanistan().actors.values())
    rows = zip(facts, weights.sum(axis=1), strict=True)
    assert {actor.id for actor, row in rows if row} == {"ADB", "IMF", "OIC", "SCO", "UN", "WB"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("UN", "CHN", 0.2),
        ("UN", "FRA", 0.2),
        ("UN", "DEU", 0.0),
        ("OIC", "IRN", 1.2 / 10.4),
        ("OIC", "OMN", 0.3 / 10.4),
        ("OIC", "CHN", 0.0),
        ("SCO", "CHN", 3 / 11.8),
        ("SCO", "TKM", 0.0),
        ("WB", "USA", 4 / 22.17),
        ("IMF", "USA", 4 / 22.17),
        ("ADB", "RUS", 0.3 * 3 / 22.17),
    ],
)
def test_rows_of_institutions_are_votes(one: str, other: str, expected: float) -> None:
    """5: UN equal; OIC and SCO by sal; lenders 1·sal in EU∪WE (16.8), .3·sal elsewhere (17.9)."""
    assert weight(one, other) == rounded(expected)


@pytest.mark.parametrize(
    ("rule", "one", "other", "is_tied"),
    [
        (TieRule(same_bloc=True), "EU", "EU", True),
        (TieRule(same_bloc=True), "EU", "WE", False),
        (TieRule(from_blocs=("CA",), to_actors=("B",)), "CA", "RU", True),
        (TieRule(from_blocs=("CA",), to_actors=("X",)), "CA", "RU", False),
        (TieRule(from_blocs=("CA",), to_actors=("B",)), "RU", "CA", False),
        (TieRule(within_blocs=("GF", "OI")), "GF", "OI", True),
        (TieRule(within_blocs=("GF", "OI")), "GF", "EU", False),
        (TieRule(within_blocs=("GF", "OI")), "EU", "GF", False),
        (TieRule(), "EU", "RU", True),
    ],
)
def test_a_rule_applies_where_its_conditions_hold(
    rule: TieRule, one: str, other: str, is_tied: bool
) -> None:
    assert applies(rule, member(one, "A"), member(other, "B")) is is_tied
