"""A host's turn over all workers: held by one connection, free when it goes, and not again before its pause."""

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
    assert one.take("a.test")
    assert not other.take("a.test")
    assert other.take("b.test")
    one.end("a.test", None)
    assert other.take("a.test")


def test_a_host_is_left_alone_for_its_pause_whoever_asks(one, other):
    assert one.take("a.test")
    assert one.start("a.test", LONG) == 0.0
    one.end("a.test", LONG)
    assert other.take("a.test")
    assert LONG - 600 < other.start("a.test", LONG) <= LONG


def test_the_pause_is_kept_of_a_worker_that_died_in_a_request(one, other):
    assert one.take("a.test")
    assert one.start("a.test", LONG) == 0.0
    one.close()
    wait_until(lambda: other.take("a.test"))
    assert other.start("a.test", LONG) > 0


def test_a_host_that_was_not_asked_is_free(one, other):
    assert one.take("a.test")
    one.end("a.test", None)
    assert other.take("a.test")
    assert other.start("a.test", LONG) == 0.0


def test_silence_is_wanted_of_all_and_never_shortened(one, other):
    one.postpone("a.test", LONG)
    one.postpone("a.test", 1.0)
    assert other.take("a.test")
    assert other.start("a.test", 0.0) > LONG - 600


def test_the_smallest_gap_is_noted(shared, one):
    for _ in range(3):
        assert one.take("a.test")
        while one.start("a.test", 0.2) > 0:
            pass
        one.end("a.test", 0.2)
    gap = shared.ask("SELECT smallest_gap FROM host_turn")[0][0]
    assert gap >= 0.2


def test_a_lost_connection_is_followed_by_another(shared, one, other):
    assert one.take("a.test")
    shared.ask("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
    one.end("a.test", 0.0)  # nothing to say: the lock went with the connection
    wait_until(lambda: other.take("a.test"))
    other.end("a.test", None)
    assert one.take("a.test")


def test_who_gives_no_sign_of_life_loses_its_hosts_and_is_told_before_it_sends(one, other):
    assert one.take("a.test")
    assert one.start("a.test", 0.0) == 0.0
    assert not other.free("a.test", LONG), "it is alive"
    assert one.confirm("a.test", 0.0)
    wait_until(lambda: other.free("a.test", 0.05))
    wait_until(lambda: other.take("a.test"))
    with pytest.raises(StoreError):
        one.confirm("a.test", LONG)
    assert not one.confirm("a.test", LONG), "on a new connection nothing is taken"
    assert other.start("a.test", 0.0) == 0.0, "and no pause was written"


def test_a_sign_of_life_keeps_what_is_taken(one, other):
    assert one.take("a.test")
    one.beat()
    assert not other.free("a.test", 60.0)
    assert not other.free("b.test", 0.0)
    other.take("b.test")
    assert not other.free("b.test", 0.0), "never its own"


def test_what_is_sent_late_has_its_pause_from_then_on(shared, one, other):
    assert one.take("a.test")
    assert one.start("a.test", 0.0) == 0.0
    assert one.confirm("a.test", LONG)
    one.close()
    wait_until(lambda: other.take("a.test"))
    assert other.start("a.test", LONG) > LONG - 600
