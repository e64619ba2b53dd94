"""The lease of a store: one holder at a time, over all machines, and nothing kept of one that lost it."""

import pytest

from db.sessions import fenced
from tests.support.shared_stores import shared
from tests.support.stores import T0
from verifier.errors import LeaseLostError, StoreBusyError

__all__ = ["shared"]

pytestmark = pytest.mark.postgresql


def lapse(shared):
    shared.ask("UPDATE run_lease SET expires_at = now() - interval '1 second'")


def test_one_holder_at_a_time(shared):
    lease = shared.store.lease.acquire("one", 60)
    with pytest.raises(StoreBusyError, match=r"\(one\)"):
        shared.store.lease.acquire("two", 60)
    shared.store.lease.release(lease)
    assert shared.store.lease.acquire("two", 60).token == lease.token + 1


def test_a_lease_that_lapsed_is_anybodys(shared):
    first = shared.store.lease.acquire("one", 60)
    lapse(shared)
    assert shared.store.lease.renew(first, 60), "nobody has taken it yet"
    lapse(shared)
    second = shared.store.lease.acquire("two", 60)
    assert not shared.store.lease.renew(first, 60)
    shared.store.lease.release(first)  # lets nobody in
    with pytest.raises(StoreBusyError):
        shared.store.lease.acquire("three", 60)
    assert shared.store.lease.renew(second, 60)


def test_nothing_is_kept_of_a_run_that_lost_its_lease(shared):
    first = shared.store.lease.acquire("one", 60)
    with fenced(shared.store.lease.fence(first)):
        shared.store.runs.begin("run", ["a"], T0)
        lapse(shared)
        shared.store.lease.renew(first, 60)
        shared.store.runs.begin("run", ["b"], T0)
        lapse(shared)
    shared.store.lease.acquire("two", 60)
    with fenced(shared.store.lease.fence(first)), pytest.raises(LeaseLostError, match="took over"):
        shared.store.runs.begin("run", ["c"], T0)
    latest = shared.store.runs.latest()
    assert latest is not None
    assert latest.inputs == ("b",)
    shared.store.runs.begin("run", ["d"], T0)  # without a fence


def test_workers_renew_the_lease_of_their_run(shared):
    lease = shared.store.lease.acquire("the night", 60)
    assert not shared.store.lease.renew_for(7, 60)
    shared.store.lease.hand_over(lease, 7, 60)
    assert shared.store.lease.renew_for(7, 60)
    shared.store.lease.release(lease)  # it is the workers' by now
    with pytest.raises(StoreBusyError, match="workers of run 7"):
        shared.store.lease.acquire("another", 60)
