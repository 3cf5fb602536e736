"""Reading YAML and CSV: types, places, and one line for each fault."""

import re
from pathlib import Path

import pytest

from sim.io.errors import BadFile, MissingFile
from sim.io.reader import HEADER, LARGEST_FILE, parse_yaml, read_table, read_text, read_yaml
from tests.scenarios import assert_says


def refusal(text: str) -> list[str]:
    """The lines with which a YAML text is refused."""
    with pytest.raises(BadFile) as caught:
        parse_yaml(text, "x.yaml")
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("off", "off"),
        ("yes", "yes"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("2024-02-01", "2024-02-01"),
        ("2024-02", "2024-02"),
        ("'7'", "7"),
        ('"true"', "true"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-7", -7),
        ("007", 7),
        ("0.5", 0.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("1.", 1.0),
        (".inf", float("inf")),
        ("-.INF", float("-inf")),
    ],
)
def test_words_and_numbers_are_those_of_yaml_1_2(written: str, value: object) -> None:
    """`NO`, Norway, stays text; so do times and dates."""
    found = parse_yaml(f"key: {written}\n", "x.yaml").value["key"]
    assert found == value
    assert type(found) is type(value)


def test_not_a_number_is_read_as_such() -> None:
    found = parse_yaml("key: .nan\n", "x.yaml").value["key"]
    assert found != found


def test_lists_and_mappings_keep_their_order_and_their_places() -> None:
    document = parse_yaml("b: 1\na:\n  - x\n  - {c: 2}\n", "x.yaml")
    assert document.value == {"b": 1, "a": ["x", {"c": 2}]}
    assert list(document.value) == ["b", "a"]
    places = {("b",): (1, 1), ("a",): (2, 1), ("a", 0): (3, 5), ("a", 1, "c"): (4, 6)}
    assert {keys: document.places[keys] for keys in places} == places


UNCLOSED = pytest.param("a: [1\n", "x.yaml:2:1", ["bracket"])


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("", "x.yaml:1:1", ["empty"]),
        ("# only a comment\n", "x.yaml:1:1", ["empty"]),
        ("- a\n- b\n", "x.yaml:1:1", ["top", "key: value"]),
        ("just text\n", "x.yaml:1:1", ["top", "key: value"]),
        ("a: 1\n\tb: 2\n", "x.yaml:2:1", ["tab"]),
        ("a: [1", "x.yaml:2:1", []),
        UNCLOSED,
        ("a: b: c\n", "x.yaml:1:5", []),
        ("a: !!str 1\n", "x.yaml:1:4", ["tags", "tag:yaml.org,2002:str"]),
        ("a: !own 1\n", "x.yaml:1:4", ["tags", "!own"]),
        ("a: !!python/object:os.system {}\n", "x.yaml:1:4", ["tags", "python/object"]),
        ("a: 1\nb: 2\na: 3\n", "x.yaml:3:1: a", ["line 1"]),
        ("a:\n  b: 1\n  b: 2\n", "x.yaml:3:3: a.b", ["line 2"]),
        ("? [a]\n: 1\n", "x.yaml:1:3", ["key", "text"]),
        ("a: 1\n---\nb: 2\n", "x.yaml:2:1", ["another document"]),
        ("a: x\0y\n", "x.yaml", ["not YAML"]),
        ("a: " + "[" * 2_000 + "]" * 2_000, "x.yaml:1:1003", ["too deeply"]),
    ],
    ids=lambda text: repr(text)[:30],
)
def test_what_is_not_a_plain_document_is_refused_in_one_line(
    text: str, where: str, words: list[str]
) -> None:
    [found] = refusal(text)
    assert_says(found, where, words)


def test_each_anchor_and_alias_is_refused() -> None:
    message = "anchors and aliases (& and *) are not used here"
    assert refusal("a: &x 1\nb: *x\n") == [f"x.yaml:1:4: {message}", f"x.yaml:2:4: {message}"]


def test_every_duplicate_key_is_told() -> None:
    assert len(refusal("a: 1\na: 2\nb: {c: 1, c: 2}\n")) == 2


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"gone\.yaml: no such file$"):
        read_yaml(tmp_path / "gone.yaml")


def test_a_file_is_called_by_the_name_that_was_used(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"^here: no such file$"):
        read_text(tmp_path / "gone.yaml", "here")
    (tmp_path / "empty.yaml").write_text("")
    with pytest.raises(BadFile, match=r"^here:1:1: the file is empty$"):
        read_yaml(tmp_path / "empty.yaml", "here")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="Is a directory"):
        read_text(tmp_path)


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    with pytest.raises(BadFile, match=r"^x: not a text file in UTF-8$"):
        read_yaml(tmp_path / "x.yaml", "x")


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"a" * (LARGEST_FILE + 1))
    with pytest.raises(BadFile, match=r"^x: larger than 4,000,000 bytes$"):
        read_yaml(tmp_path / "x.yaml", "x")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(tmp_path / "x.yaml").value == {"a": 1}


def table(tmp_path: Path, text: str, keys: int = 1) -> object:
    """The rows of a table."""
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    return read_table(tmp_path / "x.csv", "x.csv", keys)


def test_a_table_is_read_by_its_first_column(tmp_path: Path) -> None:
    document = table(tmp_path, 'id,name,n\nA,"one, two",1\n\nB,,2\n')
    assert document.value == {
        "A": {"id": "A", "name": "one, two", "n": "1"},
        "B": {"id": "B", "name": "", "n": "2"},
    }
    assert document.places[("B", "n")] == (4, 3)
    assert str(document.fault(("A", "n"), "wrong")) == "x.csv:2:3: A.n: wrong"
    assert str(document.fault((HEADER, "n"), "wrong")) == "x.csv:1:3: n: wrong"


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        table(tmp_path, "id,n,n\nA,1,2\n")
    assert str(caught.value) == "x.csv:1:3: n: duplicate column, first given to the left"


def test_a_table_may_have_a_key_of_two_columns(tmp_path: Path) -> None:
    document = table(tmp_path, "id,column,v\nA,x,1\nA,y,2\n", keys=2)
    assert list(document.value) == ["A x", "A y"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("id,n\nA,1\nA,2\n", ["x.csv:3:1: A: duplicate row, first given above"]),
        ("id,n\nA,1,2\n", ["x.csv:2:1: A: 3 cells where the header has 2"]),
        (
            "id,n\nA\nA,1\nA,2\n",
            [
                "x.csv:2:1: A: 1 cells where the header has 2",
                "x.csv:4:1: A: duplicate row, first given above",
            ],
        ),
    ],
)
def test_a_bad_row_is_refused(tmp_path: Path, text: str, lines: list[str]) -> None:
    with pytest.raises(BadFile, match=re.escape("\n".join(lines))):
        table(tmp_path, text)
