"""How fast the model runs, as ratios within one run of the benchmark."""
