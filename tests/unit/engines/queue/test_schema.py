"""The queue's tables: in a schema of their own, with the index that they lack, made anew for another Procrastinate."""

import pytest

from db.store import Store
from tests.support.shared_stores import shared
from verifier.engines.queue.schema import ensure_schema
from verifier.errors import SettingsError, StoreError

__all__ = ["shared"]


@pytest.mark.postgresql
def test_they_are_apart_from_the_store_and_have_the_index(shared):
    indexes = shared.ask("SELECT indexdef FROM pg_indexes WHERE schemaname = '{queue}'")
    assert any("(lock, priority, id)" in definition and "todo" in definition for (definition,) in indexes)
    here = shared.ask(
        "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename ~ 'procrastinate'"
    )
    assert here == [(0,)]


@pytest.mark.postgresql
def test_a_job_put_in_from_the_store_is_seen_by_the_queue(shared):
    # Its triggers run in the store's session, which does not look into the queue's schema.
    shared.ask(
        "INSERT INTO {queue}.procrastinate_jobs (queue_name, task_name, args) VALUES ('web', 'check_shard', '{}')"
    )
    assert shared.ask("SELECT type::text FROM {queue}.procrastinate_events") == [("deferred",)]


@pytest.mark.postgresql
def test_they_are_made_once(shared):
    shared.ask("INSERT INTO {queue}.procrastinate_jobs (queue_name, task_name) VALUES ('web', 'check_shard')")
    ensure_schema(shared.store, shared.schema)
    assert shared.ask("SELECT count(*) FROM {queue}.procrastinate_jobs") == [(1,)]


@pytest.mark.postgresql
def test_those_of_another_version_are_made_anew_unless_its_workers_are_at_work(shared):
    shared.ask("COMMENT ON SCHEMA {queue} IS 'made by procrastinate 3.9'")
    shared.ask("INSERT INTO {queue}.procrastinate_workers DEFAULT VALUES")
    with pytest.raises(StoreError, match="1 workers of another version"):
        ensure_schema(shared.store, shared.schema)
    shared.ask("UPDATE {queue}.procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    ensure_schema(shared.store, shared.schema)
    assert shared.ask("SELECT count(*) FROM {queue}.procrastinate_workers") == [(0,)]


def test_there_is_no_queue_in_a_file(tmp_path):
    with (
        Store.open(f"sqlite:///{tmp_path / 'verifier.db'}") as store,
        pytest.raises(SettingsError, match=r'the queue needs PostgreSQL.*set store = "postgresql'),
    ):
        ensure_schema(store, "procrastinate")
