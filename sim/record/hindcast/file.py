"""What `hindcast.yaml` of a case may say: an ensemble, and panels with quantity and record."""

from typing import Annotated, Literal

from pydantic import Field

from sim.case.numbers import Real, Strict
from sim.record.patterns.checks import Year
from sim.record.patterns.file import Ensemble
from sim.scenario.names import Name
from sim.scenario.selection import Selection


class GroupRung(Strict):
    """Mean rung of actors."""

    kind: Literal["mean_rung"]
    who: Selection


class OneMetric(Strict):
    """A metric."""

    kind: Literal["metric"]
    metric: Name


class PoolBalance(Strict):
    """Balance of a pool."""

    kind: Literal["balance"]
    pool: Name


class Rows(Strict):
    """A dot for each row of a table: `value` times `times`, for the time from `first` to `last`.

    Without `last` the cell in `first` says it all: a year, a month or a day. `where` keeps rows
    whose cell is one of those listed; rows with a blank value are left out.
    """

    kind: Literal["rows"]
    table: Name
    first: Name
    last: Name | None = None
    value: Name
    times: Real = 1.0
    where: dict[str, list[str]] = {}


class ByActor(Strict):
    """A dot for each date of a table: the mean of `value` over the rows of selected actors."""

    kind: Literal["by_actor"]
    table: Name
    actor: Name
    date: Name
    value: Name
    who: Selection


class Growth(Strict):
    """A dot for each year after `base_year`: `base` times the growth (%) of all years since."""

    kind: Literal["growth"]
    table: Name
    year: Name
    value: Name
    base_year: Year
    base: Real


class CaseNumbers(Strict):
    """A dot for each date, at the number of the case with that path."""

    kind: Literal["numbers"]
    at: dict[str, str]


Record = Annotated[Rows | ByActor | Growth | CaseNumbers, Field(discriminator="kind")]


class PanelFile(Strict):
    """A panel: a quantity by month or by calendar year, and the record of it.

    `least` and `most` are ends that the axis must show.
    """

    title: Name
    unit: Name
    by: Literal["month", "year"]
    least: Real | None = None
    most: Real | None = None
    quantity: Annotated[GroupRung | OneMetric | PoolBalance, Field(discriminator="kind")]
    record: Record


class HindcastFile(Strict):
    """`hindcast.yaml`; `says` are the words below the picture about the record."""

    says: Name
    ensemble: Ensemble
    panels: Annotated[list[PanelFile], Field(min_length=1)]
