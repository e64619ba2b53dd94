"""The built-in check of quotations: long ones are looked up in all that their note cites."""

from dataclasses import dataclass

from verifier.checker.checks.base import CheckResult, CitedClaim, CitedText
from verifier.checker.checks.capture_date import is_near
from verifier.checker.checks.messages import altered_quotation_message, copies_in_words, missing_quotation_message
from verifier.checker.fingerprints import quotation_fingerprint
from verifier.checker.quotations.alterations import Alteration, alteration, real_differences
from verifier.checker.quotations.find import Quoted, find_quotations, find_quotations_in_note
from verifier.checker.quotations.lookup import Found, Lookup, look_up, words_of
from verifier.checker.severity import classify
from verifier.model import Coverage, Evidence, Finding, FindingCode


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """Raises quotations that differ from their source, or are not in it, under the policy on signals and captures.

    `near_days` is how far a capture may be from the document's date to accuse (`CheckSettings.near_days`).
    """

    near_days: int = 180
    name: str = "quotations"

    def findings(self, cited_claim: CitedClaim) -> CheckResult:
        """The findings of one claim; nothing is said of a quotation that one of the sources has, or that one might."""
        quotations = _quotations(cited_claim)
        cited = [one for one in cited_claim.cited if not one.disowned]
        if not cited:
            return CheckResult(coverage=Coverage(quotations=len(quotations)))
        findings = [
            self._finding(cited_claim, quoted.words, ordinal, cited) for ordinal, quoted in enumerate(quotations)
        ]
        seen = Coverage(quotations=len(quotations), quotations_compared=len(quotations))
        return CheckResult(tuple(finding for finding in findings if finding is not None), coverage=seen)

    def _finding(self, cited_claim: CitedClaim, quotation: str, ordinal: int, cited: list[CitedText]) -> Finding | None:
        lookups = [(look_up(quotation, one.read.text), one) for one in cited_claim.cited]
        size = len(words_of(quotation))
        if any(_is_faithful(lookup, size) for lookup, _ in lookups):
            return None
        altered = [(lookup, one) for lookup, one in lookups if lookup.found is Found.ALTERED and one in cited]
        if altered:
            lookup, one = min(altered, key=lambda pair: len(pair[0].differences))
            plain = alteration(lookup.differences, size) is Alteration.PLAIN
            sure = plain and is_near(one, cited_claim.document_date, self.near_days) and cited_claim.may_accuse
            code = FindingCode.QUOTE_DIFFERS if sure else FindingCode.QUOTE_NOT_FOUND
            real = real_differences(lookup.differences)
            message = altered_quotation_message(cited_claim.claim, real, one, lookup.start) + copies_in_words([one])
            return _make(code, message, cited_claim, quotation, ordinal, one, lookup)
        if cited_claim.unread:
            return None
        message = missing_quotation_message(cited_claim.claim, quotation, len(cited_claim.cited))
        message += copies_in_words(cited_claim.cited)
        return _make(
            FindingCode.QUOTE_NOT_FOUND, message, cited_claim, quotation, ordinal, cited[0], Lookup(Found.ABSENT)
        )


def _quotations(cited_claim: CitedClaim) -> tuple[Quoted, ...]:
    claim = cited_claim.claim
    if claim.in_note:
        return find_quotations_in_note(claim.text)
    block = claim.block_quotation
    if block is not None and any(look_up(block, one.read.text).found is not Found.ABSENT for one in cited_claim.cited):
        # Indented words that the source has (nearly) are quoted from it; others may be the author's own.
        return (Quoted(block, 0),)
    return find_quotations(claim.text)


def _is_faithful(lookup: Lookup, words: int) -> bool:
    """Whether the source has the quotation, but for what our reading of it may have done."""
    if lookup.found is Found.ALTERED:
        return alteration(lookup.differences, words) is Alteration.NONE
    return lookup.found is Found.VERBATIM


def _make(
    code: FindingCode,
    message: str,
    cited_claim: CitedClaim,
    quotation: str,
    ordinal: int,
    cited: CitedText,
    lookup: Lookup,
) -> Finding:
    claim, (kind, severity) = cited_claim.claim, classify(code)
    passage = None if lookup.start is None else cited.read.text[lookup.start : lookup.end]
    return Finding(
        fingerprint=quotation_fingerprint(claim.document_key, claim.sentence, cited.source_key, quotation, ordinal),
        code=code,
        kind=kind,
        severity=severity,
        message=message,
        url=cited.address,
        footnote_id=claim.footnote_id,
        footnote_label=claim.footnote_label,
        page=claim.page,
        sentence=claim.sentence,
        evidence=Evidence(
            source_quote=passage,
            source_text=passage,
            snapshot=cited.snapshot,
            fetched_at=cited.captured_at,
            supplied_by=cited.supplied_by,
        ),
    )
