"""More than a hundred hostile responses in one run: none ends it, each has its record, and what is unread is said."""

import pytest

from tests.support.hostile_bodies import hostile_replies
from tests.support.hostile_web import HostileWeb, Site
from tests.support.web_sessions import web_session
from verifier.engines import SourceReaders, check_links
from verifier.model import Judgement, LinkReason, LinkStatus
from verifier.resolver import WarcArchive, check_address, check_archive
from verifier.settings import FetchSettings, Settings

pytestmark = pytest.mark.slow
FETCH = FetchSettings(pause=0, deadline=20, max_bytes=10_000_000)


@pytest.fixture(scope="module")
def replies() -> dict[str, bytes]:
    return hostile_replies()


@pytest.fixture(scope="module")
def web(replies):
    with HostileWeb({f"c{number}.test": Site(others=reply) for number, reply in enumerate(replies.values())}) as web:
        yield web


def test_the_corpus_is_large_enough(replies) -> None:
    assert len(replies) >= 100


def test_each_is_checked_archived_and_read_without_an_error_of_ours(web, replies, tmp_path) -> None:
    """Not one needs the boundary that keeps an error of one address from the others."""
    failures = {}
    with (
        WarcArchive(tmp_path / "archive") as archive,
        web_session(web.hosts, fetch=FETCH, archive=archive) as session,
        SourceReaders() as read,
    ):
        for number, name in enumerate(replies):
            try:
                check = check_address(f"http://c{number}.test/x", session, read=read, fragments=("part",))
            except Exception as error:  # noqa: BLE001 - all of them are wanted at once
                failures[name] = repr(error)[:200]
                continue
            if "took longer" in check.fetch.detail or "died" in check.fetch.detail:
                failures[name] = check.fetch.detail
    assert failures == {}
    report = check_archive(tmp_path / "archive")
    assert report.problems == ()
    assert report.records >= len(replies)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("br", (LinkStatus.REFUSED, LinkReason.CHECK_FAILED)),
        ("zstd", (LinkStatus.REFUSED, LinkReason.CHECK_FAILED)),
        ("gzip four times", (LinkStatus.REFUSED, LinkReason.CHECK_FAILED)),
        ("gzip that is a page", (LinkStatus.OK, LinkReason.SERVED)),
        ("more empty members", (LinkStatus.REFUSED, LinkReason.CHECK_FAILED)),
        ("gzip twice", (LinkStatus.OK, LinkReason.SERVED)),
        ("a bomb", (LinkStatus.REFUSED, LinkReason.TOO_LARGE)),
        ("gzip that breaks off", (LinkStatus.UNREACHABLE, LinkReason.CONNECTION_RESET)),
        ("a canonical link with an accent", (LinkStatus.OK, LinkReason.SERVED)),
        ("a cookie with an accent", (LinkStatus.OK, LinkReason.SERVED)),
    ],
)
def test_what_could_not_be_decoded_is_not_called_fine(web, replies, name: str, expected: tuple[str, str]) -> None:
    number = list(replies).index(name)
    settings = Settings(allow_private=True, hosts=dict(web.hosts), fetch=FETCH)
    ((_, judged),) = check_links([f"http://c{number}.test/x"], settings)
    assert isinstance(judged, Judgement)
    assert (judged.status, judged.reason) == expected
