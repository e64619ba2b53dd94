"""Copies of an SQLite store: whole, of one moment, never half written; and the one that an upgrade makes."""

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest

import db.schema
from db.referenced_files import NamedSnapshot, ReferencedFiles
from db.sqlite_backup import copy_sqlite, damage_of
from db.store import Store
from tests.support.stores import checked, day, note, publish
from verifier.errors import StoreError

URL = "http://www.example.test/page"


@pytest.fixture
def file(tmp_path):
    """A store with a run, a document and a fetch."""
    path = tmp_path / "verifier.db"
    with Store.open(f"sqlite:///{path}") as store:
        publish(store, "a.pdf", "sha-a", note(1, [URL]))
        run = store.runs.begin("run", [], day(0))
        store.links.record_check(run.id, checked(URL, body="It is 5.", at=day(1)), None)
    return path


def dump(path):
    with Store.open(f"sqlite:///{path}") as store:
        return list(store.dump())


def test_a_copy_says_the_same_and_leaves_nothing_beside_it(file, tmp_path):
    (tmp_path / "to").mkdir()
    copy_sqlite(file, tmp_path / "to" / "copy.db")
    assert [p.name for p in (tmp_path / "to").iterdir()] == ["copy.db"]
    assert dump(tmp_path / "to" / "copy.db") == dump(file) != []


def test_a_copy_is_of_one_moment_while_a_writer_is_at_work(file, tmp_path):
    stop = threading.Event()

    def write():
        with closing(sqlite3.connect(file, isolation_level=None, timeout=300)) as database:
            database.execute("CREATE TABLE pair (side TEXT, n INTEGER)")
            for n in range(100_000):
                if stop.is_set():
                    return
                database.execute("BEGIN IMMEDIATE")
                database.execute("INSERT INTO pair VALUES ('left', ?)", (n,))
                database.execute("INSERT INTO pair VALUES ('right', ?)", (n,))
                database.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    sizes = []
    try:
        while len(sizes) < 5 or not sizes[-1]:
            copy_sqlite(file, tmp_path / "copy.db")
            with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
                if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'pair'").fetchone() is None:
                    sizes.append(0)
                    continue
                left, right = (
                    copy.execute("SELECT count(*) FROM pair WHERE side = ?", (side,)).fetchone()[0]
                    for side in ("left", "right")
                )
                assert left == right
                sizes.append(left)
    finally:
        stop.set()
        writer.join()
    assert sizes[-1] > 0


def test_a_copy_that_fails_leaves_the_older_one(file, tmp_path):
    target = tmp_path / "copy.db"
    target.write_bytes(b"older")
    damage(file)
    with pytest.raises(StoreError, match=r"damaged|cannot be copied"):
        copy_sqlite(file, target)
    assert target.read_bytes() == b"older"
    assert not list(tmp_path.glob("*.part*"))


def test_a_copy_to_a_folder_that_is_not_there_is_told(file, tmp_path):
    with pytest.raises(StoreError, match="cannot be copied"):
        copy_sqlite(file, tmp_path / "nowhere" / "copy.db")


def damage(file):
    """Overwrite a page in the middle, as a failing disk does."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as raw:
        raw.seek(4096 * 8)
        raw.write(b"\xde\xad" * 2048 * 4)


def test_damage_is_told_and_a_sound_store_has_none(file):
    assert damage_of(file) == []
    damage(file)
    assert damage_of(file)


def test_what_is_no_database_is_damage(tmp_path):
    file = tmp_path / "verifier.db"
    file.write_bytes(b"no database at all" * 100)
    assert damage_of(file)
    with pytest.raises(StoreError, match="cannot be opened"):
        damage_of(tmp_path / "nowhere.db")
    assert not (tmp_path / "nowhere.db").exists()


def test_holdings_name_what_is_kept_outside(store, store_url):
    publish(store, "a.pdf", "sha-a", note(1, [URL]))
    run = store.runs.begin("run", [], day(0))
    for n in (1, 2):
        store.links.record_check(run.id, checked(URL, body="It is 5.", at=day(n)), None)
    with ReferencedFiles(store_url) as holdings:
        assert list(holdings.snapshots()) == [NamedSnapshot("a.warc.gz", 1234, "sha-of-It is 5.")]
        assert holdings.editions() == ["sha-a"]
        assert holdings.newest_time() == day(2)
        assert holdings.revision() == (db.schema.HEAD, db.schema.HEAD)


def test_an_empty_store_names_nothing(store, store_url):
    with ReferencedFiles(store_url) as holdings:
        assert (list(holdings.snapshots()), holdings.editions(), holdings.newest_time()) == ([], [], None)


NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "9001"
down_revision = {head!r}
def upgrade():
    op.create_table("novelty", sa.Column("id", sa.Integer(), primary_key=True))
    {more}
def downgrade():
    op.drop_table("novelty")
"""


@pytest.fixture
def upgraded(tmp_path, monkeypatch):
    """A version of Verifier with one migration more; called with what else that migration does."""
    scripts = tmp_path / "migrations"

    def install(more="pass"):
        shutil.copytree(db.schema.migrations(), scripts, dirs_exist_ok=True)
        (scripts / "versions" / "9001_next.py").write_text(NEXT.format(head=db.schema.HEAD, more=more), "utf-8")
        monkeypatch.setattr(db.schema, "migrations", lambda: scripts)
        monkeypatch.setattr(db.schema, "HEAD", "9001")

    return install


def tables(path):
    with closing(sqlite3.connect(path)) as database:
        return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_an_upgrade_keeps_the_store_as_it_was(file, upgraded):
    before = dump(file)
    upgraded()
    Store.open(f"sqlite:///{file}").close()
    kept = file.with_name("verifier.db.before-9001")
    assert "novelty" in tables(file)
    assert "novelty" not in tables(kept)
    with ReferencedFiles(f"sqlite:///{kept}") as holdings:
        assert holdings.revision()[0] != "9001"
    Store.open(f"sqlite:///{file}").close()
    assert before == dump(file)
    assert sorted(p.name for p in file.parent.glob("*.before-*")) == [kept.name]


def test_an_upgrade_that_fails_leaves_the_store_and_its_copy(file, upgraded):
    before = tables(file)
    upgraded("raise RuntimeError('half way')")
    with pytest.raises(RuntimeError, match="half way"):
        Store.open(f"sqlite:///{file}")
    assert tables(file) == before
    assert file.with_name("verifier.db.before-9001").is_file()


def test_an_upgrade_of_an_empty_store_keeps_nothing(tmp_path, upgraded):
    file = tmp_path / "verifier.db"
    Store.open(f"sqlite:///{file}").close()
    upgraded()
    Store.open(f"sqlite:///{file}").close()
    assert not list(tmp_path.glob("*.before-*"))


def test_an_upgrade_that_cannot_keep_a_copy_does_not_begin(file, upgraded):
    upgraded()
    file.with_name("verifier.db.before-9001").mkdir()
    with pytest.raises(StoreError, match="cannot be copied"):
        Store.open(f"sqlite:///{file}")
    assert "novelty" not in tables(file)


def test_holdings_need_no_alembic(file):
    script = (
        f"from db.referenced_files import ReferencedFiles; ReferencedFiles('sqlite:///{file}').editions(); "
        "import sys; assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=300)
