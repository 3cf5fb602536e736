"""Renew the values in `figures.yaml`: python -m tests.reference.refresh_figures; some minutes.

Then renew `docs/scenarios.md` by `tests.reference.table`, and say why in CHANGELOG.md. Which
figures there are, and how precise, stays; a value in words stays where the words still hold.
"""

import re

from tests.reference.figures import ENTRIES, FILE, Entry, Figure, figure_of
from tests.reference.measure import (
    REFERENCE_RUNS,
    REFERENCE_SEED,
    estimate,
    is_met,
    played,
    values_of,
)

VALUE = re.compile(r"value: [^,}]+")
WORDS = re.compile(r", words: [^}]+")


def renewed(line: str, figure: Figure, entry: Entry) -> str:
    """A line of the file with the figure as measured, in units of its last printed digit."""
    own, partner = (
        played(name, REFERENCE_RUNS, REFERENCE_SEED) for name in (entry.name, entry.against)
    )
    values = values_of(own, partner, figure)
    if figure.words and is_met(values, figure, same_draws=True):
        return line
    unit = 2 * figure.half
    value = round(estimate(values, figure) / unit) * unit
    return VALUE.sub(f"value: {value + 0.0:.10g}", WORDS.sub("", line))


def main() -> None:
    """Write the file anew, line by line."""
    import yaml

    entry, lines = None, []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        entry = ENTRIES.get(line.rstrip(":"), entry)
        if line.startswith("    - {") and entry:
            [content] = yaml.safe_load(line)
            line = renewed(line, figure_of(content), entry)
        lines.append(line)
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
