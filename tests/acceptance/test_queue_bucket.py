"""A night by the queue whose bucket is away for a while: waited for, and nobody is asked meanwhile."""

import json

import pytest

from tests.support.queue_nights import Installation, QueueWeb, empty_store, write_surveys
from tests.support.s3 import s3, s3_server
from tests.support.stores import POSTGRESQL
from tests.support.waiting import wait_until

__all__ = ["s3", "s3_server"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.skipif(not POSTGRESQL, reason="VERIFIER_TEST_POSTGRESQL names no database, and the queue needs one"),
]


def fetched(night):
    return night.ask('SELECT count(*) FROM "fetch"')[0][0]


def events(night):
    lines = (night.data / "log" / "verifier.jsonl").read_text().splitlines()
    return [json.loads(line)["event"] for line in lines]


def test_nobody_is_asked_while_the_bucket_is_away(s3, tmp_path, clean_environment):
    papers = tmp_path / "papers"
    urls = write_surveys(papers, 4, 5)
    with QueueWeb() as web, Installation(tmp_path / "local", papers, web.names) as local:
        local.run("nightly")
        undisturbed, once = local.dump(), dict(web.log.asked)
    objects = ("[objects]", f'url = "{s3.settings().url}"', f'endpoint = "{s3.endpoint}"')
    of_queue = ("concurrency = 2", "lease_seconds = 5", *objects)
    with (
        QueueWeb(latency=0.2) as web,
        empty_store() as (store, queue),
        Installation(tmp_path / "shared", papers, web.names, store, queue, workers=2, of_queue=of_queue) as night,
    ):
        assert night.run("nightly", "--engine", "queue", "--no-wait").returncode == 0
        night.worker()
        wait_until(lambda: fetched(night) >= 2)
        s3.refuse()
        try:
            wait_until(lambda: "archive_away" in events(night))
            refused = s3.refused
            wait_until(lambda: s3.refused >= refused + 8)  # two more looks, of four tries each
            asked = web.log.requests
            wait_until(lambda: s3.refused >= refused + 16)
            assert web.log.requests == asked
        finally:
            s3.resume()
        wait_until(lambda: night.phase() == "ended")
        assert "archive_back" in events(night)
        assert night.dump() == undisturbed
        assert sum(web.log.asked[url] - once[url] for url in urls) <= 2, "those in flight"
        assert night.run("archive", "check").returncode == 0
