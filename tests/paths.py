"""Numbers of a case by the text that spells them, as files and people name them."""

from collections.abc import Mapping

from sim.case.case import Case
from sim.case.number_id import NumberId, number_id
from sim.case.numbers import Number


def numbers_of(case: Case) -> dict[str, Number]:
    """Every number of a case by its text."""
    return {str(name): number for name, number in case.numbers.items()}


def by_id(numbers: Mapping[str, Number]) -> dict[NumberId, Number]:
    """Numbers by identity, as a case holds them."""
    return {number_id(path): number for path, number in numbers.items()}
