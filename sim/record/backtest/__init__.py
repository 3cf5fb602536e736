"""The model against naive rules, on the record that a case carries."""
