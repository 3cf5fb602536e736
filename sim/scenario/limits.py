"""How much may be run: the seed and the most of runs and months."""

LONGEST = 480
"""Months of the longest horizon."""

MOST_RUNS = 1_000_000
DEFAULT_SEED = 20240201
LARGEST_SEED = 2**64 - 1

PATTERN_RUNS = 2_000
"""Runs of each ensemble that patterns are read off."""

CHUNK = 2_500
"""Runs of a chunk of a study: about a second of work, so that an interrupt need not wait long."""
