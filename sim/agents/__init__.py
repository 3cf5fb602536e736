"""The model on Mesa agents, for looking inside and for policies written in Python."""
