"""Results in, tables out."""
