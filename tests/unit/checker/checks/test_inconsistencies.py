"""Contradictions of a document with itself as findings: to-dos, with fingerprints that outlive pages and editions."""

from dataclasses import replace

from verifier.checker import inconsistency_findings
from verifier.model import (
    Box,
    Document,
    Extraction,
    ExtractionWarning,
    FindingCode,
    FindingKind,
    Inconsistency,
    InconsistencyKind,
    InconsistencyPlace,
    WarningCode,
)


def place(page, text):
    return InconsistencyPlace(page, text, (Box(page, 1.0, 2.0, 3.0, 4.0),))


WRONG = Inconsistency(
    InconsistencyKind.TOTAL,
    "Table 1: Total is 10,562, but its 4 parts come to 10,652.",
    (place(3, "Total: 10,562"), place(3, "1,204, 3,310, 2,118, 4,020")),
    "10,562",
    "10,652",
    0.75,
)


def findings(*found, warnings=(), key="documents/a.pdf"):
    document = Document("a.pdf", "sha", 9)
    return inconsistency_findings(key, Extraction(document, "1", warnings=tuple(warnings), inconsistencies=found))


def test_it_is_a_to_do_with_its_place():
    (finding,) = findings(WRONG)
    assert (finding.code, finding.kind) == (FindingCode.DOCUMENT_INCONSISTENT, FindingKind.TO_DO)
    assert (finding.page, finding.sentence, finding.message) == (3, "Total: 10,562", WRONG.message)
    assert finding.evidence.confidence == 0.75
    assert finding.evidence.source_quote is None, "no source says anything here"


def test_its_fingerprint_knows_no_page():
    moved = replace(WRONG, places=(place(5, "Total: 10,562"), place(4, "1,204, 3,310, 2,118, 4,020")))
    assert findings(WRONG)[0].fingerprint == findings(moved)[0].fingerprint


def test_its_fingerprint_knows_what_both_places_say_and_the_document():
    others = [
        replace(WRONG, stated="10,526"),
        replace(WRONG, places=(WRONG.places[0], place(3, "1,204, 3,310, 2,118, 4,021"))),
        replace(WRONG, kind=InconsistencyKind.RESTATED),
    ]
    prints = {findings(one)[0].fingerprint for one in (WRONG, *others)} | {findings(WRONG, key="b.pdf")[0].fingerprint}
    assert len(prints) == 5


def test_a_check_of_ours_that_failed_is_said():
    told = ExtractionWarning(None, WarningCode.CONSISTENCY_UNCHECKED, "it was not held against itself: KeyError: 1")
    (finding,) = findings(warnings=[told])
    assert (finding.code, finding.kind) == (FindingCode.CHECK_FAILED, FindingKind.TO_DO)
