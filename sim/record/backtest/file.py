"""What `backtest.yaml` of a case may say."""

from sim.case.numbers import Strict
from sim.record.backtest.amounts import AmountFile
from sim.record.backtest.rungs import RungFile
from sim.scenario.names import Name


class BacktestFile(Strict):
    """`backtest.yaml`: rungs of a panel, amounts of the hindcast, fits of `patterns.yaml`.

    `says` tells what was known when the numbers were set, so that nobody takes calibration for a
    test.
    """

    says: Name
    rungs: RungFile | None = None
    amounts: AmountFile | None = None
    counts: list[Name] = []
