"""Citations with their archived copy, in the citation's own style; letters that ask one thing."""

from datetime import UTC, datetime

import pytest

from db.finding_details import DeskDocument, DeskFinding
from db.review_queue import QueueKey
from verifier.model import (
    Anchor,
    ArchivedCopy,
    Citation,
    Evidence,
    Finding,
    FindingCode,
    FindingKind,
    FindingState,
    Footnote,
    NoteKind,
    Severity,
)
from verifier.review.drafting import cited_with, with_address, with_copy

URL = "https://county.test/survey.html"
KEPT = "https://archive.test/web/20240312/https://county.test/survey.html"
COPY = ArchivedCopy(KEPT, datetime(2024, 3, 12, tzinfo=UTC))
DAY = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        (f"County Office, Survey, {URL}.", f"County Office, Survey, {URL}, archived 12 March 2024, {KEPT}."),
        (
            f"Survey (accessed 3 May 2024), {URL}",
            f"Survey (accessed 3 May 2024), {URL}, archived 12 March 2024, {KEPT}",
        ),
        (f"Survey (May 3, 2024), {URL}.", f"Survey (May 3, 2024), {URL}, archived March 12, 2024, {KEPT}."),
        (f"Survey, {URL} (2024-05-03)", f"Survey, {URL}, archived 2024-03-12, {KEPT} (2024-05-03)"),
        (f"Bericht, {URL} (3.5.2024)", f"Bericht, {URL}, archived 12.3.2024, {KEPT} (3.5.2024)"),
        (f"See 42 U.S.C. § 7401; Survey, {URL}.", f"See 42 U.S.C. § 7401; Survey, {URL} [{KEPT}]."),
        ("Survey, county.test/survey.html.", f"Survey, county.test/survey.html, archived 12 March 2024, {KEPT}."),
        ("County Office, Survey.", f"County Office, Survey, {URL}, archived 12 March 2024, {KEPT}."),
    ],
)
def test_the_copy_stands_as_the_citation_would_write_it(citation, expected):
    assert with_copy(citation, URL, COPY) == expected


def shown(code: FindingCode, *citations: Citation, quote: str | None = None) -> DeskFinding:
    sentence = "The county counted 412 bridges."
    note = Footnote(
        "fn-9",
        "9",
        NoteKind.FOOTNOTE,
        3,
        "; ".join(c.text for c in citations),
        (),
        (),
        (Anchor(3, sentence, 31),),
        citations,
    )
    finding = Finding(
        "f", code, FindingKind.TO_DO, Severity.LOW, "What is wrong.", URL, "fn-9", "9", 3, sentence,
        Evidence(source_quote=quote, fetched_at=DAY),
    )  # fmt: skip
    document = DeskDocument(1, "papers", "a.pdf", "Bridges", "sha", "1")
    return DeskFinding(
        finding, 1, FindingState.OPEN, QueueKey(0, 1, 3, 9, 1), DAY, DAY, None, document, note, None, (), ()
    )


def test_the_citation_is_the_one_that_prints_the_address():
    first, second = Citation("One."), Citation("Two.", urls=(URL,))
    assert cited_with(shown(FindingCode.LINK_BROKEN, first, second)) is second
    assert cited_with(shown(FindingCode.LINK_BROKEN, first)) is first
    assert cited_with(shown(FindingCode.LINK_BROKEN, first, Citation("Three."))) is None


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        (f"County Office, Survey, {URL}.", "County Office, Survey, https://new.test/a."),
        ("Survey, county.test/survey.html (3 May 2024)", "Survey, https://new.test/a (3 May 2024)"),
        ("County Office, Survey.", "County Office, Survey, https://new.test/a."),
    ],
)
def test_a_moved_address_gives_way_to_the_new_one(citation, expected):
    assert with_address(citation, URL, "https://new.test/a") == expected
