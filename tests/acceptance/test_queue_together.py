"""What several may do at once: two planners, a run closed twice, a local run after all workers died, a newer schema."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.queue_nights import Installation, QueueWeb, empty_store, write_surveys
from tests.support.stores import POSTGRESQL
from tests.support.waiting import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.skipif(not POSTGRESQL, reason="VERIFIER_TEST_POSTGRESQL names no database, and the queue needs one"),
]


@pytest.fixture
def web():
    with QueueWeb(latency=0.1) as web:
        yield web


@pytest.fixture
def night(tmp_path, web, clean_environment):
    write_surveys(tmp_path / "papers", 3, 3)
    of_queue = ("concurrency = 2", "lease_seconds = 2")
    with (
        empty_store() as (store, queue),
        Installation(
            tmp_path / "shared", tmp_path / "papers", web.names, store, queue, workers=2, of_queue=of_queue
        ) as night,
    ):
        yield night


def fetched(night):
    return night.ask('SELECT count(*) FROM "fetch"')[0][0]


def test_of_two_planners_one_begins_and_the_night_is_one(night, web):
    with ThreadPoolExecutor(2) as both:
        planned = list(both.map(lambda _: night.run("nightly", "--engine", "queue", "--no-wait"), range(2)))
    codes = sorted(done.returncode for done in planned)
    assert codes in ([0, 0], [0, 4]), [done.stderr for done in planned]
    night.worker()
    night.worker()
    wait_until(lambda: night.phase() == "ended")
    assert fetched(night) == 9
    assert night.ask("SELECT count(*) FROM run WHERE state = 'running'") == [(0,)]


def test_a_run_that_two_jobs_close_is_closed_and_told_of_once(night, web):
    assert night.run("nightly", "--engine", "queue", "--no-wait").returncode == 0
    first, second = night.worker(), night.worker()
    wait_until(lambda: night.phase() in ("comparing", "closing", "ended"))
    add = (
        f'INSERT INTO "{night.queue}".procrastinate_jobs (queue_name, task_name, args) '
        "SELECT 'control', 'close_run', jsonb_build_object('run', run_id) FROM shared_run, generate_series(1, 4) "
        "RETURNING id"
    )
    night.change(add)
    wait_until(lambda: night.ask("SELECT phase, awaits_telling FROM shared_run") == [("ended", False)])
    night.change(add)
    wait_until(lambda: not night.ask(f"SELECT id FROM \"{night.queue}\".procrastinate_jobs WHERE status = 'todo'"))
    for worker in (first, second):
        worker.terminate()
        assert worker.wait(300) == 0
    log = (night.data / "log" / "verifier.jsonl").read_text()
    assert log.count('"run_finished"') == 1
    assert "job_failed" not in log


def test_a_local_run_after_all_workers_died_goes_on_from_what_they_kept(night, web, tmp_path):
    assert night.run("nightly", "--engine", "queue", "--no-wait").returncode == 0
    worker = night.worker()
    wait_until(lambda: fetched(night) >= 2)
    worker.kill()
    worker.wait()
    wait_until(lambda: night.ask("SELECT expires_at < now() FROM run_lease") == [(True,)])
    assert night.run("run", tmp_path / "papers").returncode in (0, 1)
    late = night.worker()
    assert night.run("nightly", "--engine", "queue").returncode in (0, 1)
    late.terminate()
    assert late.wait(300) == 0
    assert night.ask('SELECT count(*) FROM "fetch" GROUP BY address_id HAVING count(*) > 1') == []
    assert fetched(night) == 9
    assert night.ask("SELECT count(*) FROM run WHERE state = 'running'") == [(0,)]
    assert night.run("archive", "check").returncode == 0


def test_a_worker_ends_once_the_store_is_at_another_schema(night, web):
    assert night.run("nightly", "--engine", "queue", "--no-wait").returncode == 0
    (was,) = night.ask("SELECT version_num FROM alembic_version")[0]
    night.change("UPDATE alembic_version SET version_num = '9999' RETURNING version_num")
    refused = night.run("worker")
    assert refused.returncode == 3
    assert "newer than this version" in refused.stderr
    night.change(f"UPDATE alembic_version SET version_num = '{was}' RETURNING version_num")
    worker = night.worker()
    wait_until(lambda: fetched(night) >= 1)
    night.change("UPDATE alembic_version SET version_num = '9999' RETURNING version_num")
    assert worker.wait(300) == 3
