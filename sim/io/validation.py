"""A document as a pydantic model, or its faults in plain words with their places."""

import re
from collections.abc import Iterable
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails

from sim.io.documents import Document, Keys, did_you_mean
from sim.io.errors import BadFile, Fault
from sim.io.reader import ODD_BLANK, ODD_BLANKS

AnyModel = TypeVar("AnyModel", bound=BaseModel)

Finding = tuple[Keys, str]
"""Where in a value, and what is wrong there."""


PLAIN = {
    **dict.fromkeys(
        ("model_type", "model_attributes_type", "dict_type"), "must be `key: value` lines"
    ),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "must be a whole number"),
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "finite_number": "must be a finite number",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "literal_error": "must be {expected}",
    "too_short": "needs at least {min_length}, not {actual_length}",
    "too_long": "takes at most {max_length}, not {actual_length}",
    "string_too_short": "must not be empty",
}
"""What is said of the kinds of faults that pydantic finds; all others it says itself."""


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
        return None, [
            _described(model, document, (*keys, *within(value, detail["loc"])), detail)
            for detail in error.errors()
        ]


def _described(model: type[BaseModel], document: Document, keys: Keys, detail: Any) -> Fault:
    given, kind, context = detail.get("input"), detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return document.fault(keys, _unknown_key(model, detail["loc"], given))
    if kind == "missing":
        return document.fault(keys, f"{detail['loc'][-1]} is missing")
    if kind == "union_tag_not_found":
        return document.fault(keys, f"{_tag_name(context)} is missing")
    if kind == "union_tag_invalid":
        known = [tag.strip(" '") for tag in context["expected_tags"].split(",")]
        name, word = _tag_name(context), context["tag"]
        return document.fault((*keys, name), f"unknown {name} {word!r}{_all_of(word, known)}")
    if kind == "literal_error" and isinstance(given, str):
        known = [word.strip("'") for word in re.split(", | or ", context["expected"])]
        what = next((key for key in reversed(keys) if isinstance(key, str)), "word")
        return document.fault(keys, f"unknown {what} {given!r}{did_you_mean(given, known)}")
    message = plain(detail)
    if kind == "string_pattern_mismatch":
        message = _misnamed(given, context["pattern"]) or message
    is_value = not isinstance(given, list) or message.startswith("must be a")
    hint = slip(given) if is_value else ""
    return document.fault(keys, f"{message}{_given(given, message)}{hint}")


def _tag_name(context: Any) -> str:
    return str(context["discriminator"]).strip("'")


def _all_of(word: object, known: list[str]) -> str:
    """The nearest known word, and all others, too."""
    near, listed = did_you_mean(word, known), ", ".join(known)
    return f"{near} Known: {listed}" if near.endswith("?") else f"; known: {listed}"


def _given(given: Any, message: str) -> str:
    """What stands in the file, as the end of a message that does not say so yet."""
    if given == "" or not isinstance(given, str | int | float | bool | None):
        return ""
    shown = "nothing" if given is None else f"{given!r}"
    said = isinstance(given, str) and re.search(rf"(?<!\w){re.escape(given)}(?!\w)", message)
    return "" if said or shown in message or ", not " in message else f", not {shown}"


NUMBER = r"[-+]?[0-9]*[.,]?[0-9]+"
"""A number, perhaps with a comma for its point."""


SEVERAL = "; give one number, or write a study to try several: sim study --help"


def slip(given: Any) -> str:
    """The likely slip behind a value that is none, as the end of a message.

    >>> slip("0,5"), slip("1,000"), slip(0.5)
    ('; a number has a decimal point: 0.5', '; without commas: 1000', '')
    """
    several = isinstance(given, list) and len(given) > 1
    if several and all(isinstance(each, int | float) for each in given):
        return SEVERAL
    if not isinstance(given, str):
        return ""
    if any(blank in given for blank in ODD_BLANKS):
        return f"; it holds {ODD_BLANK}"
    if re.fullmatch(r"[1-9][0-9]{0,2}(,[0-9]{3})+", given):
        return f"; without commas: {given.replace(',', '')}"
    if re.fullmatch(r"[-+]?[0-9]*,[0-9]+", given):
        return f"; a number has a decimal point: {given.replace(',', '.')}"
    if re.fullmatch(rf"{NUMBER}([,;] ?{NUMBER})+", given):
        return SEVERAL
    return ""


def _unknown_key(model: type[BaseModel], loc: tuple[str | int, ...], given: Any) -> str:
    """What is said of an unknown key; one of digits alone is what a decimal comma leaves."""
    key = str(loc[-1])
    if key.isdigit() and given is None:
        return f"unknown key; a number has a decimal point, as in 0.{key}, and no comma"
    return f"unknown key{did_you_mean(key, _known_keys(model, loc[:-1]))}"


def _misnamed(given: Any, pattern: str) -> str:
    """What is said of a name with a blank or the like; nothing where no name is near."""
    near = re.sub(r"[^A-Za-z0-9_-]+", "-", str(given)).strip("-")
    if near == given or not re.fullmatch(pattern, near):
        return ""
    return f"{given!r} is not a name, which holds letters, digits, - and _; did you mean {near}?"


def plain(detail: Any) -> str:
    """What pydantic has found, as it stands within a line."""
    kind, message = detail["type"], detail["msg"]
    if kind in PLAIN:
        return PLAIN[kind].format(**detail.get("ctx", {}))
    own = str(message).removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return own if own != message else own[:1].lower() + own[1:]


def within(value: Any, loc: tuple[str | int, ...]) -> Keys:
    """The part of a way that exists in the document: tags of unions and the like are left out."""
    keys: list[str | int] = []
    for step in loc:
        child = _child(value, step)
        if child is not _NOTHING:
            value = child
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
        inside = _known_keys(option, loc[1:] if loc and _is_tag(option, loc[0]) else loc)
        if inside:
            return inside
    return []


def _is_tag(option: Any, step: str | int) -> bool:
    """Whether a step of a location names this option of a union."""
    fields = getattr(option, "model_fields", {})
    verbs = get_args(fields["verb"].annotation) if "verb" in fields else ()
    return step in verbs or step == getattr(option, "__name__", None)
