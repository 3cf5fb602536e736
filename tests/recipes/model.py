"""The recipes of a quantity of an actor and of a mechanism: schema, rule, schedule and test.

What is new is off in a case that says nothing of it. A case that wants it says so in its data.
"""

from tests.recipes.copy import Copy

QUANTITY = """\
    salience: float = of("weight", "political weight", low=0, given="salience")
    remittances: float = of(
        "US$ m/month", "sent home by those whom the actor hosts", low=0, given="remittances"
    )
"""

RULE_OF_QUANTITY = """\
        + parameters.multiplier_tranches * world.tranches
    )
    for actor in state.actors:
        added += actor.remittances
    return MONTHS_A_YEAR * added / parameters.gdp_value
"""

TEST_OF_QUANTITY = '''\
"""Remittances add to demand."""

from sim.model.rules.economy import demand
from tests.states import near, state


def test_what_is_sent_home_adds_to_output() -> None:
    without, with_some = state({}, [{}]), state({}, [{"remittances": 10.0}])
    parameters = without.parameters[0]
    added = demand(parameters, with_some) - demand(parameters, without)
    assert added == near(120.0 / parameters.gdp_value)
'''

MECHANISM = '''\
"""Illness that follows drought."""

from sim.model.rules.ordinal import clip
from sim.model.state import State


def spread_illness(state: State) -> None:
    """Step 11, after health services have moved: drought takes some of their effect."""
    world = state.world
    parameters = state.parameters[world.parameters]
    lost = parameters.drought_illness * world.drought
    world.next_health = clip(world.next_health - lost, 0.0, 1.0)
'''

PARAMETER = """\
    health_rate: float = of(MONTHLY, "adjustment of health", low=0, high=1)
    drought_illness: float = of(
        "index/month", "health lost in the worst drought", low=0, high=1, absent=0
    )
"""

TEST_OF_MECHANISM = '''\
"""Illness that follows drought."""

import pytest

from sim.model.rules.illness import spread_illness
from tests.states import near, state


@pytest.mark.parametrize(("drought", "health"), [(0.0, 0.5), (0.5, 0.4), (1.0, 0.3)])
def test_drought_takes_from_health(drought: float, health: float) -> None:
    s = state({"next_health": 0.5, "drought": drought}, parameters={"drought_illness": 0.2})
    spread_illness(s)
    assert s.world.next_health == near(health)


def test_it_is_off_where_the_case_says_nothing() -> None:
    s = state({"next_health": 0.5, "drought": 1.0})
    spread_illness(s)
    assert s.world.next_health == 0.5
'''

COLUMN = """\
remittances:
  meaning: "sent home by those whom the actor hosts"
  unit: "US$ m/month"
  kind: number
  assumption: "made up"
  range: {relative: 0.5}
"""


def with_quantity(tree: Copy) -> None:
    """The recipe of a quantity of an actor: two files of the model and a test."""
    tree.replace("sim/model/state.py", QUANTITY.splitlines(True)[0], QUANTITY)
    old = RULE_OF_QUANTITY.splitlines(True)
    tree.replace("sim/model/rules/economy.py", "".join([*old[:2], old[-1]]), RULE_OF_QUANTITY)
    tree.write("tests/unit/rules/test_remittances.py", TEST_OF_QUANTITY)


def with_mechanism(tree: Copy) -> None:
    """The recipe of a mechanism: its rule, its place in the month, its parameter, its test."""
    month, first = "sim/model/rules/month.py", "from sim.model.rules.interventions import"
    tree.write("sim/model/rules/illness.py", MECHANISM)
    tree.replace(month, first, f"from sim.model.rules.illness import spread_illness\n{first}")
    tree.replace(
        month, "    update_health(state)\n", "    update_health(state)\n    spread_illness(state)\n"
    )
    tree.replace("sim/model/parameters.py", PARAMETER.splitlines(True)[0], PARAMETER)
    tree.write("tests/unit/rules/test_illness.py", TEST_OF_MECHANISM)


def with_column(tree: Copy) -> None:
    """Let the case give every actor the quantity."""
    table = tree.root / "seeds" / "afghanistan" / "actors.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    lines = [f"{head},remittances", *(f"{row},20" for row in rows)]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    tree.append("seeds/afghanistan/actors.columns.yaml", COLUMN)
