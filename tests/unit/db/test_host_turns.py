"""A host's turn over all workers: held by one connection, free when it goes, and not again before its pause."""

import threading
import time
from uuid import uuid4

import pytest

from tests.support.shared_stores import shared
from tests.support.waiting import wait_until
from verifier.errors import StoreError

__all__ = ["shared"]

pytestmark = pytest.mark.postgresql

LONG = 3600.0


@pytest.fixture
def one(shared):
    turns = shared.store.host_turns(0.1)
    yield turns
    turns.close()


@pytest.fixture
def other(shared):
    turns = shared.store.host_turns(0.1)
    yield turns
    turns.close()


def test_one_worker_at_a_time(one, other):
    assert one.begin("a.test", 0.0) == 0.0
    assert other.begin("a.test", 0.0) is None
    assert other.begin("b.test", 0.0) == 0.0
    one.end("a.test", None)
    assert other.begin("a.test", 0.0) == 0.0


def test_a_host_is_left_alone_for_its_pause_whoever_asks(one, other):
    assert one.begin("a.test", LONG) == 0.0
    one.end("a.test", LONG)
    assert LONG - 600 < other.begin("a.test", LONG) <= LONG
    assert one.begin("a.test", LONG) is None, "it is the other's while that waits"
    assert LONG - 600 < other.start("a.test", LONG) <= LONG
    other.end("a.test", None)
    assert LONG - 600 < one.begin("a.test", LONG) <= LONG


def test_the_pause_is_kept_of_a_worker_that_died_in_a_request(one, other):
    assert one.begin("a.test", LONG) == 0.0
    one.close()
    wait_until(lambda: other.begin("a.test", LONG) is not None)
    assert other.start("a.test", LONG) > 0


def test_a_host_that_was_not_asked_is_free(one, other):
    one.postpone("a.test", 0.0)
    assert one.begin("a.test", 0.0) == 0.0
    one.end("a.test", None)
    assert other.begin("a.test", LONG) == 0.0


def test_silence_is_wanted_of_all_and_never_shortened(one, other):
    one.postpone("a.test", LONG)
    one.postpone("a.test", 1.0)
    assert other.begin("a.test", 0.0) > LONG - 600


def test_the_smallest_gap_is_noted(shared, one):
    for _ in range(3):
        wait = one.begin("a.test", 0.2)
        while wait > 0:
            wait = one.start("a.test", 0.2)
        one.end("a.test", 0.2)
    gap = shared.ask("SELECT smallest_gap FROM host_turn")[0][0]
    assert gap >= 0.2


def test_a_lost_connection_is_followed_by_another(shared, one, other):
    host = f"{uuid4().hex}.test"  # of no other test: advisory locks are the whole database's
    assert one.begin(host, 0.0) == 0.0
    assert other.free(host, -1.0)
    one.end(host, 0.0)  # nothing to say: the lock went with the connection
    wait_until(lambda: other.begin(host, 0.0) is not None)
    other.end(host, None)
    assert one.begin(host, 0.0) == 0.0


def test_who_gives_no_sign_of_life_loses_its_hosts_and_is_told_before_it_sends(one, other):
    host = f"{uuid4().hex}.test"
    assert one.begin(host, 0.0) == 0.0
    assert not other.free(host, LONG), "it is alive"
    assert one.confirm(host, 0.0)
    wait_until(lambda: other.free(host, 0.05))
    wait_until(lambda: other.begin(host, 0.0) == 0.0)
    with pytest.raises(StoreError):
        one.confirm(host, LONG)
    assert not one.confirm(host, LONG), "on a new connection nothing is taken"
    other.end(host, None)
    assert other.begin(host, 0.0) == 0.0, "and no pause was written"


def test_a_sign_of_life_keeps_what_is_taken(one, other):
    host = f"{uuid4().hex}.test"
    assert one.begin(host, 0.0) == 0.0
    one.beat()
    another = f"{uuid4().hex}.test"
    assert not other.free(host, 60.0)
    assert not other.free(another, 0.0)
    other.begin(another, 0.0)
    assert not other.free(another, 0.0), "never its own"


def test_what_is_sent_late_has_its_pause_from_then_on(shared, one, other):
    host = f"{uuid4().hex}.test"
    assert one.begin(host, 0.0) == 0.0
    assert one.confirm(host, LONG)
    one.close()
    wait_until(lambda: (other.begin(host, LONG) or 0.0) > LONG - 600)


def test_workers_that_race_for_a_host_never_ask_it_together_nor_within_its_pause(shared):
    began, ended, guard, pause = [], [], threading.Lock(), 0.02

    def ask(times):
        turns = shared.store.host_turns(0.0)
        for _ in range(times):
            while (wait := turns.begin("a.test", pause)) is None:
                pass
            while wait > 0:
                wait = turns.start("a.test", pause)
            with guard:
                began.append(time.monotonic())
            with guard:
                ended.append(time.monotonic())
            turns.end("a.test", pause)
        turns.close()

    workers = [threading.Thread(target=ask, args=(15,)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(began) == 60
    assert all(later - sooner >= pause for sooner, later in zip(ended, began[1:], strict=False))
    assert began == sorted(began)
    assert all(sooner < later for sooner, later in zip(ended, began[1:], strict=False)), "one at a time"
