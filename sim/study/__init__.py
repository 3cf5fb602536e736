"""Many points: what a study crosses, the store that keeps its runs, and the tables over them."""
