"""Holding a claim's figures against what its sources say."""

from collections.abc import Sequence

from verifier.checker.check import JointComparison
from verifier.checker.scanner import scan
from verifier.checker.source import ReadSource, read_source
from verifier.model import ClaimComparison, FigureComparison, FindingCode, Verdict

ACCUSATION_CUT = 0.9


def compare(claim: str, source: str | ReadSource) -> ClaimComparison:
    """Hold a claim against one source."""
    if isinstance(source, str):
        source = read_source(source)
    joint = compare_with_sources(claim, [source])
    if not joint:
        return ClaimComparison(Verdict.NO_FIGURES, 1.0)
    return ClaimComparison(Verdict.NOT_FOUND, 0.5, tuple(j.comparison for j in joint))


def compare_with_sources(claim: str, sources: Sequence[ReadSource]) -> tuple[JointComparison, ...]:
    """Hold each figure of a claim against several sources together: one that supports clears it."""
    return tuple(JointComparison(FigureComparison(f, Verdict.NOT_FOUND, 0.5, "")) for f in scan(claim))


def figure_code(comparison: ClaimComparison) -> FindingCode | None:
    """What a finding about this comparison would be called."""
    if comparison.verdict is Verdict.CONTRADICTED:
        above = comparison.confidence >= ACCUSATION_CUT
        return FindingCode.FIGURE_DISAGREES if above else FindingCode.FIGURE_CHECK
    return FindingCode.FIGURE_NOT_FOUND if comparison.verdict is Verdict.NOT_FOUND else None
