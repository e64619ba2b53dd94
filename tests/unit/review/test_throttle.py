"""Guessing gets slower and slower; one success forgets."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from verifier.review.throttle import FREE_TRIES, FREE_TRIES_OF_CLIENT, LONGEST_WAIT, Throttle


@pytest.fixture
def clock():
    class Clock:
        now = 100.0

        def __call__(self) -> float:
            return self.now

    return Clock()


def throttle_at(folder, clock) -> Throttle:
    return Throttle(folder / "throttle", clock)


ANA = ("ana", "10.0.0.1")


@pytest.mark.parametrize(
    ("failures", "wait"),
    [(0, 0), (FREE_TRIES - 1, 0), (FREE_TRIES, 1), (FREE_TRIES + 3, 8), (FREE_TRIES + 9, 512), (999, LONGEST_WAIT)],
)
def test_the_wait_doubles_up_to_a_cap(tmp_path, clock, failures, wait):
    throttle = throttle_at(tmp_path, clock)
    for _ in range(failures):
        throttle.failed("ana", "10.0.0.1")
    assert throttle.wait("ana") == wait
    assert throttle.wait("another name", "10.0.0.1") == wait
    assert throttle.wait("another name", "10.0.0.2") == 0
    clock.now += wait
    assert throttle.wait("ana") <= 0


def test_success_forgets(tmp_path, clock):
    throttle = throttle_at(tmp_path, clock)
    for _ in range(20):
        throttle.failed("account ana")
    throttle.succeeded(*ANA)
    assert throttle.wait("account ana") == 0


def test_guesses_from_many_clients_at_one_account_are_slowed_down(tmp_path, clock):
    throttle = throttle_at(tmp_path, clock)
    for number in range(FREE_TRIES):
        throttle.failed(*throttle.keys("ana", f"10.0.0.{number}"))
    assert throttle.wait(*throttle.keys("ana", "10.9.9.9")) > 0
    assert throttle.wait(*throttle.keys("ben", "10.9.9.9")) == 0


def test_guesses_of_strangers_do_not_lock_out_who_came_in_before(tmp_path, clock):
    throttle = throttle_at(tmp_path, clock)
    throttle.succeeded(*ANA)
    for _ in range(50):
        throttle.failed(*throttle.keys("ana", "203.0.113.9"))
    assert throttle.wait(*throttle.keys("ana", "203.0.113.9")) > 0
    assert throttle.wait(*throttle.keys(*ANA)) == 0


def test_a_client_that_guesses_at_many_accounts_is_slowed_down_and_an_account_of_its_own_frees_it_not(tmp_path, clock):
    throttle = throttle_at(tmp_path, clock)
    for number in range(FREE_TRIES_OF_CLIENT + 3):
        throttle.failed(*throttle.keys(f"user {number}", "203.0.113.9"))
    throttle.succeeded("own", "203.0.113.9")
    assert throttle.wait(*throttle.keys("another", "203.0.113.9")) > 0
    assert throttle.wait(*throttle.keys("another", "203.0.113.8")) == 0


def test_memory_is_bounded(tmp_path, clock):
    throttle = throttle_at(tmp_path, clock)
    throttle.failed(*(f"name {number}" for number in range(10_050)))
    with (tmp_path / "throttle").open() as file:
        assert len(json.load(file)["failures"]) == 10_000


def test_all_processes_of_a_desk_count_together(tmp_path, clock):
    one, other = throttle_at(tmp_path, clock), throttle_at(tmp_path, clock)
    for _ in range(FREE_TRIES):
        assert one.try_now(*ANA) == 0
    assert other.try_now(*ANA) > 0
    clock.now += LONGEST_WAIT
    other.succeeded("ana", "10.0.0.7")
    assert one.keys("ana", "10.0.0.7")[0] == "account ana at 10.0.0.7"


def test_guesses_sent_all_at_once_are_counted_one_by_one(tmp_path, clock):
    throttle = throttle_at(tmp_path, clock)
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: throttle.try_now("account ana"), range(24)))
    assert sum(wait <= 0 for wait in waits) == FREE_TRIES
