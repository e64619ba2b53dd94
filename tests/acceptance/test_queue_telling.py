"""A night is told of though the worker that ended it dies before, and by whoever comes next."""

import signal

import pytest

from tests.support.mail_server import mail_server
from tests.support.queue_nights import Installation, QueueWeb, empty_store, write_surveys
from tests.support.stores import POSTGRESQL
from tests.support.waiting import wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgresql,
    pytest.mark.skipif(not POSTGRESQL, reason="VERIFIER_TEST_POSTGRESQL names no database, and the queue needs one"),
]


@pytest.fixture
def mailbox():
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def night(tmp_path, mailbox, clean_environment):
    """A night that two papers are for, planned; its mail goes to the mailbox."""
    write_surveys(tmp_path / "papers", 2, 2)
    mail = ("[mail]", 'host = "localhost"', f"port = {mailbox.port}", 'security = "none"', 'sender = "b@example.org"')
    of_queue = ("concurrency = 2", "lease_seconds = 1", *mail, 'recipients = ["editors@example.org"]')
    with (
        QueueWeb() as web,
        empty_store() as (store, queue),
        Installation(tmp_path / "shared", tmp_path / "papers", web.names, store, queue, of_queue=of_queue) as night,
    ):
        assert night.run("nightly", "--engine", "queue", "--no-wait").returncode == 0
        yield night


def test_a_worker_that_dies_before_its_mail_is_taken_leaves_it_to_the_next(night, mailbox):
    first = night.worker()
    mailbox.before_taking = first.kill
    mailbox.reply_to_data = "451 it is gone by now"
    first.wait(300)
    assert night.phase() == "ended"
    assert mailbox.taken == []
    mailbox.before_taking, mailbox.reply_to_data = (lambda: None), "250 taken"
    second = night.worker()
    wait_until(lambda: night.ask("SELECT awaits_telling FROM shared_run") == [(False,)])
    second.send_signal(signal.SIGTERM)
    assert second.wait(300) == 0
    ((_, message),) = mailbox.taken
    assert "checked" in message["Subject"]


def test_where_no_worker_comes_the_next_night_tells_of_the_last(night, mailbox):
    first = night.worker()
    mailbox.before_taking = first.kill
    mailbox.reply_to_data = "451 it is gone by now"
    first.wait(300)
    wait_until(lambda: night.ask("SELECT telling_until < now() FROM shared_run") == [(True,)])
    wait_until(lambda: night.ask("SELECT expires_at < now() FROM run_lease") == [(True,)])
    mailbox.before_taking, mailbox.reply_to_data = (lambda: None), "250 taken"
    assert night.run("nightly").returncode in (0, 1)
    assert len(mailbox.taken) == 2, "of the last night, and of this one"


def test_it_is_told_once_where_all_goes_well(night, mailbox):
    workers = [night.worker(), night.worker()]
    wait_until(lambda: night.ask("SELECT phase, awaits_telling FROM shared_run") == [("ended", False)])
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    assert [worker.wait(300) for worker in workers] == [0, 0]
    assert len(mailbox.taken) == 1
