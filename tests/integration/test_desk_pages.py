"""The desk's pages on the demo's store: what is shown, decided, taken back and supplied."""

import io
import re
from dataclasses import replace

import pytest

from db.review_queue import QueueFilter
from tests.support.desks import Browser, fingerprints, form_of, with_users
from tests.support.stores import checked, day
from tests.support.waiting import wait_until
from verifier.demo import demo_paper
from verifier.model import FindingState
from verifier.runs.lock import only_run

ALL = None
"""As many as the demo has."""


def store_of(app):
    return app.extensions["verifier"].store


def states(app) -> dict[str, FindingState]:
    return {found.finding.fingerprint: found.state for found in store_of(app).findings.list()}


def of_code(app, code: str) -> str:
    return next(f.finding.fingerprint for f in store_of(app).findings.list() if f.finding.code.value == code)


def finished(browser: Browser, location: str) -> str:
    """The job's page once it is over."""
    pages: list[str] = []

    def is_over() -> bool:
        pages.append(browser.get(location).text)
        return "hx-get" not in pages[-1].partition('id="progress"')[2].partition(">")[0]

    wait_until(is_over)
    return pages[-1]


def test_the_queue_shows_accusations_first(browser):
    page = browser.get("/").text
    assert f"{len(fingerprints(browser.client.application))} findings to decide" in page
    assert page.index("Figure disagrees") < page.index("Link looks broken") < page.index("Link has moved")
    assert "note 5 · p. 1" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?code=link_moved", 1),
        ("?host=courier.example.test", 1),
        ("?q=cracked+welds", 1),
        ("?q=lorry", 1),
        ("?state=dismissed", 0),
        ("?state=any&new=1", ALL),
        ("?document=1", ALL),
        ("?document=2", 0),
        ("?code=nonsense&document=x&state=y&after=1.2", ALL),
        ("?after=9.9.9.9.9", 0),
    ],
)
def test_filters(browser, query, shown):
    wanted = len(fingerprints(browser.client.application)) if shown is ALL else shown
    assert browser.get(f"/{query}").text.count("data-row") == wanted


def test_every_page_of_the_demo_is_there(browser):
    app = browser.client.application
    for fingerprint in fingerprints(app):
        page = browser.get(f"/findings/{fingerprint}")
        assert page.status_code == 200
        for address in set(re.findall(r'(?:src|href)="(/[^"#]+)', page.text)):
            assert browser.get(address.replace("&amp;", "&")).status_code == 200, address


def test_a_finding_has_its_sentence_and_its_source(browser):
    page = browser.get(f"/findings/{fingerprints(browser.client.application)[0]}").text
    marked = re.search(r"<mark>(.*?)</mark>", page, re.DOTALL)
    assert marked is not None
    assert "Inspectors found" in marked[1]
    assert "412" in marked[1]
    assert "found <mark>142</mark> cracked" in page
    frame = re.search(r'<iframe[^>]*sandbox src="([^"]+)"', page)[1].replace("&amp;", "&")
    evidence = browser.get(frame.partition("#")[0])
    assert 'id="passage"' in evidence.text
    assert "sandbox" in evidence.headers["Content-Security-Policy"]
    assert evidence.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_work_is_shown_by_the_note_and_by_its_source_side_by_side(browser):
    page = browser.get(f"/findings/{of_code(browser.client.application, 'work_other')}").text
    table = page.partition('<table class="fields">')[2].partition("</table>")[0]
    assert "What a season pass is worth" in table
    assert "Frost on the plaza: salt, sand and braking" in table
    assert "Okoye, M." in table
    assert "Lunde, Hanne; Ashby, Peter" in table


def test_the_page_is_drawn_once(browser, data):
    picture = re.search(r'<img src="(/documents/[^"]+)"', browser.get(f"/findings/{of_first(browser)}").text)[1]
    first = browser.get(picture)
    assert first.data.startswith(b"\x89PNG")
    assert 0 < float(first.headers["Highlight-Top"]) < 1
    (kept,) = (data / "pages").iterdir()
    assert browser.get(picture).data == first.data
    assert kept.read_bytes().startswith(first.data)


def test_the_page_is_drawn_anew_for_another_reading(browser, data):
    store = store_of(browser.client.application)
    picture = re.search(r'<img src="(/documents/[^"]+)"', browser.get(f"/findings/{of_first(browser)}").text)[1]
    browser.get(picture)
    document = store.shelf.document(1)
    read = store.documents.extraction(document.pdf_sha256, document.parser_version, document.path)
    store.documents.save_extraction(replace(read, parser_version="another parser"), [], day(400))
    assert browser.get(picture).status_code == 200
    assert len(list((data / "pages").iterdir())) == 2


def of_first(browser) -> str:
    return fingerprints(browser.client.application)[0]


@pytest.mark.parametrize(
    ("decision", "fields", "state"),
    [
        ("accept", {}, FindingState.ACCEPTED),
        ("dismiss", {"note": "rounded"}, FindingState.DISMISSED),
        ("dismiss", {"note": "rounded", "until": "2099-01-01"}, FindingState.DISMISSED),
        ("query", {}, FindingState.QUERIED),
        ("snooze", {}, FindingState.SNOOZED),
    ],
)
def test_a_decision_leads_to_the_next_finding_and_can_be_taken_back(browser, decision, fields, state):
    app = browser.client.application
    first, second, *_ = fingerprints(app)
    answer = browser.decide(first, decision, **fields)
    assert (answer.status_code, answer.location) == (303, f"/findings/{second}")
    assert states(app)[first] is state
    back = browser.send("/", "/undo")
    assert back.location == f"/findings/{first}"
    assert states(app)[first] is FindingState.OPEN
    assert "took the last decision back" in browser.get(back.location).text


def test_the_last_finding_leads_back_to_the_filtered_queue(browser):
    moved = of_code(browser.client.application, "link_moved")
    assert browser.decide(moved, "accept", "?code=link_moved").location == "/?code=link_moved"


def test_a_dismissal_says_why(browser):
    first = of_first(browser)
    assert browser.decide(first, "dismiss").status_code == 400
    assert states(browser.client.application)[first] is FindingState.OPEN


def test_a_double_click_is_one_review(browser):
    app = browser.client.application
    first = of_first(browser)
    action, hidden = form_of(browser.get(f"/findings/{first}").text, 'value="accept"')
    assert [browser.post(action, **hidden).status_code for _ in range(2)] == [303, 303]
    assert len(store_of(app).desk.finding(first, store_of(app).runs.latest().started_at).reviews) == 1


def test_two_editors_are_told_of_each_other(desk, data):
    with_users(data, Ana="editor", Ben="editor")
    app = desk()
    ana, ben = Browser(app), Browser(app)
    for browser, name in ((ana, "Ana"), (ben, "Ben")):
        log_in(browser, name)
    first = fingerprints(app)[0]
    page = form_of(ana.get(f"/findings/{first}").text, 'value="accept"')
    assert "<strong>Ana</strong> is looking at this too" in ben.get(f"/findings/{first}").text
    assert ben.decide(first, "dismiss", note="it is rounded").status_code == 303
    assert "<strong>Ben</strong> dismissed" in ana.get(f"/findings/{first}/others?seen=").text
    late = ana.post(page[0], **page[1])
    assert late.status_code == 409
    assert "somebody was quicker" in late.text
    assert "<strong>Ben</strong> dismissed" in late.text
    assert states(app)[first] is FindingState.DISMISSED
    action, hidden = form_of(late.text, 'value="accept"')
    assert ana.post(action, **hidden).status_code == 303
    assert states(app)[first] is FindingState.ACCEPTED


def log_in(browser: Browser, name: str, password: str = "correct horse battery"):
    return browser.send("/login", 'action="/login"', name=name, password=password)


def test_many_are_dismissed_at_once_and_taken_back_at_once(browser):
    app = browser.client.application
    many = len(store_of(app).queue.ids(QueueFilter(host="bridges.example.test")))
    assert f"All {many} findings that match" in browser.get("/batch?host=bridges.example.test").text
    assert many > 3
    fields = {"note": "under repair", "until": "2099-01-01"}
    answer = browser.send("/batch?host=bridges.example.test", 'name="decision" value="dismiss"', **fields)
    assert answer.location == "/?host=bridges.example.test"
    assert list(states(app).values()).count(FindingState.DISMISSED) == many
    assert f"{many} decisions taken back" in browser.get(browser.send("/", "/undo").location).text
    assert set(states(app).values()) == {FindingState.OPEN}


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"note": "", "until": "2099-01-01"}, "/batch?host=bridges.example.test"),
        ({"note": "r", "until": "2099-01-01"}, "/batch?host=bridges.example.test"),
        ({"note": "repair", "until": ""}, "/batch?host=bridges.example.test"),
        ({"note": "repair", "until": "2020-01-01"}, "/batch?host=bridges.example.test"),
        ({"note": "repair", "until": "2099-01-01", "findings": ""}, "/batch"),
        ({"note": "repair", "until": "2099-01-01", "findings": "1-2,x"}, "/batch?state=any"),
        ({"note": "repair", "until": "2099-01-01", "decision": "quiet"}, "/batch"),
        ({"note": "repair", "until": "2099-01-01", "token": "a b c d e f"}, "/batch"),
    ],
)
def test_a_batch_says_of_what_why_and_until_when(browser, fields, path):
    usual = {"decision": "dismiss", "token": "12345678", "findings": "1-2", "seen": "", "all": "1"}
    answer = browser.post(path, csrf_token=browser.token(), **(usual | fields))
    assert answer.status_code == 400
    assert set(states(browser.client.application).values()) == {FindingState.OPEN}


def test_the_question_to_the_author_is_drafted(browser):
    page = browser.get(f"/findings/{of_first(browser)}").text
    question = re.search(r'<textarea id="question"[^>]*>(.*?)</textarea>', page, re.S)[1]
    assert question.startswith("Note 6, page 1.")
    assert "Which is right" in question


def test_a_blocked_source_is_supplied_and_compared_at_once(browser):
    app = browser.client.application
    blocked = of_code(app, "link_blocked")
    text = "Shut again. The Courier has counted 19 unplanned closures since the winter of 2022."
    answer = browser.send(f"/findings/{blocked}", "/supply", pasted=text)
    page = finished(browser, answer.location)
    assert "Archived and compared: 1 document" in page
    assert f'href="/findings/{blocked}#compared"' in page, "nothing is open about it, so what was compared is shown"
    assert states(app)[blocked] is FindingState.CLOSED
    outcome = browser.get(f"/findings/{blocked}").text
    compared = outcome.partition("Figures compared with this source")[2]
    assert re.search(r"<td>19(?: unplanned closures)?</td><td>in the source</td>", compared)
    assert "supplied by " in outcome
    assert (
        "counted 19 unplanned"
        in browser.get(re.search(r'sandbox src="([^"#]+)', outcome)[1].replace("&amp;", "&")).text
    )


def test_a_source_is_not_supplied_while_a_run_is_going_on_and_is_kept_for_another_try(browser, desk):
    app = browser.client.application
    blocked = of_code(app, "link_blocked")
    with only_run(app.extensions["verifier"].settings):
        answer = browser.send(f"/findings/{blocked}", "/supply", pasted="The bridge was shut on 12 days in 2025.")
        assert "A run is going on" in finished(browser, answer.location)
    again = browser.send(answer.location, "/again")
    assert "Archived and compared" in finished(browser, again.location)


def test_a_supplied_source_that_disagrees_leads_to_what_disagrees(browser):
    app = browser.client.application
    blocked = of_code(app, "link_blocked")
    text = "Shut again. The Courier has counted 91 unplanned closures since the winter of 2022."
    page = finished(browser, browser.send(f"/findings/{blocked}", "/supply", pasted=text).location)
    led_to = re.search(r'class="primary" href="([^"]+)"', page)[1]
    assert led_to.startswith("/?source=")
    assert "91" in browser.get(led_to.replace("&amp;", "&")).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose a file, or paste the text"),
        ({"file": (io.BytesIO(b"MZ"), "setup.exe")}, "Such a file cannot be read"),
    ],
)
def test_a_refused_source_leads_back_to_its_form(browser, fields, said):
    blocked = of_code(browser.client.application, "link_blocked")
    answer = browser.send(f"/findings/{blocked}", "/supply", **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert f'action="/findings/{blocked}/supply"' in answer.text


def test_what_cannot_be_read_of_a_source_leads_back_to_its_form(browser):
    blocked = of_code(browser.client.application, "link_blocked")
    answer = browser.send(f"/findings/{blocked}", "/supply", file=(io.BytesIO(b"%PDF-1.7 nothing"), "a.pdf"))
    page = finished(browser, answer.location)
    assert f'<a href="/findings/{blocked}" data-key="j">Back to the form</a>' in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [({}, "Choose a document first"), ({"pdf": (io.BytesIO(b"MZ"), "a.pdf"), "edition": "1"}, "it does not begin as")],
)
def test_a_refused_upload_leads_back_to_the_form(browser, fields, said):
    answer = browser.send("/upload", "Upload and check", **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert "Upload and check" in answer.text
    assert ('value="1" checked' in answer.text) is ("edition" in fields)


def test_a_link_is_checked_now(browser):
    app = browser.client.application
    moved = of_code(app, "link_moved")
    answer = browser.send(f"/findings/{moved}", "/check")
    page = finished(browser, answer.location)
    assert "Checked just now: " in page
    assert f'href="/findings/{moved}#compared"' in page


def test_what_has_no_address_is_not_checked(browser):
    app = browser.client.application
    (no_link,) = [f for f in store_of(app).findings.list() if f.finding.code.value == "document_inconsistent"]
    path = f"/findings/{no_link.finding.fingerprint}"
    assert "Check this link now" not in browser.get(path).text
    assert browser.post(f"{path}/check", csrf_token=browser.token()).status_code == 404


def test_an_upload_of_a_known_document_is_that_document_and_can_be_withdrawn(browser, data):
    app = browser.client.application
    before = [(f.finding.fingerprint, f.state) for f in store_of(app).findings.list()]
    with demo_paper().open("rb") as pdf:
        answer = browser.send("/upload", "Upload and check", pdf=(pdf, "../../My paper.pdf"))
    assert 'href="/documents/1"' in finished(browser, answer.location)
    assert "The same file is also at My paper.pdf" in browser.get("/documents/1").text
    assert [(f.finding.fingerprint, f.state) for f in store_of(app).findings.list()] == before
    answer = browser.send("/documents/1", "/withdraw")
    assert "was withdrawn" in finished(browser, answer.location)
    assert list((data / "uploads").glob("*.pdf")) == []
    page = browser.get("/documents/1").text
    assert "My paper.pdf" not in page
    assert "Withdraw" not in page, "what was not uploaded cannot be withdrawn here"
    assert [(f.finding.fingerprint, f.state) for f in store_of(app).findings.list()] == before


def test_an_uploaded_pdf_is_checked_as_from_the_command_line(browser):
    app = browser.client.application
    before = {f.finding.message for f in store_of(app).findings.list()}
    with io.BytesIO(demo_paper().read_bytes() + b"\n% written anew\n") as pdf:
        answer = browser.send("/upload", "Upload and check", pdf=(pdf, "../../My paper.pdf"))
    page = finished(browser, answer.location)
    outcome = re.search(r'href="(/documents/\d+)"', page)
    assert outcome, page
    shown = browser.get(outcome[1]).text
    assert "My paper.pdf" in shown
    assert "It says mostly the same as" in shown
    figures = {f.finding.message for f in store_of(app).findings.list() if f.document == "My paper.pdf"}
    assert figures <= before
    assert [message for message in figures if "the source says" in message]


def test_documents_and_sources_have_pages(browser):
    assert "Tolls and Crossings" in browser.get("/documents").text
    document = browser.get("/documents/1").text
    coverage = store_of(browser.client.application).shelf.document(1).coverage
    words = re.sub(r"<[^>]*>", "", document)
    assert f"{coverage.figures_compared} of {coverage.figures} figures compared" in words
    overview = browser.get("/sources").text
    assert "Health of the cited sources over time" in overview
    assert 'href="/?host=courier.example.test"' in overview
    source = store_of(browser.client.application).source_histories.source_of(
        "http://courier.example.test/news/shut-again.html"
    )
    page = browser.get(f"/sources/{source[0]}").text
    assert "may not be read (HTTP 403)" in page
    assert "note 15" in page


def test_readers_look_and_do_not_decide(desk, data):
    with_users(data, Rea="reader")
    app = desk()
    reader = Browser(app)
    assert reader.get("/").location.startswith("/login")
    assert log_in(reader, "Rea").status_code == 303
    first = fingerprints(app)[0]
    page = reader.get(f"/findings/{first}").text
    assert "Accept" not in page
    token = reader.token()
    fields = {"csrf_token": token, "decision": "accept", "token": "12345678", "seen": ""}
    assert reader.post(f"/findings/{first}/decide", **fields).status_code == 403
    assert reader.post("/upload", csrf_token=token).status_code == 403
    assert states(app)[first] is FindingState.OPEN
    assert reader.post("/logout", csrf_token=token).status_code == 303
    assert reader.get("/").location.startswith("/login")


def test_what_changed_since_the_capture_before_is_shown(browser):
    app = browser.client.application
    store, first = store_of(app), of_first(browser)
    url = store.desk.finding(first, day(0)).finding.url
    run = store.runs.begin("nightly", ["later"], day(400)).id
    text = "Old Mill Bridge: inspection 2024. Inspectors found 145 cracked welds on the Old Mill Bridge in 2024."
    store.links.record_check(run, checked(url, at=day(400), body=text), day(407))
    page = browser.get(f"/findings/{first}?snapshot=a.warc.gz:1234").text
    assert "What changed" in page
    assert "2 captures" in page
    changed = browser.get(f"/findings/{first}/evidence/difference?snapshot=a.warc.gz:1234").text
    assert "<ins>" in changed
    assert "145" in changed


def test_a_finding_that_rests_on_a_later_capture_of_the_same_text_shows_that_text(browser):
    app = browser.client.application
    store, first = store_of(app), of_first(browser)
    url = store.desk.finding(first, day(0)).finding.url
    text = "Inspectors found 145 cracked welds on the Old Mill Bridge in 2024."
    for number, (body, offset) in enumerate(((text, 7), (text, 8), ("Shut.", 9))):
        at = day(400 + number)
        check = checked(url, at=at, body=body)
        place = replace(check.snapshots[0], offset=offset)
        run = store.runs.begin("nightly", [str(number)], at).id
        store.links.record_check(run, replace(check, snapshots=(place,)), at)
    frames = [
        re.search(r'sandbox src="([^"#]+)', browser.get(f"/findings/{first}?snapshot=a.warc.gz:{offset}").text)[1]
        for offset in (7, 8, 9)
    ]
    assert re.search(r"(?::|%3A)7$", frames[0])
    assert frames[1] == frames[0] != frames[2]


def test_a_capture_that_is_kept_as_text_alone_is_shown(browser):
    app = browser.client.application
    store, first = store_of(app), of_first(browser)
    url = store.desk.finding(first, day(0)).finding.url
    run = store.runs.begin("nightly", ["later"], day(400)).id
    check = replace(checked(url, at=day(400), body="Nothing but text."), snapshots=())
    store.links.record_check(run, check, day(407))
    assert "Nothing but text." in browser.get(f"/findings/{first}/evidence/text?snapshot=").text


def test_a_moved_link_offers_the_citation_with_its_new_address(browser):
    page = browser.get(f"/findings/{of_code(browser.client.application, 'link_moved')}").text
    offered = re.search(r"<textarea readonly[^>]*>(.*?)</textarea>", page, re.S)[1]
    assert "http://statistics.example.test/data/commuting-2024.html" in offered
    assert "/transport/" not in offered


@pytest.mark.parametrize(
    ("name", "start", "kind", "called"),
    [
        ("commented.pdf", b"%PDF-", "application/pdf", "paper.annotated.pdf"),
        (
            "citations.xlsx",
            b"PK",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "paper citations.xlsx",
        ),
        ("report.html", b"<!doctype html>", "text/html; charset=utf-8", "paper report.html"),
        ("works.json", b"[\n", "application/json", "paper works.json"),
        ("works.ris", b"TY  - ", "application/x-research-info-systems", "paper works.ris"),
    ],
)
def test_what_an_editor_hands_on_is_downloaded(browser, name, start, kind, called):
    assert f"/documents/1/{name}" in browser.get("/documents/1").text
    answer = browser.get(f"/documents/1/{name}")
    assert answer.data.startswith(start)
    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{called}"'
    assert browser.get(f"/documents/99/{name}").status_code == 404
