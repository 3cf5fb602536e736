"""A case that is not whole is refused: one line a fault, with its place and what is near."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.case.load import load_case
from sim.documents import BadFile, MissingFile
from sim.places import shipped

Edit = Callable[..., Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Copies the case and changes one file of it, each `old` text once for a `new` one."""

    def edit(file: str, *changes: tuple[str, str]) -> Path:
        folder = tmp_path / "afghanistan"
        ignored = shutil.ignore_patterns("record")
        shutil.copytree(shipped("seeds") / "afghanistan", folder, ignore=ignored)
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"{file} has no {old!r}"
            text = text.replace(old, new, 1)
        (folder / file).write_text(text, encoding="utf-8")
        return folder

    return edit


def faults(folder: Path) -> list[str]:
    """The lines of the refusal of a case."""
    with pytest.raises(BadFile) as caught:
        load_case(folder)
    return str(caught.value).splitlines()


def place(folder: Path, file: str, text: str, within: str = "") -> str:
    """`case/file:line:column` of the first `text` in a file, after `within` if given."""
    content = (folder / file).read_text(encoding="utf-8")
    at = content.index(text, content.index(within))
    line = content.count("\n", 0, at) + 1
    column = at - (content.rfind("\n", 0, at) + 1) + 1
    return f"{folder.name}/{file}:{line}:{column}"


def cell(folder: Path, row: str, column: str) -> str:
    """`case/actors.csv:line:column` of a cell; columns are counted."""
    lines = (folder / "actors.csv").read_text(encoding="utf-8").splitlines()
    line = next(i for i, text in enumerate(lines, 1) if text.startswith(f"{row},"))
    return f"{folder.name}/actors.csv:{line}:{lines[0].split(',').index(column) + 1}"


UNBACKED = "needs a source, or an assumption with a range"
ASSUMED = '  assumption: "calibrated to patterns P6 and P16; first sketch had 0.35"\n'


def test_the_case_as_it_comes_is_whole(edited: Edit) -> None:
    case = load_case(edited("case.yaml"))
    assert (case.id, case.default_start) == ("afghanistan", "2024-02")
    assert case.value("parameters.dead_band") == 0.45
    assert case.values("starts.2024-02.levels", 6) == [0, 1, 1, 0, 2, 1]
    assert case.numbers["parameters.dead_band"].symbol == "κ"
    assert case.notes["country"] == "Afghanistan"


def test_every_number_has_a_source_or_an_assumption_with_a_range(edited: Edit) -> None:
    for path, number in load_case(edited("case.yaml")).numbers.items():
        assert number.source or (number.assumption and number.has_range), path
        assert number.unit, path


@pytest.mark.parametrize("lost", [ASSUMED, "  range: [0.1, 0.8]\n"], ids=["assumption", "range"])
def test_a_number_without_backing_is_refused(edited: Edit, lost: str) -> None:
    folder = edited("parameters.yaml", (lost, ""))
    where = place(folder, "parameters.yaml", "dead_band:")
    assert faults(folder) == [f"{where}: dead_band: {UNBACKED}"]


def test_a_source_alone_backs_a_number(edited: Edit) -> None:
    folder = edited(
        "parameters.yaml", (ASSUMED, '  source: "S1¶2"\n'), ("  range: [0.1, 0.8]\n", "")
    )
    assert load_case(folder).numbers["parameters.dead_band"].source == "S1¶2"


def test_a_wrong_unit_is_refused(edited: Edit) -> None:
    folder = edited("parameters.yaml", ('unit: "utility"', 'unit: "kg"'))
    where = place(folder, "parameters.yaml", 'unit: "kg"')
    assert faults(folder) == [f"{where}: dead_band.unit: the unit is 'utility', not 'kg'"]


def test_a_value_outside_its_range_is_refused(edited: Edit) -> None:
    folder = edited("parameters.yaml", ("value: 0.09", "value: 0.9"))
    where = place(folder, "parameters.yaml", "climb_rate:")
    assert faults(folder) == [f"{where}: climb_rate: the range does not contain the value 0.9"]


def test_a_value_that_the_schema_does_not_allow_is_refused(edited: Edit) -> None:
    wide = ("range: [0.03, 0.25]", "range: [0.0, 2.0]")
    folder = edited("parameters.yaml", ("value: 0.09", "value: 1.5"), wide)
    where = place(folder, "parameters.yaml", "value: 1.5")
    assert faults(folder) == [f"{where}: climb_rate.value: must be between 0 and 1, not 1.5"]


def test_a_list_of_the_wrong_length_is_refused(edited: Edit) -> None:
    value = "value: [1.0, 0.9, 0.6, 0.9, 0.35, 0.5]"
    ends = "range: [[0.8, 0.7, 0.4, 0.7, 0.15, 0.3], [1.2, 1.1, 0.8, 1.1, 0.55, 0.7]]"
    folder = edited("parameters.yaml", (value, "value: [1.0, 0.9]"), (ends, "range: [0.1, 2.0]"))
    where = place(folder, "parameters.yaml", "value: [1.0, 0.9]")
    assert faults(folder) == [f"{where}: ideological_cost.value: needs 6 number(s)"]


def test_a_list_for_one_number_is_refused(edited: Edit) -> None:
    folder = edited("parameters.yaml", ("value: 0.09", "value: [0.09, 0.1]"))
    where = place(folder, "parameters.yaml", "value: [0.09")
    assert faults(folder) == [f"{where}: climb_rate.value: needs one number(s)"]


def test_a_misspelled_parameter_is_missing_and_unknown(edited: Edit) -> None:
    folder = edited("parameters.yaml", ("dead_band:", "dead_bond:"))
    where = place(folder, "parameters.yaml", "dead_bond:")
    assert faults(folder) == [
        f"{where}: dead_band is missing",
        f"{where}: dead_bond: unknown key, did you mean dead_band?",
    ]


FIRST = "policies.engagement_without_recognition"


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("stance: 0.6", "stance: high", "stance", "must be a number, not 'high'"),
        ("stance: 0.6", "stance: true", "stance", "must be a number, not True"),
        (
            "weight_rights: 1.0",
            "weight_rights: -1.0",
            "weight_rights",
            "must be between 0 and inf",
        ),
        ("quorum: 0.5", "quorum: 1.5", "quorum", "must be between 0 and 1"),
        ("gates: [0.0, 0.0,", "gates: [0.0,", "gates", "needs 8 number(s)"),
        ("stance: 0.6", "stance: [0.6]", "stance", "needs one number(s)"),
        (
            "issue_weights: rights_issues",
            "issue_weights: right_issues",
            "issue_weights",
            "unknown profile, did you mean rights_issues?",
        ),
        (
            "issue_weights: rights_issues",
            "issue_weights: [0.3, 0.2, 0.1, 0.15, 0.2, 0.15]",
            "issue_weights",
            "the weights must add up to 1, not 1.1",
        ),
    ],
)
def test_a_bad_number_of_a_policy_is_refused(
    edited: Edit, old: str, new: str, path: str, message: str
) -> None:
    folder = edited("policies.yaml", (old, new))
    where = place(folder, "policies.yaml", new)
    assert faults(folder) == [f"{where}: {FIRST}.{path}: {message}"]


def test_a_misspelled_number_of_a_policy_is_unknown_and_missing(edited: Edit) -> None:
    folder = edited("policies.yaml", ("    stance: 0.6", "    stence: 0.6"))
    row = place(folder, "policies.yaml", "engagement_without_recognition:")
    assert faults(folder) == [
        f"{place(folder, 'policies.yaml', 'stence')}: {FIRST}.stence: "
        "unknown key, did you mean stance?",
        f"{row}: {FIRST}.stance: stance is missing",
    ]


def test_a_policy_may_give_its_issue_weights_itself(edited: Edit) -> None:
    own = "issue_weights: [0.5, 0.5, 0, 0, 0, 0]"
    case = load_case(edited("policies.yaml", ("issue_weights: rights_issues", own)))
    assert case.values(f"{FIRST}.issue_weights", 6) == [0.5, 0.5, 0, 0, 0, 0]


def test_a_column_of_policies_without_backing_is_refused(edited: Edit) -> None:
    lost = 'assumption: "expert judgement, read from the passages'
    folder = edited("policies.yaml", (lost, lost.replace("assumption", "note")))
    where = place(folder, "policies.yaml", "stance:")
    assert faults(folder) == [f"{where}: columns.stance: {UNBACKED}"]


def test_a_missing_column_of_policies_is_refused(edited: Edit) -> None:
    folder = edited("policies.yaml", ("  stance:\n", "  stence:\n"))
    where = place(folder, "policies.yaml", "columns:")
    assert faults(folder) == [f"{where}: columns: stance is missing"]


@pytest.mark.parametrize(
    ("old", "new", "column", "message"),
    [
        ("Emirates,state", "Emirates,stote", "kind", "unknown kind 'stote', did you mean state?"),
        ("partnership,0,7,1,", "partnership,0,7,one,", "salience", "must be a number, not 'one'"),
        ("partnership,0,7,1,", "partnership,0,7,,", "salience", "must be a number, not ''"),
    ],
)
def test_a_bad_cell_of_an_actor_is_refused(
    edited: Edit, old: str, new: str, column: str, message: str
) -> None:
    folder = edited("actors.csv", (old, new))
    assert faults(folder) == [f"{cell(folder, 'ARE', column)}: ARE.{column}: {message}"]


def test_a_row_of_the_wrong_length_is_refused(edited: Edit) -> None:
    folder = edited("actors.csv", ("0,0,0,0,4,5\n", "0,0,0,4,5\n"))
    message = "24 cells where the header has 25"
    assert faults(folder) == [f"{cell(folder, 'ARE', 'id')}: ARE: {message}"]


def test_an_actor_that_stands_twice_is_refused(edited: Edit) -> None:
    """10, invariant 13: duplicating an actor's id raises an error."""
    folder = edited("actors.csv", ("AUS,", "ARE,"))
    first = int(cell(folder, "ARE", "id").split(":")[1])
    message = "ARE: this row stands already above"
    assert faults(folder) == [f"afghanistan/actors.csv:{first + 1}:1: {message}"]


def test_a_column_of_actors_without_backing_is_refused(edited: Edit) -> None:
    folder = edited("actors.csv", (",salience,", ",weight,"))
    found = faults(folder)
    assert found[0] == f"{cell(folder, 'ADB', 'weight')}: ADB.weight: this column has no backing"
    assert len(found) == 38


def test_a_backing_without_assumption_is_refused(edited: Edit) -> None:
    lost = '  assumption: "expert judgement; 0 for institutions, so that nobody follows them"\n'
    folder = edited("actors.columns.yaml", (lost, ""))
    where = place(folder, "actors.columns.yaml", "salience:")
    assert faults(folder) == [f"{where}: salience: {UNBACKED}"]


@pytest.mark.parametrize(("old", "new"), [("ADB,relief", "ADX,relief"), ("ADB,relief", "ADB,food")])
def test_a_source_for_a_cell_that_is_not_there_is_refused(edited: Edit, old: str, new: str) -> None:
    folder = edited("actors.sources.csv", (old, new))
    [line] = faults(folder)
    assert line.endswith(f": a source for {new.replace(',', ' ')}, which is not here")


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("actors.csv", "East,GF,eco", "East,GX,eco", "ARE: unknown bloc 'GX', did you mean"),
        (
            "actors.csv",
            "GF,economic_partnership",
            "GF,economic_partnersip",
            "ARE: unknown policy 'economic_partnersip', did you mean economic_partnership?",
        ),
        (
            "pools.yaml",
            "veto: [USA, CHE]",
            "veto: [USA, CHX]",
            "fund: unknown actor 'CHX', did you mean CHN?",
        ),
        (
            "projects.yaml",
            "sponsor: CHN",
            "sponsor: CHX",
            "oil: unknown actor 'CHX', did you mean CHN?",
        ),
        (
            "ties.yaml",
            "within_blocs: [GF, OI]",
            "within_blocs: [GF, OX]",
            "ties: unknown bloc 'OX', did you mean OI?",
        ),
        (
            "ties.yaml",
            "members: [CHN, FRA",
            "members: [CHX, FRA",
            "UN: unknown actor 'CHX', did you mean CHN?",
        ),
        ("ties.yaml", "      EU: 1.0", "      EX: 1.0", "WB: unknown bloc 'EX', did you mean WE?"),
        (
            "starts.yaml",
            "      europe:\n",
            "      europa:\n",
            "2021-09: unknown pool 'europe', did you mean europa?",
        ),
        (
            "starts.yaml",
            "      oil:\n",
            "      oyl:\n",
            "2021-09: unknown project 'oil', did you mean oyl?",
        ),
        (
            "case.yaml",
            'default_start: "2024-02"',
            'default_start: "2024-03"',
            "default_start: unknown start '2024-03', did you mean 2024-02?",
        ),
        ("issues.yaml", "EDU:", "EDX:", "EDU: unknown issue 'EDU', did you mean EDX?"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(
    edited: Edit, file: str, old: str, new: str, message: str
) -> None:
    [line] = faults(edited(file, (old, new)))
    assert line.startswith(f"afghanistan/{file}")
    assert message in line


def test_an_actor_that_delegates_without_votes_is_refused(edited: Edit) -> None:
    [line] = faults(
        edited("actors.csv", ("GF,economic_partnership,0", "GF,economic_partnership,1"))
    )
    assert line.startswith("afghanistan/ties.yaml")
    assert "ARE: unknown voting institution 'ARE'; known: ADB, IMF, OIC, SCO, UN, WB" in line


def test_an_institution_that_votes_but_is_not_there_is_refused(edited: Edit) -> None:
    found = faults(edited("ties.yaml", ("  UN:\n", "  UX:\n")))
    assert [line.split(": ", 2)[2] for line in found] == [
        "unknown voting institution 'UN', did you mean UX?",
        "unknown actor 'UX', did you mean UN?",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "path"),
    [
        ("pools.yaml", "veto: [USA, CHE]", "veto: []", "fund.veto"),
        ("starts.yaml", 'date: "2021-09"', 'date: "2021-13"', "2021-09.date"),
        ("issues.yaml", "levels:\n", "levels:\n    - one too many\n", "EDU.levels"),
    ],
)
def test_a_part_of_the_wrong_form_is_refused(
    edited: Edit, file: str, old: str, new: str, path: str
) -> None:
    folder = edited(file, (old, new))
    [line] = faults(folder)
    assert line.startswith(f"{place(folder, file, new)}: {path}: ")


def test_an_unknown_key_of_the_case_is_refused(edited: Edit) -> None:
    folder = edited("case.yaml", ("currency:", "curency:"))
    where = place(folder, "case.yaml", "curency")
    assert f"{where}: curency: unknown key, did you mean currency?" in faults(folder)


@pytest.mark.parametrize(
    "file",
    [
        "case.yaml",
        "parameters.yaml",
        "policies.yaml",
        "issues.yaml",
        "actors.csv",
        "actors.columns.yaml",
        "actors.sources.csv",
        "pools.yaml",
        "projects.yaml",
        "ties.yaml",
        "starts.yaml",
    ],
)
def test_a_missing_file_is_named(edited: Edit, file: str) -> None:
    folder = edited(file)
    (folder / file).unlink()
    with pytest.raises(MissingFile, match=f"^afghanistan/{file}: no such file$"):
        load_case(folder)


def test_all_faults_of_a_file_are_told_at_once(edited: Edit) -> None:
    folder = edited(
        "parameters.yaml",
        ('unit: "utility"', 'unit: "kg"'),
        ("value: 0.09", "value: [0.09, 0.1]"),
        ("quake_hazard:", "quake_hazzard:"),
    )
    assert len(faults(folder)) == 4
