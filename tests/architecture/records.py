"""The records of the model by name, for tests that hold them against other things."""

import sim.metrics
import sim.parameters
import sim.policy
import sim.state
from sim.schema import Column, columns

RECORDS: dict[str, type] = {
    name: value
    for module in (sim.parameters, sim.policy, sim.state, sim.metrics)
    for name, value in vars(module).items()
    if isinstance(value, type) and any(isinstance(each, Column) for each in vars(value).values())
}

SUB_ARRAYS: dict[str, set[str]] = {
    name: {field for field, column in columns(record).items() if column.length}
    for name, record in {**RECORDS, "Issue": sim.metrics.IssueMonth}.items()
}
