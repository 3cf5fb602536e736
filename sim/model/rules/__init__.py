"""The science: plain functions on records (model 7). No arrays, files or random generators."""
