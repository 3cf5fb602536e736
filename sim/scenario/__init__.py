"""What a user writes: scenario files, and how they become the arrays of a run."""
