"""A number out of bounds, in a wrong unit or with too wide a range is refused, with its place."""

import math
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.case.bounds import bounds_of
from sim.case.load import load_case
from sim.case.number_id import number_id
from sim.case.tables import KINDS, lines
from sim.io.errors import BadFile
from tests.case_files import Writer
from tests.paths import numbers_of
from tests.states import afghanistan
from tests.unit.case.edits import (
    ONE_FOR_EACH,
    Edited,
    by_issue,
    cell,
    edited,
    faults,
    line_of,
    place,
)
from tests.worlds import examples

Change = tuple[str, str]

LEVELS = line_of("starts.yaml", "value: [1, 2, 1")
ENDS = line_of("starts.yaml", "range: [[0, 1, 0")
LETTER = f"issue_weights: {by_issue(7, 0.2, 0.2, 0.2, 0.2, 0.2)}".replace("7", "a")
UNCAPPED = next(
    actor for actor in afghanistan().actors if afghanistan().value("actors", actor, "cap") == 7.0
)
PROFILE = "rights_issues: [0.27,"
RANGE = "range: [[0.5, 0.5, 0.15]"


@pytest.mark.parametrize(
    ("file", "changes", "at", "message"),
    [
        (
            "parameters.yaml",
            [("value: 0.45", "value: -0.1"), ("range: [0.1, 0.8]", "range: [-0.2, 0.8]")],
            "value: -0.1",
            "dead_band.value: must be 0 or more, not -0.1",
        ),
        (
            "pools.yaml",
            [("value: 0.0\n    unit", "value: 2.0\n    unit")],
            "value: 2.0",
            "fund.lock.value: must be between 0 and 1, not 2",
        ),
        (
            "projects.yaml",
            [("value: 3.0", "value: -3.0"), ("range: [1.5, 4.5]", "range: [-3.0, 4.5]")],
            "value: -3.0",
            "oil.royalty.value: must be 0 or more, not -3",
        ),
        (
            "starts.yaml",
            [('value: 1.0\n      unit: "months"', 'value: -1.0\n      unit: "months"')],
            "value: -1.0",
            "2021-09.values.tenure.value: must be 0 or more, not -1",
        ),
        (
            "starts.yaml",
            [(LEVELS, LEVELS.replace("[1, 2,", "[1, 2.5,"))],
            "2.5,",
            "2021-09.values.levels.value[1]: must be a whole number, not 2.5",
        ),
        (
            "starts.yaml",
            [(LEVELS, "value: [1, 2, 1, 0, 2]"), (ENDS, "range: [0, 3]")],
            "value: [1, 2, 1, 0, 2]",
            f"2021-09.values.levels.value: {ONE_FOR_EACH}",
        ),
        (
            "starts.yaml",
            [("value: 74.4", "value: [74.4]")],
            "value: [74.4]",
            "2021-09.values.gdp.value: needs one number",
        ),
        (
            "starts.yaml",
            [
                ("value: 0\n          unit", "value: 5\n          unit"),
                ("range: [0, 1]\n", "range: [0, 5]\n"),
            ],
            "value: 5\n",
            "2021-09.values.pools.fund.stage.value: must be between 0 and 4, not 5",
        ),
        (
            "policies.yaml",
            [(PROFILE, PROFILE.replace("0.27", "-0.3"))],
            "-0.3",
            "profiles.rights_issues[0]: must be 0 or more, not -0.3",
        ),
        (
            "policies.yaml",
            [("issue_weights: rights_issues", LETTER)],
            "a, 0.2",
            "policies.engagement_without_recognition.issue_weights[0]: must be a number, not 'a'",
        ),
        (
            "ties.yaml",
            [("weight: 1.0", "weight: -1.0"), ("range: [0.5, 1.0]", "range: [-1.0, 1.0]")],
            "weight: -1.0",
            "ties[0].weight: must be 0 or more, not -1",
        ),
        (
            "ties.yaml",
            [("weight: 1.0", "weight: 2.0")],
            "weight: 2.0",
            "ties[0].weight: the range does not contain the value 2",
        ),
        (
            "ties.yaml",
            [("      EU: 1.0", "      EU: 1.5")],
            "EU: 1.5",
            "votes.WB.blocs.EU: the range does not contain the value 1.5",
        ),
        (
            "ties.yaml",
            [("      EU: 1.0", "      EU: -1.0"), (RANGE, RANGE.replace("[[0.5", "[[-1.0"))],
            "EU: -1.0",
            "votes.WB.blocs.EU: must be 0 or more, not -1",
        ),
        (
            "ties.yaml",
            [
                ("otherwise: 0.3", "otherwise: -0.3"),
                (RANGE, RANGE.replace("0.15", "-0.3")),
            ],
            "otherwise: -0.3",
            "votes.WB.otherwise: must be 0 or more, not -0.3",
        ),
    ],
)
def test_a_value_out_of_its_bounds_is_refused(
    file: str, changes: list[Change], at: str, message: str
) -> None:
    changed = edited(file, *changes)
    assert faults(changed) == [f"{place(changed, file, at)}: {message}"]


@pytest.mark.parametrize(
    ("file", "changes", "at", "message"),
    [
        (
            "parameters.yaml",
            [("range: [0.03, 0.25]", "range: [0.03, 1.25]")],
            "1.25",
            "climb_rate.range[1]: must be between 0 and 1, not 1.25",
        ),
        (
            "pools.yaml",
            [("range: [10.0, 150.0]", "range: [-10.0, 150.0]")],
            "-10.0",
            "fund.tranche.range[0]: must be 0 or more, not -10",
        ),
        (
            "projects.yaml",
            [("range: [6.25, 18.75]", "range: [-6.25, 18.75]")],
            "-6.25",
            "oil.schedule[0].amount.range[0]: must be 0 or more, not -6.25",
        ),
        (
            "starts.yaml",
            [(ENDS, ENDS.replace("], [2", "], [5"))],
            "5, 3, 2",
            "2021-09.values.levels.range[1][0]: must be between 0 and 4, not 5",
        ),
        (
            "starts.yaml",
            [(ENDS, "range: [-1, 3]")],
            "-1, 3]",
            "2021-09.values.levels.range[0]: must be between 0 and 4, not -1",
        ),
        (
            "starts.yaml",
            [("range: [6, 24]", "range: [6, 24.5]")],
            "24.5",
            "2021-09.values.attention.range[1]: must be a whole number, not 24.5",
        ),
        (
            "ties.yaml",
            [("range: [0.5, 1.0]", "range: [-0.5, 1.0]")],
            "-0.5",
            "ties[0].range[0]: must be 0 or more, not -0.5",
        ),
        (
            "ties.yaml",
            [(RANGE, RANGE.replace("0.15", "-0.15"))],
            "-0.15",
            "votes.WB.range[0][2]: must be 0 or more, not -0.15",
        ),
        (
            "actors.columns.yaml",
            [("range: {plus_minus: 1, low: 0, high: 7}", "range: {plus_minus: 1, low: 0}")],
            "range: {plus_minus: 1, low: 0}",
            f"cap.range: the range of actors.{UNCAPPED}.cap must be between 0 and 7, not 8",
        ),
        (
            "policies.yaml",
            [("range: {relative: 0.5, at_least: 0.1, low: 0.0}", "range: {plus_minus: 0.7}")],
            "range: {plus_minus: 0.7}",
            "columns.weight_rights.range: the range of "
            "policies.economic_partnership.weight_rights must be 0 or more, not -0.3",
        ),
    ],
)
def test_a_range_out_of_the_bounds_is_refused(
    file: str, changes: list[Change], at: str, message: str
) -> None:
    changed = edited(file, *changes)
    assert faults(changed) == [f"{place(changed, file, at)}: {message}"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("partnership,0,7,1,", "partnership,0,9,1,", "cap: must be between 0 and 7, not 9"),
        ("partnership,0,7,1,", "partnership,0,7,-1,", "salience: must be 0 or more, not -1"),
        (
            "partnership,0,7,1,",
            "partnership,0.5,7,1,",
            "delegates: must be a whole number, not 0.5",
        ),
        (
            "partnership,0,7,1,",
            "partnership,0,7,inf,",
            "salience: must be a finite number, not inf",
        ),
        ("0,0,0,0,4,5\n", "0,0,0,0,4,5.5\n", "rung_2024_02: must be a whole number, not 5.5"),
    ],
)
def test_a_cell_out_of_its_bounds_is_refused(old: str, new: str, message: str) -> None:
    changed = edited("actors.csv", (old, new))
    where = cell(changed, "ARE", message.partition(":")[0])
    assert faults(changed) == [f"{where}: ARE.{message}"]


def test_a_value_outside_the_range_of_its_column_is_refused() -> None:
    """A rule that names its ends gives the range itself."""
    changed = edited("policies.yaml", ("    descent_rate: 0.005", "    descent_rate: 0.5"))
    where = place(changed, "policies.yaml", "descent_rate: 0.5")
    path = "policies.engagement_without_recognition.descent_rate"
    message = "the range does not contain the value 0.5"
    assert faults(changed) == [f"{where}: {path}: {message}"]


@pytest.mark.parametrize(
    ("file", "old", "at", "message"),
    [
        ("pools.yaml", '"1/year"', "", "fund.interest_rate.unit: the unit must be '1/year'"),
        ("projects.yaml", '"utility"', "", "oil.base_value.unit: the unit must be 'utility'"),
        ("starts.yaml", '"level"', "", "2021-09.values.levels.unit: the unit must be 'level'"),
        ("ties.yaml", '"weight"', "ties:", "ties[0].unit: the unit must be 'weight'"),
        ("actors.columns.yaml", '"weight"', "", "salience.unit: the unit must be 'weight'"),
        ("policies.yaml", '"utility"', "", "columns.stance.unit: the unit must be 'utility'"),
    ],
)
def test_a_wrong_unit_is_refused(file: str, old: str, at: str, message: str) -> None:
    changed = edited(file, (f"unit: {old}", 'unit: "kg"'))
    where = place(changed, file, 'unit: "kg"', at)
    assert faults(changed) == [f"{where}: {message}, not 'kg'"]


@pytest.mark.parametrize(
    ("file", "old", "column"),
    [
        ("policies.yaml", 'unit: "utility"\n', "columns.stance"),
        ("actors.columns.yaml", "kind: number\n", "salience"),
    ],
)
def test_a_column_of_numbers_is_no_text(file: str, old: str, column: str) -> None:
    """Text needs no backing."""
    changed = edited(file, (old, f"kind: text\n    {old}" if "unit" in old else "kind: text\n"))
    within = f"{column.rpartition('.')[2]}:"
    where = place(changed, file, "kind: text", within)
    assert faults(changed) == [f"{where}: {column}.kind: holds numbers, not text"]


def test_all_faults_of_a_file_are_told_at_once() -> None:
    """Those of its form, of units, of bounds and of ranges."""
    changed = edited(
        "starts.yaml",
        ('title: "September', 'titel: "September'),
        (LEVELS, LEVELS.replace("[1, 2,", "[1, 2.5,")),
        ('unit: "index"', 'unit: "kg"'),
        ("range: [0.46, 0.65]", "range: [0.06, 0.65]"),
        ("value: 201.0", "value: high"),
    )
    found = [line.split(": ", 1)[1] for line in faults(changed)]
    assert found == [
        "2021-09: title is missing",
        "2021-09.titel: unknown key, did you mean title?",
        "2021-09.values.levels.value[1]: must be a whole number, not 2.5",
        "2021-09.values.gdp.unit: the unit must be 'index', not 'kg'",
        "2021-09.values.need.range[0]: must be between 0.15 and 0.95, not 0.06",
        "2021-09.values.price.value: must be a number, not 'high'",
    ]


def test_all_faults_of_all_files_are_told_at_once() -> None:
    """File by file, each from top to bottom; a broken actor still has a name."""
    files = {
        "starts.yaml": ("value: 201.0", "value: high"),
        "ties.yaml": ("to_actors: [RUS, CHN]", "to_actors: [RUX, CHN]"),
        "actors.csv": ("RUS,Russia,state", "RUS,Russia,stote"),
        "policies.yaml": ("stance: 0.6", "stance: high"),
    }
    texts = {file: edited(file, change).text(file) for file, change in files.items()}
    found = [line.split(":", 1)[0] for line in faults(Edited(texts))]
    assert found == [f"afghanistan/{file}" for file in sorted(files)]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pools.yaml", "fund:\n", "fund.a:\n"),
        ("projects.yaml", "oil:\n", "'':\n"),
        ("starts.yaml", '"2021-09":\n', '"2021.09":\n'),
        ("policies.yaml", "  isolation:\n", "  isola tion:\n"),
        ("ties.yaml", "  RU: ", "  R.U: "),
        ("ties.yaml", "      EU: 1.0", "      E.U: 1.0"),
        ("actors.csv", "ARE,United", "A.RE,United"),
    ],
)
def test_a_name_that_would_split_a_path_is_refused(file: str, old: str, new: str) -> None:
    found = faults(edited(file, (old, new)))
    assert "a name holds letters, digits, _ and - and nothing else" in "\n".join(found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("months: [1, 12]", "months: [0, 12]", "must be 1 or more, not 0"),
        ("months: [1, 12]", "months: [1, 541]", "must be 540 or less, not 541"),
        ("months: [13, 48]", "months: [13, 12]", "month 13 comes after month 12"),
    ],
)
def test_a_period_outside_the_schedule_is_refused(old: str, new: str, message: str) -> None:
    [found] = faults(edited("projects.yaml", (old, new)))
    assert found.endswith(message)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    otherwise: 0.3\n", ""),
        ("    otherwise: 0.3\n", "    members: [USA]\n    otherwise: 0.3\n"),
        ("    otherwise: 0.3\n", "    members: [USA]\n"),
    ],
)
def test_votes_are_those_of_members_or_of_blocs(old: str, new: str) -> None:
    changed = edited("ties.yaml", (old, new))
    message = "votes.WB: needs either `members`, or `otherwise` and perhaps `blocs`"
    assert faults(changed) == [f"{place(changed, 'ties.yaml', 'WB:')}: {message}"]


def test_weights_of_votes_need_backing() -> None:
    changed = edited("ties.yaml", (f"    {RANGE}, [1.0, 1.0, 0.6]]\n", ""))
    message = "votes.WB: needs a source, or an assumption with a range"
    assert faults(changed) == [f"{place(changed, 'ties.yaml', 'WB:')}: {message}"]


@pytest.mark.parametrize(
    "line",
    [
        "target_share: {value: 0.75, unit: share, source: x}",
        "revenue_need: {value: 250.0, unit: US$ m/month, source: x}",
    ],
)
def test_a_parameter_of_the_start_stands_at_the_starts_alone(line: str) -> None:
    changed = edited("parameters.yaml", ("dead_band:\n", f"{line}\ndead_band:\n"))
    name = line.partition(":")[0]
    message = "belongs in starts.yaml, as every start has its own"
    assert faults(changed) == [f"{place(changed, 'parameters.yaml', name)}: {name}: {message}"]


# Every number


def outside(path: str) -> list[float]:
    """Values that the number at `path` may not have; none that is a plain round number."""
    bounds = bounds_of(number_id(path))
    values = [bounds.low - 0.123457, bounds.high + 0.123457]
    values += [bounds.low + 0.123457] if bounds.whole else []
    return [value for value in values if math.isfinite(value)]


BOUNDED = {
    kind: [line.path for line in lines(afghanistan(), kind) if outside(line.path)] for kind in KINDS
}


def test_every_number_and_its_range_lie_within_its_bounds() -> None:
    wrong = [
        (path, end)
        for path, number in numbers_of(afghanistan()).items()
        for end in (number.value, number.low, number.high)
        if not math.isnan(end) and bounds_of(number_id(path)).fault(end)
    ]
    assert wrong == []


def lines_with(folder: Path, text: str) -> list[str]:
    """`file:line` of every line of a case that holds a text."""
    return [
        f"{folder.name}/{file.name}:{number}"
        for file in sorted(folder.iterdir())
        if file.suffix in (".csv", ".yaml")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if text in line
    ]


@examples(2)
@given(st.data())
def test_a_number_out_of_its_bounds_is_refused_in_its_line(data: st.DataObject) -> None:
    """Any number of the case, in files in any order; the value stands before its range."""
    path = data.draw(st.sampled_from(BOUNDED[data.draw(st.sampled_from(KINDS))]))
    value = data.draw(st.sampled_from(outside(path)))
    with TemporaryDirectory() as place:
        folder = Path(place) / "afghanistan"
        writer = Writer(afghanistan().with_values_at({path: value}), random.Random(0))
        writer.write(folder)
        with pytest.raises(BadFile) as caught:
            load_case(folder)
        expected = lines_with(folder, repr(value))[0]
    [fault] = caught.value.faults
    assert f"{fault.file}:{fault.place[0] if fault.place else 0}" == expected
    assert fault.message == bounds_of(number_id(path)).fault(value)
