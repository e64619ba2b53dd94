"""Schemas are made and upgraded, and a newer or foreign one is refused."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

import db.schema
from alembic import command
from db.queue_search import is_mapped
from db.schema import HEAD, configuration, migrations
from db.store import Store
from db.tables import Base
from tests.support.stores import day, note, publish
from verifier.errors import StoreError

DATA = Path(__file__).parents[2] / "data"


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


_OPTIONS = {
    "compare_type": True,
    "compare_server_default": True,
    "include_name": lambda name, _kind, _parents: name is None or is_mapped(name),
}


def test_the_migrations_make_what_the_classes_say(connection):
    context = MigrationContext.configure(connection, opts=_OPTIONS)
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
    made = set(filter(is_mapped, inspect(connection).get_table_names()))
    assert made == {*Base.metadata.tables, "alembic_version"}
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


NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9000", "{head}"
def upgrade():
    with op.batch_alter_table("run") as run:
        run.add_column(sa.Column("novelty", sa.Integer(), nullable=True))
"""


def test_an_older_store_is_upgraded(fresh_url, tmp_path, monkeypatch):
    with Store.open(fresh_url) as store:
        run = store.runs.begin("run", [], day(0))
    scripts = tmp_path / "scripts"
    shutil.copytree(migrations(), scripts)
    (scripts / "versions" / "9000_next.py").write_text(NEXT.format(head=HEAD))
    monkeypatch.setattr(db.schema, "migrations", lambda: scripts)
    monkeypatch.setattr(db.schema, "HEAD", "9000")
    with Store.open(fresh_url) as store:
        assert store.runs.latest() == run
        with store._sessions.reading() as session:
            assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9000"
            assert session.scalar(text("SELECT novelty FROM run")) is None


@pytest.fixture
def former(fresh_url):
    """The address of a store at 0015 that the revisions before the baseline made."""
    engine = create_engine(fresh_url)
    script = (DATA / f"schema-0015.{engine.dialect.name}.sql").read_text("utf-8")
    with engine.begin() as connection:
        for statement in script.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    engine.dispose()
    return fresh_url


def described(url):
    """What a database is made of, in no order: tables with columns, keys and indexes."""
    engine = create_engine(url)
    found = inspect(engine)
    tables = {
        name: (
            {c["name"]: (str(c["type"]), c["nullable"], str(c["default"])[:7]) for c in found.get_columns(name)},
            found.get_pk_constraint(name),
            sorted(map(str, found.get_foreign_keys(name))),
            sorted(map(str, found.get_unique_constraints(name))),
            sorted(
                (index["name"], index["column_names"], index["unique"], *map(str, index["dialect_options"].values()))
                for index in found.get_indexes(name)
            ),
            sorted(map(str, found.get_check_constraints(name))),
        )
        for name in found.get_table_names()
    }
    engine.dispose()
    return tables


def test_a_store_that_the_former_revisions_made_goes_on(former):
    with Store.open(former) as store:
        run = store.runs.begin("run", [], day(0))
        publish(store, "a.pdf", "1" * 64, note(1, ["http://a.test/"]))
        before = list(store.dump())
    with Store.open(former) as store:
        assert list(store.dump()) == before
        assert store.runs.latest() == run
        assert [document.path for document in store.documents.current()] == ["a.pdf"]


def test_the_baseline_makes_what_the_former_revisions_made(former):
    made = described(former)
    engine = create_engine(former)
    with engine.connect() as connection:
        config = configuration(connection)
        command.downgrade(config, "base")
        command.upgrade(config, "0015")
        connection.commit()
    engine.dispose()
    assert described(former) == made


@pytest.mark.parametrize("revision", ["0001", "0008", "0014"])
def test_a_store_from_before_the_baseline_is_refused_and_left_as_it_is(connection, fresh_url, revision, tmp_path):
    with Store.open(fresh_url) as store:
        store.runs.begin("run", [], day(0))
    connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    connection.commit()
    before = described(fresh_url)
    with pytest.raises(StoreError, match=rf"schema \({revision}\) is older .* to 0015 .* \(docs/operate.md, Upgrade\)"):
        Store.open(fresh_url)
    assert described(fresh_url) == before
    assert connection.scalar(text("SELECT version_num FROM alembic_version")) == revision
    assert not list(tmp_path.glob("*.before-*"))


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
