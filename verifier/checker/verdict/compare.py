"""Holding a claim's figures against what its sources say."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from verifier.checker.align.index import ReadSource, read_source
from verifier.checker.verdict.decide import Judgement
from verifier.checker.verdict.explain import explain
from verifier.checker.verdict.joint import JointComparison
from verifier.checker.verdict.rules import judge
from verifier.model import ClaimComparison, Figure, FigureComparison, FindingCode, Verdict

ACCUSATION_CUT: float = 0.94
"""The confidence from which a disagreement is an accusation (`figure_disagrees`), below it a thing to check.

Measured on held-out documents (2,649 cases, five folds by document, `benchmarks/train_checker.py`): from here on, .07 %
of good or silent claims are flagged and 40 % of the wrong ones; from .92 on, .3 % and 46 %.
"""

_SHORT = 10_000
"""The most characters of a source that is kept: 256 of them, read, take some 40 MB."""


def compare(claim: str, source: str | ReadSource) -> ClaimComparison:
    """Hold a claim against one source.

    One contradicted figure makes the claim contradicted; else one that is not found makes it not found.
    """
    read = _read(source) if isinstance(source, str) else source
    return overall([joint.comparison for joint in compare_with_sources(claim, [read])])


def _read(source: str) -> ReadSource:
    """A source ready to be compared; short ones are kept for a while, since several claims often cite one."""
    return _read_once(source) if len(source) <= _SHORT else read_source(source)


@lru_cache(maxsize=256)
def _read_once(source: str) -> ReadSource:
    return read_source(source)


def overall(comparisons: Sequence[FigureComparison]) -> ClaimComparison:
    """What the comparisons of a claim's figures say of the claim as a whole."""
    if not comparisons:
        return ClaimComparison(Verdict.NO_FIGURES, 1.0)
    for verdict in (Verdict.CONTRADICTED, Verdict.NOT_FOUND):
        of_it = [comparison.confidence for comparison in comparisons if comparison.verdict is verdict]
        if of_it:
            return ClaimComparison(verdict, max(of_it), tuple(comparisons))
    return ClaimComparison(Verdict.SUPPORTED, min(c.confidence for c in comparisons), tuple(comparisons))


def compare_with_sources(claim: str, sources: Sequence[ReadSource]) -> tuple[JointComparison, ...]:
    """Hold each figure of a claim against several sources together: one that supports clears it."""
    read = read_source(claim)
    judged = [judge(read, source) for source in sources]
    return tuple(
        _join(figure, [of_source[index] for of_source in judged], sources) for index, figure in enumerate(read.figures)
    )


def _join(figure: Figure, judgements: Sequence[Judgement], sources: Sequence[ReadSource]) -> JointComparison:
    """What several sources together say of a figure."""
    for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED):
        numbers = [number for number, judgement in enumerate(judgements) if judgement.verdict is verdict]
        if numbers:
            best = max(numbers, key=lambda number: judgements[number].confidence)
            return JointComparison(explain(figure, judgements[best], sources[best]), best)
    confidence = min((judgement.confidence for judgement in judgements), default=0.5)
    for number, judgement in enumerate(judgements):
        if judgement.elsewhere is not None:
            return JointComparison(explain(figure, replace(judgement, confidence=confidence), sources[number]), number)
    return JointComparison(explain(figure, Judgement(Verdict.NOT_FOUND, confidence, None), None), None)


def accuses(comparison: ClaimComparison | FigureComparison) -> bool:
    """Whether a comparison is a disagreement that is sure enough to be called one."""
    return comparison.verdict is Verdict.CONTRADICTED and comparison.confidence >= ACCUSATION_CUT


def figure_code(comparison: ClaimComparison) -> FindingCode | None:
    """What a finding about this comparison would be called, dates of documents and captures left aside."""
    match comparison.verdict:
        case Verdict.CONTRADICTED:
            return FindingCode.FIGURE_DISAGREES if accuses(comparison) else FindingCode.FIGURE_CHECK
        case Verdict.NOT_FOUND:
            return FindingCode.FIGURE_NOT_FOUND
    return None
