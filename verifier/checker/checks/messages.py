"""What an editor reads of a figure or quotation: one sentence with both sides of the disagreement."""

import re
from collections.abc import Sequence

from verifier.checker.checks.base import CitedText, Claim
from verifier.checker.figures.scanner import scan
from verifier.checker.quotations.lookup import Difference
from verifier.model import Figure, FigureComparison

_PHRASE_SIDE = 45
_MOST_DIFFERENCES = 3
_SHOWN_WORDS = 12
_SAID = re.compile(
    r"(?:The text at note|Note) .*? says (?P<said>\"[^\"]*\"|.+?)"
    r"(?:; (?:the source|today's page) says (?P<other>.*?)|, which .*?)"
    r"(?: Read from (?:the archived|our own) copy.*)?$"
)
_EDGES = ".;:,()\n\f|"


def disagreement_message(claim: Claim, comparison: FigureComparison, cited: CitedText, near: bool) -> str:
    """`Note 9 says 12 percent; the source says "rose by 21 percent" (Tolls and Fees, p. 2).`

    Where only the words about one and the same figure differ, the claim's are shown too.
    """
    speaker = "the source" if near else "today's page"
    said = f"{_place(claim)} says {_said(claim, comparison)}"
    return f"{said}; {speaker} says {_phrase(comparison)} ({_work(cited, comparison.source_start)})."


def disputed_figure(message: str, sentence: str) -> tuple[int, int] | None:
    """Where in a sentence the figure is that a message of this module is about; None where that is not certain.

    The message quotes the figure, or the words about it where the source gives the same figure with others.
    """
    found = _SAID.match(message)
    if found is None:
        return None
    said, figures = found["said"], scan(sentence)
    if said.startswith('"'):
        start = sentence.find(said.strip('"'))
        inside = [f for f in figures if start <= f.start and f.end <= start + len(said) and start >= 0]
        theirs = scan(found["other"] or "")
        fitting = [f for f in inside if any(_is_same(f, other) for other in theirs)] or inside
    else:
        fitting = [figure for figure in figures if figure.text == said]
    return (fitting[0].start, fitting[0].end) if len(fitting) == 1 else None


def not_found_message(claim: Claim, comparison: FigureComparison, sources: int) -> str:
    """`Note 9 says 12 percent, which the cited source does not give.`

    Where it gives the like of it, the words about that are shown: an editor would look for it, and find it.
    """
    if comparison.source_quote is not None:
        which = "the cited source" if sources == 1 else "one of the cited sources"
        return (
            f"{_place(claim)} says {comparison.figure.text}, which {which} gives, but not surely of the same thing: "
            f"{_phrase(comparison)}."
        )
    which = "the cited source does not give" if sources == 1 else "none of the cited sources gives"
    return f"{_place(claim)} says {comparison.figure.text}, which {which}."


def source_not_given_message(claim: Claim, figures: Sequence[Figure]) -> str:
    """`Note 9 says 12 percent and 4 million, and gives no source that can be checked.`"""
    said = [figure.text for figure in figures]
    listed = said[0] if len(said) == 1 else ", ".join(said[:-1]) + " and " + said[-1]
    return f"{_place(claim)} says {listed}, and gives no source that can be checked."


def altered_quotation_message(
    claim: Claim, differences: Sequence[Difference], cited: CitedText, start: int | None
) -> str:
    """`Note 9 quotes "shall" where the source has "may" (Tolls and Fees, p. 2).`"""
    said = "; ".join(_difference(one) for one in differences[:_MOST_DIFFERENCES])
    more = len(differences) - _MOST_DIFFERENCES
    return f"{_place(claim)} {said}{f'; and {more} more' if more > 0 else ''} ({_work(cited, start)})."


def missing_quotation_message(claim: Claim, quotation: str, sources: int) -> str:
    """`Note 9 quotes "the lanes that were opened ...", which is not in the cited source.`"""
    words = quotation.split()
    shown = " ".join(words[:_SHOWN_WORDS]) + (" ..." if len(words) > _SHOWN_WORDS else "")
    where = "not in the cited source" if sources == 1 else "in none of the cited sources"
    return f'{_place(claim)} quotes "{shown}", which is {where}.'


def copies_in_words(cited: Sequence[CitedText]) -> str:
    """` Read from the archived copy of 2026-02-10, as the source itself could not be: https://...`, or nothing."""
    return "".join(_copy_in_words(one) for one in cited if one.is_a_copy)


def _copy_in_words(one: CitedText) -> str:
    of_day = f" of {one.captured_at:%Y-%m-%d}" if one.captured_at else ""
    if one.copy_url is None:
        return f" Read from our own copy{of_day}, as the source itself can no longer be read."
    return f" Read from the archived copy{of_day}, as the source itself could not be read: {one.copy_url}"


def _difference(difference: Difference) -> str:
    if not difference.source:
        return f'quotes "{difference.quoted}", which the source does not have there'
    if not difference.quoted:
        return f'leaves out "{difference.source}"'
    return f'quotes "{difference.quoted}" where the source has "{difference.source}"'


def _place(claim: Claim) -> str:
    return f"Note {claim.footnote_label}" if claim.in_note else f"The text at note {claim.footnote_label}"


def _work(cited: CitedText, start: int | None) -> str:
    """The work, with the page that `start` is on where the source has pages."""
    name = cited.title or cited.address
    if "\f" not in cited.read.text or start is None:
        return name
    return f"{name}, p. {cited.read.text.count(chr(12), 0, start) + 1}"


def _said(claim: Claim, comparison: FigureComparison) -> str:
    """The claim's figure, with the words about it where the source gives the same one with others ("rose", "fell")."""
    figure = comparison.figure
    if not any(_is_same(figure, other) for other in scan(comparison.source_text or "")):
        return figure.text
    return _words_about(claim.text, figure.start, figure.end)


def _is_same(one: Figure, other: Figure) -> bool:
    return one.value == other.value and one.unit == other.unit


def _phrase(comparison: FigureComparison) -> str:
    """The source's figure with a few words on either side, in quotation marks."""
    quote, figure = comparison.source_quote or "", comparison.source_text or ""
    at = quote.find(figure)
    if at < 0 or not figure:
        return f'"{figure or quote.strip()}"'
    return _words_about(quote, at, at + len(figure))


def _words_about(text: str, start: int, end: int) -> str:
    """A stretch of a text with a few words on either side, in quotation marks."""
    low, high = start, end
    while low > 0 and start - low < _PHRASE_SIDE and not _is_edge(text, low - 1):
        low -= 1
    while high < len(text) and high - end < _PHRASE_SIDE and not _is_edge(text, high):
        high += 1
    while 0 < low < start and not text[low - 1].isspace() and not _is_edge(text, low - 1):
        low += 1
    while end < high < len(text) and not text[high].isspace() and not _is_edge(text, high):
        high -= 1
    return '"' + " ".join(text[low:high].split()) + '"'


def _is_edge(text: str, place: int) -> bool:
    """Whether a phrase may end at this character; the point or comma within a number is no edge."""
    inside = text[place] in ".,:" and text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
    return text[place] in _EDGES and not inside
