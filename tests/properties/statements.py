"""What the model document asks of every world (section 10): number, sentence, test, examples.

    @asks(3, worlds())
    def test_3_pools_balance(world: World) -> None:
        "A pool holds what it began with, less what was paid."

makes a Hypothesis test, and keeps what it needs to be tried again with a fault planted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis.strategies import SearchStrategy

from tests.worlds import examples

Check = Callable[..., None]


@dataclass(frozen=True)
class Property:
    """A statement with the check that tests it, and the examples on which it is tested."""

    number: int
    check: Check
    examples: tuple[SearchStrategy[Any], ...]

    @property
    def test(self) -> str:
        """Name of the test."""
        return self.check.__name__

    @property
    def sentence(self) -> str:
        """The statement: the first paragraph of what the test says of itself."""
        return " ".join((self.check.__doc__ or "").split("\n\n")[0].split())


KNOWN: dict[str, Property] = {}
"""Every statement that has been imported, by the name of its test."""


def asks(
    number: int, *strategies: SearchStrategy[Any], times: float = 1.0
) -> Callable[[Check], Check]:
    """Decorate the check of a statement; it is tried `times` the examples of the profile."""

    def tested(check: Check) -> Check:
        KNOWN[check.__name__] = Property(number, check, strategies)
        return examples(times)(given(*strategies)(check)) if strategies else check

    return tested
