"""Editors together at the desk: batches, rules, letters, assignments, threads, and what each did."""

import email
import io
import re
import zipfile
from email.policy import default
from html import unescape
from urllib.parse import unquote

import pytest
from pypdf import PdfWriter

from db.review_queue import QueueFilter
from db.reviews import NewReview
from tests.support.desks import Browser, fingerprints, form_of, with_users
from tests.support.stores import day
from verifier.model import Decision, FindingState


def store_of(app):
    return app.extensions["verifier"].store


def states(app) -> list[FindingState]:
    return [found.state for found in store_of(app).findings.list()]


def numbers(app, **wanted) -> list[int]:
    return store_of(app).queue.ids(QueueFilter(**wanted))


def batch(browser, decision, chosen, path="/", **fields):
    """Send one of the forms at the foot of the queue, as the script does with the ticked findings."""
    form = f'name="decision" value="{decision}"'
    return browser.send(path, form, findings=",".join(map(str, chosen)), **fields)


@pytest.mark.parametrize(
    ("decision", "fields", "state"),
    [
        ("accept", {}, FindingState.ACCEPTED),
        ("dismiss", {"note": "no fault"}, FindingState.DISMISSED),
        ("query", {}, FindingState.QUERIED),
        ("snooze", {}, FindingState.SNOOZED),
    ],
)
def test_ticked_findings_are_decided_and_taken_back_at_once(browser, decision, fields, state):
    app = browser.client.application
    chosen = numbers(app)[1:4]
    assert batch(browser, decision, chosen, **fields).status_code == 303
    assert states(app).count(state) == 3
    assert sorted(numbers(app, state=state)) == sorted(chosen)
    assert "3 decisions taken back" in browser.get(browser.send("/", "/undo").location).text
    assert set(states(app)) == {FindingState.OPEN}


def test_a_batch_of_any_state_is_opened_again(browser):
    app = browser.client.application
    batch(browser, "accept", numbers(app)[:3])
    assert batch(browser, "reopen", numbers(app, state=FindingState.ACCEPTED), "/?state=accepted").status_code == 303
    assert set(states(app)) == {FindingState.OPEN}


def test_a_double_click_is_one_batch_and_a_stale_one_says_so(browser):
    app = browser.client.application
    chosen = numbers(app)[:2]
    action, hidden = form_of(browser.get("/").text, 'name="decision" value="accept"')
    fields = hidden | {"findings": f"{chosen[0]},{chosen[1]}"}
    assert [browser.post(action, **fields).status_code for _ in range(2)] == [303, 303]
    stale = browser.post(action, **(fields | {"token": "another-token"}))
    assert stale.status_code == 409
    assert "somebody has decided about all of these" in stale.text
    assert states(app).count(FindingState.ACCEPTED) == 2


def test_what_a_colleague_decided_meanwhile_is_left_alone_and_told(browser):
    app = browser.client.application
    chosen = numbers(app)[:3]
    action, hidden = form_of(browser.get("/?state=any").text, 'name="decision" value="accept"')
    first = fingerprints(app)[0]
    store_of(app).findings.add_review(first, Decision.DISMISS, "ben", "no fault", "colleague", day(400))
    answer = browser.post(action, **(hidden | {"findings": ",".join(map(str, chosen))}))
    assert "2 findings accepted. 1 other was left alone" in browser.get(answer.location).text
    assert states(app).count(FindingState.DISMISSED) == 1


def test_all_that_match_are_those_that_were_shown(browser):
    app = browser.client.application
    action, hidden = form_of(browser.get("/batch?code=link_broken").text, 'value="accept"')
    assert hidden["findings"]
    with_others = browser.post(action.replace("code=link_broken", ""), **hidden)
    assert with_others.status_code == 303
    assert states(app).count(FindingState.ACCEPTED) == len(numbers(app, code=None, state=FindingState.ACCEPTED))
    assert {found.finding.code.value for found in store_of(app).findings.list([FindingState.ACCEPTED])} <= {
        "link_broken"
    }


def test_without_a_script_the_ticks_lead_to_their_own_page(browser):
    app = browser.client.application
    chosen = numbers(app)[:2]
    page = browser.get(f"/batch?f{chosen[0]}=1&f{chosen[1]}=1").text
    assert "2 ticked findings" in page
    assert browser.send(f"/batch?f{chosen[0]}=1&f{chosen[1]}=1", 'value="accept"').status_code == 303
    assert states(app).count(FindingState.ACCEPTED) == 2


def blocked(app):
    found = next(f for f in store_of(app).findings.list() if f.finding.code.value == "link_blocked")
    return found.finding.fingerprint, re.sub(r"https?://([^/]+)/.*", r"\1", found.finding.url)


def test_a_rule_is_set_listed_told_and_ended(browser):
    app = browser.client.application
    fingerprint, host = blocked(app)
    page = browser.get(f"/findings/{fingerprint}").text
    link = re.search(r'href="(/rules/new\?[^"]*host=[^"]*)"', page)[1].replace("&amp;", "&")
    assert "1 open finding would be quiet" in browser.get(link).text
    assert browser.send(link, 'name="why"', code="link_blocked", why="no entry", host=host).status_code == 400
    rule = {"code": "link_blocked", "why": "they let nobody in", "until": "2099-01-01", "host": host}
    answer = browser.send(link, 'name="why"', http_status="403", **rule)
    assert answer.status_code == 303
    assert states(app).count(FindingState.QUIET) == 1
    listed = browser.get("/rules").text
    assert "they let nobody in" in listed
    assert "HTTP 403" in listed
    quiet = re.search(r'href="(/\?[^"]*rule=[^"]*)">1</a>', listed)[1].replace("&amp;", "&")
    assert fingerprint in browser.get(quiet).text, "the count leads to what it counts"
    assert "standing rule</a> of" in browser.get(f"/findings/{fingerprint}").text
    assert browser.send("/rules", "/end").status_code == 303
    assert browser.get("/rules").text.count("ended by") == 1
    assert set(states(app)) == {FindingState.OPEN}


def test_undo_ends_a_rule_that_was_just_set(browser):
    app = browser.client.application
    _, host = blocked(app)
    fields = {"code": "link_blocked", "why": "they let nobody in", "until": "2099-01-01", "host": host}
    browser.send("/rules/new?code=link_blocked", 'name="why"', **fields)
    assert "1 open again" in browser.get(browser.send("/", "/undo").location).text
    assert set(states(app)) == {FindingState.OPEN}


def test_five_queries_make_one_letter_in_every_form(browser):
    app = browser.client.application
    answer = batch(browser, "query", numbers(app)[:5])
    assert answer.location == "/documents/1/letter"
    page = browser.get(answer.location).text
    asked = re.findall(r'name="query-([^"]+)" value="1" checked', page)
    assert len(asked) == 5
    fields = {"recipient": "Dr Iñés Who", "address": "ines@uni.test", "subject": "5 questions"}
    fields |= {f"question-{one}": f"What of {number}?" for number, one in enumerate(asked)}
    fields |= {f"query-{one}": "1" for one in asked}
    kept = browser.send("/documents/1/letter", 'name="subject"', opening="Dear Iñés,", closing="Ana", **fields)
    shown = browser.get(kept.location).text
    assert "4. What of 3?" in shown
    text = browser.get(f"{kept.location}.txt").text
    assert text.startswith("Dear Iñés,\n\n1. What of 0?")
    mail = browser.get(f"{kept.location}.eml")
    draft = email.message_from_bytes(mail.data, policy=default)
    assert (draft["To"], draft["Subject"]) == ("Dr Iñés Who <ines@uni.test>", "5 questions")
    assert draft["X-Unsent"] == "1"
    assert draft.get_content().replace("\r\n", "\n").strip() == text.strip()
    link = unquote(re.search(r'href="(mailto:[^"]+)"', shown)[1].replace("&amp;", "&"))
    assert link.startswith("mailto:ines@uni.test?subject=5 questions&body=Dear Iñés,")
    with zipfile.ZipFile(io.BytesIO(browser.get(f"{kept.location}.docx").data)) as word:
        assert "What of 4?" in word.read("word/document.xml").decode()
    again = browser.get("/documents/1/letter").text
    assert "in a <a" in again
    assert "Dr Iñés Who" in again, "the recipient is remembered"
    assert ">0<" in browser.get("/letters").text


def test_questions_are_in_the_order_in_which_one_reads_the_document(browser):
    answer = batch(browser, "query", list(reversed(numbers(browser.client.application))))
    page = browser.get(answer.location).text
    asked = [unescape(words) for words in re.findall(r'<textarea name="question-[^"]*"[^>]*>([^<]*)<', page)]
    places = [re.match(r"(?:Note (\d+)|The text), page (\d+)\.", words) for words in asked]
    assert len(places) > 5
    read = [(int(place[2]), int(place[1] or 0)) for place in places if place]
    assert read == sorted(read)
    assert len(read) == len(asked)


def test_the_editors_words_are_kept_with_the_query(browser):
    app = browser.client.application
    first = fingerprints(app)[0]
    browser.decide(first, "query", question="Is it 5 or 6?")
    assert "Is it 5 or 6?" in browser.get("/documents/1/letter").text
    assert store_of(app).desk.finding(first, day(0)).latest.question == "Is it 5 or 6?"


def test_a_letter_counts_what_was_chosen_and_greets_whom_the_editor_names(browser):
    answer = batch(browser, "query", numbers(browser.client.application)[:3])
    page = browser.get(answer.location).text
    opening = unescape(re.search(r'name="opening"[^>]*>([^<]*)<', page)[1])
    subject = unescape(re.search(r'name="subject" value="([^"]*)"', page)[1])
    assert opening.startswith("Dear Miriam Oakes and Daniel Ferro,\n\nwe have 3 questions")
    one = re.search(r'name="query-([^"]+)" value="1" checked', page)[1]
    fields = {"recipient": "Iñés Who", "subject": subject, "opening": opening, "closing": "Ana"}
    fields |= {f"query-{one}": "1", f"question-{one}": "What of it?"}
    kept = browser.send("/documents/1/letter", 'name="subject"', **fields)
    text = browser.get(f"{kept.location}.txt").text
    assert text.startswith("Dear Iñés Who,\n\nwe have 1 question about")
    assert "<h1>1 question about" in browser.get(kept.location).text


@pytest.mark.parametrize(("author", "offered"), [("Iñés Who; Bo Li", "Iñés Who and Bo Li"), ("Windows User", "")])
def test_the_author_that_the_document_names_is_offered(data, desk, author, offered):
    (edition,) = (data / "documents").glob("*.pdf")
    writer = PdfWriter(clone_from=edition)
    writer.add_metadata({"/Author": author})
    writer.write(edition)
    browser = Browser(desk())
    page = browser.get(batch(browser, "query", numbers(browser.client.application)[:1]).location).text
    assert f'name="recipient" value="{offered}"' in page
    assert ("does not say who wrote it" in page) is (not offered)


def test_a_query_without_an_answer_comes_back(browser):
    app = browser.client.application
    asked = NewReview(Decision.QUERY, "ana", "", "token", day(14), question="?")
    store_of(app).findings.add_reviews(numbers(app)[:1], asked, day(0))
    page = browser.get("/").text
    assert f"query unanswered since {day(0):%Y-%m-%d}" in page
    assert "Queries unanswered (1)" in page
    assert browser.get("/?unanswered=1").text.count("data-row") == 1


def test_a_letter_goes_stale_when_a_query_was_decided(browser):
    app = browser.client.application
    first = fingerprints(app)[0]
    browser.decide(first, "query", question="Is it 5 or 6?")
    page = browser.get("/documents/1/letter").text
    action, hidden = form_of(page, 'name="subject"')
    query = re.search(r'name="query-([^"]+)"', page)[1]
    browser.decide(first, "accept")
    answer = browser.post(action, **(hidden | {f"query-{query}": "1", f"question-{query}": "Is it?", "subject": "x"}))
    assert answer.status_code == 409


def test_what_is_right_is_kept_and_shown(browser):
    app = browser.client.application
    first = fingerprints(app)[0]
    action, hidden = form_of(browser.get(f"/findings/{first}").text, 'name="right_value"')
    browser.post(action, **(hidden | {"right_value": "142 welds", "note": "says the report"}))
    assert "right is 142 welds" in browser.get(f"/findings/{first}").text


@pytest.fixture
def office(desk, data):
    """Two editors and a reader at one desk."""
    with_users(data, Ana="editor", Ben="editor", Rea="reader")
    app = desk()
    people = []
    for name in ("Ana", "Ben", "Rea"):
        one = Browser(app)
        one.send("/login", 'action="/login"', name=name, password="correct horse battery")
        people.append(one)
    return app, *people


def test_findings_are_given_to_a_colleague(office):
    app, ana, ben, _ = office
    chosen = numbers(app)[:2]
    assert batch(ana, "assign", chosen, assignee="ben", note="your field").status_code == 303
    assert "Mine (2)" in ben.get("/").text
    assert ben.get("/?assignee=Ben").text.count("data-row") == 2
    assert "your field" in ben.get(f"/findings/{fingerprints(app)[0]}").text
    assert set(states(app)) == {FindingState.OPEN}
    assert batch(ana, "assign", chosen, assignee="Rea").status_code == 400, "a reader decides nothing"
    assert batch(ana, "assign", chosen, assignee="Nobody").status_code == 400
    assert "2 findings given back" in ana.get(ana.send("/", "/undo").location).text
    assert "Mine" not in ben.get("/").text
    single = ana.send(f"/findings/{fingerprints(app)[0]}", "/assign", assignee="Ben")
    assert single.status_code == 303
    assert "Mine (1)" in ben.get("/").text


def test_a_thread_and_who_has_what_open(office):
    app, ana, ben, rea = office
    first = fingerprints(app)[0]
    assert ana.send(f"/findings/{first}", "/say", words="Is it\n<b>5</b>?").status_code == 303
    assert "Is it\n&lt;b&gt;5&lt;/b&gt;?" in ben.get(f"/findings/{first}").text
    assert "<strong>Ben</strong> has" in ana.get("/").text
    assert "<strong>Ana</strong> has" in rea.get("/present").text
    today = ana.get("/activity").text
    assert "commented: 1" in today
    assert "Is it" in ana.get(re.search(r'href="(/activity\?[^"]*person=Ana)"', today)[1].replace("&amp;", "&")).text


def test_readers_see_it_all_and_change_nothing(office):
    app, ana, _, rea = office
    first = fingerprints(app)[0]
    ana.decide(first, "query", question="Is it 5 or 6?")
    for path in ("/", "/rules", "/letters", "/documents/1/letter", "/activity", "/batch", f"/findings/{first}"):
        page = rea.get(path)
        assert page.status_code == 200, path
        assert "Accept" not in page.text, path
    before = list(store_of(app).dump())
    token = rea.token()
    for path in (
        "/batch",
        "/rules",
        "/documents/1/letter",
        f"/findings/{first}/say",
        f"/findings/{first}/assign",
        "/undo",
    ):
        fields = {"csrf_token": token, "decision": "accept", "token": "12345678", "findings": "1-9", "seen": ""}
        assert rea.post(path, **fields).status_code == 403, path
    assert list(store_of(app).dump()) == before


@pytest.fixture
def in_parts(monkeypatch):
    """Batches of more than one part, as of thousands of findings; none goes on in the background by itself."""
    monkeypatch.setattr("db.batches.PART", 1)
    monkeypatch.setattr("verifier.review.batch_runner.BatchRunner._start", lambda self, batch_id: None)


def test_a_large_batch_shows_how_far_it_is_and_goes_on_where_it_stopped(browser, in_parts, monkeypatch):
    app = browser.client.application
    chosen = numbers(app)[:5]
    answer = batch(browser, "accept", chosen)
    assert re.match(r"/batches/\w{26}$", answer.location)
    page = browser.get(answer.location).text
    assert "2 of 5" in page
    assert "Go on" not in page, "it may be at work in another process"
    assert 'hx-get="/batches/' in page
    assert "2 of 5" in browser.get(f"{answer.location}/progress").text
    monkeypatch.setattr("verifier.review.batch_pages.SILENT_SECONDS", -1)
    for _ in range(2):
        browser.send(answer.location, "/go-on")
    page = browser.get(answer.location).text
    assert "Done." in page
    assert browser.get(f"{answer.location}/progress").headers["HX-Refresh"] == "true"
    list_of_it = re.search(r'href="(/\?[^"]*batch=[^"]*)">5 findings</a>', page)[1].replace("&amp;", "&")
    assert browser.get(list_of_it).text.count("data-row") == 5
    assert states(app).count(FindingState.ACCEPTED) == 5


def test_a_large_batch_is_taken_back_whole_also_when_it_is_not_finished(browser, in_parts):
    app = browser.client.application
    answer = batch(browser, "accept", numbers(app)[:5])
    back = browser.send(answer.location, f'action="{answer.location}/undo"')
    page = browser.get(back.location).text
    assert "Taken back by" in page
    assert set(states(app)) == {FindingState.OPEN}
    assert "taken back already" in browser.get(browser.send("/", "/undo").location).text


def test_what_was_left_alone_is_listed_with_the_batch(browser):
    app = browser.client.application
    chosen = numbers(app)[:3]
    action, hidden = form_of(browser.get("/?state=any").text, 'name="decision" value="accept"')
    first = fingerprints(app)[0]
    store_of(app).findings.add_review(first, Decision.DISMISS, "ben", "no fault", "colleague", day(400))
    answer = browser.post(action, **(hidden | {"findings": ",".join(map(str, chosen))}))
    which = re.search(r'href="(/batches/[^"]+)">See which', browser.get(answer.location).text)[1]
    page = browser.get(which).text
    assert "Left alone: 1 finding" in page
    assert page.count("data-row") == 1
    assert first in page


def test_findings_given_away_at_once_come_back_at_once(browser):
    app = browser.client.application
    chosen = numbers(app)[:3]
    given = batch(browser, "assign", chosen, assignee="Ben")
    assert "3 findings given to Ben" in browser.get(given.location).text
    assert "3 findings given back" in browser.get(browser.send("/", "/undo").location).text
    assert browser.get("/batches/nothing").status_code == 404


def test_a_rule_is_shown_before_it_is_set_and_changed_afterwards(browser):
    app = browser.client.application
    fingerprint, host = blocked(app)
    parent = host.partition(".")[2]
    draft = f"/rules/new?code=link_blocked&host={parent.upper()}.&subdomains=1"
    page = browser.get(draft).text
    assert "1 open finding would be quiet" in page
    assert fingerprint in page, "which one it is"
    assert "0 open findings would be quiet" in browser.get(f"/rules/new?code=link_blocked&host={parent}").text
    rule = {"code": "link_blocked", "why": "they let nobody in", "host": parent, "subdomains": "1"}
    assert browser.send(draft, 'name="why"', **rule).status_code == 400, "until when, or for good"
    top = rule | {"host": "test", "for_good": "1"}
    assert browser.send(draft, 'name="why"', **top).status_code == 400, "everybody's hosts"
    assert browser.send(draft, 'name="why"', for_good="1", **rule).status_code == 303
    listed = browser.get("/rules").text
    assert f"at {parent} and every host below it" in listed
    change = re.search(r'href="(/rules/\w+/change)"', listed)[1]
    assert "1 finding is quiet by it now" in browser.get(change).text
    other = {"code": "link_blocked", "why": "only there", "below": f"{host}/nowhere", "host": "", "for_good": "1"}
    assert "0 findings quiet by it now" in browser.get(browser.send(change, 'name="why"', **other).location).text
    assert set(states(app)) == {FindingState.OPEN}
    assert "as it was before" in browser.get(browser.send("/", "/undo").location).text
    assert states(app).count(FindingState.QUIET) == 1
    assert browser.get(change).status_code == 404, "that version is ended"


@pytest.mark.parametrize(
    "query", ["code=link_blocked&host=a b", "code=none", "code=link_blocked&document=99", "code=link_blocked&reason=x"]
)
def test_what_is_no_rule_is_refused(browser, query):
    assert browser.get(f"/rules/new?{query}").status_code == 400
