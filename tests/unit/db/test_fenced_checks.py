"""A check kept in one statement leaves what the statements of a local night leave, and nothing under a void token."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from db.fenced_checks import KeptHost
from tests.support.shared_stores import shared
from tests.support.stores import T0, checked, day
from verifier.domains import shard_of
from verifier.errors import LeaseLostError, StoreDataError
from verifier.model import ArchivedResponse, DescribedWork, LinkReason, LinkStatus, ShardToken, Witness

__all__ = ["shared"]

pytestmark = pytest.mark.postgresql

A, B = "http://a.test/1", "http://a.test/2"
_TABLES = ("address", "text", '"fetch"', "snapshot")


def _full(url):
    check = checked(url, body="Wells \x00 of \ud800 the district, \u00fcber 5.")
    judgement = replace(check.judgement, missing_fragments=("part\x00",), witness=Witness.EARLIER_CAPTURE)
    again = ArchivedResponse(1, f"{url}?\x00", "b.warc.gz", 5_000_000_000, "sha-1")
    work = DescribedWork(site="A survey \x00 of wells")
    text = replace(check.text, title="T\x00", work=work)
    return replace(check, judgement=judgement, snapshots=(*check.snapshots, again), text=text)


CHECKS = [
    pytest.param(_full(A), id="everything, with what no database holds"),
    pytest.param(checked(A, LinkStatus.BROKEN, LinkReason.NOT_FOUND), id="no text"),
    pytest.param(replace(checked(A), snapshots=()), id="nothing archived"),
    pytest.param(checked(A, body="long " * 5000), id="a long text"),
]


@pytest.fixture
def token(shared):
    shared.share(A, B)
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    return ShardToken(shared.run_id, shard_of("a.test"), 1)


def _rows(shared):
    return {table: sorted(map(str, shared.ask(f"SELECT * FROM {table}"))) for table in _TABLES}


@pytest.mark.parametrize("check", CHECKS)
def test_what_is_kept_is_what_a_local_night_keeps(shared, token, check):
    shared.store.links.record_check(token.run_id, check, day(7), T0)
    expected = _rows(shared)
    shared.ask('TRUNCATE snapshot, "fetch", text RESTART IDENTITY CASCADE')
    shared.ask("UPDATE address SET due_at = NULL")
    shared.store.shards.keep_check(token, check, day(7), T0)
    assert _rows(shared) == expected
    assert shared.ask("SELECT fetched, barren FROM run_shard WHERE is_open") == [(1, 0)]


@pytest.mark.parametrize("body", ["short", "long " * 5000])
def test_a_text_that_is_there_is_kept_once(shared, token, body):
    for url in (A, B, A):
        shared.store.shards.keep_check(token, checked(url, body=body), day(7), T0)
    assert shared.ask("SELECT count(*) FROM text") == [(1,)]
    assert shared.ask('SELECT count(DISTINCT text_id), count(*), max(attempt) FROM "fetch"') == [(1, 3, 2)]


def test_one_text_from_many_shards_at_once_is_kept_once_and_by_all(shared):
    hosts = [f"h{n}.test" for n in range(8)]
    shared.share(*(f"http://{host}/{n}" for host in hosts for n in range(5)))
    shared.store.shards.plan(shared.run_id, shared.jobs, T0)
    start = threading.Barrier(len(hosts))

    def keep(host):
        for n in range(5):
            start.wait(60)
            check = checked(f"http://{host}/{n}", body=f"The same page {n}")
            shared.store.shards.keep_check(ShardToken(shared.run_id, shard_of(host), 1), check, day(7), T0)

    with ThreadPoolExecutor(len(hosts)) as pool:
        list(pool.map(keep, hosts))
    assert shared.ask('SELECT count(*), count(text_id), count(DISTINCT text_id) FROM "fetch"') == [(40, 40, 5)]


def test_nothing_is_kept_under_a_void_token(shared, token):
    before = _rows(shared)
    host = KeptHost(answered=True, unresolved=False, tells=True)
    for void in (replace(token, epoch=2), replace(token, shard=(token.shard + 1) % 256), replace(token, run_id=99)):
        with pytest.raises(LeaseLostError):
            shared.store.shards.keep_check(void, _full(A), day(7), T0, host=host, kept_bytes=5)
    assert _rows(shared) == before
    assert shared.ask("SELECT count(*) FROM run_host") == [(0,)]


def test_a_value_that_no_database_takes_is_of_this_check_alone(shared, token):
    naive = checked(A)
    naive = replace(naive, fetch=replace(naive.fetch, fetched_at=T0.replace(tzinfo=None)))
    with pytest.raises(StoreDataError, match="no time zone"):
        shared.store.shards.keep_check(token, naive, day(7), T0)
    shared.store.shards.keep_check(token, checked(A), day(7), T0)
    assert shared.store.links.fetched_in(token.run_id) == [A]
