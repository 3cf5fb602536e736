"""The compiled loop as a WebAssembly module: python -m tests.arithmetic.wasm MODULE.

Needs ziglang. It runs in a process of its own, with numba set to code for no processor in
particular, whose code of LLVM is then compiled for WebAssembly.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from sim.engine.draws import key
from sim.engine.ensemble import empty_trajectories
from sim.engine.kernel import (
    Trajectories,
    compile_function,
    new_workspace,
    register_functions,
    run_chunk,
)
from sim.planning.compile import Compiled, compile_scenario
from sim.scenario.load import load_scenario

GENERIC = {
    "NUMBA_OPT": "0",
    "NUMBA_CPU_NAME": "generic",
    "NUMBA_CPU_FEATURES": "",
    "NUMBA_LOOP_VECTORIZE": "0",
    "NUMBA_SLP_VECTORIZE": "0",
}
SEED = 2026
PAGE = 65536

Arguments = tuple[Any, ...]


def arguments(compiled: Compiled, runs: int) -> tuple[Arguments, Trajectories]:
    """What the loop is called with, and where it records."""
    recorded = empty_trajectories(compiled.start, runs, compiled.months)
    workspace = new_workspace(compiled.start, compiled.uids)
    given = (compiled.start, compiled.uids, workspace, *key(SEED), 0, recorded)
    return given, recorded


def scenario(name: str, months: int | None = None) -> Compiled:
    loaded = load_scenario(name)
    return compile_scenario(loaded.case, loaded.scenario, months)


def numbers(value: Any, place: Any) -> Iterator[int]:
    """Arguments of the machine code, all as whole numbers; `place` gives an array its address."""
    if isinstance(value, np.ndarray):
        yield from (0, 0, value.size, value.itemsize, place(value))
        yield from (*value.shape, *value.strides)
    elif isinstance(value, tuple):
        for part in value:
            yield from numbers(part, place)
    else:
        yield int(value)


def code_of_llvm() -> str:
    """The loop in the language of LLVM, under the name `kernel`."""
    register_functions()
    loop: Any = compile_function(run_chunk)
    loop(*arguments(scenario("baseline", 2), 1)[0])
    [overload] = loop.overloads.values()
    code = str(overload.library.get_llvm_str())
    code = code.replace(overload.fndesc.llvm_func_name, "kernel")
    code = re.sub(r'"target-(?:cpu|features)"="[^"]*"', "", code)
    code = re.sub(r"^target (?:triple|datalayout) = .*$", "", code, flags=re.MULTILINE)
    return code.replace(" common ", " internal ")


def object_code(code: str) -> tuple[bytes, list[str]]:
    """The object for WebAssembly and the types of what it takes."""
    import llvmlite.binding as llvm

    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple("wasm32-unknown-unknown").create_target_machine(opt=3)
    module = llvm.parse_assembly(code)
    module.triple, module.data_layout = machine.triple, str(machine.target_data)
    for each in [*module.functions, *module.global_variables]:
        if each.name != "kernel" and not each.is_declaration:
            each.linkage = "internal"
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=3))
    builder.getModulePassManager().run(module, builder)
    types = [str(each.type) for each in module.get_function("kernel").arguments]
    return machine.emit_object(module), types


def wrapper(types: list[str]) -> str:
    """C that takes all arguments from one array of 64-bit numbers."""
    c_types = ["void *" if kind.endswith(("*", "ptr")) else "long long" for kind in types]
    given = ", ".join(
        f"({kind})({'unsigned long' if '*' in kind else kind})given[{i}]"
        for i, kind in enumerate(c_types)
    )
    return (
        f"extern int kernel({', '.join(c_types)});\n"
        f'__attribute__((export_name("run"))) int run(long long *given) {{\n'
        f"    return kernel({given});\n}}\n"
    )


def write(target: Path) -> None:
    """Compile and link the module."""
    made, types = object_code(code_of_llvm())
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "kernel.o").write_bytes(made)
        (place / "run.c").write_text(wrapper(types), encoding="ascii")
        command = [sys.executable, "-m", "ziglang", "cc", "-target", "wasm32-wasi", "-O2"]
        command += ["-mexec-model=reactor", "-Wl,--export=__heap_base", "-o", str(target)]
        subprocess.run([*command, place / "run.c", place / "kernel.o"], check=True)


def compile_apart(target: Path) -> None:
    """Compile the module in a process of its own."""
    command = [sys.executable, "-m", "tests.arithmetic.wasm", str(target)]
    subprocess.run(command, check=True, env={**os.environ, **GENERIC})


class Machine:
    """The module in wasmtime."""

    def __init__(self, module: Path) -> None:
        import wasmtime

        engine = wasmtime.Engine()
        self._store = wasmtime.Store(engine)
        self._store.set_wasi(wasmtime.WasiConfig())
        linker = wasmtime.Linker(engine)
        linker.define_wasi()
        code = wasmtime.Module.from_file(engine, str(module))
        self._exports = linker.instantiate(self._store, code).exports(self._store)
        self._memory = self._exports["memory"]
        self._next = self._exports["__heap_base"].value(self._store)

    def _place(self, values: bytes) -> int:
        """Copy bytes into the module's memory; their address there."""
        start = -(-self._next // 16) * 16
        self._next = start + len(values)
        missing = self._next - self._memory.data_len(self._store)
        if missing > 0:
            self._memory.grow(self._store, -(-missing // PAGE))
        self._memory.write(self._store, values, start)
        return start

    def run(self, given: Arguments, recorded: Trajectories) -> None:
        """Run the loop and fill `recorded`."""
        places: dict[int, int] = {}

        def place(array: Any) -> int:
            return places.setdefault(id(array), self._place(array.tobytes()))

        results = self._place(bytes(16)), self._place(bytes(16))
        words = [*results, *numbers(given, place)]
        status = self._exports["run"](self._store, self._place(np.array(words, "u8").tobytes()))
        assert status == 0
        for array in recorded:
            start = places[id(array)]
            found = self._memory.read(self._store, start, start + array.nbytes)
            array[...] = np.frombuffer(found, array.dtype).reshape(array.shape)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
