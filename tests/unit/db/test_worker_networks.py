"""Which workers reach the web: each says so, and one that is silent counts as dead."""

import pytest

from tests.support.shared_stores import shared
from verifier.domains import shard_of

__all__ = ["shared"]

pytestmark = pytest.mark.postgresql


def test_a_worker_is_offline_since_it_first_said_so(shared):
    networks = shared.store.worker_networks
    networks.report("one", offline=False)
    networks.report("two", offline=True)
    shared.ask("UPDATE worker_network SET offline_since = now() - interval '5 minutes' WHERE worker = 'two'")
    networks.report("two", offline=True)
    one, two = networks.alive(60)
    assert (one.worker, one.offline_seconds) == ("one", None)
    assert two.offline_seconds is not None
    assert two.offline_seconds >= 300
    networks.report("two", offline=False)
    assert [worker.offline_since for worker in networks.alive(60)] == [None, None]


def test_a_silent_worker_counts_as_dead_and_one_that_ended_is_forgotten(shared):
    networks = shared.store.worker_networks
    networks.report("one", offline=False)
    networks.report("two", offline=False)
    shared.ask("UPDATE worker_network SET seen_at = now() - interval '5 minutes' WHERE worker = 'one'")
    assert [worker.worker for worker in networks.alive(60)] == ["two"]
    networks.forget("two")
    assert networks.alive(60) == []


def test_hosts_that_answered_in_the_run_may_be_asked(shared):
    shared.share("http://a.test/1", "http://b.test/1", "http://c.test/1")
    for host, answered in (("a.test", True), ("b.test", True), ("c.test", False)):
        shared.ask(
            "INSERT INTO run_host (run_id, host, answered, unresolved, tells) "
            f"VALUES ({shared.run_id}, '{host}', {answered}, false, true)"
        )
    found = shared.store.worker_networks.answered_in_run(shared.run_id, 9)
    assert sorted(found) == ["http://a.test/1", "http://b.test/1"]
    assert len(shared.store.worker_networks.answered_in_run(shared.run_id, 1)) == 1
    assert shard_of("a.test") != shard_of("b.test")
