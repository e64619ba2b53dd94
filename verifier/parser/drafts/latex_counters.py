"""LaTeX's counters of notes: formats, and where they begin again."""

import re

from verifier.parser.drafts.numbering import fnsymbol, letters, roman
from verifier.parser.patterns import regex

_FORMAT = regex(r"\\(arabic|roman|Roman|alph|Alph|fnsymbol)\s*\*?\s*\{?\s*(\w+)")
_CHAPTERED = regex(r"book|report|memoir|scrrep|thesis", re.I)


class NoteCounter:
    """One sequence of notes: its last number, and the format of its labels."""

    def __init__(self, form: str = "arabic") -> None:
        self.value = 0
        self.form = form

    def step(self) -> str:
        """Count one; returns the label."""
        self.value += 1
        return self.label(self.value)

    def label(self, value: int) -> str:
        """A number as a label."""
        match self.form:
            case "roman":
                return roman(value)
            case "Roman":
                return roman(value).upper()
            case "alph":
                return letters(value)
            case "Alph":
                return letters(value).upper()
            case "fnsymbol":
                return fnsymbol(value)
            case _:
                return str(value)

    def redefine(self, body: str) -> None:
        """Take the format that a `\\renewcommand{\\thefootnote}` gives."""
        found = [match[1] for match in _FORMAT.finditer(body) if match[2] in ("footnote", "endnote", "mpfootnote")]
        if found:
            self.form = found[-1]


def has_chapters(document_class: str) -> bool:
    """Whether a document class numbers footnotes anew in every chapter."""
    return _CHAPTERED.search(document_class) is not None
