"""The studies that come along, and the one in the docs."""

import re
from pathlib import Path

import pytest

from sim.io.places import shipped
from sim.planning.compile import compile_scenario
from sim.study.load import LoadedStudy, load_study
from sim.study.points import Points, changed
from tests.studies import written

FILES = sorted((shipped("scenarios") / "studies").glob("*.yaml"))
DOCS = (Path(__file__).parents[3] / "docs" / "studies.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def study(request: pytest.FixtureRequest) -> LoadedStudy:
    """One of them."""
    return load_study(str(request.param))


def test_it_asks_something_and_says_what_it_cannot_say(study: LoadedStudy) -> None:
    assert study.study.question.rstrip().endswith("?")
    assert len(study.study.cannot_say) > 100
    assert study.study.description


def test_it_is_small_enough_to_be_tried(study: LoadedStudy) -> None:
    assert 0 < sum(Points(study).wanted.values()) <= 200_000


def test_rights_are_looked_at_beside_money(study: LoadedStudy) -> None:
    outcomes = set(study.recording.outcomes)
    assert outcomes & {"level:EDU", "eased:EDU", "level:EMP"}
    assert outcomes & {"development", "relief_pledged", "gdp"}


def test_its_first_and_last_points_make_runs(study: LoadedStudy) -> None:
    points = list(Points(study))
    for point in (points[0], points[-1]):
        full = changed(study.bases[point.scenario], point.change)
        assert compile_scenario(full.case, full.scenario, study.months).months == study.months


def test_a_grid_a_hypercube_and_sobol_indices_come_along() -> None:
    studies = [load_study(str(path)).study for path in FILES]
    methods = {block.design.method for study in studies for block in study.blocks.values()}
    assert methods >= {"grid", "latin_hypercube", "sobol"}


def test_the_study_of_the_docs_is_fine(tmp_path: Path) -> None:
    [text] = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    found = load_study(written(tmp_path, text))
    assert [len(block) for block in found.blocks] == [2 * 3 * 2, 2 * 50]


LEVERS = re.findall(r"`(\{name: .*?\})` \|", DOCS)


@pytest.mark.parametrize("lever", LEVERS)
def test_every_lever_of_the_docs_is_fine(tmp_path: Path, lever: str) -> None:
    text = (
        "title: T\nscenarios: baseline\nruns: 1\nblocks:\n  b:\n"
        f"    levers:\n      - {lever}\n    design: {{method: grid}}\n"
    )
    assert len(load_study(written(tmp_path, text)).blocks[0]) in (2, 4)


def test_levers_of_the_docs_are_found() -> None:
    assert len(LEVERS) == 3


UNCERTAINTIES = re.findall(r"`(\{number: .*?\})`", DOCS)
SHARES = re.findall(r"`(\{outcome: .*?\})`", DOCS)
GROUPS = re.findall(r"`(uncertainties: \[.*?\])`", DOCS)
TIMES = re.findall(r"`(\{(?:range|values): .*?\})`", DOCS)


def test_what_the_docs_say_of_drawing_is_fine(tmp_path: Path) -> None:
    assert (len(UNCERTAINTIES), len(SHARES), len(GROUPS), len(TIMES)) == (1, 1, 1, 2)
    text = (
        (
            f"title: T\nscenarios: baseline\nruns: 1\noutcomes: {SHARES}\nblocks:\n  b:\n"
            f"    {GROUPS[0][:-1]}, {UNCERTAINTIES[0]}, policies.mediator.issue_weights.*]\n"
            f"    levers: [{{name: west, month: {TIMES[0]}, until: {TIMES[1]}, "
            "select: {all: true}, policies: [isolation]}]\n"
            "    design: {method: latin_hypercube, points: 4}\n"
        )
        .replace("'{", "{")
        .replace("}'", "}")
        .replace("[6, 12, 18]", "[18, 24]")
    )
    study = load_study(written(tmp_path, text))
    assert len({factor.dimension for factor in study.blocks[0].factors if factor.is_drawn}) == 10
    assert [share.name for share in study.recording.shares] == ["recognitions>=1"]
