"""Whatever is broken, `verifier doctor` names it and how to fix it, changes nothing, and shows no traceback."""

import shutil
import socket
import sqlite3
import subprocess
import threading
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from filelock import FileLock

import db.schema
from db.store import Store
from tests.support.small_disk import small_disk
from tests.support.stores import checked, note, publish
from verifier.admin.doctor import machine
from verifier.admin.doctor.result import Health
from verifier.admin.doctor.run import examine

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def surroundings(clean_environment, monkeypatch, httpserver):
    """A network (loopback), a folder to watch and a contact: nothing to fix but what a test breaks."""
    monkeypatch.setenv("VERIFIER_HEARTBEAT__URL", httpserver.url_for("/alive"))
    monkeypatch.setenv("VERIFIER_FETCH__CONTACT", "editors@example.test")
    monkeypatch.setenv("VERIFIER_WATCH", '[{"path": "."}]')


@pytest.fixture
def data(tmp_path, empty_sqlite_store):
    folder = tmp_path / "data"
    (folder / "archive").mkdir(parents=True)
    shutil.copy(empty_sqlite_store, folder / "verifier.db")
    with Store.open(f"sqlite:///{folder / 'verifier.db'}") as store:
        publish(store, "a.pdf", "sha-a", note(1, ["http://www.example.test/"]), now=NOW)
        run = store.runs.begin("run", [], NOW)
        store.links.record_check(run.id, replace(checked("http://www.example.test/", at=NOW), snapshots=()), None)
    return folder


def found(data, now=NOW, config=None):
    """What is not well: subject -> (health, what was found, the remedy)."""
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} if data.is_dir() else {}
    said = {c.subject: (c.health, c.found, c.remedy) for c in examine(config, data, now) if c.health is not Health.OK}
    if data.is_dir():
        assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before
    assert all(remedy for _, _, remedy in said.values())
    return said


def test_all_is_well(data):
    assert set(found(data)) <= {"mail", "disk", "access", "desk users"}


def test_nothing_was_run_yet(tmp_path):
    said = found(tmp_path / "none")
    assert said["data folder"][0] is said["store"][0] is Health.WARN
    assert not (tmp_path / "none").exists()


def test_settings_that_cannot_be_read(data, tmp_path):
    (tmp_path / "bad.toml").write_text("data = [", encoding="utf-8")
    assert set(found(data, config=tmp_path / "bad.toml")) == {"settings"}
    assert found(data, config=tmp_path / "none.toml")["settings"][0] is Health.FAIL


def test_a_damaged_store(data):
    file = data / "verifier.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as raw:
        raw.seek(4096 * 8)
        raw.write(b"\xde\xad" * 8192)
    health, what, remedy = found(data)["store"]
    assert (health, what.startswith("damaged")) == (Health.FAIL, True)
    assert "verifier restore" in remedy


@pytest.mark.parametrize("content", [b"", b"hello" * 1000], ids=["empty", "no database"])
def test_a_file_that_is_no_store(data, content):
    (data / "verifier.db").write_bytes(content)
    said = found(data)
    assert said["store"][0] is (Health.WARN if not content else Health.FAIL)


@pytest.mark.parametrize(
    ("revision", "health", "remedy"),
    [
        ("9999", Health.FAIL, "upgrade Verifier"),
        ("9000", Health.WARN, "next run upgrades"),
        ("0001", Health.FAIL, "with an earlier version first"),
        ("0014", Health.FAIL, "with an earlier version first"),
    ],
)
def test_a_newer_and_an_older_schema(data, revision, health, remedy, tmp_path, monkeypatch):
    scripts = tmp_path / "scripts"
    shutil.copytree(db.schema.migrations(), scripts)
    (scripts / "versions" / "9000_next.py").write_text(f"revision, down_revision = '9000', {db.schema.HEAD!r}\n")
    monkeypatch.setattr(db.schema, "migrations", lambda: scripts)
    with closing(sqlite3.connect(data / "verifier.db", isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    said = found(data)["store"]
    assert (said[0], remedy in said[2]) == (health, True)


def test_a_store_that_another_process_holds(data):
    with closing(sqlite3.connect(data / "verifier.db", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("BEGIN EXCLUSIVE")
        said = {c.subject: c for c in examine(None, data, NOW)}
    assert (said["store"].health, "held by another process" in said["store"].found) == (Health.FAIL, True)
    assert said["clock"].health is Health.OK


def test_a_clock_that_went_back(data):
    health, what, remedy = found(data, now=NOW - timedelta(days=400))["clock"]
    assert (health, "knows of 2026-01-05" in what, "set the clock" in remedy) == (Health.FAIL, True, True)
    assert "clock" not in found(data, now=NOW - timedelta(minutes=2))


def test_a_run_at_work(data):
    (data / "run.lock").touch()
    assert "lock" not in found(data)
    with FileLock(data / "run.lock"):
        assert found(data)["lock"][0] is Health.WARN
    assert "lock" not in found(data)


def test_a_torn_tail(data):
    warc = data / "archive" / "a.warc.gz"
    warc.write_bytes(b"\x1f\x8b half a record")
    warc.with_name("a.warc.gz.writing").touch()
    assert "half written" in found(data)["archive"][1]


@pytest.mark.parametrize(("most", "health"), [(1000, Health.FAIL), (1050, Health.WARN), (5000, None), (0, None)])
def test_the_archives_quota(data, monkeypatch, most, health):
    (data / "archive" / "a.warc.gz").write_bytes(b"\0" * 1000)
    monkeypatch.setenv("VERIFIER_ARCHIVE__MAX_BYTES", str(most))
    assert found(data).get("quota", (None,))[0] is health


def test_a_watched_folder_that_is_gone(data, monkeypatch):
    monkeypatch.setenv("VERIFIER_WATCH", '[{"path": "/nowhere/at/all"}]')
    assert found(data)["watched"][0] is Health.FAIL


def test_a_data_folder_that_is_a_file(tmp_path):
    (tmp_path / "data").write_text("mine", encoding="utf-8")
    assert found(tmp_path / "data")["data folder"][0] is Health.FAIL


def test_a_folder_that_is_read_only(data, tmp_path):
    with small_disk(tmp_path / "disk", "16m") as disk:
        shutil.copytree(data, disk / "data")
        (disk / "data" / "run.lock").touch()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        said = found(disk / "data")
    assert said["data folder"][0] is Health.FAIL
    assert "right to write" in said["data folder"][2]


def test_a_disk_that_is_nearly_full(data, tmp_path):
    with small_disk(tmp_path / "disk", "16m") as disk:
        shutil.copytree(data, disk / "data")
        health, _, remedy = found(disk / "data")["disk"]
    assert (health, "free at least" in remedy) == (Health.FAIL, True)


def test_no_network(data, monkeypatch):
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    monkeypatch.setenv("VERIFIER_HEARTBEAT__URL", f"http://127.0.0.1:{port}/alive")
    assert found(data)["network"][0] is Health.FAIL
    monkeypatch.setenv("VERIFIER_HEARTBEAT__URL", "http://nobody.invalid/alive")
    assert found(data)["names"][0] is Health.FAIL


@contextmanager
def mail_server(*replies):
    """Answers each line with the next reply; the first is its greeting."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def serve():
            client, _ = server.accept()
            with client, client.makefile("rb") as lines:
                for reply in replies:
                    client.sendall(reply)
                    lines.readline()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(5)


@pytest.mark.parametrize(
    ("replies", "security", "well"),
    [
        ((b"220 hello\r\n", b"250 fine\r\n", b"221 bye\r\n"), "none", True),
        ((b"220 hello\r\n", b"250 fine\r\n", b"221 bye\r\n"), "starttls", False),
        ((b"554 go away\r\n",), "none", False),
        ((b"what is this\r\n",), "none", False),
    ],
    ids=["answers", "has no STARTTLS", "refuses", "is no mail server"],
)
def test_a_mail_server(data, monkeypatch, replies, security, well):
    with mail_server(*replies) as port:
        for name, value in {
            "host": "127.0.0.1",
            "port": port,
            "sender": "a@example.test",
            "security": security,
        }.items():
            monkeypatch.setenv(f"VERIFIER_MAIL__{name.upper()}", str(value))
        monkeypatch.setenv("VERIFIER_MAIL__RECIPIENTS", '["b@example.test"]')
        assert ("mail" not in found(data)) is well


def test_a_channel_is_reached_without_a_post(data, monkeypatch, httpserver):
    monkeypatch.setenv("VERIFIER_WEBHOOK__URL", httpserver.url_for("/services/secret"))
    assert "webhook" not in found(data)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("VERIFIER_WEBHOOK__URL", f"http://127.0.0.1:{port}/services/secret")
    health, said, _ = found(data)["webhook"]
    assert health is Health.FAIL
    assert "secret" not in said
    assert not httpserver.log


def test_the_command_exits_3_when_something_is_to_mend(data, verifier, httpserver):
    alive = {"VERIFIER_HEARTBEAT__URL": httpserver.url_for("/alive"), "VERIFIER_WATCH": '[{"path": "."}]'}
    (data / "verifier.db").write_bytes(b"hello" * 1000)
    ill = verifier("doctor", "--data", data, **alive)
    assert ill.returncode == 3
    assert "fail  store" in ill.stdout
    assert "verifier restore" in ill.stdout
    assert ill.stderr == ""
    (data / "verifier.db").unlink()
    assert verifier("doctor", "--data", data, **alive).returncode == 0


@pytest.mark.parametrize("at", ["is a folder", "is not there", "cannot be written"])
def test_metrics_that_cannot_be_written_are_named(data, tmp_path, monkeypatch, at):
    file = tmp_path / "metrics" / "verifier.prom"
    if at != "is not there":
        (file if at == "is a folder" else file.parent).mkdir(parents=True)
    if at == "cannot be written":
        monkeypatch.setattr(machine, "_writable", lambda folder: folder != file.parent)
    monkeypatch.setenv("VERIFIER_METRICS_FILE", str(file))
    health, said, _ = found(data)["metrics"]
    assert (health, at in said) == (Health.FAIL, True)


def test_a_desk_that_can_be_reached_by_everybody_is_named(data, monkeypatch):
    monkeypatch.setenv("VERIFIER_REVIEW__ADDRESS", "https://desk.example.org")
    assert found(data)["desk users"][0] is Health.FAIL
    (data / "users.json").write_text("{")
    assert "no file of users" in found(data)["desk users"][1]
    (data / "users.json").write_text('{"users": [{}]}')
    assert "desk users" not in found(data)


def test_a_data_folder_that_is_open_to_all_is_named(data):
    data.chmod(0o755)
    assert found(data)["access"][0] is Health.WARN
    data.chmod(0o750)
    (data / "verifier.db").chmod(0o640)
    assert "access" not in found(data)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("VERIFIER_FETCH__PAUZE", "VERIFIER_FETCH__PAUSE"),
        ("VERIFIER_FETCH_PAUSE", "VERIFIER_FETCH__PAUSE"),
        ("VERIFIER_DATTA", "VERIFIER_DATA"),
        ("VERIFIER_METRICS", "VERIFIER_METRICS_FILE"),
        ("VERIFIER_CONFIGURATION", "VERIFIER_CONFIG"),
    ],
)
def test_a_variable_that_is_no_setting_is_named_with_the_nearest(data, monkeypatch, name, nearest):
    monkeypatch.setenv(name, "1")
    health, said, _ = found(data)["settings"]
    assert (health, name in said, said.endswith(nearest)) == (Health.FAIL, True, True)


def test_variables_of_free_tables_and_of_the_tests_are_none_of_ours(data, monkeypatch):
    monkeypatch.setenv("VERIFIER_HOSTS__a.example.test", "127.0.0.1")
    monkeypatch.setenv("VERIFIER_TEST_POSTGRESQL", "somewhere")
    assert "settings" not in found(data)
