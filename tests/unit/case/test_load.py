"""A case that is not whole is refused: one line a fault, with its place and what is near."""

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.case.load import load_case
from sim.io.errors import BadFile, Fault, MissingFile
from tests.paths import numbers_of
from tests.states import afghanistan
from tests.unit.case.edits import (
    FOLDER,
    ONE_FOR_EACH,
    Edited,
    by_issue,
    cell,
    documents,
    edited,
    faults,
    line_of,
    place,
    text_of,
)

UNBACKED = "needs a source, or an assumption with a range"
ASSUMED = '  assumption: "calibrated to patterns P6 and P16; first sketch had 0.35"\n'


def test_the_case_as_it_comes_is_whole() -> None:
    case = edited("case.yaml").case()
    assert (case.id, case.default_start) == ("afghanistan", "2024-02")
    assert case.value_at("parameters.dead_band") == 0.45
    assert case.values("starts", "2024-02", "levels", 6) == [0, 1, 1, 0, 2, 1]
    assert numbers_of(case)["parameters.dead_band"].symbol == "κ"
    assert case.notes["country"] == "Afghanistan"


def test_every_number_has_a_source_or_an_assumption_with_a_range() -> None:
    for path, number in edited("case.yaml").case().numbers.items():
        assert number.source or (number.assumption and number.has_range), path
        assert number.unit, path


@pytest.mark.parametrize("lost", [ASSUMED, "  range: [0.1, 0.8]\n"], ids=["assumption", "range"])
def test_a_number_without_backing_is_refused(lost: str) -> None:
    changed = edited("parameters.yaml", (lost, ""))
    where = place(changed, "parameters.yaml", "dead_band:")
    assert faults(changed) == [f"{where}: dead_band: {UNBACKED}"]


def test_a_source_alone_backs_a_number() -> None:
    changed = edited(
        "parameters.yaml", (ASSUMED, '  source: "S1¶2"\n'), ("  range: [0.1, 0.8]\n", "")
    )
    assert numbers_of(changed.case())["parameters.dead_band"].source == "S1¶2"


def test_a_wrong_unit_is_refused() -> None:
    changed = edited("parameters.yaml", ('unit: "utility"', 'unit: "kg"'))
    where = place(changed, "parameters.yaml", 'unit: "kg"')
    assert faults(changed) == [f"{where}: dead_band.unit: the unit must be 'utility', not 'kg'"]


def test_a_value_outside_its_range_is_refused() -> None:
    changed = edited("parameters.yaml", ("value: 0.09", "value: 0.9"))
    where = place(changed, "parameters.yaml", "value: 0.9")
    message = "the range does not contain the value 0.9"
    assert faults(changed) == [f"{where}: climb_rate.value: {message}"]


def test_a_value_that_the_schema_does_not_allow_is_refused() -> None:
    wide = ("range: [0.03, 0.25]", "range: [0.0, 2.0]")
    changed = edited("parameters.yaml", ("value: 0.09", "value: 1.5"), wide)
    where = place(changed, "parameters.yaml", "value: 1.5")
    assert faults(changed) == [f"{where}: climb_rate.value: must be between 0 and 1, not 1.5"]


def test_a_list_of_the_wrong_length_is_refused() -> None:
    value = line_of("parameters.yaml", "value: [1.0, 0.9, 0.6")
    ends = line_of("parameters.yaml", "range: [[0.8, 0.7, 0.4")
    changed = edited("parameters.yaml", (value, "value: [1.0, 0.9]"), (ends, "range: [0.1, 2.0]"))
    where = place(changed, "parameters.yaml", "value: [1.0, 0.9]")
    assert faults(changed) == [f"{where}: ideological_cost.value: {ONE_FOR_EACH}"]


def test_a_list_for_one_number_is_refused() -> None:
    changed = edited("parameters.yaml", ("value: 0.09", "value: [0.09, 0.1]"))
    where = place(changed, "parameters.yaml", "value: [0.09")
    assert faults(changed) == [f"{where}: climb_rate.value: needs one number"]


def test_a_misspelled_parameter_is_missing_and_unknown() -> None:
    changed = edited("parameters.yaml", ("dead_band:", "dead_bond:"))
    where = place(changed, "parameters.yaml", "dead_bond:")
    assert faults(changed) == [
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
            "must be 0 or more, not -1",
        ),
        ("quorum: 0.5", "quorum: 1.5", "quorum", "must be between 0 and 1, not 1.5"),
        ("stance: 0.6", "stance: .inf", "stance", "must be a finite number, not inf"),
        ("gates: [0.0, 0.0,", "gates: [0.0,", "gates", "needs a list of 8 numbers"),
        ("stance: 0.6", "stance: [0.6]", "stance", "needs one number"),
        (
            "issue_weights: rights_issues",
            "issue_weights: right_issues",
            "issue_weights",
            "unknown profile, did you mean rights_issues?",
        ),
        (
            "issue_weights: rights_issues",
            f"issue_weights: {by_issue(0.3, 0.2, 0.1, 0.15, 0.2, 0.15)}",
            "issue_weights",
            "the weights must add up to 1, not 1.1",
        ),
    ],
)
def test_a_bad_number_of_a_policy_is_refused(old: str, new: str, path: str, message: str) -> None:
    changed = edited("policies.yaml", (old, new))
    where = place(changed, "policies.yaml", new)
    assert faults(changed) == [f"{where}: {FIRST}.{path}: {message}"]


def test_a_misspelled_number_of_a_policy_is_unknown_and_missing() -> None:
    changed = edited("policies.yaml", ("    stance: 0.6", "    stence: 0.6"))
    row = place(changed, "policies.yaml", "engagement_without_recognition:")
    assert faults(changed) == [
        f"{row}: {FIRST}: stance is missing",
        f"{place(changed, 'policies.yaml', 'stence')}: {FIRST}.stence: "
        "unknown key, did you mean stance?",
    ]


def test_a_policy_may_give_its_issue_weights_itself() -> None:
    own = f"issue_weights: {by_issue(0.5, 0.5)}"
    case = edited("policies.yaml", ("issue_weights: rights_issues", own)).case()
    weights = [case.value_at(f"{FIRST}.issue_weights.{k}") for k in range(len(case.issues))]
    assert weights == [0.5, 0.5, *[0] * (len(case.issues) - 2)]


def test_a_column_of_policies_without_backing_is_refused() -> None:
    lost = 'assumption: "expert judgement, read from the passages'
    changed = edited("policies.yaml", (lost, lost.replace("assumption", "note")))
    where = place(changed, "policies.yaml", "stance:")
    assert faults(changed) == [f"{where}: columns.stance: {UNBACKED}"]


def test_a_missing_column_of_policies_is_refused() -> None:
    changed = edited("policies.yaml", ("  stance:\n", "  stence:\n"))
    assert faults(changed) == [
        f"{place(changed, 'policies.yaml', 'columns:')}: columns: stance is missing",
        f"{place(changed, 'policies.yaml', 'stence:')}: columns.stence: "
        "unknown key, did you mean stance?",
    ]


@pytest.mark.parametrize(
    ("old", "new", "column", "message"),
    [
        ("Emirates,state", "Emirates,stote", "kind", "unknown kind 'stote', did you mean state?"),
        ("partnership,0,7,1,", "partnership,0,7,one,", "salience", "must be a number, not 'one'"),
        ("partnership,0,7,1,", "partnership,0,7,,", "salience", "must be a number, not ''"),
        ("partnership,0,7,1,", "partnership,0,7,1_0,", "salience", "must be a number, not '1_0'"),
    ],
)
def test_a_bad_cell_of_an_actor_is_refused(old: str, new: str, column: str, message: str) -> None:
    changed = edited("actors.csv", (old, new))
    assert faults(changed) == [f"{cell(changed, 'ARE', column)}: ARE.{column}: {message}"]


def test_a_row_of_the_wrong_length_is_refused() -> None:
    changed = edited("actors.csv", ("0,0,0,0,4,5\n", "0,0,0,4,5\n"))
    message = "25 cells where the header has 26"
    assert faults(changed) == [f"{cell(changed, 'ARE', 'id')}: ARE: {message}"]


def test_an_actor_that_stands_twice_is_refused() -> None:
    """10, invariant 13: duplicating an actor's id raises an error."""
    changed = edited("actors.csv", ("AUS,", "ARE,"))
    first = int(cell(changed, "ARE", "id").split(":")[1])
    message = "ARE: duplicate row, first given above"
    assert faults(changed) == [f"afghanistan/actors.csv:{first + 1}:1: {message}"]


def test_a_column_of_actors_without_backing_is_refused() -> None:
    changed = edited("actors.csv", (",salience,", ",weight,"))
    title = f"afghanistan/actors.csv:1:{cell(changed, 'ADB', 'weight').split(':')[2]}"
    assert faults(changed) == [
        "afghanistan/actors.csv:1:1: column salience is missing",
        f"{title}: weight: unknown column",
    ]


def test_a_backing_without_assumption_is_refused() -> None:
    lost = '  assumption: "expert judgement; 0 for institutions, so that nobody follows them"\n'
    changed = edited("actors.columns.yaml", (lost, ""))
    where = place(changed, "actors.columns.yaml", "salience:")
    assert faults(changed) == [f"{where}: salience: {UNBACKED}"]


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("ADB,relief", "ADX,relief", 1, "ADX relief.actor: unknown actor 'ADX', did you mean ADB?"),
        (
            "ADB,relief",
            "ADB,relieve",
            2,
            "ADB relieve.column: unknown column of numbers 'relieve', did you mean relief?",
        ),
        (
            "record/afg_donor_flows.csv 2023 ADB 183.3 x 1.312,high",
            ",high",
            3,
            "ADB relief.source: must not be empty",
        ),
        (
            "1.312,high",
            "1.312,hihg",
            4,
            "ADB relief.confidence: unknown confidence 'hihg', did you mean high?",
        ),
    ],
)
def test_a_bad_source_of_a_cell_is_refused(old: str, new: str, at: int, message: str) -> None:
    changed = edited("actors.sources.csv", (old, new))
    assert faults(changed) == [f"afghanistan/actors.sources.csv:2:{at}: {message}"]


def test_a_missing_column_of_sources_is_refused() -> None:
    changed = edited("actors.sources.csv", ("confidence,note", "confidence,remark"))
    assert faults(changed) == [
        "afghanistan/actors.sources.csv:1:1: column note is missing",
        "afghanistan/actors.sources.csv:1:5: remark: unknown column; "
        "known: actor, column, source, confidence, note",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "name", "message"),
    [
        (
            "pools.yaml",
            "veto: [USA, CHE]",
            "veto: [USA, CHX]",
            "CHX",
            "fund.veto[1]: unknown actor 'CHX', did you mean CHN?",
        ),
        (
            "projects.yaml",
            "sponsor: CHN",
            "sponsor: CHX",
            "sponsor",
            "oil.sponsor: unknown actor 'CHX', did you mean CHN?",
        ),
        (
            "ties.yaml",
            "within_blocs: [GF, OI]",
            "within_blocs: [GF, OX]",
            "OX",
            "ties[2].within_blocs[1]: unknown bloc 'OX', did you mean OI?",
        ),
        (
            "ties.yaml",
            "from_blocs: [CA, RG]",
            "from_blocs: [CX, RG]",
            "CX",
            "ties[1].from_blocs[0]: unknown bloc 'CX', did you mean CA?",
        ),
        (
            "ties.yaml",
            "to_actors: [RUS, CHN]",
            "to_actors: [RUX, CHN]",
            "RUX",
            "ties[1].to_actors[0]: unknown actor 'RUX', did you mean RUS?",
        ),
        (
            "ties.yaml",
            "members: [CHN, FRA",
            "members: [CHX, FRA",
            "CHX",
            "votes.UN.members[0]: unknown actor 'CHX', did you mean CHN?",
        ),
        (
            "ties.yaml",
            "      EU: 1.0",
            "      EX: 1.0",
            "EX",
            "votes.WB.blocs.EX: unknown bloc 'EX', did you mean WE?",
        ),
        (
            "starts.yaml",
            "rungs: rung_2021_09",
            "rungs: rung_2021_10",
            "rungs:",
            "2021-09.rungs: unknown column of actors.csv 'rung_2021_10', "
            "did you mean rung_2021_09?",
        ),
        (
            "case.yaml",
            'default_start: "2024-02"',
            'default_start: "2024-03"',
            "default_start",
            "default_start: unknown start '2024-03', did you mean 2024-02?",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(
    file: str, old: str, new: str, name: str, message: str
) -> None:
    changed = edited(file, (old, new))
    assert faults(changed) == [f"{place(changed, file, name)}: {message}"]


@pytest.mark.parametrize(
    ("old", "new", "column", "message"),
    [
        ("East,GF,eco", "East,GX,eco", "bloc", "unknown bloc 'GX', did you mean RG?"),
        (
            "GF,economic_partnership",
            "GF,economic_partnersip",
            "policy",
            "unknown policy 'economic_partnersip', did you mean economic_partnership?",
        ),
    ],
)
def test_a_name_in_a_cell_that_leads_nowhere_is_refused(
    old: str, new: str, column: str, message: str
) -> None:
    changed = edited("actors.csv", (old, new))
    assert faults(changed) == [f"{cell(changed, 'ARE', column)}: ARE.{column}: {message}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "within", "keys"),
    [
        ("starts.yaml", "europe", "europa", "pools", "2021-09.values.pools"),
        ("starts.yaml", "oil", "oyl", "projects", "2021-09.values.projects"),
    ],
)
def test_a_part_that_is_misspelled_is_missing_and_unknown(
    file: str, old: str, new: str, within: str, keys: str
) -> None:
    changed = edited(file, (f"{old}:\n", f"{new}:\n"))
    whole, name = place(changed, file, within or new), place(changed, file, f"{new}:")
    assert faults(changed) == [
        f"{whole}: {keys}: {old} is missing" if keys else f"{whole}: {old} is missing",
        f"{name}: {f'{keys}.{new}'.strip('.')}: unknown key, did you mean {old}?",
    ]


def test_an_actor_that_delegates_without_votes_is_refused() -> None:
    changed = edited("actors.csv", ("GF,economic_partnership,0", "GF,economic_partnership,1"))
    message = "unknown voting institution 'ARE'; known: ADB, IMF, OIC, SCO, UN, WB"
    assert faults(changed) == [f"{cell(changed, 'ARE', 'delegates')}: ARE.delegates: {message}"]


def test_without_votes_nobody_can_delegate() -> None:
    """Votes may be left out; then those who delegate are told, and nothing else."""
    text = text_of("ties.yaml").partition("# Rows of the institutions")[0]
    lines = faults(Edited({"ties.yaml": text}))
    delegating = [actor.id for actor in afghanistan().actors.values() if actor.delegates]
    assert [line.split(": ")[1] for line in lines] == [f"{name}.delegates" for name in delegating]


def test_an_institution_that_votes_but_is_not_there_is_refused() -> None:
    changed = edited("ties.yaml", ("  UN:\n", "  UX:\n"))
    assert faults(changed) == [
        f"{cell(changed, 'UN', 'delegates')}: UN.delegates: "
        "unknown voting institution 'UN', did you mean UX?",
        f"{place(changed, 'ties.yaml', 'UX:')}: votes.UX: unknown actor 'UX', did you mean UN?",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "path"),
    [
        ("pools.yaml", "veto: [USA, CHE]", "veto: []", "fund.veto"),
        ("starts.yaml", 'date: "2021-09"', 'date: "2021-13"', "2021-09.date"),
        ("issues.yaml", "levels:\n", "levels:\n    - one too many\n", "EDU.levels"),
    ],
)
def test_a_part_of_the_wrong_form_is_refused(file: str, old: str, new: str, path: str) -> None:
    changed = edited(file, (old, new))
    [line] = faults(changed)
    assert line.startswith(f"{place(changed, file, new)}: {path}: ")


@pytest.mark.parametrize(
    ("file", "old", "new", "path"),
    [
        ("policies.yaml", "columns:\n", "columns: high\nrest:\n", "columns"),
        ("policies.yaml", "  isolation:\n", "  isolation: high\n  other:\n", "policies.isolation"),
        ("parameters.yaml", "noise:\n", "noise: high\nother:\n", "noise"),
        ("pools.yaml", "fund:\n", "fund: high\nother:\n", "fund"),
        ("starts.yaml", "  values:\n", "  values: high\n  other:\n", "2021-09.values"),
        ("starts.yaml", "    pools:\n", "    pools: high\n    other:\n", "2021-09.values.pools"),
        ("ties.yaml", "votes:\n", "votes: high\nother:\n", "votes"),
    ],
)
def test_a_word_where_lines_belong_is_refused(file: str, old: str, new: str, path: str) -> None:
    changed = edited(file, (old, new))
    message = "must be `key: value` lines, not 'high'"
    assert f"{place(changed, file, new.strip())}: {path}: {message}" in faults(changed)


def test_an_unknown_key_of_the_case_is_refused() -> None:
    changed = edited("case.yaml", ("currency:", "curency:"))
    where = place(changed, "case.yaml", "curency")
    assert f"{where}: curency: unknown key, did you mean currency?" in faults(changed)


@pytest.mark.parametrize(
    "file",
    [
        "case.yaml",
        "parameters.yaml",
        "policies.yaml",
        "actors.csv",
        "actors.columns.yaml",
        "ties.yaml",
        "starts.yaml",
    ],
)
def test_a_missing_file_is_named(file: str, tmp_path: Path) -> None:
    folder = tmp_path / "afghanistan"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("record"))
    (folder / file).unlink()
    with pytest.raises(MissingFile, match=f"^afghanistan/{file}: no such file$"):
        load_case(folder)


def test_all_faults_of_a_file_are_told_at_once() -> None:
    changed = edited(
        "parameters.yaml",
        ('unit: "utility"', 'unit: "kg"'),
        ("value: 0.09", "value: [0.09, 0.1]"),
        ("quake_hazard:", "quake_hazzard:"),
    )
    assert len(faults(changed)) == 4


ODD = ("", "[]", "{}", "-1", "7.5", "999", "true", "high", "[1, 2]", "{value: 1}")


@given(
    st.sampled_from(sorted(documents())),
    st.randoms(use_true_random=False),
    st.sampled_from(("", *ODD)),
)
def test_any_odd_line_is_refused_with_a_place_or_read(
    file: str, chance: random.Random, odd: str
) -> None:
    """Without a traceback: the line is left out, or ends with something odd."""
    lines = text_of(file).splitlines()
    i = chance.randrange(len(lines))
    start, mark, _ = lines[i].partition(": " if file.endswith(".yaml") else ",")
    lines[i : i + 1] = [f"{start}{mark}{odd}"] if odd else []
    found: list[Fault] = []
    try:
        Edited({file: "\n".join(lines)}).case()
    except BadFile as refusal:
        found = refusal.faults
    assert [str(fault) for fault in found if fault.place is None] == []
