"""Points: what each one changes, and the name by which its runs are found again."""

from pathlib import Path

import pytest

from sim.study.load import load_study
from sim.study.points import Point, Points, case_content, changed
from tests.studies import GRID, HEAD, text_of, written


def points(folder: Path, text: str | None = None) -> list[Point]:
    """The points of a study."""
    return list(Points(load_study(written(folder, text or text_of()))))


def ids(folder: Path, text: str) -> list[str]:
    """Their names."""
    return [point.id for point in points(folder, text)]


def test_points_follow_the_design(tmp_path: Path) -> None:
    found = points(tmp_path)
    assert [point.number for point in found] == [1, 2, 3, 4, 5, 6]
    assert found[0].values == {"parameters.climb_rate": 0.03, "west": "isolation"}
    assert found[5].values == {"parameters.climb_rate": 0.25, "west": "mediator"}
    assert len({point.id for point in found}) == 6


def test_scenarios_are_crossed_with_every_point(tmp_path: Path) -> None:
    text = text_of().replace("baseline", "[baseline, donor-fatigue]")
    found = points(tmp_path, text)
    assert [point.scenario for point in found] == ["baseline"] * 6 + ["donor-fatigue"] * 6
    assert [point.values for point in found[:6]] == [point.values for point in found[6:]]
    assert len({point.id for point in found}) == 12


def test_a_point_changes_numbers_and_acts_after_the_scenario(tmp_path: Path) -> None:
    text = text_of().replace("baseline", "donor-fatigue")
    point = points(tmp_path, text)[3]
    base = load_study(str(tmp_path / "s.yaml")).bases["donor-fatigue"]
    full = changed(base, point.change)
    assert full.case.value_at("parameters.climb_rate") == point.values["parameters.climb_rate"]
    own = len(base.scenario.interventions)
    assert full.scenario.interventions[:own] == base.scenario.interventions
    [verb] = full.scenario.interventions[own:]
    assert (verb.month, verb.policy) == (2, "mediator")


def test_what_is_said_in_words_is_no_part_of_a_name(tmp_path: Path) -> None:
    other = text_of().replace("title: T", "title: Other\nquestion: What?")
    assert ids(tmp_path, other) == ids(tmp_path, text_of())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("months: 6", "months: 7"),
        ("months: 6", "months: 6\nseed: 1"),
        ("coverage, ", ""),
        ("[gdp, ", "["),
        ("baseline", "donor-fatigue"),
        ("month: 2", "month: 3"),
        ("group: West", "group: East"),
    ],
)
def test_anything_on_which_runs_depend_is_a_part_of_every_name(
    tmp_path: Path, old: str, new: str
) -> None:
    before = ids(tmp_path, text_of())
    assert set(ids(tmp_path, text_of().replace(old, new))) & set(before) == set()


def test_the_number_of_runs_is_no_part_of_a_name(tmp_path: Path) -> None:
    assert ids(tmp_path, text_of(runs=1)) == ids(tmp_path, text_of())


def test_more_values_keep_the_names_of_those_before(tmp_path: Path) -> None:
    more = text_of().replace("steps: 3", "steps: 5").replace("mediator]", "mediator, roadmap]")
    more = more.replace("roadmap", "human_rights_conditionality")
    assert set(ids(tmp_path, text_of())) < set(ids(tmp_path, more))


def test_other_blocks_and_the_order_of_factors_change_no_name(tmp_path: Path) -> None:
    turned = """\
blocks:
  other:
    levers:
      - {name: west, month: 2, select: {group: West}, policies: [mediator, isolation]}
    uncertainties:
      - {number: parameters.climb_rate, values: [0.25, 0.03, 0.14]}
    design: {method: grid}
"""
    both = text_of(blocks=GRID + turned.removeprefix("blocks:\n"))
    study = Points(load_study(written(tmp_path, both)))
    assert len(study) == 12
    assert len(study.wanted) == 6
    assert set(ids(tmp_path, text_of(blocks=turned))) == set(ids(tmp_path, text_of()))


def test_a_number_as_the_case_has_it_is_no_change(tmp_path: Path) -> None:
    documented = load_study(written(tmp_path, text_of())).case.value_at("parameters.climb_rate")
    number = f"{{number: parameters.climb_rate, values: [{documented!r}]}}"
    one = f"blocks:\n  b:\n    uncertainties: [{number}]\n    design: {{method: grid}}\n"
    none = "blocks:\n  b:\n    design: {method: grid}\n"
    assert ids(tmp_path, HEAD.format(runs=1) + one) == ids(tmp_path, HEAD.format(runs=1) + none)


def test_a_number_of_the_case_is_a_part_of_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ids(tmp_path, text_of())

    def other(base: object) -> object:
        numbers, facts = case_content(base)
        return [{**numbers, "parameters.noise": 0.123}, facts]

    monkeypatch.setattr("sim.study.points.case_content", other)
    assert set(ids(tmp_path, text_of())) & set(before) == set()


def test_other_code_is_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids(tmp_path, text_of())
    monkeypatch.setattr("sim.study.points.code_digest", lambda *roots: "f" * 64)
    assert set(ids(tmp_path, text_of())) & set(before) == set()


def test_equal_points_share_their_runs_the_larger_number_of_them(tmp_path: Path) -> None:
    blocks = GRID + GRID.removeprefix("blocks:\n").replace("grid:\n", "again:\n    runs: 300\n")
    study = Points(load_study(written(tmp_path, text_of(blocks=blocks))))
    assert set(study.wanted.values()) == {300}


def block(factors: str, method: str = "method: grid") -> str:
    """A study with one block of these factors."""
    return text_of(blocks=f"blocks:\n  b:\n    {factors}\n    design: {{{method}}}\n")


def test_the_months_of_a_lever_differ_from_point_to_point(tmp_path: Path) -> None:
    text = block(
        "levers: [{name: w, month: {range: [2, 4], steps: 3}, until: {values: [5, 6]}, "
        "select: {group: West}, policies: [isolation]}]"
    )
    found = points(tmp_path, text)
    verbs = [verb for point in found for verb in point.change.interventions]
    months = [(verb.month, verb.until) for verb in verbs]
    assert months == [(month, until) for month in (2, 3, 4) for until in (5, 6)]
    assert len({point.id for point in found}) == 6
    assert found[3].values == {"w": "isolation", "w.month": 3.0, "w.until": 6.0}


def test_the_others_of_a_sum_make_room_for_a_number_that_varies(tmp_path: Path) -> None:
    text = block(
        "uncertainties: [{number: policies.mediator.issue_weights.0, values: [0.1, 0.4]}, "
        "parameters.noise]",
        "method: latin_hypercube, points: 2",
    )
    base = load_study(written(tmp_path, text)).bases["baseline"]
    before = [base.case.value_at(f"policies.mediator.issue_weights.{i}") for i in range(7)]
    for point in points(tmp_path, text):
        case = changed(base, point.change).case
        after = [case.value_at(f"policies.mediator.issue_weights.{i}") for i in range(7)]
        assert sum(after) == pytest.approx(1.0, abs=1e-12)
        assert after[0] == point.values["policies.mediator.issue_weights.0"]
        ratios = [new / old for new, old in zip(after[1:], before[1:], strict=True) if old]
        assert ratios == pytest.approx([ratios[0]] * len(ratios))


def test_a_row_shows_weights_as_they_are_run(tmp_path: Path) -> None:
    text = block("uncertainties: [parameters.share_to_*]", "method: latin_hypercube, points: 5")
    for point in points(tmp_path, text):
        shares = [float(value) for value in point.values.values()]
        assert sum(shares) == pytest.approx(1.0, abs=1e-12)


def test_points_of_one_world_have_the_same_uncertain_numbers(tmp_path: Path) -> None:
    again = GRID.removeprefix("blocks:\n").replace("grid:\n", "again:\n")
    text = text_of(blocks=GRID + again.replace("steps: 3", "values: [0.25, 0.2]"))
    found = points(tmp_path, text.replace("baseline", "[baseline, donor-fatigue]"))
    worlds: dict[int, set[object]] = {}
    for point in found:
        worlds.setdefault(point.world, set()).add(point.values["parameters.climb_rate"])
    assert worlds == {1: {0.03}, 2: {0.14}, 3: {0.25}, 4: {0.2}}


def test_points_without_uncertain_numbers_share_the_documented_world(tmp_path: Path) -> None:
    documented = load_study(written(tmp_path, text_of())).case.value_at("parameters.climb_rate")
    text = text_of(
        blocks="blocks:\n  a:\n    levers: [{name: o, options: {x: [], y: "
        "[{month: 2, verb: freeze_authority}]}}]\n    design: {method: grid}\n"
        "  b:\n    uncertainties: [{number: parameters.climb_rate, "
        f"values: [{documented}, 0.2]}}]\n"
        "    design: {method: grid}\n"
    )
    assert [point.world for point in points(tmp_path, text)] == [1, 1, 1, 2]
