"""Databases that cannot be opened, written or waited for."""

import os
import sqlite3
import threading
import time

import pytest
from sqlalchemy import event

from db.store import Store
from tests.support.stores import checked, day
from verifier.errors import StoreBusyError, StoreError
from verifier.model import Coverage, RunState


def test_a_missing_folder_is_made(tmp_path):
    file = tmp_path / "a" / "b" / "verifier.db"
    Store.open(f"sqlite:///{file}").close()
    assert file.is_file()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "sqlite:///FILE"),
        ("no address at all", "sqlite:///FILE"),
        ("sqlite://", "name a file"),
        ("sqlite:///:memory:", "name a file"),
        ("nosuchdatabase://x", "no driver"),
        ("postgresql+pg8000://x", r"verifier\[postgresql\]"),
        ("postgresql+psycopg://ann:secret@127.0.0.1:1/x", "database server runs"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(url, words):
    with pytest.raises(StoreError, match=words) as told:
        Store.open(url)
    assert "secret" not in str(told.value)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(f"sqlite:///{tmp_path / 'file' / 'data' / 'verifier.db'}")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder_is_told(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="right to"):
            Store.open(f"sqlite:///{tmp_path / 'verifier.db'}")
    finally:
        tmp_path.chmod(0o700)


def test_a_read_only_store_can_be_read_and_tells_who_writes(tmp_path, empty_sqlite_store):
    file = tmp_path / "verifier.db"
    file.write_bytes(empty_sqlite_store.read_bytes())
    with Store.open(f"sqlite:///file:{file}?mode=ro&uri=true") as store:
        assert store.runs.latest() is None
        with pytest.raises(StoreError, match="right to write"):
            store.runs.begin("run", [], day(0))


def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path):
    file = tmp_path / "verifier.db"
    file.write_bytes(b"%PDF-1.7 is no database at all" * 100)
    with pytest.raises(StoreError, match="not a database of Verifier"):
        Store.open(f"sqlite:///{file}")
    assert file.read_bytes().startswith(b"%PDF-1.7")


def test_a_damaged_store_is_told(tmp_path, empty_sqlite_store):
    file = tmp_path / "verifier.db"
    healthy = empty_sqlite_store.read_bytes()
    file.write_bytes(healthy[:4096] + b"\xff" * (len(healthy) - 4096))
    with pytest.raises(StoreError, match="restore it from a backup"):
        Store.open(f"sqlite:///{file}")


def test_a_store_that_another_process_holds_is_busy(tmp_path, empty_sqlite_store):
    file = tmp_path / "verifier.db"
    file.write_bytes(empty_sqlite_store.read_bytes())
    holder = sqlite3.connect(file, isolation_level=None)
    with Store.open(f"sqlite:///{file}", busy_seconds=0.1) as store:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match="another process"):
            store.runs.begin("run", [], day(0))
        assert store.runs.latest() is None
        holder.execute("COMMIT")
        assert store.runs.begin("run", [], day(0)).id == 1
    holder.close()


@pytest.mark.postgresql
def test_a_row_that_another_process_holds_is_busy(empty_postgresql_store):
    from sqlalchemy import text

    with Store.open(empty_postgresql_store) as holder, Store.open(empty_postgresql_store, busy_seconds=0.1) as store:
        run_id = holder.runs.begin("run", [], day(0)).id
        with holder._sessions.writing() as session:
            session.execute(text("UPDATE run SET kind = kind"))
            with pytest.raises(StoreBusyError, match="another process"):
                store.runs.finish(run_id, RunState.FINISHED, Coverage(), day(0))
        assert store.runs.finish(run_id, RunState.FINISHED, Coverage(), day(0)).state is RunState.FINISHED


def test_a_writer_waits_for_another_process(tmp_path, empty_sqlite_store):
    file = tmp_path / "verifier.db"
    file.write_bytes(empty_sqlite_store.read_bytes())
    holder = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    with Store.open(f"sqlite:///{file}") as store:
        holder.execute("BEGIN IMMEDIATE")
        threading.Timer(0.3, lambda: holder.execute("COMMIT")).start()
        before = time.monotonic()
        store.runs.begin("run", [], day(0))
        assert time.monotonic() - before > 0.2
    holder.close()


def test_a_block_that_raises_writes_nothing(store):
    run_id = store.runs.begin("run", [], day(0)).id
    broken = checked("http://a.test/", body="text")
    object.__setattr__(broken.fetch, "hops", (object(),))
    with pytest.raises(AttributeError):
        store.links.record_check(run_id, broken, day(7))
    assert store.links.counts().addresses == 0
    assert not [line for line in store.dump() if '"address"' in line or '"text"' in line]


def test_a_full_disk_is_told_and_loses_nothing(tmp_path, empty_sqlite_store):
    file = tmp_path / "verifier.db"
    file.write_bytes(empty_sqlite_store.read_bytes())
    with Store.open(f"sqlite:///{file}") as store:
        run_id = store.runs.begin("run", [], day(0)).id
        room = file.stat().st_size // 4096 + 60
        event.listen(
            store._sessions.engine,
            "connect",
            lambda connection, _: connection.execute(f"PRAGMA max_page_count={room}").close(),
        )
        store.close()
        kept = 0
        with pytest.raises(StoreError, match="free some space"):
            for number in range(100):
                store.links.record_check(run_id, checked(f"http://a.test/{number}", body=f"{number}" * 9000), None)
                kept = number + 1
        assert 0 < kept < 100
        assert len(store.links.fetched_in(run_id)) == kept


def test_a_reader_sees_one_state(store, store_url):
    from sqlalchemy import func, select

    from db.tables import RunRow

    count = select(func.count()).select_from(RunRow)
    with Store.open(store_url) as other, store._sessions.reading() as session:
        assert session.scalar(count) == 0
        other.runs.begin("run", [], day(0))
        assert session.scalar(count) == 0
    with store._sessions.reading() as session:
        assert session.scalar(count) == 1


def test_verbs_of_one_state_see_no_more_than_the_first_of_them(store, store_url):
    store.runs.begin("run", [], day(0))
    with Store.open(store_url) as other:
        with store.one_state():
            before = store.runs.latest()
            other.runs.begin("run", ["a"], day(1))
            with store.one_state():
                assert store.runs.latest() == before
        assert store.runs.latest() != before


def test_one_state_is_of_its_thread_alone(store, store_url):
    store.runs.begin("run", [], day(0))
    seen = []
    with Store.open(store_url) as other, store.one_state():
        before = store.runs.latest()
        other.runs.begin("run", ["a"], day(1))
        thread = threading.Thread(target=lambda: seen.append(store.runs.latest()))
        thread.start()
        thread.join()
    assert seen != [before]
