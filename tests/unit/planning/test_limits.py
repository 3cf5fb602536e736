"""Numbers that do not make a run are refused, with the month from which they do not (7.1, 10)."""

import pytest

from sim.io.errors import CannotCompile
from sim.planning.compile import compile_scenario
from tests.scenarios import load, with_interventions
from tests.states import afghanistan


def refusal(*lines: str) -> list[str]:
    """The lines with which a scenario that is written well is refused."""
    with pytest.raises(CannotCompile) as caught:
        compile_scenario(afghanistan(), load(with_interventions(*lines)).scenario)
    return str(caught.value).splitlines()


def compiles(*lines: str) -> bool:
    """Whether a scenario makes a run."""
    return compile_scenario(afghanistan(), load(with_interventions(*lines)).scenario) is not None


def set_global(param: str, to: float, month: int = 6) -> str:
    """An intervention on a parameter."""
    return f"{{month: {month}, verb: set_global, param: {param}, to: {to}}}"


BELOW = "together they must stay below 1"


@pytest.mark.parametrize(
    ("param", "to", "message"),
    [
        (
            "climb_rate",
            0.9,
            f"climb_rate and descent_rate or exit_rate: 0.9 up and 0.1 down a month; {BELOW}",
        ),
        (
            "exit_rate",
            0.95,
            f"climb_rate and descent_rate or exit_rate: 0.09 up and 0.95 down a month; {BELOW}",
        ),
        (
            "concession_rate",
            0.375,
            "concession_rate and tightening_rate of a new authority: "
            f"0.9375 up and 0.0875 down a month; {BELOW}",
        ),
        (
            "asset_up_rate",
            0.92,
            f"asset_up_rate and asset_down_rate: 0.92 up and 0.08 down a month; {BELOW}",
        ),
        (
            "share_to_relief",
            0.3,
            "share_to_reserves, share_to_debt and share_to_relief: "
            "0.5, 0.3, 0.3 do not add up to 1",
        ),
        ("rerouting_least", 0.9, "rerouting_least lies above rerouting_most"),
    ],
)
def test_numbers_that_do_not_fit_together_are_refused(param: str, to: float, message: str) -> None:
    """7.1: λ↑ + max(λ↓, exit) < 1; 10, invariant 2: destination shares sum to 1."""
    assert refusal(set_global(param, to)) == [f"T: from month 6: {message}"]


def test_the_fall_of_any_actor_counts() -> None:
    """7.1: λ↓ of the bundles."""
    line = "{month: 3, verb: set, select: {id: TJK}, param: descent_rate, to: 0.95}"
    [found] = refusal(line)
    assert found.startswith("T: from month 3: climb_rate and descent_rate or exit_rate: 0.09 up")


def test_a_new_authority_moves_faster_by_its_settling_factor() -> None:
    """7.5: v = 1 + ζ at the start: .03·13 + .035·13 = .845 fits, .03·16 + .035·16 does not."""
    assert compiles(set_global("settling_factor", 12))
    [found] = refusal(set_global("settling_factor", 15))
    assert "0.48 up and 0.56 down" in found


@pytest.mark.parametrize(
    ("param", "to"), [("climb_rate", 0.89), ("asset_up_rate", 0.91), ("rerouting_least", 0.8)]
)
def test_numbers_that_just_fit_are_fine(param: str, to: float) -> None:
    assert compiles(set_global(param, to))


def test_the_rates_of_a_project_must_fit() -> None:
    """7.1: every kernel."""
    case = afghanistan()
    path = "projects.oil.up_rate"
    changed = case.with_values_at({path: 0.94})
    with pytest.raises(
        CannotCompile, match=r"^T: from month 1: a project's rates: 0.94 up and 0.06"
    ):
        compile_scenario(changed, load(with_interventions()).scenario)


def test_each_fault_is_told_once_with_its_first_month() -> None:
    found = refusal(
        set_global("climb_rate", 0.95, month=4),
        "{month: 8, until: 9, verb: freeze_authority}",
        set_global("rerouting_least", 0.9, month=9),
    )
    assert [line.split(":")[1] for line in found] == [" from month 4", " from month 9"]


def test_a_fault_in_the_first_month_is_seen() -> None:
    [found] = refusal(set_global("rerouting_least", 0.9, month=1))
    assert "from month 1:" in found
