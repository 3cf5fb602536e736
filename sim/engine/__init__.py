"""How rules are run: draws, the kernel, chunks and threads. Knows no mechanism."""
