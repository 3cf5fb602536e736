"""The science: the state, its rules and their arithmetic; no arrays, no files, no country."""
