"""The first call of the compiler, on a thread of its own."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from sim.engine.ensemble import call_in_daemon_thread

LONG = 20.0
"""Seconds after which work that nobody waits for gives up."""


def test_a_call_in_a_daemon_thread_is_over_when_it_returns() -> None:
    done: list[tuple[int, str]] = []
    call_in_daemon_thread(lambda *args: done.append(args), 1, "a")
    assert done == [(1, "a")]


def test_a_call_in_a_daemon_thread_raises_what_the_function_raises() -> None:
    def fail() -> None:
        raise ZeroDivisionError("in the compiler")

    with pytest.raises(ZeroDivisionError, match="in the compiler"):
        call_in_daemon_thread(fail)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """An interrupt is taken, also where whoever started the tests ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_the_waiting_and_not_the_work() -> None:
    stop, ended = threading.Event(), threading.Event()

    def work() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        stop.wait(LONG)
        ended.set()

    with pytest.raises(KeyboardInterrupt):
        call_in_daemon_thread(work)
    assert not ended.is_set()
    stop.set()
    assert ended.wait(LONG)


def test_the_process_need_not_wait_for_the_work() -> None:
    daemons: list[bool] = []
    call_in_daemon_thread(lambda: daemons.append(threading.current_thread().daemon))
    assert daemons == [True]
