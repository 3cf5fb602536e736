"""Running chunks again."""

import random
import shutil
from pathlib import Path

import pytest

from sim.runs.audit import audit, sample
from sim.runs.sweep import run_study
from sim.store.chunks import name_of
from sim.study.plan import Planned
from tests.studies import chunks, planned, text_of


@pytest.fixture
def found(tmp_path: Path) -> Planned:
    """A study of eight chunks."""
    made = planned(tmp_path)
    run_study(made, chunk=200)
    return made


def test_chunks_come_out_the_same(found: Planned) -> None:
    result = audit(found, 1.0, random.Random(1))
    assert len(result.checked) == result.chunks == len(chunks(found.folder)) > 4
    assert (result.differing, result.damaged) == ((), ())


def test_a_chunk_with_other_numbers_is_found_though_its_name_fits(found: Planned) -> None:
    """Somebody changed a number and gave the file the name of its new content."""
    file = chunks(found.folder)[2]
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.unlink()
    forged = file.with_name(name_of(bytes(content)))
    forged.write_bytes(content)
    result = audit(found, 1.0, random.Random(1))
    assert result.differing == (forged.name,)


def test_a_damaged_chunk_is_told(found: Planned) -> None:
    file = chunks(found.folder)[2]
    file.write_bytes(file.read_bytes()[:-1])
    result = audit(found, 1.0, random.Random(1))
    assert result.damaged == (file.name,)
    assert file.name not in result.checked
    assert file.exists()


@pytest.mark.parametrize(
    ("files", "share", "expected"),
    [(0, 0.5, 0), (1, 0.01, 1), (10, 0.01, 1), (10, 0.5, 5), (10, 1, 10)],
)
def test_a_share_of_the_chunks_is_drawn_at_least_one(
    files: int, share: float, expected: int
) -> None:
    drawn = sample([str(i) for i in range(files)], share, random.Random(1))
    assert len(drawn) == len(set(drawn)) == expected


def test_other_chance_draws_other_chunks() -> None:
    files = [str(i) for i in range(50)]
    drawn = {tuple(sample(files, 0.1, random.Random(seed))) for seed in range(10)}
    assert len(drawn) > 5


def test_chunks_of_another_study_are_not_counted(found: Planned, tmp_path: Path) -> None:
    """None of their runs can be run again, so they must not stand for those that can."""
    own = len(chunks(found.folder))
    other = planned(tmp_path / "other", text_of().replace("months: 6", "months: 5"))
    run_study(other, chunk=100)
    for file in chunks(other.folder):
        shutil.copy(file, found.folder / "chunks")
    for seed in range(5):
        result = audit(found, 0.01, random.Random(seed))
        assert (len(result.checked), result.chunks) == (1, own)
