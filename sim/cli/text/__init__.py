"""What commands print: results, comparisons, cases, scenarios, patterns and studies as text."""
