"""Text reduced to its letters and digits, each with its place: words are found again whatever is between them.

A source's readable text has other spaces, line ends and cell borders than the page it was read from.
"""

import unicodedata
from array import array
from dataclasses import dataclass
from functools import cache

Span = tuple[int, int]
"""Where something begins and ends, end excluded."""


@cache
def folded(char: str) -> str:
    """The letters and digits of one character in one form: decomposed for compatibility, case folded, no accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", char).casefold() if c.isalnum())


def characters_of(text: str) -> str:
    """The letters and digits of a text, as `CharacterIndex` has them."""
    return "".join(map(folded, text))


@dataclass(frozen=True, slots=True)
class CharacterIndex:
    """The letters of a text; `places` has for each the index of the character that it comes from."""

    letters: str
    places: "array[int]"

    @classmethod
    def of(cls, text: str) -> "CharacterIndex":
        """The letters of this text."""
        pieces: list[str] = []
        places = array("L")
        for index, char in enumerate(text):
            for letter in folded(char):
                pieces.append(letter)
                places.append(index)
        return cls("".join(pieces), places)

    def characters(self, span: Span) -> Span:
        """The characters that a span of letters comes from; what is between them is included."""
        first, end = span
        return self.places[first], self.places[end - 1] + 1
