"""A document walked note by note: every citation is there, counted, coloured, and its evidence a click away."""

import gzip
import io
import re
from contextlib import closing
from dataclasses import replace
from html import unescape

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.integration.test_desk_pages import of_code, store_of
from tests.support.stores import checked, day
from verifier.demo import demo_paper
from verifier.model import PartStatus
from verifier.resolver import WarcArchive
from verifier.resolver.archive.warc_records import Supplied
from verifier.review import note_pages
from verifier.review.evidence import looks
from verifier.review.note_list import CHOICES

NOTES = "/documents/1/notes"


def test_every_note_is_listed_in_reading_order(browser):
    page = browser.get(NOTES).text
    labels = re.findall(r"<h2>Note (\d+)", page)
    assert labels == sorted(labels, key=int)
    coverage = store_of(browser.client.application).shelf.document(1).coverage
    assert len(labels) == coverage.footnotes
    assert 'class="part status-agrees"' in page
    assert "Not checked: figure" in page


@pytest.mark.parametrize("choice", CHOICES)
def test_every_count_leads_to_as_many_citations(browser, choice):
    page = browser.get(NOTES).text
    shown = browser.get(f"{NOTES}?show={choice}").text
    counted = re.search(rf'show={choice}"[^>]*>[^<(]*\((\d+)\)<', page)
    if counted:
        assert shown.count('<div class="citation">') == int(counted[1])


def test_counts_of_figures_lead_to_them(browser):
    page = browser.get("/documents/1").text
    links = re.findall(r'<a href="([^"]+show=figures_(\w+))">(\d+) figures? ', page)
    assert {status for _, status, _ in links} >= {"agrees", "disagrees", "source_unread", "source_not_given"}
    parts = store_of(browser.client.application).checked_parts.of(1)
    for address, status, number in links:
        shown = browser.get(unescape(address)).text
        assert re.search(rf"{number} figures? ", shown)
        of_kind = [one for one in parts if one.part.kind == "figure" and one.part.status is PartStatus(status)]
        assert len(of_kind) == int(number)
        for record in of_kind:
            assert f"“{record.part.text}" in unescape(shown)


def test_what_was_not_checked_names_its_source_and_why(browser):
    page = unescape(browser.get(f"{NOTES}?show=not_checked").text)
    said = re.findall(r"<li>Not checked: (.*?)</li>", page)
    assert any("courier.example.test" in one and "may not be read: bot wall" in one for one in said)
    assert any("no source is given" in one for one in said)
    assert page.count('<div class="citation">') < browser.get(NOTES).text.count('<div class="citation">')


def test_pages_of_the_list_and_of_the_document(browser, monkeypatch):
    monkeypatch.setattr(note_pages, "PAGE", 5)
    first = browser.get(NOTES).text
    assert "1–5 of" in first
    second = browser.get(unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])).text
    assert "6–10 of" in second
    there = browser.get(f"{NOTES}?page=3").text
    assert "p. 3 of 3" in there
    assert 'data-page="3"' in there
    for nonsense in ("0", "x", "9999999", "-1", "²"):
        assert browser.get(f"{NOTES}?p={nonsense}&page={nonsense}&show={nonsense}").status_code == 200


def test_the_page_is_drawn_in_the_colours_of_its_notes_and_kept(browser, data):
    app = browser.client.application
    first = browser.get("/documents/1/coloured/1.png")
    assert first.data.startswith(b"\x89PNG")
    assert browser.get("/documents/1/coloured/1.png").data == first.data
    assert len(list((data / "pages").iterdir())) == 1
    browser.decide(of_code(app, "figure_disagrees"), "dismiss", note="a slip")
    assert browser.get("/documents/1/coloured/1.png").data != first.data
    for path in ("/documents/1/coloured/99.png", "/documents/9/coloured/1.png", "/documents/9/notes"):
        assert browser.get(path).status_code == 404


def test_a_figure_in_order_has_its_evidence_a_click_away(browser):
    page = browser.get(NOTES).text
    address = re.search(r'<li class="level-good"><a href="([^"]+/parts/\d+)">Figure', page)[1]
    part = browser.get(address).text
    assert '<strong class="disputed">' in part
    frame = unescape(re.search(r'<iframe[^>]*sandbox src="([^"#]+)', part)[1])
    evidence = browser.get(frame)
    assert 'id="passage"' in evidence.text
    assert "sandbox" in evidence.headers["Content-Security-Policy"]
    for link in set(re.findall(r'(?:src|href)="(/[^"#]+)', part)):
        assert browser.get(unescape(link), **{"X-Test": "1"}).status_code in (200, 302), link
    assert browser.get("/documents/1/parts/99999").status_code == 404
    assert browser.get("/documents/1/parts/0/evidence/nonsense").status_code == 404


def test_an_answer_is_downloaded_as_it_was_archived(browser):
    app = browser.client.application
    found = of_code(app, "figure_disagrees")
    page = browser.get(f"/findings/{found}").text
    links = {form: unescape(link) for link, form in re.findall(r'href="([^"]+/archived/([\w.]+)\?[^"]*)"', page)}
    record = browser.get(links["record.warc.gz"])
    (one,) = ArchiveIterator(io.BytesIO(record.data))
    url = store_of(app).desk.finding(found, day(0)).finding.url
    assert one.rec_type == "response"
    assert one.rec_headers.get_header("WARC-Target-URI") == url
    assert gzip.decompress(record.data).startswith(b"WARC/1.1")
    content = browser.get(links["bytes"])
    assert b"<h1>" in content.data
    for answer in (record, content):
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    for wrong in ("x", "a.warc.gz:0", "../users.json:0"):
        assert browser.get(f"/findings/{found}/archived/bytes?snapshot={wrong}").status_code == 404
    assert browser.get(links["bytes"].replace("/bytes", "/secret")).status_code == 404


def test_pages_of_an_archived_pdf_are_turned(browser, data):
    app = browser.client.application
    store, found = store_of(app), of_code(app, "figure_disagrees")
    url = store.desk.finding(found, day(0)).finding.url
    with closing(WarcArchive(data / "archive")) as archive:
        kept = archive.write_supplied(Supplied(url, demo_paper().read_bytes(), "application/pdf", "Ana", day(400)))
    run = store.runs.begin("nightly", ["later"], day(400)).id
    answer = checked(url, at=day(400))
    answer = replace(answer, fetch=replace(answer.fetch, media_type="application/pdf"), snapshots=(kept,))
    store.links.record_check(run, answer, day(407))
    place = f"{kept.warc_file}:{kept.offset}"
    page = browser.get(f"/findings/{found}?snapshot={place}").text
    picture = unescape(re.search(r'<img src="([^"]+)"[^>]*data-archived-page', page)[1])
    first = browser.get(picture)
    assert (first.headers["Page-Number"], first.headers["Page-Count"]) == ("1", "3")
    third = browser.get(f"{picture}&page=3")
    assert third.headers["Page-Number"] == "3"
    assert third.data != first.data
    assert browser.get(f"{picture}&page=4").status_code == 404
    without_script = browser.get(f"/findings/{found}?snapshot={place}&pdf_page=3").text
    assert "&amp;page=3" in without_script
    assert 'name="pdf_page" value="3"' in without_script


HOSTILE = """<html onload="x()"><head><base href="http://evil.test/"><meta http-equiv="refresh" content="0;url=http://evil.test">
<style>body { background: url(http://evil.test/a.png) } p { color: red } </style ><script>alert(1)</script>
<link rel="stylesheet" href="http://evil.test/b.css"></head>
<body onclick="x()" class="home"><p style="color:blue" onmouseover="x()">The bridge has 412 welds.</p>
<a href="http://evil.test/" target="_top">leave</a> <a href="javascript:x()">run</a>
<form action="http://evil.test"><input name="a" value="b"><button formaction="http://evil.test">Send</button></form>
<img src="http://evil.test/c.png" alt="a chart"><img src="data:image/svg+xml,<svg onload=x()>" alt="svg">
<img src="data:image/png;base64,iVBORw0KGgo=" alt="dot"><svg><script>x()</script></svg>
<iframe src="http://evil.test"></iframe>
<style>a::after { content: "</p><script>alert(2)</script>" }</style><math><mtext></mtext></math>
<object data="x"></object>
</body></html>"""


def test_how_a_page_looked_is_shown_without_anything_that_acts_or_asks(browser):
    app = browser.client.application
    store, found = store_of(app), of_code(app, "figure_disagrees")
    url = store.desk.finding(found, day(0)).finding.url
    shown = str(looks(HOSTILE.encode()))
    assert "p { color: red }" in shown
    assert 'style="color:blue"' in shown
    assert "[picture: a chart]" in shown
    assert "data:image/png;base64,iVBORw0KGgo=" in shown
    body = shown.partition("<body")[2]
    assert not re.search(r"<(script|iframe|form|input|button|object|svg|math|base|meta|link)\b", body)
    assert not re.search(r"<[^>]*\s(on\w+|href|target|action|formaction|srcset)=", body)
    assert not re.findall(r'<[^>]*\ssrc="(?!data:image/png)', body)
    assert shown.count("</style>") == shown.count("<style>") == 2  # the page has two
    assert url
    page = browser.get(f"/findings/{found}?tab=look").text
    frame = browser.get(unescape(re.search(r'<iframe[^>]*sandbox src="([^"#]+)', page)[1]))
    policy = frame.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert "sandbox" in policy
    assert "http" not in policy


def test_text_that_looks_like_markup_is_text(browser):
    app = browser.client.application
    store, found = store_of(app), of_code(app, "link_moved")
    url = store.desk.finding(found, day(0)).finding.url
    run = store.runs.begin("nightly", ["later"], day(400)).id
    store.links.record_check(run, checked(url, at=day(400), body="<script>alert(1)</script>"), day(407))
    for path in (NOTES, f"/findings/{found}", "/documents/1"):
        assert "<script>alert" not in browser.get(path).text
