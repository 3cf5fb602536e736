"""Many points: what a study crosses, and how its design is laid out."""
