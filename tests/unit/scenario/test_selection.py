"""Which actors a selection means."""

import pytest

from sim.scenario.selection import Selection, custodians, selected
from tests.states import afghanistan
from tests.twin.known import of_the_text


def chosen(**given: object) -> list[str]:
    """The actors of the text that a selection means; others may have joined the case since."""
    known = of_the_text(afghanistan(), "2024-02")
    return selected(known, Selection.model_validate(given))


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
    everybody = Selection.model_validate({"all": True})
    assert selected(afghanistan(), everybody) == sorted(afghanistan().actors)


def test_custodians_are_those_in_any_veto_set() -> None:
    """9: custodian: member of any veto set."""
    assert custodians(afghanistan()) == {"CHE", "DEU", "USA"}


def test_those_without_a_veto_are_the_others() -> None:
    others = Selection.model_validate({"custodian": False})
    assert {*selected(afghanistan(), others)} == {*afghanistan().actors} - {"CHE", "DEU", "USA"}
