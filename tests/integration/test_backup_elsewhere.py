"""Backups of installations whose store is PostgreSQL and whose archive is in a bucket, and their way back."""

import shutil
import signal
import subprocess
import tarfile
import time
from datetime import UTC, datetime, timedelta

import pytest

from db.copy_store import copy_store
from db.store import Store
from tests.support.commandline import command, environment_with
from tests.support.s3 import s3, s3_server
from tests.support.small_disk import small_disk
from tests.support.stores import POSTGRESQL, fresh_postgresql
from verifier.admin import backup_sources, bucket_restore
from verifier.admin.backup import back_up, prove_backup
from verifier.admin.restore import restore
from verifier.errors import ArchiveError, BackupError, SettingsError, StoreError
from verifier.model import Decision, FindingState
from verifier.objects import S3Objects, open_objects
from verifier.runs.stages.object_pruning import sweep_orphans
from verifier.settings import Settings

__all__ = ["fresh_postgresql", "s3", "s3_server"]

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)

needs_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="VERIFIER_TEST_POSTGRESQL names no database")


def nothing(*_):
    """No progress is shown."""


def to_bucket(data, objects):
    """Move archive and documents of a data folder into a bucket."""
    for name in ("archive", "documents"):
        kept = open_objects(data / name, objects)
        for path in (data / name).iterdir():
            kept.put_file(path.name, path)
        shutil.rmtree(data / name)


@pytest.fixture
def in_bucket(data, s3):
    """An installation whose archive and documents are in a bucket."""
    objects = s3.settings()
    to_bucket(data, objects)
    open_objects(data / "archive", objects).put("pruned", b"2026-01-01T00:00:00+00:00")
    return Settings(data=data, objects=objects)


def dump(settings):
    with Store.open(settings.store_url) as store:
        return list(store.dump())


def kept(settings):
    """Bytes of everything that is kept, by folder and name."""
    return {
        f"{folder.name}/{one.name}": objects.get(one.name)
        for folder in (settings.archive_folder, settings.documents_folder)
        for objects in (open_objects(folder, settings.objects),)
        for one in objects.list()
        if "." in one.name
    }


def test_what_is_in_a_bucket_is_backed_up_and_comes_back_into_files_and_into_a_bucket(in_bucket, s3, tmp_path):
    made = back_up(in_bucket, tmp_path / "a.tar", NOW)
    assert (made.missing, made.damaged, made.manifest.objects) == ((), (), "")
    assert prove_backup(made.file) == made.manifest
    expected = kept(in_bucket)
    assert expected
    for again in (
        Settings(data=tmp_path / "files"),
        Settings(data=tmp_path / "bucket", objects=s3.settings("tests/another")),
    ):
        restored = restore(made.file, again)
        assert restored.problems == ()
        assert dump(again) == dump(in_bucket) != []
        assert kept(again) == expected
    assert {path.name for path in (tmp_path / "bucket").iterdir()}.isdisjoint({"archive", "documents"})
    assert {path.name for path in tmp_path.iterdir()} == {"data", "a.tar", "files", "bucket"}


@needs_postgresql
@pytest.mark.postgresql
def test_from_files_to_postgresql_and_a_bucket_and_back(data, fresh_postgresql, s3, tmp_path, verifier):
    (data / "uploads").mkdir(exist_ok=True)
    (data / "uploads" / "an upload.pdf").write_bytes(b"uploaded")
    here = Settings(data=data)
    expected, bytes_of = dump(here), kept(here)
    assert verifier("backup", tmp_path / "a.tar", "--data", data).returncode == 0
    places = s3.environment() | {"VERIFIER_STORE": fresh_postgresql}
    moved = verifier("restore", tmp_path / "a.tar", "--data", tmp_path / "shared", **places)
    assert (moved.returncode, moved.stderr) == (0, "")
    shared = Settings(data=tmp_path / "shared", store=fresh_postgresql, objects=s3.settings())
    assert (dump(shared), kept(shared)) == (expected, bytes_of)
    assert not (tmp_path / "shared" / "verifier.db").exists()
    assert (tmp_path / "shared" / "uploads" / "an upload.pdf").read_bytes() == b"uploaded"
    made = verifier("backup", tmp_path / "b.tar", "--data", tmp_path / "shared", **places)
    assert (made.returncode, made.stderr) == (0, "")
    again = verifier("restore", tmp_path / "b.tar", "--data", tmp_path / "again")
    assert (again.returncode, again.stderr) == (0, "")
    back = Settings(data=tmp_path / "again")
    assert (dump(back), kept(back)) == (expected, bytes_of)
    assert verifier("archive", "check", "--data", tmp_path / "again").returncode == 0
    full = verifier("restore", tmp_path / "b.tar", "--data", tmp_path / "other", VERIFIER_STORE=fresh_postgresql)
    assert (full.returncode, "holds rows already" in full.stderr) == (3, True)
    assert {path.name for path in (tmp_path / "other").iterdir()} <= {"run.lock"}


@needs_postgresql
@pytest.mark.postgresql
def test_a_database_that_does_not_take_the_store_leaves_nothing_in_place(data, fresh_postgresql, tmp_path, monkeypatch):
    from verifier.admin import restore as module

    made = back_up(Settings(data=data), tmp_path / "a.tar", NOW)
    again = Settings(data=tmp_path / "again", store=fresh_postgresql)
    with monkeypatch.context() as patch:

        def fail(*_):
            raise StoreError("the server went away")

        patch.setattr(module, "copy_store", fail)
        with pytest.raises(StoreError, match="went away"):
            restore(made.file, again)
    assert {path.name for path in (tmp_path / "again").iterdir()} <= {"run.lock"}
    assert restore(made.file, again).problems == ()
    assert dump(again) == dump(Settings(data=data))


@needs_postgresql
@pytest.mark.postgresql
def test_a_backup_of_postgresql_agrees_with_itself_while_it_is_written_to(
    data, fresh_postgresql, tmp_path, monkeypatch
):
    from verifier.admin import backup as module

    copy_store(f"sqlite:///{data / 'verifier.db'}", fresh_postgresql, nothing, nothing)
    shared = Settings(data=data, store=fresh_postgresql)
    before, written = dump(shared), module._write

    def write_and_go_on(*given):
        with Store.open(fresh_postgresql) as store:
            fingerprint = store.findings.list([FindingState.OPEN])[0].finding.fingerprint
            store.findings.add_review(fingerprint, Decision.DISMISS, "Ada", "", "token", NOW)
        written(*given)

    monkeypatch.setattr(module, "_write", write_and_go_on)
    made = back_up(shared, tmp_path / "a.tar", NOW)
    assert restore(made.file, Settings(data=tmp_path / "again")).problems == ()
    assert dump(Settings(data=tmp_path / "again")) == before != dump(shared)


def test_what_the_bucket_lacks_or_has_damaged_is_said_and_all_else_kept(in_bucket, s3, tmp_path, verifier):
    archive = open_objects(in_bucket.archive_folder, in_bucket.objects)
    (warc,) = [one.name for one in archive.list() if one.name.endswith(".gz")]
    content = bytearray(archive.get(warc))
    content[len(content) // 2] ^= 0xFF
    archive.put(warc, bytes(content))
    documents = open_objects(in_bucket.documents_folder, in_bucket.objects)
    (paper,) = [one.name for one in documents.list()]
    documents.delete(paper)
    made = verifier("backup", tmp_path / "a.tar", "--data", in_bucket.data, **s3.environment())
    assert made.returncode == 3
    assert f"is damaged, and so it is in this backup: archive/{warc}" in made.stderr
    assert f"missing already when this backup was made: documents/{paper}" in made.stderr
    restored = restore(tmp_path / "a.tar", Settings(data=tmp_path / "again"))
    assert any(warc in problem for problem in restored.problems)
    assert any(paper in problem for problem in restored.problems)


def test_objects_that_a_run_removes_meanwhile_are_left_out(in_bucket, tmp_path, monkeypatch):
    archive = open_objects(in_bucket.archive_folder, in_bucket.objects)
    for number in range(30):
        archive.put(f"fetch-{number:02}.warc.gz", b"")
    listed = S3Objects.list

    def list_and_lose(self, after=""):
        for one in listed(self, after):
            if one.name.startswith("fetch-1"):
                self.delete(one.name)
            yield one

    monkeypatch.setattr(S3Objects, "list", list_and_lose)
    made = back_up(in_bucket, tmp_path / "a.tar", NOW)
    names = [member.name for member in made.manifest.files if "/fetch-" in member.name]
    assert len(names) == 20
    assert made.missing == ()


def test_a_bucket_that_goes_away_leaves_the_older_backup(in_bucket, s3, tmp_path, monkeypatch):
    (tmp_path / "a.tar").write_bytes(b"older")
    opened = S3Objects.open

    def lose(self, name):
        if name.endswith(".pdf"):
            raise ArchiveError("the bucket does not answer")
        return opened(self, name)

    monkeypatch.setattr(S3Objects, "open", lose)
    with pytest.raises(ArchiveError, match="does not answer"):
        back_up(in_bucket, tmp_path / "a.tar", NOW)
    assert (tmp_path / "a.tar").read_bytes() == b"older"
    assert {path.name for path in tmp_path.iterdir()} == {"data", "a.tar"}


def test_a_full_disk_leaves_the_older_backup(in_bucket, s3, tmp_path, verifier):
    with small_disk(tmp_path / "full", "256k") as disk:
        (disk / "a.tar").write_bytes(b"older")
        made = verifier("backup", disk / "a.tar", "--data", in_bucket.data, **s3.environment())
        assert (made.returncode, "room" in made.stderr, "Traceback" in made.stderr) == (3, True, False)
        assert {path.name: path.read_bytes() for path in disk.iterdir()} == {"a.tar": b"older"}


def test_interrupted_it_leaves_the_older_backup(in_bucket, s3, tmp_path):
    archive = open_objects(in_bucket.archive_folder, in_bucket.objects)
    for number in range(400):
        archive.put(f"fetch-{number:03}.warc.gz", b"x" * 2000)
    (tmp_path / "a.tar").write_bytes(b"older")
    for asked in (signal.SIGINT, signal.SIGKILL):
        process = subprocess.Popen(
            command("backup", tmp_path / "a.tar", "--data", in_bucket.data),
            env=environment_with(None, s3.environment()),
            stderr=subprocess.DEVNULL,
        )
        while not (draft := tmp_path / ".a.tar.part").exists() or draft.stat().st_size < 400_000:
            assert process.poll() is None, "it was done before it could be interrupted"
            time.sleep(0.01)
        process.send_signal(asked)
        assert process.wait() != 0
        assert (tmp_path / "a.tar").read_bytes() == b"older"
    back_up(in_bucket, tmp_path / "a.tar", NOW)
    assert {path.name for path in tmp_path.iterdir()} == {"data", "a.tar"}


def test_an_interrupted_restore_goes_on_and_nothing_is_there_before_its_end(in_bucket, s3, tmp_path, monkeypatch):
    archive = open_objects(in_bucket.archive_folder, in_bucket.objects)
    for number in range(40):
        archive.put(f"fetch-{number:03}.warc.gz", b"x" * number)
    backup = back_up(in_bucket, tmp_path / "a.tar", NOW).file
    again = Settings(data=tmp_path / "again", objects=s3.settings("tests/another"))
    put, sent = S3Objects.put, []

    def put_some(self, name, content):
        sent.append(name)
        if len(sent) == 20:
            raise ArchiveError("the bucket does not answer")
        put(self, name, content)

    monkeypatch.setattr(S3Objects, "put", put_some)
    with pytest.raises(ArchiveError, match="does not answer"):
        restore(backup, again)
    assert {path.name for path in again.data.iterdir()} <= {"run.lock"}
    there = set(kept(again))
    assert 10 < len(there) < 42
    sent[:] = ["x"] * 20
    restore(backup, again)
    assert not {name.partition("/")[2] for name in there} & set(sent[20:]), "nothing is sent twice"
    assert kept(again) == kept(in_bucket)
    assert dump(again) == dump(in_bucket)


def test_what_no_row_names_is_no_orphan_after_it_was_restored(in_bucket, s3, tmp_path):
    """A younger visit may rest on it."""
    archive = open_objects(in_bucket.archive_folder, in_bucket.objects)
    archive.put(name := "fetch-20250105T021500000000Z-0a1b2c3d.warc.gz", b"")
    backup = back_up(in_bucket, tmp_path / "a.tar", NOW).file
    again = Settings(data=tmp_path / "again", objects=s3.settings("tests/another"))
    restore(backup, again)
    restored = open_objects(again.archive_folder, again.objects)
    with Store.open(again.store_url) as store:
        sweep_orphans(store, restored, datetime.now(UTC) + timedelta(days=9))
    assert restored.size(name) == 0


def test_a_bucket_that_holds_anything_else_is_left_alone(in_bucket, s3, tmp_path):
    backup = back_up(in_bucket, tmp_path / "a.tar", NOW).file
    again = Settings(data=tmp_path / "again", objects=s3.settings("tests/another"))
    other = open_objects(again.documents_folder, again.objects)
    other.put("mine", b"mine")
    with pytest.raises(SettingsError, match="holds mine"):
        restore(backup, again)
    assert s3.keys("tests/another") == ["tests/another/documents/mine"]
    assert {path.name for path in again.data.iterdir()} <= {"run.lock"}


def test_a_spoiled_backup_sends_nothing(in_bucket, s3, tmp_path):
    backup = back_up(in_bucket, tmp_path / "a.tar", NOW).file
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 0xFF
    backup.write_bytes(content)
    again = Settings(data=tmp_path / "again", objects=s3.settings("tests/another"))
    with pytest.raises(BackupError, match="damaged"):
        restore(backup, again)
    assert s3.keys("tests/another") == []


def test_large_objects_go_there_and_back(in_bucket, s3, tmp_path, monkeypatch):
    monkeypatch.setattr(bucket_restore, "_IN_MEMORY", 1000)
    archive = open_objects(in_bucket.archive_folder, in_bucket.objects)
    archive.put("large.warc.gz", bytes(range(256)) * 40_000)
    backup = back_up(in_bucket, tmp_path / "a.tar", NOW).file
    again = Settings(data=tmp_path / "again", objects=s3.settings("tests/another"))
    restore(backup, again)
    assert kept(again) == kept(in_bucket)


def test_without_objects_the_backup_names_the_bucket_and_comes_back_beside_it(in_bucket, s3, tmp_path, verifier):
    here = s3.environment()
    made = verifier("backup", tmp_path / "a.tar", "--without-objects", "--data", in_bucket.data, **here)
    assert (made.returncode, made.stderr) == (0, "")
    assert "s3://evidence/tests/one" in made.stdout
    with tarfile.open(tmp_path / "a.tar") as tar:
        assert not [name for name in tar.getnames() if name.startswith(("archive/", "documents/"))]
    proven = verifier("backup", "--check", tmp_path / "a.tar")
    assert "not in it but in s3://evidence/tests/one" in proven.stdout
    refused = verifier("restore", tmp_path / "a.tar", "--data", tmp_path / "again")
    assert (refused.returncode, "objects.url" in refused.stderr) == (2, True)
    assert {path.name for path in (tmp_path / "again").iterdir()} <= {"run.lock"}
    before = s3.keys()
    assert verifier("restore", tmp_path / "a.tar", "--data", tmp_path / "again", **here).returncode == 0
    assert s3.keys() == before
    again = Settings(data=tmp_path / "again", objects=in_bucket.objects)
    assert dump(again) == dump(in_bucket)


def test_without_objects_it_says_what_the_bucket_lacks(in_bucket, s3, tmp_path, verifier):
    archive = open_objects(in_bucket.archive_folder, in_bucket.objects)
    (warc,) = [one.name for one in archive.list() if one.name.endswith(".gz")]
    archive.delete(warc)
    here = s3.environment()
    made = verifier("backup", tmp_path / "a.tar", "--without-objects", "--data", in_bucket.data, **here)
    assert (made.returncode, f"archive/{warc}" in made.stderr) == (3, True)
    again = verifier("restore", tmp_path / "a.tar", "--data", tmp_path / "again", **here)
    assert (again.returncode, f"archive/{warc}" in again.stderr) == (3, True)


def test_without_a_bucket_there_is_nothing_to_leave_out(data, tmp_path):
    with pytest.raises(SettingsError, match=r"objects\.url"):
        back_up(Settings(data=data), tmp_path / "a.tar", NOW, with_objects=False)


def test_objects_are_asked_for_ahead_but_only_some(in_bucket, tmp_path, monkeypatch):
    archive = open_objects(in_bucket.archive_folder, in_bucket.objects)
    for number in range(40):
        archive.put(f"fetch-{number:03}.warc.gz", b"x")
    asked, taken = [], []
    opened = S3Objects.open

    def count(self, name):
        asked.append(name)
        assert len(asked) - len(taken) <= 2 * backup_sources._AHEAD + 1
        return opened(self, name)

    monkeypatch.setattr(S3Objects, "open", count)
    for source in backup_sources.sources(in_bucket.data / "verifier.db", in_bucket, with_objects=True):
        with source.open() as content:
            taken.append((source.name, len(content.read())))
    assert len(asked) == 42
    assert dict(taken)["archive/fetch-007.warc.gz"] == 1
