"""The resolved form of a scenario, as it is kept with a result, reads back as the same scenario."""

from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from sim.io.writing import as_yaml
from sim.scenario.load import Loaded
from sim.scenario.schema import Scenario
from sim.scenario.verbs.base import Intervention
from tests.scenarios import load
from tests.worlds import Span, documented, interventions

MONTHS = 60
NUMBERS_IN_WORDS = st.sampled_from(["08", "1e3", "0o7", "0x1F", "NO", "12:30", ".5", "~", "true"])
TEXTS = NUMBERS_IN_WORDS | st.text() | st.from_regex(r"\A[-+.0-9eExo_]{1,6}\Z")
VERBS = st.lists(interventions(documented(), Span(1, MONTHS)), max_size=3)


@given(TEXTS.filter(lambda text: bool(text) and text.isprintable()), TEXTS, TEXTS, VERBS)
@example("08", "1e3", "0o7\n\n no", [])
@example("\xa1", "\x85\u2028", "\ufeff\x00", [])
def test_a_resolved_scenario_reads_back_as_the_same(
    title: str, question: str, description: str, verbs: list[Intervention]
) -> None:
    case = documented()
    scenario = Scenario(
        title=title,
        question=question,
        description=description,
        case=case.id,
        start=case.default_start,
        months=MONTHS,
        interventions=verbs,
    )
    loaded = Loaded("x", scenario, case, case, Path("x.yaml"))
    assert load(as_yaml(loaded.resolved())).scenario == scenario
