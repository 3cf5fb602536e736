"""Writing YAML: what is written is read back as it was."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.io.reader import parse_yaml
from sim.io.writing import as_yaml

LOOKS_LIKE_ANOTHER = (
    *(
        "08",
        "007",
        "0o7",
        "0x1F",
        "1_000",
        "1e3",
        "1.",
        ".5",
        "-.5e-3",
        "+1",
        ".inf",
        ".NaN",
        "9" * 301,
    ),
    *(
        "true",
        "False",
        "yes",
        "NO",
        "on",
        "y",
        "~",
        "null",
        "",
        " ",
        "12:30",
        "2024-02-01",
        "<<",
        "=",
    ),
    *(
        "a: b",
        "- a",
        "# a",
        "a #b",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "'a",
        '"',
        "{",
        "[a]",
        "?",
        "|",
        ">",
    ),
    *(
        "---",
        "...",
        " a",
        "a ",
        "a\n",
        "\na",
        "a\n\n b",
        "a\r\nb",
        "\t",
        "\x00",
        "\x85",
        "\u2028",
        "\ufeff",
        "😀",
    ),
)
"""Text that YAML, of one version or another, takes for something else where it is not quoted."""

TEXTS = st.sampled_from(LOOKS_LIKE_ANOTHER) | st.text() | st.from_regex(r"[-+.0-9eExo_]{1,6}")
SCALARS = TEXTS | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)
)


def kinds(value: object) -> object:
    """A value with the type of everything in it: 1, 1.0 and True are not the same."""
    if isinstance(value, dict):
        return [(key, kinds(inner)) for key, inner in value.items()]
    if isinstance(value, list):
        return [kinds(inner) for inner in value]
    return type(value), repr(value)


@given(st.dictionaries(TEXTS, VALUES, min_size=1), st.booleans())
def test_what_is_written_is_read_back_as_it_was(value: dict[str, object], in_a_line: bool) -> None:
    found = parse_yaml(as_yaml(value, in_a_line=in_a_line), "x.yaml").value
    assert kinds(found) == kinds(value)


@pytest.mark.parametrize("text", LOOKS_LIKE_ANOTHER, ids=lambda text: repr(text)[:12])
def test_text_stays_text_also_for_a_reader_of_yaml_1_1(text: str) -> None:
    """`NO` is quoted, so that a program with the older rules does not read Norway as false."""
    written = as_yaml({text: text, "list": [text, {"key": text}]})
    expected = {text: text, "list": [text, {"key": text}]}
    assert yaml.safe_load(written) == expected
    assert parse_yaml(written, "x.yaml").value == expected


def test_plain_words_are_written_without_quotes() -> None:
    assert as_yaml({"title": "Two capitals", "months": 60}) == "title: Two capitals\nmonths: 60\n"


def test_a_value_that_stands_twice_is_written_twice() -> None:
    both = ["USA", "NO"]
    assert as_yaml({"a": both, "b": both}, in_a_line=True) == "{a: [USA, 'NO'], b: [USA, 'NO']}\n"
