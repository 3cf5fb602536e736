"""Renew `docs/properties.md`: python -m tests.properties.page."""

from collections.abc import Mapping, Sequence

from tests.properties.faults import Fault
from tests.properties.statements import Property

HEAD = """\
# What the rules must do

The statements of section 10 of the model document, by its numbers, each with its test in
`tests/properties/` and a planted fault that the test catches (`tests/properties/faults.py`).
Written by `python -m tests.properties.page`; not to be edited.

Numbers 9 and 33 are missing: the first needs two authorities in one case, the second is the
comparison with the record.

| no. | statement | test | fault it catches |
| --- | --- | --- | --- |
"""


def page(known: Mapping[str, Property], faults: Sequence[Fault]) -> str:
    """The page as it should stand."""
    breaks = {fault.test: fault.breaks for fault in faults}
    rows = sorted(known.values(), key=lambda each: (each.number, each.test))
    lines = [
        f"| {each.number} | {each.sentence} | `{each.test}` | {breaks[each.test]} |\n"
        for each in rows
    ]
    return HEAD + "".join(lines)


def main() -> None:
    """Write the page."""
    from tests.properties.test_faults import FAULTS, KNOWN, PAGE

    PAGE.write_text(page(KNOWN, FAULTS), encoding="utf-8")


if __name__ == "__main__":
    main()
