"""Mail against a real server on loopback, and against servers that refuse, hang, break off or pretend."""

import socket
import threading
from contextlib import contextmanager

import pytest
import trustme
from pydantic import SecretStr

from tests.support.mail_server import NOBODY, PASSWORD, USER, mail_server
from verifier.errors import NotificationError
from verifier.notification_settings import MailSecurity, MailSettings
from verifier.runs.notify.mail import Letter, as_message, send

LETTER = Letter("Verifier: 0 new, 812 checked", "0 new, 812 checked\nzażółć “x”\n" + "long " * 400, "<p>0 new “x”</p>")
EDITOR = "editors@example.org"


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(autouse=True)
def trusted(authority, monkeypatch, tmp_path):
    """What an operator with an own authority sets."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


def settings(port: int, **more) -> MailSettings:
    given = {"host": "localhost", "sender": "Verifier <bot@example.org>", "recipients": (EDITOR,), "timeout": 5.0}
    return MailSettings(port=port, **(given | more))


def log_in(**more):
    return {"user": USER, "password": SecretStr(PASSWORD)} | more


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # TLS is there from the start
@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_a_letter_arrives_whole_over_tls_with_a_log_in(authority, security):
    with mail_server(authority, implicit_tls=security is MailSecurity.TLS, log_in_first=True) as mailbox:
        assert send(LETTER, settings(mailbox.port, security=security, **log_in())) == ()
    ((recipients, message),) = mailbox.taken
    assert mailbox.logged_in == [True]
    assert recipients == [EDITOR]
    assert (message["Subject"], message["From"]) == (LETTER.subject, "Verifier <bot@example.org>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.org>")
    assert message["Date"].datetime.tzinfo is not None
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert text.get_content().replace("\r\n", "\n").rstrip() == LETTER.text.rstrip()
    assert (html.get_content_type(), html.get_content().strip()) == ("text/html", LETTER.html)


def test_lines_on_the_wire_are_as_short_as_the_standards_ask_and_the_subject_is_one():
    many = tuple(f"Łucja {n} <editor{n}@example.org>" for n in range(100))
    subject = "Verifier: incomplete, 12 new accusations, 3 new to-dos, 1 document not read, 812 checked"
    raw = as_message(Letter(subject, "x" * 5000, "<p>" + "ü" * 5000), settings(25, recipients=many)).as_bytes()
    head, _, body = raw.partition(b"\r\n\r\n")
    assert f"Subject: {subject}".encode() in head.split(b"\r\n")
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert max(map(len, body.split(b"\r\n"))) <= 76


def test_a_password_file_is_read_when_it_is_needed(authority, tmp_path):
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    with mail_server(authority, log_in_first=True) as mailbox:
        send(LETTER, settings(mailbox.port, user=USER, password_file=file))
    assert mailbox.logged_in == [True]


def test_without_protection_where_the_operator_says_so():
    with mail_server() as mailbox:
        assert send(Letter("s", "text alone"), settings(mailbox.port, security=MailSecurity.NONE)) == ()
    assert mailbox.taken[0][1].get_content_type() == "text/plain"


def test_one_refused_recipient_is_told_and_the_others_get_it(authority):
    with mail_server(authority) as mailbox:
        (told,) = send(LETTER, settings(mailbox.port, recipients=(NOBODY, EDITOR)))
    assert mailbox.taken[0][0] == [EDITOR]
    assert told == f"localhost:{mailbox.port} refused the recipient {NOBODY}: 550 5.1.1 no such mailbox"


def test_a_lone_surrogate_and_a_line_break_in_the_subject_cost_no_mail():
    with mail_server() as mailbox:
        letter = Letter("one\r\nBcc: spy@example.org", "damaged \udcff text", "<p>\udcff")
        send(letter, settings(mailbox.port, security=MailSecurity.NONE))
    ((recipients, message),) = mailbox.taken
    assert recipients == [EDITOR]
    assert message["Bcc"] is None
    assert "damaged \ufffd text" in message.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("server", "more", "says"),
    [
        ({}, {"recipients": (NOBODY,)}, f"refused every recipient: {NOBODY}: 550"),
        ({"log_in_first": True}, log_in(password=SecretStr("wrong")), f"refused the log-in of {USER}: 535"),
        ({"log_in_first": True}, {}, r"refused the sender .*: 530"),
        ({}, log_in(password=SecretStr("pässword")), "ASCII"),
        ({}, {"security": MailSecurity.NONE}, r"refused the sender .*: 530 Must issue a STARTTLS"),
        ({"name": "other.example.org"}, {}, "certificate that is not trusted: .*localhost"),
        ({"authority": trustme.CA()}, {}, "certificate that is not trusted"),
        ({"authority": None}, {}, "cannot do what is asked: STARTTLS"),
        ({"authority": None}, {"security": MailSecurity.TLS}, "does not speak tls there"),
        ({"implicit_tls": True}, {"timeout": 1.0}, "broke off, or did not answer within 1 s"),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(authority, server, more, says):
    with mail_server(**({"authority": authority} | server)) as mailbox:
        with pytest.raises(NotificationError, match=says) as caught:
            send(LETTER, settings(mailbox.port, **more))
        assert mailbox.taken == []
    assert str(caught.value).startswith("no mail went out: ")
    assert PASSWORD not in str(caught.value)


def test_a_server_that_refuses_the_letter_itself(authority):
    with mail_server(authority) as mailbox:
        mailbox.reply_to_data = "554 5.7.1 looks like spam"
        with pytest.raises(NotificationError, match=r"answered 554 5.7.1 looks like spam"):
            send(LETTER, settings(mailbox.port))


def test_an_unreadable_or_empty_password_file(tmp_path):
    (tmp_path / "empty").write_text("")
    for name, says in (("absent", "No such file"), ("empty", "is empty")):
        with pytest.raises(NotificationError, match=says):
            send(LETTER, settings(9, user=USER, password_file=tmp_path / name))


def test_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotificationError, match="refuses connections"):
        send(LETTER, settings(port))


@contextmanager
def answering(*replies: bytes, then_hang: bool):
    """A server that says some lines, each after the client's, then hangs or hangs up."""
    done = threading.Event()

    def serve(listener):
        connection, _ = listener.accept()
        with connection:
            for reply in replies:
                connection.sendall(reply)
                connection.recv(1000)
            if then_hang:
                done.wait(30)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        done.set()
        thread.join(5)


@pytest.mark.parametrize(
    "replies",
    [(), (b"220 hello\r\n",), (b"220 hello\r\n", b"250-x\r\n250 STARTTLS\r\n")],
    ids=["before the greeting", "after the greeting", "in the middle of STARTTLS"],
)
@pytest.mark.parametrize("then_hang", [True, False], ids=["hangs", "hangs up"])
def test_a_server_that_hangs_or_breaks_off_costs_its_timeout_and_no_more(replies, then_hang):
    hanging = answering(*replies, then_hang=then_hang)
    with hanging as port, pytest.raises(NotificationError, match=r"did not answer within 0\.5 s"):
        send(LETTER, settings(port, timeout=0.5))


def test_a_server_that_hangs_on_taking_leave_has_the_letter():
    replies = (b"220 hello\r\n", b"250 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n", b"250 taken\r\n")
    with answering(*replies, then_hang=True) as port:
        assert send(Letter("s", "t"), settings(port, security=MailSecurity.NONE, timeout=5)) == ()
