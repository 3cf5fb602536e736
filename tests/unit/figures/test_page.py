from itertools import pairwise

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from sim.figures.differences import differences
from sim.figures.ladder import ladders
from sim.figures.page import handles, key_columns, labels, pages, provenance
from sim.figures.style import CM, PHONE, PRINT, SMALL
from sim.figures.trajectories import trajectories
from tests.unit.figures.example import a_result, results

LONG = ["A scenario with a title of quite some length", "US$ 1 for US$ 2", "Third", "Fourth"]


def drawn() -> dict[str, Figure]:
    found = results(LONG, 60)
    return {
        "trajectories": trajectories(found),
        "ladders": ladders(found),
        "differences": differences(found[0], found[1:]),
        "trajectories, phone": trajectories(found, None, PHONE),
        "ladders, phone": ladders(found[1:2], None, PHONE),
        "differences, phone": differences(found[0], found[1:], None, PHONE),
    }


FIGURES = drawn()


@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_fits_on_a_sheet_and_nothing_leaves_it(name: str) -> None:
    """23: pictures were illegible at the width of a phone, 360 of 96 pixels an inch."""
    figure, phone = FIGURES[name], "phone" in name
    assert figure.get_figwidth() == pytest.approx(360 / 96 if phone else 17 * CM)
    assert phone or figure.get_figheight() < 25 * CM
    figure.draw_without_rendering()
    width, height = figure.bbox.size
    for part in (*figure.axes, *figure.texts, *figure.legends):
        box = part.get_tightbbox()
        assert -1 <= box.x0 <= box.x1 <= width + 1, part
        assert -1 <= box.y0 <= box.y1 <= height + 1, part


@pytest.mark.parametrize("name", FIGURES)
def test_letters_are_large_enough_and_labels_of_an_axis_stand_apart(name: str) -> None:
    figure = FIGURES[name]
    figure.draw_without_rendering()
    for ax in figure.axes:
        low, high = ax.get_xlim()
        labels = zip(ax.get_xticks(), ax.get_xticklabels(), strict=True)
        boxes = [label.get_window_extent() for place, label in labels if low <= place <= high]
        assert boxes
        assert all(left.x1 < right.x0 for left, right in pairwise(boxes))
    assert min(text.get_fontsize() for text in figure.findobj(Text) if text.get_text()) >= SMALL


@pytest.mark.parametrize("name", FIGURES)
def test_a_dollar_is_a_dollar(name: str) -> None:
    texts = [text for text in FIGURES[name].findobj(Text) if text.get_text().count("$") > 1]
    assert texts
    assert not any(text.get_parse_math() for text in texts)


def test_results_of_one_title_are_told_apart_by_their_folders() -> None:
    one, two, three = a_result(), a_result(), a_result("Third")
    assert labels([one, two, three]) == [one.folder.name, two.folder.name, "Third"]


def test_what_results_do_not_share_is_all_named() -> None:
    words = provenance([a_result(runs=2000), a_result(seed=9), a_result(months=24)])
    assert words == "4 or 2,000 runs each, seed 7 or 9, 12 or 24 months from 2024-02."


def test_long_names_take_fewer_columns() -> None:
    assert key_columns(handles(["a", "b", "c"]), PRINT.letters) == 3
    assert key_columns(handles(["a" * 50, "b", "c"]), PRINT.letters) == 3
    assert key_columns(handles(["a" * 50, "b" * 30, "c"]), PRINT.letters) == 2
    assert key_columns(handles(["a" * 60, "b" * 40]), PRINT.letters) == 1


def test_keys_of_four_usual_titles_end_before_the_edge() -> None:
    titles = ["Baseline", "Engagement without recognition", "Human-rights conditionality"]
    figure = trajectories(results([*titles, "Drought and earthquake"]))
    figure.canvas.draw()
    [legend] = figure.legends
    assert legend.get_window_extent().x1 <= figure.bbox.x1


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(1, [1]), (6, [6]), (7, [4, 4]), (8, [5, 4]), (11, [6, 6]), (12, [5, 5, 4])],
)
def test_every_page_opens_with_the_first_scenario(count: int, sizes: list[int]) -> None:
    every = results([f"Scenario {place}" for place in range(count)])
    found = pages(every)
    assert [len(page) for page in found] == sizes
    assert all(page[0] is every[0] for page in found)
    assert [one for page in found for one in page[1:]] == every[1:]
