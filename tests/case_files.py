"""Writing a case in memory to the files of a case folder, in any order of its parts."""

import csv
import random
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml

from sim.case.bounds import BY_ISSUE
from sim.case.case import Case, TieRule, Votes
from sim.case.numbers import Number
from sim.io.places import shipped
from sim.model.parameters import Parameters
from sim.model.schema import columns
from tests.paths import numbers_of

Value = TypeVar("Value")
Content = dict[str, Any]

SHIPPED = shipped("seeds") / "afghanistan"
TEXTS = ("name", "kind", "group", "bloc", "policy")
BACKING = {"assumption": "drawn", "range": {"plus_minus": 0.0}}


class Dumper(yaml.CSafeDumper):
    """Writes no anchors and aliases, which case files may not have."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_yaml(content: Content) -> str:
    """A mapping as a file has it."""
    return yaml.dump(content, Dumper=Dumper, sort_keys=False, allow_unicode=True)


def as_text(value: float) -> str:
    """A number as a table has it; a whole one without a point."""
    return str(int(value)) if value.is_integer() else repr(value)


class Writer:
    """Writes the files of a case, every mapping in an order of chance."""

    def __init__(self, case: Case, chance: random.Random) -> None:
        self.case = case
        self.numbers = numbers_of(case)
        self.chance = chance

    def shuffled(self, mapping: Mapping[str, Value]) -> dict[str, Value]:
        """The same mapping in another order."""
        items = list(mapping.items())
        self.chance.shuffle(items)
        return dict(items)

    def write(self, folder: Path) -> None:
        """Write all files below `folder`; what a case does not hold comes from the shipped one."""
        shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns("record"))
        head = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
        head |= {"id": self.case.id, "default_start": self.case.default_start}
        head |= {"ladder": list(self.case.ladder)}
        self.actors(folder)
        contents = {
            "case.yaml": head,
            "parameters.yaml": self.shuffled(self.parameters()),
            "issues.yaml": {name: self.issue(name) for name in self.case.issues},
            "policies.yaml": self.policies(),
            "pools.yaml": self.shuffled({name: self.pool(name) for name in self.case.pools}),
            "projects.yaml": self.shuffled(
                {name: self.project(name) for name in self.case.projects}
            ),
            "ties.yaml": self.ties(),
            "starts.yaml": {name: self.start(name) for name in self.case.starts},
        }
        for name, content in contents.items():
            (folder / name).write_text(as_yaml(content), encoding="utf-8")

    def below(self, path: str, names: Iterable[str] | None = None) -> Content:
        """The numbers right below `path`, or some of them, as entries; lists are put together."""
        found: dict[str, list[Number]] = {}
        for each, number in self.numbers.items():
            if each.startswith(f"{path}."):
                name, _, place = each.removeprefix(f"{path}.").partition(".")
                if place.isdigit() or not place:
                    found.setdefault(name, []).append(number)
        wanted = found if names is None else names
        lists = {name: f"{path}.{name}.0" in self.numbers for name in wanted}
        return {name: entry(found[name], lists[name]) for name in wanted}

    def issue(self, name: str) -> Content:
        """An issue of `issues.yaml`, whose order is that of every list by issue."""
        facts = self.case.issues[name]
        texts = {"title": facts.title, "meaning": facts.meaning, "levels": list(facts.levels)}
        shown = {} if facts.shown_level is None else {"shown_level": facts.shown_level}
        return texts | {"headline": facts.headline} | shown

    def parameters(self) -> Content:
        """`parameters.yaml`; a case without issues has lists without numbers."""
        none = {"value": [], "range": [[], []], "assumption": "drawn"}
        lists = {name: {**none, "unit": columns(Parameters)[name].unit} for name in BY_ISSUE}
        return lists | self.below("parameters")

    def policies(self) -> Content:
        """`policies.yaml`."""
        columns: Content = {}
        policies: Content = {}
        for name, facts in self.case.policies.items():
            entries = {"issue_weights": {"value": [], "unit": "weight"}}
            entries |= self.below(f"policies.{name}")
            columns |= {key: {"unit": each["unit"], **BACKING} for key, each in entries.items()}
            texts = {"title": facts.title, "source": facts.source, "summary": facts.summary}
            values = {key: each["value"] for key, each in entries.items()}
            policies[name] = self.shuffled(texts | values)
        return {"profiles": {}, "columns": columns, "policies": self.shuffled(policies)}

    def actors(self, folder: Path) -> None:
        """`actors.csv`, what backs its columns, and no sources of single cells."""
        rows = []
        units = dict.fromkeys(("id", *TEXTS), "text")
        for name, facts in self.case.actors.items():
            texts = {"id": name, **{key: getattr(facts, key) for key in TEXTS}}
            numbers = self.below(f"actors.{name}").items()
            units |= {key: each["unit"] for key, each in numbers}
            texts |= {key: as_text(each["value"]) for key, each in numbers}
            rows.append(texts)
        self.chance.shuffle(rows)
        with (folder / "actors.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
        columns = {
            key: {"unit": unit, "kind": "text" if unit == "text" else "number", **BACKING}
            for key, unit in units.items()
        }
        (folder / "actors.columns.yaml").write_text(as_yaml(self.shuffled(columns)))
        (folder / "actors.sources.csv").write_text("actor,column,source,confidence,note\n")

    def pool(self, name: str) -> Content:
        """A pool of `pools.yaml`."""
        facts = self.case.pools[name]
        veto = list(facts.veto)
        self.chance.shuffle(veto)
        return {"title": facts.title, "veto": veto, **self.below(f"pools.{name}")}

    def project(self, name: str) -> Content:
        """A project of `projects.yaml`."""
        facts, base = self.case.projects[name], f"projects.{name}"
        schedule = [
            {"months": list(months), "amount": entry([self.numbers[f"{base}.schedule.{i}"]])}
            for i, months in enumerate(facts.periods)
        ]
        rest = self.below(base, ("base_value", "up_rate", "down_rate", "royalty"))
        return {"title": facts.title, "sponsor": facts.sponsor, "schedule": schedule, **rest}

    def ties(self) -> Content:
        """`ties.yaml`."""
        rules = [
            {**condition(rule), **weight(self.numbers[f"ties.{i}"])}
            for i, rule in enumerate(self.case.ties)
        ]
        self.chance.shuffle(rules)
        votes = {name: self.voting(name, each) for name, each in self.case.votes.items()}
        return {
            "blocs": self.shuffled(self.case.blocs),
            "ties": rules,
            "votes": self.shuffled(votes),
        }

    def voting(self, name: str, votes: Votes) -> Content:
        """An institution of `ties.yaml`."""
        by = {"by": "salience" if votes.by_salience else "equal"}
        if votes.members:
            members = list(votes.members)
            self.chance.shuffle(members)
            return {"members": members, "source": "drawn", **by}
        numbers = self.below(f"votes.{name}")
        weights = {bloc: each["value"] for bloc, each in numbers.items()}
        otherwise = weights.pop("otherwise")
        return {"blocs": weights, "otherwise": otherwise, "source": "drawn", **by}

    def start(self, name: str) -> Content:
        """A start of `starts.yaml`."""
        facts, base = self.case.starts[name], f"starts.{name}"
        none = {"value": [], "unit": "level", "range": [[], []], "assumption": "drawn"}
        values = {"levels": none} | self.below(base)
        values |= {
            kind: self.shuffled({each: self.below(f"{base}.{kind}.{each}") for each in names})
            for kind, names in (("pools", self.case.pools), ("projects", self.case.projects))
        }
        date = facts.calendar.date(1)
        return {"title": facts.title, "date": date, "rungs": facts.rungs, "values": values}


def entry(numbers: list[Number], is_list: bool = False) -> Content:
    """A number, or a list of them, as a file has it; the range is the value itself."""
    values = [number.value for number in numbers]
    value: Any = values if is_list else values[0]
    content = {"value": value, "unit": numbers[0].unit, "assumption": "drawn"}
    return content | {"range": [list(values), list(values)] if is_list else [values[0], values[0]]}


def weight(number: Number) -> Content:
    """The weight of a tie."""
    content = entry([number])
    return {"weight": content.pop("value"), **content}


def condition(rule: TieRule) -> Content:
    """When a tie holds."""
    if rule.same_bloc:
        return {"same_bloc": True}
    if rule.from_blocs:
        return {"from_blocs": list(rule.from_blocs), "to_actors": list(rule.to_actors)}
    return {"within_blocs": list(rule.within_blocs)} if rule.within_blocs else {"otherwise": True}
