"""Warnings of the parser become to-dos only where an editor can act, one a kind and document."""

import dataclasses

import pytest

from verifier.checker import note_findings
from verifier.model import Document, Extraction, ExtractionWarning, FindingCode, FindingKind, WarningCode

GAP, REPEAT, DANGLING = WarningCode.LABEL_GAP, WarningCode.LABEL_REPEATED, WarningCode.DANGLING_REFERENCE
NO_NOTE, NO_MARKER = WarningCode.MARKER_WITHOUT_NOTE, WarningCode.NOTE_WITHOUT_MARKER
SCAN, PAGE, STRUCTURE = WarningCode.NO_TEXT_LAYER, WarningCode.PAGE_UNREADABLE, WarningCode.STRUCTURE_DAMAGED
PART, BY_OCR = WarningCode.PART_UNREAD, WarningCode.READ_BY_OCR


def extraction(*warnings: tuple[WarningCode, int | None], pages: int = 20, message: str = "xi") -> Extraction:
    told = tuple(ExtractionWarning(page, code, message) for code, page in warnings)
    return Extraction(Document("a.pdf", "0" * 64, pages), "1", warnings=told)


def found(*warnings: tuple[WarningCode, int | None], pages: int = 20, message: str = "xi"):
    return note_findings("folder\na.pdf", extraction(*warnings, pages=pages, message=message))


@pytest.mark.parametrize(
    ("pages", "total", "told", "first"),
    [
        ([1, 2, 3], 3, "The document has no text", 1),
        ([1], 1, "The document has no text", 1),
        ([4, 5], 20, "2 of 20 pages have no text, only pictures (pp. 4-5)", 4),
        ([1, 7, 8, 9, 12, 13], 20, "5 of 20 pages have no text, only pictures (pp. 7-9, 12-13)", 7),
        ([2], 2, "1 of 2 pages has no text, only pictures (p. 2)", 2),
        ([1, 3, 5], 6, "3 of 6 pages have no text, only pictures (pp. 1, 3, 5)", 1),
        ([1], 20, None, None),
        ([1, 20], 20, None, None),
        ([3, 5, 7], 20, None, None),
    ],
)
def test_scanned_pages_are_told_but_not_a_cover_or_a_chart(pages, total, told, first):
    findings = found(*((SCAN, page) for page in pages), pages=total)
    assert [finding.page for finding in findings] == ([first] if told else [])
    assert all(finding.message.startswith(told) for finding in findings)


@pytest.mark.parametrize(
    ("warnings", "message", "page"),
    [
        ([(PAGE, 3)], "One page (p. 3) could not be read: the PDF is damaged there; export it again.", 3),
        (
            [(PAGE, 5), (PAGE, 3), (PAGE, 4)],
            "3 of 20 pages (pp. 3-5) could not be read: the PDF is damaged there; export it again.",
            3,
        ),
        (
            [(STRUCTURE, None)],
            "The PDF's structure is damaged, and links behind its words may be missing here; export it again.",
            None,
        ),
        ([(GAP, 4)], "A gap in the numbering of notes: p. 4: xi.", 4),
        ([(NO_NOTE, 4)], "A marker whose note was not found: p. 4: xi.", 4),
        (
            [(NO_MARKER, 4), (NO_MARKER, 5)],
            "2 notes whose sentences were not found, so that they were not compared: p. 4: xi; p. 5: xi.",
            4,
        ),
        ([(PART, None)], "A part of the draft was not read: xi.", None),
        ([(GAP, None)], "A gap in the numbering of notes: xi.", None),
        (
            [(REPEAT, 4), (REPEAT, 9)],
            "2 repeats in the numbering of notes: p. 4: xi; p. 9: xi.",
            4,
        ),
        (
            [(DANGLING, page) for page in range(1, 7)],
            "6 references to notes that are not there: p. 1: xi; p. 2: xi; p. 3: xi; and 3 more.",
            1,
        ),
    ],
)
def test_each_kind_is_one_to_do_with_its_reason(warnings, message, page):
    (finding,) = found(*warnings)
    assert (finding.message, finding.page) == (message, page)
    assert (finding.code, finding.kind) == (FindingCode.NOTE_UNPARSED, FindingKind.TO_DO)


@pytest.mark.parametrize(
    "code",
    sorted(
        set(WarningCode) - {GAP, REPEAT, DANGLING, NO_NOTE, NO_MARKER, SCAN, PAGE, STRUCTURE, PART, BY_OCR},
        key=lambda code: code.value,
    ),
)
def test_what_says_nothing_of_a_note_is_no_finding(code):
    assert found((code, 3), (code, 4)) == ()


def test_kinds_do_not_hide_each_other():
    findings = found((GAP, 3), (SCAN, 4), (SCAN, 5), (GAP, 9), (REPEAT, 2))
    assert len(findings) == 3
    assert len({finding.fingerprint for finding in findings}) == 3


@pytest.mark.parametrize(
    "later",
    [
        extraction((GAP, 8), message="xi"),
        extraction((GAP, 3), message="13 follows 11"),
        extraction((GAP, 3), (GAP, 4)),
        dataclasses.replace(extraction((GAP, 3)), parser_version="2"),
        extraction((GAP, 3), pages=30),
    ],
    ids=["other page", "other labels", "more of them", "other parser", "other edition"],
)
def test_it_stays_the_same_finding_in_another_edition(later):
    (before,) = found((GAP, 3))
    (after,) = note_findings("folder\na.pdf", later)
    assert before.fingerprint == after.fingerprint


def test_another_document_has_its_own():
    assert found((GAP, 3))[0].fingerprint != note_findings("b.pdf", extraction((GAP, 3)))[0].fingerprint


BY_OCR = WarningCode.READ_BY_OCR


def test_pages_read_by_ocr_are_one_to_do_and_nothing_is_missed_on_them():
    (one,) = found((BY_OCR, 3), (BY_OCR, 4), (GAP, 3), (NO_NOTE, 4))
    assert one.message.startswith("2 of 20 pages (pp. 3-4) are scans and were read by OCR")
    assert len(found((BY_OCR, 3), (GAP, 7))) == 2
    assert found((BY_OCR, 1), pages=1)[0].message.startswith("All pages are scans")
