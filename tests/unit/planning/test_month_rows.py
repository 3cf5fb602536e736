"""Rows of policies and parameters by month (model 7.4 delegation, 9 parameter verbs)."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from sim.engine.kernel import Start
from sim.io.errors import CannotCompile
from sim.model.policy import BUNDLE
from sim.scenario.parameter_names import element
from sim.scenario.selection import Selection
from sim.scenario.verbs.rows import SetPolicy, Shift
from tests.scenarios import interventions
from tests.starts import MONTHS, filled
from tests.states import afghanistan, near

ISSUES = list(afghanistan().issues)


def rows(*lines: str) -> Start:
    """The rows of twelve months under these interventions."""
    return filled(afghanistan(), interventions(*lines))


def row(found: Start, actor: str, month: int) -> Any:
    """The policy row of an actor in a month."""
    return found.policies[found.policy_of[0, month - 1, list(afghanistan().actors).index(actor)]]


def course(found: Start, actor: str, name: str) -> list[float]:
    """A number of an actor's policy over the months."""
    return [float(row(found, actor, month)[name]) for month in range(1, MONTHS + 1)]


def parameter(found: Start, name: str) -> list[Any]:
    """A global parameter over the months."""
    return [found.parameters[at][name].tolist() for at in found.parameters_of[0]]


def own(policy: str, name: str) -> float:
    """A number of a named policy."""
    return afghanistan().value_at(f"policies.{policy}.{name}")


def test_without_interventions_every_month_has_the_rows_of_the_base() -> None:
    """9: identical to the base."""
    found = rows()
    assert len(found.parameters) == 1
    assert (found.policy_of == found.actors["policy"]).all()
    assert row(found, "RUS", 1)["reservation"] == -2.4
    assert row(found, "RUS", 1)["security_stake"] == 0.6
    assert row(found, "RUS", 1)["trade_factor"] == 1.0
    assert parameter(found, "mediation_override") == [-1.0] * MONTHS


def test_a_policy_replaces_the_bundle_and_leaves_the_attributes() -> None:
    """9: set_policy replaces all bundle parameters, not attributes."""
    found = rows("{month: 3, verb: set_policy, select: {id: RUS}, policy: isolation}")
    assert course(found, "RUS", "stance") == [0.8] * 2 + [-1.5] * 10
    assert course(found, "RUS", "descent_rate") == [0.005] * 2 + [0.12] * 10
    assert row(found, "RUS", 3)["gates"].tolist() == [0.0, 0.0] + [2.0] * 6
    assert course(found, "RUS", "security_stake") == [0.6] * 12
    assert row(found, "CHN", 3)["stance"] == 0.5


def test_until_is_the_last_month_and_leaves_no_trace() -> None:
    """9: active in month … until; an expired intervention leaves no trace in parameters."""
    found = rows("{month: 3, until: 5, verb: shift, select: {id: PAK}, param: stance, by: -1.2}")
    assert course(found, "PAK", "stance") == near([0.5] * 2 + [-0.7] * 3 + [0.5] * 7)
    assert (found.policy_of[0, 5] == found.actors["policy"]).all()


def test_two_shifts_that_overlap_add_up_and_end_on_their_own() -> None:
    """9: built anew from the base by applying the active ones in file order."""
    found = rows(
        "{month: 2, until: 4, verb: shift, select: {id: PAK}, param: stance, by: 1}",
        "{month: 3, until: 5, verb: shift, select: {id: PAK}, param: stance, by: 2}",
    )
    assert course(found, "PAK", "stance")[:6] == near([0.5, 1.5, 3.5, 3.5, 2.5, 0.5])


SHIFT = "{month: %d, verb: shift, select: {id: PAK}, param: stance, by: 1}"
SCALE = "{month: %d, verb: scale, select: {id: PAK}, param: stance, by: 2}"
ISOLATE = "{month: %d, verb: set_policy, select: {group: East}, policy: isolation}"
HEDGE = "{month: %d, verb: set_policy, select: {id: PAK}, policy: patron_hedger}"


@pytest.mark.parametrize("lines", [(SHIFT % 4, SCALE % 2), (SCALE % 2, SHIFT % 4)])
def test_what_began_earlier_is_applied_first_wherever_it_stands(lines: tuple[str, str]) -> None:
    """The scale of month 2 and then the shift of month 4: 2·.5 + 1."""
    assert course(rows(*lines), "PAK", "stance")[:5] == near([0.5, 1.0, 1.0, 2.0, 2.0])


def test_within_a_month_the_order_of_the_file_decides() -> None:
    assert course(rows(SHIFT % 4, SCALE % 4), "PAK", "stance")[3] == near(3.0)
    assert course(rows(SCALE % 4, SHIFT % 4), "PAK", "stance")[3] == near(2.0)


@pytest.mark.parametrize("lines", [(ISOLATE % 6, HEDGE % 3), (HEDGE % 3, ISOLATE % 6)])
def test_of_two_policies_the_one_that_began_later_counts(lines: tuple[str, str]) -> None:
    """A line of one's own at month 3 does not keep the isolation of a base from month 6."""
    hedging = own("patron_hedger", "stance")
    assert course(rows(*lines), "PAK", "stance") == [0.5] * 2 + [hedging] * 3 + [-1.5] * 7


@pytest.mark.parametrize("lines", [("to: 0.1", "to: 0.2"), ("to: 0.2", "to: 0.1")])
def test_of_two_values_of_a_parameter_the_one_that_began_later_counts(
    lines: tuple[str, str],
) -> None:
    first, second = (f"verb: set_global, param: fatigue, {line}" for line in lines)
    value = float(lines[0].removeprefix("to: "))
    found = rows(f"{{month: 5, {first}}}", f"{{month: 2, {second}}}")
    assert parameter(found, "fatigue")[4:] == [value] * 8


def test_a_policy_overwrites_earlier_shifts_and_later_ones_stand_on_it() -> None:
    """9: shifts that began earlier are overwritten, whichever line of the file comes first."""
    shift = "{month: %d, verb: shift, select: {id: PAK}, param: stance, by: 1}"
    policy = "{month: 4, verb: set_policy, select: {id: PAK}, policy: isolation}"
    for lines in ((shift % 2, policy), (policy, shift % 2)):
        assert course(rows(*lines), "PAK", "stance")[:5] == near([0.5, 1.5, 1.5, -1.5, -1.5])
    for lines in ((shift % 5, policy), (policy, shift % 5)):
        assert course(rows(*lines), "PAK", "stance")[:5] == near([0.5, 0.5, 0.5, -1.5, -0.5])


@pytest.mark.parametrize(
    ("verb", "value"), [("shift, by: 0.2", 0.95), ("set, to: 0.2", 0.2), ("scale, by: 2", 1.5)]
)
def test_shift_adds_set_replaces_and_scale_multiplies(verb: str, value: float) -> None:
    """9: adds / replaces / multiplies; ρ of Pakistan is .75."""
    name, rest = verb.split(", ")
    line = f"{{month: 1, verb: {name}, select: {{id: PAK}}, param: reservation, {rest}}}"
    assert row(rows(line), "PAK", 1)["reservation"] == near(value)


@pytest.mark.parametrize(
    ("param", "by", "value"),
    [
        ("development_conditionality", 0.5, 1.0),
        ("relief_conditionality", -0.5, 0.0),
        ("quorum", 0.9, 1.0),
        ("quorum", -0.9, 0.0),
    ],
)
def test_shares_are_clipped(param: str, by: float, value: float) -> None:
    """9: χ, q clipped to 0-1; those of the United States are .6, .1 and .5."""
    line = f"{{month: 1, verb: shift, select: {{id: USA}}, param: {param}, by: {by}}}"
    assert row(rows(line), "USA", 1)[param] == value


def test_one_gate_can_be_changed() -> None:
    found = rows("{month: 1, verb: set, select: {id: RUS}, param: gates.7, to: 2}")
    assert row(found, "RUS", 1)["gates"].tolist() == [0.0] * 7 + [2.0]


def test_attributes_and_flow_factors_can_be_changed() -> None:
    """9: attributes e, s, ret, mediator; flow factors H, D, T, which start at 1."""
    found = rows(
        "{month: 1, verb: scale, select: {id: PAK}, param: return_rate, by: 3}",
        "{month: 1, verb: scale, select: {id: PAK}, param: trade_factor, by: 1.25}",
        "{month: 1, verb: set, select: {id: PAK}, param: mediator, to: 1}",
    )
    found_row = row(found, "PAK", 1)
    values = [found_row[name] for name in ("return_rate", "trade_factor", "mediator")]
    assert values == near([0.03, 1.25, 1.0])


def test_a_global_parameter_takes_its_value_and_gives_it_back() -> None:
    """9: set_global replaces."""
    found = rows("{month: 3, until: 4, verb: set_global, param: fatigue, to: 0.025}")
    assert parameter(found, "fatigue") == [0.008] * 2 + [0.025] * 2 + [0.008] * 8


def test_a_place_of_a_global_list_takes_its_value() -> None:
    found = rows(
        "{month: 1, verb: set_global, param: loading_peers.7, to: 4}",
        "{month: 1, verb: set_global, param: issue_intercept.CT, to: 0.1}",
    )
    assert parameter(found, "loading_peers")[0] == [0, *[0.5] * 6, 4]
    assert parameter(found, "issue_intercept")[0][:6] == [0.15, 0.0, 0.2, -0.2, 0.1, 0.15]
    assert parameter(found, "issue_intercept")[0][7:] == [0.0] * 3


def test_the_authority_is_frozen_for_its_months() -> None:
    """9: freeze_authority."""
    found = rows("{month: 2, until: 3, verb: freeze_authority}")
    assert parameter(found, "authority_frozen")[:4] == [0, 1, 1, 0]


UN = ("CHN", "FRA", "GBR", "RUS", "USA")


def test_delegation_is_the_mean_by_votes_of_the_members() -> None:
    """7.4: θ_i = Σ W_ij θ_j: the five permanent members of the UN, equal votes."""
    found = rows()
    for name in BUNDLE:
        mean = np.mean([row(found, actor, 1)[name] for actor in UN], axis=0)
        assert row(found, "UN", 1)[name] == pytest.approx(mean, rel=1e-8, abs=1e-9)


def test_delegation_by_salience_weighs_the_members() -> None:
    """7.4: q of the OIC: .1 for QAT .8, SAU 1.2; .4 for KGZ, OMN .3, MYS .4; .5 for IDN .7."""
    mean = (0.1 * 2.0 + 0.4 * 1.0 + 0.5 * 0.7) / 10.4
    assert row(rows(), "OIC", 1)["quorum"] == pytest.approx(mean, rel=1e-7)


def test_an_institution_whose_members_weigh_nothing_is_refused() -> None:
    """7.4: it would follow a policy of zeros, whose issue weights do not add up to 1 (10, 2)."""
    case = afghanistan()
    weightless = {
        path: dataclasses.replace(number, value=0.0) if path.field == "salience" else number
        for path, number in case.numbers.items()
    }
    nobody = dataclasses.replace(case, numbers=weightless)
    with pytest.raises(CannotCompile, match="ADB follows its members, among whom nobody"):
        filled(nobody)


def test_issue_weights_still_add_up_to_one_after_delegation() -> None:
    """10, invariant 2: delegation keeps Σ ω = 1 within 1e-12."""
    sums = rows().policies["issue_weights"].sum(axis=1)
    assert np.abs(sums - 1.0).max() < 1e-12


def test_delegation_comes_after_the_interventions() -> None:
    """7.4: rebuilt each month after the interventions."""
    line = "{month: 3, until: 4, verb: shift, select: {id: CHN}, param: stance, by: 1}"
    found = course(rows(line), "UN", "stance")
    mean = (0.5 + 0 + 0 + 0.8 + 0) / 5
    assert found[:6] == pytest.approx([mean, mean, mean + 0.2, mean + 0.2, mean, mean], abs=1e-8)


@pytest.mark.parametrize(
    "line",
    [
        "{month: 1, verb: shift, select: {all: true}, param: stance, by: 1}",
        "{month: 1, verb: set, select: {all: true}, param: stance, to: 1}",
        "{month: 1, verb: set_policy, select: {all: true}, policy: isolation}",
    ],
)
def test_delegating_institutions_follow_their_members_and_are_not_changed_themselves(
    line: str,
) -> None:
    """7.4: set_policy, shift and set skip delegating actors: they follow their members."""
    found = rows(line)
    expected = np.mean([row(found, actor, 1)["stance"] for actor in UN])
    assert row(found, "UN", 1)["stance"] == pytest.approx(expected, abs=1e-8)


def test_attributes_of_delegating_institutions_are_their_own() -> None:
    """7.4: attributes are not delegated; flows of an institution can be scaled."""
    found = rows("{month: 1, verb: scale, select: {all: true}, param: relief_factor, by: 2}")
    assert row(found, "UN", 1)["relief_factor"] == 2.0
    assert row(found, "UN", 1)["security_stake"] == 0.0


def test_a_body_whose_members_hold_most_votes_for_a_ceiling_has_one() -> None:
    """7.4: a ceiling is a gate above 1, written 2."""
    line = "{month: 1, verb: set, select: {id: [FRA, GBR, USA]}, param: gates.3, to: 2}"
    assert row(rows(line), "UN", 1)["gates"][3] > 1.0


def test_rows_that_are_made_in_the_same_way_are_kept_once() -> None:
    found = rows(
        "{month: 2, until: 8, verb: shift, select: {id: PAK}, param: stance, by: 1}",
        "{month: 5, until: 5, verb: shift, select: {id: IRN}, param: stance, by: 1}",
    )
    pakistan, iran = (list(afghanistan().actors).index(actor) for actor in ("PAK", "IRN"))
    assert len(set(found.policy_of[0, 1:8, pakistan])) == 1
    assert len(set(found.policy_of[0, :, iran])) == 2
    assert len(found.parameters) == 1
    assert (found.policy_of[0, 0] == found.policy_of[0, 8]).all()


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("stance", ("stance", None)),
        ("gates.7", ("gates", 7)),
        ("ideological_cost.EDU", ("ideological_cost", 0)),
        ("issue_intercept.BOR", ("issue_intercept", 5)),
    ],
)
def test_a_parameter_may_have_a_place(name: str, place: tuple[str, int | None]) -> None:
    assert element(name, ISSUES) == place


def test_what_is_no_place_is_refused() -> None:
    for param in ("gates.seven", "gates.EDU", "gates.", "gates. 7"):
        with pytest.raises(ValueError):  # noqa: PT011
            element(param, ISSUES)


def test_what_reaches_nobody_changes_no_row() -> None:
    """In a file it is a fault; elsewhere it must not be taken for a change of parameters."""
    when = {"month": 1, "select": Selection(id=["WB"])}
    plain = rows()
    for verb in (
        SetPolicy(verb="set_policy", policy="isolation", **when),
        Shift(verb="shift", param="stance", by=1.0, **when),
    ):
        assert list(verb.changes(afghanistan())) == []
        found = filled(afghanistan(), [verb])
        assert found.policies.tobytes() == plain.policies.tobytes()
        assert found.parameters.tobytes() == plain.parameters.tobytes()
