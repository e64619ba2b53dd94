"""What could not be read of a document, as to-dos for an editor: one a kind of trouble, however often it occurs.

Only trouble that leaves something unchecked, and that an editor can look at, becomes a finding. What says nothing of a
note (a malformed link annotation, two readings that disagree) stays a warning of the extraction.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from verifier.checker.fingerprints import note_fingerprint
from verifier.checker.severity import classify
from verifier.model import Extraction, ExtractionWarning, Finding, FindingCode, WarningCode

_MOST_NAMED = 3
"""Places that a message names one by one; of more it gives the number."""

_Message = Callable[[Sequence[ExtractionWarning], int], str]


def note_findings(document_key: str, extraction: Extraction) -> tuple[Finding, ...]:
    """The `note_unparsed` findings of a document, at most one for each kind of trouble, in the order of their kinds.

    Of pages that were read by OCR one finding says that they were: gaps and lost markers there are misreadings.
    The fingerprint is the document and the kind: pages and labels shift from edition to edition, the trouble stays.
    """
    findings = []
    for code, message in _MESSAGES.items():
        warnings = [warning for warning in extraction.warnings if warning.code is code]
        if code is WarningCode.NO_TEXT_LAYER:
            warnings = _scanned(warnings, extraction.document.pages or 0)
        elif code is not WarningCode.READ_BY_OCR:
            warnings = [warning for warning in warnings if warning.page not in extraction.pages_by_ocr]
        if warnings:
            findings.append(
                _finding(document_key, code, message(warnings, extraction.document.pages or 0), _pages(warnings))
            )
    return tuple(findings)


def _finding(document_key: str, code: WarningCode, message: str, pages: Sequence[int]) -> Finding:
    kind, severity = classify(FindingCode.NOTE_UNPARSED)
    return Finding(
        fingerprint=note_fingerprint(document_key, FindingCode.NOTE_UNPARSED, code.value),
        code=FindingCode.NOTE_UNPARSED,
        kind=kind,
        severity=severity,
        message=message,
        page=pages[0] if pages else None,
    )


def _scanned(warnings: list[ExtractionWarning], total: int) -> list[ExtractionWarning]:
    """Those of the pages without text that may hold notes: a run of two or more, or half of the document.

    A single such page is a cover, a chart or a photograph far more often than a scanned page of text.
    """
    pages = _pages(warnings)
    if 2 * len(pages) >= total:
        return warnings
    in_a_run = {page for one, other in pairwise(pages) if other - one == 1 for page in (one, other)}
    return [warning for warning in warnings if warning.page in in_a_run]


def _pages(warnings: Sequence[ExtractionWarning]) -> list[int]:
    return sorted({warning.page for warning in warnings if warning.page is not None})


def _without_text(warnings: Sequence[ExtractionWarning], total: int) -> str:
    pages = _pages(warnings)
    if len(pages) == total:
        return "The document has no text, only pictures of pages: it is scanned and needs OCR before it can be checked."
    verb = "has" if len(pages) == 1 else "have"
    return (
        f"{len(pages)} of {total} pages {verb} no text, only pictures ({_page_list(pages)}): "
        "scanned, so that their notes were not read; run OCR over the PDF."
    )


def _by_ocr(warnings: Sequence[ExtractionWarning], total: int) -> str:
    pages = _pages(warnings)
    which = "All pages" if len(pages) == total else f"{len(pages)} of {total} pages ({_page_list(pages)})"
    return (
        f"{which} are scans and were read by OCR, which may misread letters and figures: "
        "nothing on them is flagged, and notes may be missing; look at them by eye."
    )


def _unreadable(warnings: Sequence[ExtractionWarning], total: int) -> str:
    pages = _pages(warnings)
    which = f"{len(pages)} of {total} pages" if len(pages) > 1 else "One page"
    return f"{which} ({_page_list(pages)}) could not be read: the PDF is damaged there; export it again."


def _damaged(warnings: Sequence[ExtractionWarning], total: int) -> str:
    return "The PDF's structure is damaged, and links behind its words may be missing here; export it again."


def _places(singular: str, plural: str) -> _Message:
    def message(warnings: Sequence[ExtractionWarning], total: int) -> str:
        named = [f"p. {w.page}: {w.message}" if w.page else w.message for w in warnings[:_MOST_NAMED]]
        if len(warnings) > _MOST_NAMED:
            named.append(f"and {len(warnings) - _MOST_NAMED} more")
        head = singular if len(warnings) == 1 else f"{len(warnings)} {plural}"
        return f"{head}: {'; '.join(named)}."

    return message


_MESSAGES: dict[WarningCode, _Message] = {
    WarningCode.NO_TEXT_LAYER: _without_text,
    WarningCode.READ_BY_OCR: _by_ocr,
    WarningCode.PAGE_UNREADABLE: _unreadable,
    WarningCode.STRUCTURE_DAMAGED: _damaged,
    WarningCode.PART_UNREAD: _places("A part of the draft was not read", "parts of the draft were not read"),
    WarningCode.MARKER_WITHOUT_NOTE: _places("A marker whose note was not found", "markers whose notes were not found"),
    WarningCode.NOTE_WITHOUT_MARKER: _places(
        "A note whose sentence was not found, so that it was not compared",
        "notes whose sentences were not found, so that they were not compared",
    ),
    WarningCode.LABEL_GAP: _places("A gap in the numbering of notes", "gaps in the numbering of notes"),
    WarningCode.LABEL_REPEATED: _places("A repeat in the numbering of notes", "repeats in the numbering of notes"),
    WarningCode.DANGLING_REFERENCE: _places(
        "A reference to a note that is not there", "references to notes that are not there"
    ),
}


def _page_list(pages: Sequence[int]) -> str:
    """`p. 3`, `pp. 3, 7-9`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    listed = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"p. {listed}" if len(pages) == 1 else f"pp. {listed}"
