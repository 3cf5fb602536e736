"""`sim case`: what it says of the parameters, and where those of a start are."""

from tests.unit.cli.conftest import Sim


def test_parameters_say_where_those_of_a_start_are(sim: Sim) -> None:
    ended = sim("case", "parameters")
    names = [line.split()[0] for line in ended.out.splitlines() if line]
    assert "dead_band" in names
    assert "target_share" not in names
    last = ended.out.splitlines()[-1]
    assert last.startswith("Every start has its own target_share and revenue_need: ")
    command = last.partition(": ")[2].removeprefix("sim ").split()
    shown = sim(*command).out
    assert "\ntarget_share (target): 0.75 share" in shown
    assert "\nrevenue_need (Need₀): 250 US$ m/month" in shown
