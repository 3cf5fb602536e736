"""Running a study: its progress, its stop, and what is said at its end."""

import random
import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import click

from sim.cli.errors import say
from sim.cli.meter import meter
from sim.io.errors import FAILED, INTERRUPTED, Interrupted, visible
from sim.runs.audit import audit
from sim.runs.cluster import Keys, cluster
from sim.runs.codebook import EXPERIMENTS, MONTHS, OUTCOMES
from sim.runs.gather import gather_study
from sim.runs.status import DONE, Counts, Work, count, work_of
from sim.runs.status import FAILED as POINT_FAILED
from sim.runs.sweep import run_study
from sim.store.chunks import CHUNKS
from sim.store.lock import Share
from sim.study.plan import Planned, edited_since, open_study

SAMPLE = 3
"""Chunks that are run again after a cluster has run them."""


def run_in(
    folder: Path,
    share: Share,
    chunk: int,
    threads: int | None,
    address: str | None,
    keys: Keys | None,
    *,
    fail_fast: bool = False,
) -> None:
    """Run what a study lacks, here or on the cluster at `address`, and say what came of it.

    Ends with status 1 where points failed, and with that of an interrupt where somebody stops it.
    """
    planned = open_study(folder)
    for source in edited_since(folder):
        again = f"sim study plan FILE --out {shlex.quote(str(folder))}"
        where = visible(str(source))
        say(f"{where} was edited after planning; what was planned is run. To take it in: {again}")
    try:
        with (
            _stopping() as stop,
            _executor(address, threads, keys) as (pool, workers),
            _Progress() as progress,
        ):
            run_study(
                planned,
                share=share,
                executor=pool,
                workers=workers,
                chunk=chunk,
                fail_fast=fail_fast,
                stop=stop,
                begun=partial(progress.begin, folder),
                progress=lambda runs: progress.count(runs),
            )
    except Interrupted:
        again = shlex.join(["sim", *sys.argv[1:]])
        say(f"interrupted: what was run is kept. To go on: {again}")
        raise click.exceptions.Exit(INTERRUPTED) from None
    if address is not None:
        _check_some(planned)
    if share.is_whole:
        finish(gather_study(planned), folder)
    else:
        _finish_share(planned, share)


def _check_some(planned: Planned) -> None:
    """Run a few chunks of a cluster again here; ends with status 1 where they come out otherwise.

    Whatever a worker computes is kept, and only another run tells whether it is right.
    """
    kept = len(planned.store.contents().files)
    found = audit(planned, min(1.0, SAMPLE / max(1, kept)), random.Random())
    again = f"sim study check {shlex.quote(str(planned.folder))}"
    if found.differing:
        _tell_differing(planned.folder, found.differing)
        say(f"do not trust the cluster; to run all of it again here: {again} --share 1")
        raise click.exceptions.Exit(FAILED)
    say(
        f"{len(found.checked)} of {kept:,} chunks were run again here and came out the same; "
        f"for more: {again}"
    )


def _tell_differing(folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        say(
            f"{folder}: {name} gives different bytes when it is run again; to discard its numbers, "
            f"move it out of {folder / CHUNKS} and run: sim study run {folder}"
        )


class _Progress(ExitStack):
    """Progress of a run, whose extent is known only once its folder was looked through."""

    def begin(self, folder: Path, work: Work, damaged: list[str]) -> None:
        """Say what is there, and begin to count."""
        for name in damaged:
            say(f"{folder}: {name} is damaged; moved to damaged/, its runs are run again")
        self.count = self.enter_context(meter(str(folder), work.total, work.done))


@contextmanager
def _executor(
    address: str | None, threads: int | None, keys: Keys | None
) -> Iterator[tuple[Executor | None, int | None]]:
    if address is None:
        yield None, threads
    else:
        with cluster(address, keys) as found:
            yield found


@contextmanager
def _stopping() -> Iterator[Callable[[], bool]]:
    """Whether somebody asked to stop: the first signal asks, a second one ends at once."""
    asked: list[int] = []

    def ask(signum: int, frame: object) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(signum)
        say("\nstopping once what has begun is finished; once more to stop at once")

    before = {each: signal.signal(each, ask) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _finish_share(planned: Planned, share: Share) -> None:
    """Say what a shard has done; ends with status 1 where points failed in it."""
    contents = planned.store.contents()
    counts, failed = count(planned, contents), work_of(planned, share, contents).failed
    say(
        f"shard {share.number}/{share.of} is done; "
        f"{counts.runs:,} of {counts.wanted:,} runs of the study are kept"
    )
    folder = shlex.quote(str(planned.folder))
    click.echo(f"once all shards are done: sim study gather {folder}")
    if failed:
        say(
            f"points that failed in this shard: {len(failed):,}; gather says at which stage and why"
        )
        raise click.exceptions.Exit(FAILED)


def finish(counts: Counts, folder: Path) -> None:
    """Say what the tables hold; ends with status 1 where points failed or are not finished."""
    where = ", ".join(str(folder / name) for name in (OUTCOMES, MONTHS, EXPERIMENTS))
    click.echo(f"{counts.points[DONE]:,} points in {where}")
    failed = counts.points[POINT_FAILED]
    if failed:
        say(f"{failed:,} points failed; {folder / EXPERIMENTS} says at which stage and why")
    if counts.unfinished:
        again = shlex.quote(str(folder))
        say(f"{counts.unfinished:,} points are not finished and left out: sim study run {again}")
    if failed or counts.unfinished:
        raise click.exceptions.Exit(FAILED)


def check_chunks(folder: Path, threads: int | None, share: float) -> None:
    """Run a share of the chunks again; ends with status 1 where one comes out otherwise."""
    audited = audit(open_study(folder), share, random.Random(), threads)
    for name in audited.damaged:
        say(f"{folder}: {name} is damaged; its runs will be run again by: sim study run {folder}")
    _tell_differing(folder, audited.differing)
    if not audited.chunks:
        say(f"{folder}: no chunk of this study is there yet")
    same, checked = len(audited.checked) - len(audited.differing), len(audited.checked)
    click.echo(f"{same} of {checked} chunks came out the same; {audited.chunks:,} are there")
    if audited.damaged or audited.differing or not audited.chunks:
        raise click.exceptions.Exit(FAILED)
