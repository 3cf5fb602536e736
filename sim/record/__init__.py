"""The model held against the record: patterns and the hindcast."""
