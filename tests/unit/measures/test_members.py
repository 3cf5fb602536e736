"""Who is who among the recorded entities."""

import numpy as np

from sim.measures.members import members_of
from tests.states import afghanistan
from tests.twin.known import of_the_text


def test_members_are_the_states_the_permanent_five_and_the_groups() -> None:
    """1: counts of recognition are over actors of kind state; 2: CHN FRA GBR RUS USA."""
    case = of_the_text(afghanistan(), "2024-02")
    members, actors = members_of(case), list(case.actors)
    assert [actors[i] for i in members.permanent] == ["CHN", "FRA", "GBR", "RUS", "USA"]
    assert len(members.states) == 30
    assert {name: len(at) for name, at in members.groups.items()} == {
        "East": 16,
        "Institution": 7,
        "Other": 2,
        "West": 13,
    }


def test_blocs_institutions_and_weights_are_those_of_the_case() -> None:
    """5: the bloc codes; the UN is an institution, the EU is none; USA weighs 4, the UN nothing."""
    case = of_the_text(afghanistan(), "2024-02")
    members, actors = members_of(case), list(case.actors)
    assert [actors[i] for i in members.blocs["RG"]] == ["IRN", "PAK"]
    assert sum(len(at) for at in members.blocs.values()) == len(actors) == len(members.weights)
    institutions = ["ADB", "ICRC", "IMF", "OIC", "SCO", "UN", "WB"]
    assert [actors[i] for i in members.institutions] == institutions
    weights = dict(zip(actors, members.weights, strict=True))
    assert (weights["USA"], weights["UN"], weights["TJK"]) == (4.0, 0.0, 0.4)


def test_every_actor_stands_in_one_group_and_one_bloc() -> None:
    members = members_of(afghanistan())
    for sets in (members.groups, members.blocs):
        everyone = np.concatenate(list(sets.values()))
        assert sorted(everyone) == list(range(len(members.weights)))


def test_pools_and_projects_stand_in_the_order_of_the_case() -> None:
    members = members_of(afghanistan())
    assert members.pools == ("europe", "fund", "litigation")
    assert members.projects == ("copper", "oil")
