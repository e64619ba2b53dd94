"""Nights on which nothing changed: the archive keeps no body again, and findings still lead to the bytes they quote."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from warcio.archiveiterator import ArchiveIterator
from werkzeug.wrappers import Response

from db.store import Store
from verifier.resolver import WarcArchive, check_archive
from verifier.runs import run
from verifier.settings import FetchSettings, Settings

START = datetime(2026, 11, 2, 2, 15, tzinfo=UTC)
PAGE = (
    "<html><head><title>Report</title></head><body><main><p>The county has 142 bridges in use.</p></main>"
    "<script>var token = '{}';</script></body></html>"
)
GONE = "<html><body><h1>Page not found</h1><script>var ray = '{}';</script></body></html>"


@pytest.fixture
def web(httpserver):
    asked = {"tokens": 0, "tagged": 0, "gone": 0}
    httpserver.asked = asked
    httpserver.sent = []

    def tokens(request):
        asked["tokens"] += 1
        return Response(PAGE.format(asked["tokens"]), content_type="text/html")

    def tagged(request):
        if request.headers.get("If-None-Match") == '"v1"':
            httpserver.sent.append(304)
            return Response(status=304, headers={"ETag": '"v1"'})
        httpserver.sent.append(200)
        return Response(PAGE.format("always"), headers={"ETag": '"v1"'}, content_type="text/html")

    def gone(request):
        asked["gone"] += 1
        return Response(GONE.format(asked["gone"]), 404, content_type="text/html")

    for path, handler in (("/tokens", tokens), ("/tagged", tagged), ("/gone", gone)):
        httpserver.expect_request(path).respond_with_handler(handler)
    return httpserver


@pytest.fixture
def settings(web, tmp_path):
    return Settings(
        data=tmp_path / "data",
        allow_private=True,
        hosts={"*.example.test": f"127.0.0.1:{web.port}"},
        fetch=FetchSettings(pause=0),
    )


@pytest.fixture
def night(make_paper, settings):
    paper = make_paper(
        "paper.pdf",
        [
            ("The county has 124 bridges.", "Report, http://a.example.test/tokens."),
            ("The county has 142 bridges.", "Report, http://b.example.test/tagged."),
            ("They are old.", "Survey, http://c.example.test/gone."),
        ],
    )

    def run_on(day: float):
        with time_machine.travel(START + timedelta(days=day), tick=True):
            return run([paper], settings).report

    return run_on


def bodies(settings) -> list[bytes]:
    kept = []
    for path in sorted(settings.archive_folder.glob("*.warc.gz")):
        for record in ArchiveIterator(BytesIO(path.read_bytes())):
            if record.rec_type == "response":
                kept.append(record.content_stream().read())
    return kept


def test_many_nights_keep_each_body_once_and_findings_lead_to_it(night, settings, web):
    night(0)
    first = bodies(settings)
    assert len(first) == 3
    for day in (8, 16, 24, 32):
        report = night(day)
    assert bodies(settings) == first
    assert web.sent == [200, 304, 304, 304, 200]
    assert (web.asked["tokens"], web.asked["gone"]) == (5, 5)
    assert check_archive(settings.archive_folder).sound
    found = {finding.finding.code.value: finding.finding for finding in report.findings}
    assert set(found) == {"figure_disagrees", "link_broken"}
    archive = WarcArchive(settings.archive_folder)
    for finding, words in ((found["figure_disagrees"], b"142 bridges"), (found["link_broken"], b"not found")):
        file, offset = finding.evidence.snapshot.warc_file, finding.evidence.snapshot.offset
        assert words in archive.read(file, offset).payload


def test_nothing_is_compared_anew_where_no_text_changed(night, settings):
    night(0)

    def texts() -> int:
        with Store.open(settings.store_url) as store:
            return sum('"table": "text"' in line for line in store.dump())

    before = texts()
    night(8)
    night(16)
    assert texts() == before


def newest_of(settings, url: str):
    """(record type, WARC profile, status of its head) of the newest capture of an address."""
    found = []
    for path in sorted(settings.archive_folder.glob("*.warc.gz")):
        for record in ArchiveIterator(BytesIO(path.read_bytes())):
            if record.rec_type in ("response", "revisit") and record.rec_headers.get_header("WARC-Target-URI") == url:
                profile = record.rec_headers.get_header("WARC-Profile") or ""
                found.append((record.rec_type, profile.rpartition("/")[2], record.http_headers.get_statuscode()))
    return found[-1]


def test_a_304_of_an_older_version_which_replays_blank_is_followed_by_a_whole_capture(night, settings, web):
    night(0)
    night(8)
    with closing(sqlite3.connect(settings.data / "verifier.db")) as store, store:
        changed = store.execute("UPDATE fetch SET detail = '' WHERE http_status = 304").rowcount
    (settings.data / "verifier.db.sha256").unlink()
    assert (changed, web.sent) == (1, [200, 304])
    night(16)
    night(24)
    assert web.sent == [200, 304, 200, 304]
    assert newest_of(settings, "http://b.example.test/tagged") == ("revisit", "identical-payload-digest", "200")
