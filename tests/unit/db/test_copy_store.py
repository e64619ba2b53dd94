"""A store from SQLite in PostgreSQL: every kind of row, every odd value, and nothing by halves."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from db import copy_store as module
from db.copy_store import copy_store
from db.reviews import NewReview
from db.seal import seal_of
from db.store import Store
from db.tables import Base
from tests.support.stores import POSTGRESQL, checked, day, link_finding, note, publish
from verifier.errors import StoreBusyError, StoreError
from verifier.model import Coverage, Decision, RunState

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(not POSTGRESQL, reason="VERIFIER_TEST_POSTGRESQL names no database to move to"),
]

ODD = "Übergröße «ẞ» 𝔘 \u0001 \ud7ff \\N \\. \t\n\r'\"; DROP"


@pytest.fixture
def source(tmp_path, empty_sqlite_store) -> str:
    shutil.copy(empty_sqlite_store, tmp_path / "verifier.db")
    url = f"sqlite:///{tmp_path / 'verifier.db'}"
    with Store.open(url) as store:
        run = store.runs.begin("run", [ODD, "papers"], day(0))
        publish(store, f"{ODD}.pdf", "sha", note(1, ["http://a.test/é"]), note(2, ["http://b.test/"], sentence=ODD))
        store.links.record_check(run.id, checked("http://a.test/é", body=ODD, at=day(0)), day(7))
        store.links.record_check(run.id, checked("http://b.test/", at=day(0)), day(7))
        store.findings.save_link_findings(run.id, [link_finding("http://a.test/é")], [], day(0))
        decision = NewReview(Decision.DISMISS, "Ünal", ODD, "token")
        store.findings.decide("link http://a.test/é", decision, None, day(1))
        store.runs.finish(run.id, RunState.FINISHED, Coverage(documents=1), day(0))
    return url


@pytest.fixture
def target(empty_postgresql_store):
    yield empty_postgresql_store
    engine = create_engine(empty_postgresql_store)
    with engine.begin() as connection:
        tables = ", ".join(f'"{name}"' for name in Base.metadata.tables)
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
    engine.dispose()


class Told:
    """What is told of the progress."""

    def __init__(self) -> None:
        self.stages: dict[str, int] = {}
        self.steps: dict[str, int] = {}

    def stage(self, name: str, total: int) -> None:
        self.stages[name] = total

    def step(self, name: str) -> None:
        self.steps[name] = self.steps.get(name, 0) + 1


def copied(source: str, target: str):
    told = Told()
    return copy_store(source, target, told.stage, told.step), told


def dump_of(url: str) -> list[str]:
    with Store.open(url) as store:
        return list(store.dump())


def change(source: str, statement: str, *values: object) -> None:
    """Write past the mapped classes, as an old version or another program may have."""
    file = Path(source.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(statement, values)
    seal_of(file).unlink(missing_ok=True)


def cell(url: str, statement: str):
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text(statement)).scalar()
    engine.dispose()
    return found


def rows_of(target: str) -> int:
    return sum(cell(target, f'SELECT count(*) FROM "{name}"') for name in Base.metadata.tables)


def test_the_dumps_are_equal_and_every_table_is_told(source, target):
    result, told = copied(source, target)
    assert dump_of(target) == dump_of(source)
    assert result.total == rows_of(target) > 0
    assert set(result.rows) == set(told.stages) == set(Base.metadata.tables)
    assert {name: count for name, count in told.stages.items() if count} == told.steps
    assert result.replaced == 0


def test_numbers_go_on_behind_those_that_came(source, target):
    copied(source, target)
    with Store.open(target) as store:
        assert store.runs.begin("run", ["more"], day(9)).id == 2
        publish(store, "another.pdf", "sha-2", note(1, ["http://c.test/"]))
    assert cell(target, "SELECT max(id) FROM address") == 3


def test_an_empty_store_is_moved_and_can_be_begun(tmp_path, empty_sqlite_store, target):
    result, _ = copied(f"sqlite:///{empty_sqlite_store}", target)
    assert result.total == 0
    with Store.open(target) as store:
        assert store.runs.begin("run", [], day(0)).id == 1


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('{"a": null, "big": 12345678901234567890123, "float": 0.1, "é": "\\u00e9"}', None),
        ("null", None),
        ("[]", None),
        ('{"nul": "a\\u0000b", "lone": "\\ud800"}', None),
        ('{"b": 1, "a": 1, "a": 2}', None),
    ],
)
def test_json_is_kept_as_the_text_that_it_is(source, target, written, read):
    change(source, "UPDATE run SET coverage = ?", written)
    copied(source, target)
    assert cell(target, "SELECT coverage::text FROM run") == written


def test_a_json_null_and_no_value_stay_two_things(source, target):
    change(source, "UPDATE finding SET fields = NULL")
    change(source, "UPDATE document SET coverage = 'null'")
    copied(source, target)
    assert cell(target, "SELECT fields IS NULL FROM finding") is True
    assert cell(target, "SELECT coverage IS NULL FROM document") is False


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("snapshot", '"offset"', 2**62),
        ("sentence_sketch", "hash", -(2**63)),
        ("address", "due_at", "0001-01-01 00:00:00.000000"),
        ("address", "due_at", "9999-12-31 23:59:59.999999"),
        ("text", "dated", "1066-10-14"),
        ("finding", "confidence", 0.1 + 0.2),
        ("finding", "confidence", 5e-324),
        ("finding", "message", ""),
        ("finding", "message", ODD * 100),
        ("finding", "code", "a_code_of_a_later_version"),
    ],
)
def test_odd_values_arrive_as_they_were(source, target, table, column, value):
    if table == "sentence_sketch":
        change(source, "INSERT INTO sentence_sketch (extraction_id, hash) VALUES (1, ?)", value)
    else:
        change(source, f"UPDATE {table} SET {column} = ? WHERE rowid = 1", value)
    result, _ = copied(source, target)
    assert result.rows[table] > 0
    if not isinstance(value, str) or "-" not in value[:5]:
        assert value in {
            cell(target, f"SELECT max({column}) FROM {table}"),
            cell(target, f"SELECT min({column}) FROM {table}"),
        }


def test_what_postgresql_cannot_hold_is_replaced_and_counted(source, target):
    change(source, "UPDATE finding SET message = ?", "a\x00b\x00c")
    result, _ = copied(source, target)
    assert cell(target, "SELECT message FROM finding") == "a\ufffdb\ufffdc"
    assert result.replaced == 1


def test_a_number_that_is_too_large_for_its_column_is_an_error_that_names_the_table(source, target):
    change(source, "UPDATE footnote SET page = ?", 2**40)
    with pytest.raises(StoreError, match=r"footnote: PostgreSQL does not take its rows; nothing was kept"):
        copied(source, target)
    assert rows_of(target) == 0


def test_a_target_that_holds_anything_is_refused_and_left_alone(source, target):
    copied(source, target)
    before = dump_of(target)
    with pytest.raises(StoreError, match="holds rows already"):
        copied(source, target)
    assert dump_of(target) == before


def test_the_tables_are_made_where_there_are_none(source, fresh_url):
    if fresh_url.startswith("sqlite"):
        pytest.skip("this goes to PostgreSQL")
    copied(source, fresh_url)
    assert dump_of(fresh_url) == dump_of(source)


def test_another_schema_is_refused_on_either_side(source, target):
    change(source, "UPDATE alembic_version SET version_num = '0016'")
    with pytest.raises(StoreError, match=r"is at schema 0016.*let one run"):
        copied(source, target)
    change(source, "UPDATE alembic_version SET version_num = ?", module.HEAD)
    engine = create_engine(target)
    try:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0016'"))
        with pytest.raises(StoreError, match=r"is at schema 0016.*name an empty database"):
            copied(source, target)
    finally:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": module.HEAD})
        engine.dispose()


@pytest.mark.parametrize(
    ("source_url", "target_url", "said"),
    [
        ("postgresql+psycopg://nobody@127.0.0.1/x", "postgresql+psycopg://nobody@127.0.0.1/x", "an SQLite store"),
        (None, "sqlite:////tmp/other.db", "to PostgreSQL"),
        ("sqlite:////nowhere-at-all.db", "postgresql+psycopg://nobody@127.0.0.1/x", "no such store"),
    ],
)
def test_other_kinds_of_stores_are_refused(source, source_url, target_url, said):
    with pytest.raises(StoreError, match=said):
        copied(source_url or source, target_url)


def test_a_password_is_never_said(source):
    with pytest.raises(StoreError) as error:
        copied(source, "postgresql+psycopg://verifier:hunter2@127.0.0.1:1/x")
    assert "hunter2" not in str(error.value)


def test_a_store_that_is_written_to_is_not_moved(source, target, monkeypatch):
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.2)
    with closing(sqlite3.connect(source.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError):
            copied(source, target)
    assert rows_of(target) == 0


def test_nobody_decides_anything_meanwhile(source, target):
    def step(name: str) -> None:
        with closing(sqlite3.connect(source.removeprefix("sqlite:///"), timeout=0.1)) as other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("UPDATE finding SET message = 'changed'")
            assert other.execute("SELECT count(*) FROM finding").fetchone() == (1,)

    assert copy_store(source, target, lambda *_: None, step).total > 0


def test_rows_that_arrive_otherwise_are_not_kept(source, target, monkeypatch):
    kept = module._digest_of

    def digest_of(table, writing):
        found = kept(table, writing)
        found.digest += table.name == "finding"
        return found

    monkeypatch.setattr(module, "_digest_of", digest_of)
    with pytest.raises(StoreError, match="finding: 1 rows were sent, 1 arrived, or others than those"):
        copied(source, target)
    assert rows_of(target) == 0


KILLED = """
import os, signal, sys
from db.copy_store import copy_store
def step(name):
    if name == "finding":
        os.kill(os.getpid(), signal.SIGKILL)
copy_store(sys.argv[1], sys.argv[2], lambda *_: None, step)
"""


def test_killed_on_the_way_nothing_is_there_and_it_can_be_begun_anew(source, target):
    killed = subprocess.run([sys.executable, "-c", KILLED, source, target], capture_output=True, text=True, timeout=300)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    copied(source, target)
    assert dump_of(target) == dump_of(source)


def test_a_damaged_store_is_not_moved(source, target):
    file = Path(source.removeprefix("sqlite:///"))
    sound = file.read_bytes()
    file.write_bytes(sound.replace(b"papers", b"pagers"))
    with pytest.raises(StoreError, match=r"is damaged, so it is not moved: .*is not as it was left"):
        copied(source, target)
    file.write_bytes(sound)
    change(source, "PRAGMA foreign_keys=OFF")
    change(
        source, "INSERT INTO presence (finding_id, reviewer, seen_at) VALUES (99, 'x', '2026-01-05 02:00:00.000000')"
    )
    with pytest.raises(StoreError, match=r"not moved: a row of presence refers to none of finding"):
        copied(source, target)
    assert rows_of(target) == 0


def test_the_source_is_left_as_it_was(source, target):
    before = dump_of(source)
    copied(source, target)
    assert seal_of(Path(source.removeprefix("sqlite:///"))).is_file()
    assert dump_of(source) == before
    assert json.loads(before[0])["table"]
