"""From a scenario to a start: its plan, made once by names, and the arrays that numbers fill."""
