"""How a figure is put into words and digits on the page."""

import math

from sim.measures.catalog import MEASURES
from tests.reference.figures import Figure
from tests.worlds import documented


def label(figure: Figure) -> str:
    """What a figure is about, with its unit."""
    name, _, subject = figure.outcome.partition(":")
    measure = MEASURES[name]
    issues = documented().issues
    title = measure.titled(issues[subject].title if subject in issues else subject)
    if figure.without:
        title = f"{title} without {' and '.join(figure.without)}"
    if figure.per:
        return f"{title} over {MEASURES[figure.per].titled().lower()}"
    return f"{title} ({measure.scale.words}), {when(figure)}".removesuffix(", ")


def when(figure: Figure) -> str:
    """Of which months a figure is."""
    if figure.months:
        first, last = figure.months
        return f"month {first}" if first == last else f"months {first} to {last}"
    if figure.each:
        return f"a {figure.each}"
    return MEASURES[figure.outcome.partition(":")[0]].when


def kind(figure: Figure) -> str:
    """How the figure is made of the runs."""
    return f"{100 * figure.at:g} % quantile" if figure.of == "quantile" else figure.of


def signed(value: float, places: int, figure: Figure) -> str:
    """A number; a difference has its sign, and nought has none."""
    rounded = round(value, places) + 0.0
    plus = "+" if "difference" in figure.of and rounded else ""
    return f"{rounded:{plus},.{places}f}".replace("-", "−")


def places_for(low: float, high: float, more: int = 0) -> int:
    """Decimals that a range deserves by its width, or `more`; none where both ends are whole."""
    if low == round(low) and high == round(high):
        return 0
    if high == low:
        return 2
    return max(0, math.ceil(-math.log10((high - low) / 2)) + more)


def places_of(figure: Figure) -> int:
    """Decimals of a printed figure."""
    return max(0, -math.floor(math.log10(2 * figure.half) + 1e-9))


def printed(figure: Figure) -> str:
    """A figure as the document prints it, in the units used here."""
    return figure.words or signed(figure.value, places_of(figure), figure)


def between(low: float, high: float, figure: Figure, more: int = 0) -> tuple[str, str]:
    """Two ends of a range, with the decimals that it deserves, or `more`."""
    places = places_for(low, high, more)
    return signed(low, places, figure), signed(high, places, figure)
