"""Schemas are made and upgraded, and a newer or foreign one is refused."""

import shutil
import sqlite3
import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

import db.schema
from alembic import command
from db.schema import HEAD, configuration, migrations
from db.store import Store
from db.tables import Base
from tests.stores import day
from verifier.errors import StoreError


@pytest.fixture
def connection(fresh_url):
    """A connection to a store whose schema the test may spoil."""
    Store.open(fresh_url).close()
    engine = create_engine(fresh_url)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_the_code_knows_the_newest_migration(connection):
    assert ScriptDirectory.from_config(configuration(connection)).get_heads() == [HEAD]


def test_the_migrations_make_what_the_classes_say(connection):
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    assert compare_metadata(context, Base.metadata) == []


def test_names_fit_every_back_end():
    names = [constraint.name for table in Base.metadata.tables.values() for constraint in table.constraints]
    names += [index.name for table in Base.metadata.tables.values() for index in table.indexes]
    assert [name for name in names if name is None or len(name) > 63] == []


def test_down_and_up_again(connection, fresh_url):
    config = configuration(connection)
    command.downgrade(config, "base")
    connection.commit()
    assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    command.upgrade(config, "head")
    connection.commit()
    assert set(inspect(connection).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    with Store.open(fresh_url) as store:
        assert store.runs.begin("run", [], day(0)).id


def test_a_fresh_database_gets_its_tables(fresh_url):
    with Store.open(fresh_url) as store:
        assert list(store.dump()) == []


def test_an_open_store_is_opened_again_as_it_is(store, store_url):
    begun = store.runs.begin("run", [], day(0))
    with Store.open(store_url) as again:
        assert again.runs.latest() == begun


def test_a_newer_schema_is_refused(connection, fresh_url):
    connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    connection.commit()
    with pytest.raises(StoreError, match=r"schema \(9999\) is newer .* upgrade Verifier"):
        Store.open(fresh_url)


def test_a_file_of_another_program_is_left_alone(tmp_path):
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()
    with pytest.raises(StoreError, match="of another program"):
        Store.open(f"sqlite:///{file}")
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipe",)]
    connection.close()


FAILS_HALFWAY = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9000", "{head}"
def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer))
    op.execute("no SQL at all")
"""


def test_a_migration_that_fails_leaves_the_store_as_it_was(fresh_url, tmp_path, monkeypatch):
    with Store.open(fresh_url) as store:
        run = store.runs.begin("run", [], day(0))
    scripts = tmp_path / "scripts"
    shutil.copytree(migrations(), scripts)
    (scripts / "versions" / "9000_fails.py").write_text(FAILS_HALFWAY.format(head=HEAD))
    monkeypatch.setattr(db.schema, "migrations", lambda: scripts)
    monkeypatch.setattr(db.schema, "HEAD", "9000")
    with pytest.raises(StoreError, match="syntax error"):
        Store.open(fresh_url)
    monkeypatch.undo()
    with Store.open(fresh_url) as store:
        assert store.runs.latest() == run
        with store._sessions.reading() as session:
            assert not inspect(session.connection()).has_table("half")


def test_a_broken_installation_is_told(fresh_url, tmp_path, monkeypatch):
    monkeypatch.setattr(db.schema, "migrations", lambda: tmp_path / "nothing")
    with pytest.raises(StoreError, match="install Verifier again"):
        Store.open(fresh_url)


@pytest.mark.parametrize("older", ["0001", "0002", "0003", "0004"])
def test_an_older_store_is_upgraded(connection, fresh_url, older):
    command.downgrade(configuration(connection), older)
    connection.commit()
    with Store.open(fresh_url) as store:
        assert list(store.dump()) == []
        with store._sessions.reading() as session:
            assert session.scalar(text("SELECT version_num FROM alembic_version")) == HEAD


@pytest.mark.postgresql
def test_the_store_is_tested_on_postgresql_too(empty_postgresql_store):
    with Store.open(empty_postgresql_store) as store, store._sessions.reading() as session:
        assert session.connection().dialect.name == "postgresql"


def test_sqlite_writes_ahead_and_minds_its_keys(tmp_path):
    file = tmp_path / "verifier.db"
    with Store.open(f"sqlite:///{file}") as store:
        with sqlite3.connect(file) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.close()
        with store._sessions.reading() as session:
            assert session.scalar(text("PRAGMA foreign_keys")) == 1
            assert session.scalar(text("PRAGMA busy_timeout")) == 30_000


def test_the_scripts_are_where_the_store_looks():
    assert (migrations() / "env.py").is_file()
    assert not (migrations() / "__init__.py").exists()


@pytest.mark.parametrize(
    "work", ["import db, db.records, db.store", "from db.store import Store; Store.open(URL).close()"]
)
def test_a_store_at_head_needs_no_alembic(store_url, work):
    script = f"URL = {store_url!r}\n{work}\nimport sys\nassert 'alembic' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True, timeout=300)


def test_records_need_no_database_library():
    script = "import db, db.records, sys; assert 'sqlalchemy' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True, timeout=300)
