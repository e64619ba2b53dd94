"""A page's style sheets are kept with it where the operator says so, politely; the desk shows its look by them."""

from collections import Counter
from dataclasses import replace

import pytest
from werkzeug import Response

from db.store import Store
from tests.support.desks import JOB_COMMAND, Browser
from tests.support.stores import day, figure_finding, note, publish
from tests.support.web_sessions import web_session
from verifier.model import Coverage, LinkStatus, PriorFetches, SnapshotRef
from verifier.resolver import MemoryArchive, WarcArchive, check_address
from verifier.review.app import create_app
from verifier.review.evidence import looks
from verifier.settings import ArchiveSettings, FetchSettings, ReviewSettings, Settings

SETTINGS = FetchSettings(pause=0, connect_timeout=2, retry_after_cap=0)
HOST = "http://www.example.test"
CSS = "body { background: rgb(1, 2, 3); background-image: url(http://elsewhere.test/x.png) } </style><script>"


@pytest.fixture
def web(httpserver):
    """A site of two pages that share a style sheet, each with others that cannot be had; `robots` is its robots.txt."""
    httpserver.robots = "User-agent: *\nDisallow:"
    httpserver.expect_request("/robots.txt").respond_with_handler(lambda _: Response(httpserver.robots))
    for name in ("a", "b"):
        httpserver.expect_request(f"/gone-{name}.css").respond_with_data("", 404)
        page = (
            f'<html><head><title>Report</title><link rel="stylesheet" href="/style.css">'
            f'<link rel="stylesheet" media="print" href="/print.css"><link rel=stylesheet href="/gone-{name}.css">'
            f'<link rel=stylesheet href="/page.css"></head><body><main><p>The county has 142 bridges, says {name}.</p>'
            "</main></body></html>"
        )
        httpserver.expect_request(f"/{name}").respond_with_data(page, content_type="text/html")
    httpserver.expect_request("/style.css").respond_with_data(CSS, content_type="text/css")
    httpserver.expect_request("/print.css").respond_with_data("p { color: black }", content_type="text/css")
    httpserver.expect_request("/page.css").respond_with_data("<p>no style sheet</p>", content_type="text/html")
    return httpserver


def session_of(web, most: int = 5, archive=None):
    hosts = {"*.example.test": f"127.0.0.1:{web.port}"}
    keep = ArchiveSettings(style_sheets=most)
    return web_session(hosts, fetch=SETTINGS, archive=archive or MemoryArchive(), keep=keep)


def asked(web) -> Counter:
    """How often each of the site's paths was asked for; the judge's control addresses are not counted."""
    return Counter(request.path for request, _ in web.log if "." in request.path or len(request.path) == 2)


def test_each_style_sheet_is_asked_for_once_in_a_run(web):
    with session_of(web) as session:
        first, second = (check_address(f"{HOST}/{name}", session) for name in "ab")
    kept = [[(place.hop, place.url) for place in check.snapshots] for check in (first, second)]
    assert kept[0] == [(0, f"{HOST}/a"), (-1, f"{HOST}/style.css"), (-2, f"{HOST}/print.css")]
    assert [place[0] for place in kept[1]] == [0, -1, -2]
    assert asked(web) == Counter(
        ["/robots.txt", "/a", "/b", "/style.css", "/print.css", "/page.css", "/gone-a.css", "/gone-b.css"]
    )


def test_by_default_none_is_asked_for(web):
    with session_of(web, most=0) as session:
        check = check_address(f"{HOST}/a", session)
    assert len(check.snapshots) == 1
    assert asked(web) == Counter(["/a"])


def test_no_more_are_asked_for_than_the_setting_says(web):
    with session_of(web, most=1) as session:
        check_address(f"{HOST}/a", session)
    assert asked(web) == Counter(["/robots.txt", "/a", "/style.css"])


def test_what_robots_txt_forbids_is_not_asked_for(web):
    web.robots = "User-agent: *\nDisallow: /style.css"
    with session_of(web) as session:
        check = check_address(f"{HOST}/a", session)
    assert asked(web)["/style.css"] == 0
    assert [place.url for place in check.snapshots] == [f"{HOST}/a", f"{HOST}/print.css"]
    assert check.judgement.status is LinkStatus.OK


def test_those_of_an_earlier_fetch_are_not_asked_for_again(web):
    archive = MemoryArchive()
    with session_of(web, archive=archive) as session:
        before = check_address(f"{HOST}/a", session)
    prior = PriorFetches(LinkStatus.OK, snapshots=before.snapshots)
    with session_of(web, archive=archive) as session:
        after = check_address(f"{HOST}/a", session, prior)
    assert {place for place in after.snapshots if place.hop < 0} == {p for p in before.snapshots if p.hop < 0}
    assert asked(web)["/style.css"] == 1


def test_a_page_that_is_not_there_has_no_look(web):
    web.expect_request("/missing").respond_with_data(
        '<link rel=stylesheet href="/style.css">Not found', 404, content_type="text/html"
    )
    with session_of(web) as session:
        check_address(f"{HOST}/missing", session)
    assert asked(web)["/style.css"] == 0


def test_the_desk_shows_the_look_without_a_request(web, tmp_path, clean_environment):
    data = tmp_path / "data"
    settings = Settings(data=data, review=ReviewSettings(port=0))
    with Store.open(settings.store_url) as store:
        document = publish(store, "paper.pdf", "sha", note(1, [f"{HOST}/a"]))
        run = store.runs.begin("nightly", [], day(0)).id
        with session_of(web, archive=WarcArchive(data / "archive")) as session:
            check = check_address(f"{HOST}/a", session)
        store.links.record_check(run, check, None)
        finding = replace(figure_finding("one"), url=f"{HOST}/a")
        store.findings.save_document_result(document.id, run, "key", [], [finding], Coverage(), day(0))
        before = asked(web)
        browser = Browser(create_app(settings, store, JOB_COMMAND))
        place = next(one for one in check.snapshots if one.hop == 0)
        frame = browser.get(f"/findings/one/evidence/look?snapshot={place.warc_file}:{place.offset}")
        assert frame.status_code == 200
        assert "background: rgb(1, 2, 3)" in frame.text
        assert '<style media="print">p { color: black }</style>' in frame.text
        assert frame.text.count("<script") == 0
        assert frame.text.count("</style>") == 2
        assert "style-src 'unsafe-inline'; img-src data:" in frame.headers["Content-Security-Policy"]
        page = browser.get("/findings/one?tab=look")
        assert "those archived with it" in page.text
        assert store.source_histories.checks(f"{HOST}/a")[0].snapshot == SnapshotRef(place.warc_file, place.offset)
        assert asked(web) == before


def test_style_sheets_keep_their_order_and_media():
    page = (
        b'<base href="http://b.test/x/"><style>a{}</style><link rel=stylesheet href="one.css">'
        b'<link rel="alternate stylesheet" href="two.css"><style media="print">c{}</style><p>Words'
    )
    sheets = {"http://b.test/x/one.css": "b{}", "http://b.test/x/two.css": "never{}"}
    shown = str(looks(page, url="http://a.test/", style_sheets=sheets))
    assert '<style>a{}</style>\n<style>b{}</style>\n<style media="print">c{}</style>' in shown
    assert "never" not in shown
    assert "<style>b{}" not in str(looks(page, url="http://a.test/"))
