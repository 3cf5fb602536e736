"""Deals and suspensions in a file: what they become, what is refused, and what is said of them."""

import pytest

from sim.planning.compile import Compiled, compile_scenario
from sim.scenario.selection import Selection, selected_pools
from tests.scenarios import (
    assert_says,
    at,
    fault_of,
    faults,
    interventions,
    load,
    with_interventions,
)
from tests.states import afghanistan

SCHOOLS = "while: {issue: EDU, at_least: 2}"


def compiled(*lines: str, months: int = 12) -> Compiled:
    """The arrays of some interventions."""
    loaded = load(with_interventions(*lines))
    return compile_scenario(loaded.case, loaded.scenario, months)


# What they become


def test_a_share_becomes_a_deal_on_its_condition() -> None:
    line = (
        f"{{month: 6, {SCHOOLS}, verb: pay, pool: fund, share: 0.5, months: 24, claw_back: true}}"
    )
    made = compiled(line)
    [deal] = made.start.deals
    assert made.pools[deal["pool"]] == "fund"
    found = [deal[name] for name in ("condition", "first", "amount", "share", "months")]
    assert found == [0, 6, 0.0, 0.5, 24]
    assert deal["claws_back"] == 1


def test_a_sum_becomes_a_deal_of_its_own() -> None:
    lines = ["{month: 2, verb: pay, pool: europe, sum: 90, months: 3}"] * 2
    deals = compiled(*lines).start.deals
    assert deals["amount"].tolist() == [90.0, 90.0]
    assert deals["condition"].tolist() == [-1, -1]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"pool": "fund"}, ["fund"]),
        ({"pool": ["fund", "europe"]}, ["europe", "fund"]),
        ({"pool": "all"}, ["europe", "fund", "litigation"]),
        ({"veto": "USA"}, ["fund", "litigation"]),
        ({"veto": ["CHE", "DEU"]}, ["europe", "fund"]),
        ({"pool": "all", "not": {"veto": "USA"}}, ["europe"]),
        ({"veto": "USA", "not": {"pool": "fund"}}, ["litigation"]),
    ],
)
def test_pools_are_selected_as_actors_are(given: dict[str, object], names: list[str]) -> None:
    assert sorted(selected_pools(afghanistan(), Selection.model_validate(given))) == names


def tranches(made: Compiled, pattern: int = 0) -> list[list[float]]:
    """The tranche of each pool by month."""
    rows = made.start.terms_of[pattern]
    return made.start.terms["tranche"][rows].tolist()


def test_numbers_of_pools_change_from_a_month_on_and_leave_no_trace() -> None:
    line = "{month: 3, until: 4, verb: set, select: {pool: fund}, param: tranche, to: 80}"
    made = compiled(line, months=5)
    place = made.pools.index("fund")
    assert [month[place] for month in tranches(made)] == [50.0, 50.0, 80.0, 80.0, 50.0]
    assert {month[1 - place] for month in tranches(made)} == {50.0}


def test_the_change_that_began_later_counts() -> None:
    late = "{month: 4, verb: set, select: {pool: all}, param: tranche, to: 10}"
    early = "{month: 2, verb: scale, select: {veto: USA}, param: tranche, by: 2}"
    made = compiled(late, early, months=4)
    place = made.pools.index("litigation")
    assert [month[place] for month in tranches(made)] == [50.0, 100.0, 100.0, 10.0]


def test_on_a_condition_numbers_of_pools_have_rows_of_their_own() -> None:
    line = f"{{month: 1, {SCHOOLS}, verb: shift, select: {{pool: all}}, param: tranche, by: 5}}"
    made = compiled(line, months=1)
    assert (tranches(made, 0), tranches(made, 1)) == ([[50.0] * 3], [[55.0] * 3])


# What is refused


@pytest.mark.parametrize(
    ("line", "text", "path", "words"),
    [
        (
            "{month: 6, verb: pay, pool: fnd, share: 0.5, months: 24}",
            "pool:",
            ".pool",
            ["unknown pool 'fnd'", "did you mean fund?"],
        ),
        (
            "{month: 6, verb: pay, pool: fund, share: 1.5, months: 24}",
            "share:",
            ".share",
            ["1"],
        ),
        ("{month: 6, verb: pay, pool: fund, share: 0, months: 24}", "share:", ".share", ["0"]),
        ("{month: 6, verb: pay, pool: fund, sum: -5, months: 24}", "sum:", ".sum", ["0"]),
        ("{month: 6, verb: pay, pool: fund, sum: lots, months: 24}", "sum:", ".sum", ["number"]),
        ("{month: 6, verb: pay, pool: fund, sum: 5, months: 0}", "months:", ".months", ["1"]),
        (
            "{month: 6, verb: pay, pool: fund, sum: 5, months: 3, claw_back: maybe}",
            "claw_back:",
            ".claw_back",
            ["must be true or false"],
        ),
        (
            "{month: 6, verb: pay, pool: fund, sum: 5, months: 3, claw_back: true}",
            "claw_back:",
            ".claw_back",
            ["`while`"],
        ),
        (
            "{month: 6, until: 9, verb: pay, pool: fund, sum: 5, months: 3}",
            "until:",
            ".until",
            ["`while`", "`months`"],
        ),
        ("{month: 6, verb: pay, pool: fund, months: 3}", "{month", "", ["sum", "share"]),
        (
            "{month: 6, verb: pay, pool: fund, sum: 5, share: 0.5, months: 3}",
            "{month",
            "",
            ["either a sum", "share"],
        ),
        ("{month: 6, verb: pay, pool: fund, sum: 5}", "{month", "", ["months"]),
        (
            "{month: 6, verb: pay, pool: fund, shre: 0.5, months: 3}",
            "shre:",
            ".shre",
            ["did you mean share?"],
        ),
        (
            f"{{month: 6, {SCHOOLS}, announced: true, worth: 5, verb: pay, pool: fund, "
            "sum: 5, months: 3}",
            "worth:",
            ".worth",
            ["selected actors"],
        ),
        (
            "{month: 6, verb: suspend, select: {id: USA}}",
            "select:",
            ".select",
            ["selects actors", "pool or veto"],
        ),
        (
            "{month: 6, verb: suspend, select: {pool: litgation}}",
            "pool:",
            ".select.pool",
            ["did you mean litigation?"],
        ),
        (
            "{month: 6, verb: suspend, select: {veto: USB}}",
            "veto:",
            ".select.veto",
            ["unknown actor 'USB'", "did you mean UZB?"],
        ),
        (
            "{month: 6, verb: suspend, select: {pool: all, not: {pool: all}}}",
            "select:",
            ".select",
            ["selects no pool"],
        ),
        (
            "{month: 6, verb: suspend, select: {pool: all, id: USA}}",
            "select:",
            ".select",
            ["actors and pools at once"],
        ),
        (
            "{month: 6, verb: suspend, select: {pool: all, not: {id: USA}}}",
            "select:",
            ".select",
            ["actors and pools at once"],
        ),
        (
            "{month: 6, verb: set_policy, select: {pool: all}, policy: isolation}",
            "select:",
            ".select",
            ["selects pools, not actors"],
        ),
        (
            "{month: 6, verb: set, select: {id: USA}, param: tranche, to: 5}",
            "select:",
            ".select",
            ["tranche is a number of pools"],
        ),
        (
            "{month: 6, verb: set, select: {pool: all}, param: stance, to: 5}",
            "select:",
            ".select",
            ["stance is a number of actors"],
        ),
        (
            "{month: 6, verb: set, select: {pool: all}, param: trance, to: 5}",
            "param:",
            ".param",
            ["unknown parameter 'trance'", "did you mean tranche?"],
        ),
        (
            "{month: 6, verb: set, select: {pool: all}, param: tranche.1, to: 5}",
            "param:",
            ".param",
            ["tranche has no parts"],
        ),
        (
            "{month: 6, verb: set, select: {pool: all}, param: tranche, to: -5}",
            "to:",
            ".to",
            ["0"],
        ),
        (
            "{month: 6, verb: set, select: {pool: all}, param: lock, to: 0.5}",
            "to:",
            ".to",
            ["whole"],
        ),
    ],
)
def test_what_makes_no_deal_is_refused_in_one_line(
    line: str, text: str, path: str, words: list[str]
) -> None:
    assert_says(fault_of(line), f"{at(line, text)}: interventions[0]{path}", words)


def test_all_faults_are_told_at_once() -> None:
    lines = (
        "{month: 6, verb: pay, pool: fnd, share: 2, months: 0}",
        "{month: 6, verb: suspend, select: {pool: fnd}}",
    )
    assert len(faults(with_interventions(*lines))) == 4


def test_a_shift_out_of_bounds_names_the_pool() -> None:
    with pytest.raises(Exception, match="tranche of europe"):
        compiled("{month: 2, verb: shift, select: {pool: europe}, param: tranche, by: -80}")


# What is said of them


def said(line: str) -> list[str]:
    """What an intervention does, in words."""
    [verb] = interventions(line)
    case = afghanistan()
    return list(verb.effects(case, case.starts["2024-02"]))


def test_a_deal_says_for_certain_how_much_it_pays_and_when() -> None:
    [told] = said(f"{{month: 6, {SCHOOLS}, verb: pay, pool: litigation, share: 0.5, months: 24}}")
    assert told.startswith(
        "for certain: pays US$ 1,750 m from litigation in 24 instalments of 72.92"
    )
    assert "while EDU is at least at level 2" in told


def test_an_announced_deal_also_says_what_it_only_makes_more_likely() -> None:
    line = f"{{month: 6, {SCHOOLS}, announced: true, verb: pay, pool: fund, sum: 24, months: 24}}"
    certain, likely = said(line)
    assert "pays US$ 24 m from fund in 24 instalments of 1.00" in certain
    assert likely.startswith("only more or less likely: the authority gives way")


@pytest.mark.parametrize(("key", "word"), [("while", "while"), ("when", "once")])
def test_what_hangs_on_a_condition_is_certain_on_that_condition_alone(key: str, word: str) -> None:
    asked = f"{key}: [{{issue: EDU, at_least: 3}}, {{quantity: recognitions, at_most: 0}}]"
    line = f"{{month: 6, {asked}, verb: shift, select: {{id: USA}}, param: stance, by: 0.5}}"
    assert said(line)[0] == (
        "for certain: stance of USA changes by 0.5, "
        f"{word} EDU is at least at level 3 and recognitions are at most 0"
    )


def test_a_stance_is_said_to_bear_on_chances_alone() -> None:
    line = "{month: 6, verb: shift, select: {custodian: true}, param: asset_stance, by: 0.5}"
    certain, likely = said(line)
    assert certain == "for certain: asset_stance of CHE, DEU, USA changes by 0.5"
    assert "only more or less likely: pools are released" in likely
    assert "all custodians" in likely


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{month: 6, verb: suspend, select: {veto: USA}}", "fund, litigation: neither"),
        ("{month: 6, verb: set, select: {pool: all}, param: tranche, to: 9}", "tranche of"),
        ("{month: 6, verb: set_issue, issue: [EDU, EMP], level: 2}", "EDU, EMP on level 2"),
        ("{month: 6, verb: force_rung, select: {id: RUS}, rung: 7}", "RUS on rung 7"),
        ("{month: 6, verb: shock, kind: quake}", "a shock: quake"),
        ("{month: 6, verb: set_global, param: fatigue, to: 0.02}", "fatigue is 0.02"),
        ("{month: 6, verb: hold, issue: EDU}", "stay where they are"),
    ],
)
def test_every_verb_says_what_it_does_for_certain(line: str, words: str) -> None:
    [certain] = said(line)
    assert words in certain
