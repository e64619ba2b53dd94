"""Hostile input at the desk: none of it runs, leaks, leaves its folder or changes what it may not."""

import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest

from db.records import PartRecord
from db.review_queue import QueueFilter
from db.saved_filters import SavedFilter
from db.store import Store
from tests.integration.test_desk_pages import finished, log_in
from tests.support.desks import PASSWORD, Browser, demo_settings, fingerprints, with_users
from tests.support.stores import checked, cited, day, note, source
from verifier.model import (
    CheckedPart,
    Coverage,
    Decision,
    Document,
    Evidence,
    Extraction,
    Finding,
    FindingCode,
    FindingKind,
    LinkReason,
    LinkStatus,
    PartKind,
    PartStatus,
    Severity,
    SnapshotRef,
)
from verifier.review.app import create_app
from verifier.review.throttle import Throttle
from verifier.settings import ReviewSettings

FOREIGN = "https://evil.test"


@dataclass(frozen=True)
class Forged:
    """A request that must be refused, with all fields of an honest decision unless it says otherwise."""

    name: str
    statuses: tuple[int, ...]
    headers: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    path: str = "/findings/{first}/decide"
    method: str = "POST"
    without: tuple[str, ...] = ()


EVERYTHING = {"note": "all", "decision": "dismiss", "findings": "1-999999999999", "all": "1"}
UNTIL = {"until": "2099-01-01"}

FORGED = [
    Forged("no CSRF token", (400,), without=("csrf_token",)),
    Forged("an empty CSRF token", (400,), fields={"csrf_token": ""}),
    Forged("an invented CSRF token", (400,), fields={"csrf_token": "IjEyMyI.aaaaaa.bbbbbb"}),
    Forged("a foreign origin", (403,), {"Origin": FOREIGN}),
    Forged("an origin that only begins like ours", (403,), {"Origin": "http://127.0.0.1.evil.test"}),
    Forged("the origin of a sandboxed frame", (403,), {"Origin": "null"}),
    Forged("another port's origin", (403,), {"Origin": "http://127.0.0.1:9999"}),
    Forged("a foreign site by Sec-Fetch-Site", (403,), {"Sec-Fetch-Site": "cross-site"}),
    Forged("a sister site by Sec-Fetch-Site", (403,), {"Sec-Fetch-Site": "same-site"}),
    Forged("a foreign host name (DNS rebinding)", (400,), {"Host": "evil.test"}),
    Forged("a host name that only begins like ours", (400,), {"Host": "127.0.0.1.evil.test"}),
    Forged("a host name with credentials", (400,), {"Host": "127.0.0.1@evil.test"}),
    Forged("a decision nobody knows", (400,), fields={"decision": "destroy"}),
    Forged("no decision", (400,), without=("decision",)),
    Forged("no request token", (400,), without=("token",)),
    Forged("a request token that is too long", (400,), fields={"token": "x" * 101}),
    Forged("a dismissal without a reason", (400,), fields={"decision": "dismiss", "note": "  "}),
    Forged("a finding that is not there", (404,), path="/findings/0000/decide"),
    Forged("a decision by GET", (404, 405), method="GET"),
    Forged("a method override", (404, 405), {"X-HTTP-Method-Override": "POST"}, method="GET"),
    Forged("a decision by DELETE", (403, 400, 405), method="DELETE"),
    Forged("a batch of everything", (400,), path="/batch", fields=EVERYTHING),
    Forged("a batch by a SQL-like host", (409,), path="/batch?host=' OR 1=1 --", fields=EVERYTHING | UNTIL),
    Forged("a batch without its page", (400,), path="/batch", fields=EVERYTHING | UNTIL, without=("seen",)),
    Forged("a decision that only a rule makes", (400,), fields={"decision": "quiet"}),
    Forged("a rule about everything", (400,), path="/rules", fields={"code": "link_broken", "why": "all"} | UNTIL),
    Forged("a rule for good", (400,), path="/rules", fields={"code": "link_broken", "why": "all", "host": "a.test"}),
    Forged("a rule about no kind", (400,), path="/rules", fields={"code": "all", "why": "all", "host": "a"} | UNTIL),
    Forged("the end of no rule", (409,), path="/rules/none/end"),
    Forged("a comment of nothing", (400,), path="/findings/{first}/say", fields={"words": " "}),
    Forged("a comment without token", (400,), path="/findings/{first}/say", fields={"words": "x"}, without=("token",)),
    Forged("a letter about nothing", (400,), path="/documents/1/letter"),
    Forged("a letter of no query", (409,), path="/documents/1/letter", fields={"query-x": "1", "question-x": "?"}),
    Forged("a letter to many", (400,), path="/documents/1/letter", fields={"address": "a@b.test, c@d.test"}),
    Forged("a letter with a header", (400,), path="/documents/1/letter", fields={"address": "a@b.test\nBcc: c@d.test"}),
    Forged("an undo of nothing", (303,), path="/undo"),
    Forged("a supply for a finding that needs none", (404,), path="/findings/{first}/supply", fields={"pasted": "x"}),
    Forged("an upload without a file", (400,), path="/upload"),
    Forged("another try of no job", (404,), path="/jobs/../../x/again"),
    Forged("a log-in where nobody logs in", (400,), path="/login", fields={"name": "a", "password": "b"}),
]  # fmt: skip


@pytest.mark.parametrize("forged", FORGED, ids=lambda one: one.name)
def test_a_forged_request_changes_nothing(browser, forged):
    app = browser.client.application
    store = app.extensions["verifier"].store
    first = fingerprints(app)[0]
    before = list(store.dump())
    fields = {"csrf_token": browser.token(), "decision": "accept", "token": "12345678", "seen": ""} | forged.fields
    fields = {name: value for name, value in fields.items() if name not in forged.without}
    answer = browser.client.open(
        forged.path.format(first=first), method=forged.method, data=fields, headers=browser.headers | forged.headers
    )
    assert answer.status_code in forged.statuses
    assert list(store.dump()) == before


READS = [
    ("/static/../app.py", 404),
    ("/static/%2e%2e/app.py", 404),
    ("/static/..%2fapp.py", 404),
    ("/static//etc/passwd", 308),
    ("/documents/1/pages/1.png?note=../../verifier", 404),
    ("/documents/1/pages/1.png?note=fn-1%00", 404),
    ("/documents/1/pages/0.png?note=fn-6", 404),
    ("/documents/1/pages/99999999999999999999.png?note=fn-6", 404),
    ("/documents/99999999999999999/pages/1.png?note=fn-6", 404),
    ("/documents/-1", 404),
    ("/findings/..%2f..%2fverifier.db", 404),
    ("/findings/{first}/evidence/archived?snapshot=../../../../etc/passwd:0", 404),
    ("/findings/{first}/evidence/archived?snapshot=verifier.db:0", 404),
    ("/findings/{first}/evidence/archived", 404),
    ("/findings/{first}/evidence/..%2f..", 404),
    ("/findings/{first}/evidence/text?snapshot={snapshot}%00", 404),
    ("/findings/{first}/archived/bytes?snapshot=../../../../etc/passwd:0", 404),
    ("/findings/{first}/archived/..%2f..", 404),
    ("/findings/{first}/archived/record.warc.gz", 404),
    ("/documents/1/parts/99999999999999999", 404),
    ("/documents/1/parts/0/archived/bytes?snapshot=verifier.db:0", 404),
    ("/documents/1/parts/0/evidence/..%2f..", 404),
    ("/documents/1/coloured/99999999999999999.png", 404),
    ("/documents/1/notes?p=99999999999999999999&page=%00&show=../..", 200),
    ("/sources/of?url=file:///etc/passwd", 404),
    ("/sources/of?url=%00", 404),
    ("/queue/documents?docs=%00%25_", 200),
    ("/queue.csv?q=%00&since=0000-00-00&until=9999-12-31&page=99999999999999", 200),
    ("/?since=0001-01-01&until=9999-12-31&folder=../../etc&reviewer=%00&severity=x&kind=y&p=-1", 200),
    ("/?q=" + "%22" * 150, 200),
    ("/sources/0", 404),
    ("/jobs/none", 404),
    ("/users.json", 404),
    ("/verifier.db", 404),
    ("/?after=1.1.1.99999999999999999999999", 200),
    ("/?document=999999999999999999999999999999", 200),
    ("/?q=" + "%25" * 200, 200),
    ("/?q=%00%00", 200),
    ("/?host=%F0%9F%98%80%0d%0aSet-Cookie:x=1", 200),
    ("/documents?after=x&number=99999999999999999999999", 200),
    ("/login?after=//evil.test", 302),
]


@pytest.mark.parametrize(("path", "status"), READS, ids=[path for path, _ in READS])
def test_a_hostile_address_shows_nothing_that_it_may_not(browser, path, status):
    app = browser.client.application
    first = app.extensions["verifier"].store.queue.page(QueueFilter())[0]
    snapshot = app.extensions["verifier"].store.findings.list()[0].finding.evidence.snapshot
    answer = browser.get(path.format(first=first.fingerprint, snapshot=snapshot))
    assert answer.status_code == status
    assert b"root:" not in answer.data
    assert b"SQLite format" not in answer.data
    assert "evil.test" not in answer.headers.get("Location", "")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


SCRIPTS = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "{{ 7 * 191 }}{% raw %}",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "http://a.test/\" onmouseover=\"alert(1)",
    "http://a.test/'><base href=https://evil.test>",
    "\u202e<iframe src=https://evil.test>",
    "<meta http-equiv=refresh content='0;url=https://evil.test'>",
    "<form action=https://evil.test><button>Log in</button>",
    "<a href='https://evil.test' data-key='a'>",
]  # fmt: skip


PAGES = (
    "/",
    "/?state=any",
    "/documents",
    "/documents/1",
    "/documents/1/notes",
    "/documents/1/notes?show=not_checked",
    "/documents/1/parts/0",
    "/documents/1/parts/1?tab=look",
    "/queue/documents?docs=pdf",
    "/?document=1&docs=pdf",
    "/findings/figure",
    "/findings/link",
    "/sources",
    "/sources/1",
    "/batch?host=a.test",
    "/batch?source=url:x",
    "/batch?state=any&f1=1",
    "/rules",
    "/rules/new?code=link_broken&host=a.test",
    "/letters",
    "/documents/1/letter",
    "/activity",
    "/present",
)


class Tags(HTMLParser):
    """What a browser would make of a page: its tags with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_in_titles_notes_addresses_and_reviews_is_only_shown(script, tmp_path, clean_environment):
    settings = demo_settings(tmp_path / "data", review=ReviewSettings(port=0))
    with Store.open(settings.store_url) as store:
        fill_with(store, script)
        browser = Browser(create_app(settings, store, ("false",)))
        for path in (*PAGES, f"/?q={script}"):
            answer = browser.get(path)
            assert answer.status_code == 200, path
            assert_harmless(answer.text, path)
            assert "1337" not in answer.text


def fill_with(store: Store, script: str) -> None:
    """A document in which everything that can hold words holds a script."""
    url = script if ":" in script.partition("/")[0] else f"http://a.test/{script}"
    document = store.documents.record_edition("papers", f"{script}.pdf", "sha", day(0))
    hostile_note = note(1, [url], sentence=script)
    reading = Extraction(Document("", "sha", 1, script, day(0)), "parser 1", (hostile_note,))
    entry = cited(0, source(url, key=f"url:{script}"))
    entry = type(entry)(0, 0, None, entry.source, {url: "a.test"})
    store.documents.save_extraction(reading, [entry], day(0))
    run = store.runs.begin("nightly", [], day(0)).id
    store.links.record_check(run, checked(url, LinkStatus.BLOCKED, LinkReason.BOT_WALL, body=script), day(7))
    evidence = Evidence(script, script, SnapshotRef("a.warc.gz", 1234), day(0), 1.0)
    parts = [
        PartRecord(0, 0, None, CheckedPart(kind, status, script, 0, len(script), url, evidence, "figure"), (url,))
        for kind, status in ((PartKind.FIGURE, PartStatus.DISAGREES), (PartKind.QUOTATION, PartStatus.SOURCE_UNREAD))
    ]
    store.saved_filters.save(SavedFilter(script, f"q={quote(script)}", script, day(0)))
    for fingerprint, code, at in (
        ("figure", FindingCode.FIGURE_DISAGREES, document.id),
        ("link", FindingCode.LINK_BLOCKED, None),
    ):
        finding = Finding(
            fingerprint, code, FindingKind.ACCUSATION, Severity.HIGH, script, url, "fn-1", script, 1, script, evidence
        )
        if at is None:
            store.findings.save_link_findings(run, [finding], [], day(0))
        else:
            store.findings.save_document_result(at, run, "key", [], [finding], Coverage(figures=1), day(0), parts)
    store.findings.add_review("figure", Decision.QUERY, script, script, "token", day(0))
    store.presences.look(1, script, day(0))


def assert_harmless(page: str, path: str) -> None:
    for tag, attributes in Tags(page).seen:
        assert tag not in ("base", "object", "embed", "applet"), path
        assert not [name for name in attributes if name.startswith("on")], (path, tag, attributes)
        if tag == "script":
            assert re.fullmatch(r"/static/[\w.]+\.js(?:\?v=[0-9a-f]{12})?", attributes["src"]), path
        if tag == "meta":
            assert attributes.get("http-equiv") is None, path
        if tag == "form":
            assert attributes.get("action", "/").startswith("/"), path
        if tag in ("img", "iframe"):
            assert attributes["src"].startswith("/"), path
        if tag == "iframe":
            assert attributes["sandbox"] in ("", None), path
        if tag == "a":
            address = attributes.get("href") or ""
            assert address.startswith(("/", "#", "http://", "https://", "mailto:?subject=")), (path, address)
            if address.startswith("http"):
                assert "noreferrer" in attributes["rel"], path


def docx_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w:document>" + b" " * 400_000_000)
    return packed.getvalue()


CIRCLE = b"1 0 obj<</Pages 1 0 R/Type/Pages/Kids[1 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>"
PROMISE = (
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 1000000/Kids[]>>endobj\ntrailer<</Root 1 0 R>>"
)

UPLOADS = [
    ("an empty file", b"", 400, ""),
    ("a page called a PDF", b"<html><script>alert(1)</script>", 400, ""),
    ("a program called a PDF", b"MZ" + b"\x00" * 4000, 400, ""),
    ("a PDF's header and nothing else", b"%PDF-1.7\n", 303, "s damaged beyond reading"),
    ("a PDF that goes round in circles", b"%PDF-1.7\n" + CIRCLE, 303, ""),
    ("a PDF that promises a million pages", b"%PDF-1.7\n" + PROMISE, 303, "more than it can hold"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "status", "said"), UPLOADS, ids=[name for name, *_ in UPLOADS])
def test_a_hostile_upload_is_refused_or_told_as_unreadable(browser, data, name, content, status, said):
    store = browser.client.application.extensions["verifier"].store
    accused = len([f for f in store.findings.list() if f.finding.kind is FindingKind.ACCUSATION])
    answer = browser.send("/upload", "Upload and check", pdf=(io.BytesIO(content), "../../../tmp/evil.pdf"))
    assert answer.status_code == status
    if status == 303:
        page = finished(browser, answer.location)
        assert re.search(said, page), page
        assert str(data) not in page
        assert [path.name for path in (data / "uploads").iterdir() if path.is_file()] == ["evil.pdf"]
    assert len([f for f in store.findings.list() if f.finding.kind is FindingKind.ACCUSATION]) == accused
    assert browser.get("/").status_code == 200


def test_an_upload_over_the_limit_is_refused(desk):
    browser = Browser(desk(max_upload_bytes=100_000))
    answer = browser.post("/upload", csrf_token=browser.token(), pdf=(io.BytesIO(b"%PDF-" + b"x" * 200_000), "a.pdf"))
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=", b"----\r\n"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="pdf"; filename="a\r\n'),
        ("application/json", b'{"pdf": "x"}'),
        ("application/x-www-form-urlencoded", b"pdf=" + b"%" * 1000),
    ],
)
def test_a_malformed_upload_is_refused(browser, content_type, body):
    answer = browser.client.post("/upload", data=body, content_type=content_type, headers=browser.headers)
    assert answer.status_code == 400


def test_a_bomb_supplied_as_a_source_harms_nothing(browser):
    app = browser.client.application
    blocked = next(
        f.finding for f in app.extensions["verifier"].store.findings.list() if f.finding.code.value == "link_blocked"
    )
    answer = browser.send(f"/findings/{blocked.fingerprint}", "/supply", file=(io.BytesIO(docx_bomb()), "a.docx"))
    page = finished(browser, answer.location)
    assert 'role="alert"' in page
    assert len(app.extensions["verifier"].store.source_histories.checks(blocked.url)) == 1
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", "eyJ1c2VyIjoiQW5hIn0.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb", "e30." * 400])
def test_an_invented_session_is_nobodys(desk, data, cookie):
    with_users(data, Ana="editor")
    browser = Browser(desk())
    browser.client.set_cookie("verifier_desk", cookie, domain="127.0.0.1")
    assert browser.get("/").location.startswith("/login")


def test_a_user_who_was_removed_or_got_a_new_password_is_out(desk, data):
    with_users(data, Ana="editor", Ben="editor")
    browser = Browser(desk())
    log_in(browser, "Ana")
    assert browser.get("/").status_code == 200
    file = data / "users.json"
    told = json.loads(file.read_text())
    told["users"] = [user for user in told["users"] if user["name"] != "Ana"]
    file.write_text(json.dumps(told))
    assert browser.get("/").location.startswith("/login")


def test_guessing_is_slowed_down(desk, data, monkeypatch):
    monkeypatch.setattr("verifier.review.app.Throttle", partial(Throttle, clock=lambda: 0.0))  # waits are never over
    with_users(data, Ana="editor")
    browser = Browser(desk())
    token = browser.token("/login")
    statuses = [
        browser.post("/login", csrf_token=token, name="ana", password=f"guess {number}").status_code
        for number in range(7)
    ]
    assert statuses == [403, 403, 403, 403, 403, 429, 429]
    assert log_in(browser, "Ana", PASSWORD).status_code == 429


@pytest.mark.parametrize(
    "after",
    ["https://evil.test", "//evil.test", "//[", "/\\[", "/\\evil.test", "\\\\evil.test", "javascript:x", "/a\r\nX: y"],
)
def test_the_way_on_after_logging_in_stays_here(desk, data, after):
    with_users(data, Ana="editor")
    browser = Browser(desk())
    answer = browser.send("/login", 'action="/login"', name="Ana", password=PASSWORD, after=after)
    assert answer.status_code == 303
    assert answer.location == "/"


@pytest.mark.parametrize(
    ("peer", "header", "status"),
    [
        ("127.0.0.1", "Ana", 200),
        ("127.0.0.1", "", 403),
        ("127.0.0.1", "\x7f \t", 403),
        ("10.1.2.3", "Ana", 403),
    ],
)
def test_only_a_trusted_proxy_says_who_somebody_is(desk, peer, header, status):
    app = desk(trusted_header="X-Remote-User", address="https://desk.test", host="0.0.0.0")
    answer = app.test_client().get(
        "/", headers={"Host": "desk.test", "X-Remote-User": header}, environ_base={"REMOTE_ADDR": peer}
    )
    assert answer.status_code == status


def test_cookies_are_safe_and_secrets_private(desk, data):
    with_users(data, Ana="editor")
    app = desk(address="https://desk.test")
    cookie = app.test_client().get("/login", headers={"Host": "desk.test"}).headers["Set-Cookie"]
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= set(cookie.split("; "))
    assert (data / "review.secret").stat().st_mode & 0o077 == 0
