"""Nights by the queue: workers as processes of their own, killed and stopped, over one PostgreSQL store."""

import json
import signal

import pytest

from tests.support.queue_nights import Installation, QueueWeb, empty_store, write_surveys
from tests.support.stores import POSTGRESQL
from tests.support.waiting import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.skipif(not POSTGRESQL, reason="VERIFIER_TEST_POSTGRESQL names no database, and the queue needs one"),
]

HOSTS, OF_HOST = 6, 5


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    write_surveys(folder, HOSTS, OF_HOST)
    return folder


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, papers):
    """What a local night leaves, on SQLite."""
    with QueueWeb() as web, Installation(tmp_path_factory.mktemp("local"), papers, web.names) as local:
        done = local.run("nightly")
        assert done.returncode == 0, done.stderr
        return local.dump(), dict(web.log.asked)


@pytest.fixture
def shared(tmp_path, papers, clean_environment):
    """Makes an installation with a store of its own."""
    with empty_store() as (store, queue):
        made = []

        def make(web, **more):
            made.append(Installation(tmp_path / "shared", papers, web.names, store, queue, **more))
            return made[0]

        yield make
        for installation in made:
            installation.__exit__(None, None, None)


def fetched(installation):
    return installation.ask('SELECT count(*) FROM "fetch"')[0][0]


def log_of(installation):
    lines = (installation.data / "log" / "verifier.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_two_workers_leave_the_store_of_a_local_night(shared, undisturbed):
    dump, asked = undisturbed
    with QueueWeb() as web:
        night = shared(web)
        workers = [night.worker(), night.worker()]
        done = night.run("nightly", "--engine", "queue")
        assert done.returncode == 0, done.stderr
        assert "24 answer" in done.stdout
        assert night.dump() == dump
        assert web.log.asked == asked
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        assert [worker.wait(120) for worker in workers] == [0, 0]
    assert night.run("archive", "check").returncode == 0
    again = night.ask("SELECT count(*) FROM run_shard WHERE is_open")
    assert again[0][0] == 0


def test_killed_workers_are_followed_by_others(shared, undisturbed):
    dump, asked = undisturbed
    with QueueWeb(latency=0.2) as web:
        night = shared(web, of_queue=("concurrency = 2", "lease_seconds = 2"), workers=2)
        planned = night.run("nightly", "--engine", "queue", "--no-wait")
        assert planned.returncode == 0
        assert "no worker is at work yet" in planned.stderr
        for kept in (3, 12):
            worker = night.worker()
            wait_until(lambda kept=kept: fetched(night) >= kept)
            worker.kill()
            worker.wait()
        before = fetched(night)
        night.worker()
        wait_until(lambda: night.phase() == "ended")
        assert before < HOSTS * OF_HOST
        assert night.dump() == dump
        # Nothing is asked twice but what was in flight at a kill: one address of each of the two hosts asked at a time.
        cited = {f"http://h{host}.test/surveys/{number}" for host in range(HOSTS) for number in range(OF_HOST)}
        assert sum(web.log.asked[url] - asked[url] for url in cited) <= 2 * 2
    assert night.run("archive", "check").returncode == 0


def test_a_stopped_worker_cannot_write_once_another_went_on(shared, undisturbed):
    dump, _ = undisturbed
    with QueueWeb(latency=0.3) as web:
        night = shared(web, of_queue=("concurrency = 2", "lease_seconds = 2"), workers=2)
        assert night.run("nightly", "--engine", "queue", "--no-wait").returncode == 0
        stopped = night.worker()
        wait_until(lambda: fetched(night) >= 2)
        stopped.send_signal(signal.SIGSTOP)
        kept = fetched(night)
        night.worker()
        wait_until(lambda: fetched(night) >= min(kept + 5, HOSTS * OF_HOST))
        stopped.send_signal(signal.SIGCONT)
        wait_until(lambda: night.phase() == "ended")
        assert night.dump() == dump
        attempts = night.ask('SELECT max(attempt) FROM "fetch"')
        assert attempts == [(1,)]
        assert [line["event"] for line in log_of(night)].count("jobs_reaped") >= 1


def test_hosts_of_a_worker_that_was_stopped_in_mid_request_are_asked_by_another(shared, undisturbed):
    dump, _ = undisturbed
    pause = 0.3
    with QueueWeb(latency=1.0) as web:
        night = shared(web, of_queue=("concurrency = 2", "lease_seconds = 4"), workers=2, pause=pause)
        assert night.run("nightly", "--engine", "queue", "--no-wait").returncode == 0
        stopped = night.worker()
        wait_until(lambda: web.log.requests > 2 * fetched(night) + 1 or web.log.requests - fetched(night) >= 2)
        stopped.send_signal(signal.SIGSTOP)
        night.worker()
        wait_until(lambda: night.phase() == "ended")  # while the first one still is stopped
        assert night.dump() == dump
        stopped.send_signal(signal.SIGCONT)
        wait_until(lambda: {"lease_lost", "job_failed"} & {line["event"] for line in log_of(night)})
        stopped.send_signal(signal.SIGTERM)
        assert stopped.wait(300) == 0
        assert web.log.smallest_gap() >= pause
        assert night.dump() == dump


def test_a_worker_that_is_asked_to_end_finishes_what_is_in_flight(shared, undisturbed):
    dump, asked = undisturbed
    with QueueWeb(latency=0.3) as web:
        night = shared(web, of_queue=("concurrency = 2", "lease_seconds = 60"), workers=2)
        assert night.run("nightly", "--engine", "queue", "--no-wait").returncode == 0
        first = night.worker()
        wait_until(lambda: fetched(night) >= 3)
        first.send_signal(signal.SIGTERM)
        assert first.wait(300) == 0
        night.worker()
        wait_until(lambda: night.phase() == "ended")
        assert night.dump() == dump
        assert web.log.asked == asked, "nothing was asked twice"


def test_a_local_night_takes_up_what_workers_left(shared, undisturbed):
    dump, _ = undisturbed
    with QueueWeb(latency=0.3) as web:
        night = shared(web, of_queue=("concurrency = 2", "lease_seconds = 2"), workers=2)
        assert night.run("nightly", "--engine", "queue", "--no-wait").returncode == 0
        worker = night.worker()
        wait_until(lambda: fetched(night) >= 3)
        assert night.run("nightly").returncode == 4, "the workers' run holds the store"
        worker.kill()
        worker.wait()
        wait_until(lambda: night.ask("SELECT expires_at < now() FROM run_lease") == [(True,)])
        assert night.run("nightly").returncode in (0, 1)
        assert night.phase() == "ended"
        assert night.dump() == dump


def test_two_workers_never_ask_a_host_within_the_pause(tmp_path, clean_environment):
    # Every page of h1 to h5 leads to h0, which its own shard's worker asks meanwhile.
    papers = tmp_path / "papers"
    urls = write_surveys(papers, 6, 4)
    hops = {url: f"http://h0.test/hop/{n}0" for n, url in enumerate(urls) if "//h0" not in url}
    pause = 0.4
    with QueueWeb(hops=hops) as web, empty_store() as (store, queue):
        with Installation(tmp_path / "shared", papers, web.names, store, queue, pause=pause) as night:
            night.worker()
            night.worker()
            done = night.run("nightly", "--engine", "queue")
        assert done.returncode in (0, 1, 3), done.stderr
        assert len(web.log.times["h0.test"]) >= 20
        assert web.log.smallest_gap() >= pause


def test_without_postgresql_or_extra_it_says_what_is_missing(tmp_path, papers, verifier):
    refused = verifier("worker", "--data", tmp_path / "data")
    assert refused.returncode == 2
    assert "the queue needs PostgreSQL" in refused.stderr
    refused = verifier(
        "nightly", "--engine", "queue", "--data", tmp_path / "data", VERIFIER_WATCH=json.dumps([{"path": str(papers)}])
    )
    assert refused.returncode == 2
    assert "the queue needs PostgreSQL" in refused.stderr
