"""What a plan notes of a study that is no fault."""

from pathlib import Path

from sim.study.load import load_study
from sim.study.notes import notes_on
from tests.studies import text_of, written


def noted(folder: Path, factors: str, method: str = "latin_hypercube, points: 4") -> list[str]:
    """The notes on a study with these factors."""
    block = f"blocks:\n  b:\n    {factors}\n    design: {{method: {method}}}\n"
    return notes_on(load_study(written(folder, text_of(blocks=block))))


def test_nothing_is_noted_of_documented_ranges(tmp_path: Path) -> None:
    assert noted(tmp_path, "uncertainties: [parameters.*, pools.*]") == []


def test_a_range_beyond_the_documented_one_is_noted(tmp_path: Path) -> None:
    factors = "uncertainties: [{number: parameters.climb_rate, range: [0.1, 0.9]}]"
    assert noted(tmp_path, factors) == [
        "parameters.climb_rate takes 0.1 to 0.9, beyond its documented 0.03 to 0.25 1/month"
    ]


def test_a_lever_that_leaves_the_documented_range_is_noted_at_its_ends(tmp_path: Path) -> None:
    lever = "{name: tired, month: 1, verb: set_global, param: fatigue, range: [0.01, 0.4]}"
    [note] = noted(tmp_path, f"levers: [{lever}]")
    assert note.startswith("lever tired at 0.4 takes fatigue out of its documented range")


def test_a_lever_that_changes_nothing_is_noted(tmp_path: Path) -> None:
    case = load_study(written(tmp_path, text_of())).case
    actor = next(actor for actor in case.actors.values() if not actor.delegates)
    lever = (
        f"{{name: one, month: {{values: [2, 3]}}, select: {{id: {actor.id}}}, "
        f"policies: [{actor.policy}]}}"
    )
    [note] = noted(tmp_path, f"levers: [{lever}]", "grid")
    assert note.startswith(f"lever one at {actor.policy} changes nothing for {actor.id}")


def test_a_value_of_a_lever_that_changes_nothing_is_noted(tmp_path: Path) -> None:
    lever = (
        "{name: more, month: 2, select: {group: West}, verb: shift, param: stance, "
        "values: [0, 0.01]}"
    )
    assert noted(tmp_path, f"levers: [{lever}]", "grid") == [
        "lever more at 0 changes nothing: without it everything is the same"
    ]


def test_a_lever_that_keeps_an_intervention_from_counting_is_noted(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "title: T\ncase: afghanistan\ninterventions:\n"
        "  - {month: 2, verb: set_policy, select: {group: West}, policy: isolation}\n"
    )
    block = (
        "blocks:\n  b:\n    levers: [{name: west, month: 2, select: {group: West}, "
        "policies: [mediator]}]\n    design: {method: grid}\n"
    )
    text = text_of(blocks=block).replace("baseline", "own.yaml")
    assert notes_on(load_study(written(tmp_path, text))) == [
        "own: interventions[0] never counts; lever west at mediator does, on the same numbers"
    ]
