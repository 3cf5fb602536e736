"""Bad scenario files at the command line: a line for each fault, status 65, and nothing written."""

from pathlib import Path

import pytest

from tests.unit.cli.conftest import Sim

HEAD = "title: T\ncase: afghanistan\n"
LIST = f"{HEAD}interventions:\n"
POLICY = "  - {month: 6, verb: set_policy, select: {id: RUS}, policy: isolation}\n"
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: *c\n"


def line(text: str) -> str:
    """A file with one intervention, in line 4."""
    return f"{LIST}  - {text}\n"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["1:1: the file is empty"]),
        ("# nothing\n", ["1:1: the file is empty"]),
        ("- a\n- b\n", ["1:1: the top of the file must be"]),
        ("just text\n", ["1:1: the top of the file must be"]),
        (f"{HEAD}mnths: 3\n", ["3:1: mnths: unknown key, did you mean months?"]),
        (f"{HEAD}months: soon\n", ["3:1: months: must be a whole number, not 'soon'"]),
        (f"{HEAD}months: 12.5\n", ["3:1: months: must be a whole number, not 12.5"]),
        (f"{HEAD}months: .nan\n", ["3:1: months: must be a whole number, not nan"]),
        (f"{HEAD}months: -3\n", ["3:1: months: must be 1 or more"]),
        (f"{HEAD}months: 481\n", ["3:1: months: must be 480 or less"]),
        (f"{HEAD}months: 1{'0' * 400}\n", ["3:1: months: "]),
        (
            f"{HEAD}start: '2024-03'\n",
            ["3:1: start: unknown start '2024-03'; known: 2021-09, 2024-02"],
        ),
        ("title: T\ncase: afganistan\n", ["2:1: case: afganistan: no such case, did you mean"]),
        (f"{HEAD}title: U\n", ["3:1: title: duplicate key, first given in line 1"]),
        (f"{HEAD}start: !!str x\n", ["3:8: tags (tag:yaml.org,2002:str) are not used here"]),
        (BOMB, ["1:4: anchors", "2:4: anchors", "2:8: anchors"]),
        (f"{HEAD}\tmonths: 3\n", ["3:1: a tab; use blanks"]),
        (f"{HEAD}question: a: b\n", ["3:12: a second colon in the line"]),
        (f"{HEAD}question: 'open\n", ["the indent or a bracket is off, or a quote is open"]),
        (f"{HEAD}--- \n{HEAD}", ["3:1: "]),
        (
            f"{LIST}{POLICY.replace('RUS', 'RSU')}",
            ["4:43: interventions[0].select.id: unknown actor"],
        ),
        (
            line("{month: 6, verb: set_polcy}"),
            ["4:16: interventions[0].verb: unknown verb 'set_polcy', did"],
        ),
        (
            f"{LIST}{POLICY.replace('isolation', 'isolaton')}",
            ["interventions[0].policy: unknown policy 'isolaton', did"],
        ),
        (
            line("{month: 6, verb: set_issue, issue: EDUC, level: 3}"),
            ["4:33: interventions[0].issue: unknown issue"],
        ),
        (
            line("{month: 6, verb: set_issue, issue: EDU, level: 7}"),
            ["interventions[0].level: must be 4 or less"],
        ),
        (
            line("{month: 6, verb: pitch, every: 0}"),
            ["interventions[0].every: must be 1 or more"],
        ),
        (
            line("{month: 6, verb: shift, select: {all: true}, param: gates.9, by: 1}"),
            ["interventions[0].param: gates has places 0 to 7, not 9"],
        ),
        (
            line("{month: 2020-01, verb: pitch}"),
            ["interventions[0].month: 2020-01 lies before the start, 2024-02"],
        ),
        (
            line("{month: next, verb: pitch}"),
            ["interventions[0].month: must be a month, as in 2024-02, or a number"],
        ),
        (
            line("{month: 6, verb: close_corridor, select: {group: East, not: {all: true}}}"),
            ["interventions[0].select: selects nobody"],
        ),
        (
            line("{month: 6, verb: shift, select: {id: RUS}, param: stance, by: .inf}"),
            ["interventions[0].by: must be a finite number, not inf"],
        ),
        (
            line("{month: 6, verb: set, select: {id: RUS}, param: quorum, to: -1}"),
            ["interventions[0].to: must be between 0 and 1, not -1"],
        ),
        (
            line("{month: 6, verb: set_global, param: noise, to: 1.0e+300}"),
            ["interventions[0].to: must lie between -10,000,000 and 10,000,000, not 1e+300"],
        ),
        (
            line("{month: 61, verb: pitch}"),
            ["4:6: interventions[0].month: month 61 lies beyond the horizon"],
        ),
        (
            line("{month: 6, when: {issue: EDU, at_least: 5}, verb: pitch}"),
            ["4:35: interventions[0].when.at_least: can never hold"],
        ),
        (
            "extends: basline\ntitle: T\n",
            ["1:1: extends: basline: no such scenario, did you mean baseline?"],
        ),
        ("extends: ../other.yaml\ntitle: T\n", ["1:1: extends: ../other.yaml: lies outside"]),
        (
            "extends: bad.yaml\ntitle: T\n",
            ["1:1: extends: bad.yaml: a scenario cannot extend itself"],
        ),
        ("extends: baseline\n", ["1:1: title is missing"]),
        (
            f"{HEAD}numbers: {{parameters.noise: -1, parameters.nois: 1, actors.RUS.cap: 9}}\n",
            [
                "3:11: numbers.parameters.noise: ",
                "3:33: numbers.parameters.nois: ",
                "3:53: numbers.actors.RUS.cap",
            ],
        ),
    ],
)
def test_each_fault_is_a_line(sim: Sim, tmp_path: Path, text: str, faults: list[str]) -> None:
    Path("bad.yaml").write_text(text, encoding="utf-8")
    ended = sim("run", "bad.yaml", "--runs", "2", "--months", "1")
    assert (ended.status, ended.out) == (65, "")
    assert all(fault.startswith("bad.yaml:") for fault in ended.faults)
    for expected, found in zip(faults, ended.faults, strict=len(faults) > 1 and "&a" not in text):
        assert expected in found
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.yaml"]


@pytest.mark.parametrize("content", [b"\x7fELF\x00\x01", b"title: \xff\xfe", b"\x00" * 9])
def test_what_is_no_text_is_refused(sim: Sim, content: bytes) -> None:
    Path("bad.yaml").write_bytes(content)
    ended = sim("run", "bad.yaml", "--runs", "2")
    assert ended.status == 65
    assert len(ended.faults) == 1
    assert "Traceback" not in ended.err


def test_a_file_too_large_is_refused(sim: Sim) -> None:
    Path("bad.yaml").write_text(HEAD + "# x\n" * 1_100_000)
    assert "larger than" in sim("run", "bad.yaml").err


def test_nesting_without_end_is_refused(sim: Sim) -> None:
    Path("bad.yaml").write_text(f"{HEAD}question: {'[' * 5000}")
    ended = sim("run", "bad.yaml")
    assert (ended.status, len(ended.faults)) == (65, 1)


def test_a_circle_of_bases_is_refused(sim: Sim) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        Path(f"{one}.yaml").write_text(f"extends: {other}\ntitle: T\n")
    ended = sim("run", "a.yaml")
    assert (ended.status, len(ended.faults)) == (65, 1)
    assert "a scenario cannot extend itself: a -> b -> a" in ended.err


def test_a_missing_file_has_a_status_of_its_own(sim: Sim) -> None:
    ended = sim("run", "nowhere.yaml")
    assert (ended.status, ended.err) == (66, "nowhere.yaml: no such file\n")


# Options


@pytest.mark.parametrize(
    ("setting", "status", "words"),
    [
        ("months=x", 65, "--set months=x: months: must be a whole number"),
        ("mnths=3", 65, "unknown key, did you mean months?"),
        ("parameters.nois=3", 65, "did you mean parameters.noise?"),
        ("interventions[0].month=3", 65, "leads nowhere in baseline.yaml"),
        ("months", 2, "has no value; write it as KEY=VALUE"),
    ],
)
def test_a_bad_option_is_one_line(sim: Sim, setting: str, status: int, words: str) -> None:
    ended = sim("run", "baseline", "--runs", "2", "--set", setting)
    assert ended.status == status
    assert words in ended.err


def test_an_option_makes_another_result_that_can_be_compared(sim: Sim) -> None:
    sim("run", "baseline", "--runs", "4", "--months", "2")
    changed = sim(
        "run", "baseline", "--runs", "4", "--months", "2", "--set", "parameters.noise=0.9"
    )
    assert "Baseline (parameters.noise=0.9)" in changed.out
    folders = sorted(str(path) for path in Path("results").iterdir())
    assert len(folders) == 2
    assert sim("compare", *folders).status == 0
