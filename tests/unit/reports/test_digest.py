"""A night's digest: only what is new, accusations first, all in one line; of confidential documents only counts."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier.model import (
    Coverage,
    Evidence,
    Finding,
    FindingCode,
    FindingKind,
    FindingState,
    RunState,
    Severity,
    SnapshotRef,
)
from verifier.reports.contents import CitationPlace, FailedDocument, ReportedFinding, RunReport
from verifier.reports.digest import MOST_SHOWN, digest_text, make_digest
from verifier.reports.digest_html import digest_html

NIGHT = datetime(2026, 11, 2, 3, 30, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script><img src=http://spy.example.test/>'


def found(code: FindingCode, *documents: str, new: bool = True, state=FindingState.OPEN, **more) -> ReportedFinding:
    accuses = code in (FindingCode.LINK_BROKEN, FindingCode.FIGURE_DISAGREES, FindingCode.QUOTE_DIFFERS)
    kind = FindingKind.ACCUSATION if accuses else FindingKind.TO_DO
    given = {"fingerprint": "ab" * 32, "message": f"Message on {code.value} {HOSTILE}"} | more
    finding = Finding(code=code, kind=kind, severity=Severity.HIGH, **given)
    places = tuple(CitationPlace(document, "9", 3, f"Sentence of {document}.") for document in documents)
    return ReportedFinding(finding, state, places, new)


def report(*findings: ReportedFinding, state=RunState.FINISHED, checked=812, **more) -> RunReport:
    coverage = Coverage(documents=40, addresses=830, addresses_checked=checked)
    return RunReport(12, "nightly", state, NIGHT, NIGHT, coverage, findings, **more)


BROKEN = found(FindingCode.LINK_BROKEN, "tolls.pdf", "ferries.pdf", url="http://a.example.test/gone")
WRONG = found(
    FindingCode.FIGURE_DISAGREES,
    "tolls.pdf",
    evidence=Evidence(f"The source says 21 {HOSTILE}", "21", SnapshotRef("a.warc.gz", 12), NIGHT, 0.97),
)
TO_DO = found(FindingCode.LINK_UNCONFIRMED, "tolls.pdf", url="http://b.example.test/404")
OLD = found(FindingCode.LINK_BROKEN, "old.pdf", new=False, url="http://old.example.test/")
DISMISSED = found(FindingCode.FIGURE_CHECK, "known.pdf", state=FindingState.DISMISSED)
HEALED = found(FindingCode.LINK_UNREACHABLE, "tolls.pdf", state=FindingState.CLOSED, url="http://c.example.test/back")
UNREAD = FailedDocument("damaged.pdf", "is no PDF")


@pytest.mark.parametrize(
    ("told", "healed", "subject"),
    [
        (report(), (), "Verifier: 0 new, 812 checked"),
        (report(OLD, DISMISSED), (), "Verifier: 0 new, 812 checked"),
        (report(TO_DO), (), "Verifier: 1 new to-do, 812 checked"),
        (report(BROKEN, WRONG, TO_DO, OLD), (), "Verifier: 2 new accusations, 1 new to-do, 812 checked"),
        (report(), (HEALED,), "Verifier: 0 new, 1 healed, 812 checked"),
        (
            report(TO_DO, state=RunState.INCOMPLETE, failed=(UNREAD,)),
            (HEALED,),
            "Verifier: incomplete, 1 new to-do, 1 healed, 1 document not read, 812 checked",
        ),
        (report(state=RunState.NETWORK_DOWN), (), "Verifier: network down, 0 new, 812 checked"),
        (RunReport(None, "", RunState.RUNNING, None, None, Coverage()), (), "Verifier: no run yet"),
    ],
)
def test_the_subject_says_the_night_in_one_line(told, healed, subject):
    digest = make_digest(told, healed)
    assert digest.subject == subject
    assert subject.removeprefix("Verifier: ") in digest_text(digest).splitlines()[0]
    assert subject in digest_html(digest)


def test_only_what_is_new_is_told_accusations_first_then_to_dos_then_what_healed():
    text = digest_text(make_digest(report(TO_DO, OLD, BROKEN, DISMISSED, failed=(UNREAD,)), (HEALED,)))
    positions = [
        text.index(word)
        for word in (
            "damaged.pdf: not read: is no PDF",
            "NEW ACCUSATIONS",
            "http://a.example.test/gone",
            "NEW TO-DOS",
            "http://b.example.test/404",
            "HEALED",
            "http://c.example.test/back",
            "Open altogether: 2 accusations, 1 to-do",
            "830 cited, 812 checked",
        )
    ]
    assert positions == sorted(positions)
    assert "old.pdf" not in text
    assert "known.pdf" not in text


def test_html_tells_the_same_as_text():
    digest = make_digest(report(TO_DO, OLD, BROKEN, WRONG, failed=(UNREAD,)), (HEALED,))
    page = digest_html(digest)
    for word in ("damaged.pdf", "a.example.test/gone", "b.example.test/404", "c.example.test/back", "ferries.pdf"):
        assert word in page
        assert word in digest_text(digest)
    assert "old.pdf" not in page


def test_html_is_safe_for_mail():
    """No tag that asks for something from outside or runs, no style sheet, and what sources say stays text."""
    page = digest_html(make_digest(report(BROKEN, WRONG, TO_DO, failed=(UNREAD,)), (HEALED,)))
    tags, attributes = set(), set()

    class Seen(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.add(tag)
            attributes.update(name for name, _ in attrs)

    Seen(convert_charrefs=True).feed(page)
    assert tags == {"html", "head", "meta", "title", "body", "div", "h1", "h2", "p", "ul", "li"}
    assert attributes == {"lang", "charset", "name", "content", "style"}
    assert page.count("&lt;script&gt;") >= 3
    assert not [style for style in re.findall(r'style="([^"]*)"', page) if "url(" in style]


def test_of_confidential_documents_only_counts_are_told():
    draft, shared = (
        "drafts/secret.pdf",
        found(FindingCode.LINK_BROKEN, "drafts/secret.pdf", "tolls.pdf", url="http://s/"),
    )
    told = report(
        found(FindingCode.LINK_BROKEN, draft, url="http://leak.example.test/"),
        found(FindingCode.FIGURE_CHECK, draft, message="leaking words"),
        shared,
        failed=(FailedDocument(draft, "leaking reason"), UNREAD),
    )
    gone = found(FindingCode.LINK_BROKEN, url="http://leak.example.test/uncited", state=FindingState.CLOSED)
    digest = make_digest(told, (gone, HEALED), {draft})
    for page in (digest_text(digest), digest_html(digest)):
        assert "secret" not in page
        assert "leak" not in page
        assert "http://s/" in page
        assert "1 new accusation, 1 new to-do, 1 healed, 1 document not read. Not described in mail" in " ".join(
            page.split()
        )
    assert digest.subject == ("Verifier: 2 new accusations, 1 new to-do, 2 healed, 2 documents not read, 812 checked")


def test_without_confidential_documents_a_healed_link_that_nobody_cites_any_more_is_told():
    gone = found(FindingCode.LINK_BROKEN, url="http://gone.example.test/", state=FindingState.CLOSED)
    digest = make_digest(report(), (gone,))
    assert "http://gone.example.test/" in digest_text(digest)
    assert "Confidential" not in digest_text(digest)


def test_a_first_night_with_thousands_of_findings_stays_a_mail():
    many = [
        found(FindingCode.LINK_BLOCKED, "a.pdf", url=f"http://h{n}.example.test/", message="Blocked.")
        for n in range(5000)
    ]
    digest = make_digest(report(*many))
    assert "5000 new to-dos" in digest.subject
    for page in (digest_text(digest), digest_html(digest)):
        assert f"and {5000 - MOST_SHOWN} more: verifier report" in page
        assert page.count(".example.test/") == MOST_SHOWN
        assert len(page) < 300_000


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=40)
@given(document=words, message=words, url=words, sentence=words, reason=words)
def test_whatever_documents_and_sources_say_the_subject_is_one_line_and_the_page_whole(
    document, message, url, sentence, reason
):
    place = CitationPlace(document, "1", 1, sentence)
    accused = replace(BROKEN, finding=replace(BROKEN.finding, message=message, url=url), places=(place,))
    digest = make_digest(report(accused, failed=(FailedDocument(document, reason),)), (accused,))
    assert digest.subject == "Verifier: 1 new accusation, 1 healed, 1 document not read, 812 checked"
    assert digest_text(digest).endswith("\n")
    assert digest_html(digest).rstrip().endswith("</html>")
