"""What the Tab key offers for the arguments of commands. Nothing is run and no scenario is read."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from sim.case.claims import claims
from sim.case.tables import items
from sim.io.errors import Damaged
from sim.measures.catalog import MEASURES, outcomes_of, series_of
from sim.measures.codebook import described_by_month, meaning_of
from sim.measures.measure import name_of
from sim.measures.members import members_of
from sim.scenario.catalog import SUFFIX, case_named, cases, catalog
from sim.store.listing import all_listed
from sim.store.read import is_result, read_result
from sim.study.catalog import PLAN
from sim.study.catalog import catalog as study_catalog

Offered = list[CompletionItem]


def matching(known: Iterable[str] | Mapping[str, str], incomplete: str) -> Offered:
    """Those that begin as given; a mapping holds the words that zsh and fish show beside them."""
    words = known if isinstance(known, Mapping) else dict.fromkeys(known, "")
    return [
        CompletionItem(name, help=" ".join(text.split()) or None)
        for name, text in words.items()
        if name.startswith(incomplete)
    ]


def or_a_path(found: Offered, incomplete: str) -> Offered:
    """Where nothing is found the shell may offer its files and folders."""
    return found or [CompletionItem(incomplete, type="file")]


def scenario_names() -> list[str]:
    """Scenarios with a name, then files in the working folder."""
    return [*catalog(), *sorted(path.name for path in Path().glob(f"*{SUFFIX}"))]


def result_folders(out: Path) -> list[str]:
    """Finished results below a folder; comparisons and pictures are none."""
    found = []
    for folder in sorted(out.iterdir()) if out.is_dir() else []:
        try:
            if is_result(folder) and read_result(folder):
                found.append(str(folder))
        except Damaged:
            continue
    return found


def scenarios(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Names of scenarios and files."""
    return or_a_path(matching(scenario_names(), incomplete), incomplete)


def studies(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Names of studies and files in the working folder."""
    known = [*study_catalog(), *sorted(path.name for path in Path().glob(f"*{SUFFIX}"))]
    return or_a_path(matching(known, incomplete), incomplete)


def any_folders(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Folders among the results."""
    found = [str(each.folder) for each in all_listed(context.params.get("out") or Path("results"))]
    return or_a_path(matching(found, incomplete), incomplete)


def study_folders(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Folders of studies among the results."""
    found = sorted(str(path.parent) for path in Path("results").glob(f"*/{PLAN}"))
    return or_a_path(matching(found, incomplete), incomplete)


def scenarios_and_results(
    context: click.Context, param: click.Parameter, incomplete: str
) -> Offered:
    """Names of scenarios and files; results, which may be many, once something is typed."""
    found = matching(scenario_names(), incomplete)
    if incomplete:
        found += matching(result_folders(context.params.get("out") or Path("results")), incomplete)
    return or_a_path(found, incomplete)


def names_of_cases(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Names of cases."""
    return matching(cases(), incomplete)


def ids(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Ids of the kind that stands before."""
    kind = context.params.get("kind")
    if kind == "claims":
        return matching({name: claim.claim for name, claim in claims().items()}, incomplete)
    case = case_named(context.params.get("name") or cases()[0])
    return matching(items(case, kind), incomplete) if kind else []


def pattern_ids(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Ids of the patterns of a case."""
    from sim.record.patterns.play import load_patterns

    file = load_patterns(context.params.get("name") or cases()[0]).file
    return matching({name: pattern.title for name, pattern in file.patterns.items()}, incomplete)


def metrics(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Metrics of pictures; those of single actors, which are many, once something is typed."""
    known = {}
    for name in cases():
        case = case_named(name)
        by_month = described_by_month(case)
        known.update({name: f"{unit}: {meaning}" for name, (unit, meaning, _) in by_month.items()})
        members = members_of(case)
        names = [*outcomes_of(members), *map(name_of, series_of(members))]
        for each in names:
            metric = MEASURES[each.partition(":")[0]]
            if incomplete or metric.of != "actor":
                known.setdefault(each, f"{metric.unit}: {meaning_of(metric)}")
    return matching(known, incomplete)
