"""The compiled loop adds and multiplies apart, and calls no function that a C library rounds."""

import re
from collections.abc import Callable
from typing import Any

import numba
import pytest

from sim.engine.draws import key
from sim.engine.ensemble import empty_trajectories
from sim.engine.kernel import compile_function, new_workspace, register_functions, run_chunk
from sim.model import arithmetic
from sim.planning.compile import compile_scenario
from sim.scenario.load import load_scenario

FUSED = re.compile(r"^\s*(v?fn?m(?:add|sub|addsub|subadd)\w*|fn?m[ls][as]\w*)\b", re.MULTILINE)
"""A fused multiply-add by its name on x86 (vfmadd213sd) or on ARM (fmadd, fmla)."""

LIBRARY = re.compile(r"\b(?:numba_)?(exp|exp2|log|log2|pow|cos|sin|tan|ldexp|fma|fmod)f?\b")
"""A function of a C library whose bits are its own; `floor` and the like have one result."""

CALLED = re.compile(
    r"^\s*(?:callq?|jmpq?|bl|b)\s+\*?([\w.$@]+)|movabsq?\s+\$([\w.$@]+),", re.MULTILINE
)

LOOSE = re.compile(r"= f\w+ (?:\w+ )*?(fast|contract|reassoc|afn|arcp|nnan|ninf|nsz)\b")
"""An operation of LLVM that need not be rounded as IEEE 754 has it."""


def faults(assembly: str, code: str) -> set[str]:
    """What there is in the assembly and in the code of LLVM that may have other bits elsewhere."""
    called = {name for pair in CALLED.findall(assembly) for name in pair if LIBRARY.search(name)}
    inner = set(re.findall(r"@(llvm\.(?:fma|fmuladd|exp|log|pow|cos|sin|ldexp)\w*)", code))
    return {*FUSED.findall(assembly), *called, *inner, *LOOSE.findall(code)}


def compiled_texts(function: Any) -> tuple[str, str]:
    """The assembly and the code of LLVM of a function that has one set of types."""
    [assembly], [code] = function.inspect_asm().values(), function.inspect_llvm().values()
    return assembly, code


def texts_of(function: Callable[..., Any], **options: Any) -> tuple[str, str]:
    """The texts of a function of two numbers, compiled for a processor that can fuse."""
    made: Any = numba.njit(**options)(function)
    made.compile("float64(float64, float64)")
    return compiled_texts(made)


def powers(base: float, exponent: float) -> float:
    return arithmetic.power(base, exponent) + arithmetic.exponential(exponent)


def with_library(base: float, exponent: float) -> float:
    return float(base**exponent)


def multiplied_and_added(first: float, second: float) -> float:
    return first * second + first


def test_powers_and_exponentials_are_compiled_as_they_are_written() -> None:
    register_functions()
    assembly, code = texts_of(powers, error_model="numpy")
    assert re.search(r"\bv?mulsd\b|\bfmul\b", assembly)
    assert faults(assembly, code) == set()


def test_a_loose_operation_and_a_function_of_a_library_are_seen() -> None:
    assert "fast" in faults(*texts_of(multiplied_and_added, fastmath=True))
    assert faults(*texts_of(multiplied_and_added)) == set()
    assert any("pow" in fault for fault in faults(*texts_of(with_library)))


@pytest.mark.parametrize(
    "line",
    [
        "\tvfmadd213sd\t%xmm0, %xmm1, %xmm2",
        "\tvfnmsub231pd\t(%rax), %ymm1, %ymm2",
        "\tfmadd\td0, d1, d2, d0",
        "\tfmla\tv0.2d, v1.2d, v2.2d",
        "\tcallq\texp@PLT",
        "\tmovabsq\t$pow, %rax",
        "\tmovabsq\t$numba_ldexp, %rax",
        "\tbl\tcos",
    ],
)
def test_a_line_of_machine_code_is_seen(line: str) -> None:
    assert len(faults(f"\tmulsd\t%xmm1, %xmm0\n{line}\n", "")) == 1


@pytest.mark.parametrize(
    "line", ["\tcallq\tfloor@PLT", "\tmulsd\t%xmm1, %xmm0", "\tfmul\td0, d1, d2"]
)
def test_what_has_one_result_passes(line: str) -> None:
    assert faults(f"{line}\n", "%1 = fmul double %2, %3\n") == set()


@pytest.mark.soak
def test_the_whole_loop_is_compiled_as_it_is_written() -> None:
    loaded = load_scenario("baseline")
    start = compile_scenario(loaded.case, loaded.scenario, 2)
    register_functions()
    loop: Any = compile_function(run_chunk)
    workspace = new_workspace(start.start, start.uids)
    recorded = empty_trajectories(start.start, 1, start.months)
    loop(start.start, start.uids, workspace, *key(5), 0, recorded)
    assembly, code = compiled_texts(loop)
    assert assembly.count("mulsd") > 100 or assembly.count("fmul") > 100
    assert faults(assembly, code) == set()
