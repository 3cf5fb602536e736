"""The compiled loop records the same bytes here and in WebAssembly, which knows no C library."""

import hashlib

import pytest

from sim.engine.kernel import Trajectories, compiled
from tests.arithmetic.wasm import Machine, arguments, compile_apart, scenario

SCENARIOS = ("baseline", "human-rights-conditionality", "full-isolation", "asset-tranches")
RUNS = 20


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """The module in wasmtime."""
    for package in ("wasmtime", "ziglang"):
        pytest.importorskip(package, reason="needs the extra [wasm]")
    module = tmp_path_factory.mktemp("wasm") / "kernel.wasm"
    compile_apart(module)
    return Machine(module)


def digests(recorded: Trajectories) -> dict[str, str]:
    """SHA-256 of each recorded array."""
    return {
        name: hashlib.sha256(getattr(recorded, name).tobytes()).hexdigest()
        for name in recorded._fields
    }


@pytest.mark.soak
@pytest.mark.parametrize("name", SCENARIOS)
def test_webassembly_records_the_same_bytes(name: str, machine: Machine) -> None:
    given, native = arguments(scenario(name), RUNS)
    compiled()(*given)
    given, elsewhere = arguments(scenario(name), RUNS)
    machine.run(given, elsewhere)
    assert digests(elsewhere) == digests(native)
