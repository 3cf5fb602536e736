"""What the Tab key offers for the arguments of commands. Nothing is run and no scenario is read."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import click
from click.shell_completion import CompletionItem

Offered = list[CompletionItem]

SUFFIX = ".yaml"
"""The end of a file's name that is offered where a scenario or a study is wanted."""


def matching(names: Iterable[str] | Mapping[str, str], incomplete: str) -> Offered:
    """Those that begin as given; a mapping holds the words that zsh and fish show beside them."""
    words = names if isinstance(names, Mapping) else dict.fromkeys(names, "")
    return [
        CompletionItem(name, help=" ".join(text.split()) or None)
        for name, text in words.items()
        if name.startswith(incomplete)
    ]


def or_a_path(names: Iterable[str], incomplete: str) -> Offered:
    """Those that begin as given; where there are none the shell may offer its files and folders."""
    return matching(names, incomplete) or [CompletionItem(incomplete, type="file")]


def with_files(names: Iterable[str]) -> list[str]:
    """Names, then files in the working folder."""
    return [*names, *sorted(path.name for path in Path().glob(f"*{SUFFIX}"))]


def scenario_names() -> list[str]:
    """Scenarios with a name, and files."""
    from sim.scenario.catalog import catalog

    return with_files(catalog())


def result_folders(out: Path) -> list[str]:
    """Finished results below a folder; comparisons and pictures are none."""
    from sim.io.errors import Damaged
    from sim.store.read import is_result, read_result

    names = []
    for folder in sorted(out.iterdir()) if out.is_dir() else []:
        try:
            if is_result(folder) and read_result(folder):
                names.append(str(folder))
        except Damaged:
            continue
    return names


def out_of(context: click.Context) -> Path:
    """The folder of results that the line names so far."""
    return context.params.get("out") or Path("results")


def scenarios(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Names of scenarios and files."""
    return or_a_path(scenario_names(), incomplete)


def studies(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Names of studies and files in the working folder."""
    from sim.study.catalog import catalog

    return or_a_path(with_files(catalog()), incomplete)


def any_folders(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Folders among the results."""
    from sim.store.listing import all_listed

    return or_a_path((str(each.folder) for each in all_listed(out_of(context))), incomplete)


def study_folders(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Folders of studies among the results."""
    from sim.study.catalog import PLAN

    return or_a_path(
        sorted(str(path.parent) for path in Path("results").glob(f"*/{PLAN}")), incomplete
    )


def scenarios_and_results(
    context: click.Context, param: click.Parameter, incomplete: str
) -> Offered:
    """Names of scenarios and files; results, which may be many, once something is typed."""
    results = result_folders(out_of(context)) if incomplete else []
    return or_a_path([*scenario_names(), *results], incomplete)


def names_of_cases(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Names of cases."""
    from sim.scenario.catalog import cases

    return matching(cases(), incomplete)


def ids(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Ids of the kind that stands before."""
    from sim.case.claims import claims
    from sim.case.tables import items
    from sim.scenario.catalog import case_named, cases

    kind = context.params.get("kind")
    if kind == "claims":
        return matching({name: claim.claim for name, claim in claims().items()}, incomplete)
    case = case_named(context.params.get("name") or cases()[0])
    return matching(items(case, kind), incomplete) if kind else []


def pattern_ids(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Ids of the patterns of a case."""
    from sim.record.patterns.play import load_patterns
    from sim.scenario.catalog import cases

    file = load_patterns(context.params.get("name") or cases()[0]).file
    return matching({name: pattern.title for name, pattern in file.patterns.items()}, incomplete)


def metrics(context: click.Context, param: click.Parameter, incomplete: str) -> Offered:
    """Metrics of pictures; those of single actors, which are many, once something is typed."""
    from sim.measures.catalog import MEASURES, outcomes_of, series_of
    from sim.measures.codebook import described_by_month, meaning_of
    from sim.measures.measure import name_of
    from sim.measures.members import members_of
    from sim.scenario.catalog import case_named, cases

    words: dict[str, str] = {}
    for case in map(case_named, cases()):
        by_month = described_by_month(case)
        words.update({name: f"{unit}: {meaning}" for name, (unit, meaning, _) in by_month.items()})
        members = members_of(case)
        for name in (*outcomes_of(members), *map(name_of, series_of(members))):
            measure = MEASURES[name.partition(":")[0]]
            if incomplete or measure.of != "actor":
                words.setdefault(name, f"{measure.unit}: {meaning_of(measure)}")
    return matching(words, incomplete)
