"""The built-in check of quotations: long ones are looked up in all that their note cites."""

from dataclasses import dataclass, replace

from verifier.checker.checks.base import CheckResult, CitedClaim, CitedText
from verifier.checker.checks.capture_date import is_near
from verifier.checker.checks.messages import altered_quotation_message, copies_in_words, missing_quotation_message
from verifier.checker.fingerprints import quotation_fingerprint
from verifier.checker.quotations.alterations import Alteration, alteration, real_differences
from verifier.checker.quotations.find import Quoted, find_quotations, find_quotations_in_note
from verifier.checker.quotations.lookup import Found, Lookup, look_up, words_of
from verifier.checker.severity import classify
from verifier.model import CheckedPart, Coverage, Evidence, Finding, FindingCode, PartKind, PartStatus


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
            parts = tuple(_part(cited_claim, quoted) for quoted in quotations)
            return CheckResult(coverage=Coverage(quotations=len(quotations)), parts=parts)
        looked_up = [self._looked_up(cited_claim, one, ordinal, cited) for ordinal, one in enumerate(quotations)]
        seen = Coverage(quotations=len(quotations), quotations_compared=len(quotations))
        findings = tuple(finding for finding, _ in looked_up if finding is not None)
        return CheckResult(findings, coverage=seen, parts=tuple(part for _, part in looked_up))

    def _looked_up(
        self, cited_claim: CitedClaim, quoted: Quoted, ordinal: int, cited: list[CitedText]
    ) -> tuple[Finding | None, CheckedPart]:
        """What looking a quotation up in every source came to."""
        part = _part(cited_claim, quoted)
        lookups = [(look_up(quoted.words, one.read.text), one) for one in cited_claim.cited]
        size = len(words_of(quoted.words))
        faithful = next((pair for pair in lookups if _is_faithful(pair[0], size)), None)
        if faithful is not None:
            lookup, one = faithful
            evidence = _evidence(one, lookup)
            return None, replace(part, status=PartStatus.AGREES, url=one.address, evidence=evidence)
        finding = self._finding(cited_claim, quoted.words, ordinal, cited, lookups)
        if finding is None:
            return None, part
        is_there = finding.evidence.source_quote is not None
        return finding, replace(
            part,
            status=PartStatus.DISAGREES if is_there else PartStatus.NOT_FOUND,
            url=finding.url if is_there else None,
            evidence=finding.evidence,
            fingerprint=finding.fingerprint,
        )

    def _finding(
        self,
        cited_claim: CitedClaim,
        quotation: str,
        ordinal: int,
        cited: list[CitedText],
        lookups: list[tuple[Lookup, CitedText]],
    ) -> Finding | None:
        size = len(words_of(quotation))
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


def _part(cited_claim: CitedClaim, quoted: Quoted) -> CheckedPart:
    """A quotation that no source was found to have, and why that is not said."""
    otherwise = PartStatus.DISOWNED if cited_claim.cited else PartStatus.SOURCE_NOT_GIVEN
    start, end = quoted.start, quoted.start + len(quoted.words)
    part = CheckedPart(PartKind.QUOTATION, cited_claim.why_unread or otherwise, quoted.words)
    is_there = cited_claim.claim.text[start:end] == quoted.words  # the words of an indented paragraph are not
    return replace(part, start=start, end=end) if is_there else part


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
        evidence=_evidence(cited, lookup),
    )


def _evidence(cited: CitedText, lookup: Lookup) -> Evidence:
    passage = None if lookup.start is None else cited.read.text[lookup.start : lookup.end]
    return Evidence(
        source_quote=passage,
        source_text=passage,
        snapshot=cited.snapshot,
        fetched_at=cited.captured_at,
        supplied_by=cited.supplied_by,
    )
