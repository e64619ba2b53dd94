"""Where a document contradicts itself, as to-dos for an editor."""

from verifier.checker.checks.notes import note_findings
from verifier.checker.fingerprints import inconsistency_fingerprint, note_fingerprint
from verifier.checker.severity import classify
from verifier.model import Evidence, Extraction, Finding, FindingCode, Inconsistency, WarningCode


def document_findings(document_key: str, extraction: Extraction) -> tuple[Finding, ...]:
    """What is said of a document without any source: what could not be read of it, where it contradicts itself."""
    return (*note_findings(document_key, extraction), *inconsistency_findings(document_key, extraction))


def inconsistency_findings(document_key: str, extraction: Extraction) -> tuple[Finding, ...]:
    """The `document_inconsistent` findings of a document, in the order of its pages; never an accusation.

    Where our own check of it failed, that is `check_failed`.
    """
    found = [_finding(document_key, one) for one in extraction.inconsistencies]
    failed = [warning for warning in extraction.warnings if warning.code is WarningCode.CONSISTENCY_UNCHECKED]
    if failed:
        kind, severity = classify(FindingCode.CHECK_FAILED)
        fingerprint = note_fingerprint(document_key, FindingCode.CHECK_FAILED, failed[0].code.value)
        message = "Whether the document contradicts itself was not checked: our own check failed."
        found.append(Finding(fingerprint, FindingCode.CHECK_FAILED, kind, severity, message))
    return tuple(found)


def _finding(document_key: str, inconsistency: Inconsistency) -> Finding:
    kind, severity = classify(FindingCode.DOCUMENT_INCONSISTENT)
    return Finding(
        fingerprint=inconsistency_fingerprint(document_key, inconsistency),
        code=FindingCode.DOCUMENT_INCONSISTENT,
        kind=kind,
        severity=severity,
        message=inconsistency.message,
        page=inconsistency.page,
        sentence=inconsistency.places[0].text,
        evidence=Evidence(confidence=inconsistency.confidence),
    )
