"""Tables of `docs/model.md` on the cast of the case: actors, issues, pools, projects, starts."""

from sim.case.case import TieRule
from sim.case.numbers import Number
from tests.paths import numbers_of
from tests.reference.case_tables import backing, case, column_rules, exact, rule_in_words, spread
from tests.reference.page_tables import table
from tests.worlds import FLAGS, MEASURES


def with_range(number: Number) -> str:
    """A number, and its range if it has one."""
    value = exact(number.value)
    return f"{value} ({spread([number])})" if number.has_range else value


def sourced(number: Number) -> str:
    """A number, marked where it has a source."""
    return exact(number.value) + ("ˢ" if number.source else "")


def actors_table() -> str:
    """The actors, with their rungs at each start and their own numbers; ˢ marks a sourced one."""
    found = case()
    rows = []
    for actor in found.actors.values():
        base = f"actors.{actor.id}"
        starts = [exact(found.value_at(f"{base}.{start.rungs}")) for start in found.starts.values()]
        flags = [flag for flag in FLAGS if found.value_at(f"{base}.{flag}")]
        flags += ["permanent member"] if actor.permanent_member else []
        policy = "votes of members" if actor.delegates else f"`{actor.policy}`"
        facts = (actor.id, actor.name, actor.kind, actor.group, actor.bloc, policy)
        own = [sourced(numbers_of(found)[f"{base}.{name}"]) for name in MEASURES]
        cap = exact(found.value_at(f"{base}.cap"))
        rows.append((*facts, ", ".join(flags), cap, "/".join(starts), *own))
    header = ("id", "name", "kind", "group", "bloc", "policy", "flags", "cap", "rung at the starts")
    return table((*header, *(name.replace("_", " ") for name in MEASURES)), rows)


def actor_numbers_table() -> str:
    """What the numbers of an actor mean, and how far they may be off."""
    rows = [
        (
            f"`{name}`",
            rule.get("unit", ""),
            rule.get("meaning", ""),
            rule_in_words(rule.get("range")),
            "; ".join(rule[key] for key in ("source", "assumption") if key in rule),
        )
        for name, rule in column_rules("actors.columns.yaml", None).items()
    ]
    return table(("number", "unit", "meaning", "range", "what stands behind it"), rows)


def starts_table() -> str:
    """Every number of each start, with its range."""
    found = case()
    starts = list(found.starts)
    paths = [path.split(".", 2) for path in numbers_of(found) if path.startswith("starts.")]
    rows = []
    for name in dict.fromkeys(rest for _, _, rest in paths):
        numbers = [numbers_of(found)[f"starts.{start}.{name}"] for start in starts]
        cells = [with_range(number) for number in numbers]
        rows.append((f"`{level(name)}`", numbers[0].unit, *cells, backing(numbers[-1])))
    titles = [f"`{start}` (range)" for start in starts]
    return table(("number", "unit", *titles, f"what stands behind `{starts[-1]}`"), rows)


def level(name: str) -> str:
    """The name of a number of a start; levels by the name of their issue."""
    head, _, place = name.partition(".")
    return f"levels.{list(case().issues)[int(place)]}" if head == "levels" else name


def issues_table() -> str:
    """The issues and what their levels mean."""
    rows = [
        (f"`{name}`", issue.title, issue.meaning, *issue.levels)
        for name, issue in case().issues.items()
    ]
    return table(("issue", "title", "meaning", "0", "1", "2", "3", "4"), rows)


def pools_table() -> str:
    """The pools, who may veto them, and their numbers."""
    found = case()
    rows = []
    for own, pool in found.pools.items():
        names = ("interest_rate", "tranche", "lock")
        cells = [with_range(numbers_of(found)[f"pools.{own}.{name}"]) for name in names]
        rows.append((f"`{own}`", pool.title, ", ".join(pool.veto), *cells))
    header = ("pool", "title", "veto", "interest, 1/year", "tranche, US$ m/month", "lock")
    return table(header, rows)


def projects_table() -> str:
    """The projects, their sponsors, rates and schedules."""
    found = case()
    rows = []
    for project in found.projects.values():
        base = f"projects.{project.id}"
        names = ("base_value", "up_rate", "down_rate", "royalty")
        cells = [with_range(numbers_of(found)[f"{base}.{name}"]) for name in names]
        amounts = [
            exact(found.value_at(f"{base}.schedule.{i}")) for i in range(len(project.periods))
        ]
        periods = [
            f"months {first} to {last or 'the end'}: {amount}"
            for (first, last), amount in zip(project.periods, amounts, strict=True)
        ]
        rows.append((f"`{project.id}`", project.title, project.sponsor, *cells, "; ".join(periods)))
    rates = ("base value, utility", "up, 1/month", "down, 1/month", "royalty, US$ m/month")
    return table(("project", "title", "sponsor", *rates, "contracted, US$ m/month"), rows)


def pair(rule: TieRule) -> str:
    """The pairs of actors to which a rule applies."""
    if rule.same_bloc:
        return "both in one bloc"
    if rule.from_blocs:
        return f"one in {', '.join(rule.from_blocs)}, the other {' or '.join(rule.to_actors)}"
    return f"both in {' or '.join(rule.within_blocs)}" if rule.within_blocs else "any two"


def ties_table() -> str:
    """Which actors look to which, and how much; the largest weight that applies holds."""
    found = case()
    rows = []
    for i, rule in enumerate(found.ties):
        number = numbers_of(found)[f"ties.{i}"]
        rows.append((pair(rule), exact(number.value), spread([number]), backing(number)))
    return table(("pair", "weight", "range", "what stands behind it"), rows)


def votes_table() -> str:
    """Whose votes an institution follows."""
    found = case()
    rows = []
    for institution, votes in found.votes.items():
        blocs = [f"bloc {bloc}" for bloc in votes.blocs] + ["all others"]
        paths = [f"votes.{institution}.{bloc}" for bloc in (*votes.blocs, "otherwise")]
        if votes.members:
            who = f"1 each: {', '.join(votes.members)}"
        else:
            weights = [exact(found.value_at(path)) for path in paths]
            who = "; ".join(
                f"{bloc}: {weight}" for bloc, weight in zip(blocs, weights, strict=True)
            )
        rows.append((f"`{institution}`", who, "yes" if votes.by_salience else "no"))
    return table(("institution", "votes of each member", "times its salience"), rows)


def blocs_table() -> str:
    """The codes of the blocs."""
    return table(("bloc", "in words"), [(f"`{bloc}`", text) for bloc, text in case().blocs.items()])


FROM_CAST = {
    "actors": actors_table,
    "actor numbers": actor_numbers_table,
    "starts": starts_table,
    "issues": issues_table,
    "pools": pools_table,
    "projects": projects_table,
    "ties": ties_table,
    "votes": votes_table,
    "blocs": blocs_table,
}
"""What stands between the markers of each name."""
