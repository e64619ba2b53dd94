"""What an editor reads of a figure: one sentence with both sides of the disagreement."""

from collections.abc import Sequence

from verifier.checker.check import CitedText, Claim
from verifier.model import Figure, FigureComparison

_PHRASE_SIDE = 45
_EDGES = ".;:,()\n\f|"


def disagreement_message(claim: Claim, comparison: FigureComparison, cited: CitedText, near: bool) -> str:
    """`Note 9 says 12 percent; the source says "rose by 21 percent" (Tolls and Fees, p. 2).`"""
    speaker = "the source" if near else "today's page"
    said = f"{_place(claim)} says {comparison.figure.text}"
    return f"{said}; {speaker} says {_phrase(comparison)} ({_work(comparison, cited)})."


def not_found_message(claim: Claim, comparison: FigureComparison, sources: int) -> str:
    """`Note 9 says 12 percent, which the cited source does not give.`"""
    which = "the cited source does not give" if sources == 1 else "none of the cited sources gives"
    return f"{_place(claim)} says {comparison.figure.text}, which {which}."


def source_not_given_message(claim: Claim, figures: Sequence[Figure]) -> str:
    """`Note 9 says 12 percent and 4 million, and gives no source that can be checked.`"""
    said = [figure.text for figure in figures]
    listed = said[0] if len(said) == 1 else ", ".join(said[:-1]) + " and " + said[-1]
    return f"{_place(claim)} says {listed}, and gives no source that can be checked."


def _place(claim: Claim) -> str:
    return f"Note {claim.footnote_label}" if claim.in_note else f"The text at note {claim.footnote_label}"


def _work(comparison: FigureComparison, cited: CitedText) -> str:
    name = cited.title or cited.address
    if "\f" not in cited.read.text or comparison.source_start is None:
        return name
    return f"{name}, p. {cited.read.text.count(chr(12), 0, comparison.source_start) + 1}"


def _phrase(comparison: FigureComparison) -> str:
    """The source's figure with a few words on either side, in quotation marks."""
    quote, figure = comparison.source_quote or "", comparison.source_text or ""
    at = quote.find(figure)
    if at < 0 or not figure:
        return f'"{figure or quote.strip()}"'
    low, high = at, at + len(figure)
    while low > 0 and at - low < _PHRASE_SIDE and quote[low - 1] not in _EDGES:
        low -= 1
    while high < len(quote) and high - at - len(figure) < _PHRASE_SIDE and quote[high] not in _EDGES:
        high += 1
    while 0 < low < at and not quote[low - 1].isspace() and quote[low - 1] not in _EDGES:
        low += 1
    while at + len(figure) < high < len(quote) and not quote[high].isspace() and quote[high] not in _EDGES:
        high -= 1
    return '"' + " ".join(quote[low:high].split()) + '"'
