"""Study files: what is read, and each fault in one line with its place."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.io.errors import BadFile, MissingFile
from sim.study.catalog import find_study
from sim.study.load import LoadedStudy, load_study
from tests.studies import GRID, text_of, written


def load(folder: Path, text: str) -> LoadedStudy:
    """The study in a text."""
    return load_study(written(folder, text))


def faults(folder: Path, text: str) -> list[str]:
    """The lines with which a text is refused, the folder left out."""
    with pytest.raises(BadFile) as caught:
        load(folder, text)
    return str(caught.value).replace(f"{folder}/", "").splitlines()


def place(text: str, part: str) -> str:
    """`s.yaml:line:column` of a part of a text."""
    before = text[: text.index(part)]
    return f"s.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_a_study_is_read(tmp_path: Path) -> None:
    study = load(tmp_path, text_of())
    [block] = study.blocks
    assert (study.name, study.months, study.study.runs) == ("s", 6, 250)
    assert [factor.name for factor in block.factors] == ["parameters.climb_rate", "west"]
    assert len(block) == 6


def test_stars_in_names_are_expanded(tmp_path: Path) -> None:
    study = load(tmp_path, text_of())
    groups = [subject for metric, subject in study.recording.series if metric == "mean_rung"]
    assert groups == ["East", "Institution", "Other", "West"]


WRONG = [
    ("uncertainties: [parameters.clim_rate]", "parameters.clim", ["parameters.climb_rate"]),
    ("uncertainties: [parameters]", "parameters]", ["holds", "numbers"]),
    ("uncertainties: [parameter.*]", "parameter.*", ["did you mean parameters.*"]),
    ("uncertainties: [starts.2024-02.tenure]", "starts", ["no documented range"]),
    ("uncertainties: [{number: parameters.climb_rate, range: [0, 2]}]", "2]}]", ["0 and 1"]),
    ("uncertainties: [{number: parameters.climb_rate, rnge: [0, 1]}]", "rnge", ["range"]),
    ("uncertainties: [parameters.noise, parameters.noise]", "parameters.noise]", ["already"]),
    (
        "levers: [{name: w, month: 2, select: {group: Wst}, policies: [isolation]}]",
        "group",
        ["'Wst'", "West"],
    ),
    (
        "levers: [{name: w, month: 2, select: {all: true}, policies: [isolation, mediatr]}]",
        "mediatr",
        ["policy", "mediator"],
    ),
    (
        "levers: [{name: w, month: 9, select: {all: true}, policies: [isolation]}]",
        "month: 9",
        ["horizon of 6"],
    ),
    (
        "levers: [{name: w, month: 2, select: {all: true}, verb: set, param: quorum,"
        " values: [0.5, 2]}]",
        "2]}]",
        ["0 and 1", "2"],
    ),
    (
        "levers: [{name: w, month: 2, select: {all: true}, verb: set, param: quorm, values: [1]}]",
        "param",
        ["quorum"],
    ),
    (
        "levers: [{name: w, options: {b: [{month: 2, verb: set_issue, issue: ED, level: 2}]}}]",
        "issue: ED",
        ["'ED'"],
    ),
    (
        "levers: [{name: w, options: {b: [{month: 2, verb: set_isue, issue: EDU, level: 2}]}}]",
        "verb",
        ["set_issue"],
    ),
    (
        "levers: [{name: w, options: {a: []}}, {name: w, options: {a: []}}]",
        "name: w, options: {a: []}}]",
        ["another factor"],
    ),
    (
        "uncertainties: [pools.*]\n    levers: [{name: pools.fund.tranche, options: {a: []}}]",
        "name: pools",
        ["another factor"],
    ),
    ("levers: [{name: status, options: {a: []}}]", "name: status", ["column", "experiments.csv"]),
    (
        "levers: [{name: w, month: 2, select: {all: true}, verb: scale, param: relief_factor,"
        " values: [2, -1]}]",
        "-1]}]",
        ["must be 0 or more", "-1"],
    ),
    ("scenarios: [baseline, donor-fatigue, baseline]", "baseline]", ["twice"]),
    (
        "levers: [{name: w, month: 2025-02, select: {all: true}, policies: [isolation]}]",
        "month: 2025-02",
        ["needs `months: 13`"],
    ),
    (
        "levers: [{name: w, month: {range: [2024-03, 2025-02], steps: 2}, select: {all: true},"
        " policies: [isolation]}]",
        "2025-02]",
        ["needs `months: 13`"],
    ),
    (
        "levers: [{name: w, month: {range: [2, 4], steps: 3}, until: {values: [5, 3]},"
        " select: {all: true}, policies: [isolation]}]",
        "{name: w",
        ["until 3", "before month 4"],
    ),
    (
        "levers: [{name: w, month: {values: [2], stps: 3}, select: {all: true},"
        " policies: [isolation]}]",
        "stps",
        ["did you mean steps"],
    ),
    (
        "levers: [{name: w, month: {values: [2, 3]}, select: {all: true}, policies: [isolation]},"
        " {name: w.month, options: {a: []}}]",
        "name: w.month",
        ["another factor is called w.month"],
    ),
    (
        "levers: [{name: w, month: 2, verb: set_global, param: fatigue, range: [0, 0.1],"
        " distribution: log_uniform}]",
        "distribution",
        ["above 0, not from 0"],
    ),
    (
        "levers: [{name: w, month: 2, verb: set_global, param: fatigue, range: [0, 0.1],"
        " distribution: triangular}]",
        "distribution",
        ["needs a mode"],
    ),
    (
        "uncertainties: [{number: parameters.noise, range: [0.9, 1], distribution: triangular}]",
        "distribution",
        ["the mode", "lies outside 0.9 to 1"],
    ),
    (
        "uncertainties: [{number: parameters.*, distribution: log_uniform}]",
        "distribution",
        ["parameters.", "above 0"],
    ),
]


@pytest.mark.parametrize(("line", "part", "words"), WRONG, ids=[line for line, _, _ in WRONG])
def test_a_fault_is_one_line_with_its_place(
    tmp_path: Path, line: str, part: str, words: list[str]
) -> None:
    text = text_of(blocks=f"blocks:\n  b:\n    {line}\n    design: {{method: grid}}\n")
    found = [fault for fault in faults(tmp_path, text) if "needs steps" not in fault]
    assert len(found) == 1, found
    assert found[0].startswith(f"{place(text, part)}: blocks.b."), found
    assert [word for word in words if word not in found[0]] == []


@pytest.mark.parametrize(
    ("text", "part", "words"),
    [
        (text_of().replace("baseline", "baselin"), "scenarios", ["did you mean baseline"]),
        (text_of().replace("gdp,", "gpd,"), "gpd", ["unknown series", "gdp"]),
        (text_of().replace("coverage,", "covrage,"), "covrage", ["outcome", "coverage"]),
        (text_of().replace("runs: 250", "runs: 0"), "runs", ["1"]),
        (text_of().replace("runs: 250\n", ""), "title", ["runs is missing"]),
        (text_of().replace("title: T", "titel: T"), "titel", ["title"]),
        (text_of().replace("months: 6", "months: 0"), "months", ["1"]),
        (text_of().replace("method: grid", "method: gird"), "method", ["grid"]),
        (text_of().replace("grid:\n", "a b:\n"), "a b", ["did you mean a-b?"]),
        (text_of().replace("steps: 3", "range: [0.1, 0.2]"), "design", ["steps or values"]),
        (text_of().replace("method: grid", "method: sobol, points: 100"), "design", ["64 or 128"]),
    ],
)
def test_faults_of_the_head_and_of_designs(
    tmp_path: Path, text: str, part: str, words: list[str]
) -> None:
    found = faults(tmp_path, text)
    assert any(fault.startswith(f"{place(text, part)}: ") for fault in found), found
    assert [word for word in words if not any(word in fault for fault in found)] == []


def test_all_faults_come_at_once_those_of_files_and_of_the_case(tmp_path: Path) -> None:
    text = text_of(runs=0).replace("coverage", "covrage").replace("isolation", "isolaton")
    text = text.replace("climb_rate", "clim_rate").replace("method: grid", "method: gird")
    found = faults(tmp_path, text)
    words = ["runs", "covrage", "isolaton", "clim_rate", "gird"]
    assert [sum(word in fault for fault in found) for word in words] == [1] * 5
    lines = [int(fault.split(":")[1]) for fault in found]
    assert lines == sorted(lines)


def test_the_order_of_faults_does_not_hang_on_the_hash_seed(tmp_path: Path) -> None:
    """Faults in one place keep the order in which they are looked for, in every process."""
    (tmp_path / "sub").mkdir()
    for name, start, months in (("one", "2021-09", 9), ("sub/one", "2024-02", 8)):
        (tmp_path / f"{name}.yaml").write_text(
            f"title: T\ncase: afghanistan\nstart: {start}\nmonths: {months}\n"
        )
    text = text_of().replace("baseline", "[one.yaml, sub/one.yaml]").replace("months: 6\n", "")
    path = written(tmp_path, text.replace("runs: 250", "runs: 0"))
    code = "import sys; from sim.study.load import load_study; load_study(sys.argv[1])"
    told = []
    for seed in ("1", "2", "3"):
        done = subprocess.run(
            [sys.executable, "-c", code, path],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        told.append([line for line in done.stderr.splitlines() if "s.yaml" in line])
    assert len(told[0]) == 4
    assert told[1:] == told[:1] * 2


def test_a_fault_of_a_scenario_bears_the_name_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("title: T\ncase: afghanistan\nmnths: 3\n")
    [fault] = faults(tmp_path, text_of().replace("baseline", "own.yaml"))
    assert fault.startswith("own.yaml:3:1: mnths: unknown key")


def test_a_scenario_may_lie_beside_the_study(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("title: T\ncase: afghanistan\nmonths: 3\n")
    study = load(tmp_path, text_of().replace("baseline", "own.yaml"))
    assert [base.name for base in study.bases.values()] == ["own"]


def test_scenarios_of_different_length_need_months(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("title: T\ncase: afghanistan\nmonths: 3\n")
    text = text_of().replace("baseline", "[baseline, own.yaml]")
    assert len(load(tmp_path, text).bases) == 2
    [fault] = faults(tmp_path, text.replace("months: 6\n", ""))
    assert "last 3, 60 months" in fault


def test_a_named_number_is_not_repeated_by_a_star(tmp_path: Path) -> None:
    blocks = (
        "blocks:\n  b:\n    uncertainties:\n      - 'pools.*'\n"
        "      - {number: pools.fund.tranche, range: [1, 2]}\n"
        "    design: {method: latin_hypercube, points: 4}\n"
    )
    study = load(tmp_path, text_of(blocks=blocks))
    names = [factor.name for factor in study.blocks[0].factors]
    assert len(names) == len(set(names))
    [own] = [each for each in study.blocks[0].factors if each.name.endswith("fund.tranche")]
    assert (own.low, own.high) == (1.0, 2.0)


def test_a_star_leaves_out_flags_sums_and_other_starts(tmp_path: Path) -> None:
    blocks = (
        "blocks:\n  b:\n    uncertainties: ['*']\n"
        "    design: {method: latin_hypercube, points: 2}\n"
    )
    study = load(tmp_path, text_of(blocks=blocks))
    factors = study.blocks[0].factors
    names = {factor.name for factor in factors}
    assert len(names) > 900
    assert all(factor.low < factor.high for factor in factors)
    sums = [name for name in names if "issue_weights" in name or "share_to_" in name]
    flags = [name for name in names if name.endswith((".corridor", ".mediator", ".delegates"))]
    elsewhere = [name for name in names if "2021" in name]
    assert (sums, flags, elsewhere) == ([], [], [])
    assert "starts.2024-02.gdp" in names


def test_a_study_is_found_by_name_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "scenarios" / "studies", text_of(), "mine.yaml")
    assert find_study("mine") == Path("scenarios/studies/mine.yaml")
    with pytest.raises(MissingFile, match=r"^min: no such study, did you mean mine\?$"):
        find_study("min")
    with pytest.raises(MissingFile, match=r"^x/y.yaml: no such file$"):
        find_study("x/y.yaml")


def test_a_scenario_is_named_once(tmp_path: Path) -> None:
    text = text_of().replace("scenarios: baseline", "scenarios: [baseline, baseline]")
    assert faults(tmp_path, text) == [f"{place(text, 'baseline]')}: scenarios[1]: stands twice"]


def test_a_zip_may_repeat_values(tmp_path: Path) -> None:
    blocks = (
        "blocks:\n  z:\n    uncertainties:\n"
        "      - {number: parameters.noise, values: [0.3, 0.3, 0.4, 0.4]}\n"
        "      - {number: parameters.climb_rate, values: [0.1, 0.2, 0.1, 0.2]}\n"
        "    design: {method: zip}\n"
    )
    design = load(tmp_path, text_of(blocks=blocks)).blocks[0].design
    assert [list(design.values(place).values()) for place in range(len(design))] == [
        [0.3, 0.1],
        [0.3, 0.2],
        [0.4, 0.1],
        [0.4, 0.2],
    ]


def test_a_grid_takes_a_repeated_value_once(tmp_path: Path) -> None:
    text = text_of().replace("[isolation, mediator]", "[isolation, mediator, isolation]")
    assert len(load(tmp_path, text).blocks[0]) == 6


def test_too_many_points_are_refused(tmp_path: Path) -> None:
    blocks = GRID.replace("steps: 3", "steps: 10000").replace(
        "levers:",
        "levers:\n      - {name: v, month: 1, verb: set_global, param: fatigue, "
        "range: [0, 0.1], steps: 101}",
    )
    [fault] = faults(tmp_path, text_of(blocks=blocks))
    assert "2,020,000 points" in fault


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.study.methods.MOST_POINTS", 2)
    written(tmp_path, "west\nmediator\nisolation\npoliced\n", "rows.csv")
    block = """\
blocks:
  t:
    levers: [{name: west, options: {mediator: [], isolation: [], policed: []}}]
    design: {method: table, file: rows.csv}
"""
    [fault] = faults(tmp_path, text_of(blocks=block))
    assert "3 points; a block may have 2" in fault


def test_conditions_of_two_scenarios_with_one_name_are_told_apart(tmp_path: Path) -> None:
    for name, issue in (("one", "EDU"), ("other", "EMP")):
        (tmp_path / f"{name}.yaml").write_text(
            "title: T\nextends: baseline\ninterventions:\n"
            f"  - {{month: 2, when: {{issue: {issue}, at_least: 3}}, verb: freeze_authority}}\n"
        )
    text = text_of().replace("baseline", "[one.yaml, other.yaml]")
    unit, meaning = load(tmp_path, text).recording.inventory.outcomes["condition_met:1"]
    assert unit == "month"
    assert meaning.index("EDU") < meaning.index("; in other: ") < meaning.index("EMP")


def test_an_outcome_that_a_share_of_runs_looks_at_must_be_known(tmp_path: Path) -> None:
    text = text_of().replace("coverage,", "{outcome: covrage, at_least: 1},")
    [fault] = faults(tmp_path, text)
    assert fault.startswith(
        f"{place(text, 'outcome: covrage')}: outcomes[3].outcome: unknown outcome"
    )
    text = text_of().replace("coverage,", "{outcome: coverage},")
    assert "needs at_least or at_most" in faults(tmp_path, text)[0]


def test_scenarios_of_different_starts_are_refused(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("title: T\ncase: afghanistan\nstart: 2021-09\nmonths: 6\n")
    [fault] = faults(tmp_path, text_of().replace("baseline", "[baseline, own.yaml]"))
    assert "a month means one date in a study" in fault
    assert "2021-09, 2024-02" in fault


def drawn(factors: str, method: str) -> str:
    """A study with a block of these factors and method."""
    return text_of(blocks=f"blocks:\n  b:\n    {factors}\n    design: {{{method}}}\n")


@pytest.mark.parametrize(
    ("factor", "word"),
    [
        ("{number: parameters.noise, values: [0.1, 0.2], sampled: true}", "sampled"),
        ("{number: parameters.noise, steps: 2, group: g}", "group"),
    ],
)
def test_a_design_that_draws_nothing_says_so(tmp_path: Path, factor: str, word: str) -> None:
    [fault] = faults(tmp_path, drawn(f"uncertainties: [{factor}]", "method: grid"))
    assert f"grid draws nothing, so that {word} of parameters.noise says nothing there" in fault


def test_dates_of_levers_are_months(tmp_path: Path) -> None:
    text = (
        "levers: [{name: w, month: {values: [2024-03, 4]}, until: 2024-07, select: {all: true},"
        " policies: [isolation]}]"
    )
    [block] = load(tmp_path, drawn(text, "method: grid")).blocks
    assert [(factor.name, factor.options) for factor in block.factors] == [
        ("w", ("isolation",)),
        ("w.month", (2.0, 4.0)),
    ]
    lever = block.factors[0].lever
    assert lever is not None
    [verb] = lever.acts({"w": "isolation", "w.month": 4.0})
    assert (verb.month, verb.until) == (4, 6)


def test_flags_lists_and_policies_are_drawn_together_with_ranges(tmp_path: Path) -> None:
    factors = (
        "uncertainties: [parameters.noise, {number: actors.IRN.corridor, values: [0, 1], "
        "sampled: true}]\n    levers: [{name: w, month: 2, select: {group: West}, "
        "policies: [isolation, mediator], sampled: true}]"
    )
    [block] = load(tmp_path, drawn(factors, "method: sobol, points: 16")).blocks
    assert len(block) == 16 * (3 + 2)
    found = [tuple(block.design.values(i).values())[1:] for i in range(len(block))]
    assert set(found) == {(flag, west) for flag in (0.0, 1.0) for west in ("isolation", "mediator")}


def test_numbers_that_add_up_to_1_are_meant_where_a_path_leads_to_them_alone(
    tmp_path: Path,
) -> None:
    factors = "uncertainties: [policies.mediator.issue_weights.*, parameters.share_to_*]"
    [block] = load(tmp_path, drawn(factors, "method: latin_hypercube, points: 3")).blocks
    assert len(block.factors) == 7 + 3
    assert all(factor.shared for factor in block.factors)
