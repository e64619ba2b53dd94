"""An installation that was worked with, moved from SQLite and files to PostgreSQL and a bucket, by the command."""

import shutil
import signal
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from filelock import FileLock

from db.reviews import NewReview
from db.store import Store
from tests.support.commandline import command, environment_with
from tests.support.s3 import s3, s3_server
from tests.support.stores import POSTGRESQL, fresh_postgresql
from verifier.model import Decision
from verifier.objects import open_objects
from verifier.settings import Settings

__all__ = ["fresh_postgresql", "s3", "s3_server"]

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(not POSTGRESQL, reason="VERIFIER_TEST_POSTGRESQL names no database to move to"),
]


@pytest.fixture
def worked_with(data):
    """The demo's data folder after an editor went through its queue."""
    now = datetime.now(UTC)
    with Store.open(Settings(data=data).store_url) as store:
        store.queue.bring_up_to_date(now)
        for number, found in enumerate(store.findings.list()):
            decision = list(Decision)[number % len(Decision)]
            until = now + timedelta(days=9) if decision is Decision.SNOOZE else None
            review = NewReview(decision, "Ünal", f"weil … „{number}“", f"token {number}", until)
            store.findings.decide(found.finding.fingerprint, review, None, now)
        store.queue.bring_up_to_date(now)
    return data


def test_the_dumps_are_equal_and_the_evidence_is_proven_at_its_new_place(worked_with, fresh_postgresql, s3, verifier):
    moved = verifier("migrate-store", worked_with, fresh_postgresql, "--objects", **s3.environment())
    assert moved.returncode == 0, moved.stderr
    assert "each was read back and is the same" in moved.stdout
    old = verifier("dump", "--data", worked_with)
    new = verifier("dump", "--data", worked_with, VERIFIER_STORE=fresh_postgresql, **s3.environment())
    assert (old.returncode, new.returncode, bool(old.stdout)) == (0, 0, True)
    assert new.stdout == old.stdout
    shutil.rmtree(worked_with / "archive")
    shutil.rmtree(worked_with / "documents")
    checked = verifier("archive", "check", "--data", worked_with, VERIFIER_STORE=fresh_postgresql, **s3.environment())
    assert checked.returncode == 0, checked.stdout
    assert "0 damaged" in checked.stdout
    again = verifier("migrate-store", worked_with, fresh_postgresql)
    assert (again.returncode, "holds rows already" in again.stderr) == (3, True)


def test_what_is_in_the_bucket_is_not_sent_again_and_what_was_cut_off_is(worked_with, fresh_postgresql, s3, verifier):
    archive = open_objects(worked_with / "archive", s3.settings())
    (file,) = (worked_with / "archive").glob("*.warc.gz")
    archive.put(file.name, file.read_bytes()[:-10])
    documents = open_objects(worked_with / "documents", s3.settings())
    (document,) = (worked_with / "documents").iterdir()
    documents.put_file(document.name, document)
    moved = verifier("migrate-store", worked_with, fresh_postgresql, "--objects", **s3.environment())
    assert moved.returncode == 0, moved.stderr
    assert "2 files of archive and documents, 1 of them sent now" in moved.stdout
    assert archive.get(file.name) == file.read_bytes()


@pytest.mark.parametrize(
    ("source", "target", "more", "code", "said"),
    [
        ("nowhere", None, (), 2, "no SQLite store there"),
        ("data", "sqlite:///other.db", (), 3, "is moved to PostgreSQL"),
        ("data", "no address", (), 3, "the store's address is none"),
        ("data", None, ("--objects",), 2, "objects.url names no bucket"),
    ],
)
def test_what_cannot_be_moved_is_said(worked_with, fresh_postgresql, verifier, source, target, more, code, said):
    done = verifier("migrate-store", worked_with if source == "data" else source, target or fresh_postgresql, *more)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr


def test_the_file_itself_or_its_address_may_be_named(worked_with, fresh_postgresql, verifier):
    done = verifier("migrate-store", f"sqlite:///{worked_with / 'verifier.db'}", fresh_postgresql)
    assert done.returncode == 0, done.stderr


def test_nothing_is_moved_while_a_run_is_at_work(worked_with, fresh_postgresql, verifier):
    with FileLock(worked_with / "run.lock").acquire(timeout=0):
        done = verifier("migrate-store", worked_with, fresh_postgresql)
    assert (done.returncode, "a run is at work" in done.stderr) == (4, True)


def test_a_bucket_that_is_gone_leaves_the_target_empty(worked_with, fresh_postgresql, s3, verifier):
    s3.stop()
    try:
        done = verifier("migrate-store", worked_with, fresh_postgresql, "--objects", **s3.environment())
    finally:
        s3.start()
    assert (done.returncode, "s3://evidence/tests/one/archive" in done.stderr) == (3, True)
    assert verifier("migrate-store", worked_with, fresh_postgresql, "--objects", **s3.environment()).returncode == 0


def test_interrupted_it_says_so_and_can_be_begun_anew(worked_with, fresh_postgresql, verifier):
    process = subprocess.Popen(
        command("migrate-store", worked_with, fresh_postgresql),
        env=environment_with(None),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=300)
    assert process.returncode != 0
    again = verifier("migrate-store", worked_with, fresh_postgresql)
    assert again.returncode == 0, again.stderr
