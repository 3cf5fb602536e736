"""The CSV file of a table design."""

from pathlib import Path

import pytest

from sim.io.errors import BadFile
from sim.study.load import load_study
from tests.studies import text_of, written

BLOCKS = """\
blocks:
  t:
    uncertainties:
      - parameters.climb_rate
      - {number: parameters.mediation_rung, values: [4, 5]}
    levers:
      - {name: west, month: 2, select: {group: West}, policies: [isolation, mediator]}
    design: {method: table, file: rows.csv}
"""
HEADER = "west,parameters.climb_rate,parameters.mediation_rung\n"


def load(folder: Path, table: str) -> list[dict[str, object]]:
    """The points of a study with this table."""
    written(folder, table, "rows.csv")
    study = load_study(written(folder, text_of(blocks=BLOCKS)))
    design = study.blocks[0].design
    return [design.values(place) for place in range(len(design))]


def faults(folder: Path, table: str) -> list[str]:
    """The lines with which a table is refused."""
    with pytest.raises(BadFile) as caught:
        load(folder, table)
    return str(caught.value).replace(f"{folder}/", "").splitlines()


def test_rows_are_points_with_columns_in_any_order(tmp_path: Path) -> None:
    found = load(tmp_path, f"{HEADER}mediator,0.05,5\nisolation,0.05,4\n")
    assert found == [
        {"parameters.climb_rate": 0.05, "parameters.mediation_rung": 5.0, "west": "mediator"},
        {"parameters.climb_rate": 0.05, "parameters.mediation_rung": 4.0, "west": "isolation"},
    ]


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        (
            f"{HEADER}mediatr,0.05,5\n",
            ["rows.csv:2:1: west: 'mediatr' is no choice, did you mean mediator?"],
        ),
        (f"{HEADER}mediator,x,5\n", ["rows.csv:2:2: parameters.climb_rate: 'x' is no number"]),
        (
            f"{HEADER}mediator,0.9,3\n",
            [
                "rows.csv:2:2: parameters.climb_rate: 0.9 lies outside 0.03 to 0.25",
                "rows.csv:2:3: parameters.mediation_rung: 3 is none of the values",
            ],
        ),
        (
            "west,parameters.climb_rat\nmediator,0.05\n",
            ["rows.csv:1:2: parameters.climb_rat: no factor", "a column is missing"],
        ),
        (HEADER, ["rows.csv:1:1: the table has no rows"]),
        (f"{HEADER}mediator,0.05\n", ["rows.csv:2:1: mediator: 2 cells"]),
    ],
)
def test_a_fault_of_a_table_is_told_with_its_cell(
    tmp_path: Path, table: str, lines: list[str]
) -> None:
    found = faults(tmp_path, table)
    for line in lines:
        assert any(line in fault for fault in found), found


def test_a_table_that_is_not_there_is_a_fault_of_the_study(tmp_path: Path) -> None:
    path = written(tmp_path, text_of(blocks=BLOCKS))
    with pytest.raises(BadFile, match=r"s.yaml:14:\d+: \S+file: \S+/rows.csv: no such"):
        load_study(path)
