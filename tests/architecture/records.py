"""The records of the model by name, for tests that hold them against other things."""

import sim.model.metrics
import sim.model.parameters
import sim.model.policy
import sim.model.state
from sim.model.schema import Column, columns

RECORDS: dict[str, type] = {
    name: value
    for module in (sim.model.parameters, sim.model.policy, sim.model.state, sim.model.metrics)
    for name, value in vars(module).items()
    if isinstance(value, type) and any(isinstance(each, Column) for each in vars(value).values())
}

SUB_ARRAYS: dict[str, set[str]] = {
    name: {field for field, column in columns(record).items() if column.length}
    for name, record in {**RECORDS, "Issue": sim.model.metrics.IssueMonth}.items()
}
