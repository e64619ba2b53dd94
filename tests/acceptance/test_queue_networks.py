"""Nights by the queue in which the network of one worker, or of all, goes away: silence is never taken for a host's."""

import json

import pytest

from tests.support.queue_nights import Installation, QueueWeb, empty_store, write_surveys
from tests.support.stores import POSTGRESQL
from tests.support.waiting import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.skipif(not POSTGRESQL, reason="VERIFIER_TEST_POSTGRESQL names no database, and the queue needs one"),
]

HOSTS, OF_HOST = 16, 4
OF_QUEUE = ("concurrency = 2", "lease_seconds = 4")


@pytest.fixture
def papers(tmp_path, clean_environment):
    write_surveys(tmp_path / "papers", HOSTS, OF_HOST)
    return tmp_path / "papers"


@pytest.fixture
def undisturbed(tmp_path, papers):
    with QueueWeb() as web, Installation(tmp_path / "local", papers, web.names) as local:
        local.run("nightly")
        return local.dump()


def events(night):
    lines = (night.data / "log" / "verifier.jsonl").read_text().splitlines()
    return [json.loads(line)["event"] for line in lines]


def fetched(night):
    return night.ask('SELECT count(*) FROM "fetch"')[0][0]


def test_a_worker_whose_network_goes_away_hands_its_addresses_to_another(tmp_path, papers, undisturbed):
    with (
        QueueWeb(latency=0.2) as web,
        empty_store() as (store, queue),
        Installation(tmp_path / "shared", papers, web.names, store, queue, workers=2, of_queue=OF_QUEUE) as night,
    ):
        assert night.run("nightly", "--engine", "queue", "--no-wait").returncode == 0
        with QueueWeb(latency=0.2, hangs_up=True) as elsewhere:
            cut_off = night.worker(names=elsewhere.names)
            wait_until(lambda: fetched(night) >= 6)
        wait_until(lambda: "worker_offline" in events(night))
        wait_until(lambda: night.ask("SELECT count(*) FROM worker_network WHERE offline_since IS NOT NULL") == [(1,)])
        doctor = night.run("doctor")
        assert "reaches no site since" in doctor.stdout
        kept = fetched(night)
        assert kept < HOSTS * OF_HOST
        night.worker()
        wait_until(lambda: night.phase() == "ended")
        assert night.dump() == undisturbed
        assert night.ask("SELECT count(*) FROM \"fetch\" WHERE outcome <> 'response'") == [(0,)]
        cut_off.terminate()
        assert cut_off.wait(300) in (0, 3)
    assert kept + web.log.requests >= HOSTS * OF_HOST
