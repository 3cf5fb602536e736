"""`sim plot`: where the pictures stand."""

import json
import re
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Sim

BOTH = "baseline\\+human-rights-conditionality"


@pytest.mark.parametrize(
    ("args", "name"),
    [
        (("--picture", "ladder"), f"plot-{BOTH}-ladder-[0-9a-f]{{10}}"),
        (
            ("--metric", "gdp", "--metric", "mean_rung:East"),
            f"plot-{BOTH}-gdp\\+mean_rung\\.East-[0-9a-f]{{10}}",
        ),
    ],
    ids=["a picture", "metrics"],
)
def test_the_folder_names_the_scenarios_and_what_is_drawn(
    sim: Sim, made: dict[str, Path], args: tuple[str, ...], name: str
) -> None:
    ended = sim("plot", *made.values(), *args, "--json")
    assert ended.status == 0
    folders = {Path(path).parent.name for path in json.loads(ended.out)}
    assert len(folders) == 1
    assert re.fullmatch(name, folders.pop())
