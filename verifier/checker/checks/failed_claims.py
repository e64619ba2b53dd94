"""A claim that could not be checked since our own check of it failed: a to-do, so that nobody takes it for checked."""

from verifier.checker.checks.base import Claim
from verifier.checker.fingerprints import note_fingerprint
from verifier.checker.severity import classify
from verifier.model import Finding, FindingCode


def failed_claim(claim: Claim) -> Finding:
    """The `check_failed` of a claim: one for a sentence, however many of its figures could not be read."""
    kind, severity = classify(FindingCode.CHECK_FAILED)
    return Finding(
        fingerprint=note_fingerprint(claim.document_key, FindingCode.CHECK_FAILED, claim.sentence),
        code=FindingCode.CHECK_FAILED,
        kind=kind,
        severity=severity,
        message="This sentence was not held against its sources: our own check of it failed.",
        footnote_id=claim.footnote_id,
        footnote_label=claim.footnote_label,
        page=claim.page,
        sentence=claim.sentence,
    )
