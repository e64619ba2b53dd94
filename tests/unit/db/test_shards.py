"""Shards of a shared run: planned in one go, kept under a token that counts up, taken host by host."""

import pytest

from db.fenced_checks import KeptHost
from db.shards import MOST_OF_HOST
from tests.support.shared_stores import shared
from tests.support.stores import T0, checked, day
from verifier.domains import shard_of
from verifier.errors import LeaseLostError
from verifier.model import HostsSeen, RunPhase, ShardToken

__all__ = ["shared"]

pytestmark = pytest.mark.postgresql

A, B = "http://a.test/1", "http://b.test/1"


def epochs(shared):
    return dict(shared.ask("SELECT shard, epoch FROM run_shard WHERE is_open"))


def jobs(shared):
    return shared.ask("SELECT lock, args->>'epoch' FROM {queue}.procrastinate_jobs ORDER BY id")


def test_only_shards_with_due_addresses_get_a_job(shared):
    shared.share(A, B)
    later = [shard_of("b.test"), day(9)]
    shared.ask(f"UPDATE address SET due_at = '{later[1]}' WHERE shard = {later[0]}")
    assert shared.store.shards.plan(shared.run_id, shared.jobs, T0) == 1
    assert jobs(shared) == [(f"shard:{shard_of('a.test')}", "1")]
    assert shared.store.shards.plan(shared.run_id, shared.jobs, day(10)) == 1, "the other one is due by now, too"


def test_planning_again_adds_no_second_job(shared):
    shared.share(A)
    assert shared.store.shards.plan(shared.run_id, shared.jobs, T0) == 1
    assert shared.store.shards.plan(shared.run_id, shared.jobs, T0) == 0
    shared.ask("DELETE FROM {queue}.procrastinate_jobs")
    assert shared.store.shards.plan(shared.run_id, shared.jobs, T0) == 1
    assert jobs(shared) == [(f"shard:{shard_of('a.test')}", "2")], "under a higher epoch"


def test_a_check_is_kept_only_under_the_current_token(shared):
    shared.share(A)
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    old = ShardToken(shared.run_id, shard_of("a.test"), 1)
    shared.store.shards.hand_on(old, shared.jobs)
    with pytest.raises(LeaseLostError):
        shared.store.shards.keep_check(old, checked(A), day(7), T0)
    assert shared.store.links.fetched_in(shared.run_id) == []
    assert shared.store.links.statuses([A]) == {}
    new = ShardToken(shared.run_id, shard_of("a.test"), 2)
    shared.store.shards.keep_check(new, checked(A), day(7), T0)
    assert shared.store.links.fetched_in(shared.run_id) == [A]
    for verb in (shared.store.shards.close, lambda token: shared.store.shards.open(token, T0)):
        with pytest.raises(LeaseLostError):
            verb(old)


def test_a_closed_shard_takes_no_check(shared):
    shared.share(A)
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    token = ShardToken(shared.run_id, shard_of("a.test"), 1)
    shared.store.shards.close(token)
    with pytest.raises(LeaseLostError):
        shared.store.shards.keep_check(token, checked(A), day(7), T0)


def test_what_is_due_is_cited_by_the_run_and_not_fetched_in_it(shared):
    shared.share(A, "http://a.test/2")
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    token = ShardToken(shared.run_id, shard_of("a.test"), 1)
    due = shared.store.shards.due(shared.run_id, token.shard, T0, 500)
    assert [address.url for address in due.addresses] == [A, "http://a.test/2"]
    assert (due.is_all, due.printed) == (True, {A, "http://a.test/2"})
    shared.store.shards.keep_check(token, checked(A), None, T0)  # due again at once, but fetched in this run
    due = shared.store.shards.due(shared.run_id, token.shard, T0, 500)
    assert [address.url for address in due.addresses] == ["http://a.test/2"]
    shared.ask("UPDATE shared_run_document SET fetched = false")
    assert shared.store.shards.due(shared.run_id, token.shard, T0, 500).addresses == ()


def test_what_was_never_checked_in_any_run_is_new(shared):
    sooner = shared.store.runs.begin("run", ["papers"], T0).id
    shared.share(A, "http://a.test/2")
    shared.store.links.record_check(sooner, checked(A), None, T0)
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    due = shared.store.shards.due(shared.run_id, shard_of("a.test"), T0, 500)
    assert len(due.addresses) == 2
    assert due.new == {"http://a.test/2"}


def test_the_budget_of_a_host_counts_the_whole_run(shared):
    shared.share(*(f"http://a.test/{n}" for n in range(5)))
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    token = ShardToken(shared.run_id, shard_of("a.test"), 1)
    shared.store.shards.keep_check(token, checked("http://a.test/0"), day(7), T0)
    due = shared.store.shards.due(shared.run_id, token.shard, T0, 3)
    assert [address.url for address in due.addresses] == ["http://a.test/1", "http://a.test/2"]
    assert shared.store.shards.left(shared.run_id, T0, 3) == (2, 2)


def test_a_host_of_many_addresses_comes_after_those_that_were_asked_less(shared):
    many = [f"http://big.a.test/{n:04}" for n in range(MOST_OF_HOST + 10)]
    few = [f"http://small-{n}.a.test/" for n in range(5)]
    shared.share(*many, *few)
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    token = ShardToken(shared.run_id, shard_of("a.test"), 1)
    due = shared.store.shards.due(shared.run_id, token.shard, T0, 10_000)
    assert sum(address.host == "big.a.test" for address in due.addresses) == MOST_OF_HOST
    assert not due.is_all
    assert [address.url for address in due.addresses[:5]] == few, "the fewest first"
    for url in many[:3]:
        shared.store.shards.keep_check(token, checked(url), day(7), T0)
    due = shared.store.shards.due(shared.run_id, token.shard, T0, 10_000)
    assert [address.url for address in due.addresses[:5]] == few, "those that nobody asked yet come first"


def test_many_addresses_that_nobody_cites_any_more_hide_none_behind_them(shared):
    shared.share("http://a.test/last", "http://b.a.test/")
    shared.ask(
        "INSERT INTO address (url, host, due_at, shard) SELECT 'http://a.test/0' || n, 'a.test', NULL, "
        f"{shard_of('a.test')} FROM generate_series(1, {3 * MOST_OF_HOST}) AS n"
    )
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    due = shared.store.shards.due(shared.run_id, shard_of("a.test"), T0, 10_000)
    assert {address.url for address in due.addresses} == {"http://a.test/last", "http://b.a.test/"}
    assert due.is_all
    token = ShardToken(shared.run_id, shard_of("a.test"), 1)
    shared.store.shards.keep_check(token, checked("http://b.a.test/"), day(7), T0)
    due = shared.store.shards.due(shared.run_id, shard_of("a.test"), T0, 10_000)
    assert [address.url for address in due.addresses] == ["http://a.test/last"]


def test_the_health_of_hosts_is_counted_over_all_shards(shared):
    shared.share(A, B)
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    silent = KeptHost(answered=False, unresolved=True, tells=True)
    a, b = (ShardToken(shared.run_id, shard_of(host), 1) for host in ("a.test", "b.test"))
    shared.store.shards.keep_check(a, checked(A), None, T0, host=silent, kept_bytes=10)
    shared.store.shards.keep_check(b, checked(B), None, T0, host=silent, kept_bytes=5)
    assert shared.store.shards.hosts_seen(shared.run_id) == HostsSeen(2, 2, 2)
    shared.store.shards.keep_check(b, checked(B), None, T0, host=KeptHost(True, False, True))
    assert shared.store.shards.hosts_seen(shared.run_id) == HostsSeen(2, 1, 1)
    assert shared.store.shards.kept_bytes(shared.run_id) == 15


def test_hosts_that_do_not_tell_count_only_where_no_other_does(shared):
    shared.share(A, B)
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    a, b = (ShardToken(shared.run_id, shard_of(host), 1) for host in ("a.test", "b.test"))
    shared.store.shards.keep_check(a, checked(A), None, T0, host=KeptHost(False, False, False))
    assert shared.store.shards.hosts_seen(shared.run_id) == HostsSeen(1, 1, 0)
    shared.store.shards.keep_check(b, checked(B), None, T0, host=KeptHost(True, False, True))
    assert shared.store.shards.hosts_seen(shared.run_id) == HostsSeen(1, 0, 0)


def test_jobs_that_keep_nothing_are_counted(shared):
    shared.share(A)
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    token = ShardToken(shared.run_id, shard_of("a.test"), 1)
    assert [shared.store.shards.open(token, T0) for _ in range(3)] == [1, 2, 3]
    shared.store.shards.keep_check(token, checked(A), None, T0)
    assert shared.store.shards.open(token, T0) == 1


def test_a_run_that_another_one_follows_writes_no_more(shared):
    shared.share(A)
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    lease = shared.store.lease.acquire("workers", 60)
    shared.store.lease.hand_over(lease, shared.run_id, 60)
    shared.ask("UPDATE run_lease SET expires_at = now()")
    shared.store.lease.acquire("a local run", 60)
    with pytest.raises(LeaseLostError):
        shared.store.shards.keep_check(ShardToken(shared.run_id, shard_of("a.test"), 1), checked(A), None, T0)
    state = shared.store.shared_runs.state(shared.run_id)
    assert state is not None
    assert state.phase is RunPhase.ENDED
