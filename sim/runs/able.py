"""Which points of a study cannot be run, told before any is."""

from collections.abc import Iterator

from sim.io.errors import CannotCompile
from sim.runs.task import tools
from sim.study.plan import Planned
from sim.study.points import Point
from sim.study.ready import TITLE


def faults_of_points(planned: Planned) -> Iterator[tuple[Point, str]]:
    """Points whose numbers make no start, and why; each point takes some microseconds."""
    plans, prepare = planned.common.plans, tools().prepare
    for point in planned.points:
        try:
            plans.ready(point.scenario, point.change, prepare)
        except CannotCompile as error:
            yield point, str(error).replace(f"{TITLE}: ", "")
