"""`sim study`: Plan and run many points: uncertainties, choices, replications."""

import shlex
from itertools import islice
from pathlib import Path

import click

from sim.cli import candidates, options
from sim.cli.console import print_json, print_lines
from sim.cli.errors import say
from sim.cli.meter import meter
from sim.io.errors import CannotWrite, MissingFile
from sim.scenario.limits import CHUNK
from sim.store.lock import WHOLE, Share

MOST_SHARDS = 100_000

KEY_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("study", invoke_without_command=False)
def command() -> None:
    """Plan and run many points: uncertainties, choices and replications.

    \b
    sim study plan NAME --out DIR     shows what it will do and cost; writes the design
    sim study run DIR                 runs what is missing; you can stop it at any time
    sim study gather DIR              writes the tables over all points
    sim study point DIR N FILE        writes point N as a scenario file
    """


@command.command("plan")
@click.argument("name", metavar="FILE", shell_complete=candidates.studies)
@click.option(
    "--out", type=options.FOLDER, help="Folder of the study; by default results/study-NAME."
)
@options.threads
@options.as_json
def plan(name: str, out: Path | None, threads: int | None, as_json: bool) -> None:
    """Show what a study will do and cost, and write its design.

    FILE is a path, or the name of a study in scenarios/studies. If the folder already holds the
    study, its runs are kept, and points and runs may be added.
    """
    from sim.cli.text.study import plan_facts, plan_lines
    from sim.engine.ensemble import threads_by_default
    from sim.runs.gather import plan_study
    from sim.runs.probe import NoProbe, measured
    from sim.study.load import load_study

    study = load_study(name)
    points = sum(len(block) for block in study.blocks)
    folder = out or Path("results") / f"study-{study.name}"
    with meter(f"planning {points:,} points", 2 * points) as progress:
        planned = plan_study(study, folder, progress)
    pace = None
    with meter("measuring for a second", 1):
        try:
            pace = measured(planned)
        except NoProbe as error:
            say(f"no time is projected: none of the first points can be run ({error})")
    facts = plan_facts(planned, pace, threads or threads_by_default())
    if as_json:
        print_json(facts)
    else:
        print_lines(plan_lines(planned, facts, pace))


def _share(context: click.Context, parameter: click.Parameter, text: str | None) -> Share:
    if text is None:
        return WHOLE
    number, _, of = text.partition("/")
    if number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= MOST_SHARDS:
        return Share(int(number), int(of))
    raise click.BadParameter(f"{text!r} is not I/N, as in 1/8")


@command.command("run")
@options.study_folder
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
    "controls it can run code here, so use only one that you trust.",
)
@click.option(
    "--tls-ca-file",
    "authority",
    type=KEY_FILE,
    help="With --cluster tls://…: the certificate of the authority that both sides trust.",
)
@click.option("--tls-cert", "certificate", type=KEY_FILE, help="Your own certificate.")
@click.option("--tls-key", "key", type=KEY_FILE, help="The key of your certificate.")
@click.option(
    "--chunk",
    type=options.Count(1, 1_000_000),
    default=CHUNK,
    show_default=True,
    help="Runs to save at a time. Results do not depend on it.",
)
@click.option("--fail-fast", is_flag=True, help="Stop at the first point that fails.")
def run(
    folder: Path,
    threads: int | None,
    share: Share,
    address: str | None,
    authority: Path | None,
    certificate: Path | None,
    key: Path | None,
    chunk: int,
    fail_fast: bool,
) -> None:
    """Run the missing points of a study, and write its tables.

    You can stop it at any time, by Ctrl-C or SIGTERM, and even a power cut does no harm: the same
    command continues. A point that fails is a row of experiments.csv, and the exit status is 1.
    """
    from sim.cli.study_run import run_in
    from sim.runs.cluster import Keys

    if address is not None and threads is not None:
        raise click.UsageError("either --threads or --cluster: a cluster has its own threads")
    if authority is None and (certificate or key):
        raise click.UsageError("--tls-cert and --tls-key need --tls-ca-file")
    keys = Keys(authority, certificate, key) if authority is not None else None
    run_in(folder, share, chunk, threads, address, keys, fail_fast=fail_fast)


@command.command("gather")
@options.study_folder
def gather(folder: Path) -> None:
    """Write the tables over all points that are finished.

    outcomes.csv has mean, spread, Monte-Carlo error and exact quantiles of each outcome by point;
    months.csv.gz each series by month; experiments.csv a row for each point, failed ones too.
    """
    from sim.cli.study_run import finish
    from sim.runs.gather import gather_study
    from sim.study.plan import open_study

    finish(gather_study(open_study(folder)), folder)


@command.command("check")
@options.study_folder
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
    from sim.cli.study_run import check_chunks

    check_chunks(folder, threads, share)


@command.command("point")
@options.study_folder
@click.argument("number", type=click.IntRange(1), metavar="N")
@click.argument("file", type=options.FILE, metavar="FILE")
def point(folder: Path, number: int, file: Path) -> None:
    """Write a scenario file that does what point N of a study does.

    N is the number in the first column of experiments.csv, and FILE a new file, as in
    scenarios/mine.yaml. `sim run` with the seed of the study gives the runs of the point.
    """
    from sim.io.files import write_new
    from sim.io.writing import as_yaml
    from sim.study.plan import open_study
    from sim.study.points import scenario_of

    planned = open_study(folder)
    one = next(islice(planned.points, number - 1, None), None)
    if one is None:
        raise MissingFile(f"{folder}: has points 1 to {len(planned.points):,}, no {number:,}")
    try:
        write_new(file, as_yaml(scenario_of(planned.study, one)))
    except OSError as error:
        raise CannotWrite(f"{file}: {error.strerror}") from None
    order = f"--runs {one.block.runs} --seed {planned.study.study.seed}"
    click.echo(f"{file}; to run it: sim run {shlex.quote(str(file))} {order}")


@command.command("status")
@options.study_folder
@options.as_json
def status(folder: Path, as_json: bool) -> None:
    """Show the progress of a study. Nothing is changed."""
    from sim.cli.text.study import status_facts, status_lines
    from sim.study.plan import open_study

    planned = open_study(folder)
    facts = status_facts(planned)
    if as_json:
        print_json(facts)
    else:
        print_lines(status_lines(planned.study.study.title, facts))
