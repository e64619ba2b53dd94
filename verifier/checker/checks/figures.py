"""The built-in check of figures: a claim's figures against all that its note cites for them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from verifier.checker.checks.base import CheckResult, CitedClaim, CitedText, Claim
from verifier.checker.checks.capture_date import is_near
from verifier.checker.checks.languages import not_checked
from verifier.checker.checks.messages import (
    copies_in_words,
    disagreement_message,
    not_found_message,
    source_not_given_message,
)
from verifier.checker.checks.note_claims import claimed_in_note
from verifier.checker.figures.scanner import scan
from verifier.checker.fingerprints import figure_fingerprint, note_fingerprint
from verifier.checker.severity import classify
from verifier.checker.verdict.compare import accuses, compare_with_sources
from verifier.checker.verdict.joint import JointComparison
from verifier.model import (
    CheckedPart,
    Coverage,
    Evidence,
    Figure,
    Finding,
    FindingCode,
    PartKind,
    PartStatus,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """Raises what disagrees with its sources, under the policy on signals, own analysis and captures.

    `near_days` is how far a capture may be from the document's date to accuse (`CheckSettings.near_days`).
    """

    near_days: int = 180
    name: str = "figures"

    def findings(self, cited_claim: CitedClaim) -> CheckResult:
        """Findings, comparisons and parts (one a figure, in their order) and counts of one claim.

        A figure that a source supports is cleared. A disagreement is an accusation only if it is sure enough, all cited
        sources were read, and the capture is near the document's date or the source states a date before it; else it is
        a to-do. After a disowning signal, or where the author calculated, nothing is raised.
        """
        claim = cited_claim.claim
        if not cited_claim.cited:
            return _nothing_to_compare(cited_claim)
        comparisons = _compare(cited_claim)
        if claim.in_note:
            comparisons = tuple(j for j in comparisons if claimed_in_note(claim.text, j.comparison.figure))
        coverage = sum((_count(_status(joint, cited_claim)) for joint in comparisons), Coverage())
        ordinals = _ordinals([joint.comparison.figure for joint in comparisons])
        findings = [
            None if claim.own_analysis else self._finding(cited_claim, joint, ordinal)
            for joint, ordinal in zip(comparisons, ordinals, strict=True)
        ]
        parts = tuple(_part(cited_claim, *pair) for pair in zip(comparisons, findings, strict=True))
        return CheckResult(tuple(finding for finding in findings if finding is not None), comparisons, coverage, parts)

    def _finding(self, cited_claim: CitedClaim, joint: JointComparison, ordinal: int) -> Finding | None:
        match joint.comparison.verdict:
            case Verdict.CONTRADICTED:
                return self._disagreement(cited_claim, joint, ordinal)
            case Verdict.NOT_FOUND if not cited_claim.unread and any(not c.disowned for c in cited_claim.cited):
                message = not_found_message(cited_claim.claim, joint.comparison, len(cited_claim.cited))
                message += copies_in_words(cited_claim.cited)
                shown = cited_claim.cited[joint.source_index or 0]
                found = _make(FindingCode.FIGURE_NOT_FOUND, message, cited_claim.claim, shown, joint, ordinal)
                return replace(found, fingerprint=_fingerprint(cited_claim.claim, cited_claim.cited[0], joint, ordinal))
        return None

    def _disagreement(self, cited_claim: CitedClaim, joint: JointComparison, ordinal: int) -> Finding:
        assert joint.source_index is not None
        cited = cited_claim.cited[joint.source_index]
        near = is_near(cited, cited_claim.document_date, self.near_days)
        sure = accuses(joint.comparison) and near and cited_claim.may_accuse
        code = FindingCode.FIGURE_DISAGREES if sure else FindingCode.FIGURE_CHECK
        message = disagreement_message(cited_claim.claim, joint.comparison, cited, near) + copies_in_words([cited])
        return _make(code, message, cited_claim.claim, cited, joint, ordinal)


def _nothing_to_compare(cited_claim: CitedClaim) -> CheckResult:
    claim = cited_claim.claim
    figures = scan(claim.text)
    if claim.in_note:
        figures = tuple(figure for figure in figures if claimed_in_note(claim.text, figure))
    if cited_claim.unread:
        language = next(iter(cited_claim.foreign), None)
        said = () if language is None else tuple(JointComparison(not_checked(figure, language)) for figure in figures)
        return _not_compared(figures, cited_claim.why_unread or PartStatus.SOURCE_UNREAD, said)
    result = _not_compared(figures, PartStatus.SOURCE_NOT_GIVEN)
    if not figures or not claim.in_note or claim.own_analysis:
        return result
    kind, severity = classify(FindingCode.SOURCE_NOT_GIVEN)
    finding = Finding(
        fingerprint=note_fingerprint(claim.document_key, FindingCode.SOURCE_NOT_GIVEN, claim.sentence),
        code=FindingCode.SOURCE_NOT_GIVEN,
        kind=kind,
        severity=severity,
        message=source_not_given_message(claim, figures),
        footnote_id=claim.footnote_id,
        footnote_label=claim.footnote_label,
        page=claim.page,
        sentence=claim.sentence,
    )
    parts = tuple(replace(part, fingerprint=finding.fingerprint) for part in result.parts)
    return replace(result, findings=(finding,), parts=parts)


def _not_compared(
    figures: Sequence[Figure], status: PartStatus, comparisons: tuple[JointComparison, ...] = ()
) -> CheckResult:
    """Figures that could not be held against anything, for one reason."""
    parts = tuple(CheckedPart(PartKind.FIGURE, status, figure.text, figure.start, figure.end) for figure in figures)
    return CheckResult((), comparisons, sum((_count(status) for _ in figures), Coverage()), parts)


def _part(cited_claim: CitedClaim, joint: JointComparison, finding: Finding | None) -> CheckedPart:
    """What became of one figure, with the words of the source that it rests on."""
    comparison, figure = joint.comparison, joint.comparison.figure
    cited = None if joint.source_index is None else cited_claim.cited[joint.source_index]
    return CheckedPart(
        PartKind.FIGURE,
        _status(joint, cited_claim),
        figure.text,
        figure.start,
        figure.end,
        cited.address if cited and comparison.source_quote else None,
        _evidence(cited, joint) if cited else Evidence(),
        finding.fingerprint if finding else None,
    )


def _evidence(cited: CitedText, joint: JointComparison) -> Evidence:
    comparison = joint.comparison
    return Evidence(
        source_quote=comparison.source_quote,
        source_text=comparison.source_text,
        snapshot=cited.snapshot,
        fetched_at=cited.captured_at,
        confidence=comparison.confidence,
        supplied_by=cited.supplied_by,
    )


def _compare(cited_claim: CitedClaim) -> tuple[JointComparison, ...]:
    """Every source may support; only those that the author does not disown may contradict."""
    text, cited = cited_claim.claim.text, cited_claim.cited
    everywhere = compare_with_sources(text, [one.read for one in cited])
    owned = [number for number, one in enumerate(cited) if not one.disowned]
    if len(owned) == len(cited):
        return everywhere
    among_owned = compare_with_sources(text, [cited[number].read for number in owned])
    return tuple(
        first if first.comparison.verdict is Verdict.SUPPORTED else _renumber(second, owned)
        for first, second in zip(everywhere, among_owned, strict=True)
    )


def _renumber(joint: JointComparison, numbers: list[int]) -> JointComparison:
    if joint.source_index is None:
        return joint
    return JointComparison(joint.comparison, numbers[joint.source_index])


def _status(joint: JointComparison, cited_claim: CitedClaim) -> PartStatus:
    """What became of one figure; one that is missing where some source was not read counts as unread."""
    match joint.comparison.verdict:
        case Verdict.SUPPORTED:
            return PartStatus.AGREES
        case Verdict.CONTRADICTED:
            return PartStatus.DISAGREES
    return cited_claim.why_unread or PartStatus.NOT_FOUND


def _count(status: PartStatus) -> Coverage:
    """The counts of one figure."""
    match status:
        case PartStatus.AGREES:
            return Coverage(figures=1, figures_compared=1, figures_supported=1)
        case PartStatus.DISAGREES:
            return Coverage(figures=1, figures_compared=1, figures_contradicted=1)
        case PartStatus.NOT_FOUND:
            return Coverage(figures=1, figures_compared=1, figures_not_found=1)
        case PartStatus.OTHER_LANGUAGE:
            return Coverage(figures=1, figures_other_language=1)
        case PartStatus.SOURCE_NOT_GIVEN:
            return Coverage(figures=1, figures_source_not_given=1)
    return Coverage(figures=1, figures_source_unread=1)


def _ordinals(figures: list[Figure]) -> list[int]:
    """The how-manieth of its value and unit each figure is, from 0."""
    seen: Counter[tuple[object, str]] = Counter()
    ordinals = []
    for figure in figures:
        ordinals.append(seen[figure.value, figure.unit])
        seen[figure.value, figure.unit] += 1
    return ordinals


def _fingerprint(claim: Claim, cited: CitedText, joint: JointComparison, ordinal: int) -> str:
    return figure_fingerprint(claim.document_key, claim.sentence, cited.source_key, joint.comparison.figure, ordinal)


def _make(
    code: FindingCode, message: str, claim: Claim, cited: CitedText, joint: JointComparison, ordinal: int
) -> Finding:
    kind, severity = classify(code)
    return Finding(
        fingerprint=_fingerprint(claim, cited, joint, ordinal),
        code=code,
        kind=kind,
        severity=severity,
        message=message,
        url=cited.address,
        footnote_id=claim.footnote_id,
        footnote_label=claim.footnote_label,
        page=claim.page,
        sentence=claim.sentence,
        evidence=_evidence(cited, joint),
    )
