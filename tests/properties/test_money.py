"""Aid, assets and trade answer to what bears on them, run by run (model 10, 20, 22 to 24, 28)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sim.case.case import Case
from sim.scenario.selection import Selection, selected
from sim.scenario.verbs.base import Intervention
from sim.scenario.verbs.happenings import SetLitigation
from sim.scenario.verbs.rows import Shift
from sim.scenario.verbs.state import CloseCorridor, ForceRung, SetIssue
from tests.properties.pairs import (
    FROZEN,
    LOOPS_OFF,
    ROUNDING,
    Pair,
    Stage,
    first_above,
    highest,
    hold,
    ordered,
    recorded,
    set_global,
    stages,
    with_numbers,
)
from tests.properties.statements import asks
from tests.worlds import START, World, hundredths, some

NO_ELASTICITY = set_global("need_elasticity", 0.0)


# 20: conditionality


def conditioned(draw: DrawFn, param: str, after: tuple[Intervention, ...]) -> Pair:
    """Some actors make more of their money depend on the score, or as before."""
    stage = draw(stages())
    month = draw(st.integers(1, stage.months - 1))
    chosen, by = Selection(id=draw(some(list(stage.case.actors), 1))), draw(hundredths(0.05, 0.8))
    stricter = Shift(verb="shift", month=month, select=chosen, param=param, by=by)
    return Pair(stage.world(stricter, after=after), stage.world(after=after))


@st.composite
def conditioned_development(draw: DrawFn) -> Pair:
    """More development money is conditional, with all loops off."""
    return conditioned(draw, "development_conditionality", LOOPS_OFF)


@st.composite
def conditioned_relief(draw: DrawFn) -> Pair:
    """More relief is conditional; issues are frozen, pledges do not answer to need."""
    return conditioned(draw, "relief_conditionality", (*FROZEN, NO_ELASTICITY))


def no_more_of(field: str, pair: Pair) -> str:
    """Where some actor gives more in the first world than in the second one."""
    less, more = (recorded(world).actors[field] for world in pair)
    return first_above(less, more, ROUNDING)


@asks(20, conditioned_development())
def test_20_stricter_conditions_raise_no_development_money(pair: Pair) -> None:
    """Stricter conditions on development money raise that of no actor in any month."""
    assert no_more_of("development", pair) == ""


@asks(20, conditioned_relief())
def test_20_stricter_conditions_raise_no_pledge(pair: Pair) -> None:
    """Stricter conditions on relief raise no actor's pledge in any month, while issues are
    frozen and pledges do not answer to need.
    """
    assert no_more_of("relief_pledged", pair) == ""


# 22: what custodians want


def without_interest(case: Case) -> Case:
    """The case whose pools bear no interest, so that early payment forgoes none."""
    return with_numbers(case, lambda path, value: 0.0 if path.endswith(".interest_rate") else value)


def eager(case: Case) -> Case:
    """The case whose pools have money and stand near a payment."""

    def change(path: str, value: float) -> float:
        if path.startswith(f"starts.{START}.pools."):
            return {"balance": max(value, 700.0), "stage": max(value, 2.0)}[path.split(".")[-1]]
        return value

    return with_numbers(without_interest(case), change)


RESTLESS_POOLS: tuple[Intervention, ...] = (
    set_global("asset_up_rate", 0.5),
    set_global("asset_down_rate", 0.4),
    set_global("noise", 0.8),
)
"""Pools that move often, so that few months show much."""


@st.composite
def pooled(draw: DrawFn) -> Stage:
    """A world with pools that may well pay, without interest."""
    stage = draw(stages())
    return stage._replace(case=eager(stage.case), shared=(*stage.shared, *RESTLESS_POOLS))


@st.composite
def pooled_with_custodian(draw: DrawFn) -> tuple[Stage, str]:
    """Such a world, and somebody with a veto."""
    stage = draw(pooled())
    custodians = sorted({name for pool in stage.case.pools.values() for name in pool.veto})
    return stage, draw(st.sampled_from(custodians))


@st.composite
def readier_custodian(draw: DrawFn) -> Pair:
    """A custodian as it is, and one that is readier to release."""
    stage, name = draw(pooled_with_custodian())
    month, by = draw(st.integers(1, stage.months - 1)), draw(hundredths(0.1, 2.0))
    chosen = Selection(id=[name])
    readier = Shift(verb="shift", month=month, select=chosen, param="asset_stance", by=by)
    return Pair(stage.world(), stage.world(readier))


@st.composite
def closer_custodian(draw: DrawFn) -> Pair:
    """A custodian held on a rung, or on a higher one."""
    stage, name = draw(pooled_with_custodian())
    cap = stage.case.value_at(f"actors.{name}.cap")
    rungs = [rung for rung in stage.case.ladder if rung <= cap]
    first, second = ordered(draw, 0, len(rungs) - 1)
    low, high = rungs[first], rungs[second]
    when = {"month": draw(st.integers(1, stage.months - 1)), "until": stage.months}
    chosen = Selection(id=[name])
    return Pair(
        *(
            stage.world(ForceRung(verb="force_rung", select=chosen, rung=rung, **when))
            for rung in (low, high)
        )
    )


@st.composite
def contented_custodian(draw: DrawFn) -> Pair:
    """Issues on a level, or on a higher one, which raises the scores of all."""
    stage = draw(pooled().filter(lambda stage: bool(stage.case.issues)))
    issues = draw(some(stage.case.issues, 1))
    low, high = ordered(draw, 0, 4)
    when = {"month": draw(st.integers(1, stage.months - 1)), "until": stage.months}
    return Pair(
        *(
            stage.world(SetIssue(verb="set_issue", issue=issues, level=level, **when))
            for level in (low, high)
        )
    )


@st.composite
def released_lock(draw: DrawFn) -> Pair:
    """A pool that stays locked, and one that is released."""
    stage = draw(pooled())
    pool, month = draw(st.sampled_from(sorted(stage.case.pools))), draw(st.integers(1, 12))

    def locked(path: str, value: float) -> float:
        return 1.0 if path == f"pools.{pool}.lock" else value

    stage = stage._replace(case=with_numbers(stage.case, locked))
    release = SetLitigation(verb="set_litigation", month=month, pool=pool, outcome="release")
    return Pair(stage.world(), stage.world(release))


def meant(case: Case, verbs: Sequence[Intervention]) -> list[list[str]]:
    """Whom each intervention selects; one may select custodians."""
    return [selected(case, verb.select) for verb in verbs if getattr(verb, "select", None)]


@st.composite
def fewer_vetoes(draw: DrawFn) -> Pair:
    """A pool with one more actor who can veto it, and without."""
    stage = draw(pooled())
    name = draw(st.sampled_from(sorted(stage.case.pools)))
    pool = stage.case.pools[name]
    others = [actor for actor in stage.case.actors if actor not in pool.veto]
    assume(others)
    veto = sorted((*pool.veto, draw(st.sampled_from(others))))
    larger = pool.model_copy(update={"veto": veto})
    case = replace(stage.case, pools={**stage.case.pools, name: larger})
    assume(meant(case, stage.shared) == meant(stage.case, stage.shared))
    return Pair(stage._replace(case=case).world(), stage.world())


def never_pays_more(pair: Pair) -> str:
    """Where a pool has paid more by some month in the first world than in the second one."""
    less, more = (recorded(world).pools["paid"] for world in pair)
    return first_above(less, more, ROUNDING)


@asks(22, readier_custodian())
def test_22_a_readier_custodian_never_lowers_what_is_paid(pair: Pair) -> None:
    """A custodian readier to release lowers no pool's payments so far in any month."""
    assert never_pays_more(pair) == ""


@asks(22, closer_custodian())
def test_22_a_custodian_on_a_higher_rung_never_lowers_what_is_paid(pair: Pair) -> None:
    """A custodian on a higher rung lowers no pool's payments so far in any month."""
    assert never_pays_more(pair) == ""


@asks(22, contented_custodian())
def test_22_higher_scores_never_lower_what_is_paid(pair: Pair) -> None:
    """Higher scores of the custodians lower no pool's payments so far in any month."""
    assert never_pays_more(pair) == ""


@asks(22, released_lock())
def test_22_releasing_a_lock_never_lowers_what_is_paid(pair: Pair) -> None:
    """Releasing a lock lowers no pool's payments so far in any month."""
    assert never_pays_more(pair) == ""


@asks(22, fewer_vetoes())
def test_22_one_more_veto_never_raises_what_is_paid(pair: Pair) -> None:
    """One more actor with a veto raises no pool's payments so far in any month."""
    assert never_pays_more(pair) == ""


# 23: balances and tranches


def at_pools(case: Case, ending: str, amount: float) -> Case:
    """The case in which a number of every pool, or of its start, has a value."""
    return with_numbers(
        case,
        lambda path, value: amount if ".pools." in f".{path}" and path.endswith(ending) else value,
    )


@st.composite
def larger_balance(draw: DrawFn) -> Pair:
    """A pool with a balance, and with a larger one."""
    stage = draw(pooled())
    pool = draw(st.sampled_from(sorted(stage.case.pools)))
    more = draw(hundredths(1.0, 1000.0))

    def larger(path: str, value: float) -> float:
        return value + more if path == f"starts.{START}.pools.{pool}.balance" else value

    richer = stage._replace(case=with_numbers(stage.case, larger))
    return Pair(stage.world(), richer.world())


@asks(23, larger_balance())
def test_23_a_larger_balance_never_lowers_what_is_paid(pair: Pair) -> None:
    """A larger balance at the start lowers no pool's payments so far in any month."""
    assert never_pays_more(pair) == ""


SWUNG = "parameters.interest_spread"
"""Without it, interest does not swing about its rate."""


@asks(23, pooled())
def test_23_a_boundless_tranche_pays_balance_and_interest_at_most(stage: Stage) -> None:
    """However large the tranche, a pool pays no more than its balance and interest."""
    case = at_pools(at_pools(stage.case, ".tranche", 1e12), ".interest_rate", 0.06)
    still = with_numbers(case, lambda path, value: 0.0 if path == SWUNG else value)
    shared = tuple(verb for verb in stage.shared if getattr(verb, "param", "") != "interest_spread")
    pools = recorded(stage._replace(case=still, shared=shared).world()).pools
    earned = np.cumsum(pools["balance"][:, :-1] * 0.06 / 12.0, axis=1)
    most = pools["balance"][:, :1] + earned
    assert first_above(pools["paid"][:, 1:], most, ROUNDING) == ""


@asks(23, pooled())
def test_23_without_a_tranche_nothing_is_paid(stage: Stage) -> None:
    """Without a tranche nothing is paid."""
    case = at_pools(stage.case, ".tranche", 0.0)
    assert not np.any(recorded(stage._replace(case=case).world()).pools["paid"])


# 24: fatigue


@st.composite
def more_fatigue(draw: DrawFn) -> Pair:
    """Donors who tire faster from some month on, and as before."""
    stage = draw(stages())
    month, more = draw(st.integers(1, stage.months - 1)), draw(hundredths(0.001, 0.1))
    tired = set_global("fatigue", highest(stage, "fatigue") + more, month)
    after = (*FROZEN, NO_ELASTICITY)
    return Pair(stage.world(tired, after=after), stage.world(after=after))


@asks(24, more_fatigue())
def test_24_faster_fatigue_raises_no_pledge(pair: Pair) -> None:
    """Faster fatigue raises no actor's pledge in any month, while issues are frozen and pledges
    do not answer to need.
    """
    assert no_more_of("relief_pledged", pair) == ""


STEADY: tuple[Intervention, ...] = (
    *FROZEN,
    hold("need"),
    set_global("fatigue", 0.0),
    set_global("pledge_noise_low", 1.0),
    set_global("pledge_noise_span", 0.0),
    *(set_global(f"{shock}_hazard", 0.0) for shock in ("quake", "drought")),
    *(set_global(f"{name}_spread", 0.0) for name in ("money", "giving")),
    set_global("leaving_rate", 0.0),
)
"""Neither fatigue nor noise nor shocks, with need and issues as at the start."""


@asks(24, stages())
def test_24_untired_donors_follow_the_season_alone(stage: Stage) -> None:
    """Without fatigue and shocks, from a normal budget, with need and issues as they are,
    pledges have the season and nothing else.
    """
    case = with_numbers(
        stage.case,
        lambda path, value: 1.0 if path == f"starts.{START}.relief_budget" else value,
    )
    world = stage._replace(case=case, shared=()).world(after=STEADY)
    pledged = recorded(world).actors["relief_pledged"][:, 1:]
    calendar = (np.arange(stage.months) + case.starts[START].calendar.month - 1) % 12 + 1
    swing = case.value_at("parameters.season_amplitude")
    peak = case.value_at("parameters.season_peak")
    season = 1.0 + swing * np.cos(2.0 * np.pi * (calendar - peak) / 12.0)
    steady = pledged[:, :1] / season[0] * season[None, :, None]
    assert np.allclose(pledged, steady, rtol=1e-9, atol=1e-12)


# 28: corridors


def with_corridor(case: Case, name: str) -> Case:
    """The case in which an actor has a corridor, and trades over it."""

    def change(path: str, value: float) -> float:
        if path == f"actors.{name}.corridor":
            return 1.0
        return max(value, 100.0) if path == f"actors.{name}.trade" else value

    return with_numbers(case, change)


def closing(draw: DrawFn, rerouting: float | None) -> tuple[Pair, int]:
    """A corridor is closed in some month, and as before; perhaps a fixed share reroutes."""
    stage = draw(stages())
    name = draw(st.sampled_from(sorted(stage.case.actors)))
    stage = stage._replace(case=with_corridor(stage.case, name))
    fixed = (
        ()
        if rerouting is None
        else tuple(set_global(f"rerouting_{end}", rerouting) for end in ("least", "most"))
    )
    month = draw(st.integers(2, stage.months))
    closed = CloseCorridor(verb="close_corridor", month=month, select=Selection(id=[name]))
    return Pair(stage.world(closed, after=fixed), stage.world(after=fixed)), month


@st.composite
def closed_corridor(draw: DrawFn) -> tuple[Pair, int]:
    """Rerouting as it is."""
    return closing(draw, None)


@st.composite
def closed_corridor_and_all_reroutes(draw: DrawFn) -> tuple[Pair, int]:
    """All lost trade reroutes."""
    return closing(draw, 1.0)


@st.composite
def closed_corridor_and_nothing_reroutes(draw: DrawFn) -> tuple[Pair, int]:
    """No lost trade reroutes."""
    return closing(draw, 0.0)


def of_month(world: World, field: str, month: int) -> np.ndarray:
    """A metric of one month in each run."""
    return np.asarray(recorded(world).metrics[field][:, month])


@asks(28, closed_corridor())
def test_28_closing_a_corridor_raises_no_trade_that_month(drawn: tuple[Pair, int]) -> None:
    """Closing a corridor raises no trade in the month of the closure."""
    pair, month = drawn
    less, more = (recorded(world).metrics["trade"][:, [month]] for world in pair)
    assert first_above(less, more, ROUNDING) == ""


@asks(28, closed_corridor_and_all_reroutes())
def test_28_where_all_reroutes_trade_is_unchanged(drawn: tuple[Pair, int]) -> None:
    """Where all lost trade reroutes, closing a corridor leaves trade unchanged."""
    pair, month = drawn
    closed, free = (of_month(world, "trade", month) for world in pair)
    passing = closed > 0.0  # where every crossing is shut there is no other way
    assert np.allclose(closed[passing], free[passing], rtol=1e-9)


@asks(28, closed_corridor_and_nothing_reroutes())
def test_28_where_nothing_reroutes_trade_falls_by_what_is_lost(drawn: tuple[Pair, int]) -> None:
    """Where nothing reroutes, closing a corridor costs exactly the trade that is lost."""
    pair, month = drawn
    closed, free = (of_month(world, "trade", month) for world in pair)
    lost, lost_anyway = (of_month(world, "trade_lost", month) for world in pair)
    assert np.allclose(free - closed, lost - lost_anyway, rtol=1e-9, atol=1e-6)
