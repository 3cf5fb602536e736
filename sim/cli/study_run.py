"""`sim study run`, `gather` and `check`."""

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

from sim.cli import candidates, options
from sim.cli.errors import say
from sim.cli.meter import meter
from sim.io.errors import FAILED, INTERRUPTED, Interrupted, visible
from sim.runs.audit import audit
from sim.runs.cluster import Keys, cluster
from sim.runs.codebook import MONTHS, OUTCOMES
from sim.runs.experiments import EXPERIMENTS
from sim.runs.gather import gather_study
from sim.runs.standing import DONE, Counts, count
from sim.runs.standing import FAILED as POINT_FAILED
from sim.runs.sweep import CHUNK, Amount, Work, run_study
from sim.store.chunks import CHUNKS
from sim.store.lock import WHOLE, Share
from sim.study.plan import Planned, edited_since, open_study

MOST_SHARDS = 100_000

SAMPLE = 3
"""Chunks that are run again after a cluster has run them."""

key_file = click.Path(exists=True, dir_okay=False, path_type=Path)

in_folder = click.argument(
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    shell_complete=candidates.study_folders,
)


def _share(context: click.Context, parameter: click.Parameter, text: str | None) -> Share:
    if text is None:
        return WHOLE
    number, _, of = text.partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= MOST_SHARDS:
        return Share(int(number), int(of))
    raise click.BadParameter(f"{text!r} is not I/N, as in 1/8")


@click.command("run")
@in_folder
@options.threads
@click.option(
    "--shard",
    "share",
    metavar="I/N",
    callback=_share,
    help="Run part I of N only, as an array job does; the parts may share a folder.",
)
@click.option(
    "--cluster",
    "address",
    metavar="ADDRESS",
    help="Run on the workers of a dask.distributed scheduler, as in tcp://host:8786. Whoever "
    "controls it can run code here: use none that you do not trust.",
)
@click.option(
    "--tls-ca-file",
    "authority",
    type=key_file,
    help="With --cluster tls://…: the certificate of the authority that both sides trust.",
)
@click.option("--tls-cert", "certificate", type=key_file, help="One's own certificate for that.")
@click.option("--tls-key", "key", type=key_file, help="The key of that certificate.")
@click.option(
    "--chunk",
    type=options.Count(1, 1_000_000),
    default=CHUNK,
    show_default=True,
    help="Runs to save at a time. Results do not depend on it.",
)
def run(
    folder: Path,
    threads: int | None,
    share: Share,
    address: str | None,
    authority: Path | None,
    certificate: Path | None,
    key: Path | None,
    chunk: int,
) -> None:
    """Run the missing points of a study, and write its tables.

    It can be stopped at any time, by Ctrl-C, SIGTERM or even a power cut; started again, it goes on
    from there. Points that fail are rows of experiments.csv, and the exit status is then 1.
    """
    if address is not None and threads is not None:
        raise click.UsageError("either --threads or --cluster: a cluster has its own threads")
    if authority is None and (certificate or key):
        raise click.UsageError("--tls-cert and --tls-key need --tls-ca-file")
    keys = Keys(authority, certificate, key) if authority is not None else None
    planned = open_study(folder)
    for source in edited_since(folder):
        again = f"sim study plan FILE --out {shlex.quote(str(folder))}"
        where = visible(str(source))
        say(f"{where} was edited after planning; what was planned is run. To take it in: {again}")
    try:
        with (
            stopping() as stop,
            _executor(address, threads, keys) as (pool, workers),
            _Shown() as shown,
        ):
            run_study(
                planned,
                share=share,
                executor=pool,
                workers=workers,
                chunk=chunk,
                stop=stop,
                begun=partial(shown.begin, folder),
                progress=lambda runs: shown.count(runs),
            )
    except Interrupted:
        again = shlex.join(["sim", *sys.argv[1:]])
        say(f"interrupted: what was run is kept. To go on: {again}")
        raise click.exceptions.Exit(INTERRUPTED) from None
    if address is not None:
        _check_some(planned)
    if share.is_whole:
        _finish(gather_study(planned), folder)
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


class _Shown(ExitStack):
    """Progress of a run, whose extent is known only once its folder was looked through."""

    def begin(self, folder: Path, amount: Amount, damaged: list[str]) -> None:
        """Say what is there, and begin to count."""
        for name in damaged:
            say(f"{folder}: {name} is damaged; moved to damaged/, its runs are run again")
        self.count = self.enter_context(meter(str(folder), amount.total, amount.done))


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
def stopping() -> Iterator[Callable[[], bool]]:
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
    counts, failed = count(planned, contents), Work(planned, share, contents).failed()
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


def _finish(counts: Counts, folder: Path) -> None:
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


@click.command("gather")
@in_folder
def gather(folder: Path) -> None:
    """Write the tables over all points that are finished.

    outcomes.csv has mean, spread, Monte-Carlo error and exact quantiles of each outcome by point;
    months.csv.gz each series by month; experiments.csv a row for each point, failed ones too.
    """
    _finish(gather_study(open_study(folder)), folder)


@click.command("check")
@in_folder
@options.threads
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.02,
    show_default=True,
    help="Share of the chunks to run again; at least one.",
)
def check(folder: Path, threads: int | None, share: float) -> None:
    """Run a random sample of chunks again and compare them, byte by byte."""
    found = audit(open_study(folder), share, random.Random(), threads)
    for name in found.damaged:
        say(f"{folder}: {name} is damaged; its runs will be run again by: sim study run {folder}")
    _tell_differing(folder, found.differing)
    if not found.chunks:
        say(f"{folder}: no chunk of this study is there yet")
    same = len(found.checked) - len(found.differing)
    click.echo(
        f"{same} of {len(found.checked)} chunks came out the same; {found.chunks:,} are there"
    )
    if found.damaged or found.differing or not found.chunks:
        raise click.exceptions.Exit(FAILED)
