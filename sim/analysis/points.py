"""How the points of a study differ from one of them, run by run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.store.study import StudyTables


def differences_from(study: StudyTables, reference: int) -> DataFrame:
    """The columns of `differences.csv`, for another reference: each outcome, shares of runs aside.

    Raises ValueError for a reference that has no runs.
    """
    from pandas import concat

    runs = study.runs
    if reference not in set(runs["point"]):
        raise ValueError(f"no runs of a point {reference}; the points are in experiments.csv")
    units = dict(zip(study.outcomes["outcome"], study.outcomes["unit"], strict=True))
    tables = []
    for outcome in (name for name in runs if name in units):
        values = runs.pivot(index="run", columns="point", values=outcome)
        gaps = values.drop(columns=reference).sub(values[reference], axis=0)
        pairs = gaps.notna().sum()
        shares = {"higher": gaps > 0, "equal": gaps == 0, "lower": gaps < 0}
        own = (
            pairs.rename("runs")
            .to_frame()
            .assign(
                reference=reference,
                outcome=outcome,
                unit=units[outcome],
                difference=gaps.mean(),
                standard_error=gaps.sem(),
                **{name: seen.sum() / pairs for name, seen in shares.items()},
            )
        )
        tables.append(own)
    return concat(tables).reset_index().sort_values("point", kind="stable")
