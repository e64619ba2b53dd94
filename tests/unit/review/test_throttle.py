"""Guessing gets slower and slower; one success forgets."""

import pytest

from verifier.review.throttle import FREE_TRIES, LONGEST_WAIT, Throttle


@pytest.fixture
def clock():
    class Clock:
        now = 100.0

        def __call__(self) -> float:
            return self.now

    return Clock()


@pytest.mark.parametrize(
    ("failures", "wait"),
    [(0, 0), (FREE_TRIES - 1, 0), (FREE_TRIES, 1), (FREE_TRIES + 3, 8), (FREE_TRIES + 9, 512), (999, LONGEST_WAIT)],
)
def test_the_wait_doubles_up_to_a_cap(clock, failures, wait):
    throttle = Throttle(clock)
    for _ in range(failures):
        throttle.failed("ana", "10.0.0.1")
    assert throttle.wait("ana") == wait
    assert throttle.wait("another name", "10.0.0.1") == wait
    assert throttle.wait("another name", "10.0.0.2") == 0
    clock.now += wait
    assert throttle.wait("ana") <= 0


def test_success_forgets(clock):
    throttle = Throttle(clock)
    for _ in range(20):
        throttle.failed("ana")
    throttle.succeeded("ana")
    assert throttle.wait("ana") == 0


def test_memory_is_bounded(clock):
    throttle = Throttle(clock)
    for number in range(10_050):
        throttle.failed(f"name {number}")
    assert len(throttle._failures) == 10_000
