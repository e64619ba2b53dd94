import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

from verifier.resolver import HostRateLimiter


def test_one_at_a_time_per_host_and_a_pause_between() -> None:
    turns, pause = HostRateLimiter(0.02), 0.02
    spans: list[tuple[float, float]] = []

    def ask(_: int) -> None:
        with turns.turn("host"):
            start = time.monotonic()
            time.sleep(0.005)
            spans.append((start, time.monotonic()))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))
    spans.sort()
    assert all(start - end >= pause * 0.99 for (_, end), (start, _) in pairwise(spans))


def test_hosts_do_not_wait_for_each_other() -> None:
    turns, met = HostRateLimiter(3600), threading.Barrier(2, timeout=300)

    def ask(host: str) -> None:
        with turns.turn(host):
            met.wait()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ask, ("one", "other")))


def test_a_host_that_asks_to_wait_is_left_alone() -> None:
    turns = HostRateLimiter(0)
    turns.postpone("host", 0.05)
    started = time.monotonic()
    with turns.turn("host"):
        assert time.monotonic() - started >= 0.049


def test_a_turn_ends_when_its_work_fails() -> None:
    turns = HostRateLimiter(0)
    try:
        with turns.turn("host"):
            raise ValueError
    except ValueError:
        pass
    with turns.turn("host"):
        pass


def test_idle_hosts_are_forgotten() -> None:
    turns = HostRateLimiter(0)
    for number in range(3000):
        with turns.turn(f"host-{number}"):
            pass
    assert len(turns._hosts) <= 1001
