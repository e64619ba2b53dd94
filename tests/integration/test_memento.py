"""Archived copies over Memento, against an archive on loopback and, where there is one, a real pywb."""

from datetime import timedelta

import pytest

from tests.support import pywb
from tests.support.memento_web import PAGE, Copy, MementoWeb, day
from tests.support.web_sessions import web_session
from verifier.model import ArchivedCopy
from verifier.resolver import CopyFinder, WarcArchive
from verifier.settings import FetchSettings

URL = "http://dead.example.test/report?year=2019&part=2"
WHEN = day("2020-06-01")


@pytest.fixture
def web(httpserver):
    return MementoWeb(httpserver)


@pytest.fixture
def find(web):
    def find(url: str = URL, archives=(web.gate,), before=WHEN):
        with web_session(web.hosts, fetch=FetchSettings(pause=0, connect_timeout=2)) as session:
            return CopyFinder(archives, session).find(url, before)

    return find


def kinds(web) -> list[str]:
    return [kind for kind, _ in web.asked]


def soft_404(year: str) -> Copy:
    return Copy(year, body="<html><title>404 Not Found</title><body><h1>Page not found</h1></body></html>")


def captcha(year: str) -> Copy:
    return Copy(
        year,
        body="<html><title>Just a moment...</title><body><h1>Checking your browser</h1><p>Verify you are human by "
        'completing the captcha below.</p><div class="g-recaptcha"></div></body></html>',
    )


@pytest.mark.parametrize("direct", [False, True], ids=["a TimeGate that redirects", "a TimeGate that answers itself"])
@pytest.mark.parametrize(
    ("copies", "offered"),
    [
        pytest.param([Copy("2020-05-01"), Copy("2019-05-01")], "2020-05-01", id="the nearest before"),
        pytest.param([Copy("2020-06-03"), Copy("2019-05-01")], "2019-05-01", id="before, though one after is nearer"),
        pytest.param([Copy("2020-06-03"), Copy("2021-06-03")], "2020-06-03", id="none before: the nearest after"),
        pytest.param([Copy("2020-05-30", 404), Copy("2020-05-01"), Copy("2020-06-02")], "2020-05-01", id="not a 404"),
        pytest.param([Copy("2020-05-30", 503), Copy("2020-06-09")], "2020-06-09", id="not a 503: the one after"),
        pytest.param([soft_404("2020-05-30"), Copy("2020-01-01")], "2020-01-01", id="not one that says not found"),
        pytest.param([captcha("2020-05-30"), Copy("2020-01-01")], "2020-01-01", id="not one that asks for a captcha"),
        pytest.param([captcha("2020-05-30")], None, id="nothing but a captcha"),
        pytest.param([Copy("2020-05-30", 203), Copy("2020-01-01")], "2020-05-30", id="203 holds the page"),
        pytest.param(
            [
                Copy("2020-05-30", 302, "", "http://archive.example.test/gate/http://other.example.test/"),
                Copy("2020-01-01"),
            ],
            "2020-01-01",
            id="not a redirect",
        ),
        pytest.param([Copy("2020-05-30", 404), Copy("2020-06-30", 404)], None, id="nothing but dead ones"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_which_copy_is_offered(web, find, copies, offered, direct):
    web.copies[URL] = copies
    web.direct = direct
    found = find()
    assert found.unavailable == ()
    if offered is None:
        assert found.copy is None
    else:
        copy = next(copy for copy in copies if copy.captured == offered)
        assert found.copy == ArchivedCopy(web.place(URL, copy), copy.when)


def test_the_date_is_asked_for_in_memento_s_words(web, find):
    web.copies[URL] = [Copy("2020-05-01")]
    find()
    assert web.asked == [("gate", "Mon, 01 Jun 2020 00:00:00 GMT"), ("copy", "Mon, 01 Jun 2020 00:00:00 GMT")]


def test_a_copy_before_needs_no_list(web, find):
    web.copies[URL] = [Copy("2020-05-20"), Copy("2020-07-01")]
    find()
    assert "map" not in kinds(web)


def test_an_archive_without_a_list_offers_what_its_gate_does(web, find):
    web.copies[URL] = [Copy("2020-06-03"), Copy("2019-05-01")]
    web.timemap = False
    assert find().copy.captured_at == day("2020-06-03")


def test_only_so_many_copies_are_looked_at(web, find):
    start = day("2019-01-01")
    web.copies[URL] = [Copy((start + timedelta(days=n)).date().isoformat(), 404) for n in range(60)]
    assert find().copy is None
    assert kinds(web).count("copy") <= 5


def test_after_many_dead_ones_before_the_date_one_after_is_still_found(web, find):
    dead = [Copy((day("2019-01-01") + timedelta(days=n)).date().isoformat(), 404) for n in range(60)]
    web.copies[URL] = [*dead, Copy("2020-08-01")]
    assert find().copy.captured_at == day("2020-08-01")


def test_of_a_list_in_pages_those_near_the_date_are_read(web, find):
    days = [(day("2010-01-01") + timedelta(days=60 * n)).date().isoformat() for n in range(100)]
    web.copies[URL] = [Copy(when, 200 if n % 3 == 2 else 404) for n, when in enumerate(days)]
    web.page_size = 5
    wanted = max(copy.captured for copy in web.copies[URL] if copy.status == 200 and copy.captured <= "2020-06-01")
    assert find().copy.captured_at == day(wanted)
    assert 1 < kinds(web).count("map") <= 5


def test_a_copy_of_another_address_is_not_offered(web, find):
    web.copies[URL] = [Copy("2020-05-01")]
    web.original = "http://dead.example.test/"
    assert find().copy is None


def test_a_copy_of_the_same_address_otherwise_spelled_is(web, find):
    web.copies[URL] = [Copy("2020-05-01")]
    web.original = "https://www.dead.example.test:443/report?part=2&year=2019"
    assert find().copy is not None


@pytest.mark.parametrize("status", [500, 429, 400])
def test_an_archive_that_fails_is_named_and_not_asked_again(web, httpserver, status):
    web.down = status
    with web_session(web.hosts, fetch=FetchSettings(pause=0, retry_after_cap=0)) as session:
        finder = CopyFinder([web.gate], session)
        assert finder.find(URL, WHEN).unavailable == (web.gate,)
        asked = len(web.asked)
        assert finder.find(URL + "&again", WHEN).unavailable == (web.gate,)
        assert len(web.asked) == asked


@pytest.mark.parametrize("status", [429, 500, 503, 400])
def test_a_copy_that_is_not_shown_silences_nobody(web, status):
    other = URL + "&other"
    web.copies = {URL: [Copy("2020-05-01")], other: [Copy("2020-05-02")]}
    web.not_shown = {Copy("2020-05-01").stamp: status}
    with web_session(web.hosts, fetch=FetchSettings(pause=0, retry_after_cap=0)) as session:
        finder = CopyFinder([web.gate], session)
        refused = finder.find(URL, WHEN)
        assert (refused.copy, refused.unavailable, refused.is_final) == (None, (web.gate,), False)
        assert finder.find(other, WHEN).copy.captured_at == day("2020-05-02")


def test_in_place_of_a_copy_that_is_not_shown_the_next_one_is_offered(web, find):
    web.copies[URL] = [Copy("2020-05-30"), Copy("2020-05-01")]
    web.not_shown = {Copy("2020-05-30").stamp: 503}
    assert find().copy.captured_at == day("2020-05-01")


def test_the_next_archive_is_asked_where_the_first_has_none_before(web, find):
    web.copies[URL] = [Copy("2020-05-01")]
    nowhere = "http://127.0.0.1:9/gate/"
    found = find(archives=(nowhere, web.gate))
    assert found.copy is not None
    assert found.unavailable == (nowhere,)


@pytest.mark.parametrize(
    "url",
    [
        "http://dead.example.test/x",
        "http://intranet/x",
        "http://10.0.0.7/x",
        "http://[::1]/x",
        "http://wiki.company.internal/x",
        "http://printer.local/x",
        "http://name:word@example.org/x",
        "mailto:someone@example.org",
        "http://[::1/x",
    ],
)
def test_an_address_of_our_own_is_told_to_no_public_archive(web, url):
    """The public archive here is one that is not mapped: asking it would be a connection that fails."""
    with web_session(web.hosts, fetch=FetchSettings(pause=0, connect_timeout=1)) as session:
        found = CopyFinder(["http://web.archive.org/web/"], session).find(url, WHEN)
    assert (found.copy, found.answered, found.unavailable) == (None, 0, ())


@pytest.mark.skipif(not pywb.PYWB, reason=pywb.REASON)
@pytest.mark.parametrize("collection", ["sources/", "sources/mp_/"], ids=["as pywb frames it", "as it is"])
def test_a_real_pywb_is_asked(httpserver, tmp_path, collection):
    httpserver.expect_request("/report").respond_with_data(PAGE.format("As it was."), content_type="text/html")
    settings = FetchSettings(pause=0)
    url = "http://dead.example.test/report"
    with (
        WarcArchive(tmp_path / "archive") as archive,
        web_session({"*.example.test": f"127.0.0.1:{httpserver.port}"}, fetch=settings) as session,
    ):
        archive.write(session.fetch(url))
        archive.write(session.fetch("http://dead.example.test/missing"))
    folder = tmp_path / "pywb"
    folder.mkdir()
    with (
        pywb.served(list((tmp_path / "archive").glob("*.warc.gz")), folder) as address,
        web_session({"*.example.test": f"127.0.0.1:{httpserver.port}"}, fetch=settings) as session,
    ):
        finder = CopyFinder([f"{address}/{collection}"], session)
        found = finder.find(url, WHEN)
        assert found.unavailable == ()
        assert found.copy is not None
        assert found.copy.captured_at > WHEN
        assert url in found.copy.url
        assert finder.find("http://dead.example.test/missing", WHEN).copy is None
        assert finder.find("http://dead.example.test/never", WHEN).copy is None
