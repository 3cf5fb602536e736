"""Where the files that come with the program lie: at the top of a clone, or inside the wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def shipped(kind: str) -> Path:
    """The folder `scenarios` or `seeds` that comes with the program."""
    inside = PACKAGE / "shipped" / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind
