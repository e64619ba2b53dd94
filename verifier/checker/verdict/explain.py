"""The comparison as an editor reads it: the passage, its place, and the reason in a few words."""

import re

from verifier.checker.align.index import ReadSource
from verifier.checker.figures.equality import Relation
from verifier.checker.slots import WITHDRAWN, SlotReading
from verifier.checker.verdict.arithmetic import Calculation
from verifier.checker.verdict.decide import Judgement
from verifier.model import Figure, FigureComparison, Qualifier, Verdict

_QUOTE_SIDE = 110
_SENTENCE_EDGE = re.compile(r"[\n\f]|(?<=[.!?])\s")


def explain(figure: Figure, judgement: Judgement, source: ReadSource | None) -> FigureComparison:
    """The comparison of a figure with the source's passage its judgement rests on."""
    candidate = judgement.candidate
    if judgement.calculation is not None and source is not None:
        return _calculated(figure, judgement, judgement.calculation, source)
    if source is not None and judgement.elsewhere is not None:
        return _elsewhere(figure, judgement, judgement.elsewhere.figure, source)
    if candidate is None or source is None:
        return FigureComparison(figure, judgement.verdict, judgement.confidence, "the source does not give this figure")
    start, end = quote_span(source.text, candidate.figure)
    other = candidate.figure.text
    if judgement.opposed is not None:
        mine, theirs = judgement.opposed
        reason = f'the source gives {other} with "{theirs}" where the claim says "{mine}"'
    elif judgement.conflict is not None:
        reason = conflict_reason(other, judgement.conflict)
    elif judgement.verdict is Verdict.SUPPORTED:
        reason = f"the source gives {other}"
    elif candidate.relation is Relation.UNIT_DIFFERS:
        reason = f"the source gives {other}, which is not the same unit as {figure.text}"
    else:
        theirs, mine = _told_apart(candidate.figure, figure)
        reason = f"the source gives {theirs} where the claim gives {mine}"
    return FigureComparison(
        figure, judgement.verdict, judgement.confidence, reason, other, source.text[start:end], start
    )


def _told_apart(other: Figure, figure: Figure) -> tuple[str, str]:
    """The source's and the claim's figure, with their bounds where these are all that differs: "over 90%"."""
    if other.text.casefold() != figure.text.casefold() or other.qualifier is figure.qualifier:
        return other.text, figure.text
    return _bounded(other), _bounded(figure)


def _bounded(figure: Figure) -> str:
    if figure.qualifier is Qualifier.EXACT:
        return f"just {figure.text}"
    return f"{figure.qualifier.value.replace('_', ' ')} {figure.text}"


def conflict_reason(figure: str, conflict: SlotReading) -> str:
    """Of what the source gives the claim's figure: "the source gives 8.4 percent for current-dollar"."""
    if conflict.source_says == WITHDRAWN:
        return f"the source gives {figure} only to say that it is not so"
    return f"the source gives {figure} for {conflict.source_says} (another {conflict.slot})"


def _elsewhere(figure: Figure, judgement: Judgement, other: Figure, source: ReadSource) -> FigureComparison:
    """The comparison of a figure that was not found, with the passage that has the like of it."""
    start, end = quote_span(source.text, other)
    reason = f"the source gives {other.text}, but not surely of the same thing"
    return FigureComparison(
        figure, judgement.verdict, judgement.confidence, reason, other.text, source.text[start:end], start
    )


def _calculated(figure: Figure, judgement: Judgement, calculation: Calculation, source: ReadSource) -> FigureComparison:
    """The comparison of a figure that comes of a sum: the passage of the first operand is quoted."""
    first = min(calculation.operands, key=lambda operand: operand.start)
    start, end = quote_span(source.text, first)
    reason = f"calculated from the source: {calculation.sum_shown}"
    return FigureComparison(
        figure, judgement.verdict, judgement.confidence, reason, first.text, source.text[start:end], start
    )


def quote_span(text: str, figure: Figure) -> tuple[int, int]:
    """The passage around a figure: its sentence or line, cut at words where it is long."""
    low, high = max(0, figure.start - _QUOTE_SIDE), min(len(text), figure.end + _QUOTE_SIDE)
    edges = [found.end() for found in _SENTENCE_EDGE.finditer(text, low, figure.start)]
    start = edges[-1] if edges else _word_edge(text, low)
    found = _SENTENCE_EDGE.search(text, figure.end, high)
    end = found.start() if found else high
    while not found and end > figure.end and end < len(text) and not text[end].isspace():
        end -= 1
    return start, end


def _word_edge(text: str, place: int) -> int:
    while place and place < len(text) and not text[place - 1].isspace():
        place += 1
    return place
