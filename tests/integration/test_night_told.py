"""Nights over real folders, mailed to a real server: what is new, what healed, and nothing of drafts but counts."""

from pathlib import Path

import pytest

from tests.support.mail_server import mail_server
from verifier.notification_settings import MailSecurity, MailSettings
from verifier.runs import nightly, open_existing_store
from verifier.runs.confidential import confidential_documents
from verifier.runs.notify.notify import notify
from verifier.settings import FetchSettings, Settings, WatchSettings

PAGE = "<html><body><main><p>The county inspected 142 bridges in 2024 and closed nine of them.</p></main></body></html>"
SOURCE = "Bridge Report, http://bridges.example.test/report."
PUBLIC = ("The county inspected 124 bridges in 2024.", SOURCE)
DRAFT = ("The county inspected 4,210 bridges in 2024, says this secret draft.", SOURCE)
LEAKS = ("secret", "4,210", "hidden.example", "/gone")
"""Words of the drafts. None can come about by chance: three digits may be in the number of a finding or in a time."""
DEAD = ("A plan was announced.", "Plan, http://hidden.example.test/gone.")


@pytest.fixture
def installation(httpserver, tmp_path):
    httpserver.expect_request("/report").respond_with_data(PAGE, content_type="text/html")
    httpserver.expect_request("/gone").respond_with_data("<h1>Not found</h1>", 404, content_type="text/html")
    with mail_server() as mailbox:
        yield (
            Settings(
                data=tmp_path / "data",
                allow_private=True,
                hosts={"*.example.test": f"127.0.0.1:{httpserver.port}"},
                fetch=FetchSettings(pause=0),
                watch=(
                    WatchSettings(path=tmp_path / "papers"),
                    WatchSettings(path=tmp_path / "drafts", confidential=True, fetch=True),
                ),
                mail=MailSettings(
                    host="localhost",
                    port=mailbox.port,
                    security=MailSecurity.NONE,
                    sender="bot@example.org",
                    recipients=("editors@example.org",),
                ),
            ),
            mailbox,
        )


@pytest.fixture
def night(installation):
    """A night, told; returns the subject and all the words of its mail."""
    settings, mailbox = installation

    def night() -> tuple[str, str]:
        outcome = nightly(settings)
        with open_existing_store(settings) as store:
            confidential = confidential_documents(store, settings)
        assert notify(outcome.report, outcome.exit_code, settings, outcome.healed, confidential=confidential) == ()
        message = mailbox.taken[-1][1]
        words = " ".join(word for part in message.iter_parts() for word in part.get_content().split())
        assert not [leak for leak in LEAKS if leak in words]
        return message["Subject"].removeprefix("Verifier: "), words

    return night


def test_drafts_are_counted_in_mail_and_never_described_also_when_they_heal_or_go(night, make_paper, tmp_path):
    make_paper("papers/bridges.pdf", [PUBLIC])
    make_paper("drafts/secret.pdf", [DRAFT, DEAD])
    make_paper("drafts/other.pdf", [("Nothing is said here.", "Nothing.")])
    subject, words = night()
    assert subject == "2 new accusations, 1 new to-do, 2 checked"
    assert "bridges.pdf" in words
    assert "Confidential documents: 1 new accusation, 1 new to-do." in words
    subject, words = night()
    assert subject == "0 new, 2 checked"
    assert "Confidential" not in words
    make_paper("drafts/secret.pdf", [(DRAFT[0].replace("4,210", "142"), SOURCE), DEAD])
    subject, words = night()
    assert subject == "0 new, 1 healed, 2 checked"
    assert "Confidential documents: 0 new, 1 healed." in words
    Path(tmp_path / "drafts" / "secret.pdf").unlink()
    subject, words = night()
    assert subject == "0 new, 1 checked"
    assert "1 finding closed unchecked" in " ".join(words.split())
    assert "Survey" not in words


def test_a_damaged_draft_is_counted_too(night, make_paper, tmp_path):
    make_paper("papers/bridges.pdf", [PUBLIC])
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "secret.pdf").write_bytes(b"%PDF-1.7 and here it breaks off")
    subject, words = night()
    assert subject == "incomplete, 1 new accusation, 1 document not read, 1 checked"
    assert "Confidential documents: 0 new, 1 document not read." in words


def test_a_confidential_folder_that_is_away_is_counted_and_not_named(night, make_paper):
    make_paper("papers/bridges.pdf", [PUBLIC])
    subject, words = night()
    assert subject == "incomplete, 1 new accusation, 1 document not read, 1 checked"
    assert "drafts" not in words
