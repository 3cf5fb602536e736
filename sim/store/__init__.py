"""The folder of a result: its manifest, its tables, its chunks of runs, and how they are read."""
