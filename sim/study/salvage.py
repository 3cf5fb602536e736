"""What can be read of a faulty study, so that its other faults are found at the same time."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from sim.results.make import DEFAULT_SEED
from sim.scenario.parts import LONGEST
from sim.study.schema import OUTCOMES, SERIES, AnyDesign, AnyUncertainty, Block, Lever, Study

_UNCERTAINTY: TypeAdapter[Any] = TypeAdapter(AnyUncertainty)
_LEVER: TypeAdapter[Any] = TypeAdapter(Lever)
_DESIGN: TypeAdapter[Any] = TypeAdapter(AnyDesign)


def _valid(adapter: TypeAdapter[Any], value: Any) -> Any:
    try:
        return adapter.validate_python(value)
    except ValidationError:
        return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    listed = [value] if isinstance(value, str) else _listed(value)
    return [each for each in listed if isinstance(each, str) and each]


def _mapped(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _whole(value: Any, most: int, otherwise: int | None) -> Any:
    fine = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most
    return value if fine else otherwise


def salvaged(content: dict[str, Any]) -> Study:
    """The study as far as it can be read; what cannot is left out, with its place kept."""
    months = _whole(content.get("months"), LONGEST, LONGEST if "months" in content else None)
    return Study.model_construct(
        title="",
        scenarios=_texts(content.get("scenarios")),
        months=months,
        seed=DEFAULT_SEED,
        runs=1,
        outcomes=_texts(content.get("outcomes", OUTCOMES)),
        series=_texts(content.get("series", SERIES)),
        blocks={
            name: salvaged_block(block)
            for name, block in _mapped(content.get("blocks")).items()
            if isinstance(block, dict)
        },
    )


def salvaged_block(content: dict[str, Any]) -> Block:
    """A block as far as it can be read; None stands for a factor or a design that cannot."""

    def each(adapter: TypeAdapter[Any], key: str) -> list[Any]:
        return [_valid(adapter, value) for value in _listed(content.get(key))]

    return Block.model_construct(
        uncertainties=each(_UNCERTAINTY, "uncertainties"),
        levers=each(_LEVER, "levers"),
        design=_valid(_DESIGN, content.get("design")),
        scenarios=_texts(content.get("scenarios")) or None,
        runs=None,
    )
