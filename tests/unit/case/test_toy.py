"""A case with issues of its own, and one with none: nothing in the model knows an issue by name."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim.case.case import Case
from sim.case.load import load_case
from sim.engine.kernel import Trajectories
from sim.io.errors import BadFile
from sim.measures.catalog import outcomes_of
from sim.measures.members import Membership, members_of
from sim.measures.reader import Reader
from sim.planning.compile import Compiled, compile_scenario
from sim.runs.make import Order, make_result
from sim.scenario.load import Loaded
from sim.scenario.schema import Scenario
from sim.store.facts import ISSUES, headline_issues
from sim.store.read import read_result
from tests.case_files import as_yaml
from tests.toy_case import BY_ISSUE, content, parameters, write_toy, write_toy_without_issues
from tests.worlds import AGENTS, KERNEL, PLAIN, difference, run

SEED = 5

VERBS = [
    {"month": 3, "until": 5, "verb": "set_issue", "issue": "SONG", "level": 4},
    {"month": 4, "verb": "set_global", "param": "access_loss.LAMP", "to": 0.5},
    {"month": 5, "verb": "pitch", "when": {"issue": "SONG", "at_least": 4}},
]


def toy(folder: Path, write: Callable[[Path], Path] = write_toy) -> Case:
    """The toy case, read from its files."""
    return load_case(write(folder / "islands"))


def scenario_of(verbs: list[dict[str, object]]) -> Scenario:
    """A scenario of two years in the toy case."""
    head = {"title": "Toy", "case": "islands", "start": "2010-03", "months": 24}
    return Scenario.model_validate({**head, "interventions": verbs})


def compiled(case: Case, verbs: list[dict[str, object]]) -> Compiled:
    """The toy scenario."""
    return compile_scenario(case, scenario_of(verbs))


def recorded(case: Case, verbs: list[dict[str, object]], runs: int = 40) -> Trajectories:
    """Runs of it."""
    return run(compiled(case, verbs), SEED, runs)


def test_its_issues_are_those_of_its_file_in_their_order(tmp_path: Path) -> None:
    case = toy(tmp_path)
    assert list(case.issues) == ["FISH", "SONG", "LAMP"]
    assert [issue.headline for issue in case.issues.values()] == [True, False, True]
    world = compiled(case, []).start.world[0]
    assert world["issues"] == 3
    assert world["level"].tolist() == [1, 2, 3, *[0] * 7]


@pytest.mark.kernel
@pytest.mark.parametrize("write", [write_toy, write_toy_without_issues])
def test_it_runs_alike_in_all_three_ways(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    case = toy(tmp_path, write)
    made = compiled(case, VERBS if case.issues else [])
    ways = [run(made, SEED, 2, way) for way in (KERNEL, PLAIN, AGENTS)]
    assert ways[0].issues.shape == (2, 25, len(case.issues))
    assert [difference(ways[0], way) for way in ways[1:]] == ["", ""]


@pytest.mark.kernel
def test_interventions_take_its_issues_by_name(tmp_path: Path) -> None:
    case = toy(tmp_path)
    with_verbs, without = recorded(case, VERBS), recorded(case, [])
    assert (with_verbs.issues["level"][:, 3, 1] == 4).all()
    assert (with_verbs.conditions["holds"][:, 5, 0] == 1).all()
    access = with_verbs.metrics["access"][:, 6], without.metrics["access"][:, 6]
    lamps = with_verbs.issues["level"][:, 5, 2], without.issues["level"][:, 5, 2]
    lost = [loss * (1.0 - level / 4.0) for loss, level in zip((0.5, 0.3), lamps, strict=True)]
    assert np.allclose(access, 1.0 - np.array(lost))


def outcomes_by_name(found: Trajectories, members: Membership) -> dict[str, np.ndarray]:
    """Every outcome of some runs."""
    names = outcomes_of(members)
    return dict(zip(names, Reader(members, names).read_months(members, found, 0)[0], strict=True))


@pytest.mark.kernel
def test_results_tell_of_its_issues_by_name(tmp_path: Path) -> None:
    case = toy(tmp_path)
    found = recorded(case, VERBS)
    members = members_of(case)
    outcomes = outcomes_by_name(found, members)
    assert (outcomes["level:SONG"] == found.issues["level"][:, -1, 1]).all()
    assert (outcomes["eased:SONG"] == 1.0).all()
    assert (outcomes["first_easing:SONG"] <= 3.0).all()
    assert (outcomes["eased_any"] == 1.0).all()
    assert (outcomes["issue_levels"] == found.issues["level"][:, -1].sum(axis=1)).all()
    assert not any(name.endswith((":EDU", ":BOR")) for name in outcomes)


@pytest.mark.kernel
def test_a_result_folder_bears_their_titles(tmp_path: Path) -> None:
    case, scenario = toy(tmp_path), scenario_of(VERBS)
    loaded = Loaded("toy", scenario, case, case, tmp_path / "toy.yaml", ("",) * 3)
    folder, _ = make_result(loaded, Order(runs=5), tmp_path / "results")
    result = read_result(folder)
    assert headline_issues(result.manifest) == ["FISH", "LAMP"]
    assert result.manifest[ISSUES]["SONG"]["title"] == "Free song"
    assert result.units["level:FISH"] == (
        "level",
        "level of issue FISH (Fishing grounds), 0 to 4; at the end",
    )
    assert ("level", "LAMP") in result.series


@pytest.mark.kernel
def test_without_issues_nothing_is_asked(tmp_path: Path) -> None:
    """7.2: C = 1 where there is no issue."""
    case = toy(tmp_path, write_toy_without_issues)
    made = compiled(case, [])
    assert made.start.actors["score"].tolist() == [1.0] * 4
    found = run(made, SEED, 20)
    assert (found.metrics["access"] == 1.0).all()
    members = members_of(case)
    values, _ = Reader(members, ["eased_any", "issue_levels"]).read_months(members, found, 0)
    assert (values == 0.0).all()


@pytest.mark.kernel
def test_what_its_issues_do_may_be_left_out(tmp_path: Path) -> None:
    """Left out it is 0 for each issue."""
    case = toy(tmp_path, without_effects)
    assert case.values("parameters", "", "project_lift", 3) == [0.0, 0.0, 0.0]
    silent = recorded(case, [])
    assert (silent.metrics["access"] == 1.0).all()


def without_effects(folder: Path) -> Path:
    """The toy case without the lists of effects."""
    write_toy(folder)
    two = {name: BY_ISSUE[name] for name in ("ideological_cost", "issue_intercept")}
    (folder / "parameters.yaml").write_text(as_yaml(parameters(two)), encoding="utf-8")
    return folder


def refused(folder: Path) -> str:
    """What is said of a bad case."""
    with pytest.raises(BadFile) as caught:
        load_case(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("file", "keys"),
    [
        ("starts.yaml", ("2010-03", "values", "levels", "value")),
        ("parameters.yaml", ("ideological_cost", "value")),
        ("parameters.yaml", ("access_loss", "value")),
        ("policies.yaml", ("policies", "mild", "issue_weights")),
    ],
)
def test_a_list_by_issue_has_a_number_for_each(
    tmp_path: Path, file: str, keys: tuple[str, ...]
) -> None:
    folder = write_toy(tmp_path / "islands")
    whole = content(folder / file)
    part = whole
    for key in keys[:-1]:
        part = part[key]
    part[keys[-1]].pop()
    (folder / file).write_text(as_yaml(whole), encoding="utf-8")
    told = refused(folder)
    assert f"{'.'.join(keys)}: needs a list of 3 numbers, one for each issue" in told


def test_a_case_has_ten_issues_at_most(tmp_path: Path) -> None:
    folder = write_toy(tmp_path / "islands")
    text = (folder / "issues.yaml").read_text(encoding="utf-8")
    one = text[text.index("SONG:") : text.index("LAMP:")]
    more = "".join(one.replace("SONG:", f"SONG{place}:") for place in range(8))
    (folder / "issues.yaml").write_text(text + more, encoding="utf-8")
    assert "SONG7: a case has 10 issues at most, not 11" in refused(folder)
