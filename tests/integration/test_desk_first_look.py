"""What a desk says where there is nothing, or something is away, and where its links lead back to."""

import re
import shutil
from contextlib import closing
from html import unescape

import pytest

from db.store import Store
from tests.support.desks import JOB_COMMAND, Browser, demo_settings, fingerprints
from tests.support.stores import day, extraction, figure_finding, note, publish
from verifier.model import Coverage, RunState
from verifier.reports.labels import document_name
from verifier.review import finding_pages, queue_pages
from verifier.review.app import create_app


@pytest.fixture
def store(tmp_path, clean_environment):
    with closing(Store.open(demo_settings(tmp_path).store_url)) as opened:
        yield opened


@pytest.fixture
def bare(store, tmp_path) -> Browser:
    """A browser at a desk with an empty store."""
    return Browser(create_app(demo_settings(tmp_path), store, JOB_COMMAND))


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_on_the_first_day_every_page_says_what_to_do(bare):
    assert "No document was checked yet. Upload one" in words(bare.get("/").text)
    assert "No document was checked yet. Upload one" in words(bare.get("/documents").text)
    for page in ("/sources", "/letters", "/rules", "/activity", "/upload", "/batch"):
        assert bare.get(page).status_code == 200, page


def test_a_night_that_found_nothing_is_not_the_editors_merit(bare, store):
    publish(store, "paper.pdf", "sha", note(1, ["http://a.test/x"]))
    store.runs.finish(store.runs.begin("nightly", [], day(0)).id, RunState.FINISHED, Coverage(), day(0))
    page = words(bare.get("/").text)
    assert "Nothing was found that needs a decision." in page
    assert "Well done" not in page


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (RunState.NETWORK_DOWN, "our own network seemed to be down"),
        (RunState.INCOMPLETE, "The last run is incomplete"),
        (RunState.FINISHED, None),
    ],
)
def test_an_empty_queue_says_when_not_everything_was_checked(bare, store, state, said):
    publish(store, "paper.pdf", "sha", note(1, ["http://a.test/x"]))
    store.runs.finish(store.runs.begin("nightly", [], day(0)).id, state, Coverage(), day(0))
    page = bare.get("/").text
    assert ('<p class="warn">' in page) is (said is not None)
    assert (said or "") in page


def test_when_all_is_decided_it_is_well_done(bare, store):
    document = publish(store, "paper.pdf", "sha", note(1, ["http://a.test/x"]))
    run = store.runs.begin("nightly", [], day(0)).id
    store.findings.save_document_result(document.id, run, "key", [], [figure_finding("one")], Coverage(), day(0))
    assert bare.decide("one", "accept").status_code == 303
    assert "Nothing is left to decide. Well done." in bare.get("/").text


def test_a_document_without_notes_says_so_and_why(bare, store):
    store.documents.record_edition("papers", "scan.pdf", "sha", day(0))
    store.documents.save_extraction(extraction("sha"), [], day(0))
    page = words(bare.get("/documents/1").text)
    assert "No note and no link was found in it" in page
    assert "0 of 0" not in page
    assert "Work through them" not in page
    listed = words(bare.get("/documents/1/notes").text)
    assert "No note and no link was found in it. What could not be read" in listed
    assert bare.get("/documents/1/notes?show=wrong").status_code == 200


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Tolls and Crossings", "Tolls and Crossings"),
        ("untitled", "p.pdf"),
        ("Untitled Document 2", "p.pdf"),
        ("Unbenannt-1", "p.pdf"),
        ("Microsoft Word - 16-1261_FINAL Order.docx", "p.pdf"),
        ("d.html", "p.pdf"),
        ("report final v3.indd", "p.pdf"),
        ("  \n ", "p.pdf"),
        (None, "p.pdf"),
        ("A  title over\ntwo lines", "A title over two lines"),
        ("Untitled: a life in paint", "Untitled: a life in paint"),
        ("Document supply in Europe", "Document supply in Europe"),
        ("The rise of example.com", "The rise of example.com"),
        ("تقرير", "تقرير"),
    ],
)
def test_a_document_is_called_by_a_title_that_a_person_gave_it(title, name):
    assert document_name(title, "p.pdf") == name


def test_back_in_the_queue_is_where_the_finding_is(desk, monkeypatch):
    monkeypatch.setattr(queue_pages, "PAGE", 5)
    monkeypatch.setattr(finding_pages, "PAGE", 5)
    app = desk()
    browser = Browser(app)
    seventh = fingerprints(app)[6]
    link = re.search(r'<a href="([^"]+)">Queue</a>\s*<span>', browser.get(f"/findings/{seventh}").text)
    address, _, anchor = unescape(link[1]).partition("#")
    page = browser.get(address).text
    assert "6–10 of" in page
    row = re.search(rf'<a id="{anchor}".*?</a>', page, re.S)
    assert f"/findings/{seventh}" in row[0]


@pytest.mark.parametrize("page", ["/documents", "/documents/1"])
@pytest.mark.parametrize("show", ["figures", "figures_compared"])
def test_how_many_figures_were_compared_leads_to_them(browser, page, show):
    link = re.search(rf'<a href="([^"]+show={show})">(\d+)[^<]*</a>', browser.get(page).text)
    shown = words(browser.get(unescape(link[1])).text)
    assert re.search(rf"\b{link[2]} figures(?: compared)?, in \d+ citations at \d+ places", shown)


def test_the_notes_that_are_counted_are_the_notes_that_are_listed(browser):
    counted = re.search(r"(\d+) notes</a>", browser.get("/documents").text)[1]
    page = browser.get("/documents/1/notes").text
    assert page.count("<h2>Note ") == int(counted)
    assert f": {counted} notes" in words(page)


def test_a_note_is_found_in_a_long_list(browser, monkeypatch):
    from verifier.review import note_pages

    monkeypatch.setattr(note_pages, "PAGE", 5)
    page = browser.get("/documents/1/notes?note=fn-14").text
    assert 'id="note-fn-14"' in page
    assert page.count("<h2>") <= 6
    assert browser.get("/documents/1/notes?note=fn-999").status_code == 200


def test_a_frame_says_that_the_archive_is_away(browser, data):
    app = browser.client.application
    first = fingerprints(app)[0]
    frame = re.search(r'<iframe[^>]* src="([^"]+)"', browser.get(f"/findings/{first}").text)[1]
    shutil.move(data / "archive", data / "away")
    app.extensions["verifier"]._archive = None
    answer = browser.get(unescape(frame))
    assert answer.status_code == 503
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "The archived copy cannot be read now." in answer.text
    assert str(data) not in answer.text
    assert browser.get(f"/findings/{first}").status_code == 200


def test_a_document_that_left_its_folder_keeps_its_findings_pages(desk):
    app = desk()
    browser = Browser(app)
    first = fingerprints(app)[0]
    store = app.extensions["verifier"].store
    store.documents.mark_missing(store.documents.current()[0].collection, set())
    assert browser.get(f"/findings/{first}").status_code == 200
    assert browser.get("/documents/1").status_code == 200
    assert "It is no longer in its folder" in browser.get("/documents/1").text
    page = browser.get(f"/findings/{first}").text
    assert "/documents/1/notes" not in page, "there is no list of notes to lead to"
    for address in set(re.findall(r'(?:href|src)="(/[^"#]*)', page)):
        assert browser.get(unescape(address)).status_code == 200, address
