"""A PostgreSQL store as a file: every row of it, of one moment."""

import pytest
from sqlalchemy import text

from db.export_store import export_store
from db.sessions import Sessions
from db.store import Store
from tests.support.stores import POSTGRESQL, checked, day, fresh_postgresql
from verifier.errors import StoreError

__all__ = ["fresh_postgresql"]

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(not POSTGRESQL, reason="VERIFIER_TEST_POSTGRESQL names no database"),
]


@pytest.fixture
def filled(fresh_postgresql):
    """A PostgreSQL store with something in it."""
    with Store.open(fresh_postgresql) as store:
        run = store.runs.begin("run", ["„Ünal“ 😀"], day(0))
        for number in range(1200):
            store.links.record_check(run.id, checked(f"http://a{number}.example.test/ü"), day(0))
    return fresh_postgresql


def dump(url):
    with Store.open(url) as store:
        return list(store.dump())


def test_the_file_dumps_as_the_store_and_goes_back_as_it_came(filled, tmp_path):
    file = tmp_path / "store.db"
    file.touch()
    rows = export_store(filled, file)
    assert rows > 3 * 1200
    assert [path.name for path in tmp_path.iterdir()] == ["store.db"]
    assert dump(f"sqlite:///{file}") == dump(filled) != []


def test_what_is_written_meanwhile_is_not_in_it(filled, tmp_path, monkeypatch):
    import db.export_store as module

    before = dump(filled)
    sent = module._send

    def send_and_write(table, reading, writing):
        digest = sent(table, reading, writing)
        if table.name == "run":
            with Store.open(filled) as store:
                store.runs.begin("run", ["later"], day(1))
                store.links.record_check(1, checked("http://later.example.test/"), day(1))
        return digest

    monkeypatch.setattr(module, "_send", send_and_write)
    (tmp_path / "store.db").touch()
    export_store(filled, tmp_path / "store.db")
    assert dump(f"sqlite:///{tmp_path / 'store.db'}") == before


def test_a_store_of_another_schema_is_refused(filled, tmp_path):
    sessions = Sessions(filled, 1)
    with sessions.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0015'"))
    (tmp_path / "store.db").touch()
    with pytest.raises(StoreError, match=r"schema 0015.*pg_dump"):
        export_store(filled, tmp_path / "store.db")


def test_rows_that_do_not_arrive_are_noticed(filled, tmp_path, monkeypatch):
    import db.export_store as module

    monkeypatch.setattr(module.RowDigest, "add", lambda self, row: setattr(self, "rows", self.rows + len(repr(row))))
    monkeypatch.setattr(module, "of_sqlite", lambda column: text("'other'"))
    (tmp_path / "store.db").touch()
    with pytest.raises(StoreError, match="differs"):
        export_store(filled, tmp_path / "store.db")
