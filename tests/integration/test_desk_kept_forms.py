"""What somebody wrote is never lost: a session that is over, somebody quicker, a store that is away, a refused form."""

from datetime import UTC, datetime

import pytest

from db.review_queue import QueueFilter
from tests.support.desks import PASSWORD, Browser, fingerprints, form_of, with_users
from verifier.errors import StoreBusyError
from verifier.model import Decision, FindingState
from verifier.review.sessions import SessionRegister

WORDS = 'Rounded, as "usual" here & <there>'
ESCAPED = "Rounded, as &#34;usual&#34; here &amp; &lt;there&gt;"


def log_in(browser, name: str = "Ana"):
    return browser.send("/login", 'name="password"', name=name, password=PASSWORD)


def states(app) -> dict[str, FindingState]:
    store = app.extensions["verifier"].store
    return {one.fingerprint: one.state for one in store.queue.page(QueueFilter(state=None))}


@pytest.fixture
def app(desk, data):
    with_users(data, Ana="editor", Ben="editor")
    return desk()


def written(app, browser, decision: str = "dismiss") -> tuple[str, dict[str, str]]:
    """A form that somebody has opened and filled in."""
    page = browser.get(f"/findings/{fingerprints(app)[0]}").text
    action, fields = form_of(page, f'name="decision" value="{decision}"')
    return action, fields | {"note": WORDS}


def test_a_session_that_ended_on_the_server_keeps_what_was_written(app, data):
    ana = Browser(app)
    log_in(ana)
    action, fields = written(app, ana)
    sessions = SessionRegister(data / "review.sessions")
    with ana.client.session_transaction(base_url="http://127.0.0.1") as session:
        sessions.end(session["key"])
    refused = ana.post(action, **fields)
    assert refused.status_code == 403
    assert "Your session is over" in refused.text
    assert ESCAPED in refused.text
    assert set(states(app).values()) == {FindingState.OPEN}

    again = send_on(ana, refused.text, 'name="password"', name="Ana", password="wrong, at first")
    assert again.status_code == 403
    back = send_on(ana, again.text, 'name="password"', name="Ana", password=PASSWORD)
    assert "Your decision: <strong>dismissed" in back.text
    assert set(states(app).values()) == {FindingState.OPEN}, "nothing is sent without being seen"
    sent = send_on(ana, back.text, "Send it again", note=WORDS)
    assert sent.status_code == 303
    [review] = reviews(app)
    assert (review.decision, review.note, review.reviewer) == (Decision.DISMISS, WORDS, "Ana")


def send_on(browser, page: str, form: str, **fields):
    """Send a form of a page that a form led to."""
    action, hidden = form_of(page, form)
    return browser.post(action, **(hidden | fields))


def reviews(app) -> list:
    """The last review of each finding that has one."""
    store = app.extensions["verifier"].store
    shown = (store.desk.finding(fingerprint, datetime.now(UTC)) for fingerprint in states(app))
    return [one.latest for one in shown if one.latest]


def test_a_form_of_a_session_that_is_gone_keeps_what_was_written(app):
    ana = Browser(app)
    log_in(ana)
    action, fields = written(app, ana)
    ana.client.delete_cookie("verifier_desk", domain="127.0.0.1")
    refused = ana.post(action, **fields)
    assert refused.status_code == 403
    back = send_on(ana, refused.text, 'name="password"', name="Ana", password=PASSWORD)
    assert send_on(ana, back.text, "Send it again", note=WORDS).status_code == 303
    assert [one.note for one in reviews(app)] == [WORDS]


def test_a_form_of_an_earlier_session_is_sent_again_in_the_new_one(app):
    ana = Browser(app)
    log_in(ana)
    action, fields = written(app, ana)
    ana.send("/", "Log out")
    log_in(ana)
    refused = ana.post(action, **fields)
    assert refused.status_code == 400
    assert ESCAPED in refused.text
    assert not reviews(app)
    assert send_on(ana, refused.text, "Send it again", note=WORDS).status_code == 303
    assert [one.note for one in reviews(app)] == [WORDS]


@pytest.mark.parametrize(
    ("decision", "field"), [("accept", "right_value"), ("accept", "note"), ("dismiss", "note"), ("query", "question")]
)
def test_where_somebody_was_quicker_the_words_are_in_the_form(app, decision, field):
    ana, ben = Browser(app), Browser(app)
    log_in(ana)
    log_in(ben, "Ben")
    action, fields = written(app, ana, decision)
    fields[field] = WORDS
    ben.decide(fingerprints(app)[0], "accept")
    late = ana.post(action, **fields)
    assert late.status_code == 409
    assert ESCAPED in late.text
    assert '<details name="decide" open>' in late.text
    assert late.text.count('<details name="decide" open>') == 1


@pytest.mark.parametrize("way", ["decide", "say", "assign"])
def test_while_the_store_is_busy_nothing_is_lost(app, monkeypatch, way):
    ana = Browser(app)
    log_in(ana)
    page = ana.get(f"/findings/{fingerprints(app)[0]}").text
    form = {"decide": 'value="dismiss"', "say": "without deciding", "assign": "Words for them"}[way]
    action, fields = form_of(page, form)
    fields["words" if way == "say" else "note"] = WORDS
    store = app.extensions["verifier"].store
    with monkeypatch.context() as patch:

        def away(*_):
            raise StoreBusyError("the store is busy")

        for part, name in ((store.findings, "decide"), (store.discussions, "say"), (store.assignments, "assign")):
            patch.setattr(part, name, away)
        refused = ana.post(action, assignee="Ben", **fields)
    assert refused.status_code == 503
    assert ESCAPED in refused.text
    assert "Send it again" in refused.text
    assert send_on(ana, refused.text, "Send it again", note=WORDS, words=WORDS, assignee="Ben").status_code == 303


def test_a_letter_that_somebody_crossed_is_shown_again(app):
    ana, ben = Browser(app), Browser(app)
    log_in(ana)
    log_in(ben, "Ben")
    first = fingerprints(app)[0]
    ana.decide(first, "query", question="Is it 12?")
    action, fields = form_of(ana.get("/documents/1/letter").text, 'name="recipient"')
    review = reviews(app)[0].id
    ben.decide(first, "accept")
    refused = ana.post(action, **fields, **{f"query-{review}": "1", f"question-{review}": WORDS, "opening": "Dear you"})
    assert refused.status_code == 409
    assert ESCAPED in refused.text
    assert "Dear you" in refused.text


def test_what_comes_from_elsewhere_is_not_shown_again(app):
    ana = Browser(app)
    log_in(ana)
    action, fields = written(app, ana)
    refused = ana.post(action, {"Origin": "http://evil.test"}, **fields)
    assert refused.status_code == 403
    assert ESCAPED not in refused.text


@pytest.mark.parametrize("action", ["http://evil.test/", "//evil.test/", "\\\\evil.test", "javascript:alert(1)", ""])
def test_what_is_carried_through_the_login_leads_nowhere_else(app, action):
    ana = Browser(app)
    answer = ana.send("/login", 'name="password"', name="Ana", password=PASSWORD, kept_action=action)
    assert answer.status_code == 303


def test_a_password_is_never_shown_again(app):
    ana = Browser(app)
    refused = ana.post("/login", name="Ana", password=PASSWORD)  # without a token
    assert refused.status_code in (400, 403)
    assert PASSWORD not in refused.text
