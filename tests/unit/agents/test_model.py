"""The Mesa front: who the agents are, what they may decide, and what the model collects."""

import gc
import weakref
from types import SimpleNamespace
from typing import Any

import mesa
import numpy as np
import pytest

from sim.agents.cast import Cast, cast_of
from sim.agents.model import ActorAgent, EngagementModel, RungFault, rung_fault
from sim.agents.own import simulate_with_agents
from sim.model.metrics import Metrics
from sim.model.schema import columns
from sim.scenario.load import load_scenario
from tests.states import afghanistan

MONTHS = 6


@pytest.fixture(scope="module")
def cast() -> Cast:
    """The baseline over six months."""
    return cast_of("baseline", MONTHS)


class Silent(ActorAgent):
    """Says nothing."""

    def decide(self) -> None:
        pass


def deciding(decide: Any) -> type[ActorAgent]:
    """A class of agents with this `decide`."""
    return type("Own", (ActorAgent,), {"decide": decide})


def choosing(rung: Any) -> type[ActorAgent]:
    """A class of agents that choose one rung."""

    def decide(self: ActorAgent) -> None:
        self.next_rung = rung

    return deciding(decide)


def named(model: EngagementModel, name: str) -> ActorAgent:
    """The agent of an id."""
    return next(actor for actor in model.actors if actor.id == name)


def test_agents_carry_id_name_and_policy(cast: Cast) -> None:
    model = EngagementModel(cast)
    case = afghanistan()
    assert [actor.id for actor in model.actors] == list(case.actors)
    assert [actor.name for actor in model.actors] == [each.name for each in case.actors.values()]
    policies = [each.policy for each in case.actors.values()]
    assert [actor.policy_name for actor in model.actors] == policies


def test_the_name_of_a_policy_follows_the_interventions() -> None:
    change = "{month: 2, until: 2, verb: set_policy, select: {id: [RUS, DEU]}, policy: isolation}"
    loaded = load_scenario("baseline", [f"interventions=[{change}]"])
    model = EngagementModel(loaded, months=3)
    before, seen = named(model, "DEU").policy_name, []
    for _ in range(3):
        model.step()
        seen.append(named(model, "DEU").policy_name)
    assert before != "isolation"
    assert seen == [before, "isolation", before]
    assert named(model, "CHN").policy_name != "isolation"


def test_a_model_is_made_of_a_name_a_path_or_what_was_loaded() -> None:
    loaded = load_scenario("baseline")
    models = [EngagementModel(each, months=2) for each in ("baseline", loaded.path, loaded)]
    for model in models:
        model.step()
    assert {model.authority.gdp for model in models} == {models[0].authority.gdp}
    assert [model.months for model in models] == [2, 2, 2]


def test_who_says_nothing_stays(cast: Cast) -> None:
    model = EngagementModel(cast, actor_class=Silent)
    before = [actor.rung for actor in model.actors]
    assert max(before) > 0
    model.run_model()
    assert [actor.rung for actor in model.actors] == before


@pytest.mark.parametrize("rung", [9, -1, 2.5, float("nan"), "3", None, [3], np.array([3, 4]), 3j])
def test_a_rung_that_cannot_be_is_refused(cast: Cast, rung: Any) -> None:
    model = EngagementModel(cast, run=4, actor_class=choosing(rung))
    with pytest.raises(RungFault) as raised:
        model.step()
    message = str(raised.value)
    assert message.startswith(f"{model.actors[0].id} in month 1 of run 4: next_rung cannot be ")
    assert repr(rung) in message
    assert "\n" not in message


@pytest.mark.parametrize(("rung", "wrong"), [(5, "0, 4, 7"), (7, "rung 4 at most"), (4, "")])
def test_a_rung_lies_on_the_ladder_and_below_the_cap(rung: int, wrong: str) -> None:
    actor: Any = SimpleNamespace(next_rung=rung, rung=0, cap=4)
    found = rung_fault(actor, (0, 4, 7))
    assert (wrong in found, bool(found)) == (True, bool(wrong))


@pytest.mark.parametrize("rung", [5, 6])
def test_an_actor_above_its_cap_may_stay_and_come_down(rung: int) -> None:
    actor: Any = SimpleNamespace(next_rung=rung, rung=6, cap=4)
    assert rung_fault(actor, (0, 4, 5, 6, 7)) == ""


@pytest.mark.parametrize("rung", [np.int64(1), np.float64(1.0), 1.0, True])
def test_a_whole_number_of_any_kind_becomes_a_rung(cast: Cast, rung: Any) -> None:
    model = EngagementModel(cast, actor_class=choosing(rung))
    model.step()
    assert {(type(actor.rung), actor.rung) for actor in model.actors} == {(int, 1)}


def test_who_changes_its_rung_in_place_of_the_next_one_is_told(cast: Cast) -> None:
    def decide(self: ActorAgent) -> None:
        self.rung = 1

    with pytest.raises(RungFault, match="in month 1 of run 0: rung was changed; set next_rung"):
        EngagementModel(cast, actor_class=deciding(decide)).step()


def test_an_intervention_that_forces_a_rung_counts_more() -> None:
    force = "{month: 1, until: 2, verb: force_rung, select: {id: RUS}, rung: 5}"
    loaded = load_scenario("baseline", [f"interventions=[{force}]"])
    model = EngagementModel(loaded, months=3, actor_class=choosing(1))
    seen = []
    for _ in range(3):
        model.step()
        seen.append(named(model, "RUS").rung)
    assert seen == [5, 5, 1]


def test_the_tables_of_mesa(cast: Cast) -> None:
    model = EngagementModel(cast)
    model.run_model()
    world = model.datacollector.get_model_vars_dataframe()
    assert world.shape == (MONTHS + 1, len(columns(Metrics)))
    assert world.gdp.iloc[-1] == model.metrics.gdp
    actors = model.datacollector.get_agent_vars_dataframe()
    assert len(actors) == (MONTHS + 1) * len(model.actors)
    assert list(actors.columns[:4]) == ["id", "name", "policy", "rung"]
    assert not actors.drop(columns="policy").isna().to_numpy().any()
    last = actors.loc[MONTHS].set_index("id")
    assert {actor.id: actor.rung for actor in model.actors} == last.rung.to_dict()
    assert actors["rung"].dtype.kind == "i"


def test_mesa_runs_batches(cast: Cast) -> None:
    how = {"scenario": "baseline", "run": range(2), "months": 3}
    rows = mesa.batch_run(EngagementModel, how, display_progress=False)
    assert {(row["scenario"], row["run"]) for row in rows} == {("baseline", 0), ("baseline", 1)}
    assert {row["id"] for row in rows} == set(afghanistan().actors)
    [first, second] = [{row["gdp"] for row in rows if row["run"] == run} for run in (0, 1)]
    assert (len(first), len(second), len(first | second)) == (1, 1, 2)


def draws_of(model: EngagementModel) -> tuple[float, list[float]]:
    """What Mesa's generator gives, and the luck of the first month."""
    own = float(model.rng.random()) + model.random.random()
    model.step()
    luck = [actor.luck for actor in model.actors]
    assert luck == [actor.luck for actor in model.actors]
    return own, luck


def test_luck_is_the_same_in_every_scenario_and_differs_by_run(cast: Cast) -> None:
    other = cast_of("western-isolation", MONTHS)
    lucks = [draws_of(EngagementModel(*each))[1] for each in ((cast,), (other,), (cast, 1))]
    assert lucks[0] == lucks[1]
    assert lucks[0] != lucks[2]
    assert all(0 <= luck < 1 for luck in lucks[0])


def test_generators_of_mesa_follow_from_seed_and_run(cast: Cast) -> None:
    own = [draws_of(EngagementModel(cast, seed, run))[0] for seed, run in ((1, 0), (1, 1), (2, 0))]
    assert len(set(own)) == 3
    assert own[0] == draws_of(EngagementModel(cast, 1, 0))[0]


def test_draws_of_an_agent_s_own_change_no_draw_of_the_rules(cast: Cast) -> None:
    def decide(self: ActorAgent) -> None:
        self.rng.random(self.index)
        self.random.random()
        ActorAgent.decide(self)

    models = [EngagementModel(cast, actor_class=each) for each in (ActorAgent, deciding(decide))]
    for model in models:
        model.run_model()
    tables = [model.datacollector.get_agent_vars_dataframe() for model in models]
    assert tables[0].equals(tables[1])


def test_no_agent_outlives_its_run(cast: Cast) -> None:
    alive: weakref.WeakSet[ActorAgent] = weakref.WeakSet()

    class Counted(ActorAgent):
        def __init__(self, model: EngagementModel) -> None:
            super().__init__(model)
            alive.add(self)

    list(simulate_with_agents(cast.start, cast.uids, 1, 3, 1, Counted))
    gc.collect()
    assert len(alive) == 0


def test_what_is_shown_is_short(cast: Cast) -> None:
    model = EngagementModel(cast, seed=7, run=3)
    model.step()
    assert repr(model) == "<EngagementModel in month 1 of 6: 38 actors, seed 7, run 3>"
    assert repr(named(model, "DEU")).startswith("<ActorAgent DEU: rung ")
    assert len(repr(model.authority)) < 80
    assert len(repr(EngagementModel(Cast(*cast[:2])).actors[0])) < 80
