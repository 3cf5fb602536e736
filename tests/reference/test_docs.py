"""The pages for contributors hold what the code holds: rooms, public names, words, paths."""

import re

import pytest

from tests.reference import api, architecture
from tests.tree import ROOT

PAGES = ("CONTRIBUTING.md", "AGENTS.md", "SECURITY.md", "docs/architecture.md", "docs/words.md")
WORDS = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([^|]+) \| ([^|]+) \|(?: `([^`]+)`)? \|$", WORDS, re.MULTILINE)[1:]


def test_the_reference_is_current() -> None:
    assert api.PAGE.read_text(encoding="utf-8") == api.page(), "make docs"


def test_the_reference_has_every_public_name_and_what_it_says() -> None:
    page = api.page()
    assert [name for name in api.PUBLIC if f"\n### {name}\n" not in page] == []
    with pytest.raises(KeyError, match="nosuch"):
        api.entry("nosuch", "sim.public")


def test_the_picture_and_the_table_of_rooms_are_current() -> None:
    page = architecture.PAGE.read_text(encoding="utf-8")
    assert architecture.renewed(page) == page, "make docs"
    picture = architecture.PICTURE.read_text(encoding="utf-8")
    assert picture == architecture.picture(architecture.graph()), "make docs"


def test_every_room_is_drawn_and_every_arrow_runs_down() -> None:
    rooms = architecture.graph()
    found = architecture.places(rooms)
    assert set(found) == set(rooms)
    assert len(set(found.values())) == len(found)
    assert all(found[above][1] < found[below][1] for above, below in architecture.arrows(rooms))


def test_an_arrow_that_a_longer_way_says_is_left_out() -> None:
    rooms = {"a": {"b", "c"}, "b": {"c"}, "c": set()}
    assert architecture.arrows(rooms) == [("a", "b"), ("b", "c")]


def exists(name: str) -> bool:
    """Whether a file, a folder or a module of one file is there."""
    return (ROOT / name).exists() or (ROOT / f"{name}.py").exists()


@pytest.mark.parametrize("page", PAGES)
def test_every_path_and_link_of_a_page_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:sim|seeds|scenarios|docs|tests|results)/[\w/.-]*)`", text)
    linked = re.findall(r"\]\(([\w/.-]+)\)", text)
    gone = [name for name in named if not exists(name)]
    gone += [name for name in linked if not ((ROOT / page).parent / name).exists()]
    assert gone == []


def test_words_are_in_order_and_have_one_meaning_each() -> None:
    words = [word.lower() for word, _, _ in ROWS]
    assert len(words) > 60
    assert words == sorted(set(words), key=lambda word: word.replace("é", "e"))


@pytest.mark.parametrize(("word", "where"), [(word, where) for word, _, where in ROWS if where])
def test_a_word_is_used_where_the_page_says(word: str, where: str) -> None:
    text = (ROOT / where).read_text(encoding="utf-8").lower().replace("_", " ")
    forms = (word.lower(), word.lower().replace("-", " "), word.lower().rstrip("e"))
    assert any(form in text for form in forms), f"{where} does not use {word!r}"
