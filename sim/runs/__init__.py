"""One way to run: points become tasks, tasks become chunks, chunks become tables."""
