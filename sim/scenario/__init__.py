"""What a user writes: scenario files, how they build on one another, and their mistakes."""
