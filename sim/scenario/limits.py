"""What the numbers of a month must meet together for the model to be defined (model 7.1, 10)."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sim.scenario.rows import CannotCompile, MonthlyRows

Records = npt.NDArray[np.void]


def rates_below_one(what: str, up: float, down: float) -> Iterator[str]:
    """One uniform draw decides up and down, so both chances must fit into it."""
    if up + down >= 1.0:
        yield f"{what}: {up:g} up and {down:g} down a month; together they must stay below 1"


def faults_of_month(parameters: np.void, policies: Records, projects: Records) -> Iterator[str]:
    """What is wrong with the numbers of one month."""
    falls = max(float(policies["descent_rate"].max()), float(parameters["exit_rate"]))
    yield from rates_below_one(
        "climb_rate and descent_rate or exit_rate", parameters["climb_rate"], falls
    )
    settling = 1.0 + parameters["settling_factor"]
    yield from rates_below_one(
        "concession_rate and tightening_rate of a new authority",
        settling * parameters["concession_rate"],
        settling * parameters["tightening_rate"],
    )
    yield from rates_below_one(
        "asset_up_rate and asset_down_rate",
        parameters["asset_up_rate"],
        parameters["asset_down_rate"],
    )
    for project in projects:
        yield from rates_below_one("a project's rates", project["up_rate"], project["down_rate"])
    shares = [parameters[f"share_to_{name}"] for name in ("reserves", "debt", "relief")]
    if abs(sum(shares) - 1.0) > 1e-12:
        shown = ", ".join(f"{share:g}" for share in shares)
        yield f"share_to_reserves, share_to_debt and share_to_relief: {shown} do not add up to 1"
    if parameters["rerouting_least"] > parameters["rerouting_most"]:
        yield "rerouting_least lies above rerouting_most"


def check_limits(title: str, rows: MonthlyRows, projects: Records) -> None:
    """Raise CannotCompile with what is wrong in `title`, and from which month on.

    Every pattern of conditions is looked at, met or not in any run.
    """
    faults: dict[str, int] = {}
    seen: set[bytes] = set()
    places = np.concatenate([rows.parameters_of[:, :, None], rows.policy_of], axis=2)
    for month in range(1, places.shape[1] + 1):
        for own in places[:, month - 1]:
            if own.tobytes() in seen:
                continue
            seen.add(own.tobytes())
            policies = rows.policies[own[1:]]
            for fault in faults_of_month(rows.parameters[own[0]], policies, projects):
                faults.setdefault(fault, month)
    if faults:
        lines = [f"{title}: from month {month}: {fault}" for fault, month in faults.items()]
        raise CannotCompile("\n".join(lines))
