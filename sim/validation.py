"""A document as a pydantic model, or its faults in plain words with their places."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails

from sim.documents import BadFile, Document, Fault, Keys, did_you_mean

AnyModel = TypeVar("AnyModel", bound=BaseModel)


Finding = tuple[Keys, str]
"""Where in a value, and what is wrong there."""


def wrong(findings: Iterable[Finding]) -> ValidationError:
    """What a validator raises that has found several things wrong, each in a place of its own."""
    details = [
        InitErrorDetails(type="value_error", loc=keys, input=(), ctx={"error": ValueError(message)})
        for keys, message in findings
    ]
    return ValidationError.from_exception_data("", details)


def validate(model: type[AnyModel], document: Document, context: object = None) -> AnyModel:
    """The document as `model`; raises BadFile with all faults at once.

    Validators of the model find `context` as that of their ValidationInfo.
    """
    value, faults = parsed(model, document, (), context)
    if value is None:
        raise BadFile(faults)
    return value


def parsed(
    model: type[AnyModel], document: Document, keys: Keys = (), context: object = None
) -> tuple[AnyModel | None, list[Fault]]:
    """The part of the document at `keys` as `model`, or all that is wrong with it."""
    value = document.value
    for key in keys:
        value = value[key]
    try:
        return model.model_validate(value, context=context), []
    except ValidationError as error:
        details = error.errors()
        return None, [
            _described(model, document, (*keys, *within(value, detail["loc"])), detail)
            for detail in details
        ]


def _described(model: type[BaseModel], document: Document, keys: Keys, detail: Any) -> Fault:
    given = detail.get("input")
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _known_keys(model, detail["loc"][:-1])
        return document.fault(keys, f"unknown key{did_you_mean(keys[-1], known)}")
    if kind == "missing":
        return document.fault(keys, f"{detail['loc'][-1]} is missing")
    if kind == "union_tag_not_found":
        return document.fault(
            keys, f"{str(detail['ctx']['discriminator']).strip(chr(39))} is missing"
        )
    if kind == "union_tag_invalid":
        known = [tag.strip(" '") for tag in detail["ctx"]["expected_tags"].split(",")]
        name = str(detail["ctx"]["discriminator"]).strip("'")
        word = detail["ctx"]["tag"]
        return document.fault((*keys, name), f"unknown {name} {word!r}{did_you_mean(word, known)}")
    if kind == "literal_error" and isinstance(given, str):
        known = [word.strip("'") for word in re.split(", | or ", detail["ctx"]["expected"])]
        return document.fault(keys, f"unknown {keys[-1]} {given!r}{did_you_mean(given, known)}")
    message = plain(detail["msg"])
    if kind in ("model_type", "dict_type"):
        message = "must be `key: value` lines"
    if isinstance(given, str | int | float | bool) or given is None:
        shown = "nothing" if given is None else f"{given!r}"
        return document.fault(keys, f"{message}, not {shown}" if shown not in message else message)
    return document.fault(keys, message)


def plain(message: str) -> str:
    """What pydantic says, as it stands within a line."""
    message = message.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return message[:1].lower() + message[1:]


def within(value: Any, loc: tuple[str | int, ...]) -> Keys:
    """The part of a way that exists in the document: tags of unions and the like are left out."""
    keys: list[str | int] = []
    for step in loc:
        found = _child(value, step)
        if found is not _NOTHING:
            value = found
            keys.append(step)
    return tuple(keys)


_NOTHING = object()


def _child(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step, _NOTHING)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return _NOTHING


def _known_keys(model: Any, loc: tuple[str | int, ...]) -> list[str]:
    """Keys of the model that a pydantic location leads to."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        names = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
        if not loc:
            return sorted(names)
        return _known_keys(names[loc[0]], loc[1:]) if loc[0] in names else []
    if get_origin(model) in (list, dict):
        return _known_keys(get_args(model)[-1], loc[1:]) if loc else []
    for option in get_args(model):
        found = _known_keys(option, loc[1:] if loc and _is_tag(option, loc[0]) else loc)
        if found:
            return found
    return []


def _is_tag(option: Any, step: str | int) -> bool:
    """Whether a step of a location names this option of a union."""
    fields = getattr(option, "model_fields", {})
    verbs = get_args(fields["verb"].annotation) if "verb" in fields else ()
    return step in verbs or step == getattr(option, "__name__", None)
