"""An address that was checked before: no body twice, conditional where it may be, and every record proven."""

import gzip
import hashlib
import json
import urllib.request
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from werkzeug.wrappers import Response

from tests.support import pywb
from tests.support.web_sessions import web_session
from verifier.model import LinkReason, LinkStatus, PriorFetches
from verifier.resolver import WarcArchive, check_address, check_archive, export_wacz

PAGE = (
    "<html><head><title>Report</title></head><body><main><h1>Report</h1><p>{}</p></main><i hidden>{}</i></body></html>"
)
WORDS = "The county inspected 142 bridges in 2024 and closed nine of them after the inspection. " * 20
URL = "http://site.example.test/report"


class Site:
    """One page that can be changed between two visits; remembers what it was asked."""

    def __init__(self, httpserver) -> None:
        self.body = PAGE.format(WORDS, "token-1")
        self.status = 200
        self.headers = {}
        self.honours = False
        self.asked = []
        self.port = httpserver.port
        httpserver.expect_request("/report").respond_with_handler(self.answer)
        httpserver.expect_request("/old").respond_with_data("", 301, {"Location": URL})
        httpserver.expect_request("/elsewhere").respond_with_data(PAGE.format(WORDS * 2, ""), content_type="text/html")

    def answer(self, request) -> Response:
        self.asked.append(request.headers)
        tag = self.headers.get("ETag")
        if self.honours and tag and request.headers.get("If-None-Match") == tag:
            return Response(status=304, headers=self.headers)
        return Response(self.body, self.status, self.headers, content_type="text/html")


@pytest.fixture
def site(httpserver) -> Site:
    return Site(httpserver)


@pytest.fixture
def visit(site, tmp_path):
    """Checks the address as one night does: with a session and an archive file of its own."""

    def visit(prior: PriorFetches | None = None, url: str = URL):
        with (
            WarcArchive(tmp_path / "archive") as archive,
            web_session({"*.example.test": f"127.0.0.1:{site.port}"}, archive=archive) as session,
        ):
            return check_address(url, session, prior)

    return visit


def known(check, prior: PriorFetches | None = None) -> PriorFetches:
    """What a store would tell of an address after this check."""
    before = () if prior is None else prior.snapshots
    if check.judgement.http_status == 304:
        return replace(prior, not_modified=prior.not_modified + 1)
    text = check.text or (prior.text if prior else None)
    served = check.fetch.final if check.text else None
    return PriorFetches(check.judgement.status, (*check.snapshots, *before), served, 0, text)


def records(folder: Path) -> list:
    """(type, headers, payload) of every record, file by file in the order they were begun."""
    found = []
    for path in sorted((folder / "archive").glob("*.warc.gz")):
        for record in ArchiveIterator(BytesIO(path.read_bytes())):
            found.append((record.rec_type, record.rec_headers, record.content_stream().read()))
    return found


def kinds(folder: Path) -> list[str]:
    return [kind for kind, _, _ in records(folder) if kind not in ("warcinfo", "request")]


def bytes_kept(folder: Path) -> int:
    return sum(len(payload) for kind, _, payload in records(folder) if kind == "response")


def read_back(folder: Path, check) -> bytes:
    place = check.snapshots[-1]
    return WarcArchive(folder / "archive").read(place.warc_file, place.offset).payload


def test_the_same_bytes_are_kept_once(visit, tmp_path):
    first = visit()
    second = visit(known(first))
    assert kinds(tmp_path) == ["response", "revisit"]
    assert second.snapshots == first.snapshots
    assert second.text == first.text
    (_, original, _), (_, revisit, payload) = [r for r in records(tmp_path) if r[0] in ("response", "revisit")]
    assert payload == b""
    assert revisit.get_header("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert revisit.get_header("WARC-Refers-To") == original.get_header("WARC-Record-ID")
    assert revisit.get_header("WARC-Refers-To-Date") == original.get_header("WARC-Date")
    assert revisit.get_header("WARC-Refers-To-Target-URI") == URL
    assert revisit.get_header("WARC-Payload-Digest") == original.get_header("WARC-Payload-Digest")
    assert check_archive(tmp_path / "archive").sound


def test_a_page_that_says_the_same_in_other_bytes_leaves_its_digests_only(visit, site, tmp_path):
    first = visit()
    site.body = PAGE.format(WORDS, "token-2")
    second = visit(known(first))
    assert kinds(tmp_path) == ["response", "metadata"]
    assert (second.snapshots, second.text) == (first.snapshots, first.text)
    assert read_back(tmp_path, second).decode() == PAGE.format(WORDS, "token-1")
    (_, headers, block) = next(r for r in records(tmp_path) if r[0] == "metadata")
    fields = dict(line.split(": ", 1) for line in block.decode().splitlines())
    assert fields["unchanged"] == "same-readable-text"
    assert fields["payload-digest"] == "sha256:" + hashlib.sha256(site.body.encode()).hexdigest()
    assert fields["text-digest"] == "sha256:" + hashlib.sha256(first.text.text.encode()).hexdigest()
    assert headers.get_header("WARC-Refers-To")
    assert check_archive(tmp_path / "archive").sound


def test_many_nights_of_tokens_do_not_grow_the_archive_by_bodies(visit, site, tmp_path):
    check = visit()
    prior = known(check)
    size = bytes_kept(tmp_path)
    for night in range(6):
        site.body = PAGE.format(WORDS, f"token-{night}-of-tonight")
        check = visit(prior)
        prior = known(check, prior)
    assert bytes_kept(tmp_path) == size
    assert check.judgement.status is LinkStatus.OK


def test_a_changed_figure_is_kept_anew(visit, site, tmp_path):
    first = visit()
    site.body = PAGE.format(WORDS.replace("142", "143"), "token-1")
    second = visit(known(first))
    assert kinds(tmp_path) == ["response", "response"]
    assert b"143" in read_back(tmp_path, second)
    assert "143" in second.text.text
    assert second.text.payload_sha256 == second.snapshots[-1].payload_sha256


def test_a_dead_page_with_a_token_is_kept_once(visit, site, tmp_path):
    site.status, site.body = 404, PAGE.format("This page was not found.", "ray-1")
    first = visit()
    site.body = PAGE.format("This page was not found.", "ray-2")
    second = visit(known(first))
    assert second.judgement.status is LinkStatus.BROKEN
    assert kinds(tmp_path) == ["response", "metadata"]
    assert second.snapshots == first.snapshots


def test_the_same_page_under_another_status_is_kept_anew(visit, site, tmp_path):
    first = visit()
    site.status = 404
    second = visit(known(first))
    assert second.judgement.status is LinkStatus.BROKEN
    assert kinds(tmp_path) == ["response", "response"]


def test_what_was_lost_is_kept_anew(visit, tmp_path):
    first = visit()
    next((tmp_path / "archive").glob("*.warc.gz")).unlink()
    second = visit(known(first))
    assert kinds(tmp_path) == ["response"]
    assert read_back(tmp_path, second)
    assert check_archive(tmp_path / "archive").sound


def test_what_was_damaged_is_kept_anew(visit, tmp_path):
    first = visit()
    place = first.snapshots[-1]
    file = tmp_path / "archive" / place.warc_file
    data = bytearray(file.read_bytes())
    data[place.offset + 200] ^= 0xFF
    file.write_bytes(data)
    second = visit(known(first))
    assert second.snapshots != first.snapshots
    assert read_back(tmp_path, second)


def test_an_empty_body_is_no_revisit(visit, site, tmp_path):
    site.status, site.body = 404, ""
    first = visit()
    visit(known(first))
    assert kinds(tmp_path) == ["response", "response"]


@pytest.mark.parametrize(
    ("redirect", "reason"),
    [(URL, LinkReason.SERVED), ("http://site.example.test/old", LinkReason.PERMANENT_REDIRECT)],
)
def test_an_unchanged_page_need_not_be_sent_again(visit, site, tmp_path, redirect, reason):
    site.honours, site.headers = True, {"ETag": '"v1"', "Last-Modified": "Mon, 12 Jan 2026 14:05:00 GMT"}
    first = visit(url=redirect)
    second = visit(known(first), url=redirect)
    assert site.asked[-1]["If-None-Match"] == '"v1"'
    assert site.asked[-1]["If-Modified-Since"] == "Mon, 12 Jan 2026 14:05:00 GMT"
    assert second.judgement == replace(first.judgement, http_status=304)
    assert second.judgement.reason is reason
    assert second.text == first.text
    assert second.snapshots[-1] == first.snapshots[-1]
    assert [hop.http_status for hop in second.fetch.hops][-1] == 304
    *_, (_, headers, _) = [r for r in records(tmp_path) if r[0] == "revisit"]
    assert headers.get_header("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    (said,) = [block for kind, _, block in records(tmp_path) if kind == "metadata"]
    assert said.startswith(b"unchanged: not-modified\r\nhttp-status-line: HTTP/1.")
    assert b'http-header: ETag: "v1"\r\n' in said
    assert check_archive(tmp_path / "archive").sound


def test_the_revisit_of_an_unchanged_page_is_indexed_as_the_page(visit, site, tmp_path):
    site.honours, site.headers = True, {"ETag": '"v1"'}
    visit(known(visit()))
    assert not export_wacz(tmp_path / "archive", tmp_path / "out.wacz").problems
    with zipfile.ZipFile(tmp_path / "out.wacz") as package:
        lines = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
    entries = [json.loads(line.split(" ", 2)[2]) for line in lines]
    assert [entry["status"] for entry in entries] == ["200", "200"]
    assert len({entry["digest"] for entry in entries}) == 1
    assert {entry["mime"] for entry in entries} == {"text/html", "warc/revisit"}


@pytest.mark.skipif(not pywb.PYWB, reason=pywb.REASON)
def test_the_newest_capture_of_an_unchanged_page_replays_whole(visit, site, tmp_path):
    site.honours, site.headers = True, {"ETag": '"v1"'}
    visit(known(visit()))
    assert site.asked[-1]["If-None-Match"] == '"v1"'
    folder = tmp_path / "pywb"
    folder.mkdir()
    with (
        pywb.served(sorted((tmp_path / "archive").glob("*.warc.gz")), folder) as address,
        urllib.request.urlopen(f"{address}/sources/20991231id_/{URL}", timeout=10) as response,
    ):
        assert response.status == 200
        assert response.headers["Content-Type"] == "text/html"
        assert response.read() == site.body.encode()


def test_no_condition_is_sent_to_another_address(visit, site, httpserver):
    site.honours, site.headers = True, {"ETag": '"v1"'}
    first = visit(url="http://site.example.test/old")
    httpserver.clear()
    seen = []

    def moved(request) -> Response:
        seen.append(request.headers)
        return Response("", 302, {"Location": "/elsewhere"})

    def elsewhere(request) -> Response:
        seen.append(request.headers)
        return Response(PAGE.format(WORDS * 2, ""), content_type="text/html")

    httpserver.expect_request("/old").respond_with_handler(moved)
    httpserver.expect_request("/elsewhere").respond_with_handler(elsewhere)
    second = visit(known(first), url="http://site.example.test/old")
    assert len(seen) == 2
    assert not any("If-None-Match" in headers for headers in seen)
    assert second.judgement.http_status == 200
    assert second.text != first.text


def test_a_server_that_says_not_modified_for_ever_is_asked_in_full_at_the_fourth_check(visit, site):
    site.honours, site.headers = True, {"ETag": '"v1"'}
    check = visit()
    prior = known(check)
    site.status, site.body = 404, PAGE.format("This page was not found.", "")  # gone, but the 304 comes first
    statuses = []
    for _ in range(4):
        check = visit(prior)
        statuses.append((check.judgement.status, check.judgement.http_status))
        prior = known(check, prior)
    assert statuses == [(LinkStatus.OK, 304)] * 3 + [(LinkStatus.BROKEN, 404)]


def test_a_page_that_the_archive_lost_is_asked_for_in_full(visit, site, tmp_path):
    site.honours, site.headers = True, {"ETag": '"v1"'}
    first = visit()
    next((tmp_path / "archive").glob("*.warc.gz")).unlink()
    second = visit(known(first))
    assert (second.judgement.status, second.judgement.http_status) == (LinkStatus.OK, 200)
    assert len(site.asked) == 3
    assert read_back(tmp_path, second).decode() == site.body


def test_a_record_that_refers_to_nothing_is_a_problem(visit, site, tmp_path):
    first = visit()
    place = first.snapshots[-1]
    visit(known(first))
    site.body = PAGE.format(WORDS, "token-2")
    visit(known(first))
    assert check_archive(tmp_path / "archive").sound
    (tmp_path / "archive" / place.warc_file).unlink()
    problems = [str(problem) for problem in check_archive(tmp_path / "archive").problems]
    assert len(problems) == 2
    assert all("leaves its body to <urn:uuid:" in problem for problem in problems)
