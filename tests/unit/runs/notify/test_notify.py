"""Telling a night: mail, metrics and monitor together, each failing alone, against real servers on loopback."""

import json
import socket

import pytest

from db.store import Store
from tests.support.mail_server import NOBODY, mail_server
from verifier.errors import StoreError
from verifier.exits import ExitCode
from verifier.model import Coverage, Finding, FindingCode, FindingKind, FindingState, RunState, Severity
from verifier.notification_settings import HeartbeatSettings, MailSecurity, MailSettings
from verifier.reports.contents import CitationPlace, ReportedFinding, RunReport
from verifier.runs.notify.log import log_to
from verifier.runs.notify.notify import notify, notify_failure
from verifier.settings import Settings

BROKEN = ReportedFinding(
    Finding("ab" * 32, FindingCode.LINK_BROKEN, FindingKind.ACCUSATION, Severity.HIGH, "Gone.", url="http://x.test/"),
    FindingState.OPEN,
    (CitationPlace("tolls.pdf", "9", 3, "A sentence."),),
    new=True,
)


def report(*findings, state=RunState.FINISHED) -> RunReport:
    return RunReport(7, "nightly", state, None, None, Coverage(addresses_checked=812), findings)


@pytest.fixture
def server():
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def settings(tmp_path, server, httpserver):
    for path in ("/alive", "/ill"):
        httpserver.expect_request(path).respond_with_data("OK")

    def settings(**more) -> Settings:
        given = {
            "mail": mail(server.port),
            "heartbeat": HeartbeatSettings(url=httpserver.url_for("/alive"), failure_url=httpserver.url_for("/ill")),
            "metrics_file": tmp_path / "verifier.prom",
        }
        return Settings(data=tmp_path / "data", **(given | more))

    settings.called = lambda: [request.path for request, _ in httpserver.log]
    return settings


def mail(port: int, **more) -> MailSettings:
    given = {"host": "localhost", "security": MailSecurity.NONE, "sender": "bot@example.org", "timeout": 5}
    return MailSettings(port=port, **(given | {"recipients": ("editors@example.org",)} | more))


@pytest.fixture
def logged(tmp_path):
    """What the log says by now, as (event, reason)."""
    file = tmp_path / "verifier.jsonl"
    with log_to(file):
        yield lambda: [(line["event"], line.get("reason")) for line in map(json.loads, file.read_text().splitlines())]


def exit_code_in(file) -> str:
    return next(line for line in file.read_text().splitlines() if line.startswith("verifier_run_exit_code "))


def test_a_quiet_night_is_told_too(settings, server, logged):
    given = settings()
    assert notify(report(), ExitCode.CLEAN, given) == ()
    ((recipients, message),) = server.taken
    assert (recipients, message["Subject"]) == (["editors@example.org"], "Verifier: 0 new, 812 checked")
    assert exit_code_in(given.metrics_file) == "verifier_run_exit_code 0.0"
    assert settings.called() == ["/alive"]
    assert logged() == [("run_finished", None), ("mail_sent", None)]


def test_news_are_told_and_the_night_counts_as_complete(settings, server):
    healed = ReportedFinding(BROKEN.finding, FindingState.CLOSED, BROKEN.places, new=False)
    assert notify(report(BROKEN), ExitCode.NEW_ACCUSATIONS, settings(), [healed]) == ()
    message = server.taken[0][1]
    assert message["Subject"] == "Verifier: 1 new accusation, 1 healed, 812 checked"
    assert "A sentence." in message.get_body(("plain",)).get_content()
    assert "A sentence." in message.get_body(("html",)).get_content()
    assert settings.called() == ["/alive"]


def test_of_a_confidential_document_the_mail_has_counts_alone(settings, server):
    notify(report(BROKEN), ExitCode.NEW_ACCUSATIONS, settings(), confidential={"tolls.pdf"})
    message = server.taken[0][1]
    assert message["Subject"] == "Verifier: 1 new accusation, 812 checked"
    raw = "".join(part.get_content() for part in message.iter_parts())
    assert not [word for word in ("tolls", "A sentence", "x.test") if word in raw]


def test_an_incomplete_night_is_mailed_and_the_monitor_hears_of_it(settings, server):
    assert notify(report(state=RunState.INCOMPLETE), ExitCode.INCOMPLETE, settings()) == ()
    assert server.taken[0][1]["Subject"] == "Verifier: incomplete, 0 new, 812 checked"
    assert settings.called() == ["/ill"]


def test_no_mail_is_a_sentence_a_metric_an_event_and_no_healthy_heartbeat(settings, unused_port, logged):
    given = settings(mail=mail(unused_port))
    (sentence,) = notify(report(), ExitCode.CLEAN, given)
    assert sentence == f"no mail went out: localhost:{unused_port} refuses connections; check mail.host and mail.port"
    assert "verifier_untold 1.0" in given.metrics_file.read_text()
    assert settings.called() == ["/ill"]
    assert logged()[1:] == [("mail_failed", sentence)]


def test_a_refused_recipient_is_a_sentence_and_the_others_have_the_mail(settings, server, logged):
    given = settings(mail=mail(server.port, recipients=(NOBODY, "editors@example.org")))
    (sentence,) = notify(report(), ExitCode.CLEAN, given)
    assert f"refused the recipient {NOBODY}" in sentence
    assert server.taken[0][0] == ["editors@example.org"]
    assert [event for event, _ in logged()] == ["run_finished", "mail_failed", "mail_sent"]


def test_metrics_that_cannot_be_written_do_not_stop_the_mail(settings, server, tmp_path):
    (sentence,) = notify(report(), ExitCode.CLEAN, settings(metrics_file=tmp_path / "absent" / "x.prom"))
    assert sentence.startswith("no metrics were written: ")
    assert len(server.taken) == 1
    assert settings.called() == ["/ill"]


def test_a_monitor_that_is_away_is_only_logged(settings, unused_port, logged):
    address = f"http://127.0.0.1:{unused_port}/secret-id"
    assert notify(report(), ExitCode.CLEAN, settings(heartbeat=HeartbeatSettings(url=address))) == ()
    assert [event for event, _ in logged()] == ["run_finished", "mail_sent", "heartbeat_failed"]
    assert "secret-id" not in str(logged())


def test_nothing_configured_is_nothing_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert notify(report(BROKEN), ExitCode.NEW_ACCUSATIONS, Settings(data=tmp_path)) == ()
    assert notify_failure(StoreError("damaged"), Settings(data=tmp_path)) == ()
    assert list(tmp_path.iterdir()) == []


def test_that_the_bot_itself_failed_is_mailed_measured_and_the_monitor_told(settings, server, tmp_path, logged):
    tmp_path.joinpath("damaged.db").write_bytes(b"no database at all, " * 100)
    given = settings()
    with pytest.raises(StoreError) as caught:
        Store.open(f"sqlite:///{tmp_path / 'damaged.db'}")
    assert notify_failure(caught.value, given) == ()
    message = server.taken[0][1]
    assert message["Subject"].startswith("Verifier: FAILED: store ")
    text = message.get_content()
    assert str(given.data) in text
    assert "is not a database of Verifier" in " ".join(text.split())
    assert exit_code_in(given.metrics_file) == "verifier_run_exit_code 3.0"
    assert settings.called() == ["/ill"]
    assert [event for event, _ in logged()] == ["bot_failed", "mail_sent"]


def test_a_failure_nobody_foresaw_is_told_by_kind_and_place_only(settings, server):
    try:
        raise KeyError("a sentence of a confidential document")
    except KeyError as error:
        notify_failure(error, settings())
    message = server.taken[0][1]
    assert message["Subject"].startswith("Verifier: FAILED: KeyError, at test_notify.py:")
    assert "sentence" not in str(message)


def test_a_failure_that_cannot_be_mailed_is_a_sentence(settings, unused_port):
    (sentence,) = notify_failure(StoreError("damaged"), settings(mail=mail(unused_port)))
    assert sentence.startswith("no mail went out")
    assert settings.called() == ["/ill"]
