"""Droughts and earthquakes (model 10, 29)."""

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from sim.scenario.verbs.base import Intervention
from sim.scenario.verbs.happenings import Shock
from tests.properties.pairs import (
    LOOPS_OFF,
    ROUNDING,
    Pair,
    Stage,
    first_above,
    recorded,
    set_global,
    stages,
)
from tests.properties.statements import asks
from tests.worlds import documented

UNANSWERED: tuple[Intervention, ...] = (
    *(verb for verb in LOOPS_OFF if getattr(verb, "quantity", "") != "need"),
    set_global("need_elasticity", 0.0),
    set_global("drought_relief", 0.0),
    set_global("departure_slope", 0.0),
    set_global("asset_need", 0.0),
)
"""Loops off, but need moves; neither donors, nor custodians, nor those who leave answer to it."""

UNFED: tuple[Intervention, ...] = (set_global("hardship_delivery", 0.0),)
"""Relief does not bear on hunger. A severe drought calls up relief, which may feed more people than
the drought makes hungry."""


def drought(month: int, severity: int, months: int) -> Intervention:
    """A drought of a severity in hundredths."""
    return Shock(verb="shock", kind="drought", month=month, severity=severity / 100, months=months)


def two_droughts(draw: DrawFn, apart: int, after: tuple[Intervention, ...]) -> tuple[Pair, slice]:
    """A drought, one more severe by some hundredths at least, and the months they last."""
    stage = draw(stages())
    month, length = draw(st.integers(1, stage.months - 1)), draw(st.integers(1, 14))
    mild = draw(st.integers(0, 100 - apart))
    severe = draw(st.integers(mild + apart, 100))
    worlds = (stage.world(drought(month, each, length), after=after) for each in (mild, severe))
    return Pair(*worlds), slice(month, min(month + length, stage.months + 1))


@st.composite
def droughts_unanswered(draw: DrawFn) -> Pair:
    """Two droughts, however alike, that nobody answers."""
    return two_droughts(draw, 1, UNANSWERED)[0]


@st.composite
def droughts_with_all_loops(draw: DrawFn) -> tuple[Pair, slice]:
    """Two droughts that differ by a tenth, with all loops on but that of relief."""
    return two_droughts(draw, 10, UNFED)


@asks(29, droughts_unanswered())
def test_29_a_worse_drought_nobody_answers_lowers_hunger_in_no_month(pair: Pair) -> None:
    """A more severe drought lowers hunger in no month, where neither donors, custodians nor
    refugees answer to it.
    """
    less, more = (recorded(world).metrics["food_share"] for world in pair)
    assert first_above(less, more, ROUNDING) == ""


@asks(29, droughts_with_all_loops())
def test_29_a_worse_drought_lowers_hunger_in_none_of_its_months(
    drawn: tuple[Pair, slice],
) -> None:
    """With all feedback on but that of relief on hunger, a drought worse by a tenth or more lowers
    hunger in none of its months.
    """
    pair, lasting = drawn
    less, more = (recorded(world).metrics["food_share"][:, lasting] for world in pair)
    assert first_above(less, more, ROUNDING) == ""


def test_29_the_droughts_of_the_document() -> None:
    """Severity .3 and .9 from month 20 of the default start, 300 runs, loops on but that of
    relief: in none of the months of the drought.
    """
    stage = Stage(documented(), 60, 20240201, ())
    worlds = [stage.world(drought(20, severity, 10), after=UNFED) for severity in (30, 90)]
    less, more = (recorded(world, 300).metrics["food_share"][:, 20:30] for world in worlds)
    assert first_above(less, more, ROUNDING) == ""


@st.composite
def quakes(draw: DrawFn) -> tuple[Pair, int]:
    """A month without an imposed earthquake, and with one."""
    stage = draw(stages())
    month = draw(st.integers(1, stage.months))
    quake = Shock(verb="shock", kind="quake", month=month)
    return Pair(stage.world(after=()), stage.world(quake, after=())), month


@asks(29, quakes())
def test_29_a_quake_adds_to_need_and_lowers_no_pledge_that_month(
    drawn: tuple[Pair, int],
) -> None:
    """An earthquake lowers neither need nor any actor's pledge in its month."""
    pair, month = drawn
    calm, shaken = (recorded(world) for world in pair)
    for less, more in (
        (calm.metrics["need_share"], shaken.metrics["need_share"]),
        (calm.actors["relief_pledged"], shaken.actors["relief_pledged"]),
    ):
        assert first_above(less[:, [month]], more[:, [month]]) == ""
