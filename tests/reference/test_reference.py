"""Results are those of the reference digests; only `refresh.py` renews these."""

import csv
import io

import pytest

from tests.reference.refresh import REFERENCE, SCENARIOS, digest

RELATIVE = 1e-9


def table(text: str) -> dict[str, str]:
    return {row["outcome"]: row["mean"] for row in csv.DictReader(io.StringIO(text))}


def same(ours: dict[str, str], theirs: dict[str, str]) -> bool:
    """Whether both have the same outcomes with the same means."""
    if list(ours) != list(theirs):
        return False
    return all(
        one == theirs[name] or float(one) == pytest.approx(float(theirs[name]), rel=RELATIVE)
        for name, one in ours.items()
        if one or theirs[name]
    )


@pytest.mark.parametrize("name", SCENARIOS)
def test_means_are_those_of_the_reference(name: str) -> None:
    reference = (REFERENCE / f"{name}.csv").read_text(encoding="utf-8")
    assert same(table(digest(name)), table(reference))


def test_one_changed_value_is_noticed() -> None:
    reference = table((REFERENCE / "baseline.csv").read_text(encoding="utf-8"))
    changed = {**reference, "gdp": f"{float(reference['gdp']) * (1 + 1e-6):.10g}"}
    assert not same(reference, changed)
