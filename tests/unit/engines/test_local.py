"""Engines: order within a host, several hosts at a time, failures handed on, an early end."""

import threading
import time
from collections import defaultdict

import pytest

from verifier.engines import InlineEngine, LocalEngine
from verifier.model import Fetch, HostBatch, Judgement, LinkCheck, LinkReason, LinkStatus, Outcome

JUDGEMENT = Judgement(LinkStatus.OK, LinkReason.SERVED, 200, None)


def batches(hosts: int, each: int) -> list[HostBatch]:
    return [
        HostBatch(f"h{host}", tuple(f"http://h{host}/{batch}/{n}" for n in range(3)))
        for host in range(hosts)
        for batch in range(each)
    ]


def check(host: str, address: str) -> LinkCheck:
    return LinkCheck(address, host, Fetch(address, Outcome.RESPONSE), JUDGEMENT)


def work(batch, emit):
    for address in batch.addresses:
        if not emit(check(batch.host, address)):
            return


@pytest.mark.parametrize("engine", [InlineEngine(), LocalEngine(workers=4)], ids=["inline", "local"])
def test_every_address_once_and_the_batches_of_a_host_in_order(engine):
    planned = batches(hosts=5, each=3)
    done = defaultdict(list)
    for result in engine.check(planned, work):
        done[result.host].append(result.address)
    for host in {batch.host for batch in planned}:
        assert done[host] == [a for batch in planned if batch.host == host for a in batch.addresses]


def test_one_host_never_has_two_workers_and_several_hosts_run_at_once():
    inside, most_per_host, most = defaultdict(int), 0, 0
    lock = threading.Lock()

    def watching(batch, emit):
        nonlocal most_per_host, most
        with lock:
            inside[batch.host] += 1
            most_per_host = max(most_per_host, inside[batch.host])
            most = max(most, sum(inside.values()))
        time.sleep(0.02)
        with lock:
            inside[batch.host] -= 1
        work(batch, emit)

    assert len(list(LocalEngine(workers=4).check(batches(4, 3), watching))) == 36
    assert most_per_host == 1
    assert most > 1


@pytest.mark.parametrize("engine", [InlineEngine(), LocalEngine(workers=2)], ids=["inline", "local"])
def test_a_failure_of_ours_reaches_the_caller(engine):
    def failing(batch, emit):
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        list(engine.check(batches(2, 1), failing))


def test_a_host_is_asked_again_only_when_its_last_check_was_kept():
    asked, kept, ahead = defaultdict(int), defaultdict(int), []

    def asking(batch, emit):
        for address in batch.addresses:
            asked[batch.host] += 1
            ahead.append(asked[batch.host] - kept[batch.host])
            if not emit(check(batch.host, address)):
                return

    for result in LocalEngine(workers=4).check(batches(hosts=4, each=2), asking):
        time.sleep(0.01)  # a store that is slower than the web
        kept[result.host] += 1
    assert max(ahead) == 1


def test_closing_early_ends_the_work():
    done = []

    def slow(batch, emit):
        for address in batch.addresses:
            time.sleep(0.01)
            if not emit(check(batch.host, address)):
                return
            done.append(address)

    checks = LocalEngine(workers=2).check(batches(50, 4), slow)
    next(checks)
    checks.close()
    time.sleep(0.5)
    so_far = len(done)
    time.sleep(0.3)
    assert len(done) == so_far < 300


def test_nothing_to_do_is_done_at_once():
    assert list(LocalEngine().check([], work)) == []
    assert list(LocalEngine().read_documents([])) == []
