"""Which actors a selection means."""

import pytest

from sim.scenario.selection import Selection, custodians, selected
from tests.states import afghanistan


def chosen(**given: object) -> list[str]:
    """The actors that a selection means."""
    return selected(afghanistan(), Selection.model_validate(given))


@pytest.mark.parametrize(
    ("given", "actors"),
    [
        ({"id": ["USA", "CHN"]}, ["CHN", "USA"]),
        ({"bloc": "RG"}, ["IRN", "PAK"]),
        ({"group": "Other"}, ["IDN", "MYS"]),
        ({"policy": "mediator"}, ["QAT", "SAU"]),
        ({"kind": "bloc"}, ["EU"]),
        ({"bloc": ["RU", "EA"]}, ["CHN", "RUS"]),
        ({"custodian": True}, ["CHE", "DEU", "USA"]),
        ({"group": "West", "policy": "bloc_follower"}, ["KOR"]),
        ({"group": "East", "bloc": "GF", "not": {"policy": "mediator"}}, ["ARE", "OMN", "TUR"]),
        ({"custodian": True, "not": {"id": "USA"}}, ["CHE", "DEU"]),
        ({"id": "USA", "not": {"all": True, "not": {"id": "USA"}}}, ["USA"]),
        ({"id": "USA", "custodian": False}, []),
    ],
)
def test_actors_must_meet_every_condition(given: dict[str, object], actors: list[str]) -> None:
    """9: a selector by id, bloc, group, policy, kind or custodian, with `not`; sorted."""
    assert chosen(**given) == actors


def test_all_means_everybody() -> None:
    assert chosen(all=True) == sorted(afghanistan().actors)


def test_custodians_are_those_in_any_veto_set() -> None:
    """9: custodian: member of any veto set."""
    assert custodians(afghanistan()) == {"CHE", "DEU", "USA"}


def test_those_without_a_veto_are_the_others() -> None:
    assert set(chosen(custodian=False)) == set(afghanistan().actors) - {"CHE", "DEU", "USA"}
