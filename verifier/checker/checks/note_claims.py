"""Which figures of a note are claims of its author, and which belong to the description of a source.

A note mostly names a work: title, year, date of access. Such figures are not held against the work, which has no
reason to repeat them. A note that says something (`The survey covered 1,204 households in 2019.`) claims its figures.
"""

import re

from verifier.model import Figure

_QUOTED = re.compile(r"“[^”]*”|‘[^’]{4,}’(?!\w)|\"[^\"]*\"|«[^»]*»|https?://\S+|\([^()]*\)|\[[^\[\]]*\]")
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+(?=[A-Z“‘\"(])")
_SAYS = re.compile(
    r"""\b(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|(?-i:may)|might|must|shall|should
        |rose|fell|grew|declined|increased|decreased|dropped|doubled|tripled|halved|reached|exceeded|stood|totall?ed
        |found|finds|reported|reports?\ that|estimated|estimates\ that|said|says|stated|states\ that|shows?|showed
        |covered|covers|costs?|spent|received|raised|employs|employed|contains|accounted|accounts|represents|represented
        |adopted|began|started|ended|became|gave|gives|put|puts|places|placed|paid|pays|made|came|comes|went)\b
      | \d\s?% | \d\ per\s?cent\b | [$€£]\s?\d""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE = ("count", "ordinal", "date", "duration", "age")
"""Dimensions that titles and descriptions are full of; money, shares and measures are not."""


def claimed_in_note(text: str, figure: Figure) -> bool:
    """Whether the note itself asserts this figure, whose place is in `text`.

    Never inside quotation marks, brackets or an address. An amount of money, a share or a measure is asserted
    even in a fragment (`About 12 percent of revenue.`); a bare number or a date only beside one or in a sentence with
    a finite verb.
    """
    if any(found.start() <= figure.start < found.end() for found in _QUOTED.finditer(text)):
        return False
    return figure.dimension not in _BARE or _SAYS.search(_QUOTED.sub(" ", _sentence(text, figure.start))) is not None


def _sentence(text: str, place: int) -> str:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if end.start() > place:
            return text[start : end.start()]
        start = end.end()
    return text[start:]
