"""The backtest: the committed page and table belong together."""

from sim.analysis.save import table
from sim.record.backtest.make import MODELS, Score
from sim.record.backtest.page import losses
from tests.reference.refresh_backtest import PAGE, TABLE, page_of, scores_in


def test_the_page_is_that_of_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page_of(TABLE.read_text(encoding="utf-8"))


def test_the_table_reads_back_as_it_is() -> None:
    text = TABLE.read_text(encoding="utf-8")
    assert table(Score, scores_in(text)) == text


def test_every_loss_is_printed() -> None:
    lost = losses(scores_in(TABLE.read_text(encoding="utf-8")))
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert page.count("” beats the model") == len(lost)
    assert not {row.rule for row in lost} & set(MODELS)
