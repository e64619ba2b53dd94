"""Processes that share a listening socket: begun again when they end, ended with the one that watches over them."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from verifier.review.processes import can_share

pytestmark = pytest.mark.skipif(not can_share(), reason="no process can be forked here")

TELLS_AND_WAITS = """
import os, signal, time
from verifier.review.processes import Processes

def tell(words):
    os.write(1, f"{words}\\n".encode())  # in one piece, whoever else tells something

def interrupt(*_):
    raise KeyboardInterrupt

def serve(number):
    try:
        tell(str(os.getpid()))
        time.sleep(600)
    finally:
        tell("ended")

signal.signal(signal.SIGTERM, interrupt)
try:
    Processes(2, serve).run()
except KeyboardInterrupt:
    tell("closed")
"""

ENDS_AT_ONCE = """
from verifier.review.processes import Processes

def serve(number):
    raise ValueError("no such thing")

Processes(2, serve).run()
"""


@pytest.fixture
def watched():
    """The watching process, and the ids of the two that serve."""
    process = subprocess.Popen([sys.executable, "-c", TELLS_AND_WAITS], stdout=subprocess.PIPE, text=True)
    serving = [int(process.stdout.readline()) for _ in range(2)]
    yield process, serving
    process.kill()
    process.communicate()
    for one in serving:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


def gone(process: int) -> bool:
    """Whether a process has ended, in the end."""
    for _ in range(3000):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_one_that_is_killed_is_begun_again(watched):
    process, serving = watched
    os.kill(serving[0], signal.SIGKILL)
    assert int(process.stdout.readline()) not in serving


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM])
def test_all_end_in_order_when_the_first_is_asked_to_stop(watched, request_to_stop):
    process, serving = watched
    process.send_signal(request_to_stop)
    out, _ = process.communicate(timeout=300)
    assert out.split() == ["ended", "ended", "closed"]
    assert all(map(gone, serving))


def test_none_outlives_the_first_that_is_killed(watched):
    process, serving = watched
    process.kill()
    process.wait()
    assert all(map(gone, serving))


def test_those_that_end_as_soon_as_they_begin_are_not_begun_for_ever():
    done = subprocess.run([sys.executable, "-c", ENDS_AT_ONCE], capture_output=True, text=True, timeout=300)
    assert done.returncode == 1
    assert "no such thing" in done.stderr
    assert "end as soon as they begin" in done.stderr
