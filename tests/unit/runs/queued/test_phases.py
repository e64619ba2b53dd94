"""A shared run on which no worker reaches the web any more ends as one on a machine without network does."""

import pytest

from tests.support.shared_stores import shared
from tests.support.stores import T0
from verifier.runs.queued.phases import OFFLINE_SECONDS, see_to_run

__all__ = ["shared"]

pytestmark = pytest.mark.postgresql


@pytest.fixture
def night(shared):
    shared.share("http://a.test/1")
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    lease = shared.store.lease.acquire("the night", 60)
    shared.ask("UPDATE shared_run SET phase = 'checking'")
    shared.ask("UPDATE run_shard SET is_open = true")
    shared.store.lease.hand_over(lease, shared.run_id, 60)
    return shared


def is_down(night):
    see_to_run(night.store, night.jobs, 60.0)
    state = night.store.shared_runs.state(night.run_id)
    assert state is not None
    open_shards = night.ask("SELECT count(*) FROM run_shard WHERE is_open")[0][0]
    assert state.network_down is (open_shards == 0)
    return state.network_down


def offline(night, worker, seconds):
    night.store.worker_networks.report(worker, offline=True)
    night.ask(
        f"UPDATE worker_network SET offline_since = now() - interval '{seconds} seconds' WHERE worker = '{worker}'"
    )


def test_a_run_without_workers_waits(night):
    assert not is_down(night)


def test_one_worker_that_reaches_the_web_keeps_it_going(night):
    offline(night, "one", OFFLINE_SECONDS + 60)
    night.store.worker_networks.report("two", offline=False)
    assert not is_down(night)


def test_a_network_that_is_away_for_a_moment_is_waited_for(night):
    offline(night, "one", OFFLINE_SECONDS + 60)
    offline(night, "two", OFFLINE_SECONDS - 60)
    assert not is_down(night)


def test_once_all_were_offline_for_long_nothing_more_is_asked(night):
    offline(night, "one", OFFLINE_SECONDS + 60)
    offline(night, "two", OFFLINE_SECONDS + 60)
    night.ask("UPDATE worker_network SET seen_at = now() - interval '1 hour' WHERE worker = 'two'")
    assert is_down(night)
